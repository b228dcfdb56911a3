"""Calendars: iCalendar files of Google Calendar, Outlook, Apple and others."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.calendartext import CalendarText, split_calendars
from taskmix.ingest.compressed import content_of, plain_path
from taskmix.ingest.protocol import Draft, Fault, Sample
from taskmix.ingest.texttable import text_frame
from taskmix.settings import Settings

if TYPE_CHECKING:
    from taskmix.ingest.icsevents import Event

_SHOWN = ("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "STATUS")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
#: Addresses that Google gives to calendars; nobody's own.
_OF_CALENDARS = "calendar.google.com"
_SEPARATOR = ";"


def utc_now() -> dt.datetime:
    """Return the time of reading: what starts later is not done yet."""
    return dt.datetime.now(tz=dt.UTC)


class CalendarReader:
    """Reads the events of a calendar: ``BEGIN:VCALENDAR … BEGIN:VEVENT …``.

    A recurring event is one record with a row for each time it took place up to now; an event
    that was moved or changed once is a record of its own. What is cancelled, takes the whole
    day, is marked as free, was declined or has not begun is skipped. The owner is
    ``[readers.ics] person``, or the e-mail address that names the calendar or its file.

    Ids last, and still a file replaces the range it covers: who exports a calendar exports all
    of it, so what is gone from it was deleted.

    Attributes
    ----------
    label_separator : str
        What separates categories; a ``;`` inside one is written as ``,``.
    """

    name = "ics"
    source = "ics"
    lasting_ids = True
    label_separator = _SEPARATOR

    def claims(self, sample: Sample) -> bool:
        """Claim what begins as a calendar."""
        return sample.text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise address books, and calendars without their beginning."""
        begins = sample.text.lstrip("\ufeff \t\r\n")[:15].upper()
        if begins.startswith("BEGIN:VCARD"):
            return "this is an address book (vCard), not a calendar; export the calendar as .ics"
        if begins.startswith(("BEGIN:VEVENT", "BEGIN:VTODO")):
            return "this is a part of a calendar without BEGIN:VCALENDAR; export the whole calendar"
        return None

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file.

        Raises
        ------
        ReaderError
            If it is no calendar, or the extra ``calendar`` is not installed.
        """
        icsevents, recurrences = _modules(path)
        calendars, notes = split_calendars(content_of(path))
        if not calendars:
            raise ReaderError(f"{path}: no line is BEGIN:VCALENDAR; is it a calendar (.ics)?")
        options = settings.options_of(self.name)
        zone = options.time_zone or settings.workspace.time_zone
        reading = _Reading(icsevents, recurrences, ZoneInfo(zone), utc_now(), notes)
        first = 1
        for calendar in calendars:
            address = _owners_address(calendar, path)
            events = icsevents.parse_calendar(calendar, first=first, zone=reading.zone)
            reading.take(events, calendar, person=options.person, address=address)
            first += len(events)
        texts = [text for calendar in calendars for text in calendar.events]
        records = text_frame(
            {name: [text.raw(name) for text in texts] for name in _SHOWN}, n_rows=len(texts)
        )
        return Draft(
            reading.frame(zone),
            records,
            _faults(reading.problems, records.index),
            reading.skipped,
            {note: count for note, count in reading.notes.items() if count},
            replaces=True,
        )


class _Reading:
    """Rows, problems and skipped records, as they are found."""

    def __init__(
        self, icsevents: Any, recurrences: Any, zone: ZoneInfo, now: dt.datetime,
        notes: dict[str, int],
    ) -> None:  # fmt: skip
        self.icsevents, self.recurrences = icsevents, recurrences
        self.zone, self.now = zone, now
        self.notes = defaultdict(int, notes)
        self.rows: list[dict[str, Any]] = []
        self.problems: dict[int, tuple[str, str]] = {}
        self.skipped: dict[int, str] = {}

    def take(
        self, events: Sequence["Event"], calendar: CalendarText, *, person: str | None, address: str
    ) -> None:
        """Take the events of one calendar."""
        owners = {name.strip().casefold() for name in (person, address) if name}
        same = {
            "person": person or address or None,
            "person_also": address if person and address else None,
            "project": None if _ADDRESS.fullmatch(calendar.name) else calendar.name or None,
        }
        for name, count in calendar.others.items():
            self.notes[f"{name} left out: no event"] += count
        by_uid: dict[str, list[Event]] = defaultdict(list)
        for event in events:
            if event.problem is None:
                by_uid[event.uid or f"record {event.record}"].append(event)
        for uid, group in by_uid.items():
            self._take_group(uid, group, owners, same)
        for event in events:
            if event.problem is not None:
                self._refuse(event, owners)

    def _refuse(self, event: "Event", owners: set[str]) -> None:
        reason = event.component and self.icsevents.no_work(event.component, owners)
        if reason:
            self.skipped[event.record] = reason
        elif event.problem is not None:
            self.problems[event.record] = event.problem
        self.rows.append({"record": event.record})

    def _take_group(
        self, uid: str, group: list["Event"], owners: set[str], same: dict[str, str | None]
    ) -> None:
        """Take the events of one UID: a series and what replaces parts of it, or one alone."""
        latest: dict[str, int] = {}
        for event in group:
            key = event.recurrence_id
            latest[key] = max(event.sequence, latest.get(key, event.sequence))
        current = [event for event in group if event.sequence == latest[event.recurrence_id]]
        replacing = [event for event in current if event.recurrence_id]
        replaced = {event.recurrence_id: event for event in reversed(replacing)}
        found: dict[int, list[tuple[str, dt.datetime, dt.datetime]]] = defaultdict(list)
        for event in group:
            if event not in current:
                self.skipped[event.record] = "superseded"
            elif reason := self.icsevents.no_work(event.component, owners):
                self.skipped[event.record] = reason
            elif event.start is not None and event.end is not None and event.start <= self.now:
                found[event.record].append((event.recurrence_id, event.start, event.end))
        for event in current:
            if event.recurs and not event.recurrence_id and event.record not in self.skipped:
                found.pop(event.record, None)
                expanded = self.recurrences.expand(
                    event, list(replaced.values()), until=self.now, zone=self.zone
                )
                self.notes["series that go on: read up to now"] += expanded.goes_on
                if expanded.problem:
                    self.problems[event.record] = expanded.problem
                for each in expanded.occurrences:
                    found[each.record].append((each.original, each.start, each.end))
        for event in group:
            self._add(uid, event, found[event.record], owners, same)

    def _add(
        self, uid: str, event: "Event", times: list[tuple[str, dt.datetime, dt.datetime]],
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
            "labels": self.icsevents.categories(event.component, _SEPARATOR),
            "collaborators": self.icsevents.collaborators(event.component, owners),
        }
        unsure = self.icsevents.is_unsure(event.component, owners)
        self.notes["tentative or unanswered: counted as attended"] += unsure
        owner = same["person"] or ""
        self.rows += [
            {**told, "record": number, "id": " ".join(filter(None, (owner, uid, original))),
             "started_at": start, "ended_at": end}
            for original, start, end in times
        ]  # fmt: skip

    def frame(self, zone: str) -> pd.DataFrame:
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
            day = frame[name].dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
            frame["local_date" if name == "started_at" else "local_end_date"] = day
        frame["local_end_date"] = frame["local_end_date"].mask(
            frame["local_end_date"] == frame["local_date"]
        )
        return frame.set_axis(pd.Index([row["record"] for row in rows], name="row", dtype="int64"))


def _modules(path: Path) -> tuple[Any, Any]:
    try:
        names = ("icsevents", "recurrences")
        events, recurrences = (import_module(f"taskmix.ingest.{name}") for name in names)
    except ModuleNotFoundError as error:
        raise ReaderError(
            f"{path}: a calendar needs the calendar extra: pip install 'taskmix[calendar]'"
        ) from error
    return events, recurrences


def _owners_address(calendar: CalendarText, path: Path) -> str:
    """Find the owner's e-mail address in the name of the calendar, or of its file."""
    for name in (calendar.name, plain_path(path).stem):
        if _ADDRESS.fullmatch(name) and not name.casefold().endswith(_OF_CALENDARS):
            return name.casefold()
    return ""


def _faults(problems: dict[int, tuple[str, str]], index: pd.Index) -> list[Fault]:
    reasons = dict.fromkeys(reason for reason, _ in problems.values())
    faults = []
    for reason in reasons:
        detail = {number: text for number, (why, text) in problems.items() if why == reason}
        details = pd.Series(detail, dtype="str").reindex(index)
        faults.append(Fault(details.notna(), reason, details))
    return faults
