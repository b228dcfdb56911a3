"""The S-curve."""

import numpy as np

from taskmix.measures.shifts.noise import Array

#: 10% to 90% of a logistic curve take this many of its own units.
_WIDTH_IN_UNITS = 2 * float(np.log(9))


def logistic(months: Array, middle: float | Array, width: float | Array) -> Array:
    """Give the part of the way, 0–1, that a logistic curve has gone in each month.

    Parameters
    ----------
    middle : float or numpy.ndarray
        The month in which it is half-way.
    width : float or numpy.ndarray
        The months from 10% to 90% of the way.

    Examples
    --------
    >>> logistic(np.array([2.0, 4.0, 6.0]), 4.0, 4.0).round(3)
    array([0.1, 0.5, 0.9])
    """
    return np.asarray(0.5 * (1 + np.tanh(_WIDTH_IN_UNITS * (months - middle) / width / 2)))


def slope(months: Array, middle: float, width: float) -> Array:
    """Give how much of the way a logistic curve goes a month, in each month."""
    at = logistic(months, middle, width)
    return at * (1 - at) * _WIDTH_IN_UNITS / width
