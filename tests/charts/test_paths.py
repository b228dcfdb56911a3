"""A path's bars are whole mixes; roles stand by name with their first and last period."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.measures.paths import composition_path
from taskmix.taxonomy import CATEGORIES, COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "12 people"}


def mixes(team, *periods):
    rows = [
        (period, team, category, share)
        for period, mix in periods
        for category, share in zip(CATEGORIES, mix, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "team", "category", "share"])


FIRST, LAST = ("2024", (0.5, 0.2, 0.05, 0.25)), ("2026", (0.3, 0.3, 0.15, 0.25))


def test_each_period_is_a_bar_of_the_whole_mix():
    path = composition_path(mixes("red", FIRST, LAST).drop(columns="team"))
    figure = charts.role_path(path, **WORDS)
    assert [trace.name for trace in figure.data] == list(CATEGORIES)
    assert [trace.marker.color for trace in figure.data] == [COLOURS[c][0] for c in CATEGORIES]
    assert [sum(bars) for bars in zip(*(t.x for t in figure.data), strict=True)] == pytest.approx(
        [1, 1]
    )
    assert list(figure.layout.yaxis.ticktext) == ["2024", "2026"]
    # A segment too narrow for its text has none.
    assert list(figure.data[2].text) == ["", "15%"]
    assert charts.role_path(path.iloc[:1], **WORDS) is None


def test_roles_stand_by_name_with_their_first_and_last_period():
    middle = ("2025", (0.4, 0.25, 0.1, 0.25))
    rows = pd.concat(
        [mixes("zoo", FIRST, middle, LAST), mixes("<i>a", middle, LAST), mixes("new", LAST)]
    )
    figure = charts.role_paths(composition_path(rows, by=("team",)), **WORDS, note="")
    assert list(figure.layout.yaxis.ticktext) == [
        "&lt;i&gt;a · 2025", "&lt;i&gt;a · 2026", "zoo · 2024", "zoo · 2026",
    ]  # fmt: skip
    assert len(figure.layout.meta["taskmix"]["rows"]) == 6


def test_one_role_that_moved_is_nothing_to_compare():
    rows = pd.concat([mixes("zoo", FIRST, LAST), mixes("new", LAST)])
    assert charts.role_paths(composition_path(rows, by=("team",)), **WORDS, note="") is None
