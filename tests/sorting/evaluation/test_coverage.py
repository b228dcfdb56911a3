"""Precision by coverage counts the surest tasks first, and ties together."""

import math

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation.coverage import labels_at, precision_by_coverage


def predicted(*rows):
    """Tasks found as execution: their probability, whether it was right, hours."""
    table = pd.DataFrame(rows, columns=["p_execution", "right", "human_hours"])
    rest = (1 - table["p_execution"]) / 3
    others = dict.fromkeys(["p_judgment", "p_creative", "p_connective"], rest)
    tag = np.where(table["right"], "execution", "creative")
    return table.assign(**others, tag=tag, likeliest="execution")


def test_the_line_goes_from_the_surest_to_all_tasks():
    rows = predicted(*[(0.95, True, 1.0)] * 10, *[(0.7, False, 2.0)] * 5, *[(0.6, True, 0.0)] * 5)
    line = precision_by_coverage(rows)
    both = line[line["category"] == "all"]
    # the ties of 0.95 are one step, and so are those of 0.7 and of 0.6
    assert both["at_least"].tolist() == [0.95, 0.7, 0.6]
    assert both["n_tasks"].tolist() == [10, 15, 20]
    assert both["share_of_tasks"].tolist() == [0.5, 0.75, 1.0]
    assert both["share_of_hours"].tolist() == [0.5, 1.0, 1.0]
    assert both["precision"].tolist() == pytest.approx([1.0, 10 / 15, 15 / 20])
    own = line[line["category"] == "execution"].drop(columns="category")
    pd.testing.assert_frame_equal(
        own.reset_index(drop=True), both.drop(columns="category").reset_index(drop=True)
    )
    assert not (line["category"] == "creative").any()


def test_fewer_than_ten_labels_are_no_precision():
    rows = predicted(*[(0.99 - n / 100, n > 0, 1.0) for n in range(30)])
    line = precision_by_coverage(rows)
    assert line["n_tasks"].min() == 10
    assert precision_by_coverage(rows[:3])["n_tasks"].tolist() == [3, 3]


def test_without_hours_their_share_is_missing():
    line = precision_by_coverage(predicted(*[(0.9, True, np.nan)] * 4))
    assert line["share_of_hours"].isna().all()


THRESHOLDS = {"execution": 0.7, "judgment": math.inf, "creative": 0.5}


def test_labels_are_those_at_least_as_probable_as_the_threshold():
    rows = predicted((0.9, True, 1.0), (0.7, False, 3.0), (0.69, True, 4.0))
    table = labels_at(rows, THRESHOLDS).set_index("category")
    own = table.loc["execution"]
    assert own[["n_found", "n_labelled"]].tolist() == [3, 2]
    assert own[["precision", "share_of_tasks", "share_of_hours"]].tolist() == [0.5, 2 / 3, 0.5]
    # Clopper–Pearson, 1 of 2: (1 − √0.975, √0.975)
    assert own["low"] == pytest.approx(1 - 0.975**0.5)
    assert own["high"] == pytest.approx(0.975**0.5)


def test_never_alone_and_not_known_are_told_apart():
    table = labels_at(predicted((0.9, True, 1.0)), THRESHOLDS).set_index("category")
    # in the order of the categories
    assert [str(alone) for alone in table["alone"]] == ["True", "False", "True", "<NA>"]
    assert table.loc[["judgment", "connective"], "n_labelled"].tolist() == [0, 0]
    assert table.loc[["judgment", "creative"], ["precision", "low", "high"]].isna().all(axis=None)
