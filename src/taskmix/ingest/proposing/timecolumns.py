"""Which columns of an unknown table say when a task was done, and how long it took."""

from dataclasses import dataclass, replace

import pandas as pd

from taskmix.ingest.proposing.columnfacts import Facts, best_by_name
from taskmix.ingest.proposing.dateforms import DateForm
from taskmix.ingest.proposing.hourunits import Marks, Unit, decide_unit, number_marks
from taskmix.ingest.tables.texttable import TextTable
from taskmix.ingest.tables.values import read_times

#: Spans beyond this are no sitting at one task: start and end are days apart in a tracker.
_LONGEST_SITTING_HOURS = 16.0
_Columns = dict[str, Facts]


@dataclass(frozen=True)
class Moment:
    """The columns of a start or an end, joined, with their format."""

    columns: tuple[str, ...]
    form: DateForm
    why: str


@dataclass(frozen=True)
class Hours:
    """The column of durations; `unit.unit` is None where it is not known."""

    column: str
    unit: Unit
    marks: Marks
    why: str

    @property
    def is_decided(self) -> bool:
        """Tell whether its cells can be read in one way only."""
        return self.unit.unit is not None and not self.marks.open


@dataclass(frozen=True)
class TimeColumns:
    """Start, end and hours of an unknown table, and what stayed open.

    Attributes
    ----------
    start, end : Moment or None
    hours : Hours or None
    span_hours : pandas.Series or None
        From start to end, by record, where the file knows both to the minute.
    fallbacks : tuple of str
        Columns of dates in the start's format, to date rows by that have no start.
    """

    start: Moment | None
    end: Moment | None
    hours: Hours | None
    span_hours: pd.Series | None
    fallbacks: tuple[str, ...]


def time_columns(table: TextTable, columns: _Columns, *, person: str | None) -> TimeColumns:
    """Recognise start, end and hours by the columns' names and cells.

    `person` is the column of people: where several columns hold hours, those of the person go
    before those of the whole task.
    """
    start, end = _moments(table, columns)
    span = _span_hours(table, start, end)
    used = {*(start.columns if start else ()), *(end.columns if end else ())}
    free = {name: facts for name, facts in columns.items() if name not in used}
    hours = _hours(table, free, columns.get(person or ""), span)
    same = tuple(
        name for name, facts in columns.items()
        if start and facts.date and facts.date.formats == start.form.formats
        and name not in start.columns
    )  # fmt: skip
    return TimeColumns(start, end, hours, span, same)


def are_sittings(span_hours: pd.Series | None) -> bool:
    """Tell whether the times from start to end are such as people work at one go."""
    if span_hours is None or not span_hours.notna().any():
        return True
    return bool((span_hours.dropna() > _LONGEST_SITTING_HOURS).mean() < 0.2)


def _moments(table: TextTable, columns: _Columns) -> tuple[Moment | None, Moment | None]:
    dates = {name: facts for name, facts in columns.items() if facts.date}
    clocks = {name: facts for name, facts in columns.items() if facts.kind in {"clock", "time"}}
    starting = best_by_name(dates, "started_at")
    ending = best_by_name({n: f for n, f in dates.items() if f is not starting}, "ended_at")
    why = "by its name"
    if starting is None:
        rest = {name: facts for name, facts in dates.items() if facts is not ending}
        starting = best_by_name(rest, "when")
        if starting is None and ending is None:
            starting, why = _only_date(rest)
    from_clock = best_by_name(clocks, "started_at")
    to_clock = best_by_name(clocks, "ended_at")
    start = _moment(table, starting, from_clock, why)
    # 22:00 to 23:30 of a day: the date stands there once.
    shared = starting if ending is None and to_clock and from_clock else None
    return start, _moment(table, ending or shared, to_clock, "by its name")


def _only_date(dates: _Columns) -> tuple[Facts | None, str]:
    """Take the only column of dates there is, or the day on which a task was noted."""
    # A name such as "due" or "updated" says that work was not done then.
    neutral = [f for f in dates.values() if not _is_no_work_date(f)]
    if len(neutral) == 1:
        return neutral[0], "the only column of dates"
    noted = best_by_name(dates, "noted", at_least=20)
    return noted, "when it was noted: the file does not say when it was done"


def _is_no_work_date(facts: Facts) -> bool:
    return bool(
        set(facts.words)
        & {"due", "deadline", "modified", "updated", "changed", "estimate", "planned", "birth",
           "birthday", "until", "scheduled", "fallig", "faellig", "geandert", "expires", "wait"}
    )  # fmt: skip


def _moment(table: TextTable, day: Facts | None, clock: Facts | None, why: str) -> Moment | None:
    if day is None or day.date is None:
        return None
    if clock is None or day.date.is_instant:
        return Moment((day.name,), day.date, why)
    cells = table.records[clock.name].dropna().drop_duplicates()
    half = cells.str.fullmatch(r".*[AaPp][Mm]").mean() > 0.5
    blank = " " if cells.str.contains(" ", regex=False).mean() > 0.5 else ""
    seconds = ":%S" if cells.str.fullmatch(r"\d+:\d+:\d+.*").mean() > 0.5 else ""
    time = f"%I:%M{seconds}{blank}%p" if half else f"%H:%M{seconds}"
    is_iso = not half and cells.str.fullmatch(r"\d\d:\d\d(?::\d\d)?").all()
    formats = tuple(
        "iso" if form == "iso" and is_iso else f"{'%Y-%m-%d' if form == 'iso' else form} {time}"
        for form in day.date.formats
    )
    example = f"{day.date.example} {cells.iloc[0]}"
    n_other = int((cells.str.count(":") != 1 + bool(seconds)).sum()) if "iso" not in formats else 0
    if n_other:
        why += "; only some of its times have seconds, and one format does not read both"
    form = replace(day.date, formats=formats, example=example, is_instant=True)
    return Moment((day.name, clock.name), form, why)


def joined(records: pd.DataFrame, names: tuple[str, ...]) -> pd.Series:
    """Join date and time of day as a mapping does."""
    text = records[names[0]]
    return text if len(names) == 1 else text.str.cat(records[names[1]], sep=" ")


def _span_hours(table: TextTable, start: Moment | None, end: Moment | None) -> pd.Series | None:
    if start is None or end is None or not (start.form.is_instant and end.form.is_instant):
        return None
    if not (start.form.is_decided and end.form.is_decided):
        return None
    at = [
        read_times(
            joined(table.records, m.columns), date_format=m.form.formats[0], time_zone="UTC"
        ).at
        for m in (start, end)
    ]
    return (at[1] - at[0]).dt.total_seconds() / 3600


def _hours(
    table: TextTable, columns: _Columns, person: Facts | None, span: pd.Series | None
) -> Hours | None:
    readable = {n: f for n, f in columns.items() if f.kind in {"clock", "number"}}

    def rank(facts: Facts) -> float:
        own = person is not None and facts.words[0] in person.words if facts.words else False
        return facts.score("hours") + (15 if own else 0)

    named = [f for f in readable.values() if f.score("hours") >= 45 and f is not person]
    for facts in sorted(named, key=rank, reverse=True):
        return _measured(table, facts, span, "by its name")
    for facts in readable.values():
        if span is None or facts.score("id") or facts is person:
            continue
        told = _measured(table, facts, span, "by its numbers")
        if told.unit.unit and "from start to end" in told.unit.why:
            return told
    return None


def _measured(table: TextTable, facts: Facts, span: pd.Series | None, why: str) -> Hours:
    text = table.records[facts.name]
    numbers = table.numbers.get(facts.name)
    texts = text.dropna() if numbers is None else text[~numbers].dropna()
    marks = number_marks(texts.drop_duplicates()) if facts.kind == "number" else Marks()
    unit = decide_unit(
        text, facts.words, is_clock=facts.kind == "clock", marks=marks, numbers=numbers,
        clock_hours=span,
    )  # fmt: skip
    return Hours(facts.name, unit, marks, why)
