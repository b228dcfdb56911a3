import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.agreement import conflicting_tags, krippendorff_alpha, measure_agreement
from taskmix.taxonomy import CATEGORIES

#: Krippendorff (2011), example C: four observers, twelve units, missing values; nominal α .743.
OBSERVERS = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)


def votes_of(rows: tuple[str, ...]) -> pd.DataFrame:
    found = [
        {"task_id": f"u{unit:02d}", "tagger": f"o{observer}", "category": value}
        for observer, row in enumerate(rows)
        for unit, value in enumerate(row.split())
        if value != "."
    ]
    return pd.DataFrame(found).astype("str")


def random_votes(n_tasks: int, taggers: int, *, agree: float, seed: int) -> pd.DataFrame:
    """Taggers who know the category with probability `agree` and else throw a die."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(4, size=n_tasks)
    said = np.where(
        rng.random((taggers, n_tasks)) < agree, truth, rng.integers(4, size=(taggers, n_tasks))
    )
    return votes_of(tuple(" ".join(CATEGORIES[k] for k in row) for row in said))


def test_alpha_is_krippendorffs_own_example():
    found = measure_agreement(votes_of(OBSERVERS))
    assert found.alpha == pytest.approx(0.743, abs=0.0005)
    # Unit 12 has one value, which pairs with nothing.
    assert (found.n_tasks, found.n_tags, found.n_taggers) == (11, 40, 4)
    assert np.isnan(found.low)
    assert "α is 0.74 on 11 tasks: people agree" in found.sentence


def test_alpha_of_two_taggers_by_hand():
    # Ten tasks, eight agreed (4 a, 4 b), two not: o_ab + o_ba = 4, n_a = n_b = 10, n = 20:
    # 1 − 19 · 4 / (2 · 10 · 10) = 0.62.
    counts = np.array([[2, 0]] * 4 + [[0, 2]] * 4 + [[1, 1]] * 2)
    assert krippendorff_alpha(counts) == pytest.approx(0.62)


def test_alpha_of_three_taggers_by_hand():
    # [3, 0]: no pair differs; [2, 1]: 2·2·1/2 = 2; n_a = 5, n_b = 1: 1 − 5 · 2 / (2 · 5) = 0.
    assert krippendorff_alpha(np.array([[3, 0], [2, 1]])) == pytest.approx(0)


def test_a_task_with_one_tag_changes_nothing():
    counts = np.array([[2, 0], [0, 2], [1, 1]])
    assert krippendorff_alpha(np.vstack([counts, [[1, 0], [0, 0]]])) == krippendorff_alpha(counts)


def test_random_tags_agree_as_chance_does():
    found = measure_agreement(random_votes(2000, 2, agree=0.0, seed=1))
    assert abs(found.alpha) < 0.04
    assert found.low < 0 < found.high
    assert "were not agreed on" in found.sentence
    # the other control: taggers who know two of three
    assert measure_agreement(random_votes(2000, 2, agree=0.82, seed=1)).alpha > 0.6


def test_the_interval_covers_the_truth():
    # Two taggers who both know with probability a, else guess: α = a² for equal categories.
    covered = [
        found.low <= 0.64 <= found.high
        for seed in range(100)
        if (found := measure_agreement(random_votes(150, 2, agree=0.8, seed=seed), seed=seed))
    ]
    assert 0.89 <= np.mean(covered) <= 0.99


def test_the_interval_is_the_same_for_the_same_seed():
    votes = random_votes(60, 3, agree=0.7, seed=3)
    assert measure_agreement(votes, seed=5) == measure_agreement(votes, seed=5)
    assert measure_agreement(votes, seed=5) != measure_agreement(votes, seed=6)


def test_full_agreement_has_an_interval_with_a_width():
    found = measure_agreement(random_votes(30, 2, agree=1.0, seed=2))
    assert (found.alpha, found.high) == (1.0, 1.0)
    # 30 tasks without a disagreement allow 11.6% of them; chance would give about 75%.
    assert 0.80 < found.low < 0.86


def test_without_two_taggers_nothing_is_claimed():
    found = measure_agreement(votes_of(OBSERVERS[:1]))
    assert np.isnan(found.alpha)
    assert found.n_tasks == 0
    assert "No task has tags of two people yet" in found.sentence


def test_one_category_alone_gives_no_alpha():
    found = measure_agreement(votes_of(("1 1 1", "1 1 1")))
    assert np.isnan(found.alpha)
    assert "of one category" in found.sentence


def test_conflicting_tags_are_listed_ties_first():
    listed = conflicting_tags(votes_of(("1 1 1 2", "1 2 1 2", "1 2 2 .", "1 . . .")))
    assert listed.to_dict("records") == [
        {"task_id": "u01", "categories": "2 2, 1 1", "n_taggers": 3, "tied": False},
        {"task_id": "u02", "categories": "1 2, 2 1", "n_taggers": 3, "tied": False},
    ]
    tied = conflicting_tags(votes_of(("1 1 1", "2 1 2", ". . 2")))
    assert tied[["task_id", "tied"]].to_numpy().tolist() == [["u00", True], ["u02", False]]


def test_without_votes_nothing_conflicts():
    assert conflicting_tags(votes_of(OBSERVERS).iloc[:0]).empty
