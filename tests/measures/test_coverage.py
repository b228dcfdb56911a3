"""Hours by team and week add up, the roster says what to expect, and gaps are found."""

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures import Weeks, coverage, expected_hours, gaps, team_weeks

DAY = pd.Timestamp
END = DAY("2026-08-02")
# Four weeks: 6, 13, 20 and 27 July 2026 are Mondays.
WEEKS = Weeks("2026-Q3", DAY("2026-07-06"), DAY("2026-07-27"), END, END)
ROSTER_COLUMNS = ["person", "team", "first_day", "last_day", "weekly_hours"]


def roster(*rows):
    frame = pd.DataFrame(rows, columns=ROSTER_COLUMNS)
    days = {name: pd.to_datetime(frame[name]).astype("datetime64[us]")
            for name in ("first_day", "last_day")}  # fmt: skip
    return frame.assign(**days).astype({"person": "str", "team": "str", "weekly_hours": "float64"})


def by_team_and_week(frame, value):
    return {(row.team, f"{row.week:%m-%d}"): getattr(row, value) for row in frame.itertuples()}


@pytest.fixture
def log(make_log):
    return make_log(
        {"local_date": "2026-07-06", "hours": 2.0},
        {"local_date": "2026-07-12", "hours": 3.0, "person": "bo"},
        {"local_date": "2026-07-27", "hours": 4.0},
        {"local_date": "2026-07-28", "hours": 9.0, "performer": "ai"},
        {"local_date": "2026-07-13", "hours": 5.0, "team": "blue"},
        {"local_date": "2026-07-14", "hours": None, "team": "blue"},
    )


def test_every_week_between_a_teams_first_and_last_is_there_an_ai_left_out(log):
    table = team_weeks(log, until=END)
    assert by_team_and_week(table, "hours") == {
        ("blue", "07-13"): 5.0, ("red", "07-06"): 5.0, ("red", "07-13"): 0.0,
        ("red", "07-20"): 0.0, ("red", "07-27"): 4.0,
    }  # fmt: skip
    assert table["n_people"].tolist() == [1, 2, 0, 0, 1]
    assert table["n_entries"].tolist() == [2, 2, 0, 0, 1]


def test_the_engine_of_the_log_gives_the_same(log):
    relation = duckdb.connect().from_df(log)
    pd.testing.assert_frame_equal(team_weeks(relation, until=END), team_weeks(log, until=END))


def test_nothing_after_the_last_day_looked_at(log):
    table = team_weeks(log, until=DAY("2026-07-12"))
    assert by_team_and_week(table, "hours") == {("red", "07-06"): 5.0}


def test_a_task_of_several_weeks_is_spread_over_its_days_and_counts_once(make_log):
    # Saturday to Tuesday: two of its four days in each week.
    log = make_log({"local_date": "2026-07-11", "local_end_date": "2026-07-14", "hours": 8.0})
    table = team_weeks(log, until=END)
    assert table["hours"].tolist() == [4.0, 4.0]
    assert table["n_people"].tolist() == [1, 1]
    assert table["n_entries"].tolist() == [1, 0]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 40), st.floats(0.1, 50), st.booleans()),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_no_hour_is_lost_or_made(make_log, rows):
    start = DAY("2026-01-01")
    log = make_log(
        *[
            {"local_date": start + pd.Timedelta(days=first),
             "local_end_date": start + pd.Timedelta(days=first + length),
             "hours": hours, "team": "red" if red else "blue"}
            for first, length, hours, red in rows
        ]
    )  # fmt: skip
    table = team_weeks(log, until=DAY("2026-12-31"))
    assert table["hours"].sum() == pytest.approx(log["hours"].sum())
    assert table["n_entries"].sum() == len(log)


def test_weekly_hours_are_expected_pro_rata_of_the_weekdays():
    entries = roster(
        ("ana", "red", None, None, 40.0),
        # Joins on a Wednesday: three of five days.
        ("bo", "red", "2026-07-15", None, 20.0),
        # Leaves on a Sunday: that week whole.
        ("cy", "blue", "2020-01-01", "2026-07-12", 30.0),
        ("di", None, None, None, 40.0),
    )
    table = expected_hours(entries, weeks=WEEKS)
    assert by_team_and_week(table, "expected_hours") == {
        ("blue", "07-06"): 30.0, ("red", "07-06"): 40.0, ("red", "07-13"): 52.0,
        ("red", "07-20"): 60.0, ("red", "07-27"): 60.0,
    }  # fmt: skip
    assert by_team_and_week(table, "n_on_roster")["red", "07-13"] == 2


def test_days_that_are_not_over_are_not_expected():
    weeks = Weeks("2026-Q3", DAY("2026-07-06"), DAY("2026-07-06"), DAY("2026-07-07"), END)
    table = expected_hours(roster(("ana", "red", None, None, 40.0)), weeks=weeks)
    assert table["expected_hours"].tolist() == [16.0]


def test_a_team_with_somebody_whose_hours_are_not_said_is_expected_nothing_of():
    entries = roster(("ana", "red", None, None, 40.0), ("bo", "red", "2026-07-20", None, None))
    table = expected_hours(entries, weeks=WEEKS)
    assert table["expected_hours"].notna().tolist() == [True, True, False, False]
    assert table["n_on_roster"].tolist() == [1, 1, 2, 2]


def test_coverage_is_logged_as_part_of_expected_and_shows_who_logs_nothing(log):
    entries = roster(("ana", "red", None, None, 10.0), ("eve", "green", None, None, 8.0))
    by_week = team_weeks(log, until=END)
    table = coverage(by_week, expected_hours(entries, weeks=WEEKS), weeks=WEEKS)
    covered = by_team_and_week(table, "coverage")
    assert [covered["red", week] for week in ("07-06", "07-13", "07-27")] == [0.5, 0.0, 0.4]
    assert [covered["green", week] for week in ("07-06", "07-27")] == [0.0, 0.0]
    assert pd.isna(covered["blue", "07-13"])
    a_person = by_team_and_week(table, "hours_per_person")
    assert a_person["red", "07-06"] == 2.5
    assert pd.isna(a_person["red", "07-13"])


def test_without_a_roster_every_coverage_is_missing(log):
    by_week = team_weeks(log, until=END)
    table = coverage(by_week, expected_hours(roster(), weeks=WEEKS), weeks=WEEKS)
    assert table["coverage"].isna().all()
    assert table["hours"].sum() == by_week["hours"].sum()


def weeks_of(team, *hours):
    weeks = pd.date_range("2026-06-01", periods=len(hours), freq="7D", unit="us")
    return pd.DataFrame({"team": team, "week": weeks, "hours": list(map(float, hours))}).astype(
        {"team": "str"}
    )


def test_a_gap_is_less_than_a_third_of_the_usual_week_between_first_and_last():
    # Usual: the median of 30, 10, 30, 9, 30, 2 and 3, which is 10; a third of it is 3.33.
    by_week = pd.concat([weeks_of("red", 2, 30, 10, 0, 3, 30, 9, 30, 0), weeks_of("blue", 5, 5, 5)])
    found = gaps(by_week)
    assert found[["team", "n_weeks", "hours"]].to_numpy().tolist() == [["red", 2, 3.0]]
    assert found["usual_hours"].tolist() == [10.0]
    assert found.loc[0, ["first_week", "last_week"]].tolist() == [
        DAY("2026-06-22"), DAY("2026-06-29")]  # fmt: skip


def test_a_team_that_never_logs_hours_has_no_gaps():
    assert gaps(weeks_of("red", 0, 0, 0, 0)).empty


def test_gaps_are_listed_newest_first_and_never_across_teams():
    by_week = pd.concat([weeks_of("red", 9, 0, 9), weeks_of("blue", 9, 9, 0, 9)])
    assert gaps(by_week)["team"].tolist() == ["blue", "red"]


def test_the_callers_frames_are_untouched(log):
    by_week = team_weeks(log, until=END)
    before = by_week.copy(deep=True)
    gaps(by_week)
    coverage(by_week, expected_hours(roster(), weeks=WEEKS), weeks=WEEKS)
    pd.testing.assert_frame_equal(by_week, before)
