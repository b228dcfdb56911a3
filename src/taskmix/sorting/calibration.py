"""Calibration: of the tasks given 80%, 80% should turn out so."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import beta

from taskmix.errors import SortingError
from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.temperature import Calibration, apply_calibration, fit_calibration
from taskmix.taxonomy import CATEGORIES

# What a sorter is sure of changes as it learns: those that knew most are like the one that sorts.
_ORIGINS_USED = 2


def fit_on_latest(forward: pd.DataFrame) -> Calibration:
    """Fit a calibration on the last two origins of forward predictions.

    Parameters
    ----------
    forward : DataFrame
        As `taskmix.sorting.forward.predict_forward` returns it.

    Returns
    -------
    Calibration
        One that changes nothing where there are too few; see
        `taskmix.sorting.temperature.fit_calibration`.
    """
    latest = np.unique(forward["origin"])[-_ORIGINS_USED:]
    used = forward[forward["origin"].isin(latest)]
    return fit_calibration(used[list(PROBABILITIES)].to_numpy(dtype=float), tag_codes(used))


def calibrate_forward(forward: pd.DataFrame) -> pd.DataFrame:
    """Calibrate forward predictions as honestly as they were made: each by earlier origins alone.

    Parameters
    ----------
    forward : DataFrame
        As `taskmix.sorting.forward.predict_forward` returns it. Is not changed.

    Returns
    -------
    DataFrame
        The same rows with other probabilities and a column ``calibrated``: False in the first
        origin, and as long as fewer than
        `taskmix.sorting.temperature.MIN_TO_CALIBRATE` tasks were predicted before; such
        rows are as they were, and no figure about calibration should count them.
    """
    p = forward[list(PROBABILITIES)].to_numpy(dtype=float)
    origin = forward["origin"].to_numpy()
    calibrated = np.zeros(len(forward), dtype=bool)
    found = p.copy()
    for number in np.unique(origin):
        now = origin == number
        calibration = fit_on_latest(forward[origin < number])
        found[now] = apply_calibration(p[now], calibration)
        calibrated[now] = calibration.n_tasks > 0
    columns = dict(zip(PROBABILITIES, found.T, strict=True))
    return forward.assign(**columns, calibrated=calibrated)


def tag_codes(forward: pd.DataFrame) -> np.ndarray:
    """Return the position of each row's ``tag`` among the categories."""
    return pd.Categorical(forward["tag"], categories=CATEGORIES).codes.astype(int)


def calibration_curve(
    confidence: np.ndarray,
    correct: np.ndarray,
    *,
    n_bins: int = 15,
    weight: np.ndarray | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Set how sure predictions were beside how often they were right, in bins of equal mass.

    Parameters
    ----------
    confidence : ndarray of shape (n_tasks,)
        Probability of the class that was predicted; 0–1.
    correct : ndarray of bool
        Whether it was right.
    n_bins : int, default 15
        There are fewer where tasks are.
    weight : ndarray of float, optional
        Such as hours; bins then hold about as much weight.
    level : float, default 0.95
        Of the intervals (two-sided).

    Returns
    -------
    DataFrame
        One row a bin, by confidence: ``n_tasks``, ``weight``, ``confidence`` and ``accuracy``
        (weighted means, 0–1), ``low`` and ``high`` (Clopper–Pearson, of the unweighted count).

    Raises
    ------
    SortingError
        If `n_bins` is less than 1, or the weights are negative or all 0.

    References
    ----------
    Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.

    Examples
    --------
    >>> curve = calibration_curve(np.array([0.5, 0.7, 0.9, 0.9]), np.array([0, 1, 1, 1]), n_bins=2)
    >>> curve[["confidence", "accuracy"]].to_numpy().tolist()
    [[0.6, 0.5], [0.9, 1.0]]
    """
    weight = np.ones(len(confidence)) if weight is None else np.asarray(weight, dtype=float)
    if n_bins < 1:
        raise SortingError(f"n_bins is {n_bins}; a curve has 1 bin at least.")
    if len(weight) and (weight.min() < 0 or weight.sum() == 0):
        raise SortingError("The weights of a calibration curve must not be negative, nor all 0.")
    order = np.argsort(confidence, kind="stable")
    # a task lies in the bin in which the middle of its weight lies
    reached = np.cumsum(weight[order]) - weight[order] / 2
    bins = np.minimum(reached / max(weight.sum(), 1e-9) * n_bins, n_bins - 1).astype(int)
    table = pd.DataFrame(
        {
            "bin": bins,
            "n_right": np.asarray(correct, dtype=float)[order],
            "weight": weight[order],
            "confidence": confidence[order] * weight[order],
            "accuracy": np.asarray(correct, dtype=float)[order] * weight[order],
        }
    )
    table["n_tasks"] = 1
    sums = table[table["weight"] > 0].groupby("bin").sum()
    means = sums[["confidence", "accuracy"]].div(sums["weight"], axis=0)
    low, high = clopper_pearson(sums["n_right"], sums["n_tasks"], level=level)
    curve = sums[["n_tasks", "weight"]].join(means).assign(low=low, high=high)
    return curve.reset_index(drop=True)


def top_label_ece(
    confidence: np.ndarray,
    correct: np.ndarray,
    *,
    n_bins: int = 15,
    weight: np.ndarray | None = None,
) -> float:
    """Return the expected calibration error of the predicted class.

    The mean distance of confidence and accuracy over bins of equal mass. It is never quite 0:
    with n tasks a bin even perfect probabilities are off by about 0.4/√n.

    Parameters
    ----------
    confidence, correct, n_bins, weight
        As for `calibration_curve`.

    Returns
    -------
    float
        0–1; missing without any task.

    References
    ----------
    Guo et al. 2017, arXiv 1706.04599; bins of equal mass: Nixon et al. 2019, arXiv 1904.01685.
    """
    curve = calibration_curve(confidence, correct, n_bins=n_bins, weight=weight)
    if curve.empty:
        return float("nan")
    off = (curve["confidence"] - curve["accuracy"]).abs()
    return float((off * curve["weight"]).sum() / curve["weight"].sum())


def clopper_pearson(
    n_right: ArrayLike, n_tasks: ArrayLike, *, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact two-sided interval of a proportion.

    Parameters
    ----------
    n_right, n_tasks : array-like
        Without any task the interval is 0 to 1.
    level : float
        Such as 0.95.

    Returns
    -------
    low, high : ndarray

    References
    ----------
    Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404.
    """
    right, n, tail = np.asarray(n_right, float), np.asarray(n_tasks, float), (1 - level) / 2
    # The beta distribution has no parameter 0; there the bound is the end of the scale.
    low = np.where(right > 0, beta.ppf(tail, np.maximum(right, 1), n - right + 1), 0.0)
    high = np.where(right < n, beta.ppf(1 - tail, right + 1, np.maximum(n - right, 1)), 1.0)
    return low, high
