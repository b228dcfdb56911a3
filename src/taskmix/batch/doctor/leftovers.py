"""What a command that was killed has left behind, and what a running one holds."""

from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where a lock cannot be looked at
    fcntl = None  # type: ignore[assignment]

from taskmix.batch.doctor.verdict import Verdict, listed, ok, warning
from taskmix.settings import Settings

#: Folders in which something is made before it takes its place.
_ASIDE = (".staging-*", ".next-*")


def leftovers(settings: Settings) -> Verdict:
    """Check for locks that are held, and for half-written files that nobody writes any more."""
    held = [lock for lock in _locks(settings) if _is_held(lock)]
    if held:
        return warning(
            f"another taskmix command is at work: it holds {_named(settings, held)}",
            todo="nothing; what it leaves half-written is only told of when it has ended",
        )
    left = sorted(_half_written(settings))
    if left:
        return warning(
            f"left by a command that was killed: {_named(settings, left)}",
            todo="nothing reads it, and no command is running: run the same command again, which "
            "goes on from there and clears it, or remove it",
        )
    return ok("no lock is held and nothing lies about half-written")


def _locks(settings: Settings) -> Iterator[Path]:
    for folder in (settings.processed, settings.reports, settings.analyst):
        # Hidden ones alone: requirements.lock is a file of another kind.
        yield from (path for path in folder.glob(".*lock") if path.is_file())


def _is_held(path: Path) -> bool:
    """Tell whether a process holds a lock; its file stays when its holder dies, the lock does not.

    Not by filelock, which empties the file.
    """
    if fcntl is None:
        return False
    try:
        with path.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return False
    except BlockingIOError:
        return True
    except FileNotFoundError:
        # Its holder has just let it go.
        return False


def _half_written(settings: Settings) -> Iterator[Path]:
    """Find what is written aside first: `.staging-…`, `.next-…`, `.NAME-…`, `.NAME.part`."""
    unpublished = settings.analyst / ".batch"
    if unpublished.is_dir():
        yield from unpublished.iterdir()
    for root in (settings.reports, settings.analyst):
        aside = [path for name in _ASIDE for path in root.rglob(name)]
        yield from aside
        for path in root.rglob(".*-*"):
            if path.is_file() and not any(folder in path.parents for folder in aside):
                yield path
    for folder in (settings.processed.parent, settings.processed):
        yield from folder.glob(".*.part")


def _named(settings: Settings, paths: list[Path]) -> str:
    return listed(path.relative_to(settings.project).as_posix() for path in paths)
