"""Abstaining: a category is assigned where it has proved right often enough, else none is."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from taskmix.errors import SortingError
from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.calibration import clopper_pearson
from taskmix.taxonomy import CATEGORIES, UNSURE

#: With fewer forward predictions of a category nothing can be proved of it: 40 tasks, 2 of them
#: wrong, just reach a lower bound of 0.85.
MIN_TO_JUDGE = 40
_STEPS = np.arange(99, 24, -1) / 100


def choose_thresholds(
    forward: pd.DataFrame, *, target: float = 0.85, level: float = 0.95
) -> dict[str, float]:
    """Choose from which probability on each category is right often enough to be assigned.

    Of the forward predictions whose likeliest category it is, those at least as probable as the
    threshold must be right so often that the one-sided lower bound of their precision reaches
    `target`. The smallest such threshold is wanted; but the smallest of many that pass would
    pass by luck. So thresholds are tried in a fixed order: from a strict one down, in steps of
    0.01, to the first that fails. A strict threshold alone has few predictions, and one more
    mistake among them would end the search; so it sets out from up to four, those that
    `MIN_TO_JUDGE`, a quarter, half and all of the predictions reach, and 1 − `level` is divided
    among them. Whatever their number, the chance that the threshold chosen truly misses the
    target is at most 1 − `level` for each category.

    The bound takes tasks for independent. Titles that repeat make it a little too hopeful.

    Parameters
    ----------
    forward : DataFrame
        As `taskmix.sorting.calibration.calibrate_forward` returns it; rows that are not
        ``calibrated`` are left out.
    target : float, default 0.85
        Precision; 0–1.
    level : float, default 0.95
        Of the bound.

    Returns
    -------
    dict of str to float
        By category. ``math.inf`` where no threshold is good enough: it is never assigned alone.
        A category with fewer than `MIN_TO_JUDGE` predictions is left out: nothing is known.

    Raises
    ------
    SortingError
        If `target` or `level` is no probability between 0 and 1.

    References
    ----------
    Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404 (the bound). Angelopoulos et al. 2021,
    arXiv 2110.01052 (testing in a fixed order).
    """
    for name, value in (("target", target), ("level", level)):
        if not 0 < value < 1:
            raise SortingError(f"{name} is {value}; it is a probability between 0 and 1.")
    found = {}
    for category, own in _by_guess(forward).items():
        if len(own) >= MIN_TO_JUDGE:
            found[category] = _lowest_passing(own, target=target, level=level)
    return found


def describe_thresholds(forward: pd.DataFrame, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """Tell how right and how frequent a category is at its threshold, among forward predictions.

    Parameters
    ----------
    forward : DataFrame
        As for `choose_thresholds`.
    thresholds : mapping of str to float
        Of all four categories.

    Returns
    -------
    DataFrame
        One row a category: ``category``, ``threshold`` (infinite: never), ``n_predicted`` (its
        forward predictions), ``n_assigned`` (those at its threshold), ``precision`` (0–1),
        ``low`` (its one-sided lower bound of 95%), ``coverage`` (0–1, assigned of predicted);
        missing without any. The threshold was chosen on the same rows.
    """
    rows = []
    for category, own in _by_guess(forward).items():
        assigned = own[own["probability"] >= thresholds[category]]
        n, right = len(assigned), int(assigned["right"].sum())
        low, _ = clopper_pearson(right, n, level=0.9) if n else (math.nan, math.nan)
        rows.append(
            {
                "category": category,
                "threshold": thresholds[category],
                "n_predicted": len(own),
                "n_assigned": n,
                "precision": right / n if n else math.nan,
                "low": float(low),
                "coverage": n / len(own) if len(own) else math.nan,
            }
        )
    return pd.DataFrame(rows)


def leave_unsure(
    probabilities: pd.DataFrame, *, sure_at: float | Mapping[str, float]
) -> "pd.Series[str]":
    """Assign the likeliest category where its probability is high enough, elsewhere ``unsure``.

    Parameters
    ----------
    probabilities : DataFrame
        Columns ``p_execution``, ``p_judgment``, ``p_creative``, ``p_connective`` (0–1); one
        row per task.
    sure_at : float or mapping of str to float
        The probability from which on a category is assigned; one for all, or one for each of
        the four categories (``math.inf``: it is never assigned).

    Returns
    -------
    Series of str
        Named ``category``, under the same index.

    Raises
    ------
    SortingError
        If a mapping lacks a category.

    Examples
    --------
    >>> p = pd.DataFrame([[0.7, 0.1, 0.1, 0.1], [0.4, 0.3, 0.2, 0.1]], columns=PROBABILITIES)
    >>> leave_unsure(p, sure_at=0.6).tolist()
    ['execution', 'unsure']
    >>> at = {"execution": 0.8, "judgment": 0.6, "creative": math.inf, "connective": 0.6}
    >>> leave_unsure(p, sure_at=at).tolist()
    ['unsure', 'unsure']
    """
    if isinstance(sure_at, Mapping):
        missing = [category for category in CATEGORIES if category not in sure_at]
        if missing:
            raise SortingError(
                f"There is no threshold for {', '.join(missing)}; give one for each."
            )
        needed = np.array([sure_at[category] for category in CATEGORIES], dtype=float)
    else:
        needed = np.full(len(CATEGORIES), sure_at, dtype=float)
    p = probabilities[list(PROBABILITIES)].to_numpy(dtype=float)
    best = p.argmax(axis=1)
    labels = np.where(
        p.max(axis=1) >= needed[best], np.array(CATEGORIES, dtype=object)[best], UNSURE
    )
    return pd.Series(labels, index=probabilities.index, name="category", dtype="str")


def _by_guess(forward: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Split calibrated rows by their likeliest category: ``probability``, ``right``."""
    rows = forward[forward["calibrated"]]
    p = rows[list(PROBABILITIES)].to_numpy(dtype=float)
    guess = np.array(CATEGORIES, dtype=object)[p.argmax(axis=1)]
    table = pd.DataFrame(
        {"guess": guess, "probability": p.max(axis=1), "right": guess == rows["tag"].to_numpy()}
    )
    return {category: table[table["guess"] == category] for category in CATEGORIES}


def _lowest_passing(own: pd.DataFrame, *, target: float, level: float) -> float:
    probability, right = own["probability"].to_numpy(), own["right"].to_numpy(dtype=bool)
    n_at = (probability >= _STEPS[:, None]).sum(axis=1)
    n_right = (probability[right] >= _STEPS[:, None]).sum(axis=1)
    # the first step that enough predictions reach; chosen without a look at which are right
    enough = [max(MIN_TO_JUDGE, part * len(own)) for part in (0, 1 / 4, 1 / 2, 1)]
    starts = {int((n_at >= n).argmax()) for n in enough}
    # the lower end of a two-sided interval of 1 − 2α is the one-sided bound of 1 − α
    low, _ = clopper_pearson(n_right, n_at, level=1 - 2 * (1 - level) / len(starts))
    passed = low >= target
    lowest = math.inf
    for start in starts:
        n_passed = int(np.append(~passed[start:], True).argmax())
        if n_passed:
            lowest = min(lowest, float(_STEPS[start + n_passed - 1]))
    return lowest
