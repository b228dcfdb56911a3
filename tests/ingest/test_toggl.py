"""Toggl's detailed report."""

import pandas as pd
import pytest

from taskmix.ingest import Counts, TogglDetailedReader
from taskmix.ingest.protocol import Reader

DAY = "2026-07-01"
MINE = '[workspace]\ntime_zone = "Europe/Berlin"\n[tags]\n"Type: Writing" = "creative"\n'


def test_the_reader_keeps_to_the_protocol():
    assert isinstance(TogglDetailedReader(), Reader)


def test_an_entry_becomes_a_task(workspace, put, toggl, take, tasks, known_as):
    settings = workspace(MINE)
    put(settings, "t.csv", toggl(("ana", "Draft", DAY, "09:00:00", "10:30:00", "01:30:00",
                                  "Domain: School", "Type: Writing")))  # fmt: skip
    outcome = take(settings)
    assert (outcome.files[0].reader, outcome.counts) == ("toggl", Counts(read=1, accepted=1))
    task = tasks(settings).iloc[0]
    assert task["started_at"] == pd.Timestamp("2026-07-01T07:00Z")
    assert (task["person"], task["project"], task["hours"]) == (known_as("ana@x.org"), "Site", 1.5)
    assert (task["tag"], task["team"], task["source"]) == ("creative", "unassigned", "toggl")


@pytest.mark.parametrize(
    ("written", "hours"),
    [("00:47:06", 0.785), ("0:47:06", 0.785), ("47:06 min", 0.785), ("0.79 h", 0.79),
     ("36 sec", 0.01)],
)  # fmt: skip
def test_every_duration_format_of_a_profile_is_read(
    written, hours, workspace, put, toggl, take, tasks
):
    settings = workspace(MINE)
    put(settings, "t.csv", toggl(("ana", "A", DAY, "09:00:00", "09:47:24", written)))
    take(settings)
    assert tasks(settings)["hours"].tolist() == [pytest.approx(hours)]


@pytest.mark.parametrize(
    ("start", "end", "duration", "reason"),
    [
        ("09:00:00", "09:00:00", "0:00:00", "hours_not_positive"),
        ("09:00:00 AM", "10:00:00", "1:00:00", "started_at_unreadable"),
        ("09:00:00", "25:00:00", "1:00:00", "ended_at_unreadable"),
        ("09:00:00", "10:00:00", "", "hours_unreadable"),
        ("09:00:00", "10:00:00", "1.2.3 h", "hours_unreadable"),
        ("09:00:00", "10:00:00", "-1:00:00", "hours_unreadable"),
        ("09:00:00", "08:00:00", "1:00:00", "ends_before_start"),
        ("09:00:00", "10:00:00", "1:30:00", "hours_exceed_clock"),
        ("", "10:00:00", "1:00:00", "no_date"),
    ],
)
def test_an_entry_that_cannot_be_read_is_quarantined_with_its_reason(
    start, end, duration, reason, workspace, put, toggl, take, quarantine
):
    settings = workspace(MINE)
    good = ("ana", "Good", DAY, "09:00:00", "10:00:00", "1:00:00")
    put(settings, "t.csv", toggl(good, ("ana", "Bad", DAY, start, end, duration)))
    assert take(settings).counts == Counts(read=2, accepted=1, quarantined=1)
    refused = quarantine(settings).iloc[0]
    assert (refused["reason"], refused["row"], refused["source"]) == (reason, 2, "toggl")


def test_a_personal_export_without_user_is_me_in_a_personal_workspace(
    workspace, put, toggl, take, tasks
):
    lines = toggl(("ana", "A", DAY, "09:00:00", "10:00:00", "1:00:00")).splitlines()
    text = "\n".join(line.split(",", 2)[2] for line in lines) + "\n"
    settings = workspace("[workspace]\npersonal = true\n")
    put(settings, "t.csv", text)
    take(settings)
    assert tasks(settings)["person"].tolist() == ["me"]
    shared = workspace("", folder="shared")
    put(shared, "t.csv", text)
    assert "the file names no person" in take(shared).files[0].error


@pytest.mark.parametrize(
    "header", ["User,Project,Duration,Amount (EUR)", "Client,Project,Duration", "Title,Duration"]
)
def test_a_summary_report_is_told_from_the_detailed_one(header, workspace, put, take):
    settings = workspace(MINE)
    put(settings, "t.csv", f"{header}\nana,Site,1:00:00,\n")
    error = take(settings).files[0].error
    assert "Is this a summary or weekly report of Toggl? Export the detailed one" in error
    assert error.endswith(f"Found: {header.replace(',', ', ')}")


@pytest.mark.parametrize(
    "header", ["Description,Task,Project,Client,User,Start,End,Duration,Tags",
               "Date,From,To,Duration,Project"]
)  # fmt: skip
def test_another_tools_log_is_not_taken_for_a_summary(header, workspace, put, take):
    settings = workspace(MINE)
    put(settings, "t.csv", f"{header}\n")
    assert "no reader knows this file" in take(settings).files[0].error


def test_a_missing_column_is_named_with_those_there_are(workspace, put, toggl, take):
    settings = workspace(MINE)
    text = toggl(("ana", "A", DAY, "09:00:00", "10:00:00", "1:00:00")).replace("End time", "Ende")
    put(settings, "t.csv", text)
    error = take(settings).files[0].error
    assert "t.csv: column 'End time' is missing; found User, Email, Client" in error
    assert "Export Toggl's detailed report" in error
