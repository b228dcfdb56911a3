"""Rarefied variety is what repeated draws without replacement give on average."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.markers.hill import rarefied_kinds, unlike_pairs


def of_one(*counts):
    return pd.Series(counts), pd.Series(["ana"] * len(counts))


def test_all_tasks_drawn_is_the_entropy_of_what_was_seen():
    p = np.array([10, 20, 10]) / 40
    expected = np.exp(-(p * np.log(p)).sum())
    assert rarefied_kinds(*of_one(10, 20, 10), n_drawn=40)["ana"] == pytest.approx(expected)


def test_one_task_drawn_is_one_kind_and_one_kind_stays_one():
    assert rarefied_kinds(*of_one(10, 20, 10), n_drawn=1)["ana"] == pytest.approx(1)
    assert rarefied_kinds(*of_one(500), n_drawn=40)["ana"] == pytest.approx(1)


def test_draws_give_the_same_entropy_on_average():
    rng = np.random.default_rng(7)
    counts = np.array([90, 40, 10, 3, 1, 1, 1])
    drawn = rng.multivariate_hypergeometric(counts, 40, size=20_000) / 40
    entropy = -(drawn * np.log(np.where(drawn > 0, drawn, 1))).sum(axis=1).mean()
    found = rarefied_kinds(*of_one(*counts), n_drawn=40)["ana"]
    assert found == pytest.approx(np.exp(entropy), abs=0.02)
    p = counts / counts.sum()
    # the same without rarefying is another number: the more tasks, the more kinds
    assert np.exp(-(p * np.log(p)).sum()) > found + 0.1


def test_who_has_too_few_tasks_has_none_and_others_are_told_apart():
    counts = pd.Series([39, 20, 20, 40])
    found = rarefied_kinds(counts, pd.Series(["ana", "bo", "bo", "cy"]), n_drawn=40)
    assert found.index.tolist() == ["ana", "bo", "cy"]
    assert np.isnan(found["ana"])
    assert found[["bo", "cy"]].tolist() == pytest.approx([2, 1])


def test_unlike_pairs_counts_pairs():
    # of the 6 pairs of a, a, b, c five are unlike
    found = unlike_pairs(pd.Series([2, 1, 1, 1]), pd.Series(["ana", "ana", "ana", "bo"]))
    assert found["ana"] == pytest.approx(5 / 6)
    assert np.isnan(found["bo"])
