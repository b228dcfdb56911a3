"""What a command that was killed has left behind, and what a running one holds."""

from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from taskmix.batch.doctor.verdict import Verdict, listed, ok, warning
from taskmix.settings import Settings


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
            todo="remove it; nothing reads it, and no command is running",
        )
    return ok("no lock is held and nothing lies about half-written")


def _locks(settings: Settings) -> Iterator[Path]:
    for folder in (settings.processed, settings.reports, settings.analyst, settings.project):
        yield from (path for path in folder.glob("*.lock") if path.is_file())


def _is_held(path: Path) -> bool:
    # The file of a lock stays when its holder dies; the lock does not.
    try:
        with FileLock(path, timeout=0):
            return False
    except (Timeout, OSError):
        return True


def _half_written(settings: Settings) -> Iterator[Path]:
    """Find what is written aside first: `.NAME.part`, `.NAME-…`, `.staging-…`."""
    yield from settings.reports.rglob(".staging-*")
    yield from (path for path in settings.reports.rglob(".*-*") if path.is_file())
    for folder in (settings.processed.parent, settings.processed):
        yield from folder.glob(".*.part")


def _named(settings: Settings, paths: list[Path]) -> str:
    return listed(path.relative_to(settings.project).as_posix() for path in paths)
