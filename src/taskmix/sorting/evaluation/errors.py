"""The tasks that the sorter was surest of and got wrong, for the analyst to read."""

import numpy as np
import pandas as pd

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting._titles import normalise_titles


def worst_errors(rows: pd.DataFrame, *, n: int = 25) -> pd.DataFrame:
    """List the most confident mistakes, a title and its pair of categories once.

    Where many are plainly right, the tag is the mistake.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``task_id``, ``title``, ``project``, ``tag``, ``sorter`` and the four probabilities.
    n : int

    Returns
    -------
    pandas.DataFrame
        ``title``, ``project``, ``tag`` (people's), ``found`` (the sorter's), ``probability`` (of
        what was found, 0–1), ``p_tag`` (of the tag) and ``n_tasks`` (mistaken alike), the surest
        first.
    """
    wrong = rows[rows["sorter"] != rows["tag"]].sort_values("task_id")
    p = wrong[list(PROBABILITIES)]
    places = p.columns.str.removeprefix("p_").get_indexer(wrong["tag"])
    listed = pd.DataFrame(
        {
            "title": wrong["title"].astype("str"),
            "project": wrong["project"].astype("str"),
            "tag": wrong["tag"].astype("str"),
            "found": wrong["sorter"].astype("str"),
            "probability": p.max(axis=1),
            "p_tag": p.to_numpy()[np.arange(len(wrong)), places],
            "key": normalise_titles(wrong["title"]),
        }
    )
    alike = ["key", "tag", "found"]
    listed = listed.assign(n_tasks=listed.groupby(alike)["title"].transform("size"))
    listed = listed.sort_values(["probability", "key"], ascending=[False, True], kind="stable")
    once = listed.drop_duplicates(alike).drop(columns="key")
    return once.astype({"n_tasks": "int64"}).head(n).reset_index(drop=True)
