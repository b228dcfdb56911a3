"""The organisation that the estimator is tried on: titles, a fitted sorter, and the truth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.measures.estimation import CHANCES
from taskmix.sorting import CONTEXT_COLUMNS, TaskSorter
from taskmix.sorting.model import predict_categories
from taskmix.synth.bench import make_bench
from taskmix.taxonomy import CATEGORIES

#: The periods that are estimated. The sorter learns from the months before them.
PERIODS = ("2026-Q2", "2026-Q3")
_LAST_MONTH, _MONTHS = "2026-09", 12
#: Each person logs every so manieth week, and that in full.
_DIARY_WEEKS = 6
#: How far people of a team differ in what they log: spread of their log-rates of the four kinds
#: of work. It puts 0.10 to 0.16 of a category's variance between people, as real logs have it
#: (measured within quarters: 0.03 to 0.19 in CESAW, 0.12 in SiP).
_LEANING = 0.4
#: Part of the bench's tags that nobody gave after all, by category: routine and meetings are
#: tagged least readily, so that tags mislead about every category.
_NOT_TAGGED = np.array([0.15, 0.0, 0.0, 0.35])
#: What part of the audit's tasks the least and the most busy people answer.
_ANSWERS = (0.95, 0.65)


@dataclass(frozen=True)
class World:
    """Two periods of an invented log.

    Attributes
    ----------
    tasks : pandas.DataFrame
        One row a task with human hours, by period and person: ``task_id`` (its place), ``period``,
        ``team``, ``person`` (number), ``hours``, ``category`` (the truth), ``tag`` (missing:
        untagged; not all are right), ``chance_execution`` … ``chance_connective`` (by a sorter
        that learned from earlier months; one-hot where tagged), ``workload`` (the person's hours
        in the period) and ``answers`` (the chance that they answer).
    n_learned : int
        Tags that the sorter learned from.
    accuracy : float
        What part of the untagged tasks it puts right; 0–1.
    """

    tasks: pd.DataFrame
    n_learned: int
    accuracy: float

    def of(self, period: str) -> pd.DataFrame:
        """Return the tasks of one period."""
        return self.tasks[self.tasks["period"] == period]


def _lean(log: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let each person log a part of each kind of their work, so that people differ more."""
    person = pd.factorize(log["person"])[0]
    code = pd.Index(CATEGORIES).get_indexer(log["category"])
    rate = np.exp(rng.normal(0, _LEANING, (person.max() + 1, len(CATEGORIES))))
    rate /= rate.max(axis=1, keepdims=True)
    return log[rng.random(len(log)) < rate[person, code]]


def _less_tagged(log: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Take some tags away, by the true category."""
    code = pd.Index(CATEGORIES).get_indexer(log["category"])
    return log.assign(tag=log["tag"].mask(rng.random(len(log)) < _NOT_TAGGED[code]))


def true_shares(tasks: pd.DataFrame) -> np.ndarray:
    """Return the shares of hours by their true category, in the order of ``CATEGORIES``."""
    code = pd.Index(CATEGORIES).get_indexer(tasks["category"])
    hours = np.bincount(code, weights=tasks["hours"], minlength=len(CATEGORIES))
    return hours / hours.sum()


def make_world(*, people: int = 600, seed: int = 0) -> World:
    """Invent an organisation that takes to AI, and fit a sorter on the tags of its first months.

    Its people do not tag at random, and are wrong at times; the words of its titles change with
    AI, inside the categories; people differ in what they do. The same seed gives the same world.
    """
    bench = make_bench(
        people=people, teams=max(people // 30, 1), months=_MONTHS, last_month=_LAST_MONTH,
        seed=seed, diary_weeks=_DIARY_WEEKS,
    )  # fmt: skip
    log = bench.tasks.assign(category=bench.truth["category"].array)
    log = log[(log["performer"] != "ai") & (log["hours"] > 0)]
    rng = np.random.default_rng([seed, 9])
    log = _less_tagged(_lean(log, rng), rng)
    log = log.assign(period=log["local_date"].dt.to_period("Q").dt.strftime("%Y-Q%q"))
    is_tried = log["period"].isin(PERIODS)
    first = log[~is_tried]
    sorter = TaskSorter().fit(first[["title", *CONTEXT_COLUMNS]], first["tag"])
    tried = log[is_tried].sort_values(["period", "person", "task_id"], ignore_index=True)
    chances = predict_categories(sorter, tried)
    untagged = tried["tag"].isna().to_numpy()
    best = np.array(CATEGORIES)[chances.argmax(axis=1)]
    right = best[untagged] == tried.loc[untagged, "category"].to_numpy()
    codes = pd.Categorical(tried.loc[~untagged, "tag"], categories=CATEGORIES).codes
    chances[~untagged] = np.eye(len(CATEGORIES))[codes]
    workload = tried.groupby(["period", "person"])["hours"].transform("sum")
    busy = workload.groupby(tried["period"]).rank(pct=True)
    least, most = _ANSWERS
    tasks = tried[["period", "team", "hours", "category", "tag"]].assign(
        task_id=np.arange(len(tried)),
        person=pd.factorize(tried["person"], sort=True)[0],
        workload=workload,
        answers=least + (most - least) * busy,
        **dict(zip(CHANCES, chances.T, strict=True)),
    )
    return World(tasks, int(first["tag"].notna().sum()), float(right.mean()))
