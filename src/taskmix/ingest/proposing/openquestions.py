"""What a person has to decide of an unknown table, because the file does not tell."""

from collections.abc import Collection

from taskmix.ingest.proposing.columnfacts import Facts
from taskmix.ingest.proposing.headerwords import is_unknown
from taskmix.ingest.proposing.timecolumns import TimeColumns


def open_questions(
    columns: Collection[str], times: TimeColumns, unused: Collection[str], facts: dict[str, Facts]
) -> dict[str, str]:
    """Say what is undecided, by setting or column of the task log, in words.

    Parameters
    ----------
    columns : collection of str
        Columns of the task log that were recognised.
    times : TimeColumns
        Start, end and hours.
    unused : collection of str
        Columns of the file that fill nothing.
    facts : dict of str to Facts
        All columns of the file.
    """
    found: dict[str, str] = {}
    if "title" not in columns:
        found["title"] = "no column of texts says what was done"
    why = _date(times, facts) if times.start is None else ""
    if why:
        found["started_at"] = why
    moments = {"date_format": times.start or times.end, "end_format": times.end}
    for name, moment in moments.items():
        if moment and not moment.form.is_decided:
            found[name] = f"{' or '.join(moment.form.formats)}: " + (
                moment.form.why or f"each reads every date of {moment.columns[0]!r}"
            )
    if "person" not in columns:
        few = [
            f"{f.name} ({f.n_distinct})" for f in facts.values()
            if f.name in unused and f.kind == "text" and f.n_distinct > 1 and f.repeats
        ]  # fmt: skip
        hint = f"; columns of few values: {', '.join(few[:6])}" if few else ""
        found["person"] = f"no column names people{hint}"
    why = _hours(times, unused, facts)
    if why:
        found["hours"] = why
    return found


def _date(times: TimeColumns, facts: dict[str, Facts]) -> str:
    named = [
        f.name for f in facts.values()
        if f.kind not in {"date", "empty", "epoch"}
        and max(f.score("started_at"), f.score("when")) >= 60
    ]  # fmt: skip
    epochs = [f.name for f in facts.values() if f.kind == "epoch"]
    dates = [f.name for f in facts.values() if f.date]
    if named and not dates and all(facts[name].kind in {"clock", "time"} for name in named):
        return f"{named[0]!r} holds times of day, and no column their dates"
    if named:
        return f"{named[0]!r} is a date by its name, but its cells are in no one format known"
    if times.end is not None:
        return ""  # a log that knows only when tasks were done
    if epochs:
        return f"{', '.join(epochs)} may be seconds since 1970, which a mapping does not read"
    if dates:
        return f"{', '.join(dates)} hold dates, but which one is the task's?"
    return "no column holds dates"


def _hours(times: TimeColumns, unused: Collection[str], facts: dict[str, Facts]) -> str:
    hours = times.hours
    if hours:
        why = hours.marks.open or hours.unit.why
        return "" if hours.is_decided else f"{hours.column!r}: {why}"
    named = [
        f.name for f in facts.values()
        if f.name in unused and f.score("hours") >= 60 and f.n_filled
    ]  # fmt: skip
    if not named:
        # A language whose words are not known: the clock did not tell either.
        maybe = [
            f.name for f in facts.values()
            if f.name in unused and f.kind in {"number", "clock"} and is_unknown(f.words)
        ]  # fmt: skip
        return f"nothing says whether {' or '.join(maybe[:4])} holds durations" if maybe else ""
    return (
        f"{named[0]!r} holds durations by its name, but in a form that a mapping does not read; it "
        "reads 1.5, 1,5 and 1:30"
    )
