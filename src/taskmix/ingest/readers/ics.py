"""Calendars: iCalendar files of Google Calendar, Outlook, Apple and others."""

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.protocol import Draft, Fault, Sample
from taskmix.ingest.readers.calendartext import (
    ADDRESS,
    LABEL_SEPARATOR,
    CalendarText,
    split_calendars,
)
from taskmix.ingest.readers.eventfacts import OF_NOBODY
from taskmix.ingest.tables.compressed import content_of, plain_path
from taskmix.ingest.tables.texttable import text_frame
from taskmix.settings import Settings

_SHOWN = ("UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RECURRENCE-ID", "STATUS")


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
    reads_file_name : bool
        The same calendar under another name may be another person's.
    """

    name = "ics"
    source = "ics"
    lasting_ids = True
    reads_file_name = True
    label_separator = LABEL_SEPARATOR

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
        rows_of = _calendar_rows(path)
        calendars, notes = split_calendars(content_of(path))
        if not calendars:
            raise ReaderError(f"{path}: no line is BEGIN:VCALENDAR; is it a calendar (.ics)?")
        options = settings.options_of(self.name)
        rows = rows_of(ZoneInfo(options.time_zone or settings.workspace.time_zone), utc_now())
        first = 1
        for calendar in calendars:
            address = _owners_address(calendar, path)
            rows.take(calendar, first=first, person=options.person, address=address)
            first += len(calendar.events)
        texts = [text for calendar in calendars for text in calendar.events]
        records = text_frame(
            {name: [text.raw(name) for text in texts] for name in _SHOWN}, n_rows=len(texts)
        )
        return Draft(
            rows.frame(),
            records,
            _faults(rows.problems, records.index),
            rows.skipped,
            {note: count for note, count in {**notes, **rows.notes}.items() if count},
            replaces="project",
        )


def _calendar_rows(path: Path) -> Any:
    try:
        # Not above: the extra is LGPL and not everybody's.
        from taskmix.ingest.readers.calendarrows import CalendarRows  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ReaderError(
            f"{path}: a calendar needs the calendar extra: pip install 'taskmix[calendar]'"
        ) from error
    return CalendarRows


def _owners_address(calendar: CalendarText, path: Path) -> str:
    """Find the owner's e-mail address in the name of the calendar, or of its file."""
    for name in (calendar.name, plain_path(path).stem):
        if ADDRESS.fullmatch(name) and not name.casefold().endswith(OF_NOBODY):
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
