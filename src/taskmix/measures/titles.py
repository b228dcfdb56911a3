"""What the sorter says of titles: the frequent unsure ones, the surest and the least sure.

Titles are people's own words. What is made here stays with the analyst.
"""

import pandas as pd

from taskmix.measures.scope import Scope
from taskmix.measures.sorting_quality import untagged_with_probabilities
from taskmix.store import Log
from taskmix.taxonomy import CATEGORIES, UNSURE

_P = [f"p_{category}" for category in CATEGORIES]
_NO_TITLE = "(no title)"


def sorted_titles(log: Log, titles: pd.DataFrame, *, scope: Scope) -> pd.DataFrame:
    """Gather the untagged tasks of a period by title; case and blanks do not count.

    Parameters
    ----------
    log : Log
    titles : pandas.DataFrame
        ``task_id`` and ``title`` of the table ``tasks``: an open log leaves titles where they are.
    scope : Scope

    Returns
    -------
    pandas.DataFrame
        One row a title, the most frequent first: ``title`` (as first written), ``n_tasks``,
        ``n_unsure`` (of these), ``hours`` (missing ones are none), ``n_people``, ``guess`` (the
        category likeliest on average), ``probability`` (its mean, 0–1) and ``task_id`` (of one of
        them, an unsure one where there is any).
    """
    columns = ["task_id", "person", "hours", "category", *_P]
    rows = untagged_with_probabilities(log, scope=scope).select(*columns)
    tasks = rows.collect("pyarrow").to_native().to_pandas().merge(titles, on="task_id", how="left")
    tasks = tasks.sort_values("task_id")
    title = tasks["title"].fillna(_NO_TITLE).astype("str")
    key = title.str.split().str.join(" ").str.casefold()
    is_unsure = tasks["category"] == UNSURE
    by_title = tasks.assign(
        title=title, is_unsure=is_unsure, key=key, unsure_id=tasks["task_id"].where(is_unsure)
    ).groupby("key")
    table = by_title.agg(
        title=("title", "first"),
        n_tasks=("task_id", "size"),
        n_unsure=("is_unsure", "sum"),
        hours=("hours", "sum"),
        n_people=("person", "nunique"),
        first_id=("task_id", "first"),
        task_id=("unsure_id", "first"),
    )
    means = by_title[_P].mean()
    guess = means.idxmax(axis=1).str.removeprefix("p_") if len(means) else table["title"]
    one = table.pop("task_id").fillna(table.pop("first_id"))
    table = table.assign(guess=guess, probability=means.max(axis=1), task_id=one).reset_index()
    table = table.sort_values(["n_tasks", "key"], ascending=[False, True], ignore_index=True)
    return table.drop(columns="key").astype(
        {
            "title": "str",
            "guess": "str",
            "task_id": "str",
            "hours": "float64",
            "probability": "float64",
        }
        | dict.fromkeys(["n_tasks", "n_unsure", "n_people"], "int64")
    )


def unsure_titles(titles: pd.DataFrame, *, n: int = 25) -> pd.DataFrame:
    """Keep the `n` titles with the most unsure tasks: to tag one of them settles many.

    Parameters
    ----------
    titles : pandas.DataFrame
        As `sorted_titles` makes it.
    """
    unsure = titles[titles["n_unsure"] > 0]
    return unsure.sort_values(["n_unsure", "hours", "title"], ascending=[False, False, True]).head(
        n
    ).reset_index(drop=True)  # fmt: skip


def surest_titles(titles: pd.DataFrame, *, n: int = 10, surest: bool = True) -> pd.DataFrame:
    """Keep the `n` titles whose guess is the most probable, or the least.

    Parameters
    ----------
    titles : pandas.DataFrame
        As `sorted_titles` makes it.
    surest : bool
        False for the least sure.
    """
    order = titles.sort_values(["probability", "title"], ascending=[not surest, True])
    return order.head(n).reset_index(drop=True)
