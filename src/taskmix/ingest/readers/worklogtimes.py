"""When and how long a Jira worklog was, in the forms that the apps which export worklogs write."""

import re
from dataclasses import dataclass

import pandas as pd

from taskmix.ingest.protocol import Fault
from taskmix.ingest.readers.dayorder import DayOrder, iso_days, order_of_file
from taskmix.ingest.readers.decimalmark import mark_of_file, read_number
from taskmix.ingest.readers.startend import read_clock
from taskmix.ingest.readers.tracker import Export, unreadable
from taskmix.ingest.tables.values import read_hours
from taskmix.settings import ReaderOptions

#: Jira's own defaults; an administrator can change both.
DAY_HOURS, WEEK_DAYS = 8, 5
_VERBS = r"(?:time ?spent|time worked|worked time|time logged|logged time|logged|worked|duration)"
_UNITS = {
    "seconds": r"s|secs?|seconds?", "minutes": r"m|mins?|minutes?", "hours": r"h|hrs?|hours?",
}  # fmt: skip
_AMOUNT = r"(\d+(?:[.,]\d+)?)"
_OWN_FORM = (
    rf"^(?:{_AMOUNT} ?(?:w|wk|weeks?))? ?(?:{_AMOUNT} ?(?:d|days?))?"
    rf" ?(?:{_AMOUNT} ?(?:{_UNITS['hours']}))? ?(?:{_AMOUNT} ?(?:{_UNITS['minutes']}))?"
    rf" ?(?:{_AMOUNT} ?(?:{_UNITS['seconds']}))?$"
)
_IN_HOURS = [WEEK_DAYS * DAY_HOURS, DAY_HOURS, 1.0, 1 / 60, 1 / 3600]
_MINUTE = 1 / 60
_ISO = (
    r"^\d{4}-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?)?$"
)
_WEEKDAY = r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.? "
_MONTH_FIRST = r"^([a-z]{3,9})\.? (\d{1,2}) (\d{4})$"
_MONTH_BETWEEN = r"^(\d{1,2})[ ./-]+([a-z]{3,9})[ ./-]+(\d{4}|\d\d)$"
_MONTHS = {
    name: f"{number:02d}"
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september",
         "october", "november", "december"), start=1,
    )
}  # fmt: skip
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": "09"}


def spent_unit(name: str) -> str | None:
    """Tell by a column's name the unit of the time spent in it.

    Returns
    -------
    str or None
        ``seconds``, ``minutes``, ``hours``; ``own`` where each cell says it itself; None where
        the column holds no time spent.

    Examples
    --------
    >>> spent_unit("time spent (h)"), spent_unit("time spent"), spent_unit("billed hours")
    ('hours', 'own', None)
    """
    if re.fullmatch(_VERBS, name):
        return "own"
    for unit, words in _UNITS.items():
        named = rf"(?:{_VERBS}(?: in)? ?[(\[]?(?:{words})[)\]]?)"
        alone = rf"(?:(?:logged |worked |spent )?{unit}(?: logged| worked| spent)?)"
        if re.fullmatch(rf"{named}|{alone}", name):
            return unit
    return None


@dataclass(frozen=True)
class Spent:
    """The time spent of each worklog.

    Attributes
    ----------
    hours : pandas.Series of float
    faults : list of Fault
        Cells that cannot be read, and two columns that contradict each other.
    notes : dict of str to int
        How many were written in days or weeks, whose length the file does not say.
    """

    hours: pd.Series
    faults: list[Fault]
    notes: dict[str, int]


def read_spent(export: Export, *, entries: pd.Series, options: ReaderOptions, reader: str) -> Spent:
    """Read the time spent by the column that says it most exactly.

    Parameters
    ----------
    export : Export
    entries : pandas.Series of bool
        The rows that are worklogs.
    options : ReaderOptions
        ``decimal``, where the workspace says it.
    reader : str
        The reader's name, for the error.

    Raises
    ------
    ReaderError
        If hours could be written with a decimal point as well as with a comma.
    """
    columns = spent_columns(export)
    text = {unit: export.text(*columns[unit]) for unit in columns}
    nothing = pd.Series(float("nan"), index=export.records.index)
    exact, _ = read_hours(text["seconds"], unit="seconds")
    minutes = _decimal(export, columns["minutes"], entries, options, reader) / 60
    decimal = _decimal(export, columns["hours"], entries, options, reader)
    own, in_days = _own_form(text["own"].fillna(text["hours"]))
    # Jira keeps and exports seconds; but beside "1h 5m" a bare 90 would be somebody's minutes.
    bare = text["own"].str.fullmatch(r"\d+", na=False)
    has_units = bool((own.notna() & text["own"].notna() & entries).any())
    own = own.fillna(
        nothing if has_units else read_hours(text["own"].where(bare), unit="seconds")[0]
    )
    hours = exact.fillna(own.mask(in_days)).fillna(minutes).fillna(decimal).fillna(own)
    filled = pd.concat([cells.notna() for cells in text.values()], axis="columns").any(
        axis="columns"
    )
    differs = entries & ~in_days & ((exact - own).abs() >= _MINUTE)
    ends = "is no time spent: write 1h 5m, or put the unit into the column's name"
    faults = unreadable(
        entries & filled & hours.isna(), "hours_unreadable", list(text.values()), ends
    )
    if (missing := entries & ~filled).any():
        faults.append(Fault(missing, "hours_unreadable", "the worklog has no time spent"))
    faults += unreadable(
        differs, "hours_contradict", [text["seconds"], text["own"]],
        "are two different durations of one worklog; export it again",
    )  # fmt: skip
    n_days = int((entries & in_days & exact.isna() & minutes.isna() & decimal.isna()).sum())
    note = (
        f"durations in days or weeks, read as {DAY_HOURS} hours and {WEEK_DAYS} days (Jira's own)"
    )
    return Spent(hours, faults, {note: n_days} if n_days else {})


def spent_columns(export: Export) -> dict[str, list[str]]:
    """List the columns of time spent by their unit."""
    units = {name: spent_unit(name) for name in export.columns}
    return {unit: [n for n in units if units[n] == unit] for unit in (*_UNITS, "own")}


def _decimal(
    export: Export, names: list[str], entries: pd.Series, options: ReaderOptions, reader: str
) -> pd.Series:
    text = export.text(*names)
    columns = [export.columns[name] for name in names]
    typed = pd.Series(False, index=text.index)
    for column in columns:
        typed |= export.table.numbers.get(column, typed) & (text == export.records[column])
    written = text.where(~typed & entries)
    mark = getattr(options, "decimal", None) or mark_of_file(
        written.dropna(), path=export.path, reader=reader
    )
    return read_number(written, mark).fillna(read_number(text.where(typed), "."))


def _own_form(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read ``1w 2d 3h 4m``, ``1 hour, 5 minutes`` and ``1:05``; and tell which use days."""
    plain = text.str.casefold().str.replace(r",? +|,(?=\D)", " ", regex=True).str.strip()
    parts = plain.str.extract(_OWN_FORM)
    amounts = parts.apply(lambda part: part.str.replace(",", ".").astype("float64"))
    hours = (amounts.fillna(0.0) * _IN_HOURS).sum(axis="columns").where(parts.notna().any(axis=1))
    clock, _ = read_hours(plain.where(plain.str.contains(":", na=False)), unit="clock")
    return hours.fillna(clock), parts[[0, 1]].notna().any(axis="columns")


def iso_starts(
    text: pd.Series, *, sound: pd.Series, options: ReaderOptions, export: Export, reader: str
) -> pd.Series:
    """Write starts as ISO, whether they came as ISO, with a month's name, or in numbers.

    Parameters
    ----------
    text : pandas.Series of str
    sound : pandas.Series of bool
        Rows that can bear witness to the order of day and month.
    options : ReaderOptions
        ``day_order``, where the workspace says it.
    export : Export
        The file, for the error.
    reader : str
        The reader's name, for the error.

    Returns
    -------
    pandas.Series of str
        Missing where the text is no date.

    Raises
    ------
    ReaderError
        If numeric dates could be meant either way.
    """
    plain = text.str.normalize("NFKC").str.replace(r"[\s,]+", " ", regex=True).str.strip()
    is_iso = plain.str.contains(_ISO, na=False)
    iso = plain.str.replace(r" (?=(?:[+-]\d\d(?::?\d\d)?|Z)$)", "", regex=True).where(is_iso)
    parts = plain.where(~is_iso).str.extract(r"^(.+?)(?:(?:T| at | )(\d{1,2}:\d\d.*))?$")
    day, clock = parts[0].astype("str"), parts[1].astype("str")
    named = _named_months(day.str.casefold().str.replace(_WEEKDAY, "", regex=True))
    numeric = day.where(named.isna())
    asked = numeric[sound & numeric.notna()]
    order: DayOrder = options.day_order or order_of_file([asked], path=export.path, reader=reader)
    dated = named.fillna(iso_days(numeric, order))
    clocked = dated + "T" + read_clock(clock)["clock"]
    return iso.fillna(clocked.where(clock.notna(), dated)).astype("str")


def _named_months(day: pd.Series) -> pd.Series:
    first, between = day.str.extract(_MONTH_FIRST), day.str.extract(_MONTH_BETWEEN)
    month = first[0].fillna(between[1]).map(_MONTHS)
    number = first[1].fillna(between[0]).str.zfill(2)
    year = first[2].fillna(between[2].where(between[2].str.len() == 4, "20" + between[2]))
    return (year + "-" + month + "-" + number).astype("str")
