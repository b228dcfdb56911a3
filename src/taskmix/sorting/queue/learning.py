"""Choose tasks that teach the sorter most: close calls of many kinds, and strange tags."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from taskmix.sorting._titles import normalise_titles
from taskmix.sorting.sort_log import PROBABILITIES

#: Of the tasks to learn from, the part that looks at suspicious tags again, if there are so many.
_SECOND_LOOKS = 0.25
#: Close calls to choose from, for each that is chosen.
_POOL = 10
_MOST_TERMS = 20_000


def choose_learning(
    tasks: pd.DataFrame,
    *,
    n: int,
    seed: int,
    suspicious: Sequence[str] = (),
    kinds: tuple[str, str] = ("margin", "suspicious"),
) -> pd.DataFrame:
    """Choose up to `n` tasks to be tagged for learning, each title once.

    Up to a quarter are suspicious tags; the others are untagged tasks with the smallest margin
    between the two likeliest categories, one of each cluster of texts, so that one unclear kind
    of task does not fill the sheet.

    Parameters
    ----------
    tasks : pandas.DataFrame
        One row a task: ``task_id``, ``title``, ``hours``, ``tag`` (missing: untagged) and the
        four probabilities (missing: not sorted, so not chosen by margin).
    n : int
    seed : int
        For the clusters.
    suspicious : sequence of str
        ``task_id``, the strangest tag first.
    kinds : tuple of str
        What to call the two.

    Returns
    -------
    pandas.DataFrame
        ``task_id``, ``hours``, ``kind``.

    References
    ----------
    Citovsky, G. et al. (2021). Batch Active Learning at Scale (cluster-margin). NeurIPS 34,
    arXiv:2107.14263.
    """
    titled = tasks.assign(_title=normalise_titles(tasks["title"]))
    titled = titled[titled["_title"] != ""]
    strange = titled.set_index("task_id").reindex(list(suspicious)).dropna(subset=["_title"])
    strange = strange[strange["tag"].notna()].drop_duplicates("_title")
    strange = strange.head(round(_SECOND_LOOKS * n)).reset_index()
    untagged = titled[titled["tag"].isna()].dropna(subset=list(PROBABILITIES))
    untagged = untagged[~untagged["_title"].isin(strange["_title"])]
    close = _close_calls(untagged, n=n - len(strange), seed=seed)
    return pd.concat([close.assign(kind=kinds[0]), strange.assign(kind=kinds[1])])[
        ["task_id", "hours", "kind"]
    ].reset_index(drop=True)


def _close_calls(untagged: pd.DataFrame, *, n: int, seed: int) -> pd.DataFrame:
    p = np.sort(untagged[list(PROBABILITIES)].to_numpy(dtype=float), axis=1)
    margins = untagged.assign(_margin=p[:, -1] - p[:, -2])
    # Of one title the entry with most hours, which its people remember best.
    margins = margins.sort_values(["_margin", "hours", "task_id"], ascending=[True, False, True])
    pool = margins.drop_duplicates("_title").head(_POOL * n)
    if len(pool) <= n:
        return pool
    clusters = _cluster(pool["_title"].to_numpy(dtype=object), n_clusters=n, seed=seed)
    return pool.assign(_cluster=clusters).drop_duplicates("_cluster")


def _cluster(titles: np.ndarray, *, n_clusters: int, seed: int) -> np.ndarray:
    """Give titles with like words the same number."""
    words = TfidfVectorizer(
        ngram_range=(1, 2), token_pattern=r"(?u)\b\w+\b", sublinear_tf=True,
        max_features=_MOST_TERMS,
    )  # fmt: skip
    try:
        matrix = words.fit_transform(titles)
    except ValueError as error:
        # scikit-learn has no narrower error for titles that are all emoji
        if "empty vocabulary" in str(error):
            return np.zeros(len(titles), dtype=int)
        raise
    # Ordered, because the first centres depend on the order of rows with the same seed.
    order = np.argsort(titles)
    means = MiniBatchKMeans(n_clusters, random_state=seed, n_init=1, batch_size=2048)
    numbers = np.empty(len(titles), dtype=int)
    numbers[order] = means.fit_predict(matrix[order])
    return numbers
