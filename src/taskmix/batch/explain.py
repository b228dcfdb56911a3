"""Tell of one task why it was sorted as it was."""

from collections.abc import Sequence

from taskmix.batch.models import models_folder
from taskmix.errors import SortingError
from taskmix.settings import Settings
from taskmix.sorting.explanation import Explanation, explain_decision
from taskmix.sorting.kept import load_model
from taskmix.store import read_table

_COLUMNS = ["task_id", "title", "project", "source", "performer", "hours", "tag", "local_date"]
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
    by_sorter = read_table(settings.processed, "sorted")
    full_id = _find(tasks["task_id"].tolist(), task_id)
    row = tasks[tasks["task_id"] == full_id].reset_index(drop=True)
    own = by_sorter[by_sorter["task_id"] == full_id]
    if own.empty:
        raise SortingError(f"task {full_id} was not sorted yet; run `taskmix sort` first")
    model, _ = load_model(models_folder(settings), str(own["model_id"].iloc[0]))
    return explain_decision(model, row, own)


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
