"""Counts by tag and category found, and macro-F1 of many of them at once."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import f1_score

from taskmix.sorting.evaluation.confusion import count_confusion, f1_by_category, macro_f1
from taskmix.taxonomy import CATEGORIES

TAGS = pd.Series(["execution", "execution", "judgment", "creative"])
FOUND = pd.Series(["execution", "judgment", "judgment", "judgment"])


def test_tasks_are_counted_by_cluster_tag_and_category_found():
    counts = count_confusion(TAGS, FOUND, clusters=np.array([0, 1, 1, 1]), n_clusters=3)
    assert counts.shape == (3, 4, 4)
    assert counts[0].tolist() == [[1, 0, 0, 0], [0] * 4, [0] * 4, [0] * 4]
    assert counts[1].tolist() == [[0, 1, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0], [0] * 4]
    assert counts[2].sum() == 0


def test_missing_hours_weigh_nothing():
    hours = np.array([2.5, np.nan, 1.0, 0.5])
    counts = count_confusion(TAGS, FOUND, clusters=np.zeros(4, int), n_clusters=1, weight=hours)
    assert counts.sum() == 4.0
    assert counts[0, 0].tolist() == [2.5, 0, 0, 0]


def test_macro_f1_is_of_the_categories_that_were_tagged():
    counts = count_confusion(TAGS, FOUND, clusters=np.zeros(4, int), n_clusters=1)[0]
    # execution 2·1/(2+1), judgment 2·1/(1+3), creative 0; nobody tagged connective
    assert f1_by_category(counts)[:3].tolist() == pytest.approx([2 / 3, 0.5, 0])
    assert np.isnan(f1_by_category(counts)[3])
    occurring = counts.sum(axis=1) > 0
    assert macro_f1(counts, occurring=occurring) == pytest.approx((2 / 3 + 0.5) / 3)


def test_a_category_that_was_found_and_never_tagged_is_only_another_ones_mistake():
    found = pd.Series(["execution", "execution", "judgment", "connective"])
    counts = count_confusion(TAGS, found, clusters=np.zeros(4, int), n_clusters=1)[0]
    occurring = counts.sum(axis=1) > 0
    assert macro_f1(counts, occurring=occurring) == pytest.approx((1 + 1 + 0) / 3)


def test_macro_f1_agrees_with_scikit_learn():
    rng = np.random.default_rng(0)
    tags, found = (pd.Series(rng.choice(CATEGORIES, 300)) for _ in range(2))
    counts = count_confusion(tags, found, clusters=np.zeros(300, int), n_clusters=1)[0]
    expected = f1_score(tags, found, average="macro", labels=list(CATEGORIES))
    assert macro_f1(counts, occurring=np.full(4, True)) == pytest.approx(expected)


def test_in_a_resample_without_a_category_its_score_of_all_rows_stands_in():
    counts = count_confusion(TAGS, FOUND, clusters=np.zeros(4, int), n_clusters=1)[0]
    occurring, observed = counts.sum(axis=1) > 0, f1_by_category(counts)
    resampled = np.zeros((4, 4))
    resampled[0, 0] = 5  # execution alone was drawn
    found = macro_f1(resampled, occurring=occurring, otherwise=observed)
    assert found == pytest.approx((1 + 0.5 + 0) / 3)


def test_where_no_category_counts_the_score_is_missing():
    assert np.isnan(macro_f1(np.zeros((4, 4)), occurring=np.full(4, False)))
