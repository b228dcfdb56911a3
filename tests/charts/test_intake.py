"""The analyst's charts carry their tables, keep gaps apart from zeros, and escape names."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.taxonomy import COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so."}
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def coverage():
    weeks = pd.date_range("2026-07-06", periods=3, freq="7D", unit="us")
    return pd.DataFrame(
        {"team": ["red"] * 3 + [HOSTILE] * 2, "week": [*weeks, *weeks[:2]],
         "hours": [10.0, 0.0, 30.0, 4.0, 6.0], "n_people": [1, 0, 2, 2, 2], "n_entries": 1,
         "n_on_roster": [1, 1, 1, 0, 0], "expected_hours": [20.0, 20.0, 20.0, None, None],
         "coverage": [0.5, 0.0, 1.5, None, None],
         "hours_per_person": [10.0, None, 15.0, 2.0, 3.0]}
    )  # fmt: skip


def meta(figure):
    return figure.layout.meta["taskmix"]


def test_each_tool_has_a_panel_of_its_months():
    months = pd.DataFrame(
        {"source": ["jira", "jira", HOSTILE, HOSTILE], "month": ["2026-08", "2026-09"] * 2,
         "n_entries": [3, 0, 100, 200], "hours": 1.0}
    )  # fmt: skip
    figure = charts.entries_by_month(months, **WORDS)
    assert [list(trace.y) for trace in figure.data] == [[3, 0], [100, 200]]
    assert [trace.yaxis for trace in figure.data] == ["y", "y2"]
    assert figure.layout.yaxis.domain[0] >= figure.layout.yaxis2.domain[1]
    assert figure.layout.annotations[1].text == "<b>&lt;script&gt;alert(1)&lt;/script&gt;</b>"
    assert meta(figure)["columns"] == ["month", "jira", HOSTILE]
    assert meta(figure)["rows"] == [["2026-08", 3, 100], ["2026-09", 0, 200]]


def test_few_counts_have_ticks_of_whole_numbers():
    months = pd.DataFrame({"source": ["a"], "month": ["2026-08"], "n_entries": [1], "hours": 1.0})
    assert charts.entries_by_month(months, **WORDS).layout.yaxis.dtick == 1


def test_reasons_are_labelled_with_their_counts_and_none_is_no_chart():
    reasons = pd.DataFrame(
        {"reason": ["no_date", "no_person"], "n_records": [1200, 3], "n_files": 1, "example": "x"}
    )
    figure = charts.refusals_by_reason(reasons, **WORDS)
    assert list(figure.data[0].text) == ["1,200", "3"]
    assert figure.layout.yaxis.ticktext == ("no date", "no person")
    assert charts.refusals_by_reason(reasons[:0], **WORDS) is None


def test_coverage_shows_the_teams_of_which_something_is_expected(coverage):
    figure = charts.coverage_by_week(coverage, **WORDS)
    assert figure.layout.yaxis.ticktext == ("red",)
    assert [list(row) for row in figure.data[0].z] == [[0.5, 0.0, 1.5]]
    assert [note.text for note in figure.layout.annotations] == ["50%", "0%", "150%"]
    assert {note.font.color for note in figure.layout.annotations} == {COLOURS["ink"][0]}
    assert meta(figure)["rows"][0] == ["red", "2026-07-06", 10.0, 20.0, 0.5, 1, 1]
    assert meta(figure)["narrow"]["annotations"] == []


def test_hours_a_person_show_the_other_teams_and_a_week_nobody_logged_is_a_gap(coverage):
    figure = charts.hours_per_person_by_week(coverage, **WORDS)
    assert figure.layout.yaxis.ticktext == ("&lt;script&gt;alert(1)&lt;/script&gt;",)
    alone = charts.hours_per_person_by_week(coverage[:3].assign(coverage=None), **WORDS)
    assert list(alone.data[0].z[0]) == [10.0, None, 15.0]


def test_without_anything_expected_there_is_no_chart_of_coverage(coverage):
    assert charts.coverage_by_week(coverage.assign(coverage=float("nan")), **WORDS) is None
    assert charts.hours_per_person_by_week(coverage[:3], **WORDS) is None


def test_the_newest_week_has_a_tick_and_a_year_of_weeks_no_numbers():
    weeks = pd.date_range("2026-01-05", periods=40, freq="7D", unit="us")
    many = pd.DataFrame(
        {"team": "red", "week": weeks, "hours": 1.0, "n_people": 1, "n_entries": 1,
         "n_on_roster": 1, "expected_hours": 2.0, "coverage": 0.5, "hours_per_person": 1.0}
    )  # fmt: skip
    figure = charts.coverage_by_week(many, **WORDS)
    assert figure.layout.xaxis.tickvals[-1] == "2026-10-05"
    assert len(figure.layout.xaxis.tickvals) <= 9
    assert len(meta(figure)["narrow"]["xaxis"]["tickvals"]) <= 4
    assert figure.layout.annotations == ()


def test_the_callers_frame_is_untouched(coverage):
    before = coverage.copy(deep=True)
    charts.coverage_by_week(coverage, **WORDS)
    charts.hours_per_person_by_week(coverage, **WORDS)
    pd.testing.assert_frame_equal(coverage, before)
