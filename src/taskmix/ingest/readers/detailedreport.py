"""Toggl's and Clockify's detailed reports: which of the two a file is, and what they share."""

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from taskmix.ingest.readers.clockifycolumns import TRANSLATIONS
from taskmix.ingest.readers.startend import StartEnd
from taskmix.ingest.readers.tracker import Export, plain_name
from taskmix.ingest.tables.values import fit_clock

_CLOCKIFYS = {"duration (h)", "duration (decimal)", "date of creation", "invoice id", "activity"}
_TOGGLS = {"duration", "stop date", "stop time", "member"}
_WORK = {"project", "description", "task", "activity"}
#: What calendars export beside the same four columns of dates and times.
_EVENTS = {"subject", "all day event", "location"}


def whose_report(columns: Iterable[str]) -> Literal["clockify", "toggl", "either"] | None:
    """Tell whose detailed report has these columns, as the file spells them.

    Both have ``Start date``, ``Start time`` and the like. Other columns tell them apart; without
    any, Toggl's small d does, and in a file that lost it nothing.

    Examples
    --------
    >>> whose_report(["Description", "Start date", "Start time", "Duration"])
    'toggl'
    >>> whose_report(["Projekt", "Beschreibung", "Startdatum", "Startzeit", "Dauer (h)"])
    'clockify'
    >>> whose_report(["DESCRIPTION", "PROJECT", "START DATE", "START TIME"])
    'either'
    """
    own = [plain_name(name) for name in columns]
    names = {TRANSLATIONS.get(name, name) for name in own}
    if "start date" not in names or not names & _WORK or names & _EVENTS:
        return None
    if names & {"duration (h)", "duration (decimal)"} or "start date" not in own:
        return "clockify"
    if "start time" not in names or "description" not in names:
        return None
    if names & _TOGGLS or any(name.startswith("amount") for name in names):
        return "toggl"
    if names & _CLOCKIFYS or any(name.startswith("billable ") for name in names):
        return "clockify"
    spelt = {" ".join(name.split()) for name in columns}
    return "clockify" if "Start Date" in spelt else "toggl" if "Start date" in spelt else "either"


def still_running(export: Export, sound: pd.Series) -> dict[int, str]:
    """Find entries that had started and not ended when the file was exported."""
    end = ("end date", "stop date", "end time", "stop time", "end")
    if not export.has(*end):
        return {}
    begun = export.text("start date", "start").notna()
    running = begun & export.text(*end).isna() & sound
    return dict.fromkeys(running.index[running], "still_running")


def time_columns(times: StartEnd, hours: pd.Series) -> tuple[dict[str, pd.Series], dict[str, int]]:
    """Give a draft's columns of times and hours, and how often a change of clocks was met."""
    clock = fit_clock(times.start, times.end, hours)
    columns = {
        "started_at": clock.started_at,
        "ended_at": clock.ended_at,
        "local_date": times.start.day,
        "local_end_date": times.end.day.mask(times.end.day == times.start.day),
        "hours": hours,
    }
    return columns, clock.notes
