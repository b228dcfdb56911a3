"""A piece of work for a process of its own, and how it ended."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskmix.errors import ReportError, TaskmixError

#: Seconds that a notebook may take, with its page.
TIME_LIMIT = 1800.0


class WorkersError(TaskmixError):
    """The process that is to be forked could not be started, or ended."""


@dataclass(frozen=True)
class Work:
    """A call to be made in a process of its own.

    Attributes
    ----------
    name : str
        Unique among what runs.
    task : str
        ``module:function``; it returns what JSON can hold.
    arguments : dict
        Its keywords, of what JSON can hold.
    folder : pathlib.Path
        For the outcome and the log; it has to exist.
    limit : float
        Seconds after which the process is ended.
    """

    name: str
    task: str
    arguments: dict[str, Any]
    folder: Path
    limit: float


@dataclass(frozen=True)
class Ended:
    """How a piece of work ended.

    Attributes
    ----------
    value : Any
        What the call returned; None where it raised or the process died.
    error : str
        Why there is no value: the error's own sentence, its traceback where it is no known one,
        or how the process died. Empty where there is one.
    known, died : bool
        Whether the error is one that taskmix raised, and whether the process did not reach the end.
    seconds, cpu_s, peak_mb : float
        Since it was given, and of its process.
    log : str
        What was printed past the notebook.
    """

    value: Any
    error: str
    known: bool
    died: bool
    seconds: float
    cpu_s: float
    peak_mb: float
    log: str


def can_fork() -> bool:
    """Whether a process that has imported everything can be forked: on Linux alone.

    On macOS system libraries break in forked processes, and Windows has none.
    """
    return sys.platform == "linux"


def value_of(ended: Ended, *, of: str) -> Any:
    """Return what a call returned, or raise what went wrong, named `of`.

    Raises
    ------
    ReportError
        If the call raised an error of taskmix's, or its process died.
    RuntimeError
        If it raised any other: a fault, with the traceback from there.
    """
    if not ended.error:
        return ended.value
    if ended.known:
        raise ReportError(ended.error if not ended.died else f"{of}: {ended.error}")
    raise RuntimeError(f"{of}: {ended.error}")


def how_it_ended(code: int) -> str:
    """Say how a process ended, from its exit code; below 0 it is a signal.

    Examples
    --------
    >>> how_it_ended(-9)
    'it was killed (signal 9), perhaps because memory ran out'
    >>> how_it_ended(0)
    'it ended by itself, as after `os._exit`, with status 0'
    """
    if code == -9:
        return "it was killed (signal 9), perhaps because memory ran out"
    if code < 0:
        return f"it crashed (signal {-code})"
    return f"it ended by itself, as after `os._exit`, with status {code}"
