"""Sentences of the page on AI's part in the work: who executes, and how that changed."""

from collections.abc import Sequence

import pandas as pd

from taskmix.language import noted, tr
from taskmix.measures import Scope
from taskmix.report.blocks import Tile
from taskmix.report.compared import change_sentence, points, tile_note
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.explain import people_shown
from taskmix.report.numberwords import counted, percent, that_fits
from taskmix.report.words import line_of, performer_sentence, when

#: Performer → how a sentence names its part of execution.
PARTS = {
    "ai": noted("AI’s own part"),
    "both": noted("the part done together"),
    "human": noted("people’s own part"),
}
_TILES = {
    "ai": (noted("AI alone"), "ai"),
    "both": (noted("Together"), "ai"),
    "human": (noted("People alone"), "execution"),
}


def shift_headline(parts: pd.DataFrame, performers: pd.DataFrame, *, scope: Scope) -> str:
    """Say in one sentence who executes, or that this is not known.

    Parameters
    ----------
    parts : pandas.DataFrame
        As `taskmix.measures.performer_shares` makes it.
    performers : pandas.DataFrame
        As `taskmix.measures.execution_by_performer` makes it.
    """
    now = _shares_now(parts, scope)
    if now.isna().all():
        row = performers[performers["period"] == scope.period].iloc[0]
        if pd.isna(row["known"]):
            return tr("There are no execution tasks to tell of in {period}.", period=when(scope))
        return tr(
            "The log does not say who carried out the execution tasks of {period}.",
            period=when(scope),
        )
    known = performers.loc[performers["period"] == scope.period, "known"].iloc[0]
    among = "" if known == 1 else tr(" of known performer")
    human, ai, both = (percent(now[name]) for name in ("human", "ai", "both"))
    return that_fits(
        tr(
            "People alone carry out about {human} of execution tasks{among} in {period}, AI "
            "{ai}, both {both}.",
            human=human,
            among=among,
            period=when(scope),
            ai=ai,
            both=both,
        ),
        tr(
            "People alone carry out {human} of execution tasks{among} in {period}, AI {ai}.",
            human=human,
            among=among,
            period=when(scope),
            ai=ai,
        ),
    )


def shift_findings(
    parts: pd.DataFrame, performers: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()
) -> list[tuple[str, str]]:
    """Say who executes, how that changed, and how far it is known.

    Parameters
    ----------
    parts : pandas.DataFrame
        With ``change``, as `taskmix.measures.changes` adds it.
    performers, stale
        See `shift_headline` and `taskmix.report.completeness.stale_groups`.
    """
    now = parts[parts["period"] == scope.period]
    named = now.assign(category=now["performer"].map(PARTS))
    return [
        (tr("Who executes"), performer_sentence(performers, scope=scope)),
        (tr("What changed"), change_sentence(named, scope, stale)),
        (tr("How sure"), _known_sentence(performers, scope=scope)),
    ]


def shift_tiles(parts: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> list[Tile]:
    """Make a figure for each part of execution; ``parts`` has ``change``."""
    tiles = []
    now = parts[parts["period"] == scope.period].set_index("performer")
    now = now[["share", "change"]].to_dict("index")
    for performer, (label, colour) in _TILES.items():
        row = now[performer]
        note = tile_note(row["change"], scope, stale)
        line = line_of(parts.loc[parts["performer"] == performer, "share"].tolist())
        tiles.append(Tile(tr(label), colour, percent(row["share"]), note, line))
    return tiles


def parts_title(parts: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Title the chart of parts over time by how AI's own part moved between whole periods."""
    own = parts[parts["performer"] == "ai"].dropna(subset=["share"])
    short = shortfall(scope, stale)
    if short:
        own = own[own["period"] != scope.period]
    if len(own) < 2:
        return tr("Who carries out execution") + (f"; {short}" if short else "")
    first, last = own.iloc[0], own.iloc[-1]
    moved = points(last["share"] - first["share"])
    values = {"since": first["period"], "until": last["period"], "moved": moved}
    if last["period"] == scope.period:
        said = tr("Since {since} AI’s own part of execution is {moved}", **values)
        if moved == points(0.0):
            said = tr("Since {since} AI’s own part of execution did not change", **values)
    else:
        said = tr("From {since} to {until} AI’s own part of execution is {moved}", **values)
        if moved == points(0.0):
            said = tr("From {since} to {until} AI’s own part of execution did not change", **values)
    return said + (f"; {short}" if short else "")


def parts_takeaway(parts: pd.DataFrame, *, scope: Scope) -> str:
    """Say the parts of the period in one sentence, for who cannot see a chart."""
    now = _shares_now(parts, scope)
    if now.isna().all():
        return tr(
            "In {period} nothing is known of who carried out the execution tasks.",
            period=when(scope),
        )
    said = ", ".join(f"{tr(PARTS[name])} {percent(now[name])}" for name in PARTS)
    return tr(
        "In {period}: {said} of the execution tasks whose performer is known.",
        period=when(scope),
        said=said,
    )


def known_title(performers: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of counted tasks by of how many the log says who carried them out."""
    known = performers.loc[performers["period"] == scope.period, "known"].iloc[0]
    if pd.isna(known):
        return tr("There are no execution tasks to tell of")
    if known == 0:
        return tr("Who carries out execution is not recorded")
    return tr(
        "Of {known} of the execution tasks the log says who carried them out", known=percent(known)
    )


def shift_glossary() -> list[tuple[str, str]]:
    """Explain the words of the page, with units."""
    return [
        (tr("Execution"), tr(
            "Carrying out what is already decided; the codebook has the other three "
            "categories."
        )),
        (tr("AI alone, together, people alone"), tr(
            "Who carried a task out, as the log says it. Counted in tasks, an agent’s steps "
            "as one; a part is 0–100% of the execution tasks whose performer is known."
        )),
        (tr("Not known"), tr(
            "Tasks of which the log does not say who carried them out. They are in no part; "
            "the page says how many they are."
        )),
        (tr("Point"), tr("One hundredth of the whole: from 40% to 43% is 3 points.")),
    ]  # fmt: skip


def shift_method(*, min_people: int, personal: bool) -> list[str]:
    """Say how the page's figures were made."""
    return [
        tr(
            "**Tasks** are counted as execution where a person tagged them so or the sorter "
            "was sure of it. **Parts** are estimates: each untagged task counts with its "
            "probability of being execution, because the titles of agents’ tasks are easier "
            "to be sure of than people’s. Neither is audited, so there is no interval."
        ),
        people_shown(min_people=min_people, personal=personal),
    ]


def _known_sentence(performers: pd.DataFrame, *, scope: Scope) -> str:
    row = performers[performers["period"] == scope.period].iloc[0]
    if pd.isna(row["known"]):
        return tr("There are no execution tasks to tell of.")
    return tr(
        "The log says of {known} of the execution tasks who carried them out; of "
        "{unknown} it does not. What is execution is estimated, not audited.",
        known=percent(row["known"]),
        unknown=counted(row["n_unknown"], "counted one", "counted ones"),
    )


def _shares_now(parts: pd.DataFrame, scope: Scope) -> pd.Series:
    return parts[parts["period"] == scope.period].set_index("performer")["share"]
