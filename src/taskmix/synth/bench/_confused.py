"""A sorter of known quality: probabilities from the truth by a known confusion."""

import numpy as np
import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.schema import SortedTasks, check_frame
from taskmix.synth.bench._work import choose
from taskmix.taxonomy import CATEGORIES, UNSURE

#: Whereto a wrong guess goes, by the true category (rows); the diagonal is 0.
ERRORS = np.array(
    [
        [0.00, 0.55, 0.25, 0.20],
        [0.60, 0.00, 0.15, 0.25],
        [0.55, 0.20, 0.00, 0.25],
        [0.50, 0.35, 0.15, 0.00],
    ]
)
#: Where AI has changed the words, execution is taken for judgment and judgment for creative.
DRIFTED_ERRORS = np.array(
    [
        [0.00, 0.90, 0.10, 0.00],
        [0.20, 0.00, 0.80, 0.00],
        [0.70, 0.30, 0.00, 0.00],
        [0.40, 0.60, 0.00, 0.00],
    ]
)
#: What the sorter takes for the mix when it turns a guess into probabilities.
PRIOR = np.array([0.56, 0.18, 0.11, 0.15])
#: The part of a guess's evidence that varies from task to task.
_SPREAD = 0.5
_SURE = 0.6


def confusion_matrix(noise: float, errors: np.ndarray = ERRORS) -> np.ndarray:
    """Give the chances of each guess (columns) by the true category (rows).

    Examples
    --------
    >>> confusion_matrix(0.2)[0].round(2).tolist()
    [0.8, 0.11, 0.05, 0.04]
    """
    return (1 - noise) * np.eye(len(CATEGORIES)) + noise * errors


def sort_by_truth(
    truth: pd.DataFrame,
    adoption: pd.Series,
    *,
    noise: float = 0.25,
    drift: float = 0.0,
    seed: int = 0,
) -> pd.DataFrame:
    """Sort tasks as a sorter with a known confusion would.

    A guess is drawn from the confusion of the true category; the probabilities are those of
    the categories given that guess (Bayes, with `PRIOR` as the mix), sharper for some tasks
    than for others. So their mean is right at that mix and not at a team's, and no longer at
    all where `drift` changes the confusion.

    Parameters
    ----------
    truth
        `Bench.truth`.
    adoption
        How far AI has come (0–1), by team and month.
    noise
        Chance of a wrong guess; 0: probabilities are 0 and 1, and right.
    drift
        At full adoption, the chance that a task's words have changed so that only
        `DRIFTED_ERRORS` are guessed; times adoption elsewhere.

    Returns
    -------
    pandas.DataFrame
        See `taskmix.schema.SortedTasks`.

    Raises
    ------
    TaskmixError
        If `noise` or `drift` is not from 0 to 1.
    """
    for name, value in (("noise", noise), ("drift", drift)):
        if not 0 <= value <= 1:
            raise TaskmixError(f"{name} is {value}; it must be from 0 to 1")
    rng = np.random.default_rng([seed, 0xB])
    true = pd.Categorical(truth["category"], categories=CATEGORIES).codes.astype(int)
    confusion = confusion_matrix(noise)
    chances = confusion[true]
    reached = truth[["team", "month"]].join(adoption, on=["team", "month"])[adoption.name]
    drifts = rng.random(len(true)) < drift * reached.to_numpy(dtype=float)
    chances[drifts] = DRIFTED_ERRORS[true[drifts]]
    guess = choose(rng, chances)
    posterior = PRIOR[:, None] * confusion
    posterior /= posterior.sum(axis=0)
    # A mean of 1 keeps the mean of the probabilities where it was.
    sharpness = rng.uniform(1 - _SPREAD, 1 + _SPREAD, len(true))
    right = np.eye(len(CATEGORIES))[guess]
    p = _sharpened(posterior.T[guess], right, sharpness)
    table = pd.DataFrame({f"p_{c}": p[:, i] for i, c in enumerate(CATEGORIES)})
    likeliest = np.array(CATEGORIES, dtype=object)[p.argmax(axis=1)]
    table.insert(0, "task_id", truth["task_id"].to_numpy())
    table = table.assign(
        category=np.where(p.max(axis=1) >= _SURE, likeliest, UNSURE),
        model_id="bench",
        out_of_sample=True,
        cold_start=False,
    ).astype({"task_id": "str", "category": "str", "model_id": "str"})
    return check_frame(table, SortedTasks, where="sort_by_truth")


def _sharpened(posterior: np.ndarray, guess: np.ndarray, sharpness: np.ndarray) -> np.ndarray:
    """Move probability between the guess and the rest: less of the rest for sharp tasks."""
    rest = posterior * (1 - guess)
    room = rest.sum(axis=1, keepdims=True)
    scale = np.minimum(sharpness[:, None], 1 / np.maximum(room, 1e-12))
    moved = rest * scale
    return moved + guess * (1 - moved.sum(axis=1, keepdims=True))
