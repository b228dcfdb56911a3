"""From the events of a calendar to rows of the task log: who, what, and each time it took place.

Needs the extra ``calendar``.
"""

import datetime as dt
from collections import defaultdict
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from taskmix.ingest.readers.calendartext import ADDRESS, LABEL_SEPARATOR, CalendarText
from taskmix.ingest.readers.eventfacts import categories, collaborators, is_unsure, no_work
from taskmix.ingest.readers.icsevents import Event, parse_calendar
from taskmix.ingest.readers.recurrences import expand
from taskmix.ingest.tables.texttable import text_frame


class CalendarRows:
    """The rows of a file's calendars, and the records that give none, as they are found.

    Parameters
    ----------
    zone : zoneinfo.ZoneInfo
        Where times without a zone were lived, and whose days are the local days.
    now : datetime.datetime
        What starts later is not done yet.

    Attributes
    ----------
    problems : dict of int to tuple of str
        By record, the reason and detail of what cannot be read.
    skipped : dict of int to str
        By record, why it is no work.
    notes : dict of str to int
        What was noticed.
    """

    def __init__(self, zone: ZoneInfo, now: dt.datetime) -> None:
        self.zone, self.now = zone, now
        self.notes: dict[str, int] = defaultdict(int)
        self.rows: list[dict[str, Any]] = []
        self.problems: dict[int, tuple[str, str]] = {}
        self.skipped: dict[int, str] = {}

    def take(self, calendar: CalendarText, *, first: int, person: str | None, address: str) -> None:
        """Take the events of one calendar.

        Parameters
        ----------
        calendar : CalendarText
        first : int
            The record number of its first event.
        person : str, optional
            Its owner, where the workspace says it.
        address : str
            The owner's e-mail address, where the file says it.
        """
        events = parse_calendar(calendar, first=first, zone=self.zone)
        owners = {name.strip().casefold() for name in (person, address) if name}
        same = {
            "person": person or address or None,
            "person_also": address if person and address else None,
            "project": None if ADDRESS.fullmatch(calendar.name) else calendar.name or None,
        }
        for name, count in calendar.others.items():
            self.notes[f"{name} left out: no event"] += count
        by_uid: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.problem is None:
                # Without an id of its own an event is told by what it says.
                alone = f"{event.start} {event.component.get('SUMMARY', '')} {event.record}"
                by_uid[event.uid or alone].append(event)
        for uid, group in by_uid.items():
            self._take_group(uid, group, owners, same)
        for event in events:
            if event.problem is not None:
                self._refuse(event, owners)

    def _refuse(self, event: Event, owners: set[str]) -> None:
        reason = event.component and no_work(event.component, owners)
        if reason:
            self.skipped[event.record] = reason
        elif event.problem is not None:
            self.problems[event.record] = event.problem
        self.rows.append({"record": event.record})

    def _take_group(
        self, uid: str, group: list[Event], owners: set[str], same: dict[str, str | None]
    ) -> None:
        """Take the events of one UID: a series and what replaces parts of it, or one alone."""
        latest: dict[str, int] = {}
        for event in group:
            key = event.recurrence_id
            latest[key] = max(event.sequence, latest.get(key, event.sequence))
        current = [event for event in group if event.sequence == latest[event.recurrence_id]]
        numbers = {event.record for event in current}
        replacing = [event for event in current if event.recurrence_id]
        replaced = {event.recurrence_id: event for event in reversed(replacing)}
        found: dict[int, list[tuple[str, dt.datetime, dt.datetime]]] = defaultdict(list)
        for event in group:
            if event.record not in numbers:
                self.skipped[event.record] = "superseded"
            elif reason := no_work(event.component, owners):
                self.skipped[event.record] = reason
            elif event.start is not None and event.end is not None and event.start <= self.now:
                found[event.record].append((event.recurrence_id, event.start, event.end))
        for event in current:
            if event.recurs and not event.recurrence_id and event.record not in self.skipped:
                found.pop(event.record, None)
                expanded = expand(event, list(replaced.values()), until=self.now, zone=self.zone)
                self.notes["series that go on: read up to now"] += expanded.goes_on
                if expanded.problem:
                    self.problems[event.record] = expanded.problem
                for each in expanded.occurrences:
                    found[each.record].append((each.original, each.start, each.end))
        for event in group:
            self._add(uid, event, found[event.record], owners, same)

    def _add(
        self, uid: str, event: Event, times: list[tuple[str, dt.datetime, dt.datetime]],
        owners: set[str], same: dict[str, str | None],
    ) -> None:  # fmt: skip
        number = event.record
        if not times and number not in self.problems and number not in self.skipped:
            later = event.start is not None and event.start > self.now
            self.skipped[number] = "in_the_future" if later else "no_occurrence"
        if number in self.problems or number in self.skipped:
            self.rows.append({"record": number})
            return
        told = {
            **same,
            "title": str(event.component.get("SUMMARY", "")),
            "labels": categories(event.component, LABEL_SEPARATOR),
            "collaborators": collaborators(event.component, owners),
        }
        unsure = is_unsure(event.component, owners)
        self.notes["tentative or unanswered: counted as attended"] += unsure
        owner = same["person"] or ""
        self.rows += [
            {**told, "record": number, "id": " ".join(filter(None, (owner, uid, original))),
             "started_at": start, "ended_at": end}
            for original, start, end in times
        ]  # fmt: skip

    def frame(self) -> pd.DataFrame:
        """Return the rows by record number, in the order of the file."""
        texts = ("id", "person", "person_also", "title", "project", "labels", "collaborators")
        rows = sorted(self.rows, key=lambda row: row["record"])
        frame = text_frame(
            {name: [row.get(name) or "" for row in rows] for name in texts}, n_rows=len(rows)
        )
        for name in ("started_at", "ended_at"):
            frame[name] = pd.Series(
                pd.to_datetime([row.get(name) for row in rows], utc=True).as_unit("us"),
                index=frame.index,
            )
            day = frame[name].dt.tz_convert(self.zone).dt.tz_localize(None).dt.normalize()
            frame["local_date" if name == "started_at" else "local_end_date"] = day
        frame["local_end_date"] = frame["local_end_date"].mask(
            frame["local_end_date"] == frame["local_date"]
        )
        return frame.set_axis(pd.Index([row["record"] for row in rows], name="row", dtype="int64"))
