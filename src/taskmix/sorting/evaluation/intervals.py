"""Intervals from resampling people: one person's tasks stand or fall together."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.language import noted, number, tr

#: Below this many clusters a bootstrap interval is too narrow to be believed.
MIN_CLUSTERS = 10
_REPLICATES = 2_000
#: Resampled at once, so that many people need little memory.
_AT_ONCE = 250


@dataclass(frozen=True)
class Clusters:
    """What is resampled.

    Attributes
    ----------
    by : str
        ``person``, or ``week`` where the log is one person's.
    codes : ndarray of int
        The cluster of each row, from 0.
    n : int
        How many there are.
    """

    by: str
    codes: np.ndarray
    n: int

    @property
    def enough(self) -> bool:
        """Whether there are enough for an interval."""
        return self.n >= MIN_CLUSTERS

    @property
    def remark(self) -> str:
        """Why there is no interval, or what was resampled."""
        if not self.enough:
            return tr(
                noted("no intervals: not enough people: has {n}, needs {least}")
                if self.by == "person"
                else noted("no intervals: not enough weeks: has {n}, needs {least}"),
                n=self.n,
                least=MIN_CLUSTERS,
            )
        if self.by == "week":
            return tr("95% intervals by resampling {n} weeks: the log is one person's", n=self.n)
        return tr("95% intervals by resampling {n} people", n=number(self.n))


def choose_clusters(rows: pd.DataFrame, *, by: str | None = None) -> Clusters:
    """Group rows by person, or by week where the log is one person's.

    Rows without a person are one cluster together, as in the audit's design: who shares them
    out among people must know who did them.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``person`` (missing ones are allowed) and ``local_date``.
    by : {"person", "week"}, optional
        By default what fits the rows.

    Returns
    -------
    Clusters
    """
    people, names = pd.factorize(rows["person"], use_na_sentinel=False)
    if by == "person" or (by is None and len(names) > 1):
        return Clusters("person", people, len(names))
    weeks, begins = pd.factorize(rows["local_date"].dt.to_period("W-SUN"), use_na_sentinel=False)
    return Clusters("week", weeks, len(begins))


def resample(counts: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Draw clusters with replacement, 2,000 times, and add up their counts.

    The same seed and number of clusters draw the same clusters, so that what is computed of two
    methods can be subtracted replicate by replicate.

    Parameters
    ----------
    counts : ndarray of shape (n_clusters, ...)

    Returns
    -------
    ndarray of shape (2000, ...)

    References
    ----------
    Field, C. A. & Welsh, A. H. (2007). Bootstrapping clustered data. JRSS B 69, 369–390,
    doi:10.1111/j.1467-9868.2007.00593.x (the cluster bootstrap).
    """
    n = len(counts)
    rng = np.random.default_rng(seed)
    flat = counts.reshape(n, -1)
    chance = np.full(n, 1 / n)
    parts = [
        rng.multinomial(n, chance, size=_AT_ONCE) @ flat for _ in range(_REPLICATES // _AT_ONCE)
    ]
    return np.concatenate(parts).reshape(_REPLICATES, *counts.shape[1:])


def interval(replicates: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the 2.5% and the 97.5% quantile over the first axis; missing ones are left out."""
    is_missing = np.isnan(replicates).all(axis=0)
    known = np.where(is_missing, 0.0, replicates)
    low, high = np.nanquantile(known, [0.025, 0.975], axis=0)
    return np.where(is_missing, np.nan, low), np.where(is_missing, np.nan, high)
