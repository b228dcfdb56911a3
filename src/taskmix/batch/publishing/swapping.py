"""Put a folder in another's place in one step: nobody meets half of either."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_NEXT = ".next-"


@contextmanager
def next_folder(folder: Path) -> Iterator[Path]:
    """Give a copy of a folder to change; at the end of the block it takes the folder's place.

    The copy shares its files with the folder (hard links), so they must be replaced and never
    written into. Whoever is killed on the way leaves the folder as it was, and a copy that the
    next call clears away. Only one process may be here at a time.

    Parameters
    ----------
    folder : pathlib.Path
        It need not be there yet; the folder that it lies in has to.
    """
    for left in folder.parent.glob(f"{_NEXT}*"):
        shutil.rmtree(left)
    draft = folder.with_name(f"{_NEXT}{folder.name}")
    try:
        if folder.is_dir():
            shutil.copytree(folder, draft, copy_function=_link)
        else:
            draft.mkdir()
        yield draft
        _put(draft, folder)
    finally:
        # By now this is what was there before, or what is not to be there after all.
        shutil.rmtree(draft, ignore_errors=True)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        # Some file systems have no links.
        shutil.copy2(source, target)


def _put(draft: Path, folder: Path) -> None:
    """Let `draft` be `folder`; what was there before has the draft's name then."""
    if not folder.exists():
        draft.rename(folder)
    elif not _exchange(draft, folder):
        # Two steps where the system has no such call: for a moment there is no folder.
        old = folder.with_name(f"{_NEXT}old-{folder.name}")
        folder.rename(old)
        draft.rename(folder)
        shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system cannot."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    names = [os.fsencode(path) for path in (one, other)]
    return bool(call(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0)
