"""The tasks that the sorter was surest of and got wrong, for the analyst to read.

By its probabilities, calibrated: what it names has none.
"""

import numpy as np
import pandas as pd

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting._titles import normalise_titles

_COLUMNS = ["title", "project", "tag", "found", "probability", "p_tag", "n_tasks", "task_id"]


def worst_errors(rows: pd.DataFrame, *, n: int = 25) -> pd.DataFrame:
    """List the most confident mistakes, a title and its pair of categories once.

    Where many are plainly right, the tag is the mistake.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``task_id``, ``title``, ``project``, ``tag``, ``likeliest`` and the four probabilities.
    n : int

    Returns
    -------
    pandas.DataFrame
        ``title``, ``project``, ``tag`` (people's), ``found`` (the sorter's), ``probability`` (of
        what was found, 0–1), ``p_tag`` (of the tag), ``n_tasks`` (mistaken alike) and ``task_id``
        (of the surest of them), the surest first.
    """
    wrong = rows[rows["likeliest"] != rows["tag"]].sort_values("task_id")
    p = wrong[list(PROBABILITIES)]
    places = p.columns.str.removeprefix("p_").get_indexer(wrong["tag"])
    listed = pd.DataFrame(
        {
            "title": wrong["title"].astype("str"),
            "project": wrong["project"].astype("str"),
            "tag": wrong["tag"].astype("str"),
            "found": wrong["likeliest"].astype("str"),
            "probability": p.max(axis=1),
            "p_tag": p.to_numpy()[np.arange(len(wrong)), places],
            "task_id": wrong["task_id"].astype("str"),
            "key": normalise_titles(wrong["title"]),
        }
    )
    alike = ["key", "tag", "found"]
    listed = listed.assign(n_tasks=listed.groupby(alike)["title"].transform("size"))
    listed = listed.sort_values(["probability", "key"], ascending=[False, True], kind="stable")
    once = listed.drop_duplicates(alike).astype({"n_tasks": "int64"})
    return once[_COLUMNS].head(n).reset_index(drop=True)
