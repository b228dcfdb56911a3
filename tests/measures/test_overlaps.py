"""Hours counted twice are what entries add up to beyond the time that any of them covers."""

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures import Weeks, overlaps, overlaps_by_team

DAY = pd.Timestamp
MONDAY = DAY("2026-07-06")


def entry(start, end, **more):
    times = {"started_at": f"2026-07-06 {start}", "ended_at": f"2026-07-06 {end}"}
    clock = (DAY(times["ended_at"]) - DAY(times["started_at"])).total_seconds() / 3600
    return {"local_date": "2026-07-06", "hours": clock or None, **times, **more}


def test_an_entry_that_begins_before_an_earlier_one_has_ended_counts_twice(make_log):
    log = make_log(
        entry("09:00", "11:00"),
        entry("10:30", "11:30", source="other"),
        # The long one still runs, though another has ended between.
        entry("13:00", "17:00"),
        entry("13:30", "14:00"),
        entry("16:00", "17:30"),
        # One after the other, or another person's: no overlap.
        entry("17:30", "18:00"),
        entry("09:30", "10:00", person="bo"),
    )
    table = overlaps(log)
    assert table["n_entries"].tolist() == [3]
    assert table["hours"].tolist() == [0.5 + 0.5 + 1.0]
    assert table["week"].tolist() == [MONDAY]
    pd.testing.assert_frame_equal(overlaps(duckdb.connect().from_df(log)), table)


def test_an_ai_and_what_was_not_clocked_are_left_out(make_log):
    log = make_log(
        entry("09:00", "17:00", performer="ai"),
        entry("10:00", "11:00"),
        {**entry("08:00", "09:00"), "started_at": "2026-07-05 08:00"},
        {"local_date": "2026-07-06", "hours": 30.0, "local_end_date": "2026-07-09"},
        entry("10:30", "10:40", person=None),
    )
    assert overlaps(log).empty


def test_an_entry_with_breaks_counts_its_own_hours_at_most(make_log):
    log = make_log(entry("09:00", "17:00"), entry("10:00", "16:00") | {"hours": 0.5})
    assert overlaps(log)["hours"].tolist() == [0.5]


def test_an_entry_without_a_duration_counts_by_its_clock(make_log):
    log = make_log(entry("09:00", "11:00"), entry("10:00", "12:00") | {"hours": None})
    assert overlaps(log)["hours"].tolist() == [1.0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(1, 500)), min_size=1, max_size=15))
def test_hours_counted_twice_are_the_sum_less_the_union(make_log, spans):
    start = DAY("2026-07-06", tz="UTC")
    minutes = pd.Timedelta(minutes=1)
    log = make_log(
        *[
            {"local_date": "2026-07-06", "started_at": start + first * minutes,
             "ended_at": start + (first + length) * minutes, "hours": length / 60}
            for first, length in spans
        ]
    )  # fmt: skip
    covered = {minute for first, length in spans for minute in range(first, first + length)}
    twice = sum(length for _, length in spans) - len(covered)
    assert overlaps(log)["hours"].sum() == pytest.approx(twice / 60)


def test_each_teams_overlaps_in_the_weeks_shown_and_in_all():
    found = pd.DataFrame(
        {"team": ["red", "red", "blue"], "week": [DAY("2026-06-01"), MONDAY, DAY("2026-06-01")],
         "n_entries": [1, 2, 5], "hours": [0.5, 1.0, 4.0]}
    )  # fmt: skip
    weeks = Weeks("2026-Q3", MONDAY, MONDAY, DAY("2026-07-12"), DAY("2026-07-12"))
    table = overlaps_by_team(found, weeks=weeks)
    assert table.to_numpy().tolist() == [["red", 2, 1.0, 3, 1.5], ["blue", 0, 0.0, 5, 4.0]]


def test_no_overlap_gives_frames_with_the_same_columns(make_log):
    found = overlaps(make_log(entry("09:00", "10:00")))
    weeks = Weeks("2026-Q3", MONDAY, MONDAY, MONDAY, MONDAY)
    assert list(found) == ["team", "week", "n_entries", "hours"]
    assert overlaps_by_team(found, weeks=weeks).empty
