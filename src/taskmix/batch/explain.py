"""Tell of one task why it was sorted as it was."""

import os
from collections.abc import Sequence

import pandas as pd

from taskmix.batch.models import models_folder
from taskmix.errors import SortingError
from taskmix.settings import Settings
from taskmix.sorting.explanation import Explanation, explain_decision
from taskmix.sorting.kept import check_model, load_model
from taskmix.store import read_table
from taskmix.store.tags import effective_tags

_COLUMNS = ["task_id", "title", "project", "source", "performer", "hours", "tag", "tagger",
            "local_date"]  # fmt: skip
_SHOWN = 60


def explain_task(settings: Settings, task_id: str) -> Explanation:
    """Tell of one task which words and facts decided; nothing is trained or written.

    Parameters
    ----------
    task_id : str
        As in the log, or a beginning of it that no other task has.

    Raises
    ------
    SortingError
        If there is no such task, it was not sorted yet, or the model that sorted it cannot be
        used here.
    """
    tasks = read_table(settings.processed, "tasks", columns=_COLUMNS)
    full_id = _find(tasks["task_id"].tolist(), task_id)
    row = tasks[tasks["task_id"] == full_id].reset_index(drop=True)
    own = _by_sorter(settings, full_id)
    if own.empty:
        raise SortingError(_not_sorted(full_id))
    model, _ = load_model(models_folder(settings), str(own["model_id"].iloc[0]))
    row = effective_tags(row, read_table(settings.processed, "tags")).drop(columns="tagger")
    return explain_decision(model, row, own)


def why_not_explained(settings: Settings, task_id: str) -> str:
    """Say why a task of the log cannot be explained now; empty where it can.

    For a page that has more to show: a model that only an older taskmix can read is no reason
    to lose the rest of it.

    Parameters
    ----------
    task_id : str
        As for `explain_task`.

    Returns
    -------
    str
        What `explain_task` would raise of the sorting or its model, without the model's folder.

    Raises
    ------
    SortingError
        If there is no such task.
    """
    tasks = read_table(settings.processed, "tasks", columns=["task_id"])
    full_id = _find(tasks["task_id"].tolist(), task_id)
    own = _by_sorter(settings, full_id)
    if own.empty:
        return _not_sorted(full_id)
    folder = models_folder(settings)
    try:
        check_model(folder, str(own["model_id"].iloc[0]))
    except SortingError as error:
        # a page may be passed on, and this machine's folders are none of its readers' business
        return str(error).replace(f"{folder}{os.sep}", "")
    return ""


def _by_sorter(settings: Settings, task_id: str) -> pd.DataFrame:
    by_sorter = read_table(settings.processed, "sorted")
    return by_sorter[by_sorter["task_id"] == task_id]


def _not_sorted(task_id: str) -> str:
    return f"task {task_id} was not sorted yet; run `taskmix sort` first"


def _find(known: Sequence[str], wanted: str) -> str:
    if not known:
        raise SortingError("the log holds no tasks yet; run `taskmix ingest` first")
    wanted = wanted.strip()
    if wanted in known:
        return wanted
    begin = [task_id for task_id in known if wanted and task_id.startswith(wanted)]
    if len(begin) == 1:
        return begin[0]
    if begin:
        raise SortingError(
            f"{len(begin):,} tasks begin with {wanted[:_SHOWN]!r}, such as {begin[0]} and "
            f"{begin[1]}; write more of the id"
        )
    raise SortingError(
        f"task {wanted[:_SHOWN]!r} is not in the log; ids stand in the sheets of `taskmix queue "
        f"draw` and on the page of `taskmix quality`, such as {known[0]}"
    )
