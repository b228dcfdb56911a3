"""How far few tags are trusted to change the guess that the sorter starts from."""

import numpy as np
from scipy import sparse
from scipy.special import softmax
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold

from taskmix.sorting._linear import fit_with_halves

# How many distinct tagged titles it takes to check the tags against the guess, to follow them
# fully, and to need no check any more. Inside the training parts a check from 100 to 400 neither
# helped nor harmed; it stays, so that tags do not make the sorter worse than it was without any.
_CHECKED_FROM = 10
_FOLLOWED_FROM = 100
_UNCHECKED_FROM = 400


def choose_trust(
    matrix: sparse.csr_matrix,
    codes: np.ndarray,
    weight: np.ndarray,
    offset: np.ndarray,
    guess: np.ndarray,
    groups: np.ndarray,
    *,
    strength: float,
    balance: float,
) -> float:
    """Choose how much of what few tags teach is added to the first guess.

    Few tags hold hardly any of a rare category; followed fully they would unlearn what the
    cue words know of it. Of 0, ¼, ½ and, from 100 titles on, 1, the one is taken that names
    the categories best (macro-F1) on tagged rows held out, all rows of a title together.

    Parameters
    ----------
    matrix, weight, offset, guess, strength, balance
        As for :func:`fit_with_halves`.
    codes : ndarray of int
        The class of each row.
    groups : ndarray
        The title of each row.

    Returns
    -------
    float
        Between 0, the first guess alone, and 1.
    """
    n_groups = len(np.unique(groups))
    if n_groups >= _UNCHECKED_FROM:
        return 1.0
    if n_groups < _CHECKED_FROM:
        return 0.25
    target = np.eye(offset.shape[1])[codes]
    learned = np.zeros(offset.shape)
    for train, held_out in GroupKFold(5).split(codes, groups=groups):
        coef = fit_with_halves(
            matrix[train], target[train], weight[train], offset[train], guess,
            strength=strength, balance=balance,
        )  # fmt: skip
        learned[held_out] = matrix[held_out] @ coef
    classes = np.arange(offset.shape[1])
    figures = {}
    choices = (0.0, 0.25, 0.5) if n_groups < _FOLLOWED_FROM else (0.0, 0.25, 0.5, 1.0)
    for trust in choices:
        p = softmax(offset + trust * learned, axis=1)
        f1 = f1_score(
            codes,
            p.argmax(axis=1),
            labels=np.unique(codes),
            sample_weight=weight,
            average="macro",
            zero_division=0.0,
        )
        figures[trust] = f1, log_loss(codes, p, sample_weight=weight, labels=classes)
    # the likelihood only breaks ties: it would always side with the frequent categories
    return max(figures, key=lambda trust: (round(figures[trust][0], 2), -figures[trust][1]))
