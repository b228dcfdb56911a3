"""A report's scope: a period with data, a team that exists, or a clear error."""

import pandas as pd
import pytest

from taskmix.errors import PeriodError
from taskmix.measures import choose_scope, of_scope, rollup
from taskmix.store import TABLES, merge_rows, open_log


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
    scope = choose_scope(log)
    assert (scope.period, scope.before, scope.frequency) == ("2026-Q3", "2026-Q2", "quarter")


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
