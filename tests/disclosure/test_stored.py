"""Plans in the table ``releases``: read by their period and version, never changed."""

import shutil

import pandas as pd
import pytest

from taskmix.batch.plans import make_plan, stored_plans
from taskmix.batch.releases import mark_released, store_plan
from taskmix.disclosure import check_team_may_be_shown, plan_for
from taskmix.errors import DisclosureError
from taskmix.measures import choose_scope
from taskmix.settings import Settings
from taskmix.store import TABLES, merge_rows, open_log, read_table, table_version

pytestmark = pytest.mark.xdist_group("stored_plans")

TODAY = pd.Timestamp("2026-11-22")
COUNTS = {"a": 12, "b": 11, "c": 3}


def log_rows(make_log, extra=()):
    rows = [
        {"team": team, "person": f"{team}{n}", "local_date": day}
        for team, n_people in COUNTS.items()
        for n in range(n_people)
        for day in ("2026-05-04", "2026-08-03")
    ]
    made = make_log(*rows, *extra)
    return made.assign(month="2026-05", digest="d", logged_as="p", file="f", run_id="r")


def write(processed, rows):
    rows = rows[TABLES["tasks"].fields.names]
    merge_rows(processed, "tasks", changed=rows, removed=[], run_id="r")


@pytest.fixture(scope="module")
def made(make_log, tmp_path_factory):
    folder = tmp_path_factory.mktemp("stored")
    settings = Settings(project=folder)
    write(settings.processed, log_rows(make_log))
    return settings


@pytest.fixture
def settings(made, tmp_path):
    shutil.copytree(made.project, tmp_path / "w")
    return Settings(project=tmp_path / "w")


def scope_of(log, period="2026-Q3", **options):
    return choose_scope(log, period=period, today=TODAY, **options)


def test_one_plan_for_all_groups_whichever_teams_page_asks(settings):
    log = open_log(settings.processed)
    plans = [plan_for(log, scope_of(log, team=team), settings) for team in ("", "a", "c")]
    assert plans[0] == plans[1] == plans[2]
    assert plans[0].teams == {("2026-Q2", "a"), ("2026-Q3", "a")}
    assert plans[0].n_people[("2026-Q3", "a")] == 12
    assert plan_for(log, scope_of(log, n_history=1), settings).teams == {("2026-Q3", "a")}


def test_a_plan_that_was_only_computed_says_so(settings):
    log = open_log(settings.processed)
    assert not plan_for(log, scope_of(log), settings).stored
    kept = store_plan(log, scope_of(log), settings)
    read = plan_for(log, scope_of(log), settings)
    assert read.stored
    assert read == kept


def test_the_same_plan_is_stored_once_and_released_once(settings):
    log = open_log(settings.processed)
    first = store_plan(log, scope_of(log), settings)
    mark_released(settings, first.plan_id)
    rows = len(read_table(settings.processed, "releases"))
    again = store_plan(log, scope_of(log), settings)
    mark_released(settings, again.plan_id)
    assert again == first
    assert len(read_table(settings.processed, "releases")) == rows


def test_members_are_kept_of_what_is_shown_alone(settings):
    log = open_log(settings.processed)
    store_plan(log, scope_of(log), settings)
    rows = read_table(settings.processed, "releases").set_index("decision")
    assert {len(members) for members in rows.loc[["merged"], "members"]} == {0}
    assert {len(members) for members in rows.loc[["shown"], "members"]} == {12, 26}


def test_another_version_or_minimum_has_another_plan(settings, make_log):
    log = open_log(settings.processed)
    store_plan(log, scope_of(log), settings)
    other = Settings(project=settings.project, privacy={"min_people": 12})
    assert not plan_for(log, scope_of(log), other).stored
    write(settings.processed, log_rows(make_log, [{"task_id": "new", "person": "d"}]).tail(1))
    later = open_log(settings.processed)
    assert not plan_for(later, scope_of(later), settings).stored
    old = open_log(settings.processed, version=0)
    assert plan_for(old, scope_of(old), settings).stored


def late(make_log, n_people):
    rows = [
        {"task_id": f"late{n}", "team": "a", "person": f"a{n}", "local_date": "2026-08-20"}
        for n in range(n_people)
    ]
    return log_rows(make_log, rows).tail(n_people)


def test_late_hours_of_a_few_are_refused_in_words(settings, make_log):
    log = open_log(settings.processed)
    mark_released(settings, store_plan(log, scope_of(log), settings).plan_id)
    write(settings.processed, late(make_log, 3))
    log = open_log(settings.processed)
    plan = store_plan(log, scope_of(log), settings)
    assert plan.refused
    told = r"2026-Q3 is not published again.*fewer than 10.*unless `taskmix forget` removed its"
    with pytest.raises(DisclosureError, match=told):
        check_team_may_be_shown(plan, period="2026-Q3", team=None)
    # The page of the version that is out can be made again.
    old = open_log(settings.processed, version=0)
    assert not store_plan(old, scope_of(old), settings).refused
    # In a later report the quarter is a gap, and says why.
    write(settings.processed, log_rows(make_log, [
        {"task_id": f"q4-{n}", "team": "a", "person": f"a{n}", "local_date": "2026-10-08"}
        for n in range(12)
    ]).tail(12))  # fmt: skip
    log = open_log(settings.processed)
    after = store_plan(log, scope_of(log, "2026-10"), settings)
    assert not after.refused
    quarter = store_plan(log, scope_of(log, "2026-Q4"), settings)
    gaps = {s["period"]: s["reason"] for s in quarter.suppressed if not s["team"]}
    assert gaps == {"2026-Q3": "its data changed since it was published"}


def test_late_hours_of_many_make_a_new_plan(settings, make_log):
    log = open_log(settings.processed)
    mark_released(settings, store_plan(log, scope_of(log), settings).plan_id)
    write(settings.processed, late(make_log, 11))
    log = open_log(settings.processed)
    assert not store_plan(log, scope_of(log), settings).refused


def test_an_analyst_sees_what_was_decided_and_released(settings):
    assert stored_plans(settings) == []
    with pytest.raises(DisclosureError, match="no release plan is stored for 2026-Q3"):
        stored_plans(settings, period="2026-Q3")
    made = make_plan(settings, period="2026-Q3")
    assert (made.period, made.table_version, made.released_at) == ("2026-Q3", 0, None)
    assert made.counts == {"shown": 8, "merged": 8, "hidden": 0}
    assert made.own.set_index("team")["decision"].to_dict()["c"] == "merged"
    mark_released(settings, made.plan_id)
    (shown,) = stored_plans(settings, period="2026Q3")
    assert shown.released_at is not None
    assert table_version(settings.processed, "releases") == 1
