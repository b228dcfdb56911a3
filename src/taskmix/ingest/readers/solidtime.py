"""solidtime: its own export of time entries, and the layout that it imports."""

from pathlib import Path

import pandas as pd

from taskmix.ingest.protocol import Draft, Sample
from taskmix.ingest.readers.decimalmark import sure_number
from taskmix.ingest.readers.detailedreport import still_running, time_columns
from taskmix.ingest.readers.startend import read_start_end
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

_CURE = "Export solidtime's detailed report as CSV"
_FORMAT = "is no date and time of solidtime's, such as 2026-07-01 09:00:00"


class SolidtimeReader:
    """Reads ``Description,Task,Project,Client,User,Start,End,Duration,Duration (decimal),…``.

    And ``description,billable,client,project,tags,start,end,task,user_name,user_email``, which
    solidtime imports. It writes no id; times without an offset are those of the workspace, or of
    the ``time_zone`` that ``[readers.solidtime]`` names.
    """

    name = "solidtime"
    source = "solidtime"
    lasting_ids = False

    def claims(self, sample: Sample) -> bool:
        """Claim a file that has the columns of either layout."""
        names = {plain_name(name) for name in column_names(sample)}
        if not {"start", "end"} <= names or "description" not in names:
            return False
        return "duration (decimal)" in names or {"user_name", "user_email"} <= names

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise solidtime's summary report."""
        names = {plain_name(name) for name in column_names(sample)}
        if "duration (decimal)" in names and not any(name.startswith("start") for name in names):
            return (
                "column 'Start' is missing. Is this solidtime's overview? Export the detailed "
                "report"
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
        export = read_export(path)
        export.require("Start", "End", ("Description", "Task"), cure=_CURE)
        blank = export.no_entries("start")
        # Breaks are entries of their own type since solidtime 0.18.
        is_break = export.text("type").str.casefold() == "break"
        skipped = dict.fromkeys(is_break.index[is_break], "break")
        skipped = skipped | blank | still_running(export, export.sound(blank))
        hours = _hours(export)
        times = read_start_end(
            export, sound=export.sound(blank), hours=hours, options=settings.options_of(self.name),
            time_zone=settings.workspace.time_zone, reader=self.name,
        )  # fmt: skip
        clock, clock_notes = time_columns(times, hours)
        rows = pd.DataFrame(
            {
                **named_people(export.text("user_email"), export.text("user", "user_name")),
                "project": export.text("project"),
                "title": export.text("description", "task"),
                "labels": export.text("tags"),
                **clock,
            }
        )
        written = export.text("duration", "duration (decimal)")
        faults = [
            *export.table.faults,
            *unreadable(times.start.unreadable, "started_at_unreadable", [export.text("start")],
                        _FORMAT),
            *unreadable(times.end.unreadable, "ended_at_unreadable", [export.text("end")], _FORMAT),
            *unreadable(written.notna() & hours.isna(), "hours_unreadable", [written],
                        "is no duration of solidtime's"),
        ]  # fmt: skip
        return Draft(rows, export.records, faults, skipped, {**export.notes, **clock_notes})


def _hours(export: Export) -> pd.Series:
    """Read ``1:30:00``; the decimal column, with all its digits and a point, comes second."""
    clock = read_hours(export.text("duration"), unit="clock")[0]
    decimal = export.text("duration (decimal)")
    return clock.fillna(read_hours(decimal, unit="hours")[0]).fillna(sure_number(decimal))
