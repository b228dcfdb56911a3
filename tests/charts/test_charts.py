"""Charts carry the table they draw, escape what they label, and leave their frame alone."""

from itertools import pairwise

import pandas as pd
import pytest

from taskmix import charts
from taskmix.taxonomy import CATEGORIES, COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "2026-Q3, 12 people"}


@pytest.fixture
def shares():
    rows = [
        (period, category, share)
        for period, mix in {
            "2026-Q2": (0.5, 0.2, 0.1, 0.2),
            "2026-Q3": (0.4, 0.21, 0.19, 0.2),
        }.items()
        for category, share in zip(CATEGORIES, mix, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "category", "share"])


def meta(figure):
    return figure.layout.meta["taskmix"]


def test_shares_over_time_draws_each_category_in_its_colour(shares):
    figure = charts.shares_over_time(shares, **WORDS)
    assert {t.name: t.line.color for t in figure.data} == {c: COLOURS[c][0] for c in CATEGORIES}
    assert list(figure.data[0].y) == [0.5, 0.4]
    assert meta(figure)["columns"] == ["period", *CATEGORIES]
    assert meta(figure)["rows"][1] == ["2026-Q3", 0.4, 0.21, 0.19, 0.2]


def test_labels_at_the_lines_ends_keep_apart(shares):
    figure = charts.shares_over_time(shares, **WORDS)
    places = sorted(note.y for note in figure.layout.annotations)
    top = figure.layout.yaxis.range[1]
    assert all(high - low >= 0.069 * top for low, high in pairwise(places))


def test_a_suppressed_period_is_a_gap_not_a_zero(shares):
    shares.loc[shares["period"] == "2026-Q2", "share"] = float("nan")
    figure = charts.shares_over_time(shares, **WORDS)
    assert pd.isna(figure.data[0].y[0])
    assert meta(figure)["rows"][0] == ["2026-Q2", None, None, None, None]


def test_only_the_categories_of_the_frame_are_drawn(shares):
    figure = charts.shares_over_time(shares[shares["category"] != "execution"], **WORDS)
    assert [t.name for t in figure.data] == list(CATEGORIES[1:])
    assert meta(figure)["columns"] == ["period", *CATEGORIES[1:]]


def parts(*mixes):
    rows = [
        (f"2026-Q{n}", performer, share)
        for n, mix in enumerate(mixes, start=1)
        for performer, share in zip(("ai", "both", "human"), mix, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "performer", "share"])


def test_performer_shares_end_in_labels_that_keep_apart():
    figure = charts.performer_shares_over_time(parts((0.1, 0.1, 0.8), (0.2, 0.2, 0.6)), **WORDS)
    assert [t.name for t in figure.data] == ["people", "together", "AI alone"]
    assert list(figure.data[2].y) == [0.1, 0.2]
    assert [note.text for note in figure.layout.annotations] == [
        "<b>together</b> 20%", "<b>AI alone</b> 20%", "<b>people</b> 60%"
    ]  # fmt: skip
    low, high, _ = (note.y for note in figure.layout.annotations)
    assert high - low >= 0.069
    assert meta(figure)["rows"][1] == ["2026-Q2", 0.6, 0.2, 0.2]


def test_tasks_by_who_executed_them_lie_on_one_another_in_the_order_of_the_key():
    counts = {"n_human": [3, 1], "n_both": [1, 1], "n_ai": [0, 4], "n_unknown": [2, 0]}
    performers = pd.DataFrame({"period": ["2026-Q1", "2026-Q2"], **counts})
    figure = charts.execution_over_time(performers, **WORDS)
    assert {t.name: list(t.y) for t in figure.data} == {
        "people": [3, 1], "together": [1, 1], "AI alone": [0, 4], "not known": [2, 0]
    }  # fmt: skip
    assert figure.layout.barmode == "stack"
    assert figure.layout.legend.traceorder == "normal"
    assert meta(figure)["rows"][1] == ["2026-Q2", 1, 1, 4, 0]


def test_performers_nobody_knows_are_gaps_without_labels():
    nothing = (float("nan"),) * 3
    figure = charts.performer_shares_over_time(parts(nothing, nothing), **WORDS)
    assert all(value is None for trace in figure.data for value in trace.y)
    assert len(figure.layout.annotations) == 0
    assert meta(figure)["rows"] == [["2026-Q1", None, None, None], ["2026-Q2", None, None, None]]


def test_team_names_are_harmless_labels():
    hostile = ["<script>alert(1)</script>", "\u202eevil", "x" * 300]
    teams = pd.DataFrame({"team": hostile, "share": [0.1, 0.2, 0.3]})
    figure = charts.execution_by_team(teams, **WORDS, note="")
    labels = figure.layout.yaxis.ticktext
    assert labels[0] == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert labels[1] == "evil"
    assert len(labels[2]) == 28


def test_one_team_is_nothing_to_compare():
    teams = pd.DataFrame({"team": ["a"], "share": [0.1]})
    assert charts.execution_by_team(teams, **WORDS, note="") is None


def test_hours_by_label_states_hours_and_part(shares):
    hours = pd.DataFrame(
        {"label": [*CATEGORIES, "unsure"], "hours": [1.0, 3.0, 0.0, 0.0, 4.0],
         "share_of_hours": [0.125, 0.375, 0, 0, 0.5], "n_tasks": 1, "n_without_hours": 0}
    )  # fmt: skip
    figure = charts.hours_by_label(hours, **WORDS)
    assert list(figure.data[0].text)[:2] == ["1 h · 12%", "3 h · 38%"]


def test_the_callers_frame_is_untouched(shares):
    before = shares.copy(deep=True)
    charts.shares_over_time(shares, **WORDS)
    pd.testing.assert_frame_equal(shares, before)
