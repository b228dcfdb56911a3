"""Carry audits out on the invented log, by the design that a workspace's queue uses."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from taskmix.measures.estimation import CHANCES, Drawn, People, weigh_by_workload
from taskmix.sorting.queue import design_audit, draw_sample
from taskmix.taxonomy import CATEGORIES

#: Tasks of an audit, and the part of them that are tagged ones to be labelled again.
AUDIT_SIZE, RELABELLED = 400, 0.125


def sum_people(tasks: pd.DataFrame) -> People:
    """Add tasks up as `taskmix.measures.estimation.person_sums` does in the engine.

    Parameters
    ----------
    tasks : pandas.DataFrame
        Rows of one period; ``person`` is a number.
    """
    is_tagged = tasks["tag"].notna().to_numpy()
    place = 2 * tasks["person"].to_numpy() + is_tagged
    hours = tasks["hours"].to_numpy()
    n = place.max() + 1
    there = np.flatnonzero(np.bincount(place, minlength=n))
    chances = tasks[list(CHANCES)].to_numpy()
    expected = np.stack(
        [np.bincount(place, weights=hours * chance, minlength=n)[there] for chance in chances.T],
        axis=1,
    )
    return People(
        person=there // 2,
        is_tagged=there % 2 == 1,
        hours=np.bincount(place, weights=hours, minlength=n)[there],
        sorted=expected,
        expected=expected,
    )


def design(tasks: pd.DataFrame, *, n: int = AUDIT_SIZE) -> list[pd.DataFrame]:
    """Design the audit of one period: of its untagged tasks, and of its tagged ones."""
    tagged = tasks["tag"].notna()
    n_again = min(round(RELABELLED * n), int(tagged.sum()))
    made = [design_audit(tasks[~tagged], n=n - n_again)]
    return [*made, design_audit(tasks[tagged], n=n_again)] if n_again else made


def draw(designs: Sequence[pd.DataFrame], rng: np.random.Generator) -> pd.DataFrame:
    """Draw each design once: ``task_id`` and ``pi``."""
    return pd.concat([draw_sample(made, rng)[["task_id", "pi"]] for made in designs])


def answer(tasks: pd.DataFrame, drawn: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Let people answer, truly but not always, and weigh what they say.

    Parameters
    ----------
    tasks : pandas.DataFrame
        As in `taskmix.batch.trials.world.World`; ``task_id`` is the place of the row.
    drawn : pandas.DataFrame
        ``task_id``, ``pi`` and ``period``, which tells audits apart: of many audits at once.
    rng : numpy.random.Generator

    Returns
    -------
    pandas.DataFrame
        See `taskmix.measures.estimation.weigh_answers`; by ``period``.
    """
    rows = tasks.iloc[drawn["task_id"].to_numpy()]
    answered = rng.random(len(rows)) < rows["answers"].to_numpy()
    columns = ["team", "person", "hours", "workload", *CHANCES]
    asked = rows[columns].assign(
        period=drawn["period"].to_numpy(),
        is_tagged=rows["tag"].notna(),
        pi=drawn["pi"].to_numpy(),
        answer=rows["category"].where(answered),
    )
    return weigh_by_workload(asked.reset_index(drop=True))


def as_drawn(weighed: pd.DataFrame) -> Drawn:
    """Turn weighed answers into the estimator's arrays, keeping the numbers of people."""
    code = pd.Index(CATEGORIES).get_indexer(weighed["answer"])
    n = len(CATEGORIES)
    return Drawn(
        person=weighed["person"].to_numpy(),
        is_tagged=weighed["is_tagged"].to_numpy(),
        certain=weighed["pi"].to_numpy() == 1,
        answered=code >= 0,
        blind=np.ones(len(weighed), dtype=bool),
        hours=weighed["hours"].to_numpy(),
        pi=weighed["pi"].to_numpy(),
        weight=weighed["weight"].to_numpy(),
        rate=weighed["rate"].to_numpy(),
        said=np.vstack([np.eye(n), np.zeros(n)])[code],
        found=weighed[list(CHANCES)].to_numpy(),
    )
