"""On the demo's organisation probabilities come true on later tasks, and labels are right."""

import math

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting import PROBABILITIES
from taskmix.sorting.abstaining import choose_thresholds, leave_unsure
from taskmix.sorting.calibration import calibrate_forward, tag_codes, top_label_ece
from taskmix.sorting.forward import predict_forward
from taskmix.taxonomy import CATEGORIES

_ECE = 0.03


# One worker makes what these tests and those of AI's share look at.
pytestmark = pytest.mark.xdist_group("synth demo")


@pytest.fixture(scope="module")
def raw(demo_truth) -> pd.DataFrame:
    """Forward predictions of the demo's tagged tasks, not calibrated."""
    tasks = demo_truth[demo_truth["fate"] == "accepted"].reset_index(drop=True)
    log = pd.DataFrame(
        {
            "task_id": [f"t{n:06d}" for n in range(len(tasks))],
            "title": tasks["title"],
            "tag": tasks["category"].where(tasks["tagged"].astype(bool)).astype("str"),
            "source": tasks["source"],
            "performer": tasks["performer_logged"],
            "hours": tasks["hours"],
            "local_date": tasks["started_at"].dt.tz_localize(None).dt.normalize(),
        }
    )
    return predict_forward(log)


@pytest.fixture(scope="module")
def forward(raw) -> pd.DataFrame:
    return calibrate_forward(raw)


def _ece(forward: pd.DataFrame) -> float:
    p = forward[list(PROBABILITIES)].to_numpy()
    return top_label_ece(p.max(axis=1), p.argmax(axis=1) == tag_codes(forward))


def test_the_calibration_error_on_later_tasks_is_at_most_three_points(forward):
    scored = forward[forward["calibrated"]]
    assert len(scored) > 9000
    assert _ece(scored) <= _ECE
    assert scored.groupby("origin")[list(scored)].apply(_ece).max() <= _ECE


def test_probabilities_twice_as_sure_would_be_noticed(forward):
    scored = forward[forward["calibrated"]]
    p = scored[list(PROBABILITIES)].to_numpy() ** 2
    p /= p.sum(axis=1, keepdims=True)
    assert _ece(scored.assign(**dict(zip(PROBABILITIES, p.T, strict=True)))) > _ECE


def test_thresholds_of_earlier_tasks_keep_their_precision_on_the_last_ones(forward):
    last = forward["origin"] == forward["origin"].max()
    chosen = choose_thresholds(forward[~last], target=0.85)
    assert set(chosen) == set(CATEGORIES)
    labels = leave_unsure(forward[last], sure_at=chosen)
    tags = forward.loc[last, "tag"]
    n_sure = 0
    for category in (c for c in CATEGORIES if chosen[c] < math.inf):
        own = labels == category
        n_sure += own.sum()
        # chosen so that 0.85 is kept in the long run; this is one run of some hundred tasks
        slack = 2 * np.sqrt(0.85 * 0.15 / own.sum())
        assert (tags[own] == category).mean() >= 0.85 - slack, category
    sure = labels != "unsure"
    assert (tags[sure] == labels[sure]).mean() >= 0.85
    assert n_sure / last.sum() > 0.5
