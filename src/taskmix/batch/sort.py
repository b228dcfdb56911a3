"""Sort the log: train a model on its tags, or use a kept one."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from taskmix.batch.answers import with_training_tags
from taskmix.batch.models import choose_model, models_folder
from taskmix.batch.private import OWNER_FOLDER
from taskmix.errors import SortingError
from taskmix.schema import SortedTasks, check_frame
from taskmix.settings import Settings
from taskmix.sorting import SortResult, sort_tasks
from taskmix.sorting.card import ModelCard, make_card
from taskmix.sorting.kept import load_model, save_model
from taskmix.sorting.sort_log import sort_with
from taskmix.store import merge_rows, read_table, replace_table, table_version, writing
from taskmix.store.versions import TASKS_VERSION

_COLUMNS = [
    "task_id", "title", "project", "source", "performer", "hours", "tag", "tagger", "person",
    "local_date",
]  # fmt: skip


@dataclass(frozen=True)
class SortSummary:
    """What a sort did: counts of tasks, and the model.

    Attributes
    ----------
    tagged, sorted, unsure : int
        Tasks that people tagged; untagged ones the model was sure of; and the rest.
    model_id : str
        Names the model and its files under ``data/processed/sorters``.
    cold_start : bool
        No task was tagged: the codebook's cue words alone decided.
    newer_tags : int
        Tags that the model did not learn; 0 where it was trained just now.
    card : ModelCard
    """

    tagged: int
    sorted: int
    unsure: int
    model_id: str
    cold_start: bool
    newer_tags: int
    card: ModelCard


def sort_log(
    settings: Settings, *, model: str | None = None, progress: Callable[[str], None] | None = None
) -> SortSummary:
    """Sort every task of the log and write the table ``sorted``.

    Without `model` a model is trained on the present tags and kept: the one place where taskmix
    trains. The same tags and log give the same model, and its files stay as they are. With
    `model` nothing is learned, and on the log that it was trained on the table becomes exactly
    what it was.

    Parameters
    ----------
    settings : Settings
    model : str, optional
        A kept model: its id, the beginning of it, or ``latest``; see `choose_model`.
    progress : callable, optional
        Is called with what is being done.

    Returns
    -------
    SortSummary

    Raises
    ------
    SortingError
        If the log is empty, or there is no such model or it cannot be used here.
    StoreError
        If the tables cannot be read or written.
    """
    say = progress or (lambda _: None)
    with writing(settings.processed):
        say("reading the log")
        version = table_version(settings.processed, "tasks")
        logged = read_table(settings.processed, "tasks", columns=_COLUMNS)
        if version is None or logged.empty:
            raise SortingError("the log holds no tasks yet; run `taskmix ingest` first")
        tasks = with_training_tags(settings, logged)
        if model is None:
            say(f"learning from {tasks['tag'].count():,} tags, sorting {len(tasks):,} tasks")
            outcome, card = _train(settings, tasks)
        else:
            say(f"sorting {len(tasks):,} tasks")
            found, card = load_model(models_folder(settings), choose_model(settings, model))
            outcome = sort_with(found, tasks)
        assert outcome.model is not None  # only an empty log has none
        say("writing the table")
        table = check_frame(outcome.sorted, SortedTasks, where="sort")
        _enter_run(settings, outcome, card, tasks_version=version)
        # Last, because measures read this one: a sort that is cut off before it changes nothing.
        replace_table(
            settings.processed, "sorted", table, run_id=card.model_id, noted=_noted(version)
        )
    return SortSummary(
        tagged=outcome.n_tagged,
        sorted=outcome.n_sorted,
        unsure=outcome.n_unsure,
        model_id=card.model_id,
        cold_start=card.cold_start,
        newer_tags=outcome.model.newer_tags(tasks),
        card=card,
    )


def _train(settings: Settings, tasks: pd.DataFrame) -> tuple[SortResult, ModelCard]:
    """Train on the tags and keep the model."""
    levels = settings.sorting.model_dump()
    outcome = sort_tasks(tasks, **levels)
    assert outcome.model is not None
    names = ("tasks", "tags", "draws")
    card = make_card(
        outcome,
        tasks,
        settings=levels,
        tables={name: table_version(settings.processed, name) for name in names},
        made_at=pd.Timestamp.now(tz="UTC"),
    )
    folder = models_folder(settings)
    folder.mkdir(parents=True, exist_ok=True, mode=OWNER_FOLDER)
    # models hold words of titles; an older taskmix left the folder open
    folder.chmod(OWNER_FOLDER)
    return outcome, save_model(outcome.model, card, folder)


def _enter_run(
    settings: Settings, outcome: SortResult, card: ModelCard, *, tasks_version: int
) -> None:
    """Enter the model in the table ``models``, the one that sorted last with the newest ``at``."""
    held_out, forward = outcome.held_out_accuracy, card.forward or {}
    row = {
        "model_id": card.model_id,
        "tasks_version": tasks_version,
        "n_tagged": outcome.n_tagged,
        "n_untagged": outcome.n_sorted + outcome.n_unsure,
        "cold_start": card.cold_start,
        "held_out_accuracy": float("nan") if held_out is None else held_out,
        "n_held_out": outcome.n_held_out,
        "settings": json.dumps(card.settings),
        "made_at": pd.Timestamp(card.made_at),
        "n_learned": card.n_tagged,
        "n_forward": forward.get("n_tasks", 0),
        "forward_macro_f1": forward.get("macro_f1", float("nan")),
        "forward_ece": forward.get("ece", float("nan")),
    }
    known = read_table(settings.processed, "models").sort_values("at")
    same = ["model_id", "tasks_version", "settings", "n_tagged"]
    if len(known) and known.iloc[-1][same].tolist() == [row[name] for name in same]:
        return
    now = pd.Timestamp.now(tz="UTC").as_unit("us")
    if len(known):
        # A clock that was set back must not make this run an earlier one.
        now = max(now, known["at"].max() + pd.Timedelta("1us"))
    merge_rows(
        settings.processed, "models", changed=pd.DataFrame([{**row, "at": now}]), removed=[],
        run_id=card.model_id, noted=_noted(tasks_version),
    )  # fmt: skip


def _noted(tasks_version: int) -> dict[str, str]:
    # By this an old report finds the probabilities that it was made with.
    return {TASKS_VERSION: str(tasks_version)}
