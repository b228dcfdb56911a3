"""Words that the tags do not know: an early sign that the sorter falls behind."""

import re

import numpy as np
import pandas as pd

from taskmix.sorting._titles import normalise_titles

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


def unknown_words(tasks: pd.DataFrame) -> pd.DataFrame:
    """Measure how much of each month's hours is described in words that no earlier tag had.

    A word is known in a month if the title of a task tagged in an earlier month holds it. Words
    with a digit, such as ticket numbers, do not count, nor do titles without any other.

    Parameters
    ----------
    tasks : pandas.DataFrame
        ``title``, ``tag`` (missing: untagged), ``local_date`` and ``human_hours``. Is not changed.

    Returns
    -------
    pandas.DataFrame
        One row a month: ``month`` (such as ``2026-09``), ``n_tasks`` and ``hours`` (of titles
        with words), ``unknown`` (0–1: hours times the part of their title's words that are
        unknown, over hours; missing in the first month with tags and before, and without hours)
        and ``n_tags`` (of earlier months).

    Examples
    --------
    >>> log = pd.DataFrame({"title": ["Review budget", "Review budget", "Plan offsite budget"],
    ...     "tag": ["judgment", None, None], "human_hours": [1.0, 2.0, 6.0],
    ...     "local_date": pd.to_datetime(["2026-07-01", "2026-08-01", "2026-08-02"])})
    >>> unknown_words(log)["unknown"].round(2).tolist()  # 6 × 2/3 of 8 hours
    [nan, 0.5]
    """
    log = tasks[tasks["local_date"].notna()]
    months, names = pd.factorize(log["local_date"].dt.to_period("M"), sort=True)
    titles, distinct = pd.factorize(normalise_titles(log["title"]))
    words = pd.Series(
        [sorted({w for w in _WORD.findall(title) if not _DIGIT.search(w)}) for title in distinct],
        dtype=object,
    )
    rows = pd.DataFrame(
        {
            "month": months,
            "title": titles,
            "hours": np.nan_to_num(log["human_hours"].to_numpy(dtype=float), nan=0.0),
            "is_tagged": log["tag"].notna().to_numpy(),
        }
    )
    spelled = words.explode().dropna().rename("word").rename_axis("title").reset_index()
    first_tagged = rows[rows["is_tagged"]].groupby("title")["month"].min().rename("tagged_in")
    known_from = spelled.merge(first_tagged, on="title").groupby("word")["tagged_in"].min()
    pairs = rows.groupby(["title", "month"]).agg(n=("hours", "size"), hours=("hours", "sum"))
    used = pairs.reset_index().merge(spelled, on="title")
    used["is_unknown"] = ~(used["word"].map(known_from) < used["month"])
    part = used.groupby(["title", "month"]).agg(
        n=("n", "first"), hours=("hours", "first"), unknown=("is_unknown", "mean")
    )
    part = part.assign(lost=part["hours"] * part["unknown"]).groupby("month")
    sums = part[["n", "hours", "lost"]].sum().reindex(range(len(names)), fill_value=0)
    a_month = rows["is_tagged"].groupby(rows["month"]).sum()
    before = a_month.reindex(range(len(names)), fill_value=0).cumsum().shift(fill_value=0)
    can_tell = (before > 0) & (sums["hours"] > 0)
    return pd.DataFrame(
        {
            "month": pd.Series(names.astype("str"), dtype="str"),
            "n_tasks": sums["n"].astype("int64"),
            "hours": sums["hours"].astype("float64"),
            "unknown": (sums["lost"] / sums["hours"].where(can_tell)).astype("float64"),
            "n_tags": before.astype("int64"),
        }
    )
