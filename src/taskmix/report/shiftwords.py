"""Sentences of the page on AI's part in the work: who executes, and how that changed."""

from collections.abc import Sequence

import pandas as pd

from taskmix.measures import Scope
from taskmix.report.blocks import Tile
from taskmix.report.compared import change_sentence, points, tile_note
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.explain import people_shown
from taskmix.report.numberwords import counted, percent, that_fits
from taskmix.report.words import line_of, performer_sentence, when

#: Performer → how a sentence names its part of execution.
PARTS = {"ai": "AI’s own part", "both": "the part done together", "human": "people’s own part"}
_TILES = {
    "ai": ("AI alone", "ai"),
    "both": ("Together", "ai"),
    "human": ("People alone", "execution"),
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
            return f"There are no execution tasks to tell of in {when(scope)}."
        return f"The log does not say who carried out the execution tasks of {when(scope)}."
    known = performers.loc[performers["period"] == scope.period, "known"].iloc[0]
    among = "" if known == 1 else " of known performer"
    human, ai, both = (percent(now[name]) for name in ("human", "ai", "both"))
    return that_fits(
        f"People alone carry out about {human} of execution tasks{among} in {when(scope)}, "
        f"AI {ai}, both {both}.",
        f"People alone carry out {human} of execution tasks{among} in {when(scope)}, AI {ai}.",
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
        ("Who executes", performer_sentence(performers, scope=scope)),
        ("What changed", change_sentence(named, scope, stale)),
        ("How sure", _known_sentence(performers, scope=scope)),
    ]


def shift_tiles(parts: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> list[Tile]:
    """Make a figure for each part of execution; ``parts`` has ``change``."""
    tiles = []
    for performer, (label, colour) in _TILES.items():
        own = parts[parts["performer"] == performer]
        row = own[own["period"] == scope.period].iloc[0]
        note = tile_note(row["change"], scope, stale)
        line = line_of(own["share"].tolist())
        tiles.append(Tile(label, colour, percent(row["share"]), note, line))
    return tiles


def parts_title(parts: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Title the chart of parts over time by how AI's own part moved between whole periods."""
    own = parts[parts["performer"] == "ai"].dropna(subset=["share"])
    short = shortfall(scope, stale)
    if short:
        own = own[own["period"] != scope.period]
    if len(own) < 2:
        return "Who carries out execution" + (f"; {short}" if short else "")
    first, last = own.iloc[0], own.iloc[-1]
    moved = points(last["share"] - first["share"])
    between = f"Since {first['period']}"
    if last["period"] != scope.period:
        between = f"From {first['period']} to {last['period']}"
    said = "did not change" if moved == points(0.0) else f"is {moved}"
    return f"{between} AI’s own part of execution {said}" + (f"; {short}" if short else "")


def parts_takeaway(parts: pd.DataFrame, *, scope: Scope) -> str:
    """Say the parts of the period in one sentence, for who cannot see a chart."""
    now = _shares_now(parts, scope)
    if now.isna().all():
        return f"In {when(scope)} nothing is known of who carried out the execution tasks."
    said = ", ".join(f"{PARTS[name]} {percent(now[name])}" for name in PARTS)
    return f"In {when(scope)}: {said} of the execution tasks whose performer is known."


def known_title(performers: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of counted tasks by of how many the log says who carried them out."""
    known = performers.loc[performers["period"] == scope.period, "known"].iloc[0]
    if pd.isna(known):
        return "There are no execution tasks to tell of"
    if known == 0:
        return "Who carries out execution is not recorded"
    return f"Of {percent(known)} of the execution tasks the log says who carried them out"


def shift_glossary() -> list[tuple[str, str]]:
    """Explain the words of the page, with units."""
    return [
        ("Execution", "Carrying out what is already decided; the codebook has the other three "
         "categories."),
        ("AI alone, together, people alone", "Who carried a task out, as the log says it. Counted "
         "in tasks, an agent’s steps as one; a part is 0–100% of the execution tasks whose "
         "performer is known."),
        ("Not known", "Tasks of which the log does not say who carried them out. They are in no "
         "part; the page says how many they are."),
        ("Point", "One hundredth of the whole: from 40% to 43% is 3 points."),
    ]  # fmt: skip


def shift_method(*, min_people: int, personal: bool) -> list[str]:
    """Say how the page's figures were made."""
    return [
        "**Tasks** are counted as execution where a person tagged them so or the sorter was sure "
        "of it. **Parts** are estimates: each untagged task counts with its probability of being "
        "execution, because the titles of agents’ tasks are easier to be sure of than people’s. "
        "Neither is audited, so there is no interval.",
        people_shown(min_people=min_people, personal=personal),
    ]


def _known_sentence(performers: pd.DataFrame, *, scope: Scope) -> str:
    row = performers[performers["period"] == scope.period].iloc[0]
    if pd.isna(row["known"]):
        return "There are no execution tasks to tell of."
    return (
        f"The log says of {percent(row['known'])} of the execution tasks who carried them out; of "
        f"{counted(row['n_unknown'], 'counted one', 'counted ones')} it does not. What is "
        "execution is estimated, not audited."
    )


def _shares_now(parts: pd.DataFrame, scope: Scope) -> pd.Series:
    return parts[parts["period"] == scope.period].set_index("performer")["share"]
