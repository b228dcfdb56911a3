"""Scores of the sorter and its rules, by hand."""

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.intervals import choose_clusters
from taskmix.sorting.evaluation.scores import (
    METHODS,
    confusion_table,
    score_categories,
    score_methods,
    score_probabilities,
    share_errors,
)


def predicted(n_people=1, **columns):
    """Four tasks a person: two of execution, one of judgment and one of creative work."""
    own = {
        "tag": ["execution", "execution", "judgment", "creative"],
        "named": ["execution", "judgment", "judgment", "creative"],
        "likeliest": ["execution", "judgment", "judgment", "creative"],
        "human_hours": [3.0, 1.0, 2.0, np.nan],
        "p_execution": [0.7, 0.3, 0.1, 0.0],
        "p_judgment": [0.1, 0.5, 0.8, 0.1],
        "p_creative": [0.1, 0.1, 0.1, 0.9],
        "p_connective": [0.1, 0.1, 0.0, 0.0],
        "calibrated": True,
        "p_tag_by_frequency": 0.25,
        **dict.fromkeys(BASELINES, "execution"),
        **columns,
    }
    parts = [pd.DataFrame(own).assign(person=f"p{n}") for n in range(n_people)]
    return pd.concat(parts, ignore_index=True).assign(local_date=pd.Timestamp("2026-07-01"))


def scored(rows):
    return score_methods(rows, clusters=choose_clusters(rows)).set_index("method")


def test_macro_f1_by_tasks_and_by_hours():
    table = scored(predicted())
    assert table.index.tolist() == list(METHODS)
    # execution 2/3, judgment 2/3, creative 1
    assert table.loc["sorter", "macro_f1"] == pytest.approx((2 / 3 + 2 / 3 + 1) / 3)
    assert table.loc["sorter", "accuracy"] == 0.75
    # by hours creative has none: execution 2·3/(4+3), judgment 2·2/(2+3)
    assert table.loc["sorter", "hour_weighted_macro_f1"] == pytest.approx((6 / 7 + 4 / 5) / 2)
    # all execution: 2·2/(2+4) of one category in three
    assert table.loc["majority", "macro_f1"] == pytest.approx(2 / 9)
    assert table.loc["majority", "difference"] == pytest.approx(7 / 9 - 2 / 9)
    assert np.isnan(table.loc["sorter", "difference"])


def test_without_enough_people_there_is_no_interval_and_nothing_is_beaten():
    table = scored(predicted(n_people=9))
    assert table[["low", "high", "hour_low", "difference_low"]].isna().all(axis=None)
    assert table["beaten"].isna().all()


def test_a_rule_is_beaten_when_the_difference_lies_above_zero():
    rows = predicted(n_people=12, last_title=predicted()["named"].tolist())
    table = scored(rows)
    assert bool(table.loc["majority", "beaten"])
    # twelve people alike: nothing varies
    assert table.loc["sorter", ["low", "high"]].tolist() == pytest.approx([7 / 9, 7 / 9])
    # a rule that says the same is not beaten, however many people there are
    assert not bool(table.loc["last_title", "beaten"])
    assert table.loc["last_title", "difference_low"] == 0
    assert pd.isna(table.loc["sorter", "beaten"])


def test_probabilities_are_scored_by_log_loss_and_ece():
    told = score_probabilities(predicted())
    assert told["log_loss"] == pytest.approx(-np.log([0.7, 0.3, 0.8, 0.9]).mean())
    assert told["log_loss_by_frequency"] == pytest.approx(np.log(4))
    # each task is a bin of its own: |0.7 − 1|, |0.5 − 0|, |0.8 − 1|, |0.9 − 1|
    assert told["ece"] == pytest.approx((0.3 + 0.5 + 0.2 + 0.1) / 4)
    assert told["n_calibrated"] == 4


def test_only_calibrated_rows_tell_of_calibration_where_there_are_any():
    told = score_probabilities(predicted(calibrated=[True, False, False, False]))
    assert told["ece"] == pytest.approx(0.3)
    assert told["n_calibrated"] == 1


def test_an_impossible_tag_costs_much_but_not_everything():
    told = score_probabilities(predicted(p_execution=0.0))
    assert told["log_loss"] == pytest.approx(-np.log([1e-6, 1e-6, 0.8, 0.9]).mean())


def test_precision_and_recall_of_each_category():
    table = score_categories(predicted()).set_index("category")
    assert table.loc["execution", ["n_tagged", "n_found", "n_right"]].tolist() == [2, 1, 1]
    assert table.loc["execution", ["precision", "recall"]].tolist() == [1.0, 0.5]
    assert table.loc["judgment", ["precision", "recall"]].tolist() == [0.5, 1.0]
    assert table.loc["connective", ["precision", "recall", "f1"]].isna().all()


def test_a_row_of_the_confusion_adds_up_to_one():
    table = confusion_table(predicted())
    seen = table[table["n_tasks"] > 0].set_index(["tag", "category"])
    assert seen["share"].to_dict() == {
        ("execution", "execution"): 0.5, ("execution", "judgment"): 0.5,
        ("judgment", "judgment"): 1.0, ("creative", "creative"): 1.0,
    }  # fmt: skip
    assert table[table["tag"] == "connective"]["share"].isna().all()


def test_share_errors_are_of_hours():
    table = share_errors(predicted()).set_index("category")
    assert table["tagged"].tolist() == pytest.approx([4 / 6, 2 / 6, 0, 0])
    # (3·0.7 + 1·0.3 + 2·0.1) / 6
    assert table.loc["execution", "predicted"] == pytest.approx(2.6 / 6)
    assert table.loc["execution", "error"] == pytest.approx(2.6 / 6 - 4 / 6)
    assert table["error"].sum() == pytest.approx(0)
    assert share_errors(predicted(human_hours=np.nan))["error"].isna().all()
