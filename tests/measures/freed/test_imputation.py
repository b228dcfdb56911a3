"""The imputation estimator: as another package has it, unbiased, and nominal where it says so."""

import warnings

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.freed.imputation import Panel, impute_effect

REPLICATES = 200
PERSON_SD, TEAM_SD, KEPT = 6.0, 0.8, 0.6


def staggered(n_with=16, n_without=8, n_months=16, *, spread=0.6, seed=1):
    """A panel whose teams get AI in months 5 to 10; the last three months are of interest."""
    rng = np.random.default_rng(seed)
    n_teams = n_with + n_without
    begins = np.r_[rng.integers(5, 11, n_with), np.full(n_without, 10_000)]
    team, month = np.repeat(np.arange(n_teams), n_months), np.tile(np.arange(n_months), n_teams)
    since = np.where(begins[team] < 10_000, month - begins[team], -1)
    people = np.exp(rng.normal(2.5, spread, n_teams)).clip(3)
    interest = (since >= 0) & (month >= n_months - 3)
    return Panel(team, month, since, 4.3 * people[team], interest)


def drawn(panel, effect, *, n=REPLICATES, seed=2):
    """Outcomes: a level a team, a season, people's noise, and shocks of a team that last."""
    rng = np.random.default_rng(seed)
    n_teams, n_months = panel.team.max() + 1, panel.month.max() + 1
    shocks = rng.normal(0, TEAM_SD, (n_teams, n_months, n))
    for month in range(1, n_months):
        shocks[:, month] = KEPT * shocks[:, month - 1] + (1 - KEPT**2) ** 0.5 * shocks[:, month]
    noise = rng.normal(0, PERSON_SD, (len(panel.team), n)) / np.sqrt(panel.weight)[:, None]
    level = rng.normal(25, 3, n_teams)[panel.team] + np.sin(panel.month)
    return (level + effect)[:, None] + shocks.reshape(-1, n) + noise


def two_way_effect(outcomes, panel):
    """The two-way fixed-effects regression on a treatment indicator: the negative control."""
    dummies = np.c_[pd.get_dummies(panel.team), pd.get_dummies(panel.month), panel.treated]
    root = np.sqrt(panel.weight)[:, None]
    return np.linalg.lstsq(root * dummies.astype(float), root * outcomes, rcond=None)[0][-1]


def growing(panel):
    """An effect that is stronger the earlier a team began, and grows with every month."""
    begins = panel.month - panel.since
    strength = np.where(panel.treated, np.interp(begins, [5, 10], [1.6, 0.4]), 0.0)
    return -np.where(panel.treated, strength * (panel.since + 1.0), 0.0)


def covered(effect, truth):
    return float((np.abs(effect.estimate - truth) <= effect.reach).mean())


def average(values, panel):
    return np.average(values[panel.of_interest], weights=panel.weight[panel.of_interest])


def test_two_teams_and_two_months_are_the_difference_of_differences():
    panel = Panel(
        team=np.array([0, 0, 1, 1]),
        month=np.array([0, 1, 0, 1]),
        since=np.array([-1, 0, -1, -1]),
        weight=np.array([1.0, 2.0, 3.0, 5.0]),
        of_interest=np.array([False, True, False, False]),
    )
    effect = impute_effect(np.array([[10.0], [4.0], [20.0], [19.0]]), panel)
    assert effect.estimate[0] == pytest.approx(-6.0 - -1.0)


def test_the_effect_of_a_sum_is_the_sum_of_the_effects():
    panel = staggered()
    parts = drawn(panel, growing(panel), n=4)
    both = impute_effect(np.c_[parts, parts.sum(axis=1)], panel).estimate
    assert both[-1] == pytest.approx(both[:-1].sum(), abs=1e-9)


@pytest.mark.parametrize("months", [None, 0, 3])
def test_pyfixest_finds_the_same_effects_in_two_stages(months):
    # Gardner's second stage on indicators is the same mean of imputed effects; its standard
    # error is another one.
    panel = staggered(n_with=10, n_months=12)
    wanted = panel.treated if months is None else panel.since == months
    outcome = drawn(panel, growing(panel), n=1)[:, 0]
    rows = pd.DataFrame(
        {
            "outcome": outcome, "team": panel.team, "month": panel.month,
            "treated": panel.treated.astype(float), "weight": panel.weight,
            "since": np.where(panel.treated, panel.since, -1),
        }
    )  # fmt: skip
    with warnings.catch_warnings():
        # pyfixest 0.60 calls what pandas 3.1 deprecates.
        warnings.simplefilter("ignore")
        import pyfixest  # noqa: PLC0415

        fit = pyfixest.did2s(
            rows, yname="outcome", first_stage="~0 | team + month", treatment="treated",
            second_stage="~treated" if months is None else "~i(since, ref=-1)",
            cluster="team", weights="weight",
        )  # fmt: skip
        theirs = fit.coef()["treated" if months is None else f"since::{months}"]
    ours = impute_effect(
        outcome[:, None], Panel(panel.team, panel.month, panel.since, panel.weight, wanted)
    )
    assert ours.estimate[0] == pytest.approx(theirs, abs=1e-4)


def test_the_weights_are_those_of_dummy_least_squares_on_untreated_rows():
    panel = staggered(n_with=6, n_months=12)
    outcomes = drawn(panel, growing(panel), n=3)
    dummies = np.c_[pd.get_dummies(panel.team), pd.get_dummies(panel.month)].astype(float)
    root = np.sqrt(panel.weight)[:, None] * ~panel.treated[:, None]
    levels = np.linalg.lstsq(root * dummies, root * outcomes, rcond=None)[0]
    gaps = outcomes - dummies @ levels
    wanted = [average(column, panel) for column in gaps.T]
    assert impute_effect(outcomes, panel).estimate == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(("n_with", "spread"), [(32, 0.3), (16, 0.6), (8, 0.6)])
def test_an_effect_that_grows_is_covered_at_its_nominal_rate(n_with, spread):
    panel = staggered(n_with=n_with, spread=spread)
    truth = growing(panel)
    effect = impute_effect(drawn(panel, truth), panel)
    error = effect.estimate.std() / REPLICATES**0.5
    assert abs(effect.estimate.mean() - average(truth, panel)) < 4 * error
    # With few teams the interval errs to the wide side.
    assert covered(effect, average(truth, panel)) >= 0.925


def test_an_equal_effect_is_covered_at_its_nominal_rate_and_not_by_far_too_wide_an_interval():
    panel = staggered(n_with=32, spread=0.3)
    effect = impute_effect(drawn(panel, np.where(panel.treated, -3.0, 0.0)), panel)
    assert 0.925 <= covered(effect, -3.0) <= 0.985
    assert effect.error.mean() == pytest.approx(effect.estimate.std(), rel=0.2)


def test_without_any_effect_it_is_seldom_seen():
    alarms = []
    for seed in range(5):
        panel = staggered(seed=seed)
        effect = impute_effect(drawn(panel, np.zeros(len(panel.team)), seed=seed), panel)
        alarms.append(1 - covered(effect, 0.0))
    assert np.mean(alarms) <= 0.07


def test_two_way_fixed_effects_miss_an_effect_that_grows():
    panel = staggered(n_with=32, spread=0.3)
    every = Panel(panel.team, panel.month, panel.since, panel.weight, panel.treated)
    truth = growing(every)
    outcomes = drawn(every, truth)
    wanted = average(truth, every)
    ours, theirs = impute_effect(outcomes, every), two_way_effect(outcomes, every)
    assert ours.estimate.mean() == pytest.approx(wanted, abs=0.1)
    # Off by more than a third of the effect, and by more than five of its standard errors.
    assert theirs.mean() - wanted > abs(wanted) / 3
    assert theirs.mean() - wanted > 5 * theirs.std()


def test_errors_that_ignore_teams_would_cover_far_too_seldom():
    panel = staggered(n_with=32, spread=0.3)
    outcomes = drawn(panel, np.zeros(len(panel.team)))
    # The same estimator, each row a team of its own in the variance.
    effect = impute_effect(outcomes, panel)
    dummies = np.c_[pd.get_dummies(panel.team), pd.get_dummies(panel.month)].astype(float)
    untreated = np.where(panel.treated, 0.0, panel.weight)
    inverse = np.linalg.pinv(dummies.T * untreated @ dummies)
    wanted = np.where(panel.of_interest, panel.weight, 0.0)
    weights = wanted / wanted.sum()
    weights = weights - untreated * (dummies @ inverse @ dummies.T @ weights)
    gaps = outcomes - dummies @ inverse @ (dummies.T * untreated @ outcomes)
    naive = np.sqrt((weights[:, None] ** 2 * gaps**2).sum(axis=0))
    assert (np.abs(effect.estimate) <= 1.96 * naive).mean() < 0.85
