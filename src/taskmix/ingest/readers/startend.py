"""A tracker's starts and ends: dates and clock times as each user has set them."""

from dataclasses import dataclass, replace

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.readers.dayorder import DAY_ORDERS, DayOrder, iso_days, order_of_file
from taskmix.ingest.readers.tracker import Export
from taskmix.ingest.tables.values import Times, read_times
from taskmix.settings import ReaderOptions

# The blank before AM may be a narrow no-break one, and the letters may have points.
_CLOCK = r"^(\d{1,2}):([0-5]\d)(?::([0-5]\d)(\.\d+)?)?\s*(?:([ap])\.?\s?m\.?)?$"
_ISO = r"\d{4}-\d\d-\d\d(?:[T ]|$)"
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
    """

    start: Times
    end: Times
    clock_hours: pd.Series


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
) -> StartEnd:
    """Read ``start date``, ``start time``, ``end date`` and ``end time``, or ``start`` and ``end``.

    Parameters
    ----------
    export : Export
        The file. ``stop`` is ``end``; ``date of creation`` is further evidence of its format.
    sound : pandas.Series of bool
        Rows that can bear witness to the format.
    hours : pandas.Series of float
        Durations, where they are written: they too can settle the order.
    options : ReaderOptions
        The reader's ``day_order`` and ``time_zone``.
    time_zone : str
        The workspace's.
    reader : str
        Its name, for the error.

    Raises
    ------
    ReaderError
        If nothing settles whether the day or the month comes first.
    """
    parts = [_parts(export, which) for which in (("start",), ("end", "stop"))]
    clocks = _clocks([part.time for part in parts])

    def texts(order: DayOrder) -> list[pd.Series]:
        return [
            (iso_days(part.date, order) + "T" + clock).str.removesuffix("T")
            for part, clock in zip(parts, clocks, strict=True)
        ]

    def contradicts(order: DayOrder) -> pd.Series:
        start, end = (pd.to_datetime(text, format="ISO8601") for text in texts(order))
        clock = (end - start).dt.total_seconds() / 3600
        # These tools' durations are the time from start to end.
        astray = (clock + _HOURS_ASTRAY < hours) | (clock > hours + _DAY_HOURS)
        return ((clock < -_HOURS_ASTRAY) | astray) & sound

    dates = [*(part.date for part in parts), export.text("date of creation")]
    order = options.day_order or order_of_file(
        [date[sound] for date in dates], path=export.path, reader=reader, contradicts=contradicts
    )
    for name in ("start date", "end date", "stop date", "start", "end"):
        refuse_half_converted(export, name)
    times = []
    for part, text in zip(parts, texts(order), strict=True):
        read = read_times(
            part.iso.fillna(text), date_format="iso", time_zone=options.time_zone or time_zone
        )
        times.append(replace(read, unreadable=part.filled & read.day.isna()))
    start, end = times
    return StartEnd(start, end, (end.at - start.at).dt.total_seconds() / 3600)


@dataclass(frozen=True)
class _Parts:
    date: pd.Series
    time: pd.Series
    iso: pd.Series
    filled: pd.Series


def _parts(export: Export, names: tuple[str, ...]) -> _Parts:
    date = export.text(*(f"{name} date" for name in names))
    if not export.has("start date"):
        whole = export.text(*names)
        iso = whole.where(whole.str.match(_ISO, na=False))
        split = whole.where(iso.isna()).str.extract(r"^(\S+)(?:\s+(.+))?$").astype("str")
        return _Parts(split[0], split[1].mask(split[0].notna() & split[1].isna(), ""),
                      iso, whole.notna())  # fmt: skip
    time = export.text(*(f"{name} time" for name in names))
    if not export.has("start time"):
        time = pd.Series("", index=date.index, dtype="str")
    # An entry with a day and no clock time has no start that could be trusted.
    nothing = pd.Series(pd.NA, index=date.index, dtype="str")
    return _Parts(date, time, nothing, date.notna() & time.notna())


def _clocks(times: list[pd.Series]) -> list[pd.Series]:
    """Read the clock times of starts and ends; what lost its AM or PM is missing."""
    start, end = (read_clock(time) for time in times)
    both = pd.concat([start, end])
    both = both[both["clock"].notna()]
    twelve = bool(both["marked"].sum() > (~both["marked"]).sum())
    no_evening = not (~both["marked"] & both["sure"]).any()
    told_apart = start["clock"].notna() & end["clock"].notna() & (start["marked"] != end["marked"])
    unsure = told_apart & ~(start["sure"] & end["sure"])
    read = []
    for one, time in zip((start, end), times, strict=True):
        bad = unsure & (one["marked"] != twelve)
        if twelve and no_evening:
            bad |= ~one["marked"]
        read.append(one["clock"].mask(bad).mask(time == "", ""))
    return read


def refuse_half_converted(export: Export, name: str) -> None:
    """Refuse a column of which a spreadsheet has made its own dates of some, not of others.

    It turns 03/04/2024 into a date by its own order, which may be written year first then, and
    leaves 29/04/2024 as text where that is none in this order: then what it turned is wrong.

    Raises
    ------
    ReaderError
        With an example of the text that is left.
    """
    # A file has many rows and few days; the first row of each is the one to name.
    cells = export.text(name).drop_duplicates().str.extract(r"^(\S+)")[0].dropna()
    year_first = cells.str.match(r"\d{4}[-./]")
    turned = iso_days(cells[year_first].str[:10], "day-first").dropna()
    day, month = (iso_days(cells[~year_first], order) for order in DAY_ORDERS)
    one_way = day.notna() != month.notna()
    left = cells[~year_first][one_way]
    both_ways = (day.notna() & month.notna()).any()
    if left.empty or turned.empty or both_ways or turned.str[8:10].gt("12").any():
        return
    raise ReaderError(
        f"{export.path}: dates of column {export.columns[name]!r} have the year first where their "
        f"day could be a month, and last where it could not ({left.iloc[0]!r}, row "
        f"{left.index[0]}): a spreadsheet has turned some and left others, and those it turned "
        "may have day and month exchanged. Take the tracker's own file, not opened in a spreadsheet"
    )
