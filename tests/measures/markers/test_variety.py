"""What is new to people, and how much variety they have, by hand."""

import numpy as np
import pytest

MARKERS = ("exploration", "breadth", "integration")
PERIOD = "2026-Q3"


def task(day, project="a", tag="execution", hours=1.0, **more):
    return {"local_date": day, "project": project, "tag": tag, "hours": hours, **more}


def test_hours_on_kinds_not_logged_in_180_days_before_the_period_are_new(measured, make_log):
    # 1 July less 180 days is 2 January.
    log = make_log(
        task("2025-12-20", "old"), task("2026-01-02", "known"), task("2026-01-01", "stale"),
        task("2026-07-05", "known", hours=4.0), task("2026-07-05", "stale", hours=2.0),
        task("2026-07-05", "never", hours=1.0), task("2026-09-30", "never", hours=1.0),
        task("2026-07-05", "known", tag="creative", hours=8.0),
    )  # fmt: skip
    table = measured(log)
    rows = table[(table["marker"] == "exploration") & (table["period"] == PERIOD)]
    assert rows["value"].tolist() == [pytest.approx((2 + 2 + 8) / 16)]


def test_what_a_mover_did_in_another_team_is_not_new(measured, make_log, value_of):
    log = make_log(
        task("2025-06-01"), task("2026-05-01", team="blue"), task("2026-07-05", hours=3.0),
        task("2026-07-05", "b"),
    )  # fmt: skip
    assert value_of(measured(log, by="team"), "exploration", period=PERIOD) == 0.25


def test_exploration_needs_six_months_of_log(measured, make_log, why_not):
    log = make_log(task("2026-03-20"), task("2026-07-05"))
    assert why_not(measured(log), "exploration", period=PERIOD) == (
        "not enough data: has 3 months, needs 6"
    )
    # 178 days are no six months, whatever they round to
    log = make_log(task("2026-01-04"), task("2026-07-05"))
    assert why_not(measured(log), "exploration", period=PERIOD) == (
        "not enough data: has 5 months, needs 6"
    )
    log = make_log(task("2026-06-20"), task("2026-07-05"))
    assert why_not(measured(log), "exploration", period="2026-Q2") == (
        "not enough data: has 0 months, needs 6"
    )


def test_a_joiner_to_whom_everything_is_new_is_not_counted(measured, make_log, value_of, why_not):
    rows = [task("2025-06-01"), task("2026-07-05"), task("2026-07-05", "b")]
    joiner = [task("2026-06-01", person="bo"), task("2026-07-06", "c", person="bo")]
    assert value_of(measured(make_log(*rows, *joiner)), "exploration", period=PERIOD) == 1.0
    alone = measured(make_log(task("2025-06-01"), *joiner), by="organisation")
    assert why_not(alone, "exploration", period=PERIOD) == (
        "not enough data: has 0 people with 1 logged days and 180 days of log before, needs 1"
    )


def test_breadth_is_over_project_and_category_and_needs_40_tasks(measured, make_log, value_of):
    kinds = [("a", "execution"), ("a", "judgment"), ("b", "execution"), ("b", "judgment")]
    log = make_log(*[task("2026-07-05", *kind) for kind in kinds * 10])
    assert value_of(measured(log), "breadth") == pytest.approx(4)
    # of 40 tasks 10 × 9 × 4 ordered pairs are alike in kind; projects alike: 20 × 19 × 2
    alike = 20 * 19 * 2 / (40 * 39)
    assert value_of(measured(log), "integration") == pytest.approx(1 / alike)


def test_fewer_than_40_tasks_are_no_breadth(measured, make_log, why_not):
    table = measured(make_log(*[task("2026-07-05")] * 39))
    for marker in ("breadth", "integration"):
        assert why_not(table, marker) == (
            "not enough data: has 0 people with 1 logged days and 40 tasks, needs 1"
        )


def test_an_entry_over_midnight_is_one_task(measured, make_log, value_of):
    log = make_log(
        *[task("2026-07-05")] * 20, *[task("2026-07-05", "b")] * 20,
        *[task("2026-07-06", part=1)] * 200,
    )  # fmt: skip
    assert value_of(measured(log), "breadth") == pytest.approx(2)


def test_an_untagged_task_is_of_the_likeliest_category(measured, make_log, value_of):
    log = make_log(*[task("2026-07-05")] * 20, *[task("2026-07-05", tag=None)] * 20)
    likely = {f"t{n:04d}": (0.3, 0.4, 0.2, 0.1) for n in range(20, 40)}
    assert value_of(measured(log, labels=likely), "breadth") == pytest.approx(2)
    same = {f"t{n:04d}": (0.4, 0.3, 0.2, 0.1) for n in range(20, 40)}
    assert value_of(measured(log, labels=same), "breadth") == pytest.approx(1)


def test_hours_without_a_project_are_of_no_kind(measured, make_log, why_not):
    log = make_log(task("2026-07-05", None, hours=5.1), *[task("2026-07-05", hours=0.1)] * 49)
    assert why_not(measured(log), "breadth") == (
        "not enough data: has a project for 49% of the hours, needs 50%"
    )


def test_ai_has_no_variety(measured, make_log, value_of):
    log = make_log(*[task("2026-07-05")] * 40, *[task("2026-07-05", "b", performer="ai")] * 40)
    assert value_of(measured(log), "breadth") == pytest.approx(1)


def test_a_persons_mean_counts_once_however_much_they_log(measured, make_log, value_of):
    one = [task("2026-07-05")] * 400
    two = [task("2026-07-05", p, person="bo") for p in "ab" * 20]
    assert value_of(measured(make_log(*one, *two)), "breadth") == pytest.approx(np.mean([1, 2]))
