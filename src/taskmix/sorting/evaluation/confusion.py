"""Counts of what was tagged against what was found, and the macro-F1 of many such counts."""

import numpy as np
import pandas as pd

from taskmix.taxonomy import CATEGORIES

_K = len(CATEGORIES)


def count_confusion(
    tags: "pd.Series[str]",
    found: "pd.Series[str]",
    *,
    clusters: np.ndarray,
    n_clusters: int,
    weight: np.ndarray | None = None,
) -> np.ndarray:
    """Add up tasks, or their weights, by cluster, tag and category found.

    Parameters
    ----------
    tags, found : Series of str
        What people said of each task, and what a method says of it.
    clusters : ndarray of int
        The cluster of each task, from 0.
    n_clusters : int
    weight : ndarray of float, optional
        Such as hours; missing ones weigh nothing. By default each task weighs 1.

    Returns
    -------
    ndarray of shape (n_clusters, 4, 4)
        Rows: tags; columns: found; both in the order of ``CATEGORIES``.
    """
    index = pd.Index(CATEGORIES)
    cells = (clusters * _K + index.get_indexer(tags)) * _K + index.get_indexer(found)
    weights = None if weight is None else np.nan_to_num(weight, nan=0.0)
    counts = np.bincount(cells, weights=weights, minlength=n_clusters * _K * _K)
    return counts.reshape(n_clusters, _K, _K).astype(float)


def macro_f1(
    confusion: np.ndarray, *, occurring: np.ndarray, otherwise: np.ndarray | float = np.nan
) -> np.ndarray:
    """Average F1 = 2 TP / (2 TP + FP + FN) over the categories that occur among the tags.

    A category that nobody was tagged as has no recall and takes no part.

    Parameters
    ----------
    confusion : ndarray of shape (..., 4, 4)
    occurring : ndarray of bool, shape (..., 4)
        The categories that count; those with tags in the whole test, not in a resample of it.
    otherwise : ndarray of shape (..., 4), optional
        F1 of a category where it neither stands nor is found: for resamples, that of all rows.
        Averages over fewer categories would leap from resample to resample.

    Returns
    -------
    ndarray of shape (...)
        0–1; missing where no category counts.

    Examples
    --------
    >>> counts = np.zeros((4, 4))
    >>> counts[:2, :2] = [[3, 1], [0, 4]]  # F1 6/7 and 8/9
    >>> float(macro_f1(counts, occurring=counts.sum(axis=1) > 0).round(4))
    0.873
    """
    f1 = f1_by_category(confusion)
    f1 = np.where(np.isnan(f1), otherwise, f1)
    counted = np.where(occurring, f1, np.nan)
    n = np.isfinite(counted).sum(axis=-1)
    with np.errstate(invalid="ignore"):
        return np.where(n > 0, np.nansum(counted, axis=-1) / np.maximum(n, 1), np.nan)


def f1_by_category(confusion: np.ndarray) -> np.ndarray:
    """Compute each category's F1; missing where it was neither tagged nor found.

    Parameters
    ----------
    confusion : ndarray of shape (..., 4, 4)

    Returns
    -------
    ndarray of shape (..., 4)
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    together = confusion.sum(axis=-1) + confusion.sum(axis=-2)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(together > 0, 2 * right / together, np.nan)
