"""Timewarrior's intervals, out of a line of its data files or an object of its export."""

import json
import re
from dataclasses import dataclass
from typing import Any

_INTERVAL = re.compile(r"inc(?:\s+(\S*\d\S*)(?:\s+-\s+(\S+))?)?\s*(?:#(?:\s+(.*))?)?")
_TOKEN = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"(?!\S)|'((?:[^'\\]|\\.)*)'(?!\S)|(\S+))""")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\([\"'\\])")
_SHOWN = 80


@dataclass(frozen=True)
class Interval:
    """One entry, its times as Timewarrior wrote them.

    Attributes
    ----------
    written : str
        The line or object.
    start, end : str or None
    tags : tuple of str
        Each once, in the file's order.
    annotation : str
    problem : str
        Why it cannot be read; empty where it can.
    skip : str
        Why it is no task, as a short code; empty where it is one.
    """

    written: str
    start: str | None = None
    end: str | None = None
    tags: tuple[str, ...] = ()
    annotation: str = ""
    problem: str = ""
    skip: str = ""


def parse_line(line: str) -> Interval:
    r"""Parse a line of a data file.

    Examples
    --------
    >>> made = parse_line('inc 20260701T070000Z # roof "Mend it" # "Side \\"A\\""')
    >>> made.tags, made.annotation
    (('roof', 'Mend it'), 'Side "A"')
    >>> parse_line("inc 20260701T070000Z # roof").skip
    'still_running'
    """
    if re.match(r"exc\b", line):
        # Hours that somebody declared as free; old versions kept them among the intervals.
        return Interval(line, skip="exclusion")
    match = _INTERVAL.fullmatch(line)
    if match is None or match[1] is None:
        return Interval(line, problem=f"{line[:_SHOWN]!r} is no line of Timewarrior's")
    tags, annotation = _after_hash(match[3] or "")
    return _checked(line, match[1], match[2], tags, annotation)


def parse_json(text: str) -> list[Interval]:
    """Parse what ``timew export`` prints, or one object a line.

    A broken object costs only itself where each stands on its own line, as the tool prints them.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        lines = (line.strip(" \t\r,") for line in text.split("\n"))
        return [_parse_object(line) for line in lines if line not in {"", "[", "]"}]
    return [_from_object(item) for item in (found if isinstance(found, list) else [found])]


def _parse_object(line: str) -> Interval:
    try:
        return _from_object(json.loads(line))
    except (ValueError, RecursionError):
        return Interval(line, problem=f"{line[:_SHOWN]!r} is no JSON object")


def _from_object(item: Any) -> Interval:
    written = json.dumps(item, ensure_ascii=False)
    if not isinstance(item, dict):
        return Interval(written, problem=f"{written[:_SHOWN]!r} is no JSON object")
    start, end, tags = item.get("start"), item.get("end"), item.get("tags") or []
    annotation = item.get("annotation") or ""
    texts = [annotation, *(tags if isinstance(tags, list) else [None])]
    is_known = all(isinstance(part, str) for part in texts) and isinstance(end, str | None)
    if not is_known or not isinstance(start, str):
        return Interval(
            written, problem=f"{written[:_SHOWN]!r} is no interval with start, end and tags"
        )
    return _checked(written, start, end, list(filter(None, tags)), annotation)


def _checked(
    written: str, start: str, end: str | None, tags: list[str], annotation: str
) -> Interval:
    skip = "" if end else "still_running"
    return Interval(written, start, end or None, tuple(dict.fromkeys(tags)), annotation, "", skip)


def _after_hash(rest: str) -> tuple[list[str], str]:
    """Split what follows the first ``#`` into tags and, after a second one, the annotation."""
    tags: list[str] = []
    at = 0
    while match := _TOKEN.match(rest, at):
        at = match.end()
        if match[3] == "#":
            return tags, _annotation(rest[at:].strip())
        tags.append(match[3] if match[3] is not None else _plain(match[1] or match[2] or ""))
    return [tag for tag in tags if tag], ""


def _annotation(text: str) -> str:
    """Take the quotes off; before 1.2 there were none, and some had bare quotes inside."""
    if whole := _QUOTED.fullmatch(text):
        return _plain(whole[1])
    quoted = len(text) > 1 and text[0] == text[-1] == '"'
    return _plain(text[1:-1]) if quoted else text


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
