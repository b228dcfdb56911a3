"""Clockify: the detailed report as CSV or Excel."""

import re
from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Draft, Sample
from taskmix.ingest.readers.clockifycolumns import TRANSLATIONS, TYPES
from taskmix.ingest.readers.decimalmark import sure_number
from taskmix.ingest.readers.detailedreport import still_running, time_columns, whose_report
from taskmix.ingest.readers.startend import read_start_end
from taskmix.ingest.readers.togglduration import whole_days_back
from taskmix.ingest.readers.tracker import (
    Export,
    column_names,
    named_people,
    plain_name,
    read_export,
    unreadable,
)
from taskmix.ingest.tables.values import read_hours
from taskmix.settings import Settings

_CURE = "Export Clockify's detailed report as CSV, with its dates and times"
_FORMAT = "is no date and time of the file's format"


class ClockifyDetailedReader:
    """Reads ``Project,Client,Description,Task,User,…,Start Date,Start Time,…,Duration (h),…``.

    Dates and times follow the settings of whoever exported: the order of day and month is
    settled for the file, or asked. Clockify writes no id and no time zone. Breaks, holidays and
    time off are no tasks; neither is an entry that still runs.
    """

    name = "clockify"
    source = "clockify"
    lasting_ids = False

    def claims(self, sample: Sample) -> bool:
        """Claim a file that has the detailed report's own columns, in a language known here."""
        return whose_report(column_names(sample)) == "clockify"

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise Clockify's summary report, languages not known here, and lost marks."""
        own = column_names(sample)
        names = {plain_name(name) for name in own}
        if whose_report(own) == "either":
            return (
                "this is Toggl's detailed report or Clockify's, and no column tells which; say it "
                "with --reader toggl or --reader clockify"
            )
        if names & {"time (h)", "time (decimal)"}:
            return (
                "column 'Start Date' is missing. Is this Clockify's summary report? Export the "
                "detailed one"
            )
        if len(names) >= 9 and any(re.fullmatch(r".+ \(h\)", name) for name in names):
            return (
                "this may be Clockify's report in a language that taskmix does not know; set "
                "Clockify to English and export the detailed report again"
            )
        return None

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file.

        Raises
        ------
        SchemaError
            If a column is missing.
        ReaderError
            If the file is no table, or a setting must say how its dates are meant.
        """
        export = read_export(path, translations=TRANSLATIONS)
        export.require(
            "Start Date", ("End Date", "Duration (h)", "Duration (decimal)"),
            ("Description", "Task", "Activity", "Project"), cure=_CURE,
        )  # fmt: skip
        blank = export.no_entries("start date", "start time")
        skipped = blank | still_running(export, export.sound(blank))
        types = export.text("type").map(plain_name, na_action="ignore").astype("str")
        no_task = types.map(TYPES).dropna()
        skipped = skipped | dict(no_task)
        hours = _hours(export)
        times = read_start_end(
            export, sound=export.sound(blank), hours=hours, options=settings.options_of(self.name),
            time_zone=settings.workspace.time_zone, reader=self.name,
        )  # fmt: skip
        if export.is_typed("duration (h)"):
            hours = whole_days_back(hours, times.clock_hours)
        clock, clock_notes = time_columns(times, hours)
        rows = pd.DataFrame(
            {
                **named_people(export.text("email"), export.text("user")),
                "team": export.first("group"),
                "project": export.text("project"),
                "title": export.text("description", "task", "activity"),
                "labels": export.text("tags"),
                **clock,
            }
        )
        written = export.text("duration (h)", "duration (decimal)")
        faults = [
            *export.table.faults,
            *unreadable(times.start.unreadable, "started_at_unreadable",
                        [export.text("start date"), export.text("start time")], _FORMAT),
            *unreadable(times.end.unreadable, "ended_at_unreadable",
                        [export.text("end date"), export.text("end time")], _FORMAT),
            *unreadable(written.notna() & hours.isna(), "hours_unreadable", [written],
                        "is no duration of Clockify's"),
            *unreadable(types.notna() & ~types.isin(list(TYPES)), "unknown_type",
                        [export.text("type")], "is no type of entry that taskmix knows; set "
                        "Clockify to English and export again"),
        ]  # fmt: skip
        return Draft(rows, export.records, faults, skipped, {**export.notes, **clock_notes})


def _hours(export: Export) -> pd.Series:
    """Read ``01:30:00``, ``1:30`` or hours with a decimal mark; the decimal column comes second."""
    hours = pd.Series(float("nan"), index=export.records.index)
    for name in ("duration (h)", "duration (decimal)"):
        text = export.text(name)
        hours = hours.fillna(read_hours(text, unit="clock")[0]).fillna(sure_number(text))
    return hours
