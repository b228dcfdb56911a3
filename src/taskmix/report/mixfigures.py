"""Figures that a page leaves as plain JSON values, beside the facts that all pages have."""

from typing import Any

import pandas as pd

from taskmix.measures import Scope
from taskmix.measures.estimation import like_with_like
from taskmix.report.sharewords import is_audited
from taskmix.report.words import mostly_unsure
from taskmix.taxonomy import PERFORMERS


def execution_figures(performers: pd.DataFrame, scope: Scope) -> dict[str, Any]:
    """Return who carried out the execution tasks of the scope's period, as JSON values."""
    row = of_period(performers, scope).iloc[0]
    return {
        "ai_share_of_execution": json_number(row["ai"]),
        "execution_tasks": {name: int(row[f"n_{name}"]) for name in PERFORMERS},
        "performer_known": json_number(row["known"]),
    }


def execution_over_time(
    shares: pd.DataFrame, basis: pd.DataFrame | None, *, scope: Scope
) -> dict[str, Any]:
    """Return execution's share now, and the comparable ones of all periods, for the site's index.

    Parameters
    ----------
    shares : pandas.DataFrame
        As `taskmix.measures.estimation.audited_shares` makes it, passed through `suppress`: a
        period that is not shown has no row here, and a gap in the line.
    basis : pandas.DataFrame, optional

    Returns
    -------
    dict
        ``execution_share`` (0–1), ``execution_over_time`` (period → share or None, oldest first;
        empty where the kind of most hours is not known) and ``execution_compared``: ``audit``
        where an audit corrects every period's share, else ``model``.
    """
    if (
        basis is not None
        and mostly_unsure(basis, scope=scope)
        and not is_audited(shares, scope=scope)
    ):
        return {"execution_share": None, "execution_over_time": {}, "execution_compared": "model"}
    own = period_values(shares, scope, key="category", value="share")
    corrected = "audited" in shares and bool(shares["audited"].all())
    alike = like_with_like(shares)
    line = alike[alike["category"] == "execution"].set_index("period")["share"]
    return {
        "execution_share": own.get("execution"),
        "execution_over_time": {
            name: json_number(line.get(name, float("nan"))) for name in scope.history
        },
        "execution_compared": "audit" if corrected else "model",
    }


def period_values(
    frame: pd.DataFrame, scope: Scope, *, key: str, value: str
) -> dict[str, float | None]:
    """Return one number for each `key` in the scope's period, as JSON values; None is missing."""
    now = of_period(frame, scope)
    return {str(k): json_number(v) for k, v in zip(now[key], now[value], strict=True)}


def of_period(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the rows of the scope's own period."""
    return frame[frame["period"] == scope.period]


def json_number(value: Any) -> float | None:
    """Return a number as a JSON value; None is missing."""
    return None if pd.isna(value) else float(value)
