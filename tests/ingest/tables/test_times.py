"""Clock times around the changes of the clocks, offsets and durations."""

import pandas as pd
import pytest

from taskmix.ingest import Counts
from taskmix.ingest.tables.values import read_hours, read_times

LOG = """
[workspace]
time_zone = "Europe/Berlin"
[mapping.x.columns]
person = "Who"
title = "What"
started_at = "Start"
ended_at = "End"
hours = "Hours"
"""


def read_one(text: str, time_zone: str = "Europe/Berlin", date_format: str = "iso"):
    times = read_times(pd.Series([text]), date_format=date_format, time_zone=time_zone)
    return times.at[0], times.at_second[0], times.day[0], bool(times.unreadable[0])


def test_a_local_time_is_stored_in_utc_with_its_local_day():
    at, _, day, unreadable = read_one("2026-07-01 00:30")
    assert at == pd.Timestamp("2026-06-30T22:30Z")
    assert (day, unreadable) == (pd.Timestamp("2026-07-01"), False)


@pytest.mark.parametrize(
    ("text", "utc", "day"),
    [
        ("2026-07-01T23:30:00Z", "2026-07-01T23:30Z", "2026-07-02"),
        ("2026-07-01T23:30:00+02:00", "2026-07-01T21:30Z", "2026-07-01"),
        ("2026-07-01T23:30:00.5-0500", "2026-07-02T04:30:00.5Z", "2026-07-02"),
        ("2026-07-01 23:30+02", "2026-07-01T21:30Z", "2026-07-01"),
    ],
)
def test_an_offset_wins_over_the_time_zone_of_the_workspace(text, utc, day):
    at, second, local, _ = read_one(text)
    assert at == second == pd.Timestamp(utc)
    assert local == pd.Timestamp(day)


def test_a_strptime_format_may_hold_an_offset():
    at, *_ = read_one("01/Jul/2026 10:00 +0530", date_format="%d/%b/%Y %H:%M %z")
    assert at == pd.Timestamp("2026-07-01T04:30Z")


def test_a_time_that_does_not_exist_is_the_next_that_does():
    at, second, day, unreadable = read_one("2026-03-29 02:30")
    assert at == second == pd.Timestamp("2026-03-29T01:00Z")
    assert (day, unreadable) == (pd.Timestamp("2026-03-29"), False)


def test_a_time_that_exists_twice_is_the_first_and_the_second():
    at, second, *_ = read_one("2026-10-25 02:30")
    assert (at, second) == (pd.Timestamp("2026-10-25T00:30Z"), pd.Timestamp("2026-10-25T01:30Z"))


@pytest.mark.parametrize(
    ("start", "end", "hours", "elapsed"),
    [
        ("01:30", "02:30", "1", 1.0),  # the hours fit the first 02:30
        ("01:30", "02:30", "2", 2.0),  # they fit only the second
        ("02:50", "02:10", "", 1 / 3),  # only the second lies after the start
        ("02:10", "03:10", "2", 2.0),
    ],
)
def test_the_hours_tell_which_of_two_equal_times_an_end_means(
    start, end, hours, elapsed, workspace, put, take, tasks
):
    settings = workspace(LOG)
    day = "2026-10-25"
    put(settings, "a.csv", f"Who,What,Start,End,Hours\nana,A,{day} {start},{day} {end},{hours}\n")
    assert take(settings).counts == Counts(read=1, accepted=1)
    task = tasks(settings).iloc[0]
    clock = (task["ended_at"] - task["started_at"]).total_seconds() / 3600
    assert (clock, task["hours"]) == (pytest.approx(elapsed), pytest.approx(elapsed))


def test_hours_that_the_skipped_hour_swallowed_are_quarantined(workspace, put, take, quarantine):
    settings = workspace(LOG)
    put(settings, "a.csv", "Who,What,Start,End,Hours\n"
        "ana,A,2026-03-29 01:30,2026-03-29 03:30,2\n"
        "ana,B,2026-03-29 01:30,2026-03-29 03:30,1\n")  # fmt: skip
    assert take(settings).counts == Counts(read=2, accepted=1, quarantined=1)
    assert quarantine(settings)["reason"].tolist() == ["hours_exceed_clock"]
    assert quarantine(settings)["row"].tolist() == [1]


def test_a_night_over_midnight_is_one_row_a_day(workspace, put, take, tasks):
    settings = workspace(LOG)
    put(settings, "a.csv", "Who,What,Start,End,Hours\nana,A,2026-07-01 23:00,2026-07-02 01:00,\n")
    take(settings)
    parts = tasks(settings)
    assert parts["local_date"].dt.day.tolist() == [1, 2]
    assert (parts["hours"].tolist(), parts["part"].tolist()) == ([1.0, 1.0], [0, 1])


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_time_is_missing_not_unreadable(text):
    at, _, day, unreadable = read_one(text)
    assert (at is pd.NaT, day is pd.NaT, unreadable) == (True, True, False)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1:30", 1.5), ("0:00:36", 0.01), ("100:00:00", 100.0), ("-1:30", -1.5), ("1:60", None),
     ("1:2", None), ("1.5", None), ("", None), ("1:30 h", None)],
)  # fmt: skip
def test_a_clock_duration_is_read_exactly_or_not_at_all(text, hours):
    read, unreadable = read_hours(pd.Series([text]), unit="clock")
    assert (None if pd.isna(read[0]) else read[0]) == pytest.approx(hours)
    assert bool(unreadable[0]) == (hours is None and text != "")
