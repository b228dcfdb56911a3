"""Draw what people should tag next: the audit at random, and beside it tasks to learn from."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from taskmix.errors import SortingError
from taskmix.sorting.queue.design import design_audit
from taskmix.sorting.queue.learning import choose_learning

#: Kinds of drawn rows. The first two are the audit (untagged tasks; tagged ones, to be tagged
#: again without the tag being seen), the others are chosen to learn from and enter no estimate.
AUDIT, RELABEL, MARGIN, SUSPICIOUS = "audit", "relabel", "margin", "suspicious"
AUDIT_KINDS = (AUDIT, RELABEL)
#: The part of the audit that tags tagged tasks again: between 10% and 15%.
_RELABELLED = 0.125


def draw_queue(
    tasks: pd.DataFrame,
    *,
    n: int,
    seed: int | Sequence[int],
    suspicious: Sequence[str] = (),
) -> pd.DataFrame:
    """Draw the audit of `n` tasks, and choose up to half as many to learn from.

    An eighth of the audit goes to tagged tasks, by the same design and as a stratum of its
    own. Nothing that is drawn is dropped afterwards, so that the probabilities are those of
    the design as it was carried out.

    Parameters
    ----------
    tasks : pandas.DataFrame
        One row a task of the period: ``task_id``, ``person``, ``title``, ``hours`` (human
        hours in the period; missing or 0: not in the audit), ``tag`` (what counts as its tag;
        missing: untagged), ``part`` (later days of an entry are not learned from), and
        ``p_execution`` … ``p_connective`` (missing: not sorted). Is not changed.
    n : int
        Size of the audit.
    seed : int or sequence of int
        The same seed and tasks, the same draw.
    suspicious : sequence of str
        ``task_id`` of tags worth a second look, the strangest first.

    Returns
    -------
    pandas.DataFrame
        One row a drawn task: ``position`` (its place in the sheet, shuffled over all kinds),
        ``task_id``, ``kind`` (`AUDIT`, `RELABEL`, `MARGIN`, `SUSPICIOUS`), ``pi`` (0–1;
        missing for the last two), ``hours``, ``frame_tasks`` and ``frame_hours`` (what the
        audit of that kind was drawn from).

    Raises
    ------
    SortingError
        If `n` is not positive, or no task of the period has hours.
    """
    if n < 1:
        raise SortingError(f"n is {n}; an audit needs at least one task")
    ordered = tasks.sort_values("task_id", ignore_index=True)
    with_hours = ordered[ordered["hours"] > 0]
    if with_hours.empty:
        raise SortingError(
            "no task of the period has human hours, and the audit is drawn by hours; choose "
            "another period, or ingest a log with durations"
        )
    # Streams of their own: another number of one kind must not change what else is drawn.
    first, second, third, fourth = (
        np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(4)
    )
    is_tagged = with_hours["tag"].notna()
    n_again = min(round(_RELABELLED * n), int(is_tagged.sum()))
    again = _draw(with_hours[is_tagged], n_again, first).assign(kind=RELABEL)
    audit = _draw(with_hours[~is_tagged], n - n_again, second).assign(kind=AUDIT)
    drawn = pd.concat([audit, again])
    free = ordered[~ordered["task_id"].isin(drawn["task_id"]) & (ordered["part"] == 0)]
    chosen = choose_learning(
        free, n=n // 2, seed=int(third.integers(2**31)), suspicious=suspicious,
        kinds=(MARGIN, SUSPICIOUS),
    )  # fmt: skip
    nothing = {"pi": float("nan"), "frame_tasks": 0, "frame_hours": float("nan")}
    rows = pd.concat([drawn, chosen.assign(**nothing)], ignore_index=True)
    rows = rows.assign(position=fourth.permutation(len(rows))).sort_values("position")
    types = {"task_id": "str", "kind": "str", "hours": "float64", "pi": "float64",
             "frame_hours": "float64", "frame_tasks": "int64", "position": "int64"}  # fmt: skip
    columns = ["position", "task_id", "kind", "pi", "hours", "frame_tasks", "frame_hours"]
    return rows[columns].astype(types).reset_index(drop=True)


def draw_sample(design: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Carry a design out once: systematic sampling of people, and of the tasks of each.

    ::

        people in random order     |---- ana ----|-- bo --|------ cem ------|
        their tasks, as long as π  |--|---|-|----|--|-----|---|--|------|---|
        a point every 1, from u       x        x        x        x        x

    Whatever the order, a task is met with probability π, and each person gives their expected
    number of tasks, rounded up or down. Hours over π add up to the hours of the frame in every
    draw, so that the mean weighted by them is unbiased, too.

    Parameters
    ----------
    design : pandas.DataFrame
        As `design_audit` returns it.
    rng : numpy.random.Generator

    Returns
    -------
    pandas.DataFrame
        The drawn rows of `design`: the certain ones, and as many others as π adds up to.

    References
    ----------
    Hartley, H. O. & Rao, J. N. K. (1962). Sampling with Unequal Probabilities and without
    Replacement. Ann. Math. Statist. 33, 350–374, doi:10.1214/aoms/1177704564.
    """
    certain = np.flatnonzero(design["pi"] == 1)
    rest = np.flatnonzero(design["pi"] < 1)
    people = pd.factorize(design["person"].iloc[rest], use_na_sentinel=False)[0]
    place = rng.permutation(people.max(initial=-1) + 1)
    rest = rest[np.lexsort((rng.random(len(rest)), place[people]))]
    ends = design["pi"].to_numpy()[rest].cumsum()
    points = rng.random() + np.arange(round(ends[-1]) if len(ends) else 0)
    # The last end may fall short of a whole number by rounding.
    met = np.minimum(np.searchsorted(ends, points, side="right"), len(ends) - 1)
    return design.iloc[np.sort(np.append(certain, rest[met]))].reset_index(drop=True)


def _draw(tasks: pd.DataFrame, n: int, rng: np.random.Generator) -> pd.DataFrame:
    design = design_audit(tasks, n=n) if n else tasks.iloc[:0].assign(pi=1.0)
    drawn = draw_sample(design, rng) if n else design
    frame = {"frame_tasks": len(tasks), "frame_hours": float(tasks["hours"].sum())}
    return drawn[["task_id", "hours", "pi"]].assign(**frame)
