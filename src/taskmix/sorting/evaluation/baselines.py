"""What any sorter must beat: rules that look at the same tags and learn next to nothing."""

import numpy as np
import pandas as pd

from taskmix.sorting._titles import normalise_titles
from taskmix.sorting.sorter import TaskSorter
from taskmix.taxonomy import CATEGORIES

#: The most frequent tag; the codebook's cue words, without any tag; the most frequent tag of the
#: same project and tool; the last tag of the same normalised title.
BASELINES = ("majority", "cue_words", "project_tool", "last_title")


def predict_baselines(learned: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    """Predict tasks by each baseline, from exactly the tags that the sorter had.

    Where a project was never seen with a tool, the project's most frequent tag counts, then the
    tool's, then that of all. A title without a tag has that of all. Of equally frequent tags the
    first in the order of `CATEGORIES` counts; of the last day's tags of a title, that of the
    highest ``task_id``.

    Parameters
    ----------
    learned : pandas.DataFrame
        One row a tagged task: ``task_id``, ``title``, ``tag``, ``local_date``, and ``project``
        and ``source`` where the log has them. At least one row.
    asked : pandas.DataFrame
        The tasks to predict: the same columns, of which ``tag`` only for `p_tag_by_frequency`.

    Returns
    -------
    pandas.DataFrame
        Under the index of `asked`: a category in each column of `BASELINES`, and
        ``p_tag_by_frequency`` (0–1), the part of the learned tags that are the task's own tag,
        each category counted once more than it was seen, so that none is impossible.
    """
    codes = _codes(learned["tag"])
    counts = np.bincount(codes, minlength=len(CATEGORIES))
    majority = np.full(len(asked), counts.argmax())
    found = {
        "majority": majority,
        "cue_words": _cue_words(asked["title"]),
        "project_tool": _project_tool(learned, codes, asked, otherwise=majority),
        "last_title": _last_title(learned, codes, asked, otherwise=majority),
    }
    names = np.array(CATEGORIES, dtype=object)
    frame = pd.DataFrame({name: names[code] for name, code in found.items()}, index=asked.index)
    smoothed = (counts + 1) / (counts.sum() + len(CATEGORIES))
    return frame.astype("str").assign(p_tag_by_frequency=smoothed[_codes(asked["tag"])])


def _codes(tags: "pd.Series[str]") -> np.ndarray:
    return pd.Index(CATEGORIES).get_indexer(tags)


def _cue_words(titles: "pd.Series[str]") -> np.ndarray:
    normal = normalise_titles(titles)
    places, distinct = pd.factorize(normal)
    guess = TaskSorter().fit(distinct).predict(distinct)
    return _codes(pd.Series(guess, dtype="str"))[places]


def _project_tool(
    learned: pd.DataFrame, codes: np.ndarray, asked: pd.DataFrame, *, otherwise: np.ndarray
) -> np.ndarray:
    found = np.full(len(asked), -1)
    for by in (["project", "source"], ["project"], ["source"]):
        if set(by) <= set(learned.columns) & set(asked.columns):
            likely = _most_frequent(learned[by], codes)
            found = np.where(found < 0, _look_up(likely, asked[by]), found)
    return np.where(found < 0, otherwise, found)


def _most_frequent(keys: pd.DataFrame, codes: np.ndarray) -> pd.Series:
    """Find the code most frequent under each key, the smallest of equal ones."""
    # A missing project is no project: tasks without one are not of one kind.
    by_key = keys.assign(_code=codes).dropna().groupby([*keys.columns, "_code"]).size()
    ordered = by_key.rename("n").reset_index().sort_values(["n", "_code"], ascending=[False, True])
    return ordered.drop_duplicates(list(keys.columns)).set_index(list(keys.columns))["_code"]


def _look_up(likely: pd.Series, keys: pd.DataFrame) -> np.ndarray:
    index = pd.MultiIndex.from_frame(keys) if keys.shape[1] > 1 else pd.Index(keys.iloc[:, 0])
    return likely.reindex(index).fillna(-1).to_numpy(dtype=int)


def _last_title(
    learned: pd.DataFrame, codes: np.ndarray, asked: pd.DataFrame, *, otherwise: np.ndarray
) -> np.ndarray:
    known = learned[["local_date", "task_id"]].assign(
        code=codes, title=normalise_titles(learned["title"])
    )
    known = known[known["title"] != ""].sort_values(["local_date", "task_id"], kind="stable")
    last = known.drop_duplicates("title", keep="last").set_index("title")["code"]
    found = last.reindex(normalise_titles(asked["title"])).fillna(-1).to_numpy(dtype=int)
    return np.where(found < 0, otherwise, found)
