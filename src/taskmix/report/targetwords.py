"""Sentences about the wanted mix beside the one that is. Nobody is graded by it."""

from typing import Any

import pandas as pd

from taskmix.language import capital, noted, number, percentage, tr, trn
from taskmix.measures import Scope
from taskmix.report.numberwords import amount, in_points, percent, percents_apart
from taskmix.report.words import when

_NO_TARGETS = noted("No target mix is set; [targets] in taskmix.toml sets one")


def targets_title(compared: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of wanted and actual shares by the largest distance that is told.

    Parameters
    ----------
    compared : pandas.DataFrame
        As `taskmix.measures.wanted_against_actual` makes it, of one group.
    """
    now = _now(compared, scope)
    if now.empty:
        return tr(_NO_TARGETS)
    if now["share"].isna().all():
        return tr("No hours of known length were logged in {period}", period=when(scope))
    off = now[now["stands"].isin(["below", "above"])]
    if off.empty:
        unsure = (now["stands"] == "not sure").any()
        return (
            tr("It is not sure that any share is away from its target")
            if unsure
            else tr("Every share with a target is where it was wanted")
        )
    row = off.loc[off["gap"].abs().idxmax()]
    estimate = "" if row["audited"] else tr(", as estimated")
    values = {
        "category": capital(tr(row["category"])),
        "points": in_points(amount(100 * row["gap"], decimals=0)),
        "estimate": estimate,
    }
    if row["stands"] == "above":
        return tr("{category} is {points} above what was wanted{estimate}", **values)
    return tr("{category} is {points} below what was wanted{estimate}", **values)


def targets_sentence(compared: pd.DataFrame, *, scope: Scope) -> str:
    """Say each share beside the wanted one, and what is not sure."""
    now = _now(compared, scope).dropna(subset=["share"])
    if now.empty:
        return f"{targets_title(compared, scope=scope)}."
    said = [f"{tr(row.category)} {_beside(row)} ({tr(row.stands)})" for row in now.itertuples()]
    audit = "" if now["audited"].all() else tr(
        " The shares are not audited, so the distances are estimates without an interval."
    )  # fmt: skip
    return tr(
        "In {period}: {said}.{audit} A target is a wish, not a grade.",
        period=when(scope),
        said="; ".join(said),
        audit=audit,
    )


def teams_targets_title(compared: pd.DataFrame, *, category: str, scope: Scope) -> str:
    """Title the chart of teams by how many are where they want to be; it names none.

    Parameters
    ----------
    compared : pandas.DataFrame
        As `taskmix.measures.wanted_against_actual` makes it by team.
    """
    now = _now(compared, scope)
    own = now[now["category"] == category].dropna(subset=["share"])
    if own.empty:
        return tr("No team that is shown has a target for {category}", category=tr(category))
    inside = int((own["stands"] == "inside").sum())
    values = {"all": number(len(own)), "category": tr(category)}
    if len(own) == 1:
        return tr(
            "{inside} of {all} team has the share of {category} that was wanted",
            inside=number(inside),
            **values,
        )
    return trn(
        "{n} of {all} teams has the share of {category} that was wanted",
        "{n} of {all} teams have the share of {category} that was wanted",
        inside,
        **values,
    )


def target_figures(compared: pd.DataFrame, *, scope: Scope) -> dict[str, dict[str, Any]]:
    """Return each category's share and target as JSON values, for the notebook's result."""
    return {
        row.category: {
            "share": None if pd.isna(row.share) else float(row.share),
            "wanted": [float(row.wanted_low), float(row.wanted_high)],
            "stands": None if pd.isna(row.stands) else row.stands,
        }
        for row in _now(compared, scope).itertuples()
    }


def targets_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        (tr("Wanted"), tr(
            "The share of human hours, or the range of shares, that a team set itself or "
            "that was set for all; a wish for the mix, not for people."
        )),
        (tr("Not sure"), tr(
            "The share is away from what was wanted, but its interval reaches there."
        )),
    ]  # fmt: skip


def _now(compared: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return compared[compared["period"] == scope.period]


def _beside(row: Any) -> str:
    """Write a share beside the wanted one; where it is away from it, so that this can be read."""
    low, high = float(row.wanted_low), float(row.wanted_high)
    nearest = high if row.share > high else low
    if row.stands == "inside":
        share, ends = percent(row.share), [percent(low), percent(high)]
    else:
        share, _ = percents_apart(float(row.share), nearest)
        is_whole = share == percent(float(row.share))
        ends = [percent(end) if is_whole else _to_tenths(end) for end in (low, high)]
    if low == high:
        return tr("{share}, wanted {low}", share=share, low=ends[0])
    return tr("{share}, wanted {low} to {high}", share=share, low=ends[0], high=ends[1])


def _to_tenths(end: float) -> str:
    return percentage(end, 0 if f"{end:.1%}".endswith(".0%") else 1)
