"""Parts of human hours by category and flag, by hand."""

import pytest

MARKERS = ("connection", "decision", "creativity", "creativity_with_ai", "guiding_ai", "rework")


def task(hours, tag="execution", **more):
    return {"hours": hours, "tag": tag, "project": "a", **more}


def test_connection_decision_and_creativity_are_parts_of_hours(measured, make_log, value_of):
    log = make_log(task(4), task(3, "judgment"), task(2, "creative"), task(1, "connective"))
    table = measured(log)
    found = [value_of(table, m) for m in ("connection", "decision", "creativity")]
    assert found == pytest.approx([0.1, 0.3, 0.2])


def test_untagged_hours_count_by_their_probabilities(measured, make_log, value_of):
    log = make_log(task(4, None), task(4, "judgment"))
    table = measured(log, labels={"t0000": (0.5, 0.25, 0.0, 0.25)})
    assert value_of(table, "decision") == pytest.approx(5 / 8)


def test_without_categories_there_is_no_share(measured, make_log, why_not):
    table = measured(make_log(task(4.9, "judgment"), task(5.1, None)))
    for marker in ("connection", "decision", "creativity"):
        assert why_not(table, marker) == (
            "not enough data: has a category for 49% of the hours, needs 50%"
        )


def test_creative_hours_with_ai_are_of_those_whose_performer_is_known(
    measured, make_log, value_of, why_not
):
    rows = [
        task(3, "creative", performer="human"), task(1, "creative", performer="both"),
        task(4, "creative", performer="unknown"), task(9, "judgment", performer="both"),
    ]  # fmt: skip
    assert value_of(measured(make_log(*rows)), "creativity_with_ai") == pytest.approx(0.25)
    rows[2] = task(4.1, "creative", performer="unknown")
    assert why_not(measured(make_log(*rows)), "creativity_with_ai") == (
        "not enough data: who did it is known for 49% of the creative hours, needs 50%"
    )


def test_what_ai_made_alone_is_nobodys_creativity(measured, make_log, value_of):
    log = make_log(
        task(1, "creative", performer="human"), task(1, performer="human"),
        task(50, "creative", performer="ai"),
    )  # fmt: skip
    assert value_of(measured(log), "creativity") == pytest.approx(0.5)


def test_guiding_and_rework_are_parts_of_the_hours_that_ai_touched(measured, make_log, value_of):
    rows = [
        task(4, performer="both"), task(2, performer="human", oversight="checking"),
        task(1, performer="both", oversight="rework"),
        task(1, performer="human", ai_mode="learning"),
        task(50, performer="human"), task(50, performer="ai"),
    ]  # fmt: skip
    table = measured(make_log(*rows * 150))
    assert value_of(table, "guiding_ai") == pytest.approx(3 / 8)
    assert value_of(table, "rework") == pytest.approx(1 / 8)


def test_half_of_what_was_done_together_can_count(measured, make_log, value_of):
    rows = [task(4, performer="both"),
            task(2, "judgment", performer="human", oversight="checking")]  # fmt: skip
    log = make_log(*rows * 100)
    table = measured(log, both_human_share=0.5)
    assert value_of(table, "guiding_ai") == pytest.approx(2 / 4)
    assert value_of(table, "decision") == pytest.approx(2 / 4)


def test_where_nobody_flags_oversight_it_is_not_none(measured, make_log, why_not):
    table = measured(make_log(task(4, performer="both")))
    for marker in ("guiding_ai", "rework"):
        assert why_not(table, marker) == (
            "not enough data: has no task flagged as overseeing AI, needs some"
        )


def test_a_few_tasks_with_ai_are_no_figure(measured, make_log, value_of, why_not):
    rows = [task(1, performer="both", oversight="rework"), task(1, performer="both"),
            task(1, performer="human")]  # fmt: skip
    table = measured(make_log(*rows * 99, task(1, performer="both")))
    assert why_not(table, "guiding_ai") == "not enough data: has 199 tasks with AI, needs 200"
    table = measured(make_log(*rows * 100))
    assert value_of(table, "guiding_ai") == pytest.approx(1 / 2)
    # rework is rarer, and needs more
    assert why_not(table, "rework") == "not enough data: has 200 tasks with AI, needs 600"
    # what ran over midnight is one task
    late = task(1, performer="both", part=1)
    assert "has 199 tasks" in why_not(measured(make_log(*rows * 99, rows[1], late)), "guiding_ai")


def test_a_long_task_counts_where_the_settings_say(measured, make_log, value_of):
    log = make_log(
        task(10, "judgment", local_date="2026-06-21", local_end_date="2026-07-10"),
        task(10, local_date="2026-06-21"), task(10, local_date="2026-07-10"),
    )  # fmt: skip
    at_start, evenly = measured(log), measured(log, long_tasks="evenly")
    assert value_of(at_start, "decision", period="2026-Q2") == pytest.approx(0.5)
    assert value_of(at_start, "decision", period="2026-Q3") == 0
    assert value_of(evenly, "decision", period="2026-Q3") == pytest.approx(5 / 15)
