"""Execution's hours are taken apart exactly, and nothing is taken apart where there are none."""

from math import log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures import rollup
from taskmix.measures.executionmoves import execution_moves

COLUMNS = ["period", "performer", "expected_execution_units", "expected_execution"]


def rolled(*rows, oversight="none", n_without_hours=0):
    """Cells of (period, performer, execution tasks, hours of execution)."""
    frame = pd.DataFrame(rows, columns=COLUMNS).astype({"period": "str", "performer": "str"})
    facts = {"label": "execution", "n_tasks": 100, "n_without_hours": n_without_hours}
    return frame.assign(oversight=oversight, **facts)


def moves(cells, **options):
    return execution_moves(cells, period="2026", against="2025", **options).set_index("factor")


def test_the_three_effects_are_those_computed_by_hand():
    cells = rolled(
        ("2025", "human", 90.0, 180.0), ("2025", "ai", 10.0, 0.0),
        ("2026", "human", 60.0, 80.0), ("2026", "both", 30.0, 50.0), ("2026", "ai", 60.0, 0.0),
    )  # fmt: skip
    table = moves(cells)
    assert table["before"].to_dict() == pytest.approx(
        {"tasks": 100, "human_share": 0.9, "hours_per_task": 2.0}
    )
    assert table["now"].to_dict() == pytest.approx(
        {"tasks": 150, "human_share": 0.6, "hours_per_task": 130 / 90}
    )
    mean = (130 - 180) / log(130 / 180)
    assert table["hours"].to_dict() == pytest.approx(
        {
            "tasks": mean * log(1.5),
            "human_share": mean * log(0.6 / 0.9),
            "hours_per_task": mean * log(130 / 90 / 2),
        }
    )
    assert table["why_not"].tolist() == ["", "", ""]


def test_of_a_person_week_more_people_are_no_effect():
    cells = rolled(("2025", "human", 100.0, 200.0), ("2026", "human", 300.0, 600.0))
    weeks = pd.DataFrame({"period": ["2025", "2026"], "person_weeks": [10.0, 30.0]})
    assert moves(cells)["hours"].to_dict() == pytest.approx(
        {"tasks": 400, "human_share": 0, "hours_per_task": 0}
    )
    table = moves(cells, person_weeks=weeks)
    assert table["hours"].abs().max() == pytest.approx(0, abs=1e-12)
    assert table.loc["tasks", "before"] == 10


def test_durations_that_are_missing_are_a_factor_of_their_own():
    before = rolled(("2025", "human", 100.0, 100.0))
    cells = pd.concat([before, rolled(("2026", "human", 100.0, 50.0), n_without_hours=50)])
    table = moves(cells)
    assert table["now"].to_dict() == {
        "tasks": 100.0, "human_share": 1.0, "timed": 0.5, "hours_per_task": 1.0,
    }  # fmt: skip
    assert table["hours"].to_dict() == pytest.approx(
        {"tasks": 0, "human_share": 0, "timed": -50, "hours_per_task": 0}
    )


def test_overseeing_ai_is_no_execution():
    cells = rolled(("2025", "human", 10.0, 20.0), ("2026", "human", 10.0, 10.0))
    overseen = rolled(("2026", "both", 50.0, 60.0), oversight="rework")
    pd.testing.assert_frame_equal(moves(pd.concat([cells, overseen])), moves(cells))


amount = st.floats(0.01, 1e5)


@settings(max_examples=30, deadline=None)
@given(st.lists(amount, min_size=6, max_size=6), st.integers(0, 99), st.floats(1, 1000))
def test_the_effects_sum_to_the_change(numbers, missing, weeks):
    n0, h0, ai0, n1, h1, ai1 = numbers
    cells = pd.concat(
        [
            rolled(("2025", "human", n0, h0), ("2025", "ai", ai0, 0.0)),
            rolled(("2026", "human", n1, h1), ("2026", "ai", ai1, 0.0), n_without_hours=missing),
        ]
    )
    person_weeks = pd.DataFrame({"period": ["2025", "2026"], "person_weeks": [10.0, weeks]})
    assert moves(cells)["hours"].sum() == pytest.approx(h1 - h0, abs=1e-9 * max(h0, h1, 1))
    assert moves(cells, person_weeks=person_weeks)["hours"].sum() == pytest.approx(
        h1 / weeks - h0 / 10, abs=1e-9 * max(h0, h1, 1)
    )


@pytest.mark.parametrize("grown", [0.0, 1e-13, 1e-9, 1e-6])
def test_a_change_next_to_nothing_is_taken_apart_too(grown):
    # Many more tasks that take as much less time: large effects in a change of nearly 0.
    cells = rolled(("2025", "human", 10.0, 100.0), ("2026", "human", 40.0, 100.0 * (1 + grown)))
    table = moves(cells)
    assert table["hours"].sum() == pytest.approx(100 * grown, abs=1e-9)
    assert table.loc["tasks", "hours"] == pytest.approx(100 * log(4), rel=1e-5)


@pytest.mark.parametrize(
    ("rows", "why_not"),
    [
        ([("2026", "human", 1.0, 1.0)], "no hours of execution in 2025"),
        (
            [("2025", "human", 1.0, 1.0), ("2026", "ai", 5.0, 0.0)],
            "no hours of execution in 2026",
        ),
        ([("2024", "human", 1.0, 1.0)], "no hours of execution in 2025 and 2026"),
    ],
)
def test_without_hours_of_execution_no_effect_is_given(rows, why_not):
    table = moves(rolled(*rows))
    assert table["hours"].isna().all()
    assert set(table["why_not"]) == {why_not}


def test_a_roll_up_gives_what_it_needs(make_log, make_sorted):
    executed = {"tag": "execution", "performer": "human"}
    log = make_log(
        {**executed, "hours": 4.0, "local_date": "2025-03-03"},
        {**executed, "hours": 2.0, "local_date": "2026-03-03"},
        {**executed, "hours": None, "local_date": "2026-03-03"},
        {**executed, "hours": 9.0, "local_date": "2026-03-03", "performer": "ai"},
        {**executed, "hours": 5.0, "local_date": "2026-03-03", "oversight": "checking"},
    )
    table = moves(rollup(log, make_sorted({}), frequency="year"))
    assert table["now"].to_dict() == pytest.approx(
        {"tasks": 3, "human_share": 2 / 3, "timed": 0.5, "hours_per_task": 2}
    )
    assert table["hours"].sum() == pytest.approx(-2)
