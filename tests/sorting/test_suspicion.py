import numpy as np
import pandas as pd
import pytest

from taskmix.sorting import PROBABILITIES
from taskmix.sorting.suspicion import confident_joint, suspicious_tags
from taskmix.taxonomy import CATEGORIES


def tagged(*rows: tuple[str, tuple[float, float, float, float]]) -> pd.DataFrame:
    frame = pd.DataFrame([p for _, p in rows], columns=PROBABILITIES)
    frame.insert(0, "tag", [tag for tag, _ in rows])
    frame.insert(0, "task_id", [f"t{n}" for n in range(len(rows))])
    return frame.astype({"task_id": "str", "tag": "str"})


def test_the_confident_joint_by_hand():
    # thresholds: execution (.9 + .5 + .1) / 3 = .5, judgment (.8 + .6) / 2 = .7; others: none
    found = tagged(
        ("execution", (0.9, 0.1, 0, 0)),
        ("execution", (0.5, 0.5, 0, 0)),
        ("execution", (0.1, 0.9, 0, 0)),
        ("judgment", (0.2, 0.8, 0, 0)),
        ("judgment", (0.4, 0.6, 0, 0)),
    )
    joint = confident_joint(found)
    assert joint.loc["execution"].tolist() == [2, 1, 0, 0]
    # The last reaches no threshold: it is not counted.
    assert joint.loc["judgment"].tolist() == [0, 1, 0, 0]
    assert joint.to_numpy().sum() == 4
    assert suspicious_tags(found).to_dict("records") == [
        {"task_id": "t2", "tag": "execution", "likely": "judgment", "p_tag": 0.1, "p_likely": 0.9}
    ]


def simulated(n: int, *, wrong: float, seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Tasks whose probabilities know the truth well, and tags of which some are wrong."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(4, size=n)
    scores = rng.normal(size=(n, 4)) + 4 * np.eye(4)[truth]
    p = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    is_wrong = rng.random(n) < wrong
    tag = np.where(is_wrong, (truth + rng.integers(1, 4, size=n)) % 4, truth)
    return tagged(*((CATEGORIES[k], tuple(row)) for k, row in zip(tag, p, strict=True))), is_wrong


def test_wrong_tags_are_found():
    found, is_wrong = simulated(2000, wrong=0.1, seed=1)
    listed = suspicious_tags(found)
    hits = found["task_id"].isin(listed["task_id"]).to_numpy()
    assert (hits & is_wrong).sum() / is_wrong.sum() > 0.8
    assert (hits & is_wrong).sum() / hits.sum() > 0.9
    # The strangest come first: among the first fifty hardly one was right.
    assert is_wrong[found["task_id"].isin(listed["task_id"].head(50))].mean() > 0.97


def test_where_no_tag_is_wrong_hardly_any_is_listed():
    found, _ = simulated(2000, wrong=0.0, seed=2)
    assert len(suspicious_tags(found)) < 0.01 * len(found)


def test_the_order_of_rows_does_not_matter():
    found, _ = simulated(200, wrong=0.2, seed=3)
    before = found.copy()
    pd.testing.assert_frame_equal(
        suspicious_tags(found), suspicious_tags(found.sample(frac=1, random_state=0))
    )
    pd.testing.assert_frame_equal(found, before)


def test_without_tags_nothing_is_suspicious():
    none = tagged(("execution", (1, 0, 0, 0))).iloc[:0]
    assert suspicious_tags(none).empty
    assert confident_joint(none).to_numpy().sum() == 0


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_single_tag_is_not_suspicious(category: str):
    assert suspicious_tags(tagged((category, (0.7, 0.1, 0.1, 0.1)))).empty
