"""Sentences of the page on meaningful work: what is left for judging, making and connecting."""

from collections.abc import Sequence

import pandas as pd

from taskmix.language import capital, listed, percentage, tr
from taskmix.measures import Scope
from taskmix.report.blocks import Tile
from taskmix.report.compared import change_sentence, tile_note
from taskmix.report.completeness import Stale
from taskmix.report.explain import mix_glossary, people_shown, share_method
from taskmix.report.numberwords import percent, that_fits
from taskmix.report.words import line_of, mostly_unsure, trust_sentence, when, whose


def meaning_headline(
    people_work: pd.DataFrame, basis: pd.DataFrame, *, scope: Scope, personal: bool
) -> str:
    """Say in one sentence what part of the hours goes to judging, making and connecting.

    Parameters
    ----------
    people_work : pandas.DataFrame
        ``period``, ``category``, ``share``, without execution.
    basis : pandas.DataFrame
        As `taskmix.measures.basis_of_labels` makes it.
    """
    now = people_work[people_work["period"] == scope.period].set_index("category")["share"]
    if now.isna().all():
        return tr("No hours of known length were logged in {period}.", period=when(scope))
    who = whose(scope, personal=personal)
    if mostly_unsure(basis, scope=scope):
        return tr(
            "What kind of work most of {who} in {period} went to is not known.",
            who=who,
            period=when(scope),
        )
    parts = [f"{tr(category)} {percent(share)}" for category, share in now.items()]
    # Adding up may put their sum a hundred-millionth above 1.
    whole = percent(min(now.sum(), 1.0))
    # Rounded one by one they may not add up to what all of them are.
    adds_up = whole == percentage(sum(int(f"{100 * share:.0f}") for share in now) / 100)
    rounded = "" if adds_up else tr(", rounded")
    total = tr("Work other than execution takes about {whole} of {who}", whole=whole, who=who)
    return that_fits(
        tr(
            "{total} in {period}: {parts}{rounded}.",
            total=total,
            period=when(scope),
            parts=listed(parts),
            rounded=rounded,
        ),
        f"{total}: {listed(parts)}{rounded}.",
        tr("{total} in {period}.", total=total, period=when(scope)),
    )


def meaning_findings(
    people_work: pd.DataFrame,
    basis: pd.DataFrame,
    *,
    scope: Scope,
    stale: Sequence[Stale] = (),
) -> list[tuple[str, str]]:
    """Say what changed, what these figures are, and how far to trust them.

    Parameters
    ----------
    people_work : pandas.DataFrame
        With ``change``, as `taskmix.measures.changes` adds it.
    """
    now = people_work[people_work["period"] == scope.period]
    return [
        (tr("What changed"), change_sentence(now, scope, stale)),
        (tr("What this is"), tr(
            "Conditions in which work can be meaningful, not meaning itself: whether people "
            "find it in them, a log cannot say. There is no score, no target and no rank."
        )),
        (tr("How sure"), trust_sentence(basis, scope=scope)),
    ]  # fmt: skip


def meaning_tiles(
    people_work: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()
) -> list[Tile]:
    """Make a figure for each category; ``people_work`` has ``change``."""
    tiles = []
    for category in dict.fromkeys(people_work["category"]):
        own = people_work[people_work["category"] == category]
        row = own[own["period"] == scope.period].iloc[0]
        note = tile_note(row["change"], scope, stale)
        line = line_of(own["share"].tolist())
        tiles.append(Tile(capital(tr(category)), category, percent(row["share"]), note, line))
    return tiles


def meaning_glossary() -> list[tuple[str, str]]:
    """Explain the words of the page, with units."""
    kept = [(term, said) for term, said in mix_glossary() if term != tr("AI’s part of execution")]
    return [
        *kept,
        (tr("Conditions"), tr(
            "What makes meaningful work likelier, such as time for judgment, for making and "
            "for others. Having them is not the same as finding meaning."
        )),
    ]  # fmt: skip


def meaning_method(*, min_people: int, personal: bool) -> list[str]:
    """Say how the page's figures were made."""
    return [
        share_method(),
        tr(
            "What is shown here are conditions, stated for groups. They are not added up to "
            "a score, have no target and rank nobody."
        ),
        people_shown(min_people=min_people, personal=personal),
    ]
