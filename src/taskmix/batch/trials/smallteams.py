"""Trials of teams: their own estimates, and the composite of the small ones."""

import numpy as np

from taskmix.batch.trials.auditing import answer, as_drawn, design, draw, sum_people
from taskmix.batch.trials.redrawn import Step, Trial, as_trial, interval_of
from taskmix.batch.trials.world import PERIODS, World, true_shares
from taskmix.measures.estimation import (
    FIRST_TUNING,
    MIN_AUDITED,
    composite_estimates,
    estimate_cell,
    share_interval,
)


def redraw_for_teams(
    world: World, *, replicates: int, rng: np.random.Generator, step: Step
) -> tuple[Trial, Trial]:
    """Redraw the audit of one period on the same logs, and estimate every team.

    Returns
    -------
    own : Trial
        One row a replicate and team with 20 answers or more: its own estimate.
    composite : Trial
        One row a replicate and team with fewer: the composite.
    """
    tasks = world.of(PERIODS[1])
    designs, whole = design(tasks), sum_people(tasks)
    teams = {str(team): rows for team, rows in tasks.groupby("team")}
    truth = {team: true_shares(rows) for team, rows in teams.items()}
    sums = {team: sum_people(rows) for team, rows in teams.items()}
    found: dict[bool, list[tuple[np.ndarray, ...]]] = {True: [], False: []}
    truths: dict[bool, list[np.ndarray]] = {True: [], False: []}
    for _ in range(replicates):
        weighed = answer(world.tasks, draw(designs, rng).assign(period=PERIODS[1]), rng)
        pooled = estimate_cell(whole, as_drawn(weighed), tuning=FIRST_TUNING)
        by_team = {str(team): as_drawn(rows) for team, rows in weighed.groupby("team")}
        cells = {
            team: estimate_cell(sums[team], asked, tuning=FIRST_TUNING, min_audited=2)
            for team, asked in by_team.items()
        }
        for team, made in composite_estimates(cells, pooled).items():
            has_own = cells[team].n_audited >= MIN_AUDITED
            low, high, _ = share_interval(made.share, np.sqrt(made.mse), df=made.df)
            one = interval_of(cells[team]) if has_own else (made.share, low, high)
            found[has_own].append(one)
            truths[has_own].append(truth[team])
        step(1)
    own, small = (as_trial(found[kind], np.array(truths[kind])) for kind in (True, False))
    return own, small
