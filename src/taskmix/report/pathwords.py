"""Sentences about a role's path: how its mix moved over the periods, and how far."""

import pandas as pd

from taskmix.language import capital, number, tr, trn
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
        return tr("There is no path yet: {why_not}", why_not=_why_none(path))
    first, last = path.iloc[0], path.iloc[-1]
    if last["points"] < _NOTHING:
        return tr(
            "The mix of {period} is about that of {before}",
            period=last["period"],
            before=first["period"],
        )
    change = (last[list(CATEGORIES)] - first[list(CATEGORIES)]).astype(float)
    most = change.abs().idxmax()
    # No interval of the change stands behind it, whatever the periods' own have.
    return tr(
        "Since {period} {category} is {change}, as estimated",
        period=first["period"],
        category=tr(most),
        change=points(change[most]),
    )


def path_sentence(path: pd.DataFrame) -> str:
    """Say from which mix to which, how much of the hours moved, and how far by ratios."""
    if len(path) < 2:
        return f"{path_title(path)}."
    first, last = path.iloc[0], path.iloc[-1]
    shares = "; ".join(
        tr(
            "{category} {first} to {last}",
            category=tr(category),
            first=percent(first[category]),
            last=percent(last[category]),
        )
        for category in CATEGORIES
    )
    if pd.isna(last["moved"]):
        distance = tr("The distance by ratios is not told: {why_not}.", why_not=last["why_not"])
    else:
        distance = tr(
            "By ratios the mixes are {moved} apart (Aitchison distance; 0.98: one share "
            "doubled while another halved).",
            moved=number(last["moved"], 2, grouped=False),
        )
    audit = "" if path["audited"].all() else tr(" Not all of it is audited.")
    return tr(
        "From {since} to {until}: {shares}. {part} of the hours went elsewhere. "
        "{distance}{audit} It is the role’s path; people joined and left.",
        since=first["period"],
        until=last["period"],
        shares=shares,
        part=capital(percent(last["points"])),
        distance=distance,
        audit=audit,
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
        return tr("No team that is shown has a path yet: {why_not}", why_not=_why_none(path))
    low, high = percent(moving["points"].min()), percent(moving["points"].max())
    span = low if low == high else tr("{low} to {high}", low=low, high=high)
    return trn(
        "One team moved {part} of its hours from one kind of work to another",
        "{n} teams moved {part} of their hours from one kind of work to another",
        len(moving),
        part=span,
    )


def path_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        (tr("A role’s path"), tr(
            "How the mix of a team moved over the periods. The log has no roles, so a team "
            "stands for one. People join and leave on the way; nobody’s own path is shown."
        )),
        (tr("Aitchison distance"), tr(
            "How far two mixes are apart by the ratios of their shares, from 0 up. Told only "
            "where no share may lie below 1%: a ratio to almost nothing says nothing."
        )),
    ]  # fmt: skip


def _why_none(path: pd.DataFrame) -> str:
    return (
        tr("not enough data: has 0 periods, needs 2")
        if path.empty
        else str(path["why_not"].iloc[0])
    )
