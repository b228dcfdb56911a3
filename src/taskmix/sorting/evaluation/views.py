"""Which of the predicted tasks a score is of, and which way round they were predicted."""

import pandas as pd

from taskmix.language import noted

#: Tasks whose normalised title is not among the tags learned from: the headline, because it is
#: what a title that nobody has tagged meets.
NEW_TITLES = noted("new titles")
#: All tasks, as the log really comes: many of their titles were tagged before.
ALL_TASKS = noted("all tasks")
#: Tasks of people of whose tags none was learned from.
NEW_PEOPLE = noted("new people")

VIEWS = (NEW_TITLES, ALL_TASKS, NEW_PEOPLE)


def of_view(rows: pd.DataFrame, view: str) -> pd.DataFrame:
    """Keep the rows of a view.

    Parameters
    ----------
    rows : pandas.DataFrame
        Predicted tasks with ``seen_title`` and ``of_new_people`` (predicted by a sorter that
        learned from other people alone).
    view : str
        One of `VIEWS`.

    Returns
    -------
    pandas.DataFrame
        Under a new index.
    """
    if view == NEW_PEOPLE:
        kept = rows[rows["of_new_people"]]
    elif view == NEW_TITLES:
        kept = rows[~rows["of_new_people"] & ~rows["seen_title"]]
    else:
        kept = rows[~rows["of_new_people"]]
    return kept.reset_index(drop=True)
