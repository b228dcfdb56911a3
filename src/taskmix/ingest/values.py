"""Read dates, clock times and durations in the format that is named, and in no other."""

import re
from dataclasses import dataclass
from typing import Literal

import pandas as pd

_ISO = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
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
    unreadable : pandas.Series of bool
        Text that is not of the named format.
    """

    at: pd.Series
    at_second: pd.Series
    day: pd.Series
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
    filled = text.fillna("").astype("str").str.strip()
    if date_format == "iso":
        fits = filled.map(lambda cell: bool(_ISO.fullmatch(cell))).astype("bool")
        clocked = fits & (filled.str.len() > len("2026-01-01"))
        pandas_format = "ISO8601"
    else:
        fits = filled != ""
        clocked = fits & any(part in date_format for part in ("%H", "%I"))
        pandas_format = date_format
    zoned = clocked & (
        filled.str.contains(r"(?:Z|[+-]\d{2}:?\d{2})$", regex=True)
        if date_format == "iso"
        else ("%z" in date_format)
    )
    at_zoned = pd.to_datetime(
        filled.where(zoned), format=pandas_format, errors="coerce", utc=True
    ).astype("datetime64[us, UTC]")
    naive = pd.to_datetime(
        filled.where(fits & ~zoned), format=pandas_format, errors="coerce"
    ).astype("datetime64[us]")
    first, second = _localize(naive.where(clocked), time_zone)
    at = at_zoned.fillna(first)
    day = at_zoned.dt.tz_convert(time_zone).dt.tz_localize(None).fillna(naive).dt.normalize()
    return Times(
        at=at,
        at_second=at_zoned.fillna(second),
        day=day.astype("datetime64[us]"),
        unreadable=(filled != "") & day.isna(),
    )


def _localize(naive: pd.Series, time_zone: str) -> tuple[pd.Series, pd.Series]:
    def instants(*, is_first: bool) -> pd.Series:
        choice = pd.Series(is_first, index=naive.index).to_numpy()
        local = naive.dt.tz_localize(time_zone, ambiguous=choice, nonexistent="shift_forward")
        return local.dt.tz_convert("UTC").astype("datetime64[us, UTC]")

    return instants(is_first=True), instants(is_first=False)


def read_hours(
    text: pd.Series,
    *,
    unit: Literal["hours", "minutes", "seconds", "clock"],
    decimal: str = ".",
    thousands: str = "",
) -> tuple[pd.Series, pd.Series]:
    """Read durations; returns hours and where the text could not be read.

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
        number = pd.to_numeric(plain.str.replace(decimal, ".", regex=False), errors="coerce")
        hours = number.astype("float64") * _UNIT_HOURS[unit]
    return hours, (filled != "") & hours.isna()
