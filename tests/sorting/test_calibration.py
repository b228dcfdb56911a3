import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.calibration import (
    calibrate_forward,
    calibration_curve,
    clopper_pearson,
    fit_on_latest,
    top_label_ece,
)
from taskmix.sorting.temperature import apply_calibration
from taskmix.taxonomy import CATEGORIES


@pytest.fixture(scope="module")
def forward() -> pd.DataFrame:
    """Three origins of 200 tasks; what is given 0.7 is right in half of them."""
    rng = np.random.default_rng(4)
    best = rng.integers(0, 4, 600)
    p = np.full((600, 4), 0.1)
    p[np.arange(600), best] = 0.7
    other = (best + rng.integers(1, 4, 600)) % 4
    tag = np.where(np.arange(600) % 2 == 0, best, other)
    return pd.DataFrame(p, columns=PROBABILITIES).assign(
        task_id=[f"t{n}" for n in range(600)],
        origin=np.repeat([1, 2, 3], 200),
        tag=np.array(CATEGORIES)[tag],
    )


def guesses(forward: pd.DataFrame) -> np.ndarray:
    return np.array(CATEGORIES)[forward[list(PROBABILITIES)].to_numpy().argmax(axis=1)]


def test_each_origin_is_calibrated_by_earlier_ones(forward):
    before = forward.copy()
    found = calibrate_forward(forward)
    assert found.groupby("origin")["calibrated"].all().to_dict() == {1: False, 2: True, 3: True}
    columns = list(PROBABILITIES)
    pd.testing.assert_frame_equal(found.loc[:199, columns], forward.loc[:199, columns])
    assert found.loc[200:, columns].max(axis=1).to_numpy() == pytest.approx(
        np.full(400, 0.5), abs=0.03
    )
    pd.testing.assert_frame_equal(forward, before)


def test_an_origins_own_and_later_tags_do_not_reach_its_probabilities(forward):
    other = forward.assign(tag=forward["tag"].mask(forward["origin"] >= 2, "creative"))
    early = forward["origin"] <= 2
    one, two = (calibrate_forward(frame)[early] for frame in (forward, other))
    columns = [*PROBABILITIES, "calibrated"]
    pd.testing.assert_frame_equal(one[columns], two[columns], check_exact=True)
    # while the third learns of them
    late = [calibrate_forward(frame)[~early][columns] for frame in (forward, other)]
    assert not late[0].equals(late[1])


def test_the_last_two_origins_calibrate(forward):
    # the first origin was right in half of what it gave 0.7; the later ones always
    better = forward.assign(tag=forward["tag"].mask(forward["origin"] > 1, guesses(forward)))
    found = fit_on_latest(better)
    assert found.n_tasks == 400
    assert found == fit_on_latest(better[better["origin"] > 1])
    p = apply_calibration(forward[list(PROBABILITIES)].to_numpy(), found)
    assert p.max() > 0.95


def test_too_few_before_leave_an_origin_as_it_was(forward):
    few = forward[(forward["origin"] > 1) | (forward.index < 49)]
    found = calibrate_forward(few)
    assert found.groupby("origin")["calibrated"].all().to_dict() == {1: False, 2: False, 3: True}
    nothing = calibrate_forward(forward[:0])
    assert nothing["calibrated"].dtype == bool
    assert nothing.empty


def test_bins_hold_equal_mass_and_their_means():
    confidence = np.array([0.9, 0.3, 0.5, 0.7, 0.9, 0.5])
    correct = np.array([True, False, True, True, True, False])
    curve = calibration_curve(confidence, correct, n_bins=3)
    assert curve["n_tasks"].tolist() == [2, 2, 2]
    assert curve["confidence"].tolist() == pytest.approx([0.4, 0.6, 0.9])
    assert curve["accuracy"].tolist() == pytest.approx([0.5, 0.5, 1.0])
    # Clopper–Pearson of 2 in 2: 0.025^(1/2) to 1
    assert curve[["low", "high"]].iloc[2].tolist() == pytest.approx([0.158114, 1.0], abs=1e-6)


def test_the_calibration_error_is_the_mean_distance():
    # two bins: 0.6 said and 0.5 true, 0.9 said and 1.0 true
    confidence, correct = np.array([0.6, 0.6, 0.9, 0.9]), np.array([1, 0, 1, 1])
    assert top_label_ece(confidence, correct, n_bins=2) == pytest.approx(0.1)
    assert top_label_ece(confidence, correct, n_bins=1) == pytest.approx(0)
    # one bin, the last task with three times the weight: |4.8/6 − 5/6|
    weight = np.array([1.0, 1, 1, 3])
    assert top_label_ece(confidence, correct, n_bins=1, weight=weight) == pytest.approx(0.2 / 6)
    assert np.isnan(top_label_ece(np.array([]), np.array([])))


def test_a_weight_of_zero_counts_nowhere():
    confidence, correct = np.array([0.2, 0.6, 0.9]), np.array([1, 1, 1])
    curve = calibration_curve(confidence, correct, n_bins=2, weight=np.array([0.0, 1, 1]))
    assert curve["n_tasks"].tolist() == [1, 1]
    assert curve["confidence"].tolist() == pytest.approx([0.6, 0.9])


def test_fewer_tasks_than_bins_are_a_bin_each():
    curve = calibration_curve(np.array([0.4, 0.8]), np.array([0, 1]))
    assert curve["n_tasks"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("right", "n", "low", "high"),
    [(0, 10, 0, 0.308497), (10, 10, 0.691503, 1), (85, 100, 0.764692, 0.913546)],
)
def test_the_exact_interval_is_the_tables_one(right, n, low, high):
    # 1 − 0.025^(1/10) = 0.308497; 85 of 100 as R's binom.test gives it
    found = clopper_pearson(pd.Series([right]), pd.Series([n]), level=0.95)
    assert [bound[0] for bound in found] == pytest.approx([low, high], abs=1e-5)


def test_what_no_curve_can_be_made_of_is_an_error():
    with pytest.raises(SortingError, match="n_bins is 0; a curve has 1 bin at least"):
        calibration_curve(np.array([0.5]), np.array([1]), n_bins=0)
    for weight in ([-1.0, 2.0], [0.0, 0.0]):
        with pytest.raises(SortingError, match="must not be negative, nor all 0"):
            calibration_curve(np.array([0.5, 0.6]), np.array([1, 1]), weight=np.array(weight))
