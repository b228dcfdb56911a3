import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta

from taskmix.errors import SortingError
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.abstaining import (
    MIN_TO_JUDGE,
    choose_thresholds,
    describe_thresholds,
    leave_unsure,
)
from taskmix.taxonomy import CATEGORIES


def predictions(category: str, *groups: tuple[float, int, int]) -> pd.DataFrame:
    """Forward predictions of one category: probability, how many, how many of them right."""
    at = CATEGORIES.index(category)
    other = CATEGORIES[(at + 1) % 4]
    rows = []
    for probability, n, right in groups:
        p = np.full(4, (1 - probability) / 3)
        p[at] = probability
        rows += [
            {**dict(zip(PROBABILITIES, p, strict=True)), "tag": category if k < right else other}
            for k in range(n)
        ]
    return pd.DataFrame(rows).assign(calibrated=True)


def test_the_lowest_threshold_whose_bound_meets_the_target_is_chosen():
    # It sets out from three thresholds, 0.9, 0.7 and 0.25: each bound has 1 − 0.05/3 = 98.3%.
    # Of 100 in 100 it is 0.960, of 195 in 200 it is 0.937, of 245 in 300 it is 0.763.
    rows = predictions("creative", (0.9, 100, 100), (0.7, 100, 95), (0.5, 100, 50))
    # in steps of 0.01 everything down to 0.51 holds the same 200 predictions
    assert choose_thresholds(rows, target=0.85) == {"creative": 0.51}
    assert choose_thresholds(rows, target=0.95) == {"creative": 0.71}
    assert choose_thresholds(rows, target=0.75) == {"creative": 0.25}


def test_the_bound_decides_and_not_the_precision():
    # 36 of 40 is 0.90, its one-sided lower bound 0.786; 38 of 40 has 0.851
    assert choose_thresholds(predictions("judgment", (0.9, 40, 36))) == {"judgment": math.inf}
    assert choose_thresholds(predictions("judgment", (0.9, 40, 38))) == {"judgment": 0.25}


def test_a_threshold_below_one_that_fails_is_not_tried():
    # 0.8 fails with 80 of 100; so do 95 of 120 that all reach, and half begins at 0.8 too
    rows = predictions("execution", (0.9, 50, 50), (0.8, 50, 30), (0.5, 20, 15))
    assert choose_thresholds(rows) == {"execution": 0.81}


def test_one_mistake_among_the_strictest_does_not_end_the_search():
    # 36 of the 40 strictest are too few to tell, but so many below them are right that all pass
    rows = predictions("execution", (0.95, 40, 36), (0.8, 400, 396))
    assert choose_thresholds(rows) == {"execution": 0.25}


def test_a_category_nobody_can_judge_is_left_out():
    rows = predictions("connective", (0.9, MIN_TO_JUDGE - 1, MIN_TO_JUDGE - 1))
    assert choose_thresholds(rows) == {}
    uncalibrated = predictions("connective", (0.9, 400, 400)).assign(calibrated=False)
    assert choose_thresholds(uncalibrated) == {}


def test_few_probable_ones_are_judged_together_with_the_next():
    # the 10 above 0.9 are too few to be judged alone; with the next 40 they are enough:
    # 45 of 50 has a lower bound of 0.80, 49 of 50 one of 0.91
    rows = predictions("execution", (0.95, 10, 5), (0.8, 40, 40))
    assert choose_thresholds(rows) == {"execution": math.inf}
    rows = predictions("execution", (0.95, 10, 10), (0.8, 40, 39))
    assert choose_thresholds(rows) == {"execution": 0.25}


def test_a_category_that_truly_misses_is_rarely_chosen():
    # probabilities that say nothing, and a true precision of 0.84: whatever is chosen is wrong.
    rng = np.random.default_rng(6)
    n_chosen = n_by_luck = 0
    for _ in range(200):
        p, right = rng.uniform(0.3, 1, 300), rng.random(300) < 0.84
        frame = pd.DataFrame({f"p_{c}": (1 - p) / 3 for c in CATEGORIES}).assign(
            p_creative=p, tag=np.where(right, "creative", "judgment"), calibrated=True
        )
        n_chosen += choose_thresholds(frame)["creative"] < math.inf
        # the negative control: take any threshold that passes
        order = np.argsort(-p)
        k, n = right[order].cumsum()[18:], np.arange(19, 301)
        low = beta.ppf(0.05, k, n - k + 1)
        n_by_luck += (low >= 0.85).any()
    assert n_chosen / 200 <= 0.08
    assert n_by_luck / 200 > 0.12


def test_thresholds_are_described_on_the_same_rows():
    rows = pd.concat(
        [
            predictions("creative", (0.9, 100, 95), (0.5, 100, 50)),
            predictions("judgment", (0.9, 50, 20)),
        ]
    )
    at = {"creative": 0.6, "judgment": math.inf, "execution": 0.6, "connective": 0.6}
    table = describe_thresholds(rows, at).set_index("category")
    assert table.index.tolist() == list(CATEGORIES)
    creative = table.loc["creative"]
    assert creative[["n_predicted", "n_assigned", "precision", "coverage"]].tolist() == [
        200, 100, 0.95, 0.5,
    ]  # fmt: skip
    assert creative["low"] == pytest.approx(0.8977, abs=1e-3)
    assert table.loc["judgment", ["n_predicted", "n_assigned"]].tolist() == [50, 0]
    assert table.loc["judgment", ["precision", "low"]].isna().all()
    assert table.loc["execution", "n_predicted"] == 0


@pytest.mark.parametrize("name", ["target", "level"])
@pytest.mark.parametrize("value", [0, 1, -0.2, 1.2])
def test_a_target_that_is_no_probability_is_an_error(name, value):
    with pytest.raises(SortingError, match=f"{name} is {value}; it is a probability"):
        choose_thresholds(predictions("creative", (0.9, 50, 50)), **{name: value})


def test_a_label_needs_the_level_exactly():
    p = pd.DataFrame(
        [[0.6, 0.4, 0, 0], [0.59, 0.41, 0, 0], [0, 0, 0.1, 0.9], [0.25] * 4],
        columns=PROBABILITIES,
        index=[5, 6, 7, 8],
    )
    labels = leave_unsure(p, sure_at=0.6)
    assert labels.to_dict() == {5: "execution", 6: "unsure", 7: "connective", 8: "unsure"}
    assert leave_unsure(p, sure_at=0.0)[8] == "execution"
    assert labels.dtype == "str"


def test_each_category_has_its_own_threshold():
    p = pd.DataFrame([[0.7, 0.3, 0, 0], [0.3, 0.7, 0, 0], [0, 0, 0, 1.0]], columns=PROBABILITIES)
    at = {"execution": 0.7, "judgment": 0.71, "creative": 0.5, "connective": math.inf}
    assert leave_unsure(p, sure_at=at).tolist() == ["execution", "unsure", "unsure"]
    with pytest.raises(SortingError, match="There is no threshold for creative, connective"):
        leave_unsure(p, sure_at={"execution": 0.7, "judgment": 0.7})


def test_columns_may_stand_in_any_order():
    p = pd.DataFrame([[0.7, 0.1, 0.1, 0.1]], columns=PROBABILITIES[::-1])
    assert leave_unsure(p, sure_at=0.6).tolist() == ["connective"]
