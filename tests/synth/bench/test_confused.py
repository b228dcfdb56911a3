import numpy as np
import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.synth.bench import PRIOR, confusion_matrix
from taskmix.synth.bench._confused import sort_by_truth
from taskmix.taxonomy import CATEGORIES

CHANCES = [f"p_{category}" for category in CATEGORIES]
N = 40_000


def _truth(mix: np.ndarray) -> pd.DataFrame:
    category = np.random.default_rng(1).choice(CATEGORIES, N, p=mix)
    return pd.DataFrame(
        {"task_id": [f"t{n}" for n in range(N)], "team": "red", "month": "2026-09",
         "category": category}
    ).astype("str")  # fmt: skip


def _adoption(value: float) -> pd.Series:
    index = pd.MultiIndex.from_tuples([("red", "2026-09")], names=["team", "month"])
    return pd.Series([value], index=index, name="adoption")


def test_without_noise_every_probability_is_the_truth(make_small):
    bench = make_small()
    table = bench.sorted_by_truth(noise=0)
    assert table["task_id"].equals(bench.tasks["task_id"])
    assert table["category"].equals(bench.truth["category"])
    assert set(np.unique(table[CHANCES])) == {0.0, 1.0}


def test_confusions_are_chances_of_each_guess():
    matrix = confusion_matrix(0.3)
    assert matrix.sum(axis=1) == pytest.approx(1)
    assert matrix.diagonal() == pytest.approx(0.7)


def test_probabilities_add_up_to_the_mix_they_suppose_and_to_no_other():
    truth = _truth(PRIOR)
    mean = sort_by_truth(truth, _adoption(0))[CHANCES].mean().to_numpy()
    assert mean == pytest.approx(PRIOR, abs=0.01)
    other = np.array([0.3, 0.3, 0.2, 0.2])
    mean = sort_by_truth(_truth(other), _adoption(0))[CHANCES].mean().to_numpy()
    assert mean[0] - other[0] > 0.05


def test_counting_guesses_is_off_by_what_the_confusion_says():
    table = sort_by_truth(_truth(PRIOR), _adoption(0), noise=0.25)
    likeliest = table[CHANCES].to_numpy().argmax(axis=1)
    counted = np.bincount(likeliest, minlength=4) / N
    assert counted == pytest.approx(PRIOR @ confusion_matrix(0.25), abs=0.08)
    assert np.abs(counted - PRIOR).max() > 0.02


def test_drift_misleads_only_where_ai_has_come():
    truth = _truth(PRIOR)
    means = [
        sort_by_truth(truth, _adoption(adoption), drift=0.5)[CHANCES].mean().to_numpy()
        for adoption in (0.0, 0.8)
    ]
    assert means[0] == pytest.approx(PRIOR, abs=0.01)
    assert means[1][0] < PRIOR[0] - 0.04
    assert means[1][1] > PRIOR[1] + 0.05


def test_the_same_seed_sorts_alike(make_small):
    bench = make_small()
    first, again, other = (bench.sorted_by_truth(seed=seed) for seed in (3, 3, 4))
    pd.testing.assert_frame_equal(first, again)
    assert not first[CHANCES].equals(other[CHANCES])


@pytest.mark.parametrize("options", [{"noise": 1.2}, {"drift": -0.5}])
def test_what_is_no_chance_is_refused(make_small, options):
    bench = make_small()
    with pytest.raises(TaskmixError, match=r"(noise|drift) is .*; it must be from 0 to 1"):
        bench.sorted_by_truth(**options)
