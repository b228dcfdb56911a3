"""A person-week is counted once, wherever it was logged, and lies in the periods of its days."""

import duckdb
import pandas as pd
import pytest

from taskmix.measures.freed import person_weeks


def counted(table, value="person_weeks"):
    return {(r.period, r.team, r.person): getattr(r, value) for r in table.itertuples()}


@pytest.fixture
def log(make_log):
    # 2026-06-29 is a Monday: two of its week's working days are June's, three July's.
    return make_log(
        {"local_date": "2026-06-02", "hours": 4.0},
        {"local_date": "2026-06-29", "hours": 10.0},
        {"local_date": "2026-07-02", "hours": 10.0},
        {"local_date": "2026-07-06", "hours": 3.0},
        {"local_date": "2026-07-08", "hours": 9.0, "team": "blue"},
        {"local_date": "2026-07-08", "hours": 8.0, "person": "bo", "performer": "ai"},
        {"local_date": "2026-07-09", "hours": 2.0, "person": None},
        {"local_date": "2026-07-31", "hours": 1.0, "person": "bo"},
    )


def test_weeks_with_any_entry_are_counted_by_period_and_team(log):
    weeks = person_weeks(log, frequency="month")
    assert counted(weeks) == pytest.approx(
        {
            # From 2 June, a Tuesday, on which the log begins: four days; then Monday and Tuesday.
            ("2026-06", "red", "ana"): 4 / 5 + 2 / 5,
            # Wednesday to Friday, and a quarter of the week that is mostly blue.
            ("2026-07", "red", "ana"): 3 / 5 + 1 / 4,
            ("2026-07", "blue", "ana"): 3 / 4,
            ("2026-07", "red", ""): 1.0,
            ("2026-07", "red", "bo"): 1.0,
        }
    )


def test_hours_of_a_week_follow_its_days(log):
    hours = counted(person_weeks(log, frequency="month"), "logged_hours")
    assert hours["2026-06", "red", "ana"] == pytest.approx(4 + 20 * 2 / 5)
    assert hours["2026-07", "red", "ana"] == pytest.approx(20 * 3 / 5 + 3)
    assert sum(hours.values()) == pytest.approx(39)


def test_teams_sum_to_the_weeks_of_each_person(log):
    weeks = person_weeks(log, frequency="quarter").groupby(["period", "person"])["person_weeks"]
    assert weeks.sum()["2026-Q3", "ana"] == pytest.approx(3 / 5 + 1)


def test_a_week_of_tasks_without_hours_is_shared_equally(make_log):
    silent = {"local_date": "2026-07-07", "hours": None}
    log = make_log({**silent, "local_date": "2026-07-06"}, {**silent, "team": "blue"},
                   {"local_date": "2026-07-20"})  # fmt: skip
    weeks = person_weeks(log, frequency="month").set_index("team")["person_weeks"]
    assert weeks.to_dict() == pytest.approx({"blue": 0.5, "red": 0.5 + 1 / 5})


def test_a_task_of_many_weeks_is_a_week_in_each(make_log):
    log = make_log({"local_date": "2026-07-06", "local_end_date": "2026-07-31", "hours": 100.0},
                   {"local_date": "2026-08-07", "person": "bo"})  # fmt: skip
    weeks = person_weeks(log, frequency="quarter").set_index("person")
    assert weeks.loc["ana", "person_weeks"] == pytest.approx(4)
    assert weeks.loc["ana", "logged_hours"] == pytest.approx(100)


def test_the_engine_of_the_log_gives_the_same(log):
    relation = duckdb.connect().from_df(log)
    pd.testing.assert_frame_equal(
        person_weeks(relation, frequency="month"), person_weeks(log, frequency="month")
    )
