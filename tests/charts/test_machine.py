"""Charts of AI's part by hours say that it is modelled; those of modes state their denominator."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.measures.ai_modes import MODES
from taskmix.taxonomy import CATEGORIES

WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "12 people"}


@pytest.fixture
def hours():
    return pd.DataFrame(
        {"period": ["2026-Q2", "2026-Q3"], "hours_human": [60.0, 50.0], "hours_both": [20.0, 25.0],
         "hours_ai": [None, 25.0], "hours_unknown": [10.0, 10.0], "why_not": ["few", ""]}
    ).astype({"hours_ai": "float64"})  # fmt: skip


def test_a_period_without_modelled_hours_is_left_out_and_stays_in_the_table(hours):
    figure = charts.execution_hours(hours, **WORDS)
    assert [list(trace.x) for trace in figure.data] == [["Q3 26"]] * 4
    assert [trace.y[0] for trace in figure.data] == [50, 25, 25, 10]
    meta = figure.layout.meta["taskmix"]
    assert "modelled" in meta["subtitle"]
    assert [row[0] for row in meta["rows"]] == ["2026-Q2", "2026-Q3"]
    assert charts.execution_hours(hours.iloc[:1], **WORDS) is None


def modes(**facts):
    counts = {f"n_{mode}": 8 for mode in MODES}
    row = {
        "period": "2026-Q3",
        "n_with_ai": 100,
        "n_known": 40,
        "known": 0.4,
        **counts,
        **dict.fromkeys(MODES, 0.2),
        "automation": 0.4,
        "augmentation": 0.6,
        "why_not": "",
    }
    return pd.DataFrame([{**row, **facts}])  # fmt: skip


def test_modes_state_how_many_tasks_they_are_of():
    figure = charts.ai_modes(modes(), **WORDS)
    assert list(figure.data[0].text) == ["20% · 8 tasks"] * 5
    assert len(set(figure.data[0].marker.color)) == 2
    subtitle = figure.layout.meta["taskmix"]["subtitle"]
    assert subtitle.startswith("Of 40 tasks whose mode is known, of 100 that AI took part in")


def test_too_few_tasks_with_a_mode_are_no_chart():
    assert charts.ai_modes(modes(automation=float("nan")), **WORDS) is None
    assert charts.ai_modes(modes().iloc[:0], **WORDS) is None


def test_each_human_share_is_a_row_of_marks():
    rows = [
        (human_share, category, 0.25)
        for human_share in (1.0, 0.5)
        for category in reversed(CATEGORIES)
    ]
    table = pd.DataFrame(rows, columns=["both_human_share", "category", "share"])
    figure = charts.human_share_sensitivity(table, **WORDS)
    assert [trace.name for trace in figure.data] == ["100% of it human", "50% of it human"]
    assert list(figure.data[0].y) == list(CATEGORIES)
    assert charts.human_share_sensitivity(table.iloc[:4], **WORDS) is None
