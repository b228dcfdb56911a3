"""The log as the queue sees it: hours, what counts as a task's tag, and probabilities."""

from dataclasses import dataclass

import pandas as pd

from taskmix.errors import SortingError
from taskmix.periods import choose_period, format_period, today_in
from taskmix.settings import Settings
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.suspicion import suspicious_tags
from taskmix.store import read_table, table_version
from taskmix.store.tags import collect_votes, effective_tags

_EPOCH = pd.Timestamp("1970-01-01")
_COLUMNS = ["task_id", "person", "project", "title", "local_date", "local_end_date", "hours",
            "performer", "tag", "tagger", "part", "first_day", "last_day"]  # fmt: skip


@dataclass(frozen=True)
class TaggedLog:
    """The log with what people and the sorter say of it.

    Attributes
    ----------
    tasks : pandas.DataFrame
        The log, with ``tag`` as it counts (see `taskmix.store.tags.effective_tags`), the four
        probabilities and ``cold_start`` (missing: not sorted).
    votes : pandas.DataFrame
        See `taskmix.store.tags.collect_votes`.
    version : int
        Of the table of tasks.
    is_sorted : bool
    """

    tasks: pd.DataFrame
    votes: pd.DataFrame
    version: int
    is_sorted: bool


def read_tagged_log(settings: Settings) -> TaggedLog:
    """Read the log, the tags and the probabilities.

    Raises
    ------
    SortingError
        If the log is empty.
    """
    version = table_version(settings.processed, "tasks")
    logged = read_table(settings.processed, "tasks", columns=_COLUMNS)
    if version is None or logged.empty:
        raise SortingError("the log holds no tasks yet; run `taskmix ingest` first")
    tags = read_table(settings.processed, "tags")
    columns = ["task_id", *PROBABILITIES, "cold_start"]
    by_sorter = read_table(settings.processed, "sorted", columns=columns)
    tasks = effective_tags(logged, tags).merge(by_sorter, on="task_id", how="left")
    tasks["cold_start"] = tasks["cold_start"].astype("boolean")
    return TaggedLog(tasks, collect_votes(logged, tags), version, len(by_sorter) > 0)


def look_again(log: TaggedLog) -> pd.DataFrame:
    """List the suspicious tags of the whole log, with ``n_taggers``.

    See `taskmix.sorting.suspicion.suspicious_tags`. Where cue words alone decided, no other tag
    speaks against a tag: it is left out.
    """
    tagged = log.tasks[log.tasks["tag"].notna() & ~log.tasks["cold_start"].fillna(True)]
    listed = suspicious_tags(tagged)
    n_taggers = listed["task_id"].map(log.votes.groupby("task_id").size())
    return listed.assign(n_taggers=n_taggers.astype("int64"))


def tasks_of_period(log: TaggedLog, *, period: str, settings: Settings) -> tuple[str, pd.DataFrame]:
    """Choose the tasks that count in a period, with the human hours they have in it.

    Where a long task counts is ``[counting] long_tasks``, as in the roll-up.

    Parameters
    ----------
    period : str
        As `taskmix.periods.choose_period` reads it.

    Returns
    -------
    period : str
        Written out, such as ``2026-Q3``.
    tasks : pandas.DataFrame
        Rows of ``log.tasks``, with other ``hours``.

    Raises
    ------
    SortingError
        If the period holds no task.
    PeriodError
        If it cannot be understood.
    """
    days = log.tasks["local_date"]
    today = today_in(settings.workspace.time_zone)
    chosen = choose_period(period, today=today, data_through=days.max())
    tasks = _in_period(log.tasks, chosen, settings)
    if tasks.empty:
        raise SortingError(
            f"no task of the log counts in {format_period(chosen)}; it holds "
            f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}"
        )
    return format_period(chosen), tasks


def _in_period(log: pd.DataFrame, period: pd.Period, settings: Settings) -> pd.DataFrame:
    counting = settings.counting
    first, last = log["first_day"].astype("int64"), log["last_day"].astype("int64")
    if counting.long_tasks != "evenly":
        # A task counts whole on one of its days.
        ends = log["local_end_date"].fillna(log["local_date"])
        day = log["local_date"] if counting.long_tasks == "start" else ends
        first = last = (day - _EPOCH).dt.days
    begin, end = ((day - _EPOCH).days for day in (period.start_time, period.end_time))
    inside = last.clip(upper=end) - first.clip(lower=begin) + 1
    human = log["performer"].map({"ai": 0.0, "both": counting.both_human_share}).fillna(1.0)
    hours = log["hours"] * human * inside / (last - first + 1)
    return log.assign(hours=hours)[inside > 0].reset_index(drop=True)
