"""The prediction-powered estimator in one stratum: its share, its variances, and who moves it.

The formulas, for the hours h of the tasks i of a stratum U, the audit S drawn from it and
weights w_i = d_i h_i that are scaled to sum to 1::

    θ̂_k = ȳ_k + λ (A_k − f̄_k) = λ A_k + ē_k      with e_ik = y_ik − λ f_ik

A_k is the mean of the predictions f over all hours, ȳ, f̄ and ē are means over the audit.
"""

from dataclasses import dataclass

import numpy as np

from taskmix.taxonomy import CATEGORIES

_K = len(CATEGORIES)


@dataclass(frozen=True)
class Sample:
    """The answered tasks of one stratum of a cell, one entry a task.

    Attributes
    ----------
    person : ndarray of int
        Places in the cell's list of people.
    expanded : ndarray
        d h: hours over the probability to be drawn and answered.
    certain : ndarray of bool
        Was drawn with certainty.
    rate : ndarray
        Rate of answers in its cell of response; 1 where all answered.
    said : ndarray of shape (n, 4)
        The blind label, one-hot.
    found : ndarray of shape (n, 4)
        The prediction f.
    certain_hours : float
        Hours of all tasks drawn with certainty, answered or not.
    """

    person: np.ndarray
    expanded: np.ndarray
    certain: np.ndarray
    rate: np.ndarray
    said: np.ndarray
    found: np.ndarray
    certain_hours: float


@dataclass(frozen=True)
class StratumEstimate:
    """Hours by category of one stratum.

    Attributes
    ----------
    hours : ndarray of shape (4,)
        Estimated: share times hours.
    variance : ndarray of shape (4,)
        Of `hours`, over audits that might have been drawn of these logs.
    influence : ndarray of shape (n_people, 4)
        What each person's tasks add to `hours`, linearised; they sum to it.
    """

    hours: np.ndarray
    variance: np.ndarray
    influence: np.ndarray


def estimate_stratum(
    hours: np.ndarray, expected: np.ndarray, sample: Sample | None, *, tuning: float
) -> StratumEstimate:
    """Estimate the hours by category of one stratum.

    Tasks drawn with certainty stand for themselves alone and add no variance (where some of them
    were not answered, (1 − rate) of it); the others stand for the rest, with
    V = n/(n − 1) Σ z² and z_i = w_i (e_i − ē).

    Parameters
    ----------
    hours : ndarray of shape (n_people,)
        Each person's hours in the stratum.
    expected : ndarray of shape (n_people, 4)
        Each person's Σ h f_k.
    sample : Sample or None
        None where there was no audit: the predictions stand as they are.
    tuning : float
        λ, 0–1.

    References
    ----------
    Angelopoulos, A. N. et al. (2023). Prediction-powered inference. Science 382, 669–674,
    doi:10.1126/science.adi6000. Hájek, J. (1971), in Foundations of Statistical Inference, 236.
    """
    if sample is None or not len(sample.person):
        return StratumEstimate(expected.sum(axis=0), np.zeros(_K), expected)
    total = hours.sum()
    weight = sample_weights(sample, total)
    error = sample.said - tuning * sample.found
    mean = weight @ error
    influence = tuning * expected + hours[:, None] * mean
    np.add.at(influence, sample.person, total * weight[:, None] * (error - mean))
    return StratumEstimate(
        hours=tuning * expected.sum(axis=0) + total * mean,
        variance=total**2 * _variance(sample, weight, error),
        influence=influence,
    )


def sample_weights(sample: Sample, hours: float) -> np.ndarray:
    """Scale d h to sum to 1: the certain tasks to their part of the hours, the others to the rest.

    Parameters
    ----------
    sample : Sample
    hours : float
        Of the stratum.
    """
    certain, total = sample.certain, sample.expanded.sum()
    if not certain.any() or certain.all():
        return sample.expanded / total
    part = min(sample.certain_hours / hours, 1.0)
    weight = np.empty_like(sample.expanded)
    weight[certain] = part * sample.expanded[certain] / sample.expanded[certain].sum()
    weight[~certain] = (1 - part) * sample.expanded[~certain] / sample.expanded[~certain].sum()
    return weight


def _variance(sample: Sample, weight: np.ndarray, error: np.ndarray) -> np.ndarray:
    variance = np.zeros(_K)
    by_luck = np.where(sample.certain, 1 - sample.rate, 1.0)
    for rows in (~sample.certain, sample.certain):
        n, w, e = rows.sum(), weight[rows][:, None], error[rows]
        if n and w.sum() > 0:
            z = w * (e - (w * e).sum(axis=0) / w.sum())
            part = by_luck[rows][:, None]
            # One task alone tells nothing of how far tasks differ; the caller asks for more.
            variance += n / max(n - 1, 1) * (part * z**2).sum(axis=0)
    return variance
