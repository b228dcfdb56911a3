"""How many kinds of work a person has, as many equally frequent kinds would be."""

import numpy as np
import pandas as pd
from scipy.special import gammaln


def rarefied_kinds(counts: pd.Series, of: pd.Series, *, n_drawn: int) -> pd.Series:
    """Give the Hill number of order 1 that a person would have in `n_drawn` of their tasks.

    Who logs more tasks logs more kinds, whatever the variety; so all are asked for the same
    number, drawn without replacement. With X_i tasks of kind i among n, and f_k the expected
    number of kinds that are drawn k times::

        f_k = Σ_i C(X_i, k) C(n − X_i, m − k) / C(n, m)
        ¹D(m) = exp(−Σ_k (k/m) ln(k/m) f_k)

    Parameters
    ----------
    counts : pandas.Series
        Tasks of one kind of one person, whole numbers.
    of : pandas.Series
        Whose, aligned with `counts`.
    n_drawn : int
        m.

    Returns
    -------
    pandas.Series
        By person, 1 to m; missing for who has fewer than `n_drawn` tasks.

    References
    ----------
    Chao, A. et al. (2014). Rarefaction and extrapolation with Hill numbers. Ecological Monographs
    84, 45–67, doi:10.1890/13-0133.1.

    Examples
    --------
    >>> kinds = pd.Series([20, 20, 10])
    >>> rarefied_kinds(kinds, pd.Series(["ana", "ana", "bo"]), n_drawn=40).round(6).tolist()
    [2.0, nan]
    """
    total = counts.groupby(of).transform("sum")
    enough = total >= n_drawn
    # Many people share the same two numbers; each pair is worked out once.
    pairs = pd.DataFrame({"kind": counts[enough], "total": total[enough]}).astype("int64")
    distinct = pairs.drop_duplicates()
    terms = _expected_terms(distinct["kind"].to_numpy(), distinct["total"].to_numpy(), n_drawn)
    looked_up = pairs.merge(distinct.assign(term=terms), how="left", on=["kind", "total"])["term"]
    entropy = looked_up.groupby(of[enough].to_numpy()).sum()
    return np.exp(entropy).reindex(of.unique())


def unlike_pairs(counts: pd.Series, of: pd.Series) -> pd.Series:
    """Give the chance that two different tasks of a person are not of one kind.

    Without bias by the number of tasks: 1 − Σ X(X − 1) / (n(n − 1)) (Simpson 1949,
    doi:10.1038/163688a0).

    Returns
    -------
    pandas.Series
        By person, 0–1; missing for who has one task.
    """
    n = counts.groupby(of).sum()
    same = (counts * (counts - 1)).groupby(of).sum()
    return 1 - same / (n * (n - 1)).where(n > 1)


def _expected_terms(kind: np.ndarray, total: np.ndarray, m: int) -> np.ndarray:
    """Give −Σ_k (k/m) ln(k/m) P(k of m drawn are of the kind), one entry a pair."""
    k = np.arange(1, m + 1)[None, :]
    x, n = kind[:, None].astype(float), total[:, None].astype(float)
    possible = (k <= x) & (m - k <= n - x)
    drawn, rest = np.where(possible, k, 0), np.where(possible, m - k, 0)
    log_chance = log_choose(x, drawn) + log_choose(n - x, rest) - log_choose(n, float(m))
    chance = np.where(possible, np.exp(log_chance), 0.0)
    return np.asarray((-(k / m) * np.log(k / m) * chance).sum(axis=1))


def log_choose(n: np.ndarray, k: np.ndarray | float) -> np.ndarray:
    """Give the logarithm of the number of ways to draw k of n.

    Examples
    --------
    >>> round(float(np.exp(log_choose(np.array(5.0), 2.0))), 9)
    10.0
    """
    return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))
