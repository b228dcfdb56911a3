"""Small groups are absent, and cannot be had by subtraction."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.disclosure import check_team_may_be_shown, plan_for, release_plan, suppress
from taskmix.errors import DisclosureError
from taskmix.measures import choose_scope
from taskmix.settings import Settings
from taskmix.store import TABLES, merge_rows, open_log


def headcounts(teams: dict[str, int], *, period: str = "2026-Q3") -> pd.DataFrame:
    rows = [(period, None, sum(teams.values())), *((period, name, n) for name, n in teams.items())]
    frame = pd.DataFrame(rows, columns=["period", "team", "n_people"])
    return frame.astype({"period": "str", "team": "str"})


def planned(teams: dict[str, int], min_people: int = 10):
    people = headcounts(teams)
    return release_plan(people, period="2026-Q3", periods=("2026-Q3",), min_people=min_people)


def test_groups_below_min_people_are_absent_from_every_column():
    plan = planned({"a": 30, "b": 12, "c": 4, "d": 7})
    frame = pd.DataFrame({"period": "2026-Q3", "team": ["a", "b", "c", "d"], "share": 0.5})
    shown = suppress(frame, plan)
    assert shown["team"].tolist() == ["a", "b"]
    assert not shown.astype("str").isin(["c", "d"]).to_numpy().any()


def test_one_small_team_takes_the_next_with_it():
    plan = planned({"a": 30, "b": 12, "c": 4})
    assert plan.teams == {("2026-Q3", "a")}
    assert [(s["team"], s["reason"]) for s in plan.suppressed] == [
        ("c", "fewer people than the minimum"),
        ("b", "protects a smaller group"),
    ]


def test_without_small_teams_nothing_is_suppressed():
    assert planned({"a": 30, "b": 12}).suppressed == []


def test_a_personal_workspace_shows_its_one_person():
    plan = planned({"unassigned": 1}, min_people=1)
    assert plan.publishable
    assert plan.suppressed == []


def test_a_whole_below_the_minimum_is_not_for_publication():
    plan = planned({"a": 8})
    assert not plan.publishable
    assert plan.totals == {"2026-Q3"}


def test_small_totals_of_other_periods_are_suppressed():
    people = pd.concat([headcounts({"a": 12}), headcounts({"a": 3}, period="2026-Q2")])
    plan = release_plan(people, period="2026-Q3", periods=("2026-Q2", "2026-Q3"), min_people=10)
    frame = pd.DataFrame({"period": ["2026-Q2", "2026-Q3"], "share": [0.1, 0.2]})
    assert suppress(frame, plan)["period"].tolist() == ["2026-Q3"]
    assert suppress(frame, plan, team="a")["period"].tolist() == ["2026-Q3"]


def test_a_report_on_a_suppressed_team_is_refused():
    plan = planned({"a": 30, "b": 12, "c": 4})
    check_team_may_be_shown(plan, period="2026-Q3", team="a")
    with pytest.raises(DisclosureError, match="team 'c' is not shown for 2026-Q3"):
        check_team_may_be_shown(plan, period="2026-Q3", team="c")


@given(st.dictionaries(st.text("abcdef", min_size=1), st.integers(1, 40), min_size=1, max_size=12))
def test_what_is_hidden_is_never_one_small_remainder(teams):
    plan = planned(teams)
    shown = {team for _, team in plan.teams}
    hidden = [n for team, n in teams.items() if team not in shown]
    assert all(teams[team] >= 10 for team in shown)
    # The hidden teams' sum can be had from the total: it must be a group itself, or everything.
    assert not hidden or sum(hidden) >= 10 or not shown


def test_people_are_counted_only_of_groups_that_may_be_shown():
    plan = planned({"a": 30, "b": 12, "c": 4})
    assert plan.n_people == {("2026-Q3", None): 46, ("2026-Q3", "a"): 30}
    assert planned({"a": 8}).n_people == {("2026-Q3", None): 8}


def test_one_plan_for_all_groups_whichever_teams_page_asks(make_log, tmp_path):
    people = [*(("a", n) for n in range(12)), *(("b", n) for n in range(11)), ("c", 1)]
    rows = make_log(
        *({"team": team, "person": f"{team}{n}", "local_date": day}
          for team, n in people for day in ("2026-05-04", "2026-08-03"))
    ).assign(month="2026-05", digest="d", logged_as="p", file="f", run_id="r")  # fmt: skip
    merge_rows(
        tmp_path, "tasks", changed=rows[TABLES["tasks"].fields.names], removed=[], run_id="r"
    )
    log, settings = open_log(tmp_path), Settings(project=tmp_path)
    today = pd.Timestamp("2026-11-22")
    scopes = [
        choose_scope(log, period="2026-Q3", team=team, today=today) for team in ("", "a", "c")
    ]
    plans = [plan_for(log, scope, settings) for scope in scopes]
    assert plans[0] == plans[1] == plans[2]
    assert plans[0].teams == {("2026-Q2", "a"), ("2026-Q3", "a")}
    assert plans[0].n_people[("2026-Q3", "a")] == 12
    short = choose_scope(log, period="2026-Q3", n_history=1, today=today)
    assert plan_for(log, short, settings).teams == {("2026-Q3", "a")}
