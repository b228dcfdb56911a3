"""How many tasks can be labelled, and how right the labels are: precision by coverage."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.calibration import clopper_pearson
from taskmix.taxonomy import CATEGORIES

#: Stands for all categories together.
ALL = "all"
_STEPS = 40
#: The precision of fewer labels is chance.
_FEWEST = 10


def precision_by_coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """Draw the line of precision against the part labelled, the surest tasks first.

    Parameters
    ----------
    rows : pandas.DataFrame
        ``tag``, the four probabilities, ``likeliest`` (the category by them), ``human_hours``.

    Returns
    -------
    pandas.DataFrame
        At most 40 rows for all tasks together (`ALL`) and for those of each category found:
        ``category``, ``at_least`` (the probability from which on tasks are labelled),
        ``n_tasks`` (labelled; from 10 on, where there are so many), ``share_of_tasks`` and
        ``share_of_hours`` (0–1 of the tasks found so; hours missing without any) and
        ``precision`` (0–1).
    """
    surest = _surest(rows)
    parts = [_curve(surest, ALL)]
    parts += [_curve(surest[surest["likeliest"] == name], name) for name in CATEGORIES]
    return pd.concat(parts, ignore_index=True)


def labels_at(rows: pd.DataFrame, thresholds: Mapping[str, float]) -> pd.DataFrame:
    """Tell what is labelled from given probabilities on, and how much of it is right.

    Parameters
    ----------
    rows : pandas.DataFrame
        As for `precision_by_coverage`.
    thresholds : mapping of str to float
        By category; infinite for one that is never assigned alone, left out for one of which
        nothing is known.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``category``; ``threshold`` (missing: not known); ``n_found`` (tasks of
        which it is the likeliest); ``alone`` (whether it is assigned alone; missing: not known);
        ``n_labelled`` (at least as probable as the threshold);
        ``precision`` (0–1, missing where none is) with ``low`` and ``high`` (95%, Clopper &
        Pearson 1934, doi:10.1093/biomet/26.4.404; tasks taken for independent);
        ``share_of_tasks`` and ``share_of_hours`` (labelled, 0–1 of those found).
    """
    surest = _surest(rows)
    is_kept = surest["p"] >= surest["likeliest"].map(thresholds).astype(float)
    kept = (
        surest[is_kept]
        .groupby("likeliest")
        .agg(n_labelled=("right", "size"), n_right=("right", "sum"), kept_hours=("hours", "sum"))
    )
    found = surest.groupby("likeliest").agg(n_found=("right", "size"), hours=("hours", "sum"))
    table = found.join(kept).reindex(list(CATEGORIES)).fillna(0)
    low, high = clopper_pearson(table["n_right"], table["n_labelled"].clip(lower=1), level=0.95)
    is_any = table["n_labelled"] > 0
    threshold = pd.Series([float(thresholds.get(name, np.nan)) for name in CATEGORIES])
    return pd.DataFrame(
        {
            "category": pd.Series(CATEGORIES, dtype="str"),
            "threshold": threshold,
            "alone": (threshold < np.inf).astype("boolean").mask(threshold.isna()),
            "n_found": table["n_found"].to_numpy(dtype="int64"),
            "n_labelled": table["n_labelled"].to_numpy(dtype="int64"),
            "precision": (table["n_right"] / table["n_labelled"].where(is_any)).to_numpy(),
            "low": np.where(is_any, low, np.nan),
            "high": np.where(is_any, high, np.nan),
            "share_of_tasks": _parts(table["n_labelled"], table["n_found"]),
            "share_of_hours": _parts(table["kept_hours"], table["hours"]),
        }
    )


def _surest(rows: pd.DataFrame) -> pd.DataFrame:
    p = rows[list(PROBABILITIES)].to_numpy(dtype=float)
    surest = pd.DataFrame(
        {
            "likeliest": rows["likeliest"].to_numpy(),
            "p": p.max(axis=1, initial=0.0),
            "right": (rows["likeliest"] == rows["tag"]).to_numpy(),
            "hours": np.nan_to_num(rows["human_hours"].to_numpy(dtype=float), nan=0.0),
        }
    )
    return surest.sort_values("p", ascending=False, kind="stable", ignore_index=True)


def _curve(surest: pd.DataFrame, name: str) -> pd.DataFrame:
    # Equally probable tasks are labelled together or not at all.
    by_p = surest.groupby("p", sort=True)[["right", "hours"]].agg(["sum", "size"]).iloc[::-1]
    n = by_p[("right", "size")].cumsum().to_numpy()
    right = by_p[("right", "sum")].cumsum().to_numpy()
    hours = by_p[("hours", "sum")].cumsum().to_numpy()
    total = n[-1] if len(n) else 0
    total_hours = hours[-1] if hours.any() else np.nan
    wanted = np.maximum(np.arange(1, _STEPS + 1) * total / _STEPS, min(_FEWEST, total))
    kept = np.unique(np.searchsorted(n, wanted - 1e-9)) if total else np.array([], dtype=int)
    return pd.DataFrame(
        {
            "category": pd.Series([name] * len(kept), dtype="str"),
            "at_least": by_p.index.to_numpy(dtype=float)[kept],
            "n_tasks": n[kept].astype("int64"),
            "share_of_tasks": n[kept] / max(total, 1),
            "share_of_hours": hours[kept] / total_hours,
            "precision": right[kept] / n[kept],
        }
    ).astype({"share_of_hours": "float64"})


def _parts(part: pd.Series, whole: pd.Series) -> np.ndarray:
    return (part / whole.where(whole > 0)).to_numpy(dtype=float)
