"""The learning curve tests every size on the same tasks, and its gain is a slope over log n."""

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation import learning
from taskmix.sorting.evaluation.intervals import choose_clusters
from taskmix.sorting.evaluation.learning import EXTRA, learn_by_size
from taskmix.sorting.evaluation.predictions import predict_tagged
from taskmix.taxonomy import CATEGORIES


@pytest.fixture(scope="module")
def tested(log):
    rows = predict_tagged(log, n_origins=3)
    return rows[rows["origin"] == 3].reset_index(drop=True)


def learn(log, tested, **options):
    return learn_by_size(log, tested, clusters=choose_clusters(tested), **options)


@pytest.fixture
def fake(monkeypatch):
    """Stand in for the sorter: right in 0.1 · ln(tags) of the tasks, spread over all people."""
    asked_for = []

    def predict(asked, known, *, sorter=None):
        given = known.loc[known["tag"].notna(), "task_id"]
        asked_for.append(set(given))
        n_right = round(0.1 * np.log(len(given)) * len(asked))
        right = np.argsort(np.random.default_rng(5).random(len(asked))) < n_right
        codes = pd.Categorical(asked["tag"], categories=CATEGORIES).codes
        named = np.array(CATEGORIES, dtype=object)[np.where(right, codes, (codes + 1) % 4)]
        return pd.DataFrame({"named": named}, dtype="str")

    monkeypatch.setattr(learning, "predict_categories", predict)
    return asked_for


def test_parts_of_the_tags_are_nested_and_all_are_used_once(log, tested, fake):
    curve = learn(log, tested).curve
    sizes = curve.loc[curve["view"] == "all tasks", ["n_tags", "draw"]].to_numpy().tolist()
    n = int(tested["n_trained"].iloc[0])
    halves = [n // 4, n // 2]
    assert sizes == [[size, draw] for size in halves for draw in (1, 2, 3)] + [[n, 1]]
    assert [len(part) for part in fake] == [size for size, _ in sizes]
    for draw in range(3):
        assert fake[draw] < fake[3 + draw] < fake[6]
    assert len({frozenset(part) for part in fake[:3]}) == 3


def test_no_tag_of_the_tested_days_is_learned_from(log, tested, fake):
    learn(log, tested)
    assert not set(tested["task_id"]) & fake[-1]


def test_the_gain_is_the_slope_over_the_logarithm_of_the_tags(log, tested, fake):
    found = learn(log, tested)
    gain = found.gain.set_index("view").loc["all tasks"]
    n = log["tag"].notna().sum()
    assert (gain["n_tags"], gain["extra"]) == (n, EXTRA)
    # accuracy rises by 0.1 for each e-fold, and macro-F1 with it
    assert gain["gain"] == pytest.approx(0.1 * np.log((n + 100) / n), rel=0.25)
    assert gain["low"] < gain["gain"] < gain["high"]


def test_the_mean_is_over_the_draws_of_a_size(log, tested):
    curve = learn(log, tested).curve
    for _, own in curve.groupby(["view", "n_tags"]):
        assert own["mean"].tolist() == pytest.approx([own["macro_f1"].mean()] * len(own))


def test_three_sizes_are_needed_to_draw_a_line(log, tested, fake):
    few = log.assign(tag=log["tag"].where(log["task_id"].isin(tested["task_id"])
                                          | (log["task_id"] < "t080")))  # fmt: skip
    found = learn(few, tested)
    assert found.curve["n_tags"].nunique() == 2
    assert found.gain[["gain", "low", "high"]].isna().all(axis=None)


def test_few_people_leave_the_gain_without_an_interval(log, tested, fake):
    three = tested.assign(person="p" + (np.arange(len(tested)) % 3).astype(str).astype(object))
    gain = learn(log, three).gain
    assert gain["gain"].notna().all()
    assert gain[["low", "high"]].isna().all(axis=None)


def test_where_nothing_is_tested_there_is_no_curve(log, tested):
    found = learn(log, tested[:0])
    assert found.curve.empty
    assert found.gain.empty
    assert "mean" in found.curve


def test_progress_counts_the_fits(log, tested, fake):
    said = []
    learn(log, tested, progress=said.append)
    assert said[-1] == f"learning curve: {len(fake)} of {len(fake)}"
