"""Charts of a shift draw what was found, mark it, and leave out what is not known."""

import numpy as np
import pandas as pd
import pytest

from taskmix import charts
from taskmix.measures.shifts import find_shifts, shift_lines
from taskmix.measures.shifts.logistic import logistic
from taskmix.periods import history, parse_period

MONTHS = np.arange(24.0)
WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "12 people"}
NOISE = 0.01 * np.random.default_rng(0).standard_normal(24)


def monthly(values, team="red"):
    periods = history(parse_period("2026-09"), count=24)
    return pd.DataFrame({"period": periods, "team": team, "part": values})


def drawn(values):
    figures = monthly(values)
    found = find_shifts(figures, value="part")
    return charts.shift_over_time(
        shift_lines(figures, found, value="part"), found, **WORDS
    ), found.iloc[0]


def test_a_slow_shift_is_marked_where_it_was_half_way():
    figure, found = drawn(0.1 + 0.6 * logistic(MONTHS, 11.0, 8.0) + NOISE)
    assert figure.layout.shapes[0].x0 == f"{found['midpoint_low']:%Y-%m-%d}"
    assert figure.layout.annotations[0].text == "half-way Sep 2025"
    assert list(figure.data[0].y) == pytest.approx(list(figure.data[1].y), abs=0.05)
    assert figure.layout.meta["taskmix"]["rows"][0][0] == "2024-10"


def test_a_sudden_shift_is_marked_at_its_month():
    figure, _ = drawn(0.2 + 0.4 * (MONTHS >= 10) + NOISE)
    assert figure.layout.annotations[0].text == "shifted Aug 2025"
    assert figure.layout.annotations[0].x == "2025-08-01"


def test_nothing_is_marked_where_nothing_shifted():
    figure, _ = drawn(0.2 + 0.01 * MONTHS + NOISE)
    assert len(figure.layout.shapes) == len(figure.layout.annotations) == 0


def test_a_midpoint_that_is_not_known_is_not_marked():
    figure, found = drawn(0.6 * logistic(MONTHS, 22.0, 8.0) + NOISE)
    assert pd.isna(found["midpoint"])
    assert found["step_month"] != ""
    assert len(figure.layout.annotations) == 0
    assert list(figure.data[0].y) == pytest.approx(list(figure.data[1].y), abs=0.05)


def test_too_few_months_are_dots_without_a_line():
    figures = monthly(0.2 + NOISE).iloc[:3]
    found = find_shifts(figures, value="part")
    figure = charts.shift_over_time(shift_lines(figures, found, value="part"), found, **WORDS)
    assert list(figure.data[1].y) == [None] * 3
    nothing = shift_lines(figures.iloc[:0], found, value="part")
    assert charts.shift_over_time(nothing, found, **WORDS) is None


@pytest.fixture(scope="module")
def by_team():
    curve = 0.6 * logistic(MONTHS, 11.0, 6.0)
    teams = {"zoo": curve + NOISE, "<b>a": curve - NOISE, "flat": 0.2 + NOISE}
    figures = pd.concat([monthly(values, team) for team, values in teams.items()])
    return find_shifts(figures, value="part", by=("team",))


def test_teams_stand_in_the_order_of_names_in_one_colour(by_team):
    figure = charts.shifts_by_team(by_team.sort_values("p"), **WORDS, note="1 team with no shift")
    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;a", "zoo"]
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1]
    assert isinstance(figure.data[-1].marker.color, str)
    meta = figure.layout.meta["taskmix"]
    assert [row[0] for row in meta["rows"]].count("flat") == 1
    assert meta["note"] == "1 team with no shift"


def test_one_team_is_nothing_to_compare(by_team):
    only = by_team[by_team["team"] != "zoo"]
    assert charts.shifts_by_team(only, **WORDS, note="") is None
