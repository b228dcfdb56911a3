"""Intervals are drawn where they were earned, and nothing that was not audited looks audited."""

import numpy as np
import pandas as pd
import pytest

from taskmix import charts
from taskmix.taxonomy import CATEGORIES, COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "2026-Q3, 12 people"}


@pytest.fixture
def shares():
    rows = [
        (period, category, share, share + 0.05)
        for period, mix in {
            "2026-Q2": (0.5, 0.2, 0.1, 0.2),
            "2026-Q3": (0.4, 0.21, 0.19, 0.2),
        }.items()
        for category, share in zip(CATEGORIES, mix, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["period", "category", "share", "model"])
    return frame.assign(
        low=frame["share"] - 0.02, high=frame["share"] + 0.03, audited=True, estimator="audit"
    )


def first_not_audited(shares):
    is_first = shares["period"] == "2026-Q2"
    return shares.assign(
        audited=~is_first, low=shares["low"].mask(is_first), high=shares["high"].mask(is_first),
        share=shares["share"].where(~is_first, shares["model"]),
    )  # fmt: skip


def meta(figure):
    return figure.layout.meta["taskmix"]


def test_audited_periods_are_one_line_with_bars_to_both_ends(shares):
    figure = charts.audited_over_time(shares, **WORDS)
    assert [trace.name for trace in figure.data] == list(CATEGORIES)
    first = figure.data[0]
    assert list(first.y) == [0.5, 0.4]
    assert list(first.error_y.array) == pytest.approx([0.03, 0.03])
    assert list(first.error_y.arrayminus) == pytest.approx([0.02, 0.02])
    assert "Dotted" not in meta(figure)["subtitle"]


def test_periods_without_audit_are_dotted_and_not_joined_to_the_others(shares):
    figure = charts.audited_over_time(first_not_audited(shares), **WORDS)
    model, audited = figure.data[:2]
    assert (model.line.dash, list(model.y)) == ("dot", pytest.approx([0.55, 0.45]))
    assert model.marker.symbol == "circle-open"
    assert list(audited.y) == [None, 0.4]
    assert audited.error_y.array[0] == 0
    assert "Dotted: not audited" in meta(figure)["subtitle"]
    assert meta(figure)["rows"][0] == ["2026-Q2", "execution", 0.55, None, None, 0.55, "audit"]


def test_without_any_audit_it_is_the_chart_that_says_so(shares):
    none = shares.assign(audited=False, low=np.nan, high=np.nan)
    figure = charts.audited_over_time(none, **WORDS)
    assert "Not audited: no interval" in meta(figure)["subtitle"]
    assert figure.data[0].error_y.array is None


def test_the_mix_stands_beside_what_the_sorter_alone_says(shares):
    figure = charts.audited_mix(shares[4:], **WORDS)
    alone, audited = figure.data
    assert (alone.name, audited.name) == ("the sorter alone", "audited")
    assert list(alone.x) == pytest.approx([0.45, 0.26, 0.24, 0.25])
    assert list(audited.x) == [0.4, 0.21, 0.19, 0.2]
    assert list(audited.marker.color) == [COLOURS[name][0] for name in CATEGORIES]
    assert meta(figure)["columns"] == [
        "category", "share", "95% from", "95% to", "sorter alone", "by",
    ]  # fmt: skip
    none = shares[4:].assign(low=np.nan, high=np.nan)
    assert charts.audited_mix(none, **WORDS) is None


def test_teams_have_intervals_and_the_unaudited_an_open_mark(shares):
    teams = shares[shares["category"] == "execution"].assign(
        team=["red <b>", "blue"], audited=[True, False], high=[0.53, np.nan], low=[0.48, np.nan]
    )
    figure = charts.audited_by_team(teams, note="1 small team is not shown", **WORDS)
    (dots,) = figure.data
    assert list(dots.x) == [0.4, 0.5]
    assert list(dots.marker.symbol) == ["circle-open", "circle"]
    assert list(dots.error_x.array) == pytest.approx([0, 0.03])
    assert list(figure.layout.yaxis.ticktext) == ["blue", "red &lt;b&gt;"]
    assert meta(figure)["note"] == "1 small team is not shown"
    assert charts.audited_by_team(teams[:1], note="", **WORDS) is None


def test_unaudited_teams_have_the_chart_that_says_so(shares):
    teams = shares[shares["category"] == "execution"].assign(team=["red", "blue"], audited=False)
    figure = charts.audited_by_team(teams, note="", **WORDS)
    assert "Not audited" in meta(figure)["subtitle"]


def test_the_frame_stays_as_it_was(shares):
    before = shares.copy()
    charts.audited_over_time(shares, **WORDS)
    charts.audited_mix(shares[4:], **WORDS)
    pd.testing.assert_frame_equal(shares, before)
