"""One line of the roster: a person in one place from one day to another."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd

from taskmix.errors import RosterError
from taskmix.identity.names import split_names
from taskmix.identity.workinghours import parse_working_hours

COLUMNS: tuple[str, ...] = (
    "person", "aliases", "team", "department", "from", "to", "weekly_hours", "time_zone",
    "day_starts", "day_ends", "work_days",
)  # fmt: skip
_HOURS_OF_A_WEEK = 168


@dataclass(frozen=True)
class Entry:
    """A line of the roster, read."""

    line: int
    person: str
    aliases: tuple[str, ...]
    team: str | None
    department: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    weekly_hours: float | None
    time_zone: str | None
    day_starts: int | None
    day_ends: int | None
    work_days: tuple[int, ...] | None


def parse_entry(cells: dict[str, str], path: Path, line: int) -> Entry:
    """Read a line of the roster.

    Raises
    ------
    RosterError
        Naming line, column and what was found.
    """
    where = f"{path}: line {line}"
    person = cells["person"]
    if not person:
        raise RosterError(f"{where}: column 'person' is empty; every row needs one")
    first, last = (_day(cells.get(name, ""), f"{where}, {name!r}") for name in ("from", "to"))
    if first and last and last < first:
        raise RosterError(f"{where}: 'to' ({last}) lies before 'from' ({first})")
    times = (cells.get(name, "") for name in ("day_starts", "day_ends", "work_days"))
    starts, ends, days = parse_working_hours(*times, where=where)
    return Entry(
        line=line,
        person=person,
        aliases=tuple(split_names(cells.get("aliases", ""))),
        team=cells.get("team") or None,
        department=cells.get("department") or None,
        first_day=first,
        last_day=last,
        weekly_hours=_hours(cells.get("weekly_hours", ""), where),
        time_zone=_zone(cells.get("time_zone", ""), where),
        day_starts=starts,
        day_ends=ends,
        work_days=days,
    )


def check_entries(entries: list[Entry], path: Path) -> pd.DataFrame:
    """Refuse a person in two places on one day, and make a frame of the entries.

    Raises
    ------
    RosterError
        Naming the two lines.
    """
    by_person: dict[str, list[Entry]] = {}
    for entry in entries:
        by_person.setdefault(entry.person, []).append(entry)
    for own in by_person.values():
        ordered = sorted(own, key=lambda entry: entry.first_day or dt.date.min)
        for before, after in pairwise(ordered):
            if (before.last_day or dt.date.max) >= (after.first_day or dt.date.min):
                raise RosterError(
                    f"{path}: lines {before.line} and {after.line}: {before.person!r} is in two "
                    "places on the same days; end one entry before the other begins"
                )
    frame = pd.DataFrame(
        [(e.person, e.team, e.department, e.first_day, e.last_day, e.weekly_hours, e.time_zone,
          e.day_starts, e.day_ends, _digits(e.work_days))
         for e in entries],
        columns=["person", "team", "department", "first_day", "last_day", "weekly_hours",
                 "time_zone", "day_starts", "day_ends", "work_days"],
    )  # fmt: skip
    text = ["person", "team", "department", "time_zone", "work_days"]
    numbers = dict.fromkeys(["weekly_hours", "day_starts", "day_ends"], "float64")
    days = {name: pd.to_datetime(frame[name]).astype("datetime64[us]")
            for name in ("first_day", "last_day")}  # fmt: skip
    return frame.assign(**days).astype({**dict.fromkeys(text, "str"), **numbers})


def _day(text: str, where: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise RosterError(f"{where}: {text!r} is no day; write it as 2026-01-31") from error


def _digits(days: tuple[int, ...] | None) -> str | None:
    return None if days is None else "".join(map(str, days))


def _hours(text: str, where: str) -> float | None:
    if not text:
        return None
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = float("nan")
    if not 0 < hours <= _HOURS_OF_A_WEEK:
        raise RosterError(f"{where}: weekly_hours is {text!r}; write a number such as 38.5")
    return hours


def _zone(text: str, where: str) -> str | None:
    if not text:
        return None
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise RosterError(
            f"{where}: {text!r} is no time zone; write one such as Europe/Berlin"
        ) from error
    return text
