"""One task's explanation: what was decided, and what decided it."""

from dataclasses import dataclass

import pandas as pd

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.explaining import contributions, weigh_decision
from taskmix.sorting.model import SortingModel
from taskmix.taxonomy import CATEGORIES


@dataclass(frozen=True)
class Explanation:
    """Why a task was sorted as it was.

    Attributes
    ----------
    task : dict of str to object
        ``task_id``, ``title``, ``project``, ``local_date``, ``hours`` of the log, and ``tag`` as
        it counts (missing: None).
    category : str
        What the sorter assigned: a category, or ``unsure``.
    probabilities : dict of str to float
        Of the four categories, as in the table ``sorted``.
    likeliest, next_likeliest : str
    threshold : float
        From which probability on `likeliest` is assigned; infinite: never alone.
    decisive : pandas.DataFrame
        ``kind``, ``term``, ``weight``: log-odds of `likeliest` against `next_likeliest`, the
        heaviest first; see `taskmix.sorting.explaining.weigh_decision`.
    parts : pandas.DataFrame
        The same for each category; each column adds up to the decision function.
    frequency : float
        Log-odds that are added to the sum of `decisive`, because learning gave rare categories
        more weight than they have.
    calibrated : bool
        What then remains is made sharper or flatter; not where too little was predicted for that.
    model_id : str
    learned : bool
        The model learned from a tag of this very task.
    held_out : bool
        The table holds what sorters say that saw no tag of its title, so that its probabilities
        differ from what the words here add up to. False of a task that was not learned, and of
        one that had another title then.
    """

    task: dict[str, object]
    category: str
    probabilities: dict[str, float]
    likeliest: str
    next_likeliest: str
    threshold: float
    decisive: pd.DataFrame
    parts: pd.DataFrame
    frequency: float
    calibrated: bool
    model_id: str
    learned: bool
    held_out: bool


def explain_decision(
    model: SortingModel, task: pd.DataFrame, by_sorter: pd.DataFrame
) -> Explanation:
    """Explain what a model decided on a task.

    Parameters
    ----------
    model : SortingModel
        The one that sorted it.
    task : pandas.DataFrame
        One row of the log, with the columns used at fit.
    by_sorter : pandas.DataFrame
        Its row of the table ``sorted``.

    Returns
    -------
    Explanation
    """
    found = by_sorter.iloc[0]
    p = {name: float(found[column]) for name, column in zip(CATEGORIES, PROBABILITIES, strict=True)}
    first, second = sorted(CATEGORIES, key=lambda category: -p[category])[:2]
    parts = contributions(model.sorter, task)
    lift = dict(zip(model.sorter.classes_, model.sorter.lift_, strict=True))
    learned = bool(model.held_out["task_id"].isin(task["task_id"]).any())
    return Explanation(
        task={name: None if pd.isna(value) else value for name, value in task.iloc[0].items()},
        category=str(found["category"]),
        probabilities=p,
        likeliest=first,
        next_likeliest=second,
        threshold=float(model.thresholds[first]),
        decisive=weigh_decision(parts, category=first, against=second),
        parts=parts,
        frequency=float(lift[second] - lift[first]),
        calibrated=model.calibration.n_tasks > 0,
        model_id=model.model_id,
        learned=learned,
        held_out=learned and bool(found["out_of_sample"]),
    )
