"""The frames that estimates are told in: one row a category."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from taskmix.language import noted, tr
from taskmix.measures.estimation.auditsize import MIN_AUDITED, USUAL_AUDIT
from taskmix.measures.estimation.cells import NOT_DRAWN, CellEstimate
from taskmix.measures.estimation.changes import difference
from taskmix.measures.estimation.intervals import share_interval
from taskmix.measures.estimation.teams import Composite
from taskmix.periods import parse_period
from taskmix.taxonomy import CATEGORIES

#: Where one task is like the next, nothing tells how far those not audited differ.
_ALIKE = noted("the audited tasks do not differ")
_NO_ERROR = 1e-9
_COLUMNS = [
    "category", "share", "low", "high", "audited", "estimator", "model", "estimate", "clipped",
    "se", "se_people", "n_drawn", "n_answered", "response", "n_people", "tuning", "hours",
    "why_not", "labels_needed", "before", "change", "change_low", "change_high", "change_se",
    "change_why_not",
]  # fmt: skip
_TEXTS = ("category", "estimator", "why_not", "change_why_not")
_COUNTS = ("n_drawn", "n_answered", "n_people", "labels_needed")


#: Of one cell: column → one value a category, or one for all.
Rows = dict[str, Any]


def share_rows(
    cell: CellEstimate, composite: Composite | None = None, *, usual: int = USUAL_AUDIT
) -> Rows:
    """Tell a cell's shares with their intervals, one row a category.

    Parameters
    ----------
    cell : CellEstimate
        With ``why_not`` where it has no interval of its own.
    composite : Composite, optional
        Stands in where the cell has none.
    usual : int
        Labels that a first audit of such a cell takes.
    """
    estimate, se, df = cell.share, np.sqrt(cell.variance), cell.df
    estimator, why_not = ("model" if cell.why_not else "audit"), cell.why_not
    if why_not and composite is not None:
        estimate, se, df = composite.share, np.sqrt(composite.mse), composite.df
        estimator, why_not = "composite", ""
    none = bool(why_not)
    alike = (se < _NO_ERROR) & np.isfinite(df) & (not none)
    # A model's share has no interval, whatever a variance of nothing would say.
    hidden = alike | none
    low, high, clipped = share_interval(np.where(hidden, 0.5, estimate), se, df=df)
    return {
        "category": np.array(CATEGORIES, dtype=object),
        "share": np.clip(estimate, 0, 1),
        "low": np.where(hidden, np.nan, low),
        "high": np.where(hidden, np.nan, high),
        "audited": not none,
        "estimator": estimator,
        "model": cell.model,
        "estimate": estimate,
        "clipped": clipped & ~hidden,
        "se": np.where(hidden, np.nan, se),
        "se_people": np.where(cell.why_not, np.nan, np.sqrt(cell.variance_people)),
        "n_drawn": cell.n_drawn,
        "n_answered": cell.n_answered,
        "response": cell.n_answered / cell.n_drawn if cell.n_drawn else np.nan,
        "n_people": cell.n_people,
        "tuning": np.nan if none else cell.tuning,
        "hours": cell.hours,
        "why_not": np.where(alike, tr(_ALIKE), why_not),
        "labels_needed": _labels_needed(cell, why_not, usual),
    }


def change_rows(now: CellEstimate, before: CellEstimate | None) -> Rows:
    """Tell the change against the period before; missing where there is none."""
    if before is None:
        numbers = ["before", "change", "change_low", "change_high", "change_se"]
        return {**dict.fromkeys(numbers, np.nan), "change_why_not": ""}
    # What the change is against: corrected where both are, the model's where one is not.
    corrected = not (now.why_not or before.why_not)
    return {**difference(now, before), "before": before.share if corrected else before.model}


def like_with_like(shares: pd.DataFrame) -> pd.DataFrame:
    """Make periods comparable: corrected shares where all are audited, else the model's of all.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `taskmix.measures.estimation.audited_shares` returns it; without ``model`` it is taken
        for comparable as it is.

    Returns
    -------
    pandas.DataFrame
        The same rows with another ``share``. A corrected share beside an uncorrected one would
        show the correction as if it were a change.
    """
    if "model" not in shares or shares["audited"].all():
        return shares
    return shares.assign(share=shares["model"])


def joined_rows(cells: Sequence[Rows], *, by: list[str]) -> pd.DataFrame:
    """Put cells under each other, in the order of periods, groups and categories.

    Parameters
    ----------
    cells : sequence of dict
        Of `share_rows` and `change_rows` together, with the columns of `by`.
    """
    columns, n = [*by, *_COLUMNS], len(CATEGORIES)
    kinds = {**dict.fromkeys((*by, *_TEXTS), "str"), **dict.fromkeys(_COUNTS, "int64")}
    numbers = [c for c in columns if c not in kinds and c not in ("audited", "clipped")]
    types = {**kinds, **dict.fromkeys(numbers, "float64"), "audited": "bool", "clipped": "bool"}
    frame = pd.DataFrame(
        {
            name: np.concatenate(
                [np.zeros(0, dtype=object), *(np.broadcast_to(cell[name], n) for cell in cells)]
            )
            for name in columns
        }
    ).astype(types)
    starts = {name: parse_period(name).start_time for name in frame["period"].unique()}
    rank = {name: place for place, name in enumerate(CATEGORIES)}
    order = frame.assign(_at=frame["period"].map(starts), _rank=frame["category"].map(rank))
    keys = ["_at", *by[1:], "_rank"]
    return order.sort_values(keys, kind="stable", ignore_index=True)[columns]


def _labels_needed(cell: CellEstimate, why_not: str, usual: int) -> int:
    if not why_not:
        return 0
    # An audit of a log that has changed since must be drawn anew; a small one needs a few more.
    anew = why_not == tr(NOT_DRAWN) or cell.n_audited >= MIN_AUDITED
    return usual if anew else MIN_AUDITED - cell.n_audited
