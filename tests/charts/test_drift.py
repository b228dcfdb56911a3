"""Charts of the sorter over time."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.taxonomy import CATEGORIES

WORDS = {"title": "A finding", "takeaway": "It says so."}


def test_the_learning_curve_has_a_ring_a_draw_and_a_line_of_means():
    curve = pd.DataFrame(
        {"view": "new titles", "n_tags": [50, 50, 100], "draw": [1, 2, 1], "n_tasks": 30,
         "macro_f1": [0.4, 0.6, 0.7], "mean": [0.5, 0.5, 0.7]}
    )  # fmt: skip
    figure = charts.learning_curve(curve, **WORDS)
    rings, line = figure.data[:2]
    assert list(rings.y) == [0.4, 0.6, 0.7]
    assert (list(line.x), list(line.y)) == ([50, 100], [0.5, 0.7])
    assert figure.layout.xaxis.ticktext == ("50", "100")
    # on a phone every other number, the last among them
    assert figure.layout.meta["taskmix"]["narrow"]["xaxis"]["ticktext"] == ["100"]
    assert charts.learning_curve(curve[:2], **WORDS) is None


def test_scores_over_time_stand_on_the_day_from_which_they_are():
    origins = pd.DataFrame(
        {"origin": [1, 2], "from_date": pd.to_datetime(["2026-07-01", "2026-08-11"]),
         "macro_f1": [0.7, 0.6], "low": [0.6, None], "high": [0.75, None]}
    )  # fmt: skip
    figure = charts.scores_over_time(origins, **WORDS)
    assert list(figure.data[0].x) == ["1 Jul 2026", "11 Aug 2026"]
    assert list(figure.data[0].error_y.array) == pytest.approx([0.05, 0])
    assert figure.layout.meta["taskmix"]["rows"][1][1] == "2026-08-11"
    assert charts.scores_over_time(origins[:1], **WORDS) is None


def test_months_without_tags_before_them_are_not_drawn():
    words = pd.DataFrame({"month": ["2026-06", "2026-07"], "unknown": [None, 0.2]})
    figure = charts.unknown_words(words, **WORDS)
    assert list(figure.data[0].x) == ["Jul 26"]
    assert list(figure.data[0].y) == [0.2]
    assert charts.unknown_words(words[:1], **WORDS) is None


def test_what_the_audit_moves_is_drawn_in_points():
    audit = pd.DataFrame(
        {"category": CATEGORIES, "error": [0.05, -0.02, 0, -0.03], "low": -0.1, "high": 0.1}
    )
    figure = charts.audit_errors(audit, **WORDS)
    assert list(figure.data[0].x) == pytest.approx([5, -2, 0, -3])
    assert figure.data[0].error_x.array[0] == pytest.approx(5)
    assert charts.audit_errors(audit[:0], **WORDS) is None
