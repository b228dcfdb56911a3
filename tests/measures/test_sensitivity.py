"""A result is restated for another human share of work done with AI."""

import pandas as pd
import pytest

from taskmix.measures import execution_by_performer, rollup, shares
from taskmix.measures.sensitivity import count_both_as, sensitivity


@pytest.fixture
def rolled(make_log, make_sorted):
    log = make_log(
        {"tag": "execution", "hours": 4.0, "performer": "both"},
        {"hours": 2.0, "performer": "both"},
        {"tag": "judgment", "hours": 6.0, "performer": "human"},
        {"tag": "execution", "hours": 1.0, "performer": "ai"},
    )
    made = make_sorted({"t0001": (0.5, 0.5, 0.0, 0.0)})
    return lambda share: rollup(log, made, frequency="quarter", both_human_share=share)


@pytest.mark.parametrize(("counted_as", "human_share"), [(1.0, 0.5), (0.5, 1.0), (0.8, 0.0)])
def test_counting_again_equals_rolling_up_again(rolled, counted_as, human_share):
    again = count_both_as(rolled(counted_as), counted_as=counted_as, human_share=human_share)
    pd.testing.assert_frame_equal(again, rolled(human_share))


def test_a_measure_is_told_once_a_share(rolled):
    table = sensitivity(rolled(1.0), shares, counted_as=1.0, by=("period",))
    execution = table[table["category"] == "execution"].set_index("both_human_share")["share"]
    assert execution.to_dict() == pytest.approx({1.0: 5 / 12, 0.5: 2.5 / 9})


def test_counts_of_tasks_do_not_hang_on_it(rolled):
    table = sensitivity(rolled(1.0), execution_by_performer, counted_as=1.0)
    assert table["both"].nunique() == 1


def test_hours_that_were_counted_as_none_do_not_come_back(rolled):
    assert count_both_as(rolled(0.0), counted_as=0.0, human_share=0.5) is None
    assert sensitivity(rolled(0.0), shares, counted_as=0.0).empty
    asked = sensitivity(rolled(0.0), shares, counted_as=0.0, human_shares=[0.0, 0.5])
    assert asked["both_human_share"].unique().tolist() == [0.0]


def test_the_callers_roll_up_is_untouched(rolled):
    cells = rolled(1.0)
    before = cells.copy(deep=True)
    sensitivity(cells, shares, counted_as=1.0)
    pd.testing.assert_frame_equal(cells, before)
