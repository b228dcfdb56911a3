"""Evaluate the sorter on the log's own tags, without keeping or writing anything."""

from collections.abc import Callable

import pandas as pd

from taskmix.batch.answers import with_training_tags
from taskmix.errors import SortingError
from taskmix.settings import Settings
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.evaluation import Evaluation, evaluate_tasks
from taskmix.sorting.queue import audit_answers, newest_audit
from taskmix.store import read_table

_COLUMNS = ["task_id", "title", "project", "source", "performer", "hours", "tag", "tagger",
            "person", "local_date"]  # fmt: skip
#: The audit's tasks that were tagged already tell of the taggers, not of the sorter.
_UNTAGGED = "audit"


def evaluate_sorter(
    settings: Settings,
    *,
    n_origins: int = 4,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Score the sorter on the tags that may train it, and on the newest audit if there is one.

    Sorters are fitted on the way and forgotten; no table is written. The rows, the tags and the
    precision asked for are those of `taskmix.batch.sort_log`, and so are the thresholds.

    Parameters
    ----------
    n_origins : int
        How many times the log is cut into before and after.

    Returns
    -------
    Evaluation
        Where there are too few tags its verdict says so.

    Raises
    ------
    SortingError
        If the log is empty, or `n_origins` is less than 1.
    StoreError
        If the tables cannot be read.
    """
    say = progress or (lambda _: None)
    say("reading the log")
    logged = read_table(settings.processed, "tasks", columns=_COLUMNS)
    if logged.empty:
        raise SortingError("the log holds no tasks yet; run `taskmix ingest` first")
    tasks = with_training_tags(settings, logged)
    human = tasks["performer"].map({"ai": 0.0, "both": settings.counting.both_human_share})
    tasks = tasks.assign(human_hours=tasks["hours"] * human.fillna(1.0))
    return evaluate_tasks(
        tasks.drop(columns="tagger"),
        audited=_newest_answers(settings, logged),
        n_origins=n_origins,
        target=settings.sorting.precision,
        progress=progress,
    )


def _newest_answers(settings: Settings, logged: pd.DataFrame) -> pd.DataFrame | None:
    """Join the newest audit's answers with what the sorter says of the same tasks.

    The tags of that audit are held back from training, so the sorter has not seen them.
    """
    draws, tags = (read_table(settings.processed, name) for name in ("draws", "tags"))
    draw_id = newest_audit(draws)
    if draw_id is None:
        return None
    answers = audit_answers(draws, tags, draw_id=draw_id)
    answers = answers[(answers["kind"] == _UNTAGGED) & answers["tag"].notna()]
    by_sorter = read_table(settings.processed, "sorted", columns=["task_id", *PROBABILITIES])
    return answers.merge(logged[["task_id", "person"]], on="task_id").merge(by_sorter, on="task_id")
