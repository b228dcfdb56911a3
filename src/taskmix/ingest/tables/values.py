"""Read dates, clock times and durations in the format that is named, and in no other."""

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from taskmix.schema import CLOCK_SLACK_HOURS

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?)?",
    re.ASCII,
)
_OFFSET = re.compile(r"(?:Z|:\d{2}(?:\.\d+)?[+-]\d{2}(?::?\d{2})?)$")
#: Beyond these, shifting to another time zone could leave the years that Python knows.
_FIRST_YEAR, _LAST_YEAR = 2, 9998
_INSTANT, _NAIVE = "datetime64[us, UTC]", "datetime64[us]"
_DAY_LENGTH = len("2026-01-01")
_UNIT_HOURS = {"hours": 1.0, "minutes": 1 / 60, "seconds": 1 / 3600}


@dataclass(frozen=True)
class Times:
    """A column of dates or instants.

    Attributes
    ----------
    at : pandas.Series of datetime64[us, UTC]
        Missing where only a date was written. A wall-clock time that does not exist (clocks
        went forward) is moved to the next that does; one that exists twice is the first.
    at_second : pandas.Series of datetime64[us, UTC]
        The same with the second of two; for an end whose duration says so.
    day : pandas.Series of datetime64[us]
        The local day.
    moved : pandas.Series of bool
        Wall-clock times that do not exist.
    unreadable : pandas.Series of bool
        Text that is not of the named format.
    """

    at: pd.Series
    at_second: pd.Series
    day: pd.Series
    moved: pd.Series
    unreadable: pd.Series


def read_times(text: pd.Series, *, date_format: str, time_zone: str) -> Times:
    """Read text as dates or instants.

    Parameters
    ----------
    text : pandas.Series of str
    date_format : str
        ``iso`` or a strptime format; with ``%H`` or ``%I`` it is an instant, else a date.
    time_zone : str
        Where times without an offset were lived, and whose days are the local days.

    Examples
    --------
    >>> times = read_times(pd.Series(["02-Nov-04"]), date_format="%d-%b-%y", time_zone="UTC")
    >>> times.day[0].date().isoformat(), bool(times.at.isna()[0])
    ('2004-11-02', True)
    """
    if not text.count():
        never = _never(text, _INSTANT)
        none = never.notna()
        return Times(never, never, _never(text, _NAIVE), moved=none, unreadable=none)
    filled = text.fillna("").astype("str").str.strip()
    fits, clocked, zoned = _forms(filled, date_format)
    pandas_format = "ISO8601" if date_format == "iso" else date_format
    naive = _parsed(filled, fits & ~zoned, pandas_format, dtype=_NAIVE)
    wall = naive.where(clocked & _is_usual(naive)) if clocked.any() else _never(naive, _NAIVE)
    first, second, moved = _localize(wall, time_zone)
    day = naive
    if zoned.any():
        at_zoned = _parsed(filled, zoned, pandas_format, dtype=_INSTANT)
        usual = at_zoned.where(_is_usual(at_zoned))
        first, second = usual.fillna(first), usual.fillna(second)
        # A year that no zone can be applied to is kept as written; settling refuses it by name.
        day = usual.dt.tz_convert(time_zone).dt.tz_localize(None)
        day = day.fillna(at_zoned.dt.tz_localize(None)).fillna(naive)
    day = day.dt.normalize().astype(_NAIVE)
    return Times(first, second, day, moved, unreadable=(filled != "") & day.isna())


def _forms(filled: pd.Series, date_format: str) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Tell what may be of the format, what of that has a clock time, and what of that an offset."""
    if date_format != "iso":
        fits = filled != ""
        clocked = fits & any(part in date_format for part in ("%H", "%I"))
        return fits, clocked, clocked & ("%z" in date_format)
    forms = [
        (len(cell) > _DAY_LENGTH, _OFFSET.search(cell) is not None)
        if _ISO.fullmatch(cell) else None
        for cell in filled.tolist()
    ]  # fmt: skip
    told = (
        [form is not None for form in forms],
        [form is not None and form[0] for form in forms],
        [form is not None and form[0] and form[1] for form in forms],
    )
    fits, clocked, zoned = (pd.Series(flags, filled.index, dtype="bool") for flags in told)
    return fits, clocked, zoned


def _parsed(text: pd.Series, where: pd.Series, pandas_format: str, *, dtype: str) -> pd.Series:
    if not where.any():
        return _never(text, dtype)
    found = pd.to_datetime(
        text.where(where), format=pandas_format, errors="coerce", utc=dtype == _INSTANT
    )
    return found.astype(dtype)


def _never(like: pd.Series, dtype: str) -> pd.Series:
    return pd.Series(pd.NaT, index=like.index, dtype=dtype, name=like.name)


@dataclass(frozen=True)
class Clock:
    """From when to when entries ran, and how often a change of clocks had to be settled."""

    started_at: pd.Series
    ended_at: pd.Series
    notes: dict[str, int]


def fit_clock(start: Times, end: Times, hours: pd.Series) -> Clock:
    """Choose which of two equal wall-clock times a start and an end mean.

    When clocks go back an hour is lived twice. Of the ways to read start and end, the one that
    fits the hours best is meant; without hours, the first that does not end before it starts.
    """
    started, ended = start.at.copy(), end.at.copy()
    twice = _is_twice(start) | _is_twice(end)
    if twice.any():
        ways = [
            (first[twice], last[twice])
            for first, last in (
                (start.at, end.at), (start.at, end.at_second), (start.at_second, end.at_second)
            )
        ]  # fmt: skip
        misfit = pd.concat([_misfit(*way, hours[twice]) for way in ways], axis="columns")
        best = misfit.to_numpy().argmin(axis=1)
        for number, (first, last) in enumerate(ways):
            chosen = first.index[best == number]
            started.loc[chosen], ended.loc[chosen] = first.loc[chosen], last.loc[chosen]
    return Clock(started, ended, clock_notes(start, end))


def clock_notes(*times: Times) -> dict[str, int]:
    """Count the records whose wall-clock times stand twice, or not at all, on their day."""
    moved = sum((each.moved for each in times[1:]), start=times[0].moved)
    twice = sum((_is_twice(each) for each in times[1:]), start=_is_twice(times[0]))
    counts = {
        "times in the hour that clocks skipped, moved to its end": int((moved > 0).sum()),
        "times in the hour that clocks repeated": int((twice > 0).sum()),
    }
    return {note: count for note, count in counts.items() if count}


def _is_twice(times: Times) -> pd.Series:
    return times.at.notna() & (times.at != times.at_second)


def _misfit(started: pd.Series, ended: pd.Series, hours: pd.Series) -> pd.Series:
    clock = (ended - started).dt.total_seconds() / 3600
    misfit = (clock - hours).abs().fillna(0.0)
    # A clock shorter than its hours, or one that runs backwards, cannot be.
    return misfit + 1e6 * ((clock < 0) | (hours > clock + CLOCK_SLACK_HOURS)).astype("float64")


def _is_usual(times: pd.Series) -> pd.Series:
    return times.dt.year.between(_FIRST_YEAR, _LAST_YEAR)


def _localize(naive: pd.Series, time_zone: str) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return the first and the second instant of a wall-clock time, and whether it does not exist.

    The clock shows another time then.
    """
    if naive.isna().all():
        never = _never(naive, _INSTANT)
        return never, never, never.notna()

    def instants(*, is_first: bool) -> pd.Series:
        choice = pd.Series(is_first, index=naive.index).to_numpy()
        local = naive.dt.tz_localize(time_zone, ambiguous=choice, nonexistent="shift_forward")
        return local.dt.tz_convert("UTC").astype("datetime64[us, UTC]")

    first = instants(is_first=True)
    lived = first.dt.tz_convert(time_zone).dt.tz_localize(None)
    return first, instants(is_first=False), naive.notna() & (lived != naive)


def read_hours(
    text: pd.Series,
    *,
    unit: Literal["hours", "minutes", "seconds", "clock"],
    decimal: str = ".",
    thousands: str = "",
    numbers: pd.Series | None = None,
) -> tuple[pd.Series, pd.Series]:
    """Read durations; returns hours and where the text could not be read.

    Parameters
    ----------
    text : pandas.Series of str
    unit : {"hours", "minutes", "seconds", "clock"}
        What one is; ``clock`` is ``H:MM`` or ``H:MM:SS``.
    decimal, thousands : str
        The marks in the text.
    numbers : pandas.Series of bool, optional
        Cells that were numbers in the file itself; the marks do not hold for them.

    Examples
    --------
    >>> hours, _ = read_hours(pd.Series(["2.000,5"]), unit="hours", decimal=",", thousands=".")
    >>> float(hours[0])
    2000.5
    >>> hours, _ = read_hours(pd.Series(["30:10:30"]), unit="clock")
    >>> float(hours[0])
    30.175
    """
    filled = text.fillna("").astype("str").str.strip()
    if unit == "clock":
        parts = filled.str.extract(r"^(-?)(\d+):([0-5]\d)(?::([0-5]\d(?:\.\d+)?))?$")
        amount = parts[[1, 2, 3]].astype("float64")
        seconds = amount[1] * 3600 + amount[2] * 60 + amount[3].fillna(0.0)
        hours = seconds.where(parts[0] != "-", -seconds) / 3600
    else:
        group = f"(?:\\d{{1,3}}(?:{re.escape(thousands)}\\d{{3}})+|\\d+)" if thousands else r"\d+"
        fits = filled.str.fullmatch(
            rf"[+-]?(?:{group}(?:{re.escape(decimal)}\d*)?|{re.escape(decimal)}\d+)"
        )
        plain = filled.where(fits)
        if thousands:
            plain = plain.str.replace(thousands, "", regex=False)
        plain = plain.str.replace(decimal, ".", regex=False)
        if numbers is not None:
            plain = plain.mask(numbers, filled)
        number = pd.to_numeric(plain, errors="coerce")
        hours = number.astype("float64") * _UNIT_HOURS[unit]
    return hours, (filled != "") & hours.isna()
