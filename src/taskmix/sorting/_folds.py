"""Probabilities of tagged tasks from models that saw neither their tag nor their title's."""

import numpy as np
import pandas as pd
from scipy.special import softmax
from sklearn.model_selection import GroupKFold

from taskmix.sorting._distinct import number_repeats
from taskmix.sorting.sorter import TaskSorter

_FOLDS = 5


def out_of_fold(
    sorter: TaskSorter, tagged: pd.DataFrame, *, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Predict each tagged task from the tags of other titles.

    The words were learned from all titles, which no tag can leak through; the linear part
    is fitted anew for each fold.

    Parameters
    ----------
    sorter : TaskSorter
        Fitted on these tasks, and on any untagged ones.
    tagged : DataFrame
        As for ``TaskSorter.fit``, with a column ``tag`` that has no missing value.
    seed : int
        For the division into folds.

    Returns
    -------
    probabilities : ndarray of shape (n_tasks, n_classes)
        In the order of ``sorter.classes_``.
    held_out : ndarray of bool
        False where there were too few titles to divide, or a fold's other titles had no tag
        of a second category: then it is the cold start's first guess, which used no tag.
    """
    rows = sorter._rows(tagged)
    codes = np.searchsorted(sorter.classes_, tagged["tag"].to_numpy(dtype=object).astype(str))
    repeats, first = number_repeats(rows.assign(_tag=codes))
    rows, codes = rows.iloc[first], codes[first]
    weight = np.bincount(repeats).astype(float)
    matrix, guess = sorter._views(rows)
    probabilities = softmax(guess, axis=1)
    held_out = np.zeros(len(rows), dtype=bool)
    titles = rows["title"].to_numpy(dtype=object)
    if len(np.unique(titles)) >= 2 * _FOLDS:
        folds = GroupKFold(_FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(codes, groups=titles):
            if len(np.unique(codes[train])) < 2:
                continue
            coef, lift = sorter._learn(
                matrix[train], guess[train], codes[train], weight[train], titles[train]
            )
            probabilities[test] = softmax(guess[test] + matrix[test] @ coef - lift, axis=1)
            held_out[test] = True
    return probabilities[repeats], held_out[repeats]
