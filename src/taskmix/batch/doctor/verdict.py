"""What a check is, and what it says.

A check never says a person's name or a task's title: what it says is sent to who helps.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]
_LISTED = 5


@dataclass(frozen=True)
class Verdict:
    """What a check found.

    Attributes
    ----------
    state : {"ok", "warning", "fault"}
        A fault keeps a command from its work, or shows what nobody should see; a warning does not.
    found : str
        In words.
    todo : str
        What to do; empty where there is nothing.
    """

    state: State
    found: str
    todo: str = ""


@dataclass(frozen=True)
class Check:
    """One thing that is looked at.

    Attributes
    ----------
    code : str
        Stays as it is, for programs to know the check by.
    title : str
        What is looked at, for people.
    look : callable
        Returns a `Verdict`; of a workspace it gets the settings.
    """

    code: str
    title: str
    look: Callable[..., Verdict]


@dataclass(frozen=True)
class Finding:
    """A check and what it found; see `Check` and `Verdict`."""

    code: str
    title: str
    state: State
    found: str
    todo: str = ""


def ok(found: str) -> Verdict:
    """Say that all is well."""
    return Verdict("ok", found)


def warning(found: str, *, todo: str) -> Verdict:
    """Say what deserves a look."""
    return Verdict("warning", found, todo)


def fault(found: str, *, todo: str) -> Verdict:
    """Say what is wrong."""
    return Verdict("fault", found, todo)


def listed(names: Iterable[str]) -> str:
    """Name some of many.

    Examples
    --------
    >>> listed("abcdefg")
    'a, b, c, d, e and 2 more'
    """
    every = list(names)
    more = len(every) - _LISTED
    return ", ".join(every[:_LISTED]) + (f" and {more} more" if more > 0 else "")
