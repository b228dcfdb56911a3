"""Intervals of shares: on the logit scale, so that no end leaves 0–1."""

import numpy as np
from scipy.special import expit, logit
from scipy.stats import t as student

#: A share as near to 0 or 1 as this is there but for rounding.
_EDGE = 1e-9


def share_interval(
    share: np.ndarray, se: np.ndarray, *, df: np.ndarray | float, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the interval of shares from their standard errors.

    On the logit scale the standard error is se / (θ(1 − θ)); its ends are turned back into
    shares. An estimate outside (0, 1), as small audits give, has no logit: there the interval is
    Wald's, θ ± t·se, clipped to 0–1 and marked.

    Parameters
    ----------
    share, se : ndarray
        Estimates (may lie outside 0–1) and their standard errors.
    df : float or ndarray
        Degrees of freedom of t.
    level : float
        The part of intervals that should hold the truth.

    Returns
    -------
    low, high : ndarray
        0–1; the estimate itself where ``se`` is 0.
    clipped : ndarray of bool
        Wald's interval, clipped.

    Examples
    --------
    >>> low, high, clipped = share_interval(np.array([0.5, -0.01]), np.array([0.05, 0.02]), df=99)
    >>> low.round(3).tolist(), high.round(3).tolist(), clipped.tolist()
    ([0.402, 0.0], [0.598, 0.03], [False, True])
    """
    t = student.ppf(0.5 + level / 2, df)
    clipped = (share <= _EDGE) | (share >= 1 - _EDGE)
    inside = np.where(clipped, 0.5, share)
    half = t * se / (inside * (1 - inside))
    low, high = expit(logit(inside) - half), expit(logit(inside) + half)
    wald = t * se
    return (
        np.where(clipped, np.clip(share - wald, 0, 1), low),
        np.where(clipped, np.clip(share + wald, 0, 1), high),
        clipped,
    )


def change_interval(
    change: np.ndarray, se: np.ndarray, *, df: float, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Give the interval of differences of shares: ± t·se, clipped to −1 … 1.

    Examples
    --------
    >>> low, high = change_interval(np.array([0.1]), np.array([0.02]), df=1e9)
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.061], [0.139])
    """
    half = student.ppf(0.5 + level / 2, df) * se
    return np.clip(change - half, -1, 1), np.clip(change + half, -1, 1)
