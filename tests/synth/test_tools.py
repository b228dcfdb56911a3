"""The layouts of Toggl, Clockify and Jira, in their bytes."""

import csv
import re
import tomllib

import pandas as pd
import pytest

from taskmix.synth import DEMO_MAPPING

LABELS = {"toggl": "Tags", "clockify": "Tags", "jira": "Labels"}


def _minutes_of(time_spent: str) -> int:
    found = re.fullmatch(r"(?:(\d+)h)? ?(?:(\d+)m)?", time_spent)
    assert found, time_spent
    return 60 * int(found[1] or 0) + int(found[2] or 0)


def test_toggl_has_the_detailed_report_with_a_byte_order_mark(written):
    first, second = (written.folder / "demo_toggl_2026.csv").read_bytes().split(b"\n")[:2]
    assert first == (
        b"\xef\xbb\xbfUser,Email,Client,Project,Task,Description,Billable,"
        b"Start date,Start time,End date,End time,Duration,Tags"
    )
    cells = next(csv.reader([second.decode()]))
    assert re.fullmatch(r"2026-01-\d\d", cells[7])
    assert re.fullmatch(r"\d\d:\d\d:\d\d", cells[8])


def test_toggl_durations_are_the_clock_time(written):
    rows = written.toggl
    start = pd.to_datetime(rows["Start date"] + " " + rows["Start time"])
    end = pd.to_datetime(rows["End date"] + " " + rows["End time"])
    assert (pd.to_timedelta(rows["Duration"]) == end - start).all()


def test_clockify_has_the_detailed_report_with_every_cell_in_quotes(written):
    first, second = (written.folder / "demo_clockify_2026-Q3.csv").read_bytes().split(b"\n")[:2]
    assert first == (
        b'"Project","Client","Description","Task","User","Group","Email","Tags","Billable",'
        b'"Start Date","Start Time","End Date","End Time","Duration (h)","Duration (decimal)",'
        b'"Billable Rate (USD)","Billable Amount (USD)"'
    )
    assert second.startswith(b'"')
    assert second.endswith(b'"')


@pytest.mark.parametrize(
    ("quarter", "time", "form"),
    [
        ("2026-Q1", r"\d\d:\d\d", "%d/%m/%Y %H:%M"),
        ("2026-Q2", r"\d\d:\d\d:00 [AP]M", "%d/%m/%Y %I:%M:%S %p"),
    ],
)
def test_clockify_days_come_first_and_the_clock_has_12_or_24_hours_by_quarter(
    written, quarter, time, form
):
    rows = pd.read_csv(written.folder / f"demo_clockify_{quarter}.csv", dtype=str)
    assert rows["Start Time"].str.fullmatch(time).all()
    start = pd.to_datetime(rows["Start Date"] + " " + rows["Start Time"], format=form)
    end = pd.to_datetime(rows["End Date"] + " " + rows["End Time"], format=form)
    assert set(start.dt.to_period("Q").astype(str)) == {quarter.replace("-", "")}
    assert (pd.to_timedelta(rows["Duration (h)"]) == end - start).all()
    hours = (end - start).dt.total_seconds() / 3600
    assert (rows["Duration (decimal)"].astype(float) - hours).abs().max() <= 0.005 + 1e-9


def test_clockify_names_the_team_of_the_time_as_the_group(written):
    truth = written.truth[written.truth["source"] == "clockify"]
    assert written.clockify["Group"].tolist() == truth["team"].tolist()


def test_jira_has_the_work_log_columns_a_byte_order_mark_and_quotes(written):
    content = (written.folder / "demo_jira_2026.csv").read_bytes()
    assert content.split(b"\n")[0] == (
        b'\xef\xbb\xbf"Worklog id","Author","Summary","Work description","Issue","Parent","Epic",'
        b'"Project","Started","Assignee","Labels","Priority","Issue type","Sprint","Time spent"'
    )


def test_jira_starts_are_iso_with_the_offset_of_the_servers_summer_and_winter(written):
    started = written.jira["Started"].iloc[:-1]
    assert started.str.fullmatch(r"2026-\d\d-\d\dT\d\d:\d\d:00\.000\+0[12]00").all()
    assert started[started.str.startswith("2026-01")].str.endswith("+0100").all()
    assert started[started.str.startswith("2026-07")].str.endswith("+0200").all()
    truth = written.truth[written.truth["source"] == "jira"].iloc[:-1]
    at = pd.to_datetime(started, utc=True, format="ISO8601").dt.tz_localize(None)
    assert at.tolist() == truth["started_at"].tolist()


def test_jira_times_spent_are_the_truths_hours_and_the_last_row_their_sum(written):
    *minutes, total = written.jira["Time spent"].map(_minutes_of)
    truth = written.truth[written.truth["source"] == "jira"]
    assert [m / 60 for m in minutes] == pytest.approx(truth["hours"].iloc[:-1], abs=1e-4)
    assert total == sum(minutes)
    last = written.jira.iloc[-1]
    assert set(last.drop("Time spent")) == {""}
    assert truth.iloc[-1][["fate", "reason"]].tolist() == ["skipped", "total_row"]


def test_jira_work_log_ids_are_unique_numbers_and_the_truths_tickets(written):
    ids = written.jira["Worklog id"].iloc[:-1]
    assert ids.is_unique
    assert ids.str.fullmatch(r"\d+").all()
    truth = written.truth[written.truth["source"] == "jira"]
    assert truth["ticket"].tolist() == [*ids, ""]


@pytest.mark.parametrize("tool", LABELS)
def test_the_labels_that_the_mapping_names_tell_tag_and_performer_and_others_nothing(written, tool):
    told = tomllib.loads(DEMO_MAPPING)
    truth = written.truth[written.truth["source"] == tool].reset_index(drop=True)
    table = getattr(written, tool)
    others = set()
    for labels, row in zip(table[LABELS[tool]], truth.itertuples(), strict=True):
        if row.fate == "skipped":
            continue
        each = labels.split(", ") if labels else []
        kinds = [told["tags"][label] for label in each if label in told["tags"]]
        performers = [
            told["performer"]["tag"][label] for label in each if label in told["performer"]["tag"]
        ]
        assert kinds == ([row.category] if row.tagged else [])
        unknown = row.performer_logged == "unknown"
        assert performers == ([] if unknown else [row.performer])
        others |= set(each) - {*told["tags"], *told["performer"]["tag"]}
    assert len(others) == 4


@pytest.mark.parametrize("tool", LABELS)
def test_some_tasks_lack_the_performers_label_and_some_are_an_agents(written, tool):
    logged = written.truth.loc[written.truth["source"] == tool, "performer_logged"]
    assert 0.05 < (logged == "unknown").mean() < 0.13
    assert (logged == "ai").sum() > 0


def test_every_label_of_the_mapping_is_used(written):
    told = tomllib.loads(DEMO_MAPPING)
    used = set()
    for tool, column in LABELS.items():
        used |= set(getattr(written, tool)[column].str.split(", ").explode())
    assert {*told["tags"], *told["performer"]["tag"]} <= used
