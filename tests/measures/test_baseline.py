"""A change is told against the same season where it can be, and never against nothing."""

import pytest

from taskmix.errors import PeriodError
from taskmix.measures import Scope
from taskmix.measures.baseline import choose_baseline

HISTORY = ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", HISTORY)


@pytest.mark.parametrize(
    ("shown", "chosen"),
    [
        (HISTORY, "2025-Q3"),
        (HISTORY[4:], "2026-Q1"),
        (("2025-Q1", "2026-Q3"), "2025-Q1"),
        (("2026-Q3",), "2026-Q2"),
        (("2026-Q4",), "2026-Q2"),
    ],
)
def test_the_same_season_comes_first_then_the_oldest_shown(shown, chosen):
    assert choose_baseline(SCOPE, shown) == chosen


def test_months_look_twelve_months_back():
    scope = Scope("2026-09", "2026-08", None, "month", ("2025-09", "2026-08", "2026-09"))
    assert choose_baseline(scope, scope.history) == "2025-09"


def test_a_wanted_period_is_taken_however_it_is_written():
    assert choose_baseline(SCOPE, HISTORY, wanted=" 2025q1 ") == "2025-Q1"


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("2026-08", "baseline '2026-08' is not as long as 2026-Q3; name a quarter"),
        ("2026-Q3", "baseline 2026-Q3 is no period before 2026-Q3 that this page shows; it can be"),
        ("2020-Q1", "baseline 2020-Q1 is no period before 2026-Q3"),
        ("soon", "period 'soon' is not understood"),
    ],
)
def test_a_baseline_that_cannot_be_is_refused(wanted, sentence):
    with pytest.raises(PeriodError, match=sentence):
        choose_baseline(SCOPE, HISTORY, wanted=wanted)


def test_where_nothing_earlier_is_shown_none_can_be_wanted():
    with pytest.raises(PeriodError, match="that this page shows; there is none"):
        choose_baseline(SCOPE, ("2026-Q3",), wanted="2026-Q2")
