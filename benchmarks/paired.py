"""How sure a difference of macro-F1 is: the same rows sorted by two methods, redrawn."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

REDRAWS = 1000


def difference(
    tags: "pd.Series[str]", ours: Sequence[np.ndarray], theirs: Sequence[np.ndarray]
) -> tuple[float, float, float]:
    """Return the mean difference of macro-F1 over the draws of tags, and its 95% interval.

    The rows to sort are redrawn with replacement, the same for both methods and all draws, so
    that the interval tells whether other rows of this kind might turn the difference round.

    Parameters
    ----------
    tags : Series of str
        The true category of each row.
    ours, theirs : sequence of ndarray
        What each method named them, one array a draw of tags.
    """
    redrawn = np.random.default_rng(0).multinomial(
        len(tags), np.full(len(tags), 1 / len(tags)), size=REDRAWS
    )
    weights = np.vstack([np.ones(len(tags), dtype=int), redrawn])
    gained = np.mean(
        [_macro_f1(tags, a, weights) - _macro_f1(tags, b, weights)
         for a, b in zip(ours, theirs, strict=True)],
        axis=0,
    )  # fmt: skip
    low, high = np.quantile(gained[1:], [0.025, 0.975])
    return float(gained[0]), float(low), float(high)


def _macro_f1(tags: "pd.Series[str]", named: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return macro-F1 over the categories that occur, one figure a row of `weights`."""
    found = []
    for category in sorted(tags.unique()):
        is_so, is_named = (tags == category).to_numpy(), np.asarray(named) == category
        hits = weights @ (is_so & is_named)
        found.append(2 * hits / np.maximum(weights @ is_so + weights @ is_named, 1))
    return np.mean(found, axis=0)
