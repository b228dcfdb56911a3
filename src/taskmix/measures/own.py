"""One person's own part of the log, for that person alone; never published, never compared."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.errors import PeriodError
from taskmix.measures.rows import labelled
from taskmix.measures.scope import Scope
from taskmix.measures.weeks import EPOCH, collected, in_days
from taskmix.store import Log
from taskmix.taxonomy import CATEGORIES, LABELS

_P = [f"p_{category}" for category in CATEGORIES]
_SHOWN = ["date", "title", "project", "hours", "performer", "label", "basis", "probability",
          "task_id"]  # fmt: skip


def own_log(log: Log, pseudonyms: Collection[str]) -> Log:
    """Keep one person's rows of the log; the measures work on these as on the whole.

    Parameters
    ----------
    pseudonyms : collection of str
        All that the person is logged under.

    Raises
    ------
    PeriodError
        If the log holds none.
    """
    own = nw.from_native(log.tasks).filter(nw.col("person").is_in(list(pseudonyms))).to_native()
    days = own.aggregate("min(first_day), max(first_day), max(last_day)").fetchall()[0]
    if None in days:
        raise PeriodError(
            "the log holds no task of this person; name them as people.csv or a file has the name "
            "(`taskmix my --person NAME`)"
        )
    first, last, last_end = (EPOCH + pd.Timedelta(days=day) for day in days)
    return replace(log, tasks=own, first_date=first, last_date=last, last_end_date=last_end)


def held_by_source(own: Log) -> pd.DataFrame:
    """Tell what each tool's part of a person's log is.

    Parameters
    ----------
    own : Log
        As `own_log` returns it.

    Returns
    -------
    pandas.DataFrame
        One row a source, by name: ``source``, ``n_tasks`` (an entry over midnight is one),
        ``hours`` (missing ones are none), ``first_day`` and ``last_day``.
    """
    rows = nw.from_native(own.tasks).lazy()
    rows = rows.select(
        "source",
        "first_day",
        "last_day",
        hours=nw.col("hours").fill_null(0.0),
        n_tasks=nw.when(nw.col("part") == 0).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    sums = rows.group_by("source").agg(
        nw.col("n_tasks").sum(), nw.col("hours").sum(), nw.col("first_day").min(),
        nw.col("last_day").max(),
    )  # fmt: skip
    types = {"source": "str", "n_tasks": "int64", "hours": "float64", "first_day": "int64",
             "last_day": "int64"}  # fmt: skip
    table = collected(sums, types).sort_values("source", ignore_index=True)
    days = {name: _days(table[name]) for name in ("first_day", "last_day")}
    return table.assign(**days)


def own_refusals(quarantine: pd.DataFrame, pseudonyms: Collection[str]) -> pd.DataFrame:
    """List a person's records that could not be read: ``file``, ``row``, ``reason``, ``detail``.

    Parameters
    ----------
    quarantine : pandas.DataFrame
        See `taskmix.schema.Quarantine`.
    """
    own = quarantine[quarantine["logged_as"].isin(list(pseudonyms))]
    return own.sort_values(["file", "row"])[["file", "row", "reason", "detail"]].reset_index(
        drop=True
    )


def tags_given(tags: pd.DataFrame, pseudonyms: Collection[str]) -> pd.DataFrame:
    """Count what a person said of tasks in the queue, their own or others'.

    Parameters
    ----------
    tags : pandas.DataFrame
        The table ``tags``.

    Returns
    -------
    pandas.DataFrame
        One row a category that they named, in order: ``category``, ``n_tags``, ``first`` and
        ``last`` (days). What they took back is left out.
    """
    own = tags[tags["tagger"].isin(list(pseudonyms)) & tags["category"].isin(CATEGORIES)]
    day = own["at"].dt.tz_localize(None).dt.normalize()
    by_category = own.assign(day=day).groupby("category")["day"].agg(["size", "min", "max"])
    table = by_category.reindex([c for c in CATEGORIES if c in by_category.index]).reset_index()
    table.columns = pd.Index(["category", "n_tags", "first", "last"])
    return table.astype({"category": "str", "n_tags": "int64"})


def tasks_by_label(hours: pd.DataFrame) -> pd.DataFrame:
    """Lay the counts of tasks out, one row a period and one column a label.

    Parameters
    ----------
    hours : pandas.DataFrame
        As `taskmix.measures.hours_by_label` makes it, by period.
    """
    wide = hours.pivot_table(index="period", columns="label", values="n_tasks", observed=True)
    wide = wide.reindex(columns=list(LABELS)).fillna(0).astype("int64")
    wide.columns.name = None
    return wide.reset_index()


def own_tasks(own: Log, titles: pd.DataFrame, *, scope: Scope) -> pd.DataFrame:
    """List a person's tasks of a period with what counts as their kind of work, and why.

    Parameters
    ----------
    own : Log
        As `own_log` returns it.
    titles : pandas.DataFrame
        ``task_id`` and ``title`` of the table ``tasks``.
    scope : Scope
        Tasks are listed that began in its period.

    Returns
    -------
    pandas.DataFrame
        One row a task, the newest first: ``date``, ``title``, ``project``, ``hours``,
        ``performer``, ``label``, ``basis`` (``tagged`` by a person, ``sorted`` by the sorter, or
        ``unsure``), ``probability`` of the sorter's likeliest category (0–1; missing where a
        person tagged or nothing was sorted), ``task_id``.
    """
    rows = labelled(nw.from_native(own.tasks).lazy(), nw.from_native(own.sorted).lazy())
    rows = in_days(rows, first=scope.first_day, last=scope.last_day)
    columns = ["task_id", "first_day", "project", "hours", "performer", "label", "basis", *_P]
    found: Any = rows.filter(nw.col("part") == 0).select(*columns).collect("pyarrow").to_native()
    table = found.to_pandas().merge(titles, on="task_id", how="left")
    table = table.assign(
        date=_days(table["first_day"].astype("int64")),
        probability=table[_P].astype("float64").max(axis=1).mask(table["basis"] == "tagged"),
    )
    texts = ["title", "project", "performer", "label", "basis", "task_id"]
    order = {"by": ["date", "task_id"], "ascending": [False, True], "ignore_index": True}
    return table.sort_values(**order)[_SHOWN].astype(dict.fromkeys(texts, "str"))


def _days(numbers: pd.Series) -> pd.Series:
    return (EPOCH + pd.to_timedelta(numbers, unit="D")).astype("datetime64[us]")
