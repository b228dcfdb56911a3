"""Sudden and gradual are said only where one form fits clearly better."""

import numpy as np
import pytest

from taskmix.measures.shifts.form import form_of_shift
from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import draw_noise

MONTHS = np.arange(24.0)
STEP = 1.0 * (MONTHS >= 11)


def told(shape, *, rho=0.0, n=60):
    series = shape + draw_noise(rho, MONTHS, n=n, rng=np.random.default_rng(8))
    forms = [form_of_shift(MONTHS, values, rho=rho) for values in series]
    return {form: forms.count(form) / n for form in ("sudden", "gradual", "unclear")}


@pytest.mark.parametrize("rho", [0.0, 0.5])
@pytest.mark.parametrize("width", [8.0, 14.0])
def test_a_slow_curve_is_hardly_ever_called_sudden(width, rho):
    assert told(15 * logistic(MONTHS, 11.5, width), rho=rho)["sudden"] <= 0.07


def test_a_curve_seen_whole_is_called_gradual():
    assert told(15 * logistic(MONTHS, 11.5, 8.0))["gradual"] > 0.9


@pytest.mark.parametrize("trend", [0.0, 0.2, -0.2])
def test_a_step_is_hardly_ever_called_gradual(trend):
    found = told(8 * STEP + trend * MONTHS)
    assert found["gradual"] <= 0.05
    assert found["sudden"] > 0.8


def test_without_noise_the_form_is_certain():
    assert form_of_shift(MONTHS, 0.1 + 0.3 * STEP, rho=0.0) == "sudden"
    assert form_of_shift(MONTHS, logistic(MONTHS, 11.5, 8.0), rho=0.0) == "gradual"


def test_a_small_shift_in_noise_is_unclear():
    assert told(2 * STEP)["unclear"] > 0.5
