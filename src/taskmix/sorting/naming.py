"""What a fitted sorter says of tasks: the category that it names, and the four probabilities.

Two answers to two questions. Asked for a name, the sorter lifts rare categories, or it would
hardly ever find them; asked how probable each is, it does not, or they would come out too large.
"""

import pandas as pd
from scipy.special import softmax

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.sorter import TaskSorter


def name_tasks(sorter: TaskSorter, tasks: pd.DataFrame) -> pd.DataFrame:
    """Name each task's category as `TaskSorter.predict`, beside `TaskSorter.predict_share`.

    Parameters
    ----------
    sorter : TaskSorter
        Fitted on categories of taskmix.
    tasks : pandas.DataFrame
        As for `TaskSorter.predict`.

    Returns
    -------
    pandas.DataFrame
        Under the index of `tasks`: ``named`` (str, a category) and the four probabilities (0–1,
        at the tags' frequency, not calibrated). The likeliest need not be the one named.

    Raises
    ------
    SorterInputError
        A SortingError and ValueError: a column used at fit is missing.

    Examples
    --------
    >>> sorter = TaskSorter().fit(["Review contract", "Stand-up", "Enter receipts"])
    >>> name_tasks(sorter, pd.DataFrame({"title": ["Code review"]}))["named"].tolist()
    ['judgment']
    """
    # the words of a title are counted once for both answers
    scores = sorter.decision_function(tasks)
    named = sorter.classes_[softmax(scores, axis=1).argmax(axis=1)]
    shares = pd.DataFrame(
        softmax(scores - sorter.lift_, axis=1),
        columns=[f"p_{category}" for category in sorter.classes_],
        index=tasks.index,
    )
    shares.insert(0, "named", pd.Series(named, index=tasks.index, dtype="str"))
    return shares[["named", *PROBABILITIES]]
