"""How complete the log is: people who log at all, times the hours that they log."""

import pandas as pd
import pytest

from taskmix.measures.freed import log_completeness
from taskmix.measures.freed.completeness import why_void

COLUMNS = ["person", "team", "first_day", "last_day", "weekly_hours"]


def roster(*rows):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    days = {name: pd.to_datetime(frame[name]).astype("datetime64[us]")
            for name in ("first_day", "last_day")}  # fmt: skip
    return frame.assign(**days).astype({"person": "str", "team": "str", "weekly_hours": "float64"})


def logged(*rows):
    columns = ["period", "team", "person", "person_weeks", "logged_hours"]
    return pd.DataFrame(rows, columns=columns).astype({"period": "str", "team": "str"})


WEEKS = logged(
    ("2026-Q2", "red", "a", 12.0, 432.0), ("2026-Q2", "red", "b", 8.0, 160.0),
    ("2026-Q2", "blue", "c", 10.0, 200.0),
)  # fmt: skip
ROSTER = roster(
    ("ana", "red", None, None, 40.0), ("bo", "red", None, None, 20.0),
    ("cy", "blue", None, None, 25.0), ("di", "blue", None, None, 25.0),
)  # fmt: skip


def test_people_and_hours_are_those_computed_by_hand():
    table = log_completeness(WEEKS, ROSTER, by=("period", "team")).set_index("team")
    # Red declares 30 hours a week on average; 592 of 20 × 30 are logged, by both of its people.
    assert table.loc["red", "hours_logged"] == pytest.approx(592 / 600)
    assert table.loc["red", "people_logging"] == 1
    assert table.loc["blue", "hours_logged"] == pytest.approx(0.8)
    assert table.loc["blue", "people_logging"] == 0.5
    assert table.loc["blue", "completeness"] == pytest.approx(0.4)
    overall = log_completeness(WEEKS, ROSTER).iloc[0]
    assert overall["hours_logged"] == pytest.approx(792 / 850)
    assert overall["people_logging"] == 0.75
    assert overall["person_weeks"] == 30


def test_weeks_away_count_against_nobody():
    short = WEEKS.assign(person_weeks=WEEKS["person_weeks"] / 2,
                         logged_hours=WEEKS["logged_hours"] / 2)  # fmt: skip
    parts = ["people_logging", "hours_logged", "completeness"]
    pd.testing.assert_frame_equal(
        log_completeness(short, ROSTER)[parts], log_completeness(WEEKS, ROSTER)[parts]
    )


def test_who_was_on_the_roster_for_a_few_days_need_not_have_logged():
    # 22 June is a Monday: seven working days are left of the quarter.
    late = roster(("eve", "blue", "2026-06-22", None, 90.0))
    early = roster(("eve", "blue", "2026-06-15", None, 25.0))
    with_late = log_completeness(WEEKS, pd.concat([ROSTER, late]), by=("period", "team"))
    pd.testing.assert_frame_equal(with_late, log_completeness(WEEKS, ROSTER, by=("period", "team")))
    with_early = log_completeness(WEEKS, pd.concat([ROSTER, early]), by=("period", "team"))
    assert with_early.set_index("team").loc["blue", "people_logging"] == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    "entries",
    [
        roster(),
        roster(("ana", None, None, None, 40.0)),
        ROSTER[ROSTER["team"] == "red"],
        ROSTER.assign(weekly_hours=[40.0, None, 25.0, 25.0]),
    ],
    ids=["nobody", "no team", "a third of the weeks", "hours not said"],
)
def test_where_declared_hours_are_not_known_completeness_is_missing(entries):
    overall = log_completeness(WEEKS, entries).iloc[0]
    assert overall[["people_logging", "hours_logged", "completeness"]].isna().all()
    assert overall["logged_hours"] == 792


def test_a_team_that_nobody_placed_is_left_out_where_it_is_small():
    strangers = logged(("2026-Q2", "unassigned", "z", 3.0, 999.0))
    overall = log_completeness(pd.concat([WEEKS, strangers]), ROSTER).iloc[0]
    assert overall["hours_logged"] == pytest.approx(792 / 850)


@pytest.mark.parametrize(
    ("before", "now", "void"),
    [(0.8, 0.8, False), (0.8, 0.84, False), (0.8, 0.841, True), (0.8, 0.75, True),
     (float("nan"), 0.8, False), (0.8, float("nan"), False)],
)  # fmt: skip
def test_more_than_five_percent_of_change_is_void_and_nothing_unknown_is(before, now, void):
    table = pd.DataFrame({"period": ["a", "b"], "completeness": [before, now]})
    assert bool(why_void(table, period="b", against="a")) == void


def test_a_period_that_is_not_there_is_not_known():
    table = pd.DataFrame({"period": ["b"], "completeness": [0.9]})
    assert why_void(table, period="b", against="a") == ""
