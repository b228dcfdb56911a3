"""A tracker's starts and ends: dates and clock times as each user has set them."""

from dataclasses import dataclass, replace

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.dayorder import DayOrder, iso_days, order_of_file
from taskmix.ingest.tracker import Export
from taskmix.ingest.values import Times, read_times
from taskmix.settings import ReaderOptions

# The blank before AM may be a narrow no-break one, and the letters may have points.
_CLOCK = r"^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?$"
#: Beyond what a change of the clocks and rounding can explain.
_HOURS_ASTRAY, _DAY_HOURS = 1.5, 24


@dataclass(frozen=True)
class StartEnd:
    """When each entry started and ended.

    Attributes
    ----------
    start, end : Times
        Missing where the date or its clock time is.
    clock_hours : pandas.Series of float
        The time from start to end.
    order : {"day-first", "month-first"}
        How the file's dates were read.
    """

    start: Times
    end: Times
    clock_hours: pd.Series
    order: DayOrder


def read_clock(text: pd.Series) -> pd.DataFrame:
    """Read clock times of 12 or 24 hours.

    Returns
    -------
    pandas.DataFrame
        ``clock``, as ``HH:MM:SS``, missing where the text is none; ``marked``, whether it says
        AM or PM; ``sure``, whether it has one reading without that.

    Examples
    --------
    >>> read_clock(pd.Series(["10:23 AM", "2:00:05 p. m.", "14:00", "9:30", "25:00"]))
          clock  marked   sure
    0  10:23:00    True   True
    1  14:00:05    True   True
    2  14:00:00   False   True
    3  09:30:00   False  False
    4       NaN   False  False
    """
    each = pd.Series(text.dropna().unique(), dtype="str")
    parts = each.str.normalize("NFKC").str.strip().str.casefold().str.extract(_CLOCK)
    hour, minute = parts[0].astype("float64"), parts[1].astype("float64")
    # A spreadsheet's times are fractions of a day, some a microsecond short of the second.
    second = parts[2].fillna("0").astype("float64") + parts[3].fillna("0").astype("float64").round()
    marked = parts[4].notna()
    valid = hour.le(23) & (~marked | hour.le(12))
    afternoon = marked & (parts[4] == "p")
    at = hour.where(~marked, hour % 12 + afternoon * 12) * 3600 + minute * 60 + second
    at = at.where(valid).clip(upper=86_399)
    clock = pd.to_datetime(at, unit="s").dt.strftime("%H:%M:%S")
    known = pd.DataFrame(
        {"clock": clock, "marked": marked, "sure": valid & (marked | ~hour.between(1, 12))}
    ).set_axis(pd.Index(each))
    found = known.reindex(text.fillna("")).set_axis(text.index)
    return found.astype({"clock": "str"}).assign(
        marked=found["marked"].eq(True), sure=found["sure"].eq(True)
    )


def read_start_end(
    export: Export,
    *,
    sound: pd.Series,
    hours: pd.Series,
    options: ReaderOptions,
    time_zone: str,
    reader: str,
    moments: tuple[pd.Series, pd.Series] | None = None,
) -> StartEnd:
    """Read ``start date``, ``start time``, ``end date`` and ``end time``.

    Parameters
    ----------
    export : Export
        The file. ``date of creation`` is further evidence of its format, ``stop`` is ``end``.
    sound : pandas.Series of bool
        Rows that can bear witness to the format.
    hours : pandas.Series of float
        Durations as written, where they are: they too can settle the order.
    options : ReaderOptions
        ``day_order`` and ``time_zone`` of the reader.
    time_zone : str
        The workspace's.
    reader : str
        Its name, for the error.
    moments : tuple of pandas.Series of str, optional
        Starts and ends in one column each, instead of the four columns.

    Raises
    ------
    ReaderError
        If nothing settles whether the day or the month comes first.
    """
    if moments is None:
        dates = [export.text("start date"), export.text("end date", "stop date")]
        times = [export.text("start time"), export.text("end time", "stop time")]
    else:
        split = [text.str.extract(r"^(\S+?)(?:[T\s]+(.+))?$").astype("str") for text in moments]
        dates, times = [part[0] for part in split], [part[1] for part in split]
    clocks = _clocks(times)
    if moments is None and not export.has("start time"):
        clocks = [clock.fillna("") for clock in clocks]

    def texts(order: DayOrder) -> list[pd.Series]:
        days = [iso_days(date, order) for date in dates]
        return [(d + "T" + clock).str.removesuffix("T") for d, clock in zip(days, clocks, strict=True)]

    def contradicts(order: DayOrder) -> pd.Series:
        start, end = (pd.to_datetime(text, format="ISO8601") for text in texts(order))
        clock = (end - start).dt.total_seconds() / 3600
        astray = (clock + _HOURS_ASTRAY < hours) | (clock > hours + _DAY_HOURS)
        return ((clock < -_HOURS_ASTRAY) | astray) & sound

    witnesses = [*dates, export.text("date of creation")]
    order = options.day_order or order_of_file(
        [text[sound] for text in witnesses],
        path=export.path,
        reader=reader,
        contradicts=contradicts,
    )
    _refuse_half_converted(export, order)
    zone = options.time_zone or time_zone
    written = [_both(date, time) for date, time in zip(dates, times, strict=True)]
    if moments is not None:
        iso = [...]
    start, end = (
        replace(read, unreadable=filled.notna() & read.day.isna())
        for filled, read in zip(
            written, (read_times(t, date_format="iso", time_zone=zone) for t in texts(order)), strict=True
        )
    )
    clock_hours = (end.at - start.at).dt.total_seconds() / 3600
    return StartEnd(start, end, clock_hours, order)
