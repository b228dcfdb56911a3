"""Toggl Track: the detailed report as CSV, and as spreadsheets save it."""

from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Draft, Sample
from taskmix.ingest.readers.detailedreport import still_running, time_columns, whose_report
from taskmix.ingest.readers.startend import read_start_end
from taskmix.ingest.readers.togglduration import spreadsheet_hours, written_hours
from taskmix.ingest.readers.tracker import (
    column_names,
    named_people,
    plain_name,
    read_export,
    unreadable,
)
from taskmix.settings import Settings

_CURE = "Export Toggl's detailed report as CSV"
_NO_TIME = "is not Toggl's format"
_NO_DURATION = (
    "is no duration of Toggl's, or not the time from start to end that a spreadsheet could have "
    "made it from; take the file as Toggl exports it"
)


class TogglDetailedReader:
    """Reads ``User,Email,Client,Project,Task,Description,…,Start date,…,Duration,Tags``.

    Toggl writes no id and no time zone: times are the workspace's, and a file replaces what
    Toggl held for the same person between its first and last day. Tags that the workspace's
    ``[tags]`` names give the category; all others are only labels. Entries that still run are
    no tasks yet.
    """

    name = "toggl"
    source = "toggl"
    lasting_ids = False

    def claims(self, sample: Sample) -> bool:
        """Claim a file that has the detailed report's own columns."""
        return whose_report(column_names(sample)) == "toggl"

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise Toggl's summary and weekly reports."""
        names = {plain_name(name) for name in column_names(sample)}
        dated = any(name.startswith(("start", "date", "from")) for name in names)
        if (
            not dated
            and "duration" in names
            and names & {"project", "client", "description", "title", "user", "member"}
        ):
            return (
                "column 'Start date' is missing. Is this a summary or weekly report of Toggl? "
                "Export the detailed one"
            )
        return None

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file.

        Raises
        ------
        SchemaError
            If a column of the detailed report is missing.
        ReaderError
            If the file is no table, or a setting must say how its dates are meant.
        """
        export = read_export(path)
        export.require(
            "Description", "Start date", "Start time", ("End date", "Stop date"),
            ("End time", "Stop time"), cure=_CURE,
        )  # fmt: skip
        blank = export.no_entries("start date", "start time")
        skipped = blank | still_running(export, export.sound(blank))
        written = export.text("duration")
        times = read_start_end(
            export, sound=export.sound(blank), hours=written_hours(written),
            options=settings.options_of(self.name), time_zone=settings.workspace.time_zone,
            reader=self.name,
        )  # fmt: skip
        if export.has("duration"):
            hours = spreadsheet_hours(
                written, times.clock_hours, is_typed=export.is_typed("duration")
            )
            no_hours = hours.isna()
        else:
            hours = times.clock_hours
            no_hours = hours.isna() & False
        clock, clock_notes = time_columns(times, hours)
        rows = pd.DataFrame(
            {
                **named_people(export.text("email"), export.text("user", "member")),
                "project": export.text("project"),
                "team": export.first("group"),
                "title": export.text("description", "task"),
                "labels": export.text("tags"),
                **clock,
            }
        )
        starts = [export.text("start date"), export.text("start time")]
        ends = [export.text("end date", "stop date"), export.text("end time", "stop time")]
        faults = [
            *export.table.faults,
            *unreadable(times.start.unreadable, "started_at_unreadable", starts, _NO_TIME),
            *unreadable(times.end.unreadable, "ended_at_unreadable", ends, _NO_TIME),
            *unreadable(no_hours, "hours_unreadable", [written], _NO_DURATION),
        ]
        return Draft(rows, export.records, faults, skipped, {**export.notes, **clock_notes})
