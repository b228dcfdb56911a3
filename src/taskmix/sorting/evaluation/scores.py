"""How well the sorter finds categories, beside its baselines, and how honest it is about it.

What it finds is what it names (``named``, rare categories lifted: `TaskSorter.predict`): macro-F1
counts a rare category as much as a frequent one, and by probability a rare one is hardly ever the
likeliest. How honest it is goes by its probabilities and the category ``likeliest`` by them.
"""

import numpy as np
import pandas as pd

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.calibration import top_label_ece
from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.confusion import count_confusion, f1_by_category, macro_f1
from taskmix.sorting.evaluation.intervals import Clusters, interval, resample
from taskmix.taxonomy import CATEGORIES

#: The sorter itself, and what it must beat.
METHODS = ("sorter", *BASELINES)
#: Where the sorter's own answer stands; a baseline's stands under its name.
_NAMED = {"sorter": "named"}
#: Log-loss takes no probability for smaller than this: one task would decide it.
_LEAST_PROBABILITY = 1e-6


def score_methods(rows: pd.DataFrame, *, clusters: Clusters) -> pd.DataFrame:
    """Score the sorter and the baselines on the same tasks, with intervals by resampling.

    Parameters
    ----------
    rows : pandas.DataFrame
        One row a predicted task: ``tag``, ``named`` (what the sorter names) and the columns of
        `BASELINES` (categories), ``human_hours`` (missing ones weigh nothing).
    clusters : Clusters
        Of these rows.

    Returns
    -------
    pandas.DataFrame
        One row a method of `METHODS`: ``method``, ``n_tasks``, ``accuracy``, ``macro_f1`` with
        ``low`` and ``high``, ``hour_weighted_macro_f1`` with ``hour_low`` and ``hour_high``
        (0–1, over the categories tagged in these rows); ``difference`` (the sorter's macro-F1
        minus this one), ``difference_low``, ``difference_high``, and ``beaten`` (whether the
        difference's lower end is above 0). Intervals are 95% and missing, as ``beaten`` then is,
        where there are too few clusters.
    """
    hours = rows["human_hours"].to_numpy(dtype=float)
    # Axes: cluster, method, by tasks or by hours, tag, found.
    counts = np.stack(
        [
            np.stack([_count(rows, method, clusters, weight) for weight in (None, hours)], axis=1)
            for method in METHODS
        ],
        axis=1,
    )
    total = counts.sum(axis=0)
    occurring = total.sum(axis=-1) > 0
    f1 = macro_f1(total, occurring=occurring)
    by_tasks = total[:, 0]
    right = np.trace(by_tasks, axis1=1, axis2=2)
    table = pd.DataFrame(
        {
            "method": pd.Series(METHODS, dtype="str"),
            "n_tasks": len(rows),
            "accuracy": right / max(len(rows), 1) if len(rows) else np.nan,
            "macro_f1": f1[:, 0],
            "hour_weighted_macro_f1": f1[:, 1],
            "difference": np.where(np.arange(len(METHODS)) > 0, f1[0, 0] - f1[:, 0], np.nan),
        }
    )
    return table.assign(**_intervals(counts, occurring, clusters))[_COLUMNS]


_COLUMNS = [
    "method", "n_tasks", "accuracy", "macro_f1", "low", "high", "hour_weighted_macro_f1",
    "hour_low", "hour_high", "difference", "difference_low", "difference_high", "beaten",
]  # fmt: skip


def score_probabilities(rows: pd.DataFrame) -> dict[str, float]:
    """Score the four probabilities: how much they say, and how far they can be taken at their word.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``tag``, the four probabilities, ``likeliest`` (by them), ``calibrated`` (bool) and
        ``p_tag_by_frequency``.

    Returns
    -------
    dict of str to float
        ``log_loss`` (natural logarithm, mean over tasks), ``log_loss_by_frequency`` (what
        guessing by the frequency of the learned tags gives), ``ece`` (0–1, of the calibrated rows;
        of all, where none is) and ``n_calibrated``. Missing without any row.
    """
    p_tag = _probability_of(rows, rows["tag"])
    by_frequency = rows["p_tag_by_frequency"].to_numpy(dtype=float)
    settled = rows[rows["calibrated"]] if rows["calibrated"].any() else rows
    right = (settled["likeliest"] == settled["tag"]).to_numpy()
    return {
        "log_loss": _log_loss(p_tag),
        "log_loss_by_frequency": _log_loss(by_frequency),
        "ece": top_label_ece(_probability_of(settled, settled["likeliest"]), right)
        if len(settled)
        else float("nan"),
        "n_calibrated": int(rows["calibrated"].sum()),
    }


def score_categories(rows: pd.DataFrame) -> pd.DataFrame:
    """Score each category on its own.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``tag`` and ``named``.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``category``, ``n_tagged``, ``n_found`` (named so), ``n_right``,
        ``precision`` (of those named so; missing where none was), ``recall`` (of those tagged so)
        and ``f1``.
    """
    counts = confusion_of(rows)
    right, tagged, found = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.where(found > 0, right / found, np.nan)
        recall = np.where(tagged > 0, right / tagged, np.nan)
    return pd.DataFrame(
        {
            "category": pd.Series(CATEGORIES, dtype="str"),
            "n_tagged": tagged.astype("int64"),
            "n_found": found.astype("int64"),
            "n_right": right.astype("int64"),
            "precision": precision,
            "recall": recall,
            "f1": f1_by_category(counts),
        }
    )


def confusion_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Count tasks by tag and category named, for the chart.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``tag`` and ``named``.

    Returns
    -------
    pandas.DataFrame
        Sixteen rows: ``tag``, ``category`` (named), ``n_tasks`` and ``share`` (0–1 of the tasks
        of that tag; missing without any).
    """
    counts = confusion_of(rows)
    every = pd.MultiIndex.from_product([CATEGORIES, CATEGORIES], names=["tag", "category"])
    table = pd.DataFrame({"n_tasks": counts.ravel().astype("int64")}, index=every).reset_index()
    total = table.groupby("tag")["n_tasks"].transform("sum")
    table["share"] = (table["n_tasks"] / total).where(total > 0)
    return table.astype({"tag": "str", "category": "str"})


def share_errors(rows: pd.DataFrame) -> pd.DataFrame:
    """Set the shares of hours that the probabilities add up to beside those of the tags.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``tag``, the four probabilities and ``human_hours``.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``category``, ``tagged`` and ``predicted`` (shares of hours, 0–1) and
        ``error`` (predicted minus tagged). Missing where no row has hours.
    """
    hours = np.nan_to_num(rows["human_hours"].to_numpy(dtype=float), nan=0.0)
    total = hours.sum() if hours.any() else np.nan
    is_tag = rows["tag"].to_numpy(dtype=object)[:, None] == np.array(CATEGORIES, dtype=object)
    tagged = hours @ is_tag / total
    predicted = hours @ rows[list(PROBABILITIES)].to_numpy(dtype=float) / total
    return pd.DataFrame(
        {
            "category": pd.Series(CATEGORIES, dtype="str"),
            "tagged": tagged,
            "predicted": predicted,
            "error": predicted - tagged,
        }
    )


def confusion_of(rows: pd.DataFrame) -> np.ndarray:
    """Count tasks by tag (rows) and category that the sorter names (columns)."""
    one = np.zeros(len(rows), dtype=int)
    return count_confusion(rows["tag"], rows["named"], clusters=one, n_clusters=1)[0]


def _count(
    rows: pd.DataFrame, method: str, clusters: Clusters, weight: np.ndarray | None
) -> np.ndarray:
    found = rows[_NAMED.get(method, method)]
    return count_confusion(
        rows["tag"], found, clusters=clusters.codes, n_clusters=clusters.n, weight=weight
    )


def _intervals(
    counts: np.ndarray, occurring: np.ndarray, clusters: Clusters
) -> dict[str, np.ndarray | pd.Series]:
    n_methods = len(METHODS)
    nothing = np.full(n_methods, np.nan)
    if not clusters.enough:
        names = ("low", "high", "hour_low", "hour_high", "difference_low", "difference_high")
        unknown = pd.Series([pd.NA] * n_methods, dtype="boolean")
        return {**dict.fromkeys(names, nothing), "beaten": unknown}
    observed = f1_by_category(counts.sum(axis=0))
    f1 = macro_f1(resample(counts), occurring=occurring, otherwise=observed)
    low, high = interval(f1)
    worse, better = interval(f1[:, :1, 0] - f1[:, 1:, 0])
    differences = [np.append(np.nan, end) for end in (worse, better)]
    beaten = pd.Series(differences[0] > 0, dtype="boolean").mask(np.isnan(differences[0]))
    return {
        "low": low[:, 0], "high": high[:, 0], "hour_low": low[:, 1], "hour_high": high[:, 1],
        "difference_low": differences[0], "difference_high": differences[1], "beaten": beaten,
    }  # fmt: skip


def _probability_of(rows: pd.DataFrame, categories: "pd.Series[str]") -> np.ndarray:
    p = rows[list(PROBABILITIES)].to_numpy(dtype=float)
    return p[np.arange(len(rows)), pd.Index(CATEGORIES).get_indexer(categories)]


def _log_loss(probabilities: np.ndarray) -> float:
    if not len(probabilities):
        return float("nan")
    return float(-np.log(np.clip(probabilities, _LEAST_PROBABILITY, 1)).mean())
