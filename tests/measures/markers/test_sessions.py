"""Blocks and sessions are what a person would draw on paper; test_measure.py tries all engines."""

import duckdb
import narwhals as nw
import pytest

from taskmix.measures.markers.sessions import blocks, clocked, human_entries, in_sequence

DAY = "2026-07-06"


@pytest.fixture
def sequence(make_log):
    connection = duckdb.connect()

    def make(*rows):
        return in_sequence(clocked(human_entries(connection.from_df(make_log(*rows)))))

    return make


@pytest.fixture
def deep(sequence):
    """Tell the blocks of a log: minutes undisturbed, and hours that count as deep."""

    def measure(*rows):
        found = blocks(sequence(*rows), ["person"], sums=[]).collect("pandas").to_native()
        found = found.astype({"block": "int64", "deep_hours": "float64"}).sort_values(
            ["person", "block"]
        )
        minutes = (found["block_s"].astype("int64") / 60).tolist()
        return minutes, found["deep_hours"].round(6).tolist()

    return measure


def test_a_block_of_exactly_90_minutes_is_deep(deep, entry):
    assert deep(entry(DAY, "09:00", "10:30")) == ([90.0], [1.5])
    assert deep(entry(DAY, "09:00", "10:29")) == ([89.0], [0.0])


def test_a_gap_of_exactly_10_minutes_belongs_to_the_block(deep, entry):
    # 50 + 10 + 30 minutes; the gap makes it long enough, and is no logged hour.
    assert deep(entry(DAY, "09:00", "09:50"), entry(DAY, "10:00", "10:30")) == (
        [90.0], [pytest.approx(80 / 60)]
    )  # fmt: skip
    assert deep(entry(DAY, "09:00", "09:50"), entry(DAY, "10:01", "10:31"))[0] == [50.0, 30.0]


def test_another_project_ends_a_block_and_so_does_none(deep, entry):
    minutes, hours = deep(
        entry(DAY, "09:00", "10:00"), entry(DAY, "10:00", "10:10", "b"),
        entry(DAY, "10:10", "11:10"), entry(DAY, "11:10", "11:15", None),
        entry(DAY, "11:15", "13:15"),
    )  # fmt: skip
    assert minutes == [60.0, 10.0, 60.0, 5.0, 120.0]
    assert hours == [0, 0, 0, 0, 2.0]


def test_a_long_entry_without_a_project_is_in_no_block(deep, entry):
    assert deep(entry(DAY, "09:00", "12:00", None))[1] == [0.0]


def test_what_runs_beside_it_disturbs_a_block(deep, entry):
    # a: 120 minutes until b begins, and then an hour that is not undisturbed.
    # b: runs beside a to its end. c: begins beside a's end, 60 minutes are its own.
    minutes, hours = deep(
        entry(DAY, "09:00", "12:00"), entry(DAY, "11:00", "11:15", "b"),
        entry(DAY, "11:30", "13:00", "c"),
    )  # fmt: skip
    assert minutes == [120.0, -45.0, 60.0]
    assert hours == [2.0, 0.0, 0.0]


def test_the_same_time_logged_twice_in_one_project_is_one_block(deep, entry):
    # 60 + 60 minutes that cover 90: three quarters of the two hours.
    assert deep(entry(DAY, "09:00", "10:00"), entry(DAY, "09:30", "10:30")) == ([90.0], [1.5])


def test_a_block_goes_on_over_midnight(deep, entry):
    first = entry(DAY, "23:10", "00:00", part=0)
    then = entry("2026-07-07", "00:00", "00:40", part=1)
    assert deep(first, then) == ([90.0], [1.5])


def test_breaks_within_an_entry_are_no_part_of_a_block(deep, entry):
    assert deep(entry(DAY, "09:00", "17:00") | {"hours": 0.5})[0] == [30.0]
    assert deep(entry(DAY, "09:00", "10:50") | {"hours": 1.5})[0] == [90.0]
    # What a clock rounds is no break.
    assert deep(entry(DAY, "09:00", "10:30") | {"hours": 1.49})[0] == [90.0]


def test_an_ai_is_no_disturbance_and_has_no_blocks(deep, entry):
    minutes, hours = deep(
        entry(DAY, "09:00", "10:30"), entry(DAY, "09:30", "12:00", "b", performer="ai")
    )
    assert (minutes, hours) == ([90.0], [1.5])


def test_people_do_not_disturb_each_other(deep, entry):
    assert deep(entry(DAY, "09:00", "11:00"), entry(DAY, "09:30", "10:00", "b", person="bo"))[
        1
    ] == [2.0, 0.0]


def test_what_was_not_clocked_or_ran_a_day_is_left_out(deep, entry):
    forgotten = entry(DAY, "09:00", "10:00") | {"started_at": "2026-07-05 09:00", "hours": 25.0}
    no_clock, no_time = {"local_date": DAY, "hours": 8.0}, entry(DAY, "09:00", "09:00")
    assert deep(forgotten, no_clock, no_time | {"hours": None}) == ([], [])


def changes(sequence, *rows):
    total = sequence(*rows).select(nw.col("changes").sum()).collect("pandas").to_native()
    return int(total["changes"].iloc[0] or 0)


def test_a_gap_of_exactly_30_minutes_is_still_one_session(sequence, entry):
    first = entry(DAY, "09:00", "10:00")
    assert changes(sequence, first, entry(DAY, "10:30", "11:00", "b")) == 1
    assert changes(sequence, first, entry(DAY, "10:31", "11:00", "b")) == 0


def test_a_change_counts_once_and_staying_does_not(sequence, entry):
    rows = [
        entry(DAY, "09:00", "09:30"), entry(DAY, "09:30", "10:00"),
        entry(DAY, "10:00", "10:30", "b"), entry(DAY, "10:30", "11:00"),
    ]  # fmt: skip
    assert changes(sequence, *rows) == 2


def test_from_and_to_no_project_is_no_change(sequence, entry):
    rows = [entry(DAY, "09:00", "10:00"), entry(DAY, "10:00", "10:05", None),
            entry(DAY, "10:05", "11:00", "b")]  # fmt: skip
    assert changes(sequence, *rows) == 0


def test_the_gap_is_counted_from_whatever_still_ran(sequence, entry):
    # b ended at 9:45, but a ran until 12:00: from there to c are 20 minutes.
    rows = [entry(DAY, "09:00", "12:00"), entry(DAY, "09:30", "09:45", "b"),
            entry(DAY, "12:20", "13:00", "c")]  # fmt: skip
    assert changes(sequence, *rows) == 2
