"""Forward predictions: tagged tasks as a sorter sees them that knows only what came before."""

import numpy as np
import pandas as pd
from sklearn.base import clone

from taskmix.errors import SortingError
from taskmix.sorting._log import PROBABILITIES, check_log
from taskmix.sorting._titles import normalise_titles
from taskmix.sorting.naming import name_tasks
from taskmix.sorting.sorter import TaskSorter

#: The fewest tagged tasks, and days with one, that can be cut into before and after.
MIN_TAGGED, MIN_DAYS = 40, 2

_TYPES = {
    "task_id": "str",
    "origin": "int64",
    "from_date": "datetime64[us]",
    "tag": "str",
    "named": "str",
    **dict.fromkeys(PROBABILITIES, "float64"),
    "seen_title": "bool",
    "seen_person": "bool",
    "n_trained": "int64",
}


def predict_forward(
    tasks: pd.DataFrame, *, n_origins: int = 4, sorter: TaskSorter | None = None
) -> pd.DataFrame:
    """Predict tagged tasks by sorters that were fitted on what was logged before.

    The days with tagged tasks are cut into ``n_origins + 1`` stretches of about as many tagged
    tasks; the sorter learns from the first and predicts the second, learns from both and
    predicts the third, and so on::

        origin 1   learn | predict |
        origin 2   learn   learn   | predict |
        origin 3   learn   learn     learn   | predict

    No day lies on both sides. Each sorter learns tags, and words of untagged tasks too, only of
    days before the ones it predicts.

    Parameters
    ----------
    tasks : DataFrame
        A task log: ``task_id``, ``title``, ``tag`` (missing: untagged), ``local_date``
        (datetime64), and any of ``project``, ``source``, ``performer``, ``hours``, ``person``.
        Tasks without a date take no part. Is not changed.
    n_origins : int, default 4
        At least 1. There are fewer where tags stand on too few days.
    sorter : TaskSorter, optional
        Its parameters are used; ``TaskSorter()`` by default.

    Returns
    -------
    DataFrame
        One row a predicted task, by origin and ``task_id``: ``task_id``; ``origin`` (from 1);
        ``from_date`` (first day of the stretch it was predicted in); ``tag``; ``named`` (the
        category that the sorter names, rare ones lifted: `TaskSorter.predict`); the four
        probabilities (0–1, at the tags' frequency, not calibrated); ``seen_title``, ``seen_person``
        (the normalised title, the person, stands among the tagged tasks learned from;
        ``seen_person`` is False where the log has no ``person``); ``n_trained`` (tagged tasks
        learned from). No row below `MIN_TAGGED` tagged tasks or `MIN_DAYS` days.

    Raises
    ------
    SortingError
        If a column is missing or no date, a ``task_id`` is missing or stands twice, a tag is no
        category, or `n_origins` is less than 1.

    Examples
    --------
    >>> days = pd.date_range("2026-07-01", periods=80)
    >>> log = pd.DataFrame({"task_id": days.strftime("%j"), "title": ["Review", "Draft"] * 40,
    ...                     "tag": ["judgment", "creative"] * 40, "local_date": days})
    >>> forward = predict_forward(log)
    >>> forward.groupby("origin")["n_trained"].first().tolist()
    [16, 32, 48, 64]
    """
    check_log(tasks, needs=("task_id", "title", "tag", "local_date"))
    if n_origins < 1:
        raise SortingError(f"n_origins is {n_origins}; it takes 1 at least to predict anything.")
    if not pd.api.types.is_datetime64_any_dtype(tasks["local_date"]):
        raise SortingError(
            f"local_date holds {tasks['local_date'].dtype}, not dates; convert it with "
            "pandas.to_datetime first."
        )
    log = tasks[tasks["local_date"].notna()].sort_values("task_id", ignore_index=True)
    begins = first_days(log.loc[log["tag"].notna(), "local_date"], n_origins=n_origins)
    ends = [*begins, pd.Timestamp.max][1:]
    parts = [
        _predict_stretch(log, clone(sorter or TaskSorter()), begin=begin, end=end)
        for begin, end in zip(begins, ends, strict=True)
    ]
    parts = [part.assign(origin=number) for number, part in enumerate(parts, start=1)]
    empty = pd.DataFrame(columns=list(_TYPES))
    joined = pd.concat(parts, ignore_index=True) if parts else empty
    return joined[list(_TYPES)].astype(_TYPES)


def first_days(days: pd.Series, *, n_origins: int) -> list[pd.Timestamp]:
    """Cut days at quantiles, so that stretches hold about as many tasks.

    Parameters
    ----------
    days : Series of datetime64
        The day of each tagged task.
    n_origins : int

    Returns
    -------
    list of Timestamp
        The first day of each stretch but the first one, ascending; at most `n_origins`. None
        below `MIN_TAGGED` tasks or `MIN_DAYS` days.

    Examples
    --------
    >>> days = pd.Series(pd.to_datetime(["2026-07-01"] * 30 + ["2026-07-02"] * 5
    ...                                 + ["2026-07-03"] * 25))
    >>> [f"{day:%d}" for day in first_days(days, n_origins=2)]
    ['02', '03']
    """
    a_day = days.value_counts().sort_index()
    if len(days) < MIN_TAGGED or len(a_day) < MIN_DAYS:
        return []
    # A day's tasks stay together, so a stretch begins on the day whose begin is nearest.
    before = a_day.cumsum().to_numpy()[:-1]
    wanted = np.arange(1, n_origins + 1) * len(days) / (n_origins + 1)
    nearest = np.abs(before - wanted[:, None]).argmin(axis=1)
    return list(a_day.index[np.unique(nearest) + 1])


def _predict_stretch(
    log: pd.DataFrame, sorter: TaskSorter, *, begin: pd.Timestamp, end: pd.Timestamp
) -> pd.DataFrame:
    """Fit on the days before `begin` and predict the tagged tasks up to before `end`."""
    known = log[log["local_date"] < begin]
    is_tagged = log["tag"].notna()
    asked = log[is_tagged & (log["local_date"] >= begin) & (log["local_date"] < end)]
    sorter.fit(known, known["tag"])
    tagged = known[known["tag"].notna()]
    titles = set(normalise_titles(tagged["title"]))
    people = set(tagged["person"].dropna()) if "person" in log else set()
    return name_tasks(sorter, asked).assign(
        task_id=asked["task_id"],
        tag=asked["tag"],
        from_date=begin,
        seen_title=pd.Series(normalise_titles(asked["title"]), index=asked.index).isin(titles),
        seen_person=asked["person"].isin(people) if "person" in log else False,
        n_trained=len(tagged),
    )
