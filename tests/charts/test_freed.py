"""The waterfall begins at nothing and ends at nothing; an effect is drawn with its interval."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.measures import DESTINATIONS, RELEASED
from taskmix.taxonomy import COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so."}
HOURS = [3.0, 1.5, 0.5, -0.4, 0.9, 0.1, 0.4]


@pytest.fixture
def freed():
    frame = pd.DataFrame({"part": [RELEASED, *DESTINATIONS], "hours": HOURS})
    rest = [3.0, 1.5, 1.0, 1.4, 0.5, 0.4, 0.0]
    return frame.assign(
        period="2026-Q3", against="2025-Q3", before=10.0, now=9.0, rest=rest, low=float("nan"),
        high=float("nan"), no_interval="not enough data: has 7 people, needs 10", why_not="",
    )  # fmt: skip


@pytest.fixture
def effect():
    frame = pd.DataFrame({"part": [RELEASED, *DESTINATIONS], "hours": HOURS})
    return frame.assign(
        period="2026-Q3", low=frame["hours"] - 1, high=frame["hours"] + 1, n_with=12, n_without=8,
        n_before=6, tagged=0.1, why_not="",
    )  # fmt: skip


def meta(figure):
    return figure.layout.meta["taskmix"]


def test_each_bar_begins_where_the_one_before_ended(freed):
    bar = charts.freed_hours(freed, **WORDS, base="12 people").data[0]
    assert list(bar.x) == HOURS
    ends = [start + hours for start, hours in zip(bar.base, bar.x, strict=True)]
    # The released hours end where the first destination does; from there each leads to the next.
    assert bar.base[0] == 0
    assert ends[0] == ends[1]
    assert ends[2:] == pytest.approx(list(bar.base[1:-1]))
    assert bar.base[-1] == 0
    assert bar.marker.color[1] == COLOURS["judgment"][0]
    assert bar.marker.color[4] == COLOURS["ai"][0]


def test_intervals_are_written_where_they_were_earned(freed):
    figure = charts.freed_hours(freed, **WORDS, base="x")
    assert [note.text for note in figure.layout.annotations][:4] == [
        "+3.0 h", "+1.5 h", "+0.5 h", "−0.4 h",
    ]  # fmt: skip
    assert meta(figure)["note"] == "not enough data: has 7 people, needs 10"
    earned = freed.assign(low=-0.5, high=4.25, no_interval="")
    figure = charts.freed_hours(earned, **WORDS, base="x")
    assert figure.layout.annotations[0].text == "+3.0 h (−0.5 to 4.2)"
    assert meta(figure)["note"] == ""
    assert "no effect of anything" in meta(figure)["subtitle"]


def test_bars_and_their_words_fit_the_axis(freed):
    for frame in (freed, freed.assign(hours=-freed["hours"], rest=-freed["rest"])):
        figure = charts.freed_hours(frame, **WORDS, base="x")
        low, high = figure.layout.xaxis.range
        bar = figure.data[0]
        ends = [start + hours for start, hours in zip(bar.base, bar.x, strict=True)]
        assert low < min(*ends, *bar.base)
        assert high > max(*ends, *bar.base)


def test_an_effect_is_a_mark_on_its_interval(effect):
    figure = charts.freed_effect(effect, **WORDS)
    lines, marks = figure.data[:-1], figure.data[-1]
    assert [list(line.x) for line in lines] == effect[["low", "high"]].to_numpy().tolist()
    assert list(marks.x) == HOURS
    assert [note.text for note in figure.layout.annotations][:1] == ["+3.0 h"]
    assert meta(figure)["rows"][0] == ["released", 3.0, 2.0, 4.0, 12, 8, 6, 0.1]


def test_what_is_void_or_not_known_is_not_drawn(freed, effect):
    nothing = {"hours": float("nan"), "rest": float("nan"), "why_not": "the log changed"}
    assert charts.freed_hours(freed.assign(**nothing), **WORDS, base="x") is None
    assert charts.freed_effect(effect.assign(hours=float("nan")), **WORDS) is None


def test_the_callers_frames_are_untouched(freed, effect):
    before = freed.copy(deep=True), effect.copy(deep=True)
    charts.freed_hours(freed, **WORDS, base="x")
    charts.freed_effect(effect, **WORDS)
    pd.testing.assert_frame_equal(freed, before[0])
    pd.testing.assert_frame_equal(effect, before[1])
