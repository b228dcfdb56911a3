"""How much of the log is tagged, sorted or unsure, and how far the sorter can be believed."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.errors import SortingError
from taskmix.measures.scope import Scope
from taskmix.measures.weeks import collected, in_days
from taskmix.periods import parse_period
from taskmix.store import Log
from taskmix.taxonomy import CATEGORIES, UNSURE

BASES: tuple[str, ...] = ("tagged", "sorted", "unsure")
_P = [f"p_{category}" for category in CATEGORIES]
#: The least that the largest of four probabilities can be, in bins of `_STEP`.
_LEAST, _STEPS_OF_ONE = 5, 20


def check_sorted(log: Log) -> None:
    """Raise `SortingError` if a task is neither tagged nor sorted."""
    untagged = log.tasks.filter("tag IS NULL").project("task_id")
    n_left = len(untagged.except_(log.sorted.project("task_id")).fetchall())
    if not n_left:
        return
    left = f"{n_left:,} tasks are neither tagged nor sorted"
    if log.is_old:
        raise SortingError(
            f"version {log.version}: {left}; no report was made from it, because more was ingested "
            "before `taskmix sort` ran. Name the version that a page or its JSON gives"
        )
    raise SortingError(f"{left}; run `taskmix sort` first")


def effort_by_basis(cells: pd.DataFrame, *, by: tuple[str, ...] = ("period",)) -> pd.DataFrame:
    """Add up what people tagged, what the sorter was sure of, and what is left unsure.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    by : tuple of str
        ``period``, ``team`` or ``department``.

    Returns
    -------
    pandas.DataFrame
        One row a group and basis, all three in order: ``n_tasks``, ``hours`` (human),
        ``share_of_tasks`` and ``share_of_hours`` (0–1 of the group's, missing without any).
    """
    values = ["n_tasks", "hours"]
    sums = cells.groupby([*by, "basis"], observed=True)[values].sum().reset_index()
    groups = cells[list(by)].drop_duplicates().sort_values(list(by))
    every = groups.merge(pd.DataFrame({"basis": pd.Series(BASES, dtype="str")}), how="cross")
    table = every.merge(sums, how="left", on=[*by, "basis"]).fillna({"n_tasks": 0, "hours": 0.0})
    table["n_tasks"] = table["n_tasks"].astype("int64")
    total = table.groupby(list(by))[values].transform("sum")
    table["share_of_tasks"] = (table["n_tasks"] / total["n_tasks"]).where(total["n_tasks"] > 0)
    table["share_of_hours"] = (table["hours"] / total["hours"]).where(total["hours"] > 0)
    return table


def certainty(log: Log, *, scope: Scope) -> pd.DataFrame:
    """Count the untagged tasks of a period by how probable their likeliest category is.

    Parameters
    ----------
    scope : Scope
        Tasks count that began in its period.

    Returns
    -------
    pandas.DataFrame
        One row a step of 0.05 and ``sure`` (whether the sorter assigned its category):
        ``at_least`` (the step's lower end; one of four categories cannot be likelier than the
        others below 0.25), ``n_tasks`` and ``share`` (0–1 of the untagged tasks).
    """
    rows = untagged_with_probabilities(log, scope=scope).select(
        step=(nw.max_horizontal(*_P) * _STEPS_OF_ONE + 1e-9).floor(),
        sure=nw.col("category") != UNSURE,
        n_tasks=nw.lit(1),
    )
    found = collected(
        rows.group_by("step", "sure").agg(nw.col("n_tasks").sum()),
        {"step": "int64", "sure": "bool", "n_tasks": "int64"},
    )
    # What is wholly certain belongs to the highest step.
    found["step"] = found["step"].clip(_LEAST, _STEPS_OF_ONE - 1)
    counts = found.groupby(["step", "sure"])["n_tasks"].sum()
    every = pd.MultiIndex.from_product(
        [range(_LEAST, _STEPS_OF_ONE), [False, True]], names=["step", "sure"]
    )
    table = counts.reindex(every, fill_value=0).reset_index()
    total = int(table["n_tasks"].sum())
    share = table["n_tasks"] / total if total else float("nan")
    return pd.DataFrame(
        {
            "at_least": table["step"] / _STEPS_OF_ONE,
            "sure": table["sure"],
            "n_tasks": table["n_tasks"],
            "share": share,
        }
    )


def untagged_with_probabilities(log: Log, *, scope: Scope) -> Any:
    """Join the untagged tasks that began in a period with what the sorter says of them.

    Returns
    -------
    narwhals.LazyFrame
        The columns of ``tasks``, the four probabilities and ``category``; an entry over
        midnight once.
    """
    period = parse_period(scope.period)
    rows = in_days(nw.from_native(log.tasks).lazy(), first=period.start_time, last=period.end_time)
    rows = rows.filter(nw.col("tag").is_null(), nw.col("part") == 0)
    if scope.team is not None:
        rows = rows.filter(nw.col("team") == scope.team)
    said = nw.from_native(log.sorted).lazy().select("task_id", "category", *_P)
    return rows.join(said, on="task_id", how="inner")
