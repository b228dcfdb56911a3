"""Charts of the evaluation draw the figures they are given, and nothing where there are none."""

import numpy as np
import pandas as pd
import pytest

from taskmix import charts
from taskmix.taxonomy import CATEGORIES, COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so."}
METHODS = ["sorter", "majority", "cue_words", "project_tool", "last_title"]


def methods(*views, low=None):
    rows = [
        (view, method, 0.7 - n / 10, low and 0.6 - n / 10, low and 0.75 - n / 10)
        for view in views
        for n, method in enumerate(METHODS)
    ]
    columns = ["view", "method", "macro_f1", "low", "high"]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], "float64"))


def test_each_view_has_a_mark_of_its_own_and_its_interval():
    figure = charts.methods_compared(methods("new titles", "all tasks", low=True), **WORDS)
    assert [trace.name for trace in figure.data] == ["new titles", "all tasks"]
    assert len({trace.marker.symbol for trace in figure.data}) == 2
    # in the order of the axis: sorter, keyword rules, last title, project and tool, majority
    assert list(figure.data[0].x) == pytest.approx([0.7, 0.5, 0.3, 0.4, 0.6])
    assert list(figure.data[0].error_x.array) == pytest.approx([0.05] * 5)
    assert list(figure.data[0].error_x.arrayminus) == pytest.approx([0.1] * 5)
    assert figure.layout.yaxis.ticktext[1] == "keyword rules"


def test_without_an_interval_no_line_is_drawn():
    figure = charts.methods_compared(methods("all tasks"), **WORDS)
    assert list(figure.data[0].error_x.array) == [0] * 5


def test_where_nothing_was_scored_there_is_no_chart():
    assert charts.methods_compared(methods("all tasks").assign(macro_f1=np.nan), **WORDS) is None


@pytest.fixture
def pairs():
    rows = [(tag, said, 0, None) for tag in CATEGORIES for said in CATEGORIES]
    table = pd.DataFrame(rows, columns=["tag", "category", "n_tasks", "share"])
    table.loc[table["tag"] == "creative", ["n_tasks", "share"]] = [5, 0.25]
    return table.astype({"n_tasks": "int64", "share": "float64"})


def test_the_confusion_writes_the_share_of_each_tag_and_leaves_missing_ones_out(pairs):
    figure = charts.confusion(pairs, **WORDS, base="new titles")
    assert [(note.y, note.text) for note in figure.layout.annotations] == [("creative", "25%")] * 4
    assert figure.data[0].y == CATEGORIES
    assert list(figure.data[0].z[0]) == [None] * 4
    assert charts.confusion(pairs.assign(n_tasks=0), **WORDS, base="new titles") is None


def test_the_calibration_curve_stands_beside_the_diagonal():
    curve = pd.DataFrame(
        {"n_tasks": [50, 50], "weight": 50.0, "confidence": [0.4, 0.9], "accuracy": [0.5, 0.8],
         "low": [0.4, 0.7], "high": [0.6, 0.9]}
    )  # fmt: skip
    figure = charts.calibration(curve, **WORDS)
    assert list(figure.data[0].x) == list(figure.data[0].y) == [0, 1]
    assert list(figure.data[1].y) == [0.5, 0.8]
    assert list(figure.data[1].error_y.array) == pytest.approx([0.1, 0.1])
    assert charts.calibration(curve[:0], **WORDS) is None


def test_thresholds_in_use_are_ringed_and_categories_never_labelled_are_not():
    coverage = pd.DataFrame(
        {"category": ["all", "all", "creative"], "at_least": 0.5, "n_tasks": 9,
         "share_of_tasks": [0.5, 1, 1], "share_of_hours": 1.0, "precision": [0.9, 0.72, 0.9]}
    )  # fmt: skip
    labels = pd.DataFrame(
        {"category": CATEGORIES, "share_of_tasks": [0.5, 0, 0.4, 0], "precision": [0.9, None,
         0.95, None]}
    )  # fmt: skip
    figure = charts.precision_by_coverage(coverage, labels, target=0.85, **WORDS)
    # a single point is no line
    assert [trace.name for trace in figure.data[:-1]] == ["all"]
    ringed = figure.data[-1]
    assert list(ringed.x) == [0.5, 0.4]
    assert list(ringed.marker.color) == [COLOURS["execution"][0], COLOURS["creative"][0]]
    assert figure.layout.shapes[0].y0 == 0.85
    assert figure.layout.yaxis.range[0] <= 0.72
    assert charts.precision_by_coverage(coverage[:0], labels, target=0.85, **WORDS) is None
