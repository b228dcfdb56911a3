"""Toggl's durations, as its profiles write them and as spreadsheets leave them."""

import pandas as pd

from taskmix.ingest.readers.startend import read_clock
from taskmix.ingest.tables.values import read_hours

_SECOND, _MINUTE = 1 / 3600, 1 / 60
#: What two decimals of an hour can hide.
_ROUNDED = 0.01


def written_hours(text: pd.Series) -> pd.Series:
    """Read the forms that a Toggl profile can choose: 0:47:06, 47:06 min, 0.79 h and 36 sec.

    A spreadsheet's time of day counts from midnight: ``02:00:00 AM`` is two hours.

    Examples
    --------
    >>> text = pd.Series(["0:45:00", "45:00 min", "0.75 h", "36 sec", "12:45:00 AM", "0.75"])
    >>> written_hours(text).tolist()
    [0.75, 0.75, 0.75, 0.01, 0.75, nan]
    """
    filled = text.fillna("")
    clock = filled.where(filled.str.fullmatch(r"\d+:\d\d:\d\d(?:\.\d+)?"))
    minutes = filled.str.extract(r"^(\d+):([0-5]\d) min$").astype("float64")
    decimal = filled.str.extract(r"^([\d.]+|\d+,\d\d?) h$")[0].str.replace(",", ".", regex=False)
    seconds = filled.str.extract(r"^(\d+) sec$")[0]
    of_day = read_clock(text)
    hours = read_hours(clock, unit="clock")[0].fillna((minutes[0] * 60 + minutes[1]) / 3600)
    hours = hours.fillna(read_hours(decimal, unit="hours")[0])
    hours = hours.fillna(read_hours(seconds, unit="seconds")[0])
    return hours.fillna(read_hours(of_day["clock"].where(of_day["marked"]), unit="clock")[0])


def spreadsheet_hours(text: pd.Series, clock_hours: pd.Series, *, is_typed: bool) -> pd.Series:
    """Read Toggl's durations, and what a spreadsheet made of them where the clock confirms it.

    Toggl's duration is the time from start to end. So a number is hours, or a spreadsheet's
    fraction of a day, if it comes to that time; ``1:30`` has lost its seconds if it does; and
    a time of day has lost whole days if they are what is missing.

    Parameters
    ----------
    text : pandas.Series of str
    clock_hours : pandas.Series of float
        The time from start to end.
    is_typed : bool
        Whether the column holds a spreadsheet's own times.

    Examples
    --------
    >>> text = pd.Series(["0,0625", "1.5", "1:30", "02:00:00 AM", "1.5"])
    >>> clock = pd.Series([1.5, 36.0, 1.505, 26.0, 2.0])
    >>> spreadsheet_hours(text, clock, is_typed=False).tolist()
    [1.5, 36.0, 1.505, 26.0, nan]
    """
    hours = written_hours(text)
    of_day = pd.Series(True, index=text.index) if is_typed else read_clock(text)["marked"]
    hours = hours.mask(of_day, whole_days_back(hours, clock_hours))
    number = pd.to_numeric(
        text.where(text.str.fullmatch(r"\d+(?:[.,]\d+)?", na=False)).str.replace(",", "."),
        errors="coerce",
    )
    to_minute = read_hours(text.where(text.str.fullmatch(r"\d+:\d\d", na=False)), unit="clock")[0]
    # A time of more than a day is a date of the year 1900 to a spreadsheet.
    typed = pd.to_datetime(
        text.where(text.str.match(r"(?:1899-12|1900-0\d)-\d\dT", na=False)),
        format="ISO8601", errors="coerce",
    )  # fmt: skip
    of_1900 = (typed - pd.Timestamp("1899-12-31")).dt.total_seconds() / 3600
    for made, within in (
        (number * 24, _ROUNDED), (number, _ROUNDED), (to_minute, _MINUTE), (of_1900, _SECOND),
    ):  # fmt: skip
        agrees = hours.isna() & ((made - clock_hours).abs() <= within + 1e-9)
        hours = hours.mask(agrees, clock_hours)
    return hours


def whole_days_back(hours: pd.Series, clock_hours: pd.Series) -> pd.Series:
    """Give durations back the days that a time of day cannot hold, where the clock has them."""
    days = ((clock_hours - hours) / 24).round()
    lost = (days >= 1) & ((clock_hours - hours - days * 24).abs() <= _SECOND + 1e-9)
    return hours.mask(lost, clock_hours)
