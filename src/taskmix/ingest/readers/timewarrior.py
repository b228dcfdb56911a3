"""Timewarrior: its own data files and what ``timew export`` prints."""

import codecs
import json
import re
from pathlib import Path

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.protocol import Draft, Fault, Sample
from taskmix.ingest.readers.intervals import Interval, parse_json, parse_line
from taskmix.ingest.tables.compressed import content_of
from taskmix.ingest.tables.texttable import text_frame
from taskmix.ingest.tables.values import read_times
from taskmix.settings import Settings

_LINE = re.compile(r"^(?:inc|exc) \d{8}T\d{6}Z\b", re.MULTILINE)
_KEYS = frozenset({"id", "start", "end", "tags", "annotation"})
_INSTANT = re.compile(r"\d{8}T\d{6}Z")
_JOIN = " / "
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class TimewarriorReader:
    """Reads ``inc START - END # tags # "annotation"`` and ``[{id, start, end, tags, …}]``.

    Both give the same rows. The title is the annotation; without one the tags that hold a
    blank, as people write them who name a task by a tag; else all tags. All tags are labels.
    Timewarrior's id is a position that moves with every new entry, so ids do not last; it names
    no person.

    Attributes
    ----------
    label_separator : str
        What separates tags; a ``;`` inside a tag is written as ``,``.
    """

    name = "timewarrior"
    source = "timewarrior"
    lasting_ids = False
    label_separator = ";"

    def claims(self, sample: Sample) -> bool:
        """Claim a file with Timewarrior's lines, or with the objects of its export."""
        if sample.text.lstrip().startswith(("[", "{")):
            first = _first_object(sample.text)
            return set(first) <= _KEYS and bool(_INSTANT.fullmatch(str(first.get("start", ""))))
        return not sample.text.startswith("txn:") and bool(_LINE.search(sample.text))

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise the files that lie beside the months in Timewarrior's data folder."""
        cure = "leave it out, and read the months (2026-07.data) or what `timew export` prints"
        if re.match(r"\s*txn:", sample.text):
            return f"this is Timewarrior's history of changes (undo.data), not its log; {cure}"
        counts = list(_first_object(sample.text).values())
        if counts and all(isinstance(c, dict) and set(c) == {"count"} for c in counts):
            return f"this is Timewarrior's count of tags (tags.data), not its log; {cure}"
        if sample.path.name == "backlog.data":
            return f"this is Timewarrior's backlog.data, not its log; {cure}"
        return None

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file.

        Raises
        ------
        ReaderError
            If it cannot be opened or holds nothing of Timewarrior's.
        """
        text = _text(path)
        is_json = text.lstrip().startswith(("[", "{"))
        intervals = parse_json(text) if is_json else _parse_lines(text)
        if intervals and all(interval.problem for interval in intervals):
            raise ReaderError(
                f"{path}: nothing in it is Timewarrior's: {intervals[0].problem}. Read the months "
                "of its data folder (2026-07.data), or what `timew export` prints"
            )
        records = text_frame(
            {
                "line" if not is_json else "object": [i.written for i in intervals],
                "start": [i.start or "" for i in intervals],
                "end": [i.end or "" for i in intervals],
            },
            n_rows=len(intervals),
        )
        options = settings.options_of(self.name)
        zone = options.time_zone or settings.workspace.time_zone
        start, end = (
            read_times(records[column], date_format="%Y%m%dT%H%M%S%z", time_zone=zone)
            for column in ("start", "end")
        )
        rows = pd.DataFrame(
            {
                "title": _texts([_title(i) for i in intervals], records.index),
                "labels": _texts([self._labels(i) for i in intervals], records.index),
                "started_at": start.at,
                "ended_at": end.at,
                "local_date": start.day,
                "local_end_date": end.day.mask(end.day == start.day),
            }
        )
        return Draft(
            rows, records,
            [
                *_problems(intervals, records.index),
                *_unreadable(start.unreadable, records["start"], "started_at_unreadable"),
                *_unreadable(end.unreadable, records["end"], "ended_at_unreadable"),
            ],
            {n: i.skip for n, i in enumerate(intervals, start=1) if i.skip and not i.problem},
            # A month ends at Timewarrior's midnight, which need not be the workspace's.
            replaces="days" if is_json else "instants",
        )  # fmt: skip

    def _labels(self, interval: Interval) -> str:
        plain = [tag.replace(self.label_separator, ",") for tag in interval.tags]
        return f"{self.label_separator} ".join(plain)


def _text(path: Path) -> str:
    content = content_of(path)
    # PowerShell writes what a program prints as UTF-16.
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace")
    # A byte that is no UTF-8 costs the line it stands in, not the month.
    return content.decode("utf-8-sig", "backslashreplace")


def _parse_lines(text: str) -> list[Interval]:
    lines = (line.strip() for line in text.split("\n"))
    return [parse_line(line) for line in lines if line and not line.startswith("#")]


def _first_object(text: str) -> dict[str, object]:
    """Decode the first object of a JSON text whose end may be missing."""
    begins = text.lstrip("\ufeff \t\r\n[")
    try:
        found, _ = json.JSONDecoder().raw_decode(begins)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _title(interval: Interval) -> str:
    named = [tag for tag in interval.tags if " " in tag]
    return interval.annotation or _JOIN.join(named or interval.tags)


def _texts(texts: list[str], index: pd.Index) -> pd.Series:
    return text_frame({"text": texts}, n_rows=len(index))["text"].set_axis(index)


def _problems(intervals: list[Interval], index: pd.Index) -> list[Fault]:
    detail = _texts([interval.problem for interval in intervals], index)
    return [Fault(detail.notna(), "line_unreadable", detail)] if detail.notna().any() else []


def _unreadable(rows: pd.Series, text: pd.Series, reason: str) -> list[Fault]:
    if not rows.any():
        return []
    detail = text[rows].map(lambda cell: f"{cell[:40]!r} is no time of the calendar").astype("str")
    return [Fault(rows, reason, detail)]
