"""Temperature: probabilities made sharper or flatter, to come true as often as they say."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import log_softmax

#: The fewest forward predictions that a calibration is fitted on.
MIN_TO_CALIBRATE = 50
#: Between these a temperature stays, whatever the fit says of a task.
COLDEST, HOTTEST = 0.2, 5.0
_SLOPES = (-1.0, 2.0)
# Nothing is impossible: a probability of 0 has no logarithm.
_LEAST = 1e-9


@dataclass(frozen=True)
class Calibration:
    """How probabilities are sharpened or flattened.

    Attributes
    ----------
    temperature : float
        Of a task about which nothing is known (all classes equally probable); above 1 flattens.
    slope : float
        How the temperature falls as less is open; 0: one temperature for all.
    n_tasks : int
        Forward predictions that it was fitted on; 0: none, and nothing is changed.
    """

    temperature: float = 1.0
    slope: float = 0.0
    n_tasks: int = 0


def fit_calibration(
    p: np.ndarray, codes: np.ndarray, *, weight: np.ndarray | None = None
) -> Calibration:
    """Find the temperature, and its slope, under which tags are most probable.

    Probabilities become softmax(log p / T) with T = `temperature` · h^`slope`, where h is the
    entropy of p as a part (0–1) of what it could be. With a slope of 0 this is temperature
    scaling, as scikit-learn's ``CalibratedClassifierCV(method="temperature")`` does it. One
    temperature for all was not enough: a title that says little is judged too confidently and
    one that says all too hesitantly, which left an ECE of 0.040 on the invented organisation.
    The likeliest class stays the likeliest.

    Both parameters have a standard normal prior (the temperature's logarithm), which a few
    hundred tasks outweigh.

    Parameters
    ----------
    p : ndarray of shape (n_tasks, n_classes)
        Probabilities by a sorter that saw none of these tasks, nor anything later.
    codes : ndarray of int
        Column of each task's tag.
    weight : ndarray of float, optional
        Not negative.

    Returns
    -------
    Calibration
        One that changes nothing below `MIN_TO_CALIBRATE` tasks.

    References
    ----------
    Guo et al. 2017, arXiv 1706.04599 (temperature scaling). Balanya, Maroñas & Ramos 2022,
    arXiv 2208.00461 (a temperature that depends on the entropy).

    Examples
    --------
    Twice as confident as it should be: right in 0.8 of the tasks given 0.94.

    >>> p = np.tile([16 / 17, 1 / 17], (1000, 1))
    >>> fitted = fit_calibration(p, np.array([0] * 800 + [1] * 200))
    >>> apply_calibration(p, fitted)[0].round(2).tolist()
    [0.8, 0.2]
    """
    if len(p) < MIN_TO_CALIBRATE:
        return Calibration()
    weight = np.ones(len(p)) if weight is None else weight
    rows = np.arange(len(p))

    def loss(parameters: np.ndarray) -> float:
        scores = log_softmax(_scaled(p, np.exp(parameters[0]), parameters[1]), axis=1)
        return float(-weight @ scores[rows, codes] + parameters @ parameters / 2)

    bounds = [(np.log(COLDEST), np.log(HOTTEST)), _SLOPES]
    found = minimize(loss, np.zeros(2), method="L-BFGS-B", bounds=bounds).x
    return Calibration(float(np.exp(found[0])), float(found[1]), len(p))


def apply_calibration(p: np.ndarray, calibration: Calibration) -> np.ndarray:
    """Sharpen or flatten probabilities.

    Parameters
    ----------
    p : ndarray of shape (n_tasks, n_classes)
    calibration : Calibration

    Returns
    -------
    ndarray of shape (n_tasks, n_classes)
        Each row sums to 1. Exactly `p` where the calibration was fitted on nothing.
    """
    if not calibration.n_tasks:
        return p
    scores = _scaled(p, calibration.temperature, calibration.slope)
    return np.exp(log_softmax(scores, axis=1))


def _scaled(p: np.ndarray, temperature: float, slope: float) -> np.ndarray:
    log_p = np.log(np.maximum(p, _LEAST))
    entropy = -(p * log_p).sum(axis=1) / np.log(p.shape[1])
    # the entropy of a sure task rounds to 0, whose power would be no number
    own = temperature * np.clip(entropy, _LEAST, 1.0) ** slope
    return log_p / np.clip(own, COLDEST, HOTTEST)[:, None]
