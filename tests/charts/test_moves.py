"""What moved is drawn as bars that add up to the whole, and not where nothing is known."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.measures import COMPONENTS, FACTORS
from taskmix.taxonomy import CATEGORIES, COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so."}


@pytest.fixture
def moves():
    within, between = [-0.05, 0.03, 0.02, 0.0], [-0.02, 0.01, 0.0, 0.01]
    frame = pd.DataFrame({"category": CATEGORIES, "within": within, "between": between})
    return frame.assign(
        period="2026-Q3", against="2025-Q3", before=0.3, came=0.0, went=0.0, n_stayed=5, n_came=0,
        n_went=0, change=frame["within"] + frame["between"],
    ).assign(share=lambda rows: rows["before"] + rows["change"])  # fmt: skip


@pytest.fixture
def factors():
    return pd.DataFrame(
        {"period": "2026-Q3", "against": "2025-Q3", "factor": FACTORS, "before": [9, 0.9, 1, 1.8],
         "now": [9.5, 0.8, 1, 1.7], "hours": [0.8, -1.7, -0.01, -0.8], "why_not": ""}
    )  # fmt: skip


def meta(figure):
    return figure.layout.meta["taskmix"]


def drawn(figure):
    return [trace for trace in figure.data if trace.x[0] is not None]


def test_bars_of_a_category_add_up_to_its_mark(moves):
    figure = charts.mix_moves(moves, **WORDS, base="12 people")
    within, between, change = drawn(figure)
    assert list(within.x) == moves["within"].tolist()
    assert list(between.x) == moves["between"].tolist()
    assert list(change.x) == moves["change"].tolist()
    assert within.marker.color[1] == COLOURS["judgment"][0]
    assert figure.layout.barmode == "relative"
    assert [trace.name for trace in figure.data if trace.showlegend is not False] == [
        "within teams", "between teams", "all together",
    ]  # fmt: skip
    assert meta(figure)["columns"] == ["category", "before", "share", "change", *COMPONENTS]
    assert "2025-Q3 to 2026-Q3, 12 people" in meta(figure)["subtitle"]


def test_teams_that_came_are_drawn_where_any_did(moves):
    figure = charts.mix_moves(moves.assign(came=[0.01, 0, 0, -0.01], n_came=1), **WORDS, base="x")
    assert "teams that came" in [trace.name for trace in figure.data]
    assert "teams that went" not in [trace.name for trace in figure.data]


def test_one_team_or_no_hours_have_nothing_to_take_apart(moves):
    assert charts.mix_moves(moves.assign(n_stayed=1), **WORDS, base="x") is None
    assert charts.mix_moves(moves.assign(change=float("nan")), **WORDS, base="x") is None


def test_factors_are_bars_with_their_hours(factors):
    figure = charts.execution_moves(factors, **WORDS)
    assert list(figure.data[0].y) == ["tasks", "people’s part", "hours known", "hours a task"]
    assert list(figure.data[0].text) == ["+0.8 h", "−1.7 h", "0.0 h", "−0.8 h"]
    assert meta(figure)["rows"][1] == ["human_share", 0.9, 0.8, -1.7]
    assert charts.execution_moves(factors.assign(hours=float("nan")), **WORDS) is None


def test_the_callers_frames_are_untouched(moves, factors):
    before = moves.copy(deep=True), factors.copy(deep=True)
    charts.mix_moves(moves, **WORDS, base="x")
    charts.execution_moves(factors, **WORDS)
    pd.testing.assert_frame_equal(moves, before[0])
    pd.testing.assert_frame_equal(factors, before[1])
