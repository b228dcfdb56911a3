"""Entries over midnight, entries at once, and clocks that change."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taskmix.ingest import Counts

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
HEADER = "Who,What,Start,End,Hours\n"
OVERLAPS = "entries that overlap another of the same person"
SPLIT = "entries over midnight, split by day"


@pytest.fixture
def taken(workspace, put, take, tasks):
    def run(*lines: str, zone: str = "Europe/Berlin"):
        made = workspace(LOG.replace("Europe/Berlin", zone))
        put(made, "a.csv", HEADER + "\n".join(lines) + "\n")
        return take(made), tasks(made)

    return run


def test_an_entry_over_midnight_is_split_by_local_day_with_the_same_total(taken):
    outcome, log = taken("ana,A,2026-07-01 22:30,2026-07-02 01:00,2.5")
    assert outcome.counts == Counts(read=1, accepted=1)
    assert outcome.files[0].notes == {SPLIT: 1}
    assert log["hours"].tolist() == [1.5, 1.0]
    assert log["local_date"].dt.strftime("%d").tolist() == ["01", "02"]
    assert log["part"].tolist() == [0, 1]
    assert log["ended_at"][0] == log["started_at"][1]
    assert log["local_end_date"].isna().all()
    assert log["task_id"].is_unique


def test_an_entry_that_ends_at_midnight_is_one_days(taken):
    outcome, log = taken("ana,A,2026-07-01 22:00,2026-07-02 00:00,2")
    assert (len(log), outcome.files[0].notes) == (1, {})
    assert log["last_day"].tolist() == log["first_day"].tolist()


def test_a_timer_that_ran_over_a_weekend_is_a_row_a_day(taken):
    _, log = taken("ana,A,2026-07-03 18:00,2026-07-06 09:00,63")
    assert log["hours"].tolist() == [6, 24, 24, 9]


def test_breaks_are_spread_over_both_days(taken):
    _, log = taken("ana,A,2026-07-01 20:00,2026-07-02 04:00,6")
    assert log["hours"].tolist() == [3, 3]


def test_weeks_of_work_on_one_task_are_no_entry_over_midnight(taken):
    outcome, log = taken("ana,A,2026-07-01 09:00,2026-07-21 17:00,12")
    assert (len(log), outcome.files[0].notes) == (1, {})
    assert log["last_day"][0] - log["first_day"][0] == 20


def test_a_split_entry_edited_and_shortened_leaves_no_part_behind(
    workspace, put, toggl, take, tasks
):
    made = workspace()
    night = toggl(("ana", "A", "2026-07-01", "22:00:00", "23:00:00", "4:00:00"))
    night = night.replace("2026-07-01,23:00:00", "2026-07-02,02:00:00")
    put(made, "t.csv", night)
    take(made)
    assert tasks(made)["hours"].tolist() == [2, 2]
    put(made, "t.csv", toggl(("ana", "A", "2026-07-01", "22:00:00", "23:00:00", "1:00:00")))
    outcome = take(made)
    assert tasks(made)["hours"].tolist() == [1]
    assert outcome.counts.accepted == 1


def test_the_night_when_clocks_go_back_has_its_extra_hour(taken):
    _, log = taken("ana,A,2026-10-24 23:00,2026-10-25 04:00,6")
    assert log["hours"].tolist() == [1, 5]


def test_a_day_that_begins_at_one_oclock_is_split_there(taken):
    # In Santiago clocks go forward at midnight: 2026-09-06 begins at 01:00.
    _, log = taken("ana,A,2026-09-05 23:00,2026-09-06 02:00,2", zone="America/Santiago")
    assert log["hours"].tolist() == [1, 1]


def test_entries_at_once_are_kept_and_counted(taken):
    outcome, log = taken(
        "ana,A,2026-07-01 09:00,2026-07-01 11:00,2",
        "ana,B,2026-07-01 10:00,2026-07-01 10:30,0.5",
        "ana,C,2026-07-01 10:45,2026-07-01 12:00,1.25",
        "ana,D,2026-07-01 12:00,2026-07-01 13:00,1",
        "bo,E,2026-07-01 09:30,2026-07-01 11:00,1.5",
    )
    assert outcome.files[0].notes == {OVERLAPS: 2}
    assert len(log) == 5


def test_what_an_ai_runs_beside_is_no_overlap(workspace, put, take):
    made = workspace(LOG + 'performer = "By"\n')
    put(made, "a.csv", "Who,What,Start,End,Hours,By\n"
        "ana,A,2026-07-01 09:00,2026-07-01 11:00,2,human\n"
        "ana,B,2026-07-01 09:30,2026-07-01 10:00,0.5,ai\n")  # fmt: skip
    assert take(made).files[0].notes == {}


@pytest.mark.parametrize("hours", ["0", "-1", "0.0"])
def test_zero_and_negative_durations_are_quarantined(hours, taken):
    outcome, log = taken(f"ana,A,2026-07-01 09:00,,{hours}", "ana,B,2026-07-01 09:00,,1")
    assert outcome.files[0].reasons == {"hours_not_positive": 1}
    assert len(log) == 1


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    spans=st.lists(
        st.tuples(st.integers(0, 60 * 24 * 400), st.integers(1, 60 * 30)), min_size=1, max_size=8
    ),
    zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "Pacific/Apia", "America/Santiago"]),
)
def test_splitting_keeps_every_minute_and_no_part_leaves_its_day(spans, zone, tmp_path_factory):
    import pandas as pd  # noqa: PLC0415

    from taskmix.ingest.days import split_at_midnight, with_local_days  # noqa: PLC0415

    starts = pd.Series(
        pd.Timestamp("2026-01-01", tz="UTC") + pd.to_timedelta([s for s, _ in spans], unit="min")
    )
    ends = starts + pd.to_timedelta(pd.Series([n for _, n in spans]), unit="min")
    rows = pd.DataFrame({
        "task_id": [f"t{n}" for n in range(len(spans))], "zone": zone,
        "started_at": starts.dt.as_unit("us"), "ended_at": ends.dt.as_unit("us"),
        "hours": [n / 60 for _, n in spans],
    })  # fmt: skip
    local = rows["started_at"].dt.tz_convert(zone).dt.tz_localize(None).dt.normalize()
    rows["local_date"] = local.astype("datetime64[us]")
    rows["local_end_date"] = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    parts, _ = split_at_midnight(with_local_days(rows, home=zone))
    totals = parts.groupby(level=0)["hours"].sum()
    assert totals.tolist() == pytest.approx(rows["hours"].tolist(), abs=1e-9)
    first = parts["started_at"].dt.tz_convert(zone).dt.date
    last = (parts["ended_at"] - pd.Timedelta(microseconds=1)).dt.tz_convert(zone).dt.date
    assert (first == last).all()
    assert (first == parts["local_date"].dt.date).all()
    assert parts["task_id"].is_unique


def test_an_hour_that_was_skipped_and_one_that_was_lived_twice_are_counted(taken):
    outcome, log = taken(
        "ana,A,2026-03-29 02:30,2026-03-29 04:00,",
        "ana,B,2026-10-25 02:30,2026-10-25 03:30,1",
        "ana,C,2026-10-25 02:30,2026-10-25 03:30,2",
        "ana,D,2026-10-25 02:50,2026-10-25 02:10,",
        "ana,E,2026-10-25 01:00,2026-10-25 02:30,2.5",
        "ana,F,2026-10-26 02:30,2026-10-26 03:30,",
    )
    notes = outcome.files[0].notes
    assert notes["times in the hour that clocks skipped, moved to its end"] == 1
    assert notes["times in the hour that clocks repeated"] == 4
    starts = log["started_at"].dt.strftime("%H:%M").tolist()
    # A began at 03:00 summer time; B in the second 02:30, C in the first, D ended in the second.
    assert starts == ["01:00", "01:30", "00:30", "00:50", "23:00", "01:30"]
    assert log["hours"].round(4).tolist() == [1, 1, 2, 0.3333, 2.5, 1]
