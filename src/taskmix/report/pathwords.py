"""Sentences about a role's path: how its mix moved over the periods, and how far."""

import pandas as pd

from taskmix.report.compared import points
from taskmix.report.numberwords import percent
from taskmix.taxonomy import CATEGORIES

#: Below this part of the hours nothing moved that is worth a sentence.
_NOTHING = 0.01


def path_title(path: pd.DataFrame) -> str:
    """Title the chart of one role by what moved most from its first to its last period.

    Parameters
    ----------
    path : pandas.DataFrame
        As `taskmix.measures.composition_path` makes it, of one group.
    """
    if len(path) < 2:
        return f"There is no path yet: {_why_none(path)}"
    first, last = path.iloc[0], path.iloc[-1]
    if last["points"] < _NOTHING:
        return f"The mix of {last['period']} is about that of {first['period']}"
    change = (last[list(CATEGORIES)] - first[list(CATEGORIES)]).astype(float)
    most = change.abs().idxmax()
    # No interval of the change stands behind it, whatever the periods' own have.
    return f"Since {first['period']} {most} is {points(change[most])}, as estimated"


def path_sentence(path: pd.DataFrame) -> str:
    """Say from which mix to which, how much of the hours moved, and how far by ratios."""
    if len(path) < 2:
        return f"{path_title(path)}."
    first, last = path.iloc[0], path.iloc[-1]
    shares = "; ".join(
        f"{category} {percent(first[category])} to {percent(last[category])}"
        for category in CATEGORIES
    )
    if pd.isna(last["moved"]):
        distance = f"The distance by ratios is not told: {last['why_not']}."
    else:
        distance = (
            f"By ratios the mixes are {last['moved']:.2f} apart (Aitchison distance; 0.98: one "
            "share doubled while another halved)."
        )
    audit = "" if path["audited"].all() else " Not all of it is audited."
    return (
        f"From {first['period']} to {last['period']}: {shares}. {_part(last['points'])} of the "
        f"hours went elsewhere. {distance}{audit} It is the role’s path; people joined and left."
    )


def paths_title(path: pd.DataFrame) -> str:
    """Title the chart of several roles by how much of their hours moved; it ranks nobody.

    Parameters
    ----------
    path : pandas.DataFrame
        As `taskmix.measures.composition_path` makes it by team.
    """
    counts = path.groupby("team")["period"].transform("size")
    moving = path[counts > 1].groupby("team").tail(1)
    if moving.empty:
        return f"No team that is shown has a path yet: {_why_none(path)}"
    low, high = percent(moving["points"].min()), percent(moving["points"].max())
    span = low if low == high else f"{low} to {high}"
    their = "its" if len(moving) == 1 else "their"
    who = "One team" if len(moving) == 1 else f"{len(moving)} teams"
    return f"{who} moved {span} of {their} hours from one kind of work to another"


def path_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        ("A role’s path", "How the mix of a team moved over the periods. The log has no roles, so "
         "a team stands for one. People join and leave on the way; nobody’s own path is shown."),
        ("Aitchison distance", "How far two mixes are apart by the ratios of their shares, from 0 "
         "up. Told only where no share may lie below 1%: a ratio to almost nothing says nothing."),
    ]  # fmt: skip


def _part(points: float) -> str:
    said = percent(points)
    return said[:1].upper() + said[1:]


def _why_none(path: pd.DataFrame) -> str:
    return "not enough data: has 0 periods, needs 2" if path.empty else str(path["why_not"].iloc[0])
