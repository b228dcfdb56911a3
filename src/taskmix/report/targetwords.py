"""Sentences about the wanted mix beside the one that is. Nobody is graded by it."""

from typing import Any

import pandas as pd

from taskmix.measures import Scope
from taskmix.report.numberwords import amount, in_points, percent, percents_apart
from taskmix.report.words import when

_NO_TARGETS = "No target mix is set; [targets] in taskmix.toml sets one"


def targets_title(compared: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of wanted and actual shares by the largest distance that is told.

    Parameters
    ----------
    compared : pandas.DataFrame
        As `taskmix.measures.wanted_against_actual` makes it, of one group.
    """
    now = _now(compared, scope)
    if now.empty:
        return _NO_TARGETS
    if now["share"].isna().all():
        return f"No hours of known length were logged in {when(scope)}"
    off = now[now["stands"].isin(["below", "above"])]
    if off.empty:
        unsure = (now["stands"] == "not sure").any()
        return (
            "It is not sure that any share is away from its target"
            if unsure
            else "Every share with a target is where it was wanted"
        )
    row = off.loc[off["gap"].abs().idxmax()]
    estimate = "" if row["audited"] else ", as estimated"
    return (
        f"{row['category'].capitalize()} is {in_points(amount(100 * row['gap'], decimals=0))} "
        f"{row['stands']} what was wanted{estimate}"
    )


def targets_sentence(compared: pd.DataFrame, *, scope: Scope) -> str:
    """Say each share beside the wanted one, and what is not sure."""
    now = _now(compared, scope).dropna(subset=["share"])
    if now.empty:
        return f"{targets_title(compared, scope=scope)}."
    said = [f"{row.category} {_beside(row)} ({row.stands})" for row in now.itertuples()]
    audit = "" if now["audited"].all() else " The shares are not audited, so the distances are " \
        "estimates without an interval."  # fmt: skip
    return f"In {when(scope)}: {'; '.join(said)}.{audit} A target is a wish, not a grade."


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
        return f"No team that is shown has a target for {category}"
    inside = int((own["stands"] == "inside").sum())
    have = "team has" if len(own) == 1 else "teams has" if inside == 1 else "teams have"
    return f"{inside} of {len(own)} {have} the share of {category} that was wanted"


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
        ("Wanted", "The share of human hours, or the range of shares, that a team set itself or "
         "that was set for all; a wish for the mix, not for people."),
        ("Not sure", "The share is away from what was wanted, but its interval reaches there."),
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
        ends = [percent(end) if "." not in share else f"{end:.1%}" for end in (low, high)]
        ends = [end.replace(".0%", "%") for end in ends]
    return f"{share}, wanted {ends[0] if low == high else ' to '.join(ends)}"
