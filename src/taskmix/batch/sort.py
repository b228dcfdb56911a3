"""Sort the log's untagged tasks and keep the model that did it."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from taskmix.errors import SortingError
from taskmix.schema import SortedTasks, check_frame
from taskmix.settings import Settings
from taskmix.sorting import SortResult, TaskSorter, save_sorter, sort_tasks
from taskmix.store import merge_rows, read_table, replace_table, table_version, writing
from taskmix.store.versions import TASKS_VERSION

_COLUMNS = ["task_id", "title", "project", "source", "performer", "hours", "tag", "person"]


@dataclass(frozen=True)
class SortSummary:
    """What a sort did: counts of tasks, and the model.

    Attributes
    ----------
    tagged, sorted, unsure : int
        Tasks that people tagged; untagged ones the model was sure of; and the rest.
    model_id : str
        Names the model and its file under ``data/processed/sorters``.
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
        version = table_version(settings.processed, "tasks")
        tasks = read_table(settings.processed, "tasks", columns=_COLUMNS)
        if version is None or tasks.empty:
            raise SortingError("the log holds no tasks yet; run `taskmix ingest` first")
        say(f"sorting {len(tasks):,} tasks")
        outcome = sort_tasks(tasks, sure_at=settings.sorting.sure_at)
        sorter = outcome.sorter
        assert sorter is not None  # only an empty log has none
        say("writing the table")
        table = check_frame(outcome.sorted, SortedTasks, where="sort")
        _keep_model(settings, outcome, sorter, tasks_version=version)
        # Last, because measures read this one: a sort that is cut off before it changes nothing.
        replace_table(
            settings.processed, "sorted", table, run_id=sorter.model_id_, noted=_noted(version)
        )
    return SortSummary(
        tagged=outcome.n_tagged,
        sorted=outcome.n_sorted,
        unsure=outcome.n_unsure,
        model_id=sorter.model_id_,
        cold_start=sorter.cold_start_,
    )


def _keep_model(
    settings: Settings, outcome: SortResult, sorter: TaskSorter, *, tasks_version: int
) -> None:
    """Save the model once, and enter it in the table ``models``, the newest last."""
    model_id = sorter.model_id_
    path = settings.processed / "sorters" / f"{model_id}.skops"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        save_sorter(sorter, path)
    held_out = outcome.held_out_accuracy
    row = {
        "model_id": model_id,
        "tasks_version": tasks_version,
        "n_tagged": outcome.n_tagged,
        "n_untagged": outcome.n_sorted + outcome.n_unsure,
        "cold_start": sorter.cold_start_,
        "held_out_accuracy": float("nan") if held_out is None else held_out,
        "n_held_out": outcome.n_held_out,
        "settings": json.dumps(settings.sorting.model_dump()),
    }
    known = read_table(settings.processed, "models").sort_values("at")
    if len(known) and known.iloc[-1][["model_id", "tasks_version", "settings"]].tolist() == [
        row[name] for name in ("model_id", "tasks_version", "settings")
    ]:
        return
    entry = pd.DataFrame([{**row, "at": pd.Timestamp.now(tz="UTC").as_unit("us")}])
    merge_rows(
        settings.processed, "models", changed=entry, removed=[], run_id=model_id,
        noted=_noted(tasks_version),
    )  # fmt: skip


def _noted(tasks_version: int) -> dict[str, str]:
    # By this an old report finds the probabilities that it was made with.
    return {TASKS_VERSION: str(tasks_version)}
