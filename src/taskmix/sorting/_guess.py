"""What cue words say of titles that hold none: the first guess, carried on to other words."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import softmax

from taskmix.sorting._cues import CueWords
from taskmix.sorting._linear import class_lift, fit_linear

#: Below so many distinct titles with a cue, other words cannot be learned from them.
LEAST_TITLES = 100
# With so many, they are followed half as far as they may be: from few, little is learned.
_HALF_TITLES = 1_000
#: How far rare categories are lifted there, and how freely words are followed.
_BALANCE, _STRENGTH = 0.75, 1.0
#: More titles than this teach nothing new about words, and take time.
_MOST_TITLES = 20_000
_STEPS = 60


@dataclass(frozen=True)
class FirstGuess:
    """What is thought of a task before any tag: a part from cue words, a part from others.

    Attributes
    ----------
    cue_part : float
        By which the cue words' own log-probabilities enter.
    coef : ndarray of shape (n_features, n_classes)
        What the features add.
    lift : ndarray of shape (n_classes,)
        Log of the weight that rare categories have in it.
    """

    cue_part: float
    coef: np.ndarray
    lift: np.ndarray


def make_first_guess(
    cues: CueWords,
    rows: pd.DataFrame,
    matrix: sparse.csr_matrix,
    *,
    n_tagged: int,
    spread: float,
    fade: float,
) -> FirstGuess:
    """Make the first guess of tasks.

    Parameters
    ----------
    cues, rows, matrix
        As for `spread_cues`.
    n_tagged : int
        How many distinct tasks are tagged.
    spread, fade : float
        As ``TaskSorter`` has them.

    Returns
    -------
    FirstGuess
    """
    part = 1 / (1 + n_tagged / fade)
    found = spread_cues(cues, rows, matrix)
    if found is None:
        nothing = np.zeros((matrix.shape[1], len(cues.base)))
        return FirstGuess(part, nothing, np.zeros(len(cues.base)))
    coef, lift, trust = found
    others = spread * trust
    return FirstGuess(part * (1 - others), part * others * coef, part * others * lift)


def spread_cues(
    cues: CueWords, rows: pd.DataFrame, matrix: sparse.csr_matrix
) -> tuple[np.ndarray, np.ndarray, float] | None:
    """Learn from the titles with a cue what their other words say.

    A softmax regression that learns the cue words' own probabilities, so that "agenda", which
    stands beside "meeting", comes to speak for connective work too. No tag takes part.

    Parameters
    ----------
    cues : CueWords
    rows : DataFrame
        Distinct tasks with normalised titles, sorted.
    matrix : csr_matrix of shape (n_rows, n_features)
        Their features.

    Returns
    -------
    coef : ndarray of shape (n_features, n_classes)
    lift : ndarray of shape (n_classes,)
        Log of the weight that rare categories were given.
    trust : float
        How far they may be followed; 0–1.

    None where too few titles hold a cue.
    """
    if "title" not in rows:
        return None
    codes, titles = pd.factorize(rows["title"].to_numpy(dtype=object))
    counts = cues.count(titles)[codes]
    with_cue = np.flatnonzero(counts.any(axis=1))
    n_titles = len(np.unique(codes[with_cue]))
    if n_titles < LEAST_TITLES:
        return None
    # rows are sorted, so that every n-th of them is a fair choice, and the same each time
    chosen = with_cue[:: -(-len(with_cue) // _MOST_TITLES)]
    target = softmax(cues.log_prior(counts[chosen]), axis=1)
    weight = np.ones(len(chosen))
    coef = fit_linear(
        matrix[chosen], target, weight, np.zeros_like(target),
        strength=_STRENGTH, balance=_BALANCE, max_steps=_STEPS,
    )  # fmt: skip
    lift = np.log(class_lift(target, weight, balance=_BALANCE))
    return coef, lift, n_titles / (n_titles + _HALF_TITLES)
