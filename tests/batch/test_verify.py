"""The trials know the truth, redraw as the queue draws, and their bounds say what fails."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from taskmix.batch.trials.auditing import answer, as_drawn, design, draw, sum_people
from taskmix.batch.trials.redrawn import Trial, redraw_audits, redrawn_log
from taskmix.batch.trials.world import PERIODS, make_world, true_shares
from taskmix.batch.verify import Bound, _bounds, verify
from taskmix.errors import MeasureError
from taskmix.measures.estimation import (
    CHANCES,
    FIRST_TUNING,
    audited_shares,
    estimate_cell,
    tune_audit,
)
from taskmix.taxonomy import CATEGORIES

# One worker invents the log, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("verify")


@pytest.fixture(scope="module")
def world():
    return make_world(people=90, seed=3)


def test_the_invented_log_has_what_makes_shares_hard(world):
    tasks = world.of(PERIODS[1])
    truth, hours = true_shares(tasks), tasks["hours"].to_numpy()
    assert truth.sum() == pytest.approx(1)
    assert truth.tolist() == pytest.approx(
        [tasks.loc[tasks["category"] == c, "hours"].sum() / hours.sum() for c in CATEGORIES]
    )
    tagged = tasks[tasks["tag"].notna()]
    assert np.abs(true_shares(tagged) - truth).max() > 0.05
    assert 0.8 < (tagged["tag"] == tagged["category"]).mean() < 1
    assert 0.5 < world.accuracy < 0.95


def test_an_audit_is_drawn_by_the_queues_design(world):
    tasks = world.of(PERIODS[1])
    made = design(tasks, n=80)
    assert [round(part["pi"].sum()) for part in made] == [70, 10]
    drawn = draw(made, np.random.default_rng(0))
    asked = tasks.set_index("task_id").loc[drawn["task_id"]]
    assert asked["tag"].notna().sum() == 10
    untagged = asked["tag"].isna().to_numpy()
    assert (asked["hours"] / drawn["pi"].to_numpy())[untagged].sum() == pytest.approx(
        tasks.loc[tasks["tag"].isna(), "hours"].sum()
    )


def test_the_trials_estimate_is_that_of_the_measure(world):
    rng = np.random.default_rng(1)
    parts = [draw(design(world.of(p)), rng).assign(period=p) for p in PERIODS]
    weighed = answer(world.tasks, pd.concat(parts), rng)
    first, second = (as_drawn(weighed[weighed["period"] == p]) for p in PERIODS)
    tuned = tune_audit(first)
    cell = estimate_cell(sum_people(world.of(PERIODS[1])), second, tuning=tuned)
    keys = ["period", "team", "person", "is_tagged"]
    rows = world.tasks.assign(is_tagged=world.tasks["tag"].notna())
    expected = rows[list(CHANCES)].mul(rows["hours"], axis=0)
    expected.columns = [f"expected_{c}" for c in CATEGORIES]
    people = pd.concat([rows[[*keys, "hours"]], expected], axis=1).groupby(keys).sum()
    table = audited_shares(
        people.reset_index().assign(hours_unsorted=0.0, person=lambda t: t["person"].astype("str")),
        weighed.assign(out_of_sample=True, person=weighed["person"].astype("str")),
    )
    now = table[table["period"] == PERIODS[1]]
    assert now["tuning"].unique().tolist() == pytest.approx([tuned])
    assert tuned != FIRST_TUNING
    assert now["estimate"].to_numpy() == pytest.approx(cell.share)
    assert now["se"].to_numpy() == pytest.approx(np.sqrt(cell.variance))
    assert now["se_people"].to_numpy() == pytest.approx(np.sqrt(cell.variance_people))


def test_people_are_redrawn_whole(world):
    log = redrawn_log(world, np.random.default_rng(0))
    hours = log.groupby(["period", "person"])["hours"].sum()
    known = world.tasks.groupby(["period", "person"])["hours"].sum().round(6)
    assert set(hours.round(6)) <= set(known)
    n = world.tasks["person"].nunique()
    assert log["person"].nunique() == n
    assert len(set(hours.loc[PERIODS[1]].round(6))) < 0.8 * n
    assert log["task_id"].tolist() == list(range(len(log)))


def test_coverage_bias_and_width_are_counted_by_category():
    truth = np.tile([0.5, 0.3, 0.1, 0.1], (2, 1))
    estimate = truth + np.array([[0.02, 0, 0, 0], [0.04, 0, 0, 0]])
    trial = Trial(estimate, estimate - 0.03, estimate + 0.03, truth)
    assert trial.coverage().tolist() == [0.5, 1, 1, 1]
    assert trial.bias().tolist() == pytest.approx([0.03, 0, 0, 0])
    assert trial.width().tolist() == pytest.approx([0.06] * 4)


def trial_with(coverage, n=400):
    """A trial whose intervals hold the truth that often."""
    truth = np.full((n, 4), 0.25)
    misses = np.arange(n)[:, None] >= np.round(np.array(coverage) * n)
    low = truth - 0.1 + 0.2 * misses
    return Trial(truth + 0.2 * misses, low, low + 0.2, truth)


CONTROLS = {"classify_and_count": 0.2, "tags_as_gold": 0.2, "variance_without_people": 0.8}


def failed(shares, changes=(0.95,) * 4, controls=CONTROLS, replicates=400):
    bounds = _bounds(trial_with(shares), trial_with(changes), controls, replicates=replicates)
    return [bound.name for bound in bounds if not bound.holds]


def test_the_bounds_are_those_that_were_promised():
    assert failed((0.95,) * 4) == []
    assert failed((0.92,) * 4) == ["shares, mean"]
    assert failed((0.98,) * 4) == ["shares, mean"]
    assert failed((0.96, 0.96, 0.96, 0.905)) == ["shares, connective"]
    assert failed((0.95,) * 4, changes=(0.9, 0.95, 0.95, 0.95)) == ["changes, execution"]
    for name, most in (("classify_and_count", 0.6), ("tags_as_gold", 0.3),
                       ("variance_without_people", 0.88)):  # fmt: skip
        assert failed((0.95,) * 4, controls={**CONTROLS, name: most - 0.01}) == []
        assert failed((0.95,) * 4, controls={**CONTROLS, name: most + 0.01}) == [name]


def test_a_long_run_has_narrower_bounds_and_a_short_one_has_room_for_chance():
    assert failed((0.935,) * 4) == []
    assert failed((0.935,) * 4, replicates=2000) == ["shares, mean"]
    assert failed((0.96, 0.96, 0.96, 0.92), replicates=2000) == ["shares, connective"]
    # 100 replicates: 2 · (2.2 − 1.1) points more.
    assert failed((0.91,) * 4, replicates=100) == []
    assert failed((0.89,) * 4, replicates=100)[0] == "shares, mean"


def test_intervals_that_ignore_the_audits_luck_are_caught(world):
    """A negative control of the counting itself: halved intervals do not cover."""
    trial = redraw_audits(world, replicates=60, rng=np.random.default_rng(2), step=lambda _: None)
    centre, half = (trial.low + trial.high) / 2, (trial.high - trial.low) / 4
    halved = replace(trial, low=centre - half, high=centre + half)
    assert trial.coverage().mean() > 0.9
    assert halved.coverage().mean() < 0.85


def test_few_replicates_are_an_error():
    with pytest.raises(MeasureError, match="replicates is 10; fewer than 50 tell nothing"):
        verify(replicates=10)


def test_a_bound_is_kept_at_its_ends():
    assert Bound("x", 0.91, 0.91, 1.0).holds
    assert not Bound("x", 0.909, 0.91, 1.0).holds
