"""Reporting periods: months, quarters and years, written ``2026-09``, ``2026-Q3`` and ``2026``."""

import re
from difflib import get_close_matches
from typing import Literal

import numpy as np
import pandas as pd

from taskmix.errors import PeriodError
from taskmix.language import shortest_month_and_year, tr

Frequency = Literal["month", "quarter", "year"]

_PATTERNS: dict[Frequency, re.Pattern[str]] = {
    "month": re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII),
    "quarter": re.compile(r"(\d{4})-?[Qq]([1-4])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
}
#: The code pandas gives each frequency.
PANDAS_FREQUENCY: dict[Frequency, str] = {"month": "M", "quarter": "Q", "year": "Y"}
_LONGEST_YEAR = 2200
#: The last quarter that is complete, whenever that was.
LATEST = "latest"
#: Words for a period by today's date: how long it is, and how many periods back it lies.
RELATIVE: dict[str, tuple[Frequency, int]] = {
    f"{word}-{frequency}": (frequency, back)
    for word, back in (("last", 1), ("this", 0))
    for frequency in _PATTERNS
}


def parse_period(text: str) -> pd.Period:
    """Read a period as people write it.

    Parameters
    ----------
    text : str
        ``2026-09`` (month), ``2026-Q3`` (quarter) or ``2026`` (year).

    Returns
    -------
    pandas.Period
        With frequency M, Q-DEC or Y-DEC.

    Raises
    ------
    PeriodError
        If the text is none of the three.

    Examples
    --------
    >>> parse_period("2026-Q3")
    Period('2026Q3', 'Q-DEC')
    """
    for frequency, pattern in _PATTERNS.items():
        match = pattern.fullmatch(text.strip())
        if match and 1900 <= int(match[1]) <= _LONGEST_YEAR:
            number = int(match[2]) if frequency != "year" else 1
            month = {"month": number, "quarter": number * 3, "year": 1}[frequency]
            return pd.Period(year=int(match[1]), month=month, freq=PANDAS_FREQUENCY[frequency])
    raise PeriodError(
        f"period {text[:40]!r} is not understood; write a month as 2026-09, "
        "a quarter as 2026-Q3 or a year as 2026"
    )


def choose_period(text: str, *, today: pd.Timestamp, data_through: pd.Timestamp) -> pd.Period:
    """Read a period as people write it, or as a word that means one by today's date.

    Parameters
    ----------
    text : str
        As `parse_period` reads it; ``latest`` for the last quarter that is complete; or
        ``last-month``, ``this-quarter`` and the like, calendar periods seen from `today`.
    today, data_through : pandas.Timestamp
        Today where the workspace is, and the last day with data.

    Raises
    ------
    PeriodError
        If it is none of them; a misspelt word is answered with the near one.

    Examples
    --------
    >>> day = pd.Timestamp("2026-11-22")
    >>> format_period(choose_period("last-quarter", today=day, data_through=day))
    '2026-Q3'
    """
    word = text.strip()
    if word == LATEST:
        # Plans and calendars may reach into the future; a period is complete only when it is over.
        latest = latest_period(min(data_through, today))
        return latest if latest.end_time < today else latest - 1
    if word in RELATIVE:
        frequency, back = RELATIVE[word]
        return today.to_period(PANDAS_FREQUENCY[frequency]) - back
    try:
        return parse_period(word)
    except PeriodError as error:
        words = (LATEST, *RELATIVE)
        near = get_close_matches(word.casefold(), words, n=1)
        if near:
            raise PeriodError(
                f"period {text[:40]!r} is not understood; did you mean {near[0]}?"
            ) from error
        raise PeriodError(f"{error}, or one of {', '.join(words)}") from error


def today_in(time_zone: str) -> pd.Timestamp:
    """Return today's date in a time zone, as a midnight without one."""
    return pd.Timestamp.now(tz=time_zone).tz_localize(None).normalize().as_unit("us")


def working_days_between(day: pd.Timestamp, end: pd.Timestamp) -> int:
    """Count Mondays to Fridays after `day`, up to and including `end`; holidays are not known.

    Examples
    --------
    >>> working_days_between(pd.Timestamp("2026-09-18"), pd.Timestamp("2026-09-21"))
    1
    """
    after = pd.Timedelta(days=1)
    first, last = ((moment + after).date() for moment in (day, end))
    return max(0, int(np.busday_count(first, last)))


def reaches_end(data_through: pd.Timestamp, period: pd.Period) -> bool:
    """Tell whether data through that day cover a period to its end.

    A period that ends on a weekend is covered by its last Friday: else every such report
    would call its data incomplete.

    Examples
    --------
    >>> reaches_end(pd.Timestamp("2026-05-29"), parse_period("2026-05"))
    True
    """
    return working_days_between(data_through, period.end_time.normalize()) == 0


def frequency_of(period: pd.Period) -> Frequency:
    """Tell whether a period is a month, a quarter or a year.

    Raises
    ------
    PeriodError
        If it is of another length, or of a year that does not begin in January.

    Examples
    --------
    >>> frequency_of(parse_period("2026-09"))
    'month'
    """
    for frequency, code in PANDAS_FREQUENCY.items():
        if period.freqstr in {code, f"{code}-DEC"}:
            return frequency
    raise PeriodError(
        f"period {period} has frequency {period.freqstr}; use calendar months, quarters or years"
    )


def format_period(period: pd.Period) -> str:
    """Write a period as `parse_period` reads it.

    Examples
    --------
    >>> format_period(pd.Period("2026Q3"))
    '2026-Q3'
    """
    match frequency_of(period):
        case "month":
            return f"{period.year}-{period.month:02d}"
        case "quarter":
            return f"{period.year}-Q{period.quarter}"
        case _:
            return str(period.year)


def short_name(name: str) -> str:
    """Shorten a period's name for an axis.

    Examples
    --------
    >>> short_name("2026-Q3"), short_name("2026-09"), short_name("2026")
    ('Q3 26', 'Sep 26', '2026')
    """
    period = parse_period(name)
    match frequency_of(period):
        case "month":
            return shortest_month_and_year(period.start_time)
        case "quarter":
            return tr("Q{quarter} {year}", quarter=period.quarter, year=f"{period.year % 100:02d}")
        case _:
            return name


def period_before(name: str) -> str:
    """Name the period before one.

    Examples
    --------
    >>> period_before("2026-Q1"), period_before("2026")
    ('2025-Q4', '2025')
    """
    return format_period(parse_period(name) - 1)


def history(period: pd.Period, *, count: int) -> list[str]:
    """Name the `count` periods that end with `period`, oldest first.

    Examples
    --------
    >>> history(parse_period("2026-Q1"), count=3)
    ['2025-Q3', '2025-Q4', '2026-Q1']
    """
    return [format_period(period - back) for back in range(count - 1, -1, -1)]


def latest_period(data_through: pd.Timestamp, frequency: Frequency = "quarter") -> pd.Period:
    """Choose the last period that is complete on the day the data end.

    If the data end inside the first period they touch, the period before it would be
    empty; the caller's page then says "no data" in words.

    Examples
    --------
    >>> format_period(latest_period(pd.Timestamp("2026-10-04")))
    '2026-Q3'
    >>> format_period(latest_period(pd.Timestamp("2026-09-30")))
    '2026-Q3'
    """
    period = data_through.to_period(PANDAS_FREQUENCY[frequency])
    return period if reaches_end(data_through.normalize(), period) else period - 1
