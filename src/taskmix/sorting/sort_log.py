"""Sort a task log: four probabilities for every task, and a label where they are clear."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.sorting._log import PROBABILITIES, check_log
from taskmix.sorting.abstaining import leave_unsure
from taskmix.sorting.calibration import calibrate_forward
from taskmix.sorting.forward import predict_forward
from taskmix.sorting.model import SortingModel, train_model
from taskmix.sorting.sorter import TaskSorter
from taskmix.taxonomy import CATEGORIES, UNSURE

__all__ = ["PROBABILITIES", "SortResult", "leave_unsure", "sort_tasks", "sort_with"]


@dataclass(frozen=True)
class SortResult:
    """A sorted task log and what made it.

    Attributes
    ----------
    sorted : DataFrame
        One row per task, in the order of the log, as ``taskmix.schema.SortedTasks``:
        ``task_id``, ``p_execution``, ``p_judgment``, ``p_creative``, ``p_connective`` (0–1,
        sum 1, calibrated), ``category`` (the sorter's own sure label or ``unsure``, for tagged
        tasks too), ``model_id``, ``out_of_sample`` (the task's own tag taught nothing),
        ``cold_start`` (cue words alone).
    model : SortingModel or None
        What sorted it; None for an empty log.
    forward : DataFrame
        How it did on days to come, as `taskmix.sorting.calibration.calibrate_forward` returns
        it; no row where that cannot be told, or a kept model sorted.
    n_tagged, n_sorted, n_unsure : int
        Tasks that a person tagged; of the others, those with a sure label and those without.
    n_held_out : int
        Tagged tasks that were predicted from tags of other titles.
    held_out_accuracy : float or None
        Share of these whose most probable category is their tag; None if there is none.
    """

    sorted: pd.DataFrame
    model: SortingModel | None
    forward: pd.DataFrame
    n_tagged: int
    n_sorted: int
    n_unsure: int
    n_held_out: int
    held_out_accuracy: float | None

    @property
    def sorter(self) -> TaskSorter | None:
        """The fitted sorter; None for an empty log."""
        return None if self.model is None else self.model.sorter


def sort_tasks(
    tasks: pd.DataFrame, *, sure_at: float = 0.6, precision: float = 0.85, seed: int = 0
) -> SortResult:
    """Train a model on a log and sort every task, tagged ones without looking at their own tag.

    Untagged tasks are predicted by the sorter fitted on all tags. Tagged tasks are predicted
    by sorters that saw no tag of the same normalised title; where too few are tagged for
    that, by cue words alone.

    Parameters
    ----------
    tasks : DataFrame
        A task log with ``task_id``, ``title`` and ``tag`` (missing: untagged), and any of
        ``project``, ``source``, ``performer``, ``hours``, ``local_date``. Is not changed.
    sure_at : float, default 0.6
        The probability from which on a category is assigned whose precision cannot be
        measured: without ``local_date``, without enough tags, without enough predictions; 0–1.
    precision : float, default 0.85
        What a category has to reach on days to come to be assigned where it can be measured.
    seed : int, default 0
        For dividing tagged titles into folds.

    Returns
    -------
    SortResult
        The same for the same tasks, in whatever order they come.

    Raises
    ------
    SortingError
        If a column is missing, a ``task_id`` is missing or stands twice, a tag is no
        category, or a level is no probability.

    Examples
    --------
    >>> log = pd.DataFrame({"task_id": ["a"], "title": ["Review of the budget"], "tag": [None]})
    >>> result = sort_tasks(log)
    >>> result.sorted.loc[0, "category"], result.n_sorted
    ('judgment', 1)
    """
    check_log(tasks)
    if tasks.empty:
        return SortResult(_no_rows(), None, _no_forward(), 0, 0, 0, 0, None)
    model, forward = train_model(tasks, sure_at=sure_at, precision=precision, seed=seed)
    return _result(tasks, model, forward)


def sort_with(model: SortingModel, tasks: pd.DataFrame) -> SortResult:
    """Sort a log with a kept model; nothing is learned.

    Parameters
    ----------
    model : SortingModel
    tasks : DataFrame
        As for `sort_tasks`. Tasks that were tagged since are predicted like untagged ones.

    Returns
    -------
    SortResult
        On the log that the model was trained on, the ``sorted`` of that time.

    Raises
    ------
    SortingError
        As for `sort_tasks`, and if a column is missing that the model was trained with.
    """
    check_log(tasks)
    return _result(tasks, model, _no_forward())


def _result(tasks: pd.DataFrame, model: SortingModel, forward: pd.DataFrame) -> SortResult:
    frame = model.sort(tasks)
    is_tagged = tasks["tag"].notna().to_numpy()
    unsure = (frame["category"] == UNSURE).to_numpy() & ~is_tagged
    held_out = model.held_out[~model.held_out["cold_start"]]
    best = np.array(CATEGORIES)[held_out[list(PROBABILITIES)].to_numpy().argmax(axis=1)]
    right = best == held_out["tag"].to_numpy()
    return SortResult(
        sorted=frame,
        model=model,
        forward=forward,
        n_tagged=int(is_tagged.sum()),
        n_sorted=int((~is_tagged).sum() - unsure.sum()),
        n_unsure=int(unsure.sum()),
        n_held_out=len(held_out),
        held_out_accuracy=float(right.mean()) if len(held_out) else None,
    )


def _no_rows() -> pd.DataFrame:
    types = {
        "task_id": "str",
        **dict.fromkeys(PROBABILITIES, "float64"),
        **dict.fromkeys(("category", "model_id"), "str"),
        **dict.fromkeys(("out_of_sample", "cold_start"), "bool"),
    }
    return pd.DataFrame(columns=list(types)).astype(types)


def _no_forward() -> pd.DataFrame:
    nothing = pd.DataFrame(columns=["task_id", "title", "tag"], dtype="str")
    nothing["local_date"] = pd.Series(dtype="datetime64[us]")
    return calibrate_forward(predict_forward(nothing))
