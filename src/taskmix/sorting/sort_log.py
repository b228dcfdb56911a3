"""Sort a task log: four probabilities for every task, and a label where they are clear."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.errors import SortingError
from taskmix.sorting._folds import out_of_fold
from taskmix.sorting.sorter import TaskSorter
from taskmix.taxonomy import CATEGORIES, UNSURE

#: The columns that hold the four probabilities.
PROBABILITIES = tuple(f"p_{category}" for category in CATEGORIES)


@dataclass(frozen=True)
class SortResult:
    """A sorted task log and what made it.

    Attributes
    ----------
    sorted : DataFrame
        One row per task, in the order of the log, as ``taskmix.schema.SortedTasks``:
        ``task_id``, ``p_execution``, ``p_judgment``, ``p_creative``, ``p_connective`` (0–1,
        sum 1), ``category`` (the sorter's own sure label or ``unsure``, for tagged tasks
        too), ``model_id``, ``out_of_sample`` (the task's own tag taught nothing),
        ``cold_start`` (cue words alone).
    sorter : TaskSorter or None
        Fitted on all tags; None for an empty log.
    n_tagged, n_sorted, n_unsure : int
        Tasks that a person tagged; of the others, those with a sure label and those without.
    n_held_out : int
        Tagged tasks that were predicted from tags of other titles.
    held_out_accuracy : float or None
        Share of these whose most probable category is their tag; None if there is none.
    """

    sorted: pd.DataFrame
    sorter: TaskSorter | None
    n_tagged: int
    n_sorted: int
    n_unsure: int
    n_held_out: int
    held_out_accuracy: float | None


def sort_tasks(tasks: pd.DataFrame, *, sure_at: float = 0.6, seed: int = 0) -> SortResult:
    """Sort every task of a log, tagged ones without looking at their own tag.

    Untagged tasks are predicted by the sorter fitted on all tags. Tagged tasks are predicted
    by sorters that saw no tag of the same normalised title; where too few are tagged for
    that, by cue words alone.

    Parameters
    ----------
    tasks : DataFrame
        A task log with ``task_id``, ``title`` and ``tag`` (missing: untagged), and any of
        ``project``, ``source``, ``performer``, ``hours``. Is not changed.
    sure_at : float, default 0.6
        The probability from which on a category is assigned; 0–1.
    seed : int, default 0
        For dividing tagged titles into folds.

    Returns
    -------
    SortResult
        The same for the same tasks, in whatever order they come.

    Raises
    ------
    SortingError
        If a column is missing, a ``task_id`` is missing or stands twice, or a tag is no
        category.

    Examples
    --------
    >>> log = pd.DataFrame({"task_id": ["a"], "title": ["Review of the budget"], "tag": [None]})
    >>> result = sort_tasks(log)
    >>> result.sorted.loc[0, "category"], result.n_sorted
    ('judgment', 1)
    """
    _check(tasks, sure_at)
    if tasks.empty:
        nothing = _frame(tasks, np.empty((0, len(CATEGORIES))), sure_at, "", np.array([], bool))
        return SortResult(nothing, None, 0, 0, 0, 0, None)
    # ids are the log's own, so the order in which it was written cannot matter
    order = np.argsort(tasks["task_id"].to_numpy(dtype=object), kind="stable")
    log = tasks.iloc[order]
    is_tagged = log["tag"].notna().to_numpy()
    sorter = TaskSorter().fit(log, log["tag"])

    found = np.empty((len(log), len(CATEGORIES)))
    held_out = np.zeros(len(log), dtype=bool)
    if not is_tagged.all():
        found[~is_tagged] = sorter.predict_share(log[~is_tagged])
    if is_tagged.any():
        found[is_tagged], held_out[is_tagged] = out_of_fold(sorter, log[is_tagged], seed=seed)
    right = sorter.classes_[found.argmax(axis=1)] == log["tag"].to_numpy(dtype=object)

    back = np.argsort(order)
    columns = [list(sorter.classes_).index(category) for category in CATEGORIES]
    cold = np.where(is_tagged, ~held_out, sorter.cold_start_)
    frame = _frame(tasks, found[back][:, columns], sure_at, sorter.model_id_, cold[back])
    unsure = (frame["category"] == UNSURE).to_numpy() & ~is_tagged[back]
    return SortResult(
        sorted=frame,
        sorter=sorter,
        n_tagged=int(is_tagged.sum()),
        n_sorted=int((~is_tagged).sum() - unsure.sum()),
        n_unsure=int(unsure.sum()),
        n_held_out=int(held_out.sum()),
        held_out_accuracy=float(right[held_out].mean()) if held_out.any() else None,
    )


def leave_unsure(probabilities: pd.DataFrame, *, sure_at: float) -> "pd.Series[str]":
    """Assign a category where its probability is high enough, and ``unsure`` elsewhere.

    Parameters
    ----------
    probabilities : DataFrame
        Columns ``p_execution``, ``p_judgment``, ``p_creative``, ``p_connective`` (0–1); one
        row per task.
    sure_at : float
        The probability from which on a category is assigned; 0–1.

    Returns
    -------
    Series of str
        Named ``category``, under the same index.

    Examples
    --------
    >>> p = pd.DataFrame([[0.7, 0.1, 0.1, 0.1], [0.4, 0.3, 0.2, 0.1]], columns=PROBABILITIES)
    >>> leave_unsure(p, sure_at=0.6).tolist()
    ['execution', 'unsure']
    """
    p = probabilities[list(PROBABILITIES)].to_numpy(dtype=float)
    best = np.array(CATEGORIES, dtype=object)[p.argmax(axis=1)]
    labels = np.where(p.max(axis=1) >= sure_at, best, UNSURE)
    return pd.Series(labels, index=probabilities.index, name="category", dtype="str")


def _frame(
    tasks: pd.DataFrame, p: np.ndarray, sure_at: float, model_id: str, cold: np.ndarray
) -> pd.DataFrame:
    frame = pd.DataFrame(p, columns=PROBABILITIES, dtype=float)
    frame.insert(0, "task_id", tasks["task_id"].astype("str").array)
    return frame.assign(
        category=leave_unsure(frame, sure_at=sure_at),
        model_id=pd.Series(model_id, index=frame.index, dtype="str"),
        out_of_sample=np.full(len(frame), True),
        cold_start=cold,
    )


def _check(tasks: pd.DataFrame, sure_at: float) -> None:
    missing = [column for column in ("task_id", "title", "tag") if column not in tasks.columns]
    if missing:
        raise SortingError(
            f"The task log lacks the columns {', '.join(missing)}; "
            f"found {', '.join(map(str, tasks.columns))}."
        )
    if not 0 <= sure_at <= 1:
        raise SortingError(f"sure_at is {sure_at}; it is a probability between 0 and 1.")
    ids = tasks["task_id"]
    if ids.isna().any() or ids.duplicated().any():
        found = "a missing one" if ids.isna().any() else repr(ids[ids.duplicated()].iloc[0])
        raise SortingError(f"Each task needs a task_id of its own; found {found} among them.")
    strange = set(tasks["tag"].dropna().unique()) - set(CATEGORIES)
    if strange:
        raise SortingError(
            f"The tags {', '.join(map(repr, sorted(map(str, strange))))} are no categories; the "
            f"log may hold {', '.join(CATEGORIES)} or no tag. Read them with parse_terms first."
        )
