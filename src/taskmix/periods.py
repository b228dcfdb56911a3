"""Reporting periods: months, quarters and years, written ``2026-09``, ``2026-Q3`` and ``2026``."""

import re
from typing import Literal

import pandas as pd

from taskmix.errors import PeriodError

Frequency = Literal["month", "quarter", "year"]

_PATTERNS: dict[Frequency, re.Pattern[str]] = {
    "month": re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII),
    "quarter": re.compile(r"(\d{4})-?[Qq]([1-4])", re.ASCII),
    "year": re.compile(r"(\d{4})", re.ASCII),
}
#: The code pandas gives each frequency.
PANDAS_FREQUENCY: dict[Frequency, str] = {"month": "M", "quarter": "Q", "year": "Y"}
_LONGEST_YEAR = 2200


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
            return period.strftime("%b %y")
        case "quarter":
            return f"Q{period.quarter} {period.year % 100:02d}"
        case _:
            return name


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
    return period if period.end_time.normalize() <= data_through.normalize() else period - 1
