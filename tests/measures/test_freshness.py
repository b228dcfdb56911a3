"""How far each tool and team has come, and what their entries leave unsaid."""

import duckdb
import pandas as pd
import pytest

from taskmix.measures import Weeks, completeness, entries_by_month, how_fresh

DAY = pd.Timestamp
NEWEST = DAY("2026-09-30")
WEEKS = Weeks("2026-Q3", DAY("2026-09-21"), DAY("2026-09-28"), NEWEST, NEWEST)


@pytest.fixture
def log(make_log):
    return make_log(
        {"source": "jira", "local_date": "2026-09-30", "hours": None, "tag": "creative"},
        {"source": "jira", "local_date": "2026-07-02", "performer": "human", "team": "blue"},
        {"source": "toggl", "local_date": "2026-09-20"},
        {"source": "toggl", "local_date": "2027-01-01"},
        {"source": "toggl", "local_date": "2026-09-22", "performer": "ai", "hours": 2.0},
        {"source": "toggl", "local_date": "2026-09-23", "part": 1},
        {"source": "ics", "local_date": "2026-10-05"},
    )


def test_days_behind_count_from_the_newest_day_and_later_entries_apart(log):
    table = how_fresh(log, by="source", newest=NEWEST)
    assert table["source"].tolist() == ["ics", "toggl", "jira"]
    assert table["days_behind"].tolist() == [pd.NA, 7, 0]
    assert table["last_day"].tolist() == [pd.NaT, DAY("2026-09-23"), NEWEST]
    assert table["n_later"].tolist() == [1, 1, 0]
    assert table["n_entries"].tolist() == [1, 4, 2]


def test_the_engine_of_the_log_gives_the_same(log):
    relation = duckdb.connect().from_df(log)
    for by in ("source", "team"):
        pd.testing.assert_frame_equal(
            how_fresh(relation, by=by, newest=NEWEST), how_fresh(log, by=by, newest=NEWEST)
        )
    pd.testing.assert_frame_equal(
        completeness(relation, weeks=WEEKS), completeness(log, weeks=WEEKS)
    )
    pd.testing.assert_frame_equal(
        entries_by_month(relation, until=NEWEST), entries_by_month(log, until=NEWEST)
    )


def test_what_is_unsaid_is_part_of_the_tasks_in_the_weeks(log):
    table = completeness(log, weeks=WEEKS)
    # Two tasks: the creative one without hours, and the AI's; a day after midnight is none.
    assert table.to_numpy().tolist() == [["red", 2, 0.5, 0.5, 0.5]]
    assert list(table) == ["team", "n_tasks", "unknown_performer", "untagged", "without_hours"]


def test_every_month_stands_there_for_every_source_the_empty_ones_too(log):
    table = entries_by_month(log, until=NEWEST)
    assert table["source"].tolist() == ["jira"] * 3 + ["toggl"] * 3
    assert table["month"].tolist() == ["2026-07", "2026-08", "2026-09"] * 2
    assert table["n_entries"].tolist() == [1, 0, 1, 0, 0, 2]
    assert table["hours"].tolist() == [1.0, 0.0, 0.0, 0.0, 0.0, 4.0]


def test_only_so_many_months(log):
    table = entries_by_month(log, until=NEWEST, n_months=2)
    assert table["month"].unique().tolist() == ["2026-09"]
