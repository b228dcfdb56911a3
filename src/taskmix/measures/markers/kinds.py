"""Kinds of work: project and category, person by person, with what was new to them."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.markers.catalogue import HISTORY_DAYS
from taskmix.measures.markers.cells import Level
from taskmix.measures.markers.collecting import collected, group_keys, in_period
from taskmix.periods import Frequency, parse_period
from taskmix.taxonomy import CATEGORIES

_EPOCH = pd.Timestamp("1970-01-01")


def likeliest_category() -> nw.Expr:
    """Name a task's category: a person's tag, else what the sorter thinks likeliest.

    Not the sure label: that a task is unsure makes it no kind of its own.
    """
    best = nw.max_horizontal(*(f"p_{category}" for category in CATEGORIES))
    likeliest: Any = nw.lit("")
    for category in reversed(CATEGORIES):
        likeliest = (
            nw.when(nw.col(f"p_{category}") == best).then(nw.lit(category)).otherwise(likeliest)
        )
    return nw.coalesce(nw.col("tag"), likeliest)


def person_kinds(
    entries: nw.LazyFrame[Any], sorted_tasks: Any, *, frequency: Frequency, by: Level
) -> pd.DataFrame:
    """Add tasks and hours up by period, group, person and kind of work.

    Parameters
    ----------
    entries : narwhals.LazyFrame
        As `human_entries` returns them.
    sorted_tasks : frame that narwhals knows
        The table ``sorted``.

    Returns
    -------
    pandas.DataFrame
        ``period``, the group, ``person``, ``n_tasks``, ``hours``, ``first_day`` and ``last_day``
        (epoch days on which a task of it began); and as numbers, which are quicker to join than
        texts, ``person_no``, ``project_no``, ``category_no`` (one of them for tasks of whose
        category nothing is known) and ``kind_no`` (of the two). Tasks without a project are of
        no kind.
    """
    chances = [f"p_{category}" for category in CATEGORIES]
    by_sorter = nw.from_native(sorted_tasks).lazy().select("task_id", *chances)
    rows = in_period(entries.filter(~nw.col("project").is_null()), frequency=frequency)
    rows = rows.join(by_sorter, on="task_id", how="left").with_columns(
        kind=likeliest_category(),
        n_tasks=nw.when(nw.col("part") == 0).then(nw.lit(1)).otherwise(nw.lit(0)),
        hours=nw.col("human_hours"),
    )
    grouped = rows.group_by(*group_keys(by), "project", "kind").agg(
        nw.col("n_tasks").sum(),
        nw.col("hours").sum(),
        nw.col("first_day").min(),
        last_day=nw.col("first_day").max(),
    )
    table = collected(grouped, frequency=frequency)
    numbers = {name: pd.factorize(table[name])[0] for name in ("person", "project", "kind")}
    return table.drop(columns=["project", "kind"]).assign(
        person_no=numbers["person"], project_no=numbers["project"], category_no=numbers["kind"],
        kind_no=numbers["project"] * (len(CATEGORIES) + 1) + numbers["kind"],
    )  # fmt: skip


def with_novelty(kinds: pd.DataFrame, first_days: pd.Series) -> pd.DataFrame:
    """Tell which kinds a person had not logged in the 180 days before the period.

    ::

        180 days before |----- period -----|
          k …                k    k            known: all of its hours
                                 n   n         new: all of its hours

    Parameters
    ----------
    kinds : pandas.DataFrame
        As `person_kinds` makes them, of the whole log.
    first_days : pandas.Series
        The first epoch day of each person's own log.

    Returns
    -------
    pandas.DataFrame
        With ``is_new``, and ``has_history``: whether the person logged anything that long before.
    """
    kind = ["person_no", "kind_no"]
    first_day = {name: _first_day(name) for name in kinds["period"].unique()}
    begins = kinds["period"].map(first_day).astype("float64")
    # A mover knows what they did in another team.
    seen = kinds.assign(begins=begins).groupby([*kind, "begins"], as_index=False)["last_day"].max()
    seen = seen.sort_values([*kind, "begins"])
    seen["last_before"] = seen.groupby(kind)["last_day"].shift()
    since = seen["begins"] - HISTORY_DAYS
    seen["is_new"] = ~(seen["last_before"] >= since)
    table = kinds.assign(begins=begins).merge(
        seen[[*kind, "begins", "is_new"]], on=[*kind, "begins"], how="left"
    )
    first = table["person"].map(first_days).astype("float64")
    table["has_history"] = first <= table["begins"] - HISTORY_DAYS
    return table.drop(columns="begins")


def _first_day(period: str) -> int:
    return int((parse_period(period).start_time - _EPOCH).days)
