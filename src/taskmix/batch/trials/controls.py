"""What must fail: intervals that were not earned, on the same log."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.batch.trials.auditing import AUDIT_SIZE, sum_people
from taskmix.batch.trials.redrawn import Step, Trial, as_trial, redrawn_log
from taskmix.batch.trials.world import PERIODS, World, true_shares
from taskmix.measures.estimation import CHANCES, FIRST_TUNING, share_interval
from taskmix.sorting.queue import design_audit, draw_sample
from taskmix.taxonomy import CATEGORIES

_TASKS_A_PERSON = 10
_SAID = tuple(f"said_{category}" for category in CATEGORIES)


def naive_shares(
    world: World, *, replicates: int, rng: np.random.Generator, step: Step
) -> tuple[Trial, Trial]:
    """Take the sorter's shares, and the tags' shares, as if they were observed; people redrawn.

    Returns
    -------
    classify_and_count : Trial
        The mean prediction of all tasks (tags where there are any), with an interval over people.
    tags_as_gold : Trial
        The tagged tasks as if they were a random sample, with an interval over people.
    """
    truth = true_shares(world.of(PERIODS[1]))
    counted: list[tuple[np.ndarray, ...]] = []
    tagged: list[tuple[np.ndarray, ...]] = []
    for _ in range(replicates):
        people = sum_people(redrawn_log(world, rng, period=PERIODS[1]))
        for found, rows in ((counted, slice(None)), (tagged, people.is_tagged)):
            found.append(
                _over_people(people.person[rows], people.hours[rows], people.expected[rows])
            )
        step(1)
    truths = np.tile(truth, (replicates, 1))
    return as_trial(counted, truths), as_trial(tagged, truths)


def without_people(
    world: World, *, replicates: int, rng: np.random.Generator, step: Step
) -> tuple[Trial, Trial]:
    """Audit ten tasks of each of a few people, and take them for as many independent tasks.

    The people are redrawn. Of them as many are audited as make the audit's size, with probability
    proportional to their untagged hours, and ten tasks of each by hours; all is answered.

    Returns
    -------
    ignored, counted : Trial
        V = n/(n − 1) Σ z² over tasks, and the variance over people, of the same estimates.
    """
    tasks = world.of(PERIODS[1])
    tasks = tasks[tasks["tag"].isna()].reset_index(drop=True)
    truth, frame = true_shares(tasks), _design_tens(tasks)
    ignored, counted = [], []
    for _ in range(replicates):
        member = rng.integers(0, len(frame.hours), len(frame.hours))
        hours, expected = frame.hours[member], frame.expected[member]
        total = hours.sum()
        place, drawn = _draw_tens(frame, member, rng)
        weight = drawn["expanded"].to_numpy() / drawn["expanded"].sum()
        error = drawn[list(_SAID)].to_numpy() - FIRST_TUNING * drawn[list(CHANCES)].to_numpy()
        mean, model = weight @ error, expected.sum(axis=0) / total
        z = weight[:, None] * (error - mean)
        parts = FIRST_TUNING * (expected - hours[:, None] * model) / total
        np.add.at(parts, place, z)
        share = FIRST_TUNING * model + mean
        ignored.append(_interval(share, z))
        counted.append(_interval(share, parts, df=len(np.unique(place)) - 1))
        step(1)
    truths = np.tile(truth, (replicates, 1))
    return as_trial(ignored, truths), as_trial(counted, truths)


@dataclass(frozen=True)
class _Tens:
    """Hours and Σ h f_k of each person, and the designs of ten tasks of each.

    Attributes
    ----------
    tasks : pandas.DataFrame
        All designs under each other, by person.
    begin : ndarray of int
        Where each person's begins, and where the last one ends.
    """

    hours: np.ndarray
    expected: np.ndarray
    tasks: pd.DataFrame
    begin: np.ndarray


def _design_tens(tasks: pd.DataFrame) -> _Tens:
    said = np.eye(len(CATEGORIES))[pd.Index(CATEGORIES).get_indexer(tasks["category"])]
    told = tasks.assign(**dict(zip(_SAID, said.T, strict=True)))
    hours, expected, designs = [], [], []
    for _, rows in told.groupby("person"):
        hours.append(rows["hours"].sum())
        expected.append(rows["hours"].to_numpy() @ rows[list(CHANCES)].to_numpy())
        made = design_audit(rows, n=_TASKS_A_PERSON)
        designs.append(made.merge(rows[["task_id", *_SAID, *CHANCES]], on="task_id"))
    begin = np.cumsum([0, *(len(made) for made in designs)])
    return _Tens(np.array(hours), np.array(expected), pd.concat(designs), begin)


def _draw_tens(
    frame: _Tens, member: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, pd.DataFrame]:
    """Return whose the drawn tasks are, as places in `member`, and the tasks with d h."""
    number = np.arange(len(member))
    people = pd.DataFrame({"task_id": number, "person": number, "hours": frame.hours[member]})
    chosen = draw_sample(design_audit(people, n=AUDIT_SIZE // _TASKS_A_PERSON), rng)
    place = chosen["person"].to_numpy()
    begin, length = frame.begin[member[place]], np.diff(frame.begin)[member[place]]
    rows = np.repeat(begin - np.cumsum(length) + length, length) + np.arange(length.sum())
    asked = frame.tasks.iloc[rows].assign(
        person=np.repeat(place, length), chance=np.repeat(chosen["pi"].to_numpy(), length)
    )
    # A person's π sum to ten, so that each gives ten tasks.
    tasks = draw_sample(asked, rng)
    expanded = tasks["hours"] / (tasks["chance"] * tasks["pi"])
    return tasks["person"].to_numpy(), tasks.assign(expanded=expanded)


def _over_people(
    person: np.ndarray, hours: np.ndarray, expected: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return shares of hours with an interval that takes `expected` for observed."""
    share = expected.sum(axis=0) / hours.sum()
    parts = np.zeros((person.max() + 1, len(CATEGORIES)))
    np.add.at(parts, person, (expected - hours[:, None] * share) / hours.sum())
    return _interval(share, parts[np.unique(person)])


def _interval(
    share: np.ndarray, parts: np.ndarray, *, df: int | None = None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the share with its interval, from parts that vary independently."""
    n = len(parts)
    se = np.sqrt(n / (n - 1) * (parts**2).sum(axis=0))
    low, high, _ = share_interval(share, se, df=n - 1 if df is None else df)
    return share, low, high
