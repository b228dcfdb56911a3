"""Events of a calendar as icalendar understands them, each read on its own.

Needs the extra ``calendar``.
"""

import datetime as dt
import warnings
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from icalendar.timezone import tzp

from taskmix.ingest.readers.calendartext import CalendarText, EventText

#: What the libraries raise for text that only looks like a calendar: they parse as they go.
LIBRARY_ERRORS = (
    ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, OSError,
)  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_ONCE = ("UID", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "STATUS", "TRANSP", "SEQUENCE")
_TIMED = ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE")


@dataclass(frozen=True)
class Length:
    """How long an event takes: its days on the calendar, its time on the clock (RFC 5545, 3.3.6).

    An event with a DTEND takes exactly as long each time, one with a DURATION of days until the
    same time of a later day.
    """

    days: int
    clock: dt.timedelta


@dataclass(frozen=True)
class Event:
    """An event as it is written; a recurring one once.

    Attributes
    ----------
    record : int
        The record number.
    component : icalendar.Event or None
        None where it cannot be read.
    start, end : datetime.datetime or None
        In UTC; None where there is no clock time.
    length : Length or None
        How long it and each of its occurrences takes.
    uid : str
        The id of the event, the same for every one of its recurrences.
    sequence : int
        How often it was revised.
    recurrence_id : str
        The original start of the one occurrence that it replaces; empty if it replaces none.
    problem : tuple of str
        Reason and detail of what cannot be read; empty where all can.
    """

    record: int
    component: Any = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    length: Length | None = None
    uid: str = ""
    sequence: int = 0
    recurrence_id: str = ""
    problem: tuple[str, str] | None = None

    @property
    def replaces_all_later(self) -> bool:
        """Whether it stands for all later occurrences too."""
        found = self.component.get("RECURRENCE-ID")
        return found is not None and found.params.get("RANGE", "").upper() == "THISANDFUTURE"

    @property
    def recurs(self) -> bool:
        """Whether it has a rule, or dates that add to its own or take it back."""
        return any(name in self.component for name in ("RRULE", "RDATE", "EXDATE"))


def parse_calendar(calendar: CalendarText, *, first: int, zone: ZoneInfo) -> list[Event]:
    """Read the events of a calendar, each on its own.

    Parameters
    ----------
    calendar : CalendarText
    first : int
        The record number of its first event.
    zone : zoneinfo.ZoneInfo
        Where times without a zone were lived.
    """
    # Zones are remembered by name for the whole process: another file's must not be used here.
    tzp.use(tzp.name)
    with warnings.catch_warnings():
        # Of a zone's name with a maker's prefix, that it was guessed by its end.
        warnings.simplefilter("ignore")
        for text in calendar.zones:
            _learn_zone(text)
        return [_parse(text, first + n, zone) for n, text in enumerate(calendar.events)]


def _learn_zone(text: str) -> None:
    try:
        tzp.cache_timezone_component(icalendar.Timezone.from_ical(text))
    except LIBRARY_ERRORS:
        # Events that need it will say that their zone is unknown.
        return


def _parse(text: EventText, record: int, zone: ZoneInfo) -> Event:
    where = f"the event that begins in line {text.line}"
    if text.problem:
        return Event(record, problem=("event_unreadable", f"{where} is not whole: {text.problem}"))
    try:
        return _understood(text, record, zone, where)
    except LIBRARY_ERRORS as error:
        detail = f"{where} cannot be read ({str(error)[:120] or type(error).__name__})"
        return Event(record, problem=("event_unreadable", detail))


def _understood(text: EventText, record: int, zone: ZoneInfo, where: str) -> Event:
    block = "\r\n".join(["BEGIN:VEVENT", *filter(None, text.lines), "END:VEVENT"])
    component: Any = icalendar.Event.from_ical(block)
    problem = _problem(component)
    if problem:
        return Event(record, problem=(problem[0], f"{where}: {problem[1]}"))
    component["X-TASKMIX-RECORD"] = record
    event = Event(
        record,
        component,
        uid=str(component.get("UID", "")).strip(),
        sequence=int(component.get("SEQUENCE", 0)),
        recurrence_id=_key(component.get("RECURRENCE-ID"), zone),
    )
    start, length = _span(component, zone)
    if start is None or length is None:
        return event
    if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
        # A rule from there would recur for ages.
        detail = f"{where} starts in the year {start.year}, outside {_FIRST_YEAR}–{_LAST_YEAR}"
        return replace(event, problem=("date_out_of_range", detail))
    end = after(start, length)
    return replace(event, start=start.astimezone(dt.UTC), end=end.astimezone(dt.UTC), length=length)


def _problem(component: Any) -> tuple[str, str] | None:
    if "DTSTART" not in component:
        return "no_date", "it has no DTSTART"
    twice = [name for name in _ONCE if isinstance(component.get(name), list)]
    if twice:
        return "event_unreadable", f"it has {twice[0]} more than once"
    broken = [error for name, error in component.errors if name in {*_TIMED, "RRULE", "DURATION"}]
    if broken:
        return "event_unreadable", str(broken[0])[:120]
    for name in _TIMED:
        zone = _unknown_zone(component.get(name))
        if zone:
            return "time_zone_unknown", (
                f"{name} is in the time zone {zone!r}, which neither the file nor the world's "
                "list of time zones defines; set the event's zone and export again"
            )
    return None


def _unknown_zone(found: Any) -> str:
    """Name the zone of times that were left without one because nobody knows it."""
    for prop in found if isinstance(found, list) else [found]:
        zone = str(getattr(prop, "params", {}).get("TZID", ""))
        times = [each.dt for each in getattr(prop, "dts", [prop])] if prop is not None else []
        clocked = [time for time in times if isinstance(time, dt.datetime)]
        if zone and any(time.tzinfo is None for time in clocked):
            return zone[:60]
    return ""


def _span(component: Any, zone: ZoneInfo) -> tuple[dt.datetime | None, Length | None]:
    written = component["DTSTART"].dt
    if not isinstance(written, dt.datetime):
        if isinstance(written, dt.date):
            return None, None
        raise ValueError("DTSTART is no date")
    start = aware(written, zone)
    if "DTEND" in component:
        end = component["DTEND"].dt
        if not isinstance(end, dt.datetime):
            raise ValueError("DTSTART has a clock time, DTEND has none")
        return start, Length(0, aware(end, zone).astimezone(dt.UTC) - start.astimezone(dt.UTC))
    if "DURATION" in component:
        length = component["DURATION"].dt
        return start, Length(length.days, length - dt.timedelta(days=length.days))
    # RFC 5545, 3.6.1: with neither, it ends when it starts.
    return start, Length(0, dt.timedelta())


def aware(time: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Give a time without a zone the zone it was lived in."""
    return time.replace(tzinfo=zone) if time.tzinfo is None else time


def after(start: dt.datetime, length: Length) -> dt.datetime:
    """Add a length to a start in its own zone."""
    day = start + dt.timedelta(days=length.days)
    return (day.astimezone(dt.UTC) + length.clock).astimezone(start.tzinfo)


def _key(found: Any, zone: ZoneInfo) -> str:
    if found is None:
        return ""
    if isinstance(found.dt, dt.datetime):
        return instant_key(aware(found.dt, zone))
    return str(found.dt)


def instant_key(time: dt.datetime) -> str:
    """Write an instant so that it is the same in whatever zone it was given."""
    return time.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
