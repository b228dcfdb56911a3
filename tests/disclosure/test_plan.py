"""Frames and pages cut down to what a plan shows."""

import pandas as pd
import pytest

from taskmix.disclosure import check_team_may_be_shown, decide, suppress, view_of
from taskmix.errors import DisclosureError
from taskmix.measures import Scope

MONTH = "2026-07"


def scope(period=MONTH, history=(MONTH,), frequency="month"):
    return Scope(period, "2026-06", None, frequency, history)


@pytest.fixture
def plan_of(make_staff):
    def made(*rows, min_people=10, at=None, **options):
        flat = [row for part in rows for row in part]
        at = at or scope()
        decisions = decide(
            make_staff.sums(flat), period=at.period, min_people=min_people, **options
        )
        return view_of(decisions, at, min_people=min_people)

    return made


@pytest.fixture
def plan(plan_of, make_staff):
    staff = make_staff.staff
    return plan_of(
        staff("a", 30, department="north"), staff("b", 12, department="north"),
        staff("c", 6, department="south"), staff("d", 7, department="south"),
    )  # fmt: skip


def test_groups_below_min_people_are_absent_from_every_column(plan):
    frame = pd.DataFrame({"period": MONTH, "team": ["a", "b", "c", "d"], "share": 0.5})
    shown = suppress(frame, plan)
    assert shown["team"].tolist() == ["a", "b"]
    assert not shown.astype("str").isin(["c", "d"]).to_numpy().any()


def test_merged_teams_are_a_row_of_frames_that_were_regrouped(plan):
    cells = pd.DataFrame({"period": MONTH, "team": ["a", "b", "c", "d"], "hours": [1.0, 2, 3, 4]})
    sums = plan.regrouped(cells).groupby(["period", "team"], as_index=False)["hours"].sum()
    shown = suppress(sums, plan)
    assert dict(zip(shown["team"], shown["hours"], strict=True)) == {
        "a": 1, "b": 2, "other teams of south": 7
    }  # fmt: skip
    assert shown["hours"].sum() == cells["hours"].sum()
    assert cells["team"].tolist() == ["a", "b", "c", "d"]


def test_frames_of_departments_go_by_departments(plan_of, make_staff):
    staff = make_staff.staff
    made = plan_of(
        staff("a", 30, department="north"), staff("b", 12, department="south"),
        staff("c", 4, department="west"),
    )  # fmt: skip
    frame = pd.DataFrame({"period": MONTH, "department": ["north", "south", "west"]})
    assert suppress(frame, made)["department"].tolist() == ["north"]
    both = frame.assign(team=["a", "b", "c"])
    assert suppress(both, made)["team"].tolist() == ["a"]


def test_people_are_counted_only_of_groups_that_may_be_shown(plan):
    assert plan.n_people == {(MONTH, None): 55, (MONTH, "a"): 30, (MONTH, "b"): 12}


def test_counts_say_how_many_and_why_and_never_which(plan):
    (counted,) = plan.counts()
    assert counted == {
        "kind": "team", "outcome": "merged", "reason": "fewer people than the minimum", "n": 2
    }  # fmt: skip


def test_a_personal_workspace_shows_its_one_person(plan_of, make_staff):
    made = plan_of(make_staff.staff("unassigned", 1), min_people=1)
    assert made.publishable
    assert made.suppressed == []


def test_a_whole_below_the_minimum_is_not_for_publication(plan_of, make_staff):
    made = plan_of(make_staff.staff("a", 8))
    assert not made.publishable
    assert made.totals == {MONTH}


def test_small_totals_of_other_periods_are_suppressed(plan_of, make_staff):
    staff = make_staff.staff
    both = scope(history=("2026-06", MONTH))
    made = plan_of(staff("a", 12), staff("a", 3, month="2026-06"), at=both)
    frame = pd.DataFrame({"period": ["2026-06", MONTH], "share": [0.1, 0.2]})
    assert suppress(frame, made)["period"].tolist() == [MONTH]
    assert suppress(frame, made, team="a")["period"].tolist() == [MONTH]


def test_one_plan_can_be_looked_at_over_months(plan_of, make_staff):
    staff = make_staff.staff
    rows = [staff("a", 12, month=m) for m in ("2026-07", "2026-08", "2026-09")]
    made = plan_of(*rows, at=scope("2026-Q3", ("2026-Q3",), "quarter"))
    assert made.totals == {"2026-Q3"}
    months = made.over(scope("2026-09", ("2026-08", "2026-09")))
    assert months.totals == {"2026-08", "2026-09"}
    assert months.publishable


@pytest.mark.parametrize(
    ("team", "why"),
    [("c", "fewer than 10 people"), ("b", "would give a smaller team away")],
)
def test_a_report_on_a_suppressed_team_is_refused(plan_of, make_staff, team, why):
    staff = make_staff.staff
    made = plan_of(staff("a", 30), staff("b", 12), staff("c", 4))
    check_team_may_be_shown(made, period=MONTH, team="a")
    with pytest.raises(DisclosureError, match=f"team '{team}' is not shown for {MONTH}.*{why}"):
        check_team_may_be_shown(made, period=MONTH, team=team)
