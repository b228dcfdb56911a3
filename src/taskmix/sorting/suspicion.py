"""Tags worth a second look: the sorter, which never saw them, is confident of something else."""

import numpy as np
import pandas as pd

from taskmix.sorting.sort_log import PROBABILITIES
from taskmix.taxonomy import CATEGORIES


def confident_joint(tagged: pd.DataFrame) -> pd.DataFrame:
    """Count tagged tasks by their tag and by the category the sorter is confident of.

    A task counts for a category where its probability reaches that category's threshold: the
    mean probability that tasks tagged so have of it. Where it reaches several, for the most
    probable of them; where it reaches none, not at all.

    Parameters
    ----------
    tagged : pandas.DataFrame
        One row a tagged task: ``task_id``, ``tag``, ``p_execution``, ``p_judgment``,
        ``p_creative``, ``p_connective`` (0–1), out of fold: the model saw no tag of its title.

    Returns
    -------
    pandas.DataFrame
        Index ``tag``, columns: the four categories; whole numbers of tasks.

    References
    ----------
    Northcutt, C. G., Jiang, L. & Chuang, I. L. (2021). Confident Learning: Estimating
    Uncertainty in Dataset Labels. JAIR 70, 1373–1411, doi:10.1613/jair.1.12125.
    """
    given, likely = _confident(tagged)
    counts = np.zeros((len(CATEGORIES), len(CATEGORIES)), dtype=np.int64)
    sure = likely >= 0
    np.add.at(counts, (given[sure], likely[sure]), 1)
    index = pd.Index(CATEGORIES, name="tag", dtype="str")
    return pd.DataFrame(counts, index=index, columns=pd.Index(CATEGORIES, dtype="str"))


def suspicious_tags(tagged: pd.DataFrame) -> pd.DataFrame:
    """List the tags that stand off the diagonal of the confident joint, the strangest first.

    Parameters
    ----------
    tagged : pandas.DataFrame
        As for `confident_joint`. Is not changed.

    Returns
    -------
    pandas.DataFrame
        One row a suspicious tag: ``task_id``, ``tag``, ``likely`` (the category the sorter is
        confident of), ``p_tag`` and ``p_likely`` (0–1). Whether the tag is wrong only a person
        can say.
    """
    given, likely = _confident(tagged)
    rows = np.arange(len(tagged))
    p = tagged[list(PROBABILITIES)].to_numpy(dtype=float)
    names = np.array(CATEGORIES, dtype=object)
    listed = pd.DataFrame(
        {
            "task_id": tagged["task_id"].to_numpy(dtype=object),
            "tag": names[given],
            "likely": names[likely],
            "p_tag": p[rows, given],
            "p_likely": p[rows, likely],
        }
    ).astype({"task_id": "str", "tag": "str", "likely": "str"})
    listed = listed[(likely >= 0) & (likely != given)]
    strange = (listed["p_tag"] - listed["p_likely"]).rename("strange")
    order = pd.concat([strange, listed["task_id"]], axis=1).sort_values(["strange", "task_id"])
    return listed.loc[order.index].reset_index(drop=True)


def _confident(tagged: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the position of each tag, and of the category confidently meant (−1: none)."""
    given = pd.Index(CATEGORIES).get_indexer(tagged["tag"])
    p = tagged[list(PROBABILITIES)].to_numpy(dtype=float)
    # What nobody was tagged as has no threshold, and nothing can be confidently of it.
    thresholds = np.array(
        [p[given == k, k].mean() if (given == k).any() else np.inf for k in range(p.shape[1])]
    )
    reached = np.where(p >= thresholds, p, -1.0)
    likely = reached.argmax(axis=1)
    return given, np.where(reached.max(axis=1, initial=-1.0) < 0, -1, likely)
