"""What this room asks of a task log, and the columns it adds to it."""

from collections.abc import Sequence

import pandas as pd

from taskmix.errors import SortingError
from taskmix.taxonomy import CATEGORIES

#: The columns that hold the four probabilities.
PROBABILITIES = tuple(f"p_{category}" for category in CATEGORIES)


def check_log(tasks: pd.DataFrame, *, needs: Sequence[str] = ("task_id", "title", "tag")) -> None:
    """Raise `SortingError` unless a log has these columns, ids that differ, and known tags.

    Parameters
    ----------
    tasks : DataFrame
    needs : sequence of str
        ``tag`` is looked at only if it is among them.
    """
    missing = [column for column in needs if column not in tasks.columns]
    if missing:
        raise SortingError(
            f"The task log lacks the columns {', '.join(missing)}; "
            f"found {', '.join(map(str, tasks.columns))}."
        )
    ids = tasks["task_id"]
    if ids.isna().any() or ids.duplicated().any():
        found = "a missing one" if ids.isna().any() else repr(ids[ids.duplicated()].iloc[0])
        raise SortingError(f"Each task needs a task_id of its own; found {found} among them.")
    if "tag" not in needs:
        return
    strange = set(tasks["tag"].dropna().unique()) - set(CATEGORIES)
    if strange:
        raise SortingError(
            f"The tags {', '.join(map(repr, sorted(map(str, strange))))} are no categories; the "
            f"log may hold {', '.join(CATEGORIES)} or no tag. Read them with parse_terms first."
        )
