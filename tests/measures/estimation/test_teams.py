"""Small teams borrow from all teams' audit, as far as teams are alike."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import t as student

from taskmix.measures.estimation import (
    arrange,
    audited_teams,
    composite_estimates,
    estimate_cell,
    weigh_answers,
)


@pytest.fixture
def plain(log):
    """A cell to be changed: only what the composite looks at matters."""
    people, drawn = log(0, periods=["2026-Q3"], tagged=False)
    ((_, sums, asked),) = arrange(people, weigh_answers(drawn, people), by=["period"])
    return estimate_cell(sums, asked, tuning=0.8)


def teams_apart(plain, delta, v, *, n=9):
    """Six teams whose own audits lie ± delta beside what the corrected model says of them."""
    model = np.array([0.4, 0.3, 0.2, 0.1])
    signs = np.array([1.0, -1, 1, -1])
    return {
        f"team{i}": replace(
            plain, model=model, share=model + (-1) ** i * delta * signs, untagged=1.0,
            variance=np.full(4, v), n_audited=n, why_not="",
        )
        for i in range(6)
    }  # fmt: skip


def pooled_with(plain, rectifier=0.0, variance=0.0):
    return replace(
        plain, rectifier=np.array([rectifier, -rectifier, 0, 0]),
        rectifier_variance=np.full(4, variance),
    )  # fmt: skip


def test_gamma_and_mse_are_those_computed_by_hand(plain):
    made = composite_estimates(teams_apart(plain, 0.1, 0.004), pooled_with(plain, 0.0, 0.001))
    # A = .1² − .004 = .006, γ = .006/.01 = .6; MSE = .6·.004 + .4²·.001 + 4·.004²/(.01·6)
    one = made["team0"]
    assert one.gamma == pytest.approx(0.6)
    assert one.mse == pytest.approx([0.0024 + 0.00016 + 4 * 0.004**2 / 0.06] * 4)
    assert one.share == pytest.approx([0.46, 0.24, 0.26, 0.04])
    assert one.df == 5


def test_teams_that_differ_less_than_their_audits_vary_all_have_the_corrected_model(plain):
    made = composite_estimates(teams_apart(plain, 0.05, 0.004), pooled_with(plain, 0.02))
    assert {one.gamma for one in made.values()} == {0.0}
    assert made["team1"].share == pytest.approx([0.42, 0.28, 0.2, 0.1])


def test_the_rectifier_moves_a_team_by_its_untagged_part(plain):
    teams = teams_apart(plain, 0.0, 0.004)
    teams["team0"] = replace(teams["team0"], untagged=0.5)
    made = composite_estimates(teams, pooled_with(plain, 0.02))
    assert made["team0"].share == pytest.approx([0.41, 0.29, 0.2, 0.1])


def test_the_variance_of_a_task_is_pooled_over_teams(plain):
    teams = teams_apart(plain, 0.1, 0.004)
    # Three tasks that happen to agree are not taken for certain: all have n² V / Σ n.
    teams["team0"] = replace(teams["team0"], variance=np.zeros(4), n_audited=3)
    made = composite_estimates(teams, pooled_with(plain))
    unit = 5 * 81 * 0.004 / (5 * 9 + 3)
    v = np.array([unit / 3, unit / 9])
    a = 0.01 - (v[0] + 5 * v[1]) / 6
    assert made["team0"].gamma == pytest.approx(a / (a + v[0]))
    assert made["team1"].gamma == pytest.approx(a / (a + v[1]))


@pytest.mark.parametrize("lacking", ["teams", "rectifier"])
def test_without_five_teams_or_a_rectifier_there_is_no_composite(plain, lacking):
    teams, pooled = teams_apart(plain, 0.1, 0.004), pooled_with(plain)
    if lacking == "teams":
        teams = {name: replace(cell, why_not="x") if name < "team2" else cell
                 for name, cell in teams.items()}  # fmt: skip
    else:
        pooled = replace(pooled, rectifier=np.full(4, np.nan))
    assert composite_estimates(teams, pooled) == {}


def test_a_team_with_20_answers_has_its_own_estimate_and_the_others_the_composite(log):
    people, drawn = log(7, n=240, teams=6)
    few = drawn["team"].eq("team1") & (np.arange(len(drawn)) % 4 > 0)
    table = audited_teams(people, drawn.assign(answer=drawn["answer"].mask(few)))
    now = table[table["period"] == "2026-Q3"]
    by_team = now.groupby("team").first()
    assert by_team["estimator"].to_dict() == {
        "team0": "audit", "team1": "composite", "team2": "audit", "team3": "audit",
        "team4": "audit", "team5": "audit",
    }  # fmt: skip
    assert by_team.loc["team1", "n_answered"] < 20
    assert now.groupby("team")["estimate"].sum().to_numpy() == pytest.approx(np.ones(6))
    small = now[now["team"] == "team1"]
    assert small["low"].notna().all()
    # A change of a composite would tell of the weighing as much as of the team.
    assert small["change_low"].isna().all()
    assert (
        small["change_why_not"]
        .str.fullmatch(r"not enough data: has \d+ audited tasks, needs 20")
        .all()
    )
    assert now.loc[now["team"] == "team0", "change_low"].notna().all()


def test_a_team_without_any_answer_keeps_the_models_share_and_is_marked(log):
    people, drawn = log(7, n=240, teams=6)
    silent = drawn["team"] == "team3"
    table = audited_teams(people, drawn.assign(answer=drawn["answer"].mask(silent)))
    none = table[(table["team"] == "team3") & (table["period"] == "2026-Q3")]
    assert none["estimator"].tolist() == ["model"] * 4
    assert not none["audited"].any()
    assert none["low"].isna().all()
    assert none["share"].to_numpy() == pytest.approx(none["model"].to_numpy())
    assert none["labels_needed"].tolist() == [20] * 4


def small_teams(rng, *, n_teams, between, v):
    """Teams scattered around what the corrected model says, and their audits around them."""
    model = np.array([0.4, 0.3, 0.2, 0.1])
    # Both sum to nothing over the categories, as shares do, and keep their variance.
    apart = np.eye(4) - 0.25
    truth = model + rng.normal(0, np.sqrt(between * 4 / 3), (n_teams, 4)) @ apart
    return model, truth, truth + rng.normal(0, np.sqrt(v * 4 / 3), (n_teams, 4)) @ apart


def test_the_composite_covers_small_teams_and_without_its_last_term_does_not(plain):
    rng = np.random.default_rng(8)
    pooled, v, n_teams = pooled_with(plain), 0.004, 20
    with_it, without = [], []
    for _ in range(200):
        model, truth, direct = small_teams(rng, n_teams=n_teams, between=0.002, v=v)
        teams = {
            f"team{i}": replace(
                plain, model=model, share=direct[i], untagged=1.0, variance=np.full(4, v),
                n_audited=9, why_not="",
            )
            for i in range(n_teams)
        }  # fmt: skip
        made = composite_estimates(teams, pooled)
        share = np.array([one.share for one in made.values()])
        mse = np.array([one.mse for one in made.values()])
        a = np.maximum(0, ((direct - model) ** 2 - v).mean(axis=0))
        last = 4 * v**2 / ((a + v) * n_teams)
        t = student.ppf(0.975, n_teams - 1)
        with_it.append(np.abs(share - truth) <= t * np.sqrt(mse))
        without.append(np.abs(share - truth) <= t * np.sqrt(np.maximum(0, mse - last)))
    assert 0.93 < np.mean(with_it) < 0.99
    assert np.mean(without) < 0.91
