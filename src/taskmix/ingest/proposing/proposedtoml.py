"""Write a proposed ``[mapping]`` as TOML, with the reasons beside each line."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from taskmix.ingest.proposing.layout import Layout
from taskmix.ingest.proposing.recognise import Recognised
from taskmix.ingest.proposing.timecolumns import Hours, Moment, are_sittings
from taskmix.settings import MAPPABLE

_NO_CONTROL = str.maketrans(dict.fromkeys((*range(32), 127), " "))


@dataclass(frozen=True)
class Described:
    """A file as it was recognised: what its ``[mapping]`` is written from."""

    name: str
    file_name: str
    files: str | None
    records_at: str | None
    n_records: int
    layout: Layout
    found: Recognised
    time_zone: str


def mapping_toml(what: Described) -> str:
    """Write the table; what is not decided stands in it as a comment."""
    lines = [f"[mapping.{what.name}]", *_head(what), *_times(what), *_hours(what.found)]
    lines += _labels(what.found)
    lines += _open_person(what.found)
    lines += ["", f"[mapping.{what.name}.columns]", *_columns(what.found)]
    return "\n".join(lines) + "\n"


def toml_text(text: str) -> str:
    r"""Write a text as TOML does.

    Examples
    --------
    >>> print(toml_text('say "ö"\t'))
    "say \"ö\"\t"
    """
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def has_end(found: Recognised) -> bool:
    """Tell whether the end is mapped: not where it would make days of waiting into hours."""
    times = found.times
    hours = times.hours is not None and times.hours.is_decided
    return times.end is not None and (hours or are_sittings(times.span_hours))


def _line(key: str, value: str, why: str = "") -> str:
    return f"{key} = {value}" + (f"  # {_plain(why)}" if why else "")


def _comment(text: str) -> str:
    return f"# {_plain(text)}"


def _plain(text: str) -> str:
    """Keep a comment on its line: what stands in a file must not become a setting."""
    return re.sub(r"\s+", " ", text.translate(_NO_CONTROL)).strip()[:400]


def _head(what: Described) -> Iterator[str]:
    layout = what.layout
    yield _comment(
        f"Proposed by `taskmix mapping` for {what.file_name} ({what.n_records:,} records). Check "
        "each line; those that begin with # decide nothing."
    )
    if what.files:
        why = "* stands for the digits" if "*" in what.files else "write * where names differ"
        yield _line("files", f"[{toml_text(what.files)}]", why)
    else:
        yield _comment("files: the name says nothing, so files are told by their columns")
    why = "" if "id" in what.found.columns else "its newer exports replace older rows by date"
    yield _line("source", toml_text(what.name), why)
    if "format" in layout.why:
        yield _line("format", toml_text(layout.form), layout.why["format"])
    if what.records_at is not None:
        yield _line("sheet" if layout.form == "excel" else "records", toml_text(what.records_at))
    if layout.form in {"csv", "json", "jsonl"}:
        yield _line("encoding", toml_text(layout.encoding), layout.why.get("encoding", ""))
    if layout.form == "csv":
        yield _line("delimiter", toml_text(layout.delimiter))


def _times(what: Described) -> Iterator[str]:
    times = what.found.times
    first = times.start or times.end
    if first is None:
        yield _comment(f"undecided: started_at: {what.found.undecided.get('started_at', '')}")
        return
    yield from _format_lines("date_format", first)
    if times.start and times.end and times.end.form.formats != times.start.form.formats:
        yield from _format_lines("end_format", times.end)
    if first.form.in_utc:
        yield _line("time_zone", '"UTC"', "the times say so")
    elif first.form.is_instant:
        yield _line(
            "# time_zone", toml_text(what.time_zone),
            "where the times were lived, if they name no offset; by default the workspace's",
        )  # fmt: skip
    if times.start and times.fallbacks and what.found.n_without_start:
        listed = ", ".join(map(toml_text, times.fallbacks[:3]))
        yield _line(
            "# without_start", f"[{listed}]",
            f"records without a start: {what.found.n_without_start:,}; they are refused, unless "
            "these columns may date them",
        )  # fmt: skip


def _format_lines(key: str, moment: Moment) -> Iterator[str]:
    form = moment.form
    if form.is_decided:
        reasons = [form.why or f"such as {form.example!r}"]
        if form.n_unread:
            reasons.append(f"different texts that are not of it: {form.n_unread:,}")
        yield _line(key, toml_text(form.formats[0]), "; ".join(filter(None, reasons)))
        return
    yield _comment(
        f"undecided: {key} of {moment.columns[0]!r}, such as {form.example!r}: "
        + (form.why or "no date in the file tells which it is")
        + ". Take the # from the line that is right:"
    )
    yield from (_line(f"# {key}", toml_text(each)) for each in form.formats)


def _hours(found: Recognised) -> Iterator[str]:
    hours = found.times.hours
    if hours is None:
        if "hours" in found.undecided:
            yield _comment(f"undecided: hours: {found.undecided['hours']}")
        elif has_end(found) and found.times.span_hours is not None:
            yield _comment("no column of durations: hours are the time from start to end")
        else:
            yield _comment("no column of durations: tasks are counted, without hours")
        return
    unit, marks = hours.unit, hours.marks
    if not hours.is_decided:
        yield _comment(
            f"undecided: hours of {found.undecided['hours']}. Take the # from the line that is "
            "right, and from the line `hours` below:"
        )
    if unit.unit:
        yield _line("hours_unit", toml_text(unit.unit), f"{hours.column!r}: {unit.why}")
    yield from (_line("# hours_unit", toml_text(option)) for option in unit.options)
    if marks.open:
        yield _line("# decimal", '","', 'with thousands = "" or "."')
        yield _line("# thousands", '","', 'with decimal = "."')
    elif marks.decimal != "." or marks.thousands:
        yield _line("decimal", toml_text(marks.decimal), marks.why)
        if marks.thousands:
            yield _line("thousands", toml_text(marks.thousands))


def _labels(found: Recognised) -> Iterator[str]:
    choice = found.columns.get("labels")
    if choice and choice.separator != ",":
        yield _line("label_separator", toml_text(choice.separator))


def _open_person(found: Recognised) -> Iterator[str]:
    if "person" not in found.undecided:
        return
    yield _comment(
        f"undecided: {found.undecided['person']}. Say whose log it is, or make the workspace a "
        "personal one:"
    )
    yield '# constants = {person = "…"}'


def _columns(found: Recognised) -> Iterator[str]:
    times = found.times
    moments = {"started_at": times.start, "ended_at": times.end}
    for role in MAPPABLE:
        moment = moments.get(role)
        if role in found.columns:
            choice = found.columns[role]
            yield _line(role, _names(choice.columns), choice.why)
        elif moment:
            left_out = role == "ended_at" and not has_end(found)
            why = moment.why if not left_out else (
                "left out: it is more than a day after the start in many records, and without "
                "hours the time between would count as work"
            )  # fmt: skip
            yield _line(f"# {role}" if left_out else role, _names(moment.columns), why)
        elif role == "hours" and times.hours:
            yield _hours_column(times.hours)
        elif role in found.undecided and role in {"id", "title", "started_at"}:
            yield _comment(f"undecided: {role}: {found.undecided[role]}")
    if found.unused:
        yield _comment(f"not used: {', '.join(found.unused)}")


def _hours_column(hours: Hours) -> str:
    return _line("hours" if hours.is_decided else "# hours", toml_text(hours.column), hours.why)


def _names(columns: tuple[str, ...]) -> str:
    listed = ", ".join(map(toml_text, columns))
    return listed if len(columns) == 1 else f"[{listed}]"
