"""Noise of monthly figures that remembers the month before: how much, and how to take it out.

A month that lies above its line is often followed by another one above it. Whoever takes such
months for independent finds shifts where there are none, so the memory ρ (of an AR(1) process) is
estimated from what a fit leaves, and the fit is repeated on figures from which it is taken out.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

#: The values of ρ that are looked at. Below 0 and above 0.9 nothing is told apart in 36 months.
RHOS: Array = np.linspace(0.0, 0.9, 10)


def correlation(rho: float, months: Array) -> Array:
    """Give the correlation of each pair of months' noise, ρ to the power of their distance."""
    apart = np.abs(np.subtract.outer(months, months))
    return np.asarray(np.where(apart == 0, 1.0, rho**apart))


def whitener(rho: float, months: Array) -> Array:
    """Give the matrix that makes the noise of `months` independent.

    Examples
    --------
    >>> at = np.array([0.0, 1.0, 4.0])
    >>> whiten = whitener(0.5, at)
    >>> np.allclose(whiten @ correlation(0.5, at) @ whiten.T, np.eye(3))
    True
    """
    return np.asarray(np.linalg.inv(np.linalg.cholesky(correlation(rho, months))))


def expected_memory(design: Array, months: Array) -> Array:
    """Tell what `memory` of residuals is to be expected for each value of `RHOS`.

    A fit takes memory out of its residuals, more of it the fewer the months are. Numerator and
    denominator are expected apart: close enough, and no simulation.

    Parameters
    ----------
    design : numpy.ndarray of shape (n_months, n_columns)
        The columns that were fitted; of a curve, its derivatives.
    """
    basis = np.linalg.qr(design)[0]
    rest = np.eye(len(months)) - basis @ basis.T
    follows = np.subtract.outer(months, months) == -1
    found = []
    for rho in RHOS:
        left = rest @ correlation(float(rho), months) @ rest
        found.append(np.sum(left * follows) / np.trace(left))
    return np.maximum.accumulate(np.array(found))


def memory(residuals: Array, months: Array) -> Array:
    """Give each series' lag-one autocorrelation, of months that follow each other.

    Parameters
    ----------
    residuals : numpy.ndarray of shape (n_series, n_months)
    """
    next_to = np.diff(months) == 1
    pairs = residuals[:, 1:] * residuals[:, :-1] * next_to
    total = np.sum(residuals**2, axis=1)
    return np.asarray(np.sum(pairs, axis=1) / np.where(total > 0, total, 1.0))


def estimate_rho(residuals: Array, design: Array, months: Array) -> float:
    """Estimate ρ from what one fit left, corrected for what the fit took out.

    The ρ is taken whose expected memory is the one found, as Andrews (1993, *Exactly
    median-unbiased estimation of first order autoregressive models*, Econometrica 61(1), 139-165,
    doi:10.2307/2951781) does with medians.
    """
    found = memory(residuals[np.newaxis, :], months)[0]
    return float(np.interp(found, expected_memory(design, months), RHOS))


def cautious(rho: Array | float, n_months: int) -> Array:
    """Add half a standard error to an estimate of ρ, of that where there is none.

    Taken too low it makes intervals too short and alarms too frequent, and the estimate from a few
    dozen months is often too low: without this, false alarms at 5% were up to 10%.
    """
    return np.asarray(np.minimum(np.asarray(rho, dtype=float) + 0.5 / n_months**0.5, RHOS[-1]))


def draw_noise(rho: float, months: Array, *, n: int, rng: np.random.Generator) -> Array:
    """Draw `n` series of noise with variance 1 and memory `rho`: an array (n, n_months)."""
    factor = np.linalg.cholesky(correlation(rho, months))
    return np.asarray(rng.standard_normal((n, len(months))) @ factor.T)
