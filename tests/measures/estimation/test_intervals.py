"""Intervals stay within 0 and 1, and say so where they were cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.errors import MeasureError
from taskmix.measures.estimation import audit_size, change_interval, half_width, share_interval


def test_the_interval_is_that_of_the_logit():
    low, high, clipped = share_interval(np.array([0.2]), np.array([0.04]), df=np.inf)
    # logit(.2) = −1.3863, se .04/.16 = .25: −1.3863 ± 1.95996 · .25
    assert low[0] == pytest.approx(1 / (1 + np.exp(1.386294 + 0.489991)), abs=1e-6)
    assert high[0] == pytest.approx(1 / (1 + np.exp(1.386294 - 0.489991)), abs=1e-6)
    assert not clipped[0]


def test_few_degrees_of_freedom_widen_it():
    few = share_interval(np.array([0.2]), np.array([0.04]), df=4)
    many = share_interval(np.array([0.2]), np.array([0.04]), df=400)
    assert few[0][0] < many[0][0] < many[1][0] < few[1][0]


def test_outside_0_and_1_it_is_walds_clipped_and_marked():
    low, high, clipped = share_interval(np.array([-0.01, 1.0]), np.array([0.02, 0.01]), df=np.inf)
    assert low.tolist() == pytest.approx([0.0, 1 - 0.0195996], abs=1e-6)
    assert high.tolist() == pytest.approx([-0.01 + 0.0391993, 1.0], abs=1e-6)
    assert clipped.tolist() == [True, True]


@given(st.floats(-0.2, 1.2), st.floats(0, 0.5), st.integers(1, 500))
def test_it_never_leaves_0_and_1_and_holds_the_estimate_where_that_is_inside(share, se, df):
    low, high, _ = share_interval(np.array([share]), np.array([se]), df=df)
    assert 0 <= low[0] <= high[0] <= 1
    if 0 < share < 1:
        assert low[0] <= share + 1e-12
        assert share - 1e-12 <= high[0]


def test_a_change_is_clipped_where_no_share_can_go():
    low, high = change_interval(np.array([0.9]), np.array([0.1]), df=np.inf)
    assert (low[0], high[0]) == (pytest.approx(0.9 - 0.195996, abs=1e-6), 1.0)


def test_the_size_of_an_audit_follows_the_half_width_asked_for():
    assert audit_size(0.0275) == 400
    assert audit_size(0.0365, worst=True) == 400
    assert half_width(400) == pytest.approx(0.0275)
    assert half_width(100, worst=True) == pytest.approx(0.073)


@pytest.mark.parametrize("asked", [0, 1, -0.1, 3])
def test_a_half_width_in_points_is_an_error_that_says_so(asked):
    with pytest.raises(MeasureError, match=f"half_width is {asked}; give a share"):
        audit_size(asked)
    with pytest.raises(MeasureError, match="takes at least one answered task"):
        half_width(0)
