"""The tasks of each day: how many, how long, and of which part of the work."""

from dataclasses import dataclass

import numpy as np

from taskmix.synth.bench._attendance import Days
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._effort import Effort
from taskmix.synth.bench._habits import personal_shares
from taskmix.synth.bench._teams import Teams

#: Long tasks are creative more often, short ones connective; busy weeks hold more execution. In
#: the order of `PARTS`.
LEANS_TO_LENGTH = np.array([-0.06, 0.02, 0.10, -0.06, -0.06])
LEANS_TO_BUSY = np.array([0.20, -0.12, -0.22, -0.06, 0.20])
#: What a lean leaves of a chance at least; hardly ever met.
_LEAST_LEFT = 0.02
#: Sigma of the lognormal lengths of a day's tasks.
SCATTER = 0.55


@dataclass(frozen=True)
class Work:
    """Tasks by people, one entry each, by person, day and place in the day.

    Attributes
    ----------
    at : numpy.ndarray of int
        The number of the task's day in `Days`.
    place, n_on_day : numpy.ndarray of int
        Its place in the day, from 0, and how many there are.
    minutes : numpy.ndarray of int
        In fives.
    part : numpy.ndarray of int
        Number in `PARTS`.
    given : numpy.ndarray
        Team × month × `PARTS`: hours to be expected of these people in these tasks.
    """

    at: np.ndarray
    place: np.ndarray
    n_on_day: np.ndarray
    minutes: np.ndarray
    part: np.ndarray
    given: np.ndarray

    def __len__(self) -> int:
        return len(self.at)


def draw_work(
    rng: np.random.Generator, people: People, days: Days, teams: Teams, effort: Effort
) -> Work:
    """Draw the tasks of every day.

    The hours of a part are what `effort` says, in the mean over people and days, exactly: a
    day's hours have a mean that does not depend on what is done in them, and what makes a part
    likelier in some tasks (length within a person's month, workload within a team's) is 0 in
    the mean weighted by length.
    """
    jitter = rng.integers(-1, 2, len(days))
    n_tasks = np.floor(teams.tasks_a_day[days.team] + jitter + rng.random(len(days))).astype(int)
    n_tasks = np.maximum(n_tasks, 1)
    at = np.repeat(np.arange(len(days)), n_tasks)
    first = np.cumsum(n_tasks) - n_tasks
    place = np.arange(len(at)) - first[at]
    daily = effort.hours.sum(axis=2)[days.team, days.month] / 5
    daily = daily * days.busy * rng.uniform(0.88, 1.12, len(days))
    log_weight = rng.normal(0, SCATTER, len(at))
    weight = np.exp(log_weight)
    share = weight / np.bincount(at, weights=weight)[at]
    fives = np.floor(12 * daily[at] * share + rng.random(len(at)))
    minutes = (5 * np.maximum(fives, 1)).astype(int)
    chances = _chances(rng, people, days, effort, at, log_weight / (2 * SCATTER), minutes)
    cell = (days.team * effort.hours.shape[1] + days.month)[at]
    given = [
        np.bincount(cell, chances[:, part] * minutes / 60, minlength=effort.adoption.size)
        for part in range(chances.shape[1])
    ]
    return Work(
        at=at,
        place=place,
        n_on_day=n_tasks[at],
        minutes=minutes,
        part=choose(rng, chances),
        given=np.stack(given, axis=1).reshape(effort.hours.shape),
    )


def choose(rng: np.random.Generator, chances: np.ndarray) -> np.ndarray:
    """Draw one column number a row; the chances of a row sum to 1."""
    drawn = rng.random(len(chances))
    chosen = np.zeros(len(chances), dtype=np.int64)
    edge = np.zeros(len(chances))
    for column in range(chances.shape[1] - 1):
        edge += chances[:, column]
        chosen += drawn >= edge
    return chosen


def _chances(
    rng: np.random.Generator,
    people: People,
    days: Days,
    effort: Effort,
    at: np.ndarray,
    length: np.ndarray,
    minutes: np.ndarray,
) -> np.ndarray:
    """Give each task its chances of `PARTS`: the person's in that team and month, leaned."""
    n_months = effort.hours.shape[1]
    key = (days.person * n_months + days.month) * len(effort.hours) + days.team
    stays, stay = np.unique(key, return_inverse=True)
    team = stays % len(effort.hours)
    person, month = np.divmod(stays // len(effort.hours), n_months)
    luck = rng.uniform(1e-9, 1 - 1e-9, (len(people), 4))
    shares = effort.shares[team, month]
    # What overseeing AI takes is the team's: spread over a few people alone it would be noise.
    rest = 1 - shares[:, 4:]
    own = np.hstack([rest * personal_shares(shares[:, :4] / rest, luck[person]), shares[:, 4:]])
    of_stay = stay[at]
    mean = own[of_stay]
    lean = np.zeros(mean.shape)
    for what, leans, group in (
        (np.clip(length, -1, 1), LEANS_TO_LENGTH, of_stay),
        ((days.busy[at] - 1) / 0.2, LEANS_TO_BUSY, (days.team * n_months + days.month)[at]),
    ):
        centred = what - _weighted_mean(what, minutes, group)
        lean += centred[:, None] * (leans - (mean @ leans)[:, None])
    chances = mean * np.maximum(1 + lean, _LEAST_LEFT)
    return chances / chances.sum(axis=1, keepdims=True)


def _weighted_mean(what: np.ndarray, weights: np.ndarray, group: np.ndarray) -> np.ndarray:
    total = np.bincount(group, weights=weights)
    return (np.bincount(group, weights=what * weights) / np.maximum(total, 1))[group]
