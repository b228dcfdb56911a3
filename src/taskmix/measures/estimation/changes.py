"""Differences between two estimates: who is in both moves both, so people are compared whole."""

from typing import Any

import numpy as np
import pandas as pd

from taskmix.language import trn
from taskmix.measures.estimation.cells import CellEstimate
from taskmix.measures.estimation.intervals import change_interval
from taskmix.taxonomy import CATEGORIES


def compare_cells(now: CellEstimate, before: CellEstimate, *, level: float = 0.95) -> pd.DataFrame:
    """Estimate now − before, with the interval over people.

    A person's part in the difference is u_g,now − u_g,before, 0 where they are in only one of the
    two; V = M/(M − 1) Σ_g (u_g,now − u_g,before)² over the M people of either, and t has one
    degree of freedom less than the fewer audited people of the two. Two independent variances
    would overstate it: the same people, with the same habits, are in both.

    Parameters
    ----------
    now, before : CellEstimate
        Of the same group in two periods, or of two groups.
    level : float
        The part of intervals that should hold the truth.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``category``, ``change`` (a difference of shares), ``change_low``,
        ``change_high`` and ``change_se`` (missing where there is none) and ``change_why_not``
        (empty where there is an interval). Where one of the two was not audited, the models'
        shares are compared: a corrected share less an uncorrected one tells of the correction.
    """
    found = difference(now, before, level=level)
    return pd.DataFrame({"category": CATEGORIES, **found}).astype(
        {"category": "str", "change_why_not": "str"}
    )


def difference(now: CellEstimate, before: CellEstimate, *, level: float = 0.95) -> dict[str, Any]:
    """Do what `compare_cells` does: column → one value a category, or one for all."""
    why_not = _why_not(now, before)
    nothing = np.full(len(CATEGORIES), np.nan)
    if why_not:
        change, low, high, se = now.model - before.model, nothing, nothing, nothing
    else:
        change = now.share - before.share
        people = np.union1d(now.people, before.people)
        m, parts = len(people), np.zeros((len(people), len(CATEGORIES)))
        parts[np.searchsorted(people, now.people)] += now.influence
        parts[np.searchsorted(people, before.people)] -= before.influence
        se = np.sqrt(m / (m - 1) * (parts**2).sum(axis=0))
        df = min(now.df_people, before.df_people)
        low, high = change_interval(change, se, df=df, level=level)
    return {
        "change": change, "change_low": low, "change_high": high, "change_se": se,
        "change_why_not": why_not,
    }  # fmt: skip


def _why_not(now: CellEstimate, before: CellEstimate) -> str:
    if now.why_not or before.why_not:
        return now.why_not or before.why_not
    n_people = min(now.n_people, before.n_people)
    if n_people < 2:
        return trn(
            "not enough data: has {n} audited person, needs 2",
            "not enough data: has {n} audited people, needs 2",
            n_people,
        )
    return ""
