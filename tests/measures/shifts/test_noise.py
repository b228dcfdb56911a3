"""Noise that remembers the month before is estimated without the bias of a short series."""

import numpy as np
import pytest

from taskmix.measures.shifts.noise import (
    RHOS,
    cautious,
    correlation,
    draw_noise,
    estimate_rho,
    expected_memory,
    memory,
    whitener,
)

MONTHS = np.arange(24.0)
LINE = np.column_stack([np.ones(24), MONTHS])


def left_by_line(series):
    basis = np.linalg.qr(LINE)[0]
    return series - (series @ basis) @ basis.T


def test_months_apart_remember_less():
    found = correlation(0.5, np.array([0.0, 1.0, 3.0]))
    assert found.tolist() == [[1.0, 0.5, 0.125], [0.5, 1.0, 0.25], [0.125, 0.25, 1.0]]
    assert correlation(0.0, np.array([0.0, 2.0])).tolist() == [[1.0, 0.0], [0.0, 1.0]]


def test_whitening_makes_drawn_noise_independent():
    months = np.array([0.0, 1.0, 2.0, 6.0, 7.0])
    noise = draw_noise(0.7, months, n=20_000, rng=np.random.default_rng(0))
    assert np.cov(noise, rowvar=False) == pytest.approx(correlation(0.7, months), abs=0.04)
    whitened = noise @ whitener(0.7, months).T
    assert np.cov(whitened, rowvar=False) == pytest.approx(np.eye(5), abs=0.04)


def test_memory_counts_pairs_of_neighbours_alone():
    months = np.array([0.0, 1.0, 5.0])
    assert memory(np.array([[1.0, 2.0, 3.0]]), months).tolist() == [pytest.approx(2 / 14)]
    assert memory(np.zeros((1, 3)), months).tolist() == [0.0]


@pytest.mark.parametrize("rho", [0.0, 0.4, 0.8])
def test_what_a_fit_takes_out_is_expected(rho):
    noise = draw_noise(rho, MONTHS, n=4000, rng=np.random.default_rng(1))
    left = left_by_line(noise)
    size = np.sum(left**2, axis=1)
    found = np.sum(memory(left, MONTHS) * size) / np.sum(size)
    assert found == pytest.approx(np.interp(rho, RHOS, expected_memory(LINE, MONTHS)), abs=0.02)


def test_a_short_series_is_not_taken_for_forgetful():
    noise = left_by_line(draw_noise(0.6, MONTHS, n=400, rng=np.random.default_rng(2)))
    plain = np.mean(memory(noise, MONTHS))
    corrected = np.mean([estimate_rho(row, LINE, MONTHS) for row in noise])
    assert plain < 0.47
    assert corrected == pytest.approx(0.6, abs=0.06)


def test_caution_adds_half_a_standard_error_and_stays_in_the_table():
    assert cautious(0.0, 25) == pytest.approx(0.1)
    assert cautious(np.array([0.6, 0.85]), 25).tolist() == pytest.approx([0.7, 0.9])
