"""One batch at a time in a workspace; the second waits, or says who is at it."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from taskmix.batch.private import OWNER_FILE, make_private
from taskmix.errors import ReportError
from taskmix.settings import Settings

_LOCK, _HOLDER = ".batch.lock", ".batch.json"


class BatchLockedError(ReportError):
    """Another batch is at work in the workspace."""


@contextmanager
def one_batch(settings: Settings, *, wait: float = 0.0) -> Iterator[None]:
    """Be the only batch of a workspace until the end of the block.

    The system lets the lock go with the process that holds it, however that ended.

    Parameters
    ----------
    wait : float
        Seconds to wait for another one to end.

    Raises
    ------
    BatchLockedError
        If another one is still at work then.
    """
    make_private(settings.analyst, under=settings.analyst)
    lock = FileLock(settings.analyst / _LOCK, timeout=wait, mode=OWNER_FILE)
    holder = settings.analyst / _HOLDER
    try:
        lock.acquire()
    except Timeout as error:
        raise BatchLockedError(
            f"a batch is at work here{_who(holder)}; try again once it has ended "
            "(`taskmix batch --wait SECONDS` waits for it)"
        ) from error
    try:
        told = {"pid": os.getpid(), "host": socket.gethostname(),
                "since": f"{datetime.now(tz=UTC):%Y-%m-%d %H:%M} UTC"}  # fmt: skip
        holder.write_text(json.dumps(told), "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text("utf-8"))
        return f" (process {told['pid']} on {told['host']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        # It has the lock and has not written its name yet.
        return ""
