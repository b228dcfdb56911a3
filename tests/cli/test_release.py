"""``taskmix release``: what was decided on the demo's groups, and what of it is out."""

import pytest

from taskmix.settings import load_settings
from taskmix.store import table_version

pytestmark = pytest.mark.xdist_group("demo")

KEYS = {"plan_id", "period", "table_version", "made_at", "released_at", "publishable", "counts",
        "reasons", "exposed", "groups"}  # fmt: skip


def test_a_made_report_has_a_plan_that_was_released(taskmix, demo):
    shown = taskmix("release", "show", "--period", "2026-Q3", "--project", demo, "--json")
    assert shown.code == 0, shown.err
    (plan,) = shown.json["plans"]
    assert plan.keys() == KEYS
    assert plan["released_at"] is not None
    assert plan["publishable"]
    assert sum(plan["counts"].values()) == 12 * 9
    small = [group for group in plan["groups"] if group["n_people"] < 10]
    assert small
    assert {group["decision"] for group in small} <= {"merged", "hidden"}
    assert "as other teams (fewer people than the minimum)" in shown.out


def test_planning_the_same_again_stores_nothing(taskmix, demo):
    before = table_version(load_settings(demo).processed, "releases")
    made = taskmix("release", "plan", "--period", "2026-Q3", "--project", demo, "--json")
    assert made.code == 0, made.err
    assert made.json.keys() == KEYS
    assert table_version(load_settings(demo).processed, "releases") == before


def test_a_period_without_a_plan_is_a_clean_error(taskmix, demo):
    shown = taskmix("release", "show", "--period", "2019", "--project", demo)
    assert (shown.code, shown.out) == (1, "")
    assert shown.err.startswith(
        "taskmix: no release plan is stored for 2019; `taskmix release plan"
    )
