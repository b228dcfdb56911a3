"""Sort the log's untagged tasks and keep the model that did it."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from taskmix.errors import SortingError
from taskmix.schema import SortedTasks, check_frame
from taskmix.settings import Settings
from taskmix.sorting import save_sorter, sort_tasks
from taskmix.store import merge_rows, read_table, replace_table, table_version, writing

_COLUMNS = ["task_id", "title", "project", "source", "performer", "hours", "tag", "person"]


@dataclass(frozen=True)
class SortSummary:
    """What a sort did: counts of tasks, and the model.

    Attributes
    ----------
    tagged, sorted, unsure : int
        Tasks that people tagged; untagged ones the model was sure of; and the rest.
    model_id : str
        Names the model and its file under ``data/processed/models``.
    cold_start : bool
        No task was tagged: the codebook's cue words alone decided.
    """

    tagged: int
    sorted: int
    unsure: int
    model_id: str
    cold_start: bool


def sort_log(settings: Settings, *, progress: Callable[[str], None] | None = None) -> SortSummary:
    """Fit the sorter on the whole log, sort every untagged task and write the table ``sorted``.

    Sorting the same log again with the same settings changes nothing.

    Raises
    ------
    SortingError
        If the log is empty.
    StoreError
        If the tables cannot be read or written.
    """
    say = progress or (lambda _: None)
    with writing(settings.processed):
        say("reading the log")
        tasks_version = table_version(settings.processed, "tasks")
        tasks = read_table(settings.processed, "tasks", columns=_COLUMNS)
        if tasks.empty:
            raise SortingError("the log holds no tasks yet; run `taskmix ingest` first")
        say(f"sorting {len(tasks):,} tasks")
        outcome = sort_tasks(tasks, sure_at=settings.sorting.sure_at)
        table = check_frame(outcome.sorted, SortedTasks, where="sort")
        say("writing the table")
        model_id = outcome.model_id
        _keep_model(settings, outcome.sorter, model_id)
        _enter_model(settings, outcome, tasks_version, n_tagged=outcome.tagged)
        # Last, because measures read this one: a sort that is cut off before it changes nothing.
        replace_table(settings.processed, "sorted", table, run_id=model_id)
    return SortSummary(
        outcome.tagged, outcome.sorted_count, outcome.unsure, model_id, outcome.cold_start
    )
