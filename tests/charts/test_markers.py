"""A marker is drawn above its counterweight, in its own unit, and gaps stay gaps."""

import pandas as pd
import pytest

from taskmix.charts.markers import marker_beside
from taskmix.measures.markers import marker_catalogue
from taskmix.taxonomy import COLOURS

WORDS = {"title": "Depth stands", "takeaway": "It says so.", "base": "12 people", "note": "Fair."}


@pytest.fixture
def markers():
    rows = [
        ("2026-Q1", "depth", float("nan"), float("nan"), float("nan"), 4, 100, "too few"),
        ("2026-Q1", "collaborators", 5.5, 5.0, 6.0, 12, 300, None),
        ("2026-Q2", "depth", 0.4, 0.3, 0.5, 12, 300, None),
        ("2026-Q2", "collaborators", 5.0, float("nan"), float("nan"), 12, 300, None),
        ("2026-Q2", "weekend", 0.1, 0.0, 0.2, 12, 300, None),
    ]
    columns = ["period", "marker", "value", "low", "high", "n_people", "n_days", "why_not"]
    return pd.DataFrame(rows, columns=columns).astype({"why_not": "str"})


def test_the_counterweight_is_drawn_below_in_its_own_unit(markers):
    before = markers.copy(deep=True)
    figure = marker_beside(markers, marker_catalogue(), marker="depth", **WORDS)
    assert [trace.name for trace in figure.data] == ["Depth", "Collaborators"]
    assert (figure.data[0].yaxis, figure.data[1].yaxis) == ("y", "y2")
    assert figure.layout.yaxis.tickformat == ".0%"
    assert figure.layout.yaxis2.tickformat == ""
    headings = [note.text for note in figure.layout.annotations]
    assert headings == [
        "<b>Depth</b>, part of the hours on the clock", "<b>Collaborators</b>, people in five days"
    ]  # fmt: skip
    pd.testing.assert_frame_equal(markers, before)


def test_a_long_heading_has_two_lines_on_a_phone(markers):
    rows = markers.replace({"marker": {"depth": "outside_hours"}})
    figure = marker_beside(rows, marker_catalogue(), marker="outside_hours", **WORDS)
    wide, narrow = figure.layout.annotations, figure.layout.meta["taskmix"]["narrow"]["annotations"]
    assert wide[0].text == "<b>Outside declared hours</b>, part of the hours on the clock"
    assert narrow[0]["text"] == "<b>Outside declared hours</b>,<br>part of the hours on the clock"
    short = marker_beside(markers, marker_catalogue(), marker="depth", **WORDS)
    kept = short.layout.meta["taskmix"]["narrow"]["annotations"]
    assert [note["text"] for note in kept] == [note.text for note in short.layout.annotations]


def test_a_hidden_period_is_a_gap_and_its_reason_stands_in_the_table(markers):
    figure = marker_beside(markers, marker_catalogue(), marker="depth", **WORDS)
    assert list(figure.data[0].y) == [None, 0.4]
    meta = figure.layout.meta["taskmix"]
    assert ["2026-Q1", "depth", None, None, None, 4, 100, "too few"] in meta["rows"]
    assert {row[1] for row in meta["rows"]} == {"depth", "collaborators"}
    assert meta["note"] == "Fair."


def test_bars_are_the_earned_intervals(markers):
    figure = marker_beside(markers, marker_catalogue(), marker="depth", **WORDS)
    assert list(figure.data[0].error_y.array) == pytest.approx([0, 0.1])
    assert list(figure.data[0].error_y.arrayminus) == pytest.approx([0, 0.1])
    assert list(figure.data[1].error_y.array) == pytest.approx([0.5, 0])


def test_hours_of_a_category_have_its_colour(markers):
    rows = markers.replace({"marker": {"depth": "connection", "collaborators": "depth"}})
    figure = marker_beside(rows, marker_catalogue(), marker="connection", **WORDS)
    assert figure.data[0].line.color == COLOURS["connective"][0]
    assert figure.data[1].line.color == COLOURS["ink"][0]


def test_nothing_to_show_is_no_chart(markers):
    hidden = markers.assign(value=float("nan"))
    assert marker_beside(hidden, marker_catalogue(), marker="depth", **WORDS) is None
    half = markers.assign(value=markers["value"].where(markers["marker"] == "depth"))
    figure = marker_beside(half, marker_catalogue(), marker="depth", **WORDS)
    assert figure.layout.annotations[1].text == "<b>Collaborators</b>: not shown here"
    no_depth = markers.assign(value=markers["value"].where(markers["marker"] != "depth"))
    assert marker_beside(no_depth, marker_catalogue(), marker="depth", **WORDS) is None


def test_small_shares_have_ticks_that_differ(markers):
    small = markers.assign(value=markers["value"] / 100, high=0.006, low=0.0)
    figure = marker_beside(small, marker_catalogue(), marker="depth", **WORDS)
    assert figure.layout.yaxis.tickformat == ".1%"
