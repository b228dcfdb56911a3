"""The occurrences of recurring events, up to the time of reading and no more than can be meant.

Needs the extra ``calendar``.
"""

import datetime as dt
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from taskmix.ingest.readers.icsevents import LIBRARY_ERRORS, Event, after, aware, instant_key

#: 27 years of every day; a rule that gives more is an error or an attack.
MOST_OCCURRENCES = 10_000
_STEP = {"HOURLY": 3600, "MINUTELY": 60, "SECONDLY": 1}
_DAILY_OR_RARER = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_DAY = dt.timedelta(days=1)
#: Where clocks go back, the wall shows a time twice.
_SLACK = dt.timedelta(hours=2)
#: After so many years the calendar repeats, weekdays too.
_CYCLE, _LAST_YEAR = 400, 9998


@dataclass(frozen=True)
class Occurrence:
    """One time that an event took place.

    Attributes
    ----------
    record : int
        The record of the event that says so.
    original : str
        The start that its rule gave it: the same after it was moved.
    start, end : datetime.datetime
    """

    record: int
    original: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class Expanded:
    """The occurrences of a series, whether it goes on, and why it cannot be read if it cannot."""

    occurrences: list[Occurrence]
    goes_on: bool = False
    problem: tuple[str, str] | None = None


def expand(
    series: Event, replacing: Sequence[Event], *, until: dt.datetime, zone: ZoneInfo
) -> Expanded:
    """List the occurrences of a recurring event that started before `until`.

    Those that an event of `replacing` stands for are left out, save later ones that it changed
    along with its own: they are listed under its record.
    """
    if series.start is None or series.end is None:
        return Expanded([])
    if series.end < series.start:
        # The library would swap the two; the common checks refuse it in words.
        return Expanded([Occurrence(series.record, "", series.start, series.end)])
    try:
        with warnings.catch_warnings():
            # Of rules with COUNT and UNTIL, which many tools write.
            warnings.simplefilter("ignore")
            component, goes_on = _bounded(series, until, zone)
            found = _library_occurrences(component, replacing, series.start, until)
        made = [_occurrence(each, series, replacing, zone) for each in found]
    except _TooManyError as error:
        return Expanded([], problem=("too_many_occurrences", str(error)))
    except LIBRARY_ERRORS as error:
        detail = f"its recurrence cannot be read ({str(error)[:120] or type(error).__name__})"
        return Expanded([], problem=("recurrence_unreadable", detail))
    past = [each for each in made if each is not None and each.start <= until]
    return Expanded(sorted(past, key=lambda each: each.start), goes_on)


class _TooManyError(Exception):
    pass


def _bounded(series: Event, until: dt.datetime, zone: ZoneInfo) -> tuple[Any, bool]:
    """Copy a series with rules that end soon after `until`, and tell whether it would go on."""
    component = series.component.copy()
    rules = component.pop("RRULE", [])
    bounded, total, goes_on = [], 0, False
    for rule in rules if isinstance(rules, list) else [rules]:
        counted = _count(rule, series, until, zone)
        total += counted.n
        goes_on |= counted.goes_on
        if total > MOST_OCCURRENCES:
            raise _TooManyError(
                f"its rule {_shown(rule)} gives more than {MOST_OCCURRENCES:,} occurrences; give "
                "it an end, or delete it"
            )
        if counted.n and "UNTIL" in rule and not counted.is_over:
            bounded.append(rule)
        elif counted.n:
            kept = {name: value for name, value in rule.items() if name not in {"UNTIL", "COUNT"}}
            bounded.append(icalendar.vRecur({**kept, "COUNT": [counted.n]}))
    if bounded:
        component["RRULE"] = bounded
    return component, goes_on


@dataclass(frozen=True)
class _Counted:
    n: int
    is_over: bool
    goes_on: bool


def _count(rule: Any, series: Event, until: dt.datetime, zone: ZoneInfo) -> _Counted:
    """Count what a rule gives up to `until` or its own end."""
    freq = str(rule.get("FREQ", [""])[0]).upper()
    interval = int(rule.get("INTERVAL", [1])[0])
    if freq not in {*_STEP, *_DAILY_OR_RARER} or interval < 1:
        raise ValueError(f"no rule: {_shown(rule)}")
    written = series.component["DTSTART"].dt
    local = written.replace(tzinfo=None)
    horizon = until.astimezone(written.tzinfo or zone).replace(tzinfo=None) + _SLACK
    stop = min([horizon, *(_naive(end) + _DAY for end in rule.get("UNTIL", []))])
    if freq in _STEP:
        steps = (stop - local).total_seconds() / (_STEP[freq] * interval)
        most = min([steps, *(n for n in map(int, rule.get("COUNT", [])) if n > 0)])
        if most > MOST_OCCURRENCES or any(name[:2] == "BY" for name in rule):
            raise _TooManyError(
                f"its rule {_shown(rule)} repeats more often than daily, for too long; give it an "
                "end, or delete it"
            )
    # A rule that never comes again is searched up to the year 9999. Counted in the last
    # repetition of the calendar, that is twenty times sooner.
    shift = (_LAST_YEAR - max(stop.year, local.year)) // _CYCLE * _CYCLE
    text = ";".join(
        part
        for part in rule.to_ical().decode().split(";")
        if not part.upper().startswith(("UNTIL=", "COUNT=-"))
    )
    last, n = stop.replace(year=stop.year + shift), 0
    starts = rrulestr(text, dtstart=local.replace(year=local.year + shift))
    for start in islice(starts, MOST_OCCURRENCES + 1):
        if start > last:
            return _Counted(n, is_over=False, goes_on=stop == horizon)
        n += 1
    return _Counted(n, is_over=True, goes_on=False)


def _shown(rule: Any) -> str:
    return repr(rule.to_ical().decode()[:80])


def _naive(end: Any) -> dt.datetime:
    if isinstance(end, dt.datetime):
        return end.replace(tzinfo=None)
    return dt.datetime(end.year, end.month, end.day)


def _library_occurrences(
    component: Any, replacing: Sequence[Event], start: dt.datetime, until: dt.datetime
) -> list[Any]:
    calendar = icalendar.Calendar()
    for each in (component, *(event.component for event in replacing)):
        calendar.add_component(each)
    # Series without a zone are compared by the wall; what is too late is left out afterwards.
    between = (start - 2 * _DAY, max(until, start) + 2 * _DAY)
    return list(recurring_ical_events.of(calendar).between(*between))


def _occurrence(
    found: Any, series: Event, replacing: Sequence[Event], zone: ZoneInfo
) -> Occurrence | None:
    record = int(found["X-TASKMIX-RECORD"])
    source = next((event for event in replacing if event.record == record), series)
    written = found["DTSTART"].dt
    if not isinstance(written, dt.datetime) or not source.length:
        return None
    local = aware(written, zone)
    start = local.astimezone(dt.UTC)
    if source is series:
        original = start
    elif source.replaces_all_later and start != source.start:
        moved = source.component["DTSTART"].dt - source.component["RECURRENCE-ID"].dt
        original = aware(written - moved, zone)
    else:
        return None
    end = after(local, source.length)
    if "RDATE" in source.component and _has_own_end(found, source):
        end = aware(found["DTEND"].dt, zone)
    return Occurrence(record, instant_key(original), start, end.astimezone(dt.UTC))


def _has_own_end(found: Any, source: Event) -> bool:
    """Tell a further date that was given as a period from one that only begins elsewhere."""
    component = source.component
    first = component["DTSTART"].dt
    length = component["DTEND"].dt - first if "DTEND" in component else component["DURATION"].dt
    return bool(found["DTEND"].dt - found["DTSTART"].dt != length)
