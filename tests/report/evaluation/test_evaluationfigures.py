"""The evaluation as JSON holds every figure, and neither title nor person."""

import json

import numpy as np
import pandas as pd
import pytest

from taskmix.report.evaluationfigures import PAGE_KEYS, evaluation_figures, page_figures
from taskmix.sorting.evaluation import ALL_TASKS
from taskmix.taxonomy import CATEGORIES


@pytest.fixture
def figures(make_evaluation):
    rows = pd.DataFrame({"title": ["SECRET"], "person": ["SECRET"]})
    return evaluation_figures(make_evaluation(rows=rows, errors=rows))


def test_it_is_strict_json_and_names_no_row(figures):
    text = json.dumps(figures, allow_nan=False)
    assert "SECRET" not in text
    assert json.loads(text) == figures


def test_the_headlines_scores_stand_on_top(figures):
    assert figures["view"] == "new titles"
    assert figures["macro_f1"] == 0.74
    assert figures["macro_f1_interval"] == pytest.approx([0.71, 0.77])
    assert figures["baselines"]["cue_words"]["difference"] == pytest.approx(0.2)
    assert figures["beats"] == {
        "majority": True, "cue_words": False, "project_tool": True, "last_title": True
    }  # fmt: skip
    assert figures["views"]["all tasks"]["macro_f1"] == 0.71
    assert (figures["n_test"], figures["n_people"]) == (100, 12)
    assert figures["per_category"]["judgment"]["recall"] == 0.6
    assert figures["confusion"]["creative"] == {
        "execution": 0, "judgment": 0, "creative": 20, "connective": 0
    }  # fmt: skip


def test_shares_and_probabilities_are_of_all_tasks(make_evaluation):
    found = make_evaluation()
    told = found.probabilities.assign(ece=[0.1, 0.2, 0.3])
    figures = evaluation_figures(make_evaluation(probabilities=told))
    assert figures["ece"] == 0.2
    assert figures["views"]["new titles"]["ece"] == 0.1
    assert figures["share_error"]["max"] == pytest.approx(0.05)
    assert figures["share_error"]["mean"] == pytest.approx(0.025)
    assert figures["share_error"]["per_category"]["creative"]["predicted"] == 0.18


def test_never_alone_and_not_known_are_told_apart(figures):
    assert {name: row["alone"] for name, row in figures["labels"].items()} == {
        "execution": True, "judgment": False, "creative": True, "connective": None
    }  # fmt: skip
    assert figures["labels"]["judgment"]["threshold"] is None


def test_what_more_tags_bring_and_drift_are_there(figures):
    assert figures["more_tags"]["new titles"] == {
        "n_tags": 200, "extra": 100, "gain": 0.012, "low": 0.004, "high": 0.02
    }  # fmt: skip
    assert figures["learning_curve"][0]["macro_f1"] == 0.6
    assert figures["drift"]["origins"][1]["from_date"] == "2026-08-01"
    assert figures["drift"]["origins"][0]["change"] is None
    assert figures["drift"]["audit"] is None
    assert "queue draw" in figures["drift"]["audit_remark"]


def test_what_is_not_known_is_null(make_evaluation):
    figures = evaluation_figures(make_evaluation(known=False))
    assert figures["macro_f1_interval"] is None
    assert set(figures["beats"].values()) == {None}


def test_an_evaluation_without_new_titles_is_told_by_all_tasks(make_evaluation):
    figures = evaluation_figures(make_evaluation(views=[ALL_TASKS]))
    assert (figures["view"], figures["macro_f1"]) == (ALL_TASKS, 0.71)


def test_a_page_repeats_the_main_figures(make_evaluation):
    page = page_figures(make_evaluation())
    assert tuple(page) == PAGE_KEYS
    assert page["verdict"] == "Good enough for this."


def test_an_audit_is_told_by_category(make_evaluation):
    audit = pd.DataFrame({"category": CATEGORIES, "error": [0.1, np.nan, 0, 0], "alarm": True})
    figures = evaluation_figures(make_evaluation(audit=audit, audit_remark=""))
    assert figures["audited"] is True
    assert evaluation_figures(make_evaluation())["audited"] is False
    told = figures["drift"]
    assert told["audit"]["execution"] == {"error": 0.1, "alarm": True}
    assert told["audit"]["judgment"]["error"] is None
    assert told["audit_remark"] is None
