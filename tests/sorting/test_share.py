"""Hours are added up by probabilities at the frequency that the tags have."""

import numpy as np
import pytest

from taskmix.sorting import TaskSorter
from taskmix.synth import truth_frame


@pytest.fixture(scope="module")
def errors():
    """Error of the estimated execution share, in points, with tags drawn at random."""
    truth = truth_frame(people=120, months=12, seed=3)
    truth = truth[truth["title"].notna()].reset_index(drop=True)
    tasks = truth[["title"]].astype("str")
    tagged = np.random.default_rng(0).random(len(truth)) < 0.1
    sorter = TaskSorter().fit(tasks, truth["category"].where(tagged))
    column = list(sorter.classes_).index("execution")
    actual = (truth.loc[~tagged, "category"] == "execution").mean()

    def error(probabilities):
        return 100 * abs(probabilities[:, column].mean() - actual)

    return error(sorter.predict_share(tasks[~tagged])), error(sorter.predict_proba(tasks[~tagged]))


def test_taking_the_weight_back_brings_the_share_nearer_to_the_true_one(errors):
    error, error_with_the_weight_left_in = errors
    assert error_with_the_weight_left_in > 5
    assert error < 0.6 * error_with_the_weight_left_in


def test_without_tags_there_is_no_weight_to_take_back():
    sorter = TaskSorter().fit(["Review contract", "Stand-up"])
    titles = ["Code review", "Weekly stand-up"]
    assert np.array_equal(sorter.predict_share(titles), sorter.predict_proba(titles))
