from dataclasses import replace

import numpy as np
import pytest

from taskmix.synth.bench import FULL_WEEK
from taskmix.synth.bench._effort import by_category, expect_effort
from taskmix.synth.bench._teams import draw_teams

TO = ["to_judgment", "to_creative", "to_connective", "to_oversight", "to_left"]


@pytest.fixture(scope="module")
def one_team():
    """Billing: 20 hours of execution a week, of which AI releases up to a half."""
    team = draw_teams(
        np.random.default_rng(0), people=10, teams=1, months=12, never=0, size_spread=1.0
    )
    return replace(
        team,
        mix=np.array([[20, 8, 4, 4]]) / 36,
        midpoint=np.array([6.0]),
        width=np.array([1.0]),
        ceiling=np.array([0.8]),
        releasable=np.array([0.5]),
        destinations=np.array([[0.4, 0.1, -0.1, 0.2, 0.4]]),
    )


def test_hours_at_the_midpoint_are_those_worked_out_by_hand(one_team):
    effort = expect_effort(one_team, months=12, effect=1.0)
    # half of the ceiling; 0.4 of the 10 hours that could be released
    assert effort.adoption[0, 6] == pytest.approx(0.4)
    assert effort.released[0, 6] == pytest.approx(4.0)
    assert effort.hours[0, 6] == pytest.approx([16.0, 9.6, 4.4, 3.6, 0.8])
    assert effort.hours[0, 6].sum() == pytest.approx(36 - 1.6)
    # three fifths of overseeing AI are execution, the rest is judgment
    assert by_category(effort.hours)[0, 6] == pytest.approx([16.48, 9.92, 4.4, 3.6])


def test_adoption_goes_from_a_tenth_to_nine_tenths_in_4_39_widths(one_team):
    effort = expect_effort(replace(one_team, width=np.array([4 / 4.394449])), months=12, effect=1)
    assert effort.adoption[0, [4, 8]] / 0.8 == pytest.approx([0.1, 0.9])


def test_half_the_effect_releases_half_the_hours(one_team):
    whole, half = (expect_effort(one_team, months=12, effect=e) for e in (1.0, 0.5))
    assert half.released == pytest.approx(whole.released / 2)
    assert half.adoption == pytest.approx(whole.adoption)


def test_the_units_done_by_and_with_ai_are_in_proportion_to_adoption(one_team):
    effort = expect_effort(one_team, months=12, effect=1.0)
    # of 100 execution tasks by people at the midpoint, 2.91 oversee AI, all of those with it
    overseeing = 100 * 0.48 / 16.48
    with_ai = overseeing + (100 - overseeing) * effort.with_ai()[0, 6, 0]
    alone = 100 * effort.units_by_ai()[0, 6]
    assert alone / (100 + alone) == pytest.approx(0.3 * 0.4)
    assert with_ai / (100 + alone) == pytest.approx(0.45 * 0.4)


def test_released_hours_are_found_again_in_every_team_and_month(bench):
    effort, teams = bench.parameters.effort, bench.parameters.teams.set_index("team")
    assert effort[TO].sum(axis=1).to_numpy() == pytest.approx(effort["released"], abs=1e-12)
    before = effort["team"].map(teams["base_execution"]) * FULL_WEEK
    assert (before - effort["execution"]).to_numpy() == pytest.approx(effort["released"], abs=1e-12)
    assert (FULL_WEEK - effort["total"]).to_numpy() == pytest.approx(effort["to_left"], abs=1e-12)
    parts = ["execution", "judgment", "creative", "connective", "oversight"]
    assert effort[parts].sum(axis=1).to_numpy() == pytest.approx(effort["total"], abs=1e-12)


def test_connective_work_falls_in_the_teams_that_are_named_and_in_no_other(bench):
    ends = bench.parameters.effort.groupby("team")["connective"].agg(["first", "last"])
    falls = bench.parameters.teams.set_index("team")["connection_falls"]
    assert (ends["last"] < ends["first"])[falls].all()
    assert (ends["last"] >= ends["first"])[~falls].all()
    assert falls.sum() == 2


def test_a_team_that_never_takes_to_ai_stays_as_it_is(bench):
    teams = bench.parameters.teams
    never = teams.loc[teams["never"], "team"]
    effort = bench.parameters.effort.query("team in @never")
    assert len(never) == 2
    assert (effort[["adoption", "ai_share", "both_share", "released"]] == 0).all(axis=None)
    assert effort.groupby("team")["execution"].nunique().eq(1).all()


def test_every_curve_begins_late_enough_to_see_what_was_before(bench):
    teams = bench.parameters.teams.dropna(subset="midpoint")
    effort = bench.parameters.effort.set_index(["team", "month"])["adoption"]
    months = bench.parameters.effort["month"].unique()
    assert len(teams) == 10
    for team in teams.itertuples():
        assert effort[team.team, months[3]] < 0.15 * team.ceiling
        assert effort[team.team, months[-1]] > 0.9 * team.ceiling
        at = effort[team.team, team.midpoint_month] / team.ceiling
        assert 0.35 < at < 0.65
        assert effort[team.team, team.rollout_month] / team.ceiling == pytest.approx(0.05, abs=0.03)
