"""Sentences computed from the numbers. Each is true of its frame, and says when it is not sure."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from taskmix.language import capital, listed, tr, trn
from taskmix.measures import Scope
from taskmix.measures.estimation import like_with_like
from taskmix.report.auditwords import audit_sentence
from taskmix.report.blocks import Tile
from taskmix.report.compared import moved_title
from taskmix.report.completeness import Stale
from taskmix.report.groupwords import (  # noqa: F401  notebooks ask for them here
    performer_sentence,
    performer_title,
    teams_note,
    teams_title,
)
from taskmix.report.numberwords import counted, percent, that_fits
from taskmix.report.sharewords import is_audited, share_note, what_changed
from taskmix.report.trust import whole_percents
from taskmix.taxonomy import CATEGORIES

#: A team's name that is longer is not said in a sentence.
_WORDS_OF_A_NAME = 4


def when(scope: Scope) -> str:
    """Name the period, and say so where it is not complete."""
    return scope.period if scope.complete else tr("{period} so far", period=scope.period)


def whose(scope: Scope, *, personal: bool) -> str:
    """Say whose hours these are."""
    if personal:
        return tr("your hours")
    if scope.team is None:
        return tr("people’s hours")
    # A headline has 20 words; the page's head has the whole name.
    if len(scope.team.split()) > _WORDS_OF_A_NAME:
        return tr("the team’s hours")
    return (
        tr("{team}’ hours", team=scope.team)
        if scope.team.endswith("s")
        else tr("{team}’s hours", team=scope.team)
    )


def mix_headline(shares: pd.DataFrame, basis: pd.DataFrame, *, scope: Scope, personal: bool) -> str:
    """Say in one sentence where most effort goes, or that this is not known.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``period``, ``category``, ``share``.
    """
    now = _now(shares, scope).set_index("category")["share"].dropna().sort_values(ascending=False)
    if now.empty:
        return tr("No hours of known length were logged in {period}.", period=when(scope))
    who = whose(scope, personal=personal)
    if mostly_unsure(basis, scope=scope) and not is_audited(shares, scope=scope):
        return tr(
            "What kind of work {part} of {who} in {period} went to is not known.",
            part=percent(_now(basis, scope)["unsure"].iloc[0]),
            who=who,
            period=when(scope),
        )
    most = percent(now.iloc[0])
    first = [tr(str(name)) for name in now.index if percent(now[name]) == most]
    if len(first) > 1:
        return tr(
            "{names} each take about {most} of {who} in {period}.",
            names=capital(listed(first)),
            most=most,
            who=who,
            period=when(scope),
        )
    alone = tr(
        "{category} takes about {most} of {who} in {period}",
        category=capital(first[0]),
        most=most,
        who=who,
        period=when(scope),
    )
    # What is level with a third does not come next.
    following = [name for name in now.index if percent(now[name]) == percent(now.iloc[1])]
    if len(following) > 1:
        return f"{alone}."
    next_ = tr(
        "{alone}; {category} comes next with {share}.",
        alone=alone,
        category=tr(str(following[0])),
        share=percent(now.iloc[1]),
    )
    return that_fits(next_, f"{alone}.")


def mostly_unsure(basis: pd.DataFrame, *, scope: Scope) -> bool:
    """Tell whether most hours were neither tagged nor surely sorted.

    The estimate then says more of the sorter's first guess than of the log.
    """
    return bool((_now(basis, scope)["unsure"] > 0.5).any())


def mix_findings(
    shares: pd.DataFrame,
    performers: pd.DataFrame,
    basis: pd.DataFrame,
    *,
    scope: Scope,
    stale: Sequence[Stale] = (),
) -> list[tuple[str, str]]:
    """Say what changed, who executes, and how far to trust it.

    Parameters
    ----------
    shares : pandas.DataFrame
        With ``before`` and ``change``; as `taskmix.measures.estimation.audited_shares` makes it,
        or `taskmix.measures.changes`.
    performers : pandas.DataFrame
        As `taskmix.measures.execution_by_performer` makes it.
    basis : pandas.DataFrame
        As `taskmix.measures.basis_of_labels` makes it.
    stale : sequence of Stale
        Sources and teams whose data stop early; a difference may then be what they lack.
    """
    return [
        (tr("What changed"), what_changed(_now(shares, scope), scope=scope, stale=stale)),
        (tr("Who executes"), performer_sentence(performers, scope=scope)),
        (tr("How sure"), trust_sentence(basis, scope=scope, shares=shares)),
    ]


def mix_tiles(
    shares: pd.DataFrame,
    performers: pd.DataFrame,
    *,
    scope: Scope,
    stale: Sequence[Stale] = (),
) -> list[Tile]:
    """Make a figure for each category, and one for AI's part of execution."""
    now, alike = _now(shares, scope).set_index("category"), like_with_like(shares)
    tiles = []
    for category in CATEGORIES:
        row = now.loc[category]
        line = alike.loc[alike["category"] == category, "share"].tolist()
        note = share_note(row, scope=scope, stale=stale)
        tiles.append(
            Tile(capital(tr(category)), category, percent(row["share"]), note, line_of(line))
        )
    ai = _now(performers, scope)["ai"].iloc[0]
    note = (
        tr("of tasks; the log does not say")
        if pd.isna(ai)
        else tr("of tasks whose performer is known")
    )
    tiles.append(
        Tile(
            tr("AI’s part of execution"),
            "ai",
            percent(ai),
            note,
            line_of(performers["ai"].tolist()),
        )
    )
    return tiles


def trend_title(
    shares: pd.DataFrame, basis: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()
) -> str:
    """Title the chart of shares over time by what it shows."""
    if mostly_unsure(basis, scope=scope) and not is_audited(shares, scope=scope):
        return tr("A first guess at where human effort goes")
    return moved_title(like_with_like(shares), scope=scope, stale=stale)


def hours_title(hours: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of hours by what it shows."""
    now = _now(hours, scope).set_index("label")["hours"]
    so_far = "" if scope.complete else tr(" so far")
    if not now.sum():
        return tr("No hours of known length were logged{so_far}", so_far=so_far)
    values = {"so_far": so_far, "unsure": percent(now["unsure"] / now.sum())}
    if now.sum() < 1:
        return tr(
            "Less than 1 hour was logged{so_far}; {unsure} could not be sorted surely", **values
        )
    return trn(
        "{n} hour was logged{so_far}; {unsure} could not be sorted surely",
        "{n} hours were logged{so_far}; {unsure} could not be sorted surely",
        now.sum(),
        **values,
    )


def mix_takeaway(shares: pd.DataFrame, *, scope: Scope) -> str:
    """Say the shares of the period in one sentence, for who cannot see a chart."""
    now = _now(shares, scope).dropna(subset=["share"])
    if now.empty:
        return tr("In {period} no hours of known length were logged.", period=when(scope))
    parts = [f"{tr(row.category)} {percent(row.share)}" for row in now.itertuples()]
    return tr("In {period}: {parts} of human hours.", period=when(scope), parts=", ".join(parts))


def base(n_people: int, *, scope: Scope, personal: bool) -> str:
    """Say what a chart's figures are of."""
    if personal:
        return tr("your own log, {period}", period=when(scope))
    return tr(
        "{n_people} in {period}", n_people=counted(n_people, "person", "people"), period=when(scope)
    )


def _now(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return frame[frame["period"] == scope.period]


def line_of(values: list[Any]) -> list[float | None] | None:
    """Return the values of a tile's line; None where fewer than two are known."""
    known = [None if pd.isna(value) else float(value) for value in values]
    return known if sum(value is not None for value in known) > 1 else None


def trust_sentence(basis: pd.DataFrame, *, scope: Scope, shares: pd.DataFrame | None = None) -> str:
    """Say what part of the hours people tagged and the sorter sorted, and what an audit says.

    Parameters
    ----------
    shares : pandas.DataFrame, optional
        As `taskmix.measures.estimation.audited_shares` makes it; without it, what it takes.
    """
    row = _now(basis, scope).iloc[0]
    if pd.isna(row["tagged"]):
        return tr("No hours of known length, so nothing to sort.")
    tagged, by_sorter, unsure = whole_percents([row["tagged"], row["sorted"], row["unsure"]])
    return tr(
        "People tagged {tagged}% of the hours, the sorter was sure of {by_sorter}%, and "
        "{unsure}% stay unsure. {audit}",
        tagged=tagged,
        by_sorter=by_sorter,
        unsure=unsure,
        audit=audit_sentence(shares, scope=scope),
    )
