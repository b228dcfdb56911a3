"""The S-curve's middle and width come back, and their intervals hold them as often as they say."""

import numpy as np
import pytest

from taskmix.measures.shifts.curvefit import fit_curve
from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import draw_noise

MONTHS = np.arange(24.0)


def curve(middle, width, months=MONTHS):
    return 0.05 + 0.6 * logistic(months, middle, width)


@pytest.mark.parametrize(("middle", "width"), [(11.3, 8.0), (9.8, 3.0)])
def test_without_noise_the_curve_comes_back(middle, width):
    found = fit_curve(MONTHS, curve(middle, width))
    assert (found.middle, found.width) == pytest.approx((middle, width), abs=0.01)
    assert (found.level, found.ceiling) == pytest.approx((0.05, 0.65), abs=0.002)


def test_a_fall_goes_from_the_higher_level_to_the_lower():
    found = fit_curve(MONTHS, 1 - curve(11.3, 8.0))
    assert (found.level, found.ceiling) == pytest.approx((0.95, 0.35), abs=0.002)
    assert found.middle == pytest.approx(11.3, abs=0.01)


def test_months_may_be_missing():
    months = np.delete(MONTHS, [5, 6, 14])
    found = fit_curve(months, curve(11.3, 8.0, months))
    assert found.middle == pytest.approx(11.3, abs=0.01)


def test_months_of_few_tasks_weigh_less():
    values = curve(11.3, 8.0) + 0.01 * draw_noise(0, MONTHS, n=1, rng=np.random.default_rng(3))[0]
    values[[3, 19]] = [0.5, 0.2]
    counted = np.where(np.isin(MONTHS, [3, 19]), 2.0, 400.0)
    weighed = fit_curve(MONTHS, values, n_counted=counted)
    alike = fit_curve(MONTHS, values)
    assert abs(weighed.middle - 11.3) < 0.3
    assert abs(alike.width - 8) > abs(weighed.width - 8)


def held(*, width, rho=0.0, n_counted=None, n=100, seed=0):
    """Fit drawn curves; how often the intervals of middle and width hold the truth."""
    rng = np.random.default_rng(seed)
    inside = []
    for _ in range(n):
        middle = rng.uniform(8, 16)
        values = curve(middle, width)
        if n_counted is None:
            values = values + 0.04 * draw_noise(rho, MONTHS, n=1, rng=rng)[0]
            counted = None
        else:
            values = rng.binomial(n_counted, values) / n_counted
            counted = np.full(24, float(n_counted))
        found = fit_curve(MONTHS, values, n_counted=counted)
        inside.append(
            [
                found.middle_range[0] <= middle <= found.middle_range[1],
                found.width_range[0] <= width <= found.width_range[1],
            ]
        )
    return np.mean(inside, axis=0)


@pytest.mark.parametrize(
    "options",
    [{"width": 1.0}, {"width": 8.0}, {"width": 8.0, "rho": 0.4}, {"width": 6.0, "n_counted": 40}],
    ids=["jump", "curve", "memory", "few tasks"],
)
def test_intervals_hold_the_truth(options):
    assert held(**options) == pytest.approx([0.95, 0.95], abs=0.051)


def test_forgetting_that_noise_remembers_makes_intervals_too_short(monkeypatch):
    monkeypatch.setattr("taskmix.measures.shifts.curvefit.cautious", lambda *_: 0.0)
    assert held(width=8.0, rho=0.6).max() < 0.85


def test_the_interval_of_a_line_reaches_the_edges():
    values = 0.02 * MONTHS + 0.02 * draw_noise(0, MONTHS, n=1, rng=np.random.default_rng(1))[0]
    found = fit_curve(MONTHS, values)
    assert found.middle_range[1] - found.middle_range[0] > 6


def test_a_jumps_width_may_be_nothing():
    found = fit_curve(MONTHS, 0.1 + 0.5 * (MONTHS >= 12))
    assert found.width_range[0] == 0.0
    assert 11.0 <= found.middle <= 12.0


def test_standard_errors_are_those_of_many_curves():
    rng = np.random.default_rng(2)
    fits = [fit_curve(MONTHS, curve(12.0, 8.0) + 0.02 * rng.standard_normal(24)) for _ in range(80)]
    spread = np.std([found.middle for found in fits])
    assert np.median([found.middle_se for found in fits]) == pytest.approx(spread, rel=0.3)
