"""What a bench is made with, checked."""

import re
from dataclasses import dataclass

from taskmix.errors import TaskmixError
from taskmix.synth.bench._names import TEAMS

#: A bench that is not told its diary weeks has about so many tasks at most.
ROWS = 1_000_000
#: Days that a person logs in a year, and tasks on each with AI's own, about.
_DAYS_A_YEAR, _ROWS_A_DAY = 196, 4.6
#: So much of the span is over when people begin to log less, and when they are reorganised.
_LOGS_LESS_AT, _REORGANISED_AT = 0.6, 0.55


@dataclass(frozen=True)
class Options:
    """What a bench was made with; see `make_bench`."""

    people: int
    teams: int
    months: int
    last_month: str
    seed: int
    placebo: bool
    completeness_change: bool
    reorganisation: bool
    never: int
    effect: float
    drift: float
    diary_weeks: int
    size_spread: float

    @property
    def logs_less_from(self) -> int | None:
        """The month (from 0) from which people log less; None: they do not."""
        return round(_LOGS_LESS_AT * self.months) if self.completeness_change else None

    @property
    def reorganised_in(self) -> int | None:
        """The month (from 0) that begins with the reorganisation; None: there is none."""
        return max(1, round(_REORGANISED_AT * self.months)) if self.reorganisation else None


def default_diary_weeks(people: int, months: int) -> int:
    """Give the number of weeks between a person's diaries that makes about a million tasks.

    Examples
    --------
    >>> default_diary_weeks(200, 24), default_diary_weeks(2000, 36)
    (1, 5)
    """
    return max(1, round(people * months / 12 * _DAYS_A_YEAR * _ROWS_A_DAY / ROWS))


def check_options(options: Options) -> Options:
    """Return the options, or raise TaskmixError for what cannot be."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", options.last_month):
        raise TaskmixError(
            f"last_month {options.last_month!r} is no month; write one such as 2026-09"
        )
    if options.months < 2:
        raise TaskmixError(f"months is {options.months}; a bench needs at least 2")
    if not 1 <= options.teams <= len(TEAMS):
        raise TaskmixError(f"teams is {options.teams}; it must be from 1 to {len(TEAMS)}")
    if options.people < 3 * options.teams:
        raise TaskmixError(
            f"people is {options.people}, too few for {options.teams} teams; ask for "
            f"{3 * options.teams} or more people"
        )
    if not 0 <= options.never <= options.teams:
        raise TaskmixError(f"never is {options.never}; it must be from 0 to {options.teams} teams")
    for name in ("effect", "drift"):
        value = getattr(options, name)
        if not 0 <= value <= 1:
            raise TaskmixError(f"{name} is {value}; it must be from 0 to 1")
    for name, least in (("diary_weeks", 1), ("size_spread", 0)):
        value = getattr(options, name)
        if value < least:
            raise TaskmixError(f"{name} is {value}; it must be {least} or more")
    return options
