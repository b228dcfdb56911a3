import numpy as np
import pytest
from scipy.special import softmax

from taskmix.sorting.calibration import top_label_ece
from taskmix.sorting.temperature import (
    MIN_TO_CALIBRATE,
    Calibration,
    apply_calibration,
    fit_calibration,
)


def draw(rng: np.random.Generator, p: np.ndarray) -> np.ndarray:
    """Draw a class a row with these chances."""
    return (rng.random((len(p), 1)) > p.cumsum(axis=1)).sum(axis=1)


def ece(p: np.ndarray, codes: np.ndarray) -> float:
    return top_label_ece(p.max(axis=1), p.argmax(axis=1) == codes)


@pytest.fixture(scope="module")
def true() -> np.ndarray:
    """Chances of 20,000 tasks, some clear and some not."""
    rng = np.random.default_rng(1)
    return softmax(rng.normal(0, 1, (20_000, 4)) * rng.uniform(0.2, 4, (20_000, 1)), axis=1)


def test_a_temperature_that_was_applied_is_found(true):
    codes = draw(np.random.default_rng(2), true)
    twice_as_sure = softmax(2 * np.log(true), axis=1)
    found = fit_calibration(twice_as_sure, codes)
    # in these tasks temperature and slope pull at nearly the same; the probabilities tell
    assert apply_calibration(twice_as_sure, found) == pytest.approx(true, abs=0.03)
    assert (ece(twice_as_sure, codes), ece(true, codes)) == (
        pytest.approx(0.11, abs=0.03),
        pytest.approx(0.007, abs=0.007),
    )


def test_probabilities_that_are_right_stay_as_they_are(true):
    found = fit_calibration(true, draw(np.random.default_rng(3), true))
    assert found.temperature == pytest.approx(1, abs=0.03)
    assert found.slope == pytest.approx(0, abs=0.03)
    assert found.n_tasks == 20_000


def test_too_sure_of_the_vague_and_too_hesitant_of_the_clear_is_mended():
    # half the tasks say nothing, half all; a sorter that gives 0.6 and 0.9 is wrong on both
    p = np.array([[0.61, 0.13, 0.13, 0.13]] * 1000 + [[0.91, 0.03, 0.03, 0.03]] * 1000)
    codes = np.array([0] * 400 + [1] * 200 + [2] * 200 + [3] * 200 + [0] * 1000)
    fitted = apply_calibration(p, fit_calibration(p, codes))
    assert fitted[0, 0] == pytest.approx(0.4, abs=0.02)
    assert fitted[-1, 0] == pytest.approx(1.0, abs=0.02)
    # the negative control: no one temperature for all mends it
    temperatures = np.geomspace(0.2, 5, 60)
    assert min(ece(apply_calibration(p, Calibration(t, 0, 1)), codes) for t in temperatures) > 0.08


def test_the_likeliest_class_stays_the_likeliest(true):
    for calibration in (Calibration(3, 0.7, 1), Calibration(0.2, -1, 1), Calibration(5, 2, 1)):
        p = apply_calibration(true, calibration)
        assert (p.argmax(axis=1) == true.argmax(axis=1)).all()
        assert p.sum(axis=1) == pytest.approx(np.ones(len(p)))


def test_a_weight_counts_like_repeats():
    p = np.array([[0.9, 0.1]] * 100)
    codes = np.array([0] * 50 + [1] * 50)
    weight = np.where(codes == 0, 3.0, 1.0)
    repeated = np.repeat(np.arange(100), weight.astype(int))
    one = fit_calibration(p, codes, weight=weight)
    other = fit_calibration(p[repeated], codes[repeated])
    assert apply_calibration(p, one) == pytest.approx(apply_calibration(p, other), abs=1e-4)


def test_too_few_tasks_change_nothing():
    p = np.array([[0.9, 0.1]] * (MIN_TO_CALIBRATE - 1))
    codes = np.ones(len(p), dtype=int)
    fitted = fit_calibration(p, codes)
    assert fitted == Calibration()
    assert apply_calibration(p, fitted) is p
    more = np.vstack([p, p[:1]])
    assert fit_calibration(more, np.ones(len(more), dtype=int)).temperature > 1


def test_what_is_certain_or_impossible_stays_a_number():
    p = np.array([[1.0, 0, 0, 0], [0.25] * 4] * 50)
    codes = np.array([0, 1] * 50)
    found = apply_calibration(p, fit_calibration(p, codes))
    assert np.isfinite(found).all()
    assert found[0, 0] == pytest.approx(1)
    assert found[1] == pytest.approx([0.25] * 4)
