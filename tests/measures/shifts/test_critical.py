"""False alarms stay near 5% on a smooth trend, whatever noise remembers; shifts are found."""

import numpy as np
import pytest
from scipy.stats import f as f_distribution

from taskmix.measures.shifts.critical import critical_value, shift_p_value
from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import draw_noise
from taskmix.measures.shifts.shapes import STEP, WIDTHS, Shapes, best_shapes, sup_f

MONTHS = np.arange(24.0)
TREND = 0.3 * MONTHS
GAPS = np.array([0.0, 1, 2, 3, 6, 7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21])


def alarms(series, months=MONTHS):
    found, rho = sup_f(series, months)
    p = [shift_p_value(f, r, months) for f, r in zip(found, rho, strict=True)]
    return float(np.mean(np.array(p) <= 0.05))


def noise(rho, n, seed, months=MONTHS):
    return draw_noise(rho, months, n=n, rng=np.random.default_rng(seed))


def test_the_f_of_a_step_is_that_of_least_squares():
    values = np.array([1.0, 2.0, 1.5, 2.5, 6.0, 6.5, 8.0, 7.0])
    months = np.arange(8.0)
    best = best_shapes(values[np.newaxis, :], Shapes.of(months, widths=STEP))
    line = np.column_stack([np.ones(8), months])
    step = np.column_stack([line, months >= 4])
    coefficients, with_step = np.linalg.lstsq(step, values, rcond=None)[:2]
    without = np.linalg.lstsq(line, values, rcond=None)[1]
    assert best.f[0] == pytest.approx((without[0] - with_step[0]) / (with_step[0] / 5))
    assert best.height[0] == pytest.approx(coefficients[2])
    covariance = np.linalg.inv(step.T @ step) * with_step[0] / 5
    assert best.se[0] == pytest.approx(covariance[2, 2] ** 0.5)
    assert Shapes.of(months, widths=STEP).first[best.which[0]] == 4


def test_shifts_keep_away_from_both_ends():
    shapes = Shapes.of(MONTHS)
    assert (shapes.first.min(), shapes.first.max()) == (4, 20)
    assert len(shapes.first) == 17 * len(WIDTHS)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_a_smooth_trend_raises_few_alarms(rho):
    assert alarms(TREND + noise(rho, 1500, seed=3)) <= 0.07


def test_gaps_raise_few_alarms():
    assert alarms(noise(0.4, 1000, seed=4, months=GAPS), GAPS) <= 0.07


def test_searching_without_simulated_values_would_raise_many():
    series = TREND + noise(0.0, 1000, seed=3)
    best = best_shapes(series, Shapes.of(MONTHS)).f
    assert np.mean(best > f_distribution.ppf(0.95, 1, 21)) > 0.25


def test_forgetting_that_noise_remembers_would_raise_many():
    series = TREND + noise(0.6, 1000, seed=3)
    best = best_shapes(series, Shapes.of(MONTHS)).f
    assert np.mean(best > critical_value(0.0, MONTHS, level=0.05)) > 0.25


@pytest.mark.parametrize("rho", [0.0, 0.5])
def test_a_real_step_is_found(rho):
    step = 7.0 * (MONTHS >= 11)
    assert alarms(TREND + step + noise(rho, 300, seed=5)) > 0.9


def test_a_slow_shift_is_found_though_no_step_is_there():
    curve = 15 * logistic(MONTHS, 12.0, 6.0)
    assert alarms(curve + noise(0.0, 300, seed=6)) > 0.85


def test_the_trend_itself_changes_nothing():
    series = noise(0.3, 20, seed=7)
    assert sup_f(series + TREND, MONTHS)[0] == pytest.approx(sup_f(series, MONTHS)[0])


def test_what_gains_nothing_is_certainly_chance():
    assert sup_f(np.ones((1, 24)), MONTHS)[0].tolist() == [0.0]
    assert shift_p_value(0.0, 0.0, MONTHS) == 1.0


def test_more_memory_asks_for_more():
    bounds = [critical_value(rho, MONTHS, level=0.05) for rho in (0.0, 0.4, 0.8)]
    assert bounds == sorted(bounds)
    p = shift_p_value(bounds[0], -0.0, MONTHS)
    assert 0.03 < p < 0.1
