"""Toggl Track: the detailed report as CSV."""

from pathlib import Path

import pandas as pd

from taskmix.errors import SchemaError
from taskmix.ingest.protocol import Draft, Fault, Sample
from taskmix.ingest.tabular import read_table
from taskmix.ingest.values import Times, end_after, read_hours, read_times
from taskmix.settings import Settings

_NEEDED = ("Description", "Start date", "Start time", "End date", "End time", "Duration")


class TogglDetailedReader:
    """Reads ``User,Email,Client,Project,Task,Description,…,Start date,…,Duration,Tags``.

    Toggl writes no id and no time zone: times are the workspace's, and a file replaces what
    Toggl held for the same person between its first and last day. Tags that the workspace's
    ``[tags]`` names give the category; all others are only labels.
    """

    name = "toggl"
    source = "toggl"
    lasting_ids = False

    def claims(self, sample: Sample) -> bool:
        """Claim a file that has the detailed report's own columns."""
        return {"Description", "Start date", "Start time", "Duration"} <= set(sample.header)

    def near_miss(self, sample: Sample) -> str | None:
        """Recognise Toggl's summary and weekly reports."""
        header = set(sample.header)
        dated = any(name.startswith(("Start", "Date", "From")) for name in header)
        if (
            not dated
            and "Duration" in header
            and header & {"Project", "Client", "Description", "Title", "User"}
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
        """
        table = read_table(path)
        records = table.records
        missing = [name for name in _NEEDED if name not in records]
        if missing:
            raise SchemaError(
                f"{path}: column {missing[0]!r} is missing; found {', '.join(records.columns)}. "
                "Export Toggl's detailed report as CSV"
            )
        start = _times(records, "Start", settings.workspace.time_zone)
        end = _times(records, "End", settings.workspace.time_zone)
        hours, no_duration = _durations(records["Duration"])
        rows = pd.DataFrame(
            {
                "person": _first_of(records, "Email", "User"),
                "project": _first_of(records, "Project"),
                "team": _first_of(records, "Group"),
                "title": _first_of(records, "Description", "Task"),
                "labels": _first_of(records, "Tags"),
                "started_at": start.at,
                "ended_at": end_after(start, end, hours),
                "local_date": start.day,
                "local_end_date": end.day.mask(end.day == start.day),
                "hours": hours,
            }
        )
        faults = [
            *table.faults,
            *_faults(start.unreadable, records, "Start date", "Start time"),
            *_faults(end.unreadable, records, "End date", "End time"),
            *_faults(no_duration, records, "Duration"),
        ]
        return Draft(rows, records, faults)


def _times(records: pd.DataFrame, which: str, time_zone: str) -> Times:
    text = records[f"{which} date"].str.cat(records[f"{which} time"], sep=" ")
    return read_times(text, date_format="%Y-%m-%d %H:%M:%S", time_zone=time_zone)


def _durations(text: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Read the three forms a Toggl profile can choose: 0:47:06, 47:06 min and 0.79 h."""
    filled = text.fillna("")
    clock, _ = read_hours(filled, unit="clock")
    minutes = filled.str.extract(r"^(\d+):([0-5]\d) min$").astype("float64")
    decimal, _ = read_hours(filled.str.extract(r"^([\d.]+) h$")[0], unit="hours")
    seconds, _ = read_hours(filled.str.extract(r"^(\d+) sec$")[0], unit="seconds")
    is_clock = filled.str.fullmatch(r"\d+:\d\d:\d\d")
    hours = clock.where(is_clock).fillna((minutes[0] * 60 + minutes[1]) / 3600)
    hours = hours.fillna(decimal).fillna(seconds)
    return hours, hours.isna()


def _first_of(records: pd.DataFrame, *columns: str) -> pd.Series:
    found = pd.Series(pd.NA, index=records.index, dtype="str")
    for column in columns:
        if column in records:
            found = found.fillna(records[column])
    return found


def _faults(rows: pd.Series, records: pd.DataFrame, *columns: str) -> list[Fault]:
    if not rows.any():
        return []
    bad = records.loc[rows, list(columns)].fillna("")
    detail = [
        f"{' '.join(cells)[:40]!r} in {' and '.join(columns)} is not Toggl's format"
        for cells in bad.to_numpy().tolist()
    ]
    reason = {"Start date": "started_at", "End date": "ended_at", "Duration": "hours"}[columns[0]]
    return [Fault(rows, f"{reason}_unreadable", pd.Series(detail, index=bad.index, dtype="str"))]
