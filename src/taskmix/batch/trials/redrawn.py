"""The trials: audits redrawn on the same logs, and people redrawn with theirs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.batch.trials.auditing import answer, as_drawn, design, draw, sum_people
from taskmix.batch.trials.world import PERIODS, World, true_shares
from taskmix.measures.estimation import (
    FIRST_TUNING,
    CellEstimate,
    Drawn,
    compare_cells,
    estimate_cell,
    share_interval,
    tune_audit,
)

#: So many replicates are answered and weighed at once.
BLOCK = 50

Step = Callable[[int], None]


@dataclass(frozen=True)
class Trial:
    """What the replicates of a trial gave.

    Attributes
    ----------
    estimate, low, high, truth : ndarray of shape (replicates, 4)
        Of shares, or of changes of shares; in the order of ``CATEGORIES``.
    """

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray
    truth: np.ndarray

    def coverage(self) -> np.ndarray:
        """Return the part of the intervals that hold the truth, by category."""
        return ((self.low <= self.truth) & (self.truth <= self.high)).mean(axis=0)

    def bias(self) -> np.ndarray:
        """Return the mean of estimate less truth, by category."""
        return (self.estimate - self.truth).mean(axis=0)

    def width(self) -> np.ndarray:
        """Return the mean width of the intervals, by category."""
        return (self.high - self.low).mean(axis=0)


def redraw_audits(world: World, *, replicates: int, rng: np.random.Generator, step: Step) -> Trial:
    """Redraw the audits of both periods on the same logs, and estimate the later shares.

    Each replicate draws, answers and weighs both audits as executed, takes λ from the earlier one
    and estimates the later period. Its truth are these logs' own shares.
    """
    first, second = PERIODS
    people = sum_people(world.of(second))
    designs = {period: design(world.of(period)) for period in PERIODS}
    truth = true_shares(world.of(second))
    found = []
    for numbers in _blocks(replicates):
        drawn = [
            draw(designs[period], rng).assign(period=f"{number}|{period}")
            for number in numbers
            for period in PERIODS
        ]
        audits = _by_audit(answer(world.tasks, pd.concat(drawn), rng))
        for number in numbers:
            tuned = tune_audit(audits[f"{number}|{first}"])
            cell = estimate_cell(
                people, audits[f"{number}|{second}"],
                tuning=FIRST_TUNING if tuned is None else tuned,
            )  # fmt: skip
            found.append(interval_of(cell))
            step(1)
    return as_trial(found, np.tile(truth, (replicates, 1)))


def redraw_people(world: World, *, replicates: int, rng: np.random.Generator, step: Step) -> Trial:
    """Redraw the organisation's people from all that might work there, and estimate the change.

    The people of the invented log stand for these. Each replicate draws as many with replacement,
    each with the tasks of both periods, audits both periods and estimates the change. Its truth
    is the change among all.
    """
    truth = true_shares(world.of(PERIODS[1])) - true_shares(world.of(PERIODS[0]))
    found = []
    for numbers in _blocks(replicates):
        logs, drawn = [], []
        n_rows = 0
        for number in numbers:
            log = redrawn_log(world, rng)
            log["task_id"] += n_rows
            n_rows += len(log)
            for period, rows in log.groupby("period"):
                drawn.append(draw(design(rows), rng).assign(period=f"{number}|{period}"))
            logs.append(log)
        audits = _by_audit(answer(pd.concat(logs), pd.concat(drawn), rng))
        for number, log in zip(numbers, logs, strict=True):
            first, second = (audits[f"{number}|{period}"] for period in PERIODS)
            tuned = tune_audit(first)
            sums = {period: sum_people(rows) for period, rows in log.groupby("period")}
            before = estimate_cell(sums[PERIODS[0]], first, tuning=FIRST_TUNING)
            now = estimate_cell(
                sums[PERIODS[1]], second, tuning=FIRST_TUNING if tuned is None else tuned
            )
            change = compare_cells(now, before)
            found.append(
                tuple(change[name].to_numpy() for name in ("change", "change_low", "change_high"))
            )
            step(1)
    return as_trial(found, np.tile(truth, (replicates, 1)))


def redrawn_log(
    world: World, rng: np.random.Generator, *, period: str | None = None
) -> pd.DataFrame:
    """Draw as many people as there are, with replacement, each as a person of their own.

    Parameters
    ----------
    period : str, optional
        Their tasks of this period only.
    """
    tasks = world.tasks if period is None else world.of(period)
    n, person = world.tasks["person"].max() + 1, tasks["person"].to_numpy()
    order = np.argsort(person, kind="stable")
    begin = np.searchsorted(person[order], np.arange(n + 1))
    chosen = rng.integers(0, n, n)
    length = (begin[1:] - begin[:-1])[chosen]
    within = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    rows = order[np.repeat(begin[:-1][chosen], length) + within]
    log = tasks.iloc[rows].assign(person=np.repeat(np.arange(n), length))
    log = log.sort_values("period", kind="stable", ignore_index=True)
    return log.assign(task_id=np.arange(len(log)))


def interval_of(cell: CellEstimate) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a cell's shares with the ends of their descriptive intervals."""
    assert not cell.why_not, cell.why_not
    low, high, _ = share_interval(cell.share, np.sqrt(cell.variance), df=cell.df)
    return cell.share, low, high


def _blocks(replicates: int) -> list[range]:
    return [range(a, min(a + BLOCK, replicates)) for a in range(0, replicates, BLOCK)]


def _by_audit(weighed: pd.DataFrame) -> dict[str, Drawn]:
    return {str(name): as_drawn(rows) for name, rows in weighed.groupby("period", sort=False)}


def as_trial(found: Sequence[tuple[np.ndarray, ...]], truth: np.ndarray) -> Trial:
    """Put the replicates' estimates and interval ends under each other."""
    estimate, low, high = (np.array(values) for values in zip(*found, strict=True))
    return Trial(estimate, low, high, truth)
