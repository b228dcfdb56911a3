"""A report's scope: a period with data, a team that exists, or a clear error."""

import pandas as pd
import pytest

from taskmix.errors import PeriodError
from taskmix.measures import choose_scope, last_days, of_scope, rollup
from taskmix.store import TABLES, merge_rows, open_log

TODAY = pd.Timestamp("2026-11-22")


@pytest.fixture
def log(make_log, tmp_path):
    rows = make_log(
        {"local_date": "2025-12-30"}, {"local_date": "2026-07-03"}, {"local_date": "2026-10-02",
                                                                    "team": "Blüe <b>"},
    )  # fmt: skip
    rows = rows.assign(month="2026-01", digest="d", logged_as="p", file="f", run_id="r")
    merge_rows(
        tmp_path, "tasks", changed=rows[TABLES["tasks"].fields.names], removed=[], run_id="r"
    )
    return open_log(tmp_path)


def test_latest_is_the_last_complete_quarter(log):
    scope = choose_scope(log, today=TODAY)
    assert (scope.period, scope.before, scope.frequency) == ("2026-Q3", "2026-Q2", "quarter")


def test_a_word_counts_from_today(log):
    assert choose_scope(log, period="this-quarter", today=TODAY).period == "2026-Q4"
    assert choose_scope(log, period="last-year", today=TODAY).period == "2025"
    with pytest.raises(PeriodError, match=r"2026-11 \(this-month\) holds no data; the log runs"):
        choose_scope(log, period="this-month", today=TODAY)
    with pytest.raises(PeriodError, match="did you mean last-year"):
        choose_scope(log, period="lastyear", today=TODAY)


@pytest.mark.parametrize(
    ("period", "today", "over", "complete"),
    [
        ("2026-Q3", "2026-10-05", True, True), ("2026-Q3", "2026-09-30", False, False),
        ("2026-Q4", "2027-01-04", True, False), ("2026-Q4", "2026-10-03", False, False),
        ("2025-12", "2026-10-03", True, True), ("2026", "2026-12-31", False, False),
    ],
)  # fmt: skip
def test_a_period_is_complete_when_it_is_over_and_the_data_reach_its_end(
    log, period, today, over, complete
):
    scope = choose_scope(log, period=period, today=pd.Timestamp(today))
    assert (scope.over, scope.complete) == (over, complete)


def test_last_days_name_sources_and_teams_that_are_not_given_up(make_log, tmp_path):
    rows = make_log(
        {"source": "toggl", "local_date": "2026-09-29", "person": "ana"},
        {"source": "toggl", "local_date": "2026-05-04", "person": "bo"},
        {"source": "jira", "local_date": "2026-06-30", "team": "blue", "person": "cy"},
        {"source": "jira", "local_date": "2026-06-01", "local_end_date": "2026-08-03",
         "team": "blue", "person": "dan"},
        {"source": "dropped", "local_date": "2026-03-31", "team": "gone"},
    )  # fmt: skip
    rows = rows.assign(month="2026-01", digest="d", logged_as="p", file="f", run_id="r")
    merge_rows(
        tmp_path, "tasks", changed=rows[TABLES["tasks"].fields.names], removed=[], run_id="r"
    )
    log = open_log(tmp_path)
    scope = choose_scope(log, period="2026-Q3", today=TODAY)
    found = [tuple(row) for row in last_days(log, scope).itertuples(index=False)]
    day = pd.Timestamp
    assert found == [
        ("source", "jira", day("2026-08-03"), 2), ("source", "toggl", day("2026-09-29"), 2),
        ("team", "blue", day("2026-08-03"), 2), ("team", "red", day("2026-09-29"), 2),
    ]  # fmt: skip
    own = last_days(log, choose_scope(log, period="2026-Q3", team="blue", today=TODAY))
    assert own["name"].tolist() == ["jira", "blue"]


def test_history_begins_with_the_log(log):
    assert choose_scope(log, period="2026-Q2").history == ("2025-Q4", "2026-Q1", "2026-Q2")


def test_a_period_outside_the_log_is_an_error_that_says_what_there_is(log):
    with pytest.raises(PeriodError, match=r"2031-Q1 holds no data; .* 2025-12-30 to 2026-10-02"):
        choose_scope(log, period="2031-Q1")


def test_a_period_within_the_log_but_empty_is_an_error(log, make_log, make_sorted):
    scope = choose_scope(log, period="2026-Q2")
    cells = rollup(log.tasks, log.sorted, frequency="quarter")
    with pytest.raises(PeriodError, match="2026-Q2 holds no data for the log"):
        of_scope(cells, scope)


def test_an_unknown_team_is_an_error_that_proposes_the_near_one(log):
    with pytest.raises(PeriodError, match=r"team 'Blue <b>' is not in the log; did you mean Blüe"):
        choose_scope(log, team="Blue <b>")


def test_a_hostile_team_name_is_only_a_name(log):
    for name in ("../../etc", "<script>alert(1)</script>", "x" * 300, "\u202eteam"):
        with pytest.raises(PeriodError, match="is not in the log"):
            choose_scope(log, team=name)


def test_an_empty_log_asks_for_an_ingest(tmp_path):
    with pytest.raises(PeriodError, match="run `taskmix ingest`"):
        open_log(tmp_path)


def test_of_scope_keeps_one_teams_cells(log):
    scope = choose_scope(log, period="2026-Q4", team="Blüe <b>")
    cells = of_scope(rollup(log.tasks, log.sorted, frequency="quarter"), scope)
    assert isinstance(cells, pd.DataFrame)
    assert cells["team"].unique().tolist() == ["Blüe <b>"]


def test_a_period_that_only_long_tasks_reach_can_be_reported(make_log, make_sorted, tmp_path):
    rows = make_log({"local_date": "2026-06-01", "local_end_date": "2026-08-29", "hours": 90.0})
    rows = rows.assign(month="2026-06", digest="d", logged_as="p", file="f", run_id="r")
    merge_rows(
        tmp_path, "tasks", changed=rows[TABLES["tasks"].fields.names], removed=[], run_id="r"
    )
    log = open_log(tmp_path)
    scope = choose_scope(log, period="2026-Q3")
    for setting, hours in (("end", 90.0), ("evenly", 60.0)):
        cells = rollup(log.tasks, log.sorted, frequency="quarter", long_tasks=setting)
        by_period = of_scope(cells, scope).set_index("period")["hours"]
        assert by_period["2026-Q3"] == pytest.approx(hours)
