"""What was drawn against the parameters it was drawn from."""

import numpy as np
import pandas as pd
import pytest

from taskmix.synth.bench._habits import CONCENTRATION
from taskmix.taxonomy import CATEGORIES


def test_team_mixes_lie_within_sampling_error_of_what_is_expected_of_the_people(
    bench, own, scatter
):
    z = scatter(own, bench.parameters.mix, "given_hours")
    assert len(z) == 12 * 24 * 4
    assert abs(z.mean()) < 4 / np.sqrt(len(z))
    # people differ within a team, so that a little less than p (1 - p) is left to chance
    assert 0.88 < z.std() < 1.05
    assert z.abs().max() < 5


def test_the_mix_before_ai_does_not_fit_the_months_after_it(bench, own, scatter):
    mix = bench.parameters.mix
    first = mix.groupby(["team", "category"])["given_hours"].transform("first")
    z = scatter(own, mix.assign(first=first), "first")
    late = z[z.index.get_level_values("month") >= "2026-04"]
    assert late.std() > 1.5


def test_people_scatter_about_their_teams_mix_as_the_concentration_says(bench):
    first = bench.parameters.mix.query("month == '2024-11'")
    people = bench.parameters.effort.set_index(["team", "month"])["n_people"]
    given = first["given_hours"] / first.groupby("team")["given_hours"].transform("sum")
    n = people.reindex(pd.MultiIndex.from_frame(first[["team", "month"]])).to_numpy()
    share = first["share"].to_numpy()
    z = (given.to_numpy() - share) / np.sqrt(share * (1 - share) / (CONCENTRATION + 1) / n)
    assert abs(z.mean()) < 0.3
    assert 0.7 < z.std() < 1.5


def test_the_hours_of_the_log_are_those_expected_in_all(bench, own):
    effort = bench.parameters.effort
    drawn = own.groupby("team")["true_hours"].sum()
    given = effort.filter(like="given_").sum(axis=1).groupby(effort["team"]).sum()
    # all but what was worked after midnight of the last day
    assert ((given - drawn).between(-1e-6, 12)).all()
    full = (effort["total"] * effort["full_weeks"]).groupby(effort["team"]).sum()
    assert (drawn / full).between(0.95, 1.05).all()
    assert drawn.sum() / full.sum() == pytest.approx(1, abs=0.01)


def test_overseeing_ai_takes_the_hours_that_the_parameters_say(bench, own):
    drawn = own[own["oversight"].notna()].groupby("team")["true_hours"].sum()
    given = bench.parameters.effort.groupby("team")["given_oversight"].sum()
    assert set(drawn.index) == set(given.index[given > 0])
    hours = own[own["oversight"].notna()]["true_hours"]
    error = np.sqrt((hours**2).sum())
    assert abs(drawn.sum() - given.sum()) < 3 * error
    assert given.sum() > 20 * error
    kinds = own["oversight"].value_counts(normalize=True)
    assert kinds.to_dict() == pytest.approx(
        {"checking": 0.40, "prompting": 0.27, "rework": 0.18, "waiting": 0.15}, abs=0.02
    )
    by_kind = own.groupby("oversight")[["category", "performer"]].agg(set)
    assert by_kind.loc["checking"].tolist() == [{"judgment"}, {"human"}]
    assert by_kind.loc["waiting"].tolist() == [{"execution"}, {"both"}]


def test_ai_takes_part_in_execution_units_as_the_curves_say(bench):
    truth = bench.truth
    is_step = (truth["performer"] == "ai") & truth["parent_id"].notna()
    units = truth[(truth["category"] == "execution") & ~is_step & (truth["part"] == 0)]
    counts = units.groupby(["team", "month", "performer"]).size().unstack(fill_value=0)
    n = counts.sum(axis=1)
    curves = bench.parameters.effort.set_index(["team", "month"])
    for performer, curve in (("ai", "ai_share"), ("both", "both_share")):
        p = curves[curve].reindex(n.index)
        z = (counts[performer] - n * p) / np.sqrt(n * p * (1 - p))
        z = z[p > 0.01]
        assert len(z) > 100
        assert abs(z.mean()) < 0.35
        assert 0.75 < z.std() < 1.15
    touched = (counts["ai"] + counts["both"]) / n
    never = bench.parameters.teams.set_index("team")["never"]
    assert (touched[never[touched.index.get_level_values("team")].to_numpy()] == 0).all()


def test_an_agents_steps_lie_within_a_task_that_its_person_did_with_it(bench):
    truth = bench.truth.set_index("task_id")
    steps = truth[truth["parent_id"].notna()]
    parents = truth.loc[steps["parent_id"]]
    assert len(steps) > 1000
    assert (steps["performer"] == "ai").all()
    assert (parents["performer"] == "both").all()
    assert (parents["person"].to_numpy() == steps["person"].to_numpy()).all()
    alone = (truth["performer"] == "ai") & truth["parent_id"].isna()
    assert (truth.loc[alone, "category"] == "execution").all()


def test_busy_weeks_hold_more_execution_and_long_tasks_more_creative_work(own):
    def share(rows: pd.DataFrame, category: str) -> float:
        is_it = rows["category"] == category
        return float(rows.loc[is_it, "true_hours"].sum() / rows["true_hours"].sum())

    busy, quiet = own[own["busy"] > 1.05], own[own["busy"] < 0.95]
    assert share(busy, "execution") > share(quiet, "execution") + 0.02
    assert share(busy, "creative") < share(quiet, "creative") - 0.01
    # teams and people differ in both
    usual = own.groupby(["person", "month"])["true_hours"].transform("median")
    long, short = own[own["true_hours"] > 1.5 * usual], own[own["true_hours"] < usual / 1.5]
    assert share(long, "creative") > share(short, "creative") + 0.008
    assert share(long, "connective") < share(short, "connective")


def test_every_category_is_drawn_in_every_team(own):
    assert (own.groupby("team")["category"].nunique() == len(CATEGORIES)).all()
