"""Charts of targets show wish and fact; teams stand by name, none is coloured for its distance."""

import pandas as pd
import pytest

from taskmix import charts
from taskmix.measures.targets import wanted_against_actual
from taskmix.settings import Targets
from taskmix.taxonomy import CATEGORIES, COLOURS

WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "12 people"}
TARGETS = Targets(execution=0.3, judgment=(0.3, 0.4))


def mix(team, execution, **columns):
    shares = [execution, 0.3, 0.2, 0.5 - execution]
    return pd.DataFrame(
        {"period": "2026-Q3", "team": team, "category": list(CATEGORIES), "share": shares,
         **columns}
    )  # fmt: skip


def test_each_category_has_its_wish_and_its_dot():
    own = wanted_against_actual(mix("red", 0.45).drop(columns="team"), TARGETS)
    figure = charts.wanted_against_actual(own, **WORDS)
    assert [list(trace.x) for trace in figure.data[:2]] == [[0.3, 0.3], [0.3, 0.4]]
    assert list(figure.data[-1].x) == [0.45, 0.3]
    assert list(figure.data[-1].marker.color) == [COLOURS[c][0] for c in CATEGORIES[:2]]
    assert figure.layout.meta["taskmix"]["subtitle"].endswith("Not audited.")
    assert charts.wanted_against_actual(own.iloc[:0], **WORDS) is None


def test_an_interval_is_drawn_where_there_is_one():
    audited = mix("red", 0.45, low=0.2, high=0.5).drop(columns="team")
    figure = charts.wanted_against_actual(wanted_against_actual(audited, TARGETS), **WORDS)
    assert list(figure.data[2].x) == [0.2, 0.5]
    assert figure.layout.meta["taskmix"]["subtitle"].endswith("95% intervals.")


@pytest.fixture
def teams():
    rows = pd.concat([mix("zoo", 0.1), mix("<b>a", 0.45), mix("mid", 0.3)])
    return wanted_against_actual(rows, TARGETS)


def test_teams_stand_by_name_in_one_colour(teams):
    figure = charts.wanted_by_team(teams, category="execution", **WORDS, note="1 not shown")
    assert list(figure.layout.yaxis.ticktext) == ["&lt;b&gt;a", "mid", "zoo"]
    assert set(figure.data[-1].marker.color) == {COLOURS["execution"][0]}
    assert list(figure.data[-1].x) == [0.45, 0.3, 0.1]
    assert len(figure.layout.meta["taskmix"]["rows"]) == 6


def test_a_category_without_a_target_or_one_team_is_no_chart(teams):
    assert charts.wanted_by_team(teams, category="creative", **WORDS, note="") is None
    one = teams[teams["team"] == "mid"]
    assert charts.wanted_by_team(one, category="execution", **WORDS, note="") is None
