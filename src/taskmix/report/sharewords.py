"""Sentences on what an audit says of shares, and on what it takes where there is none."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from taskmix.language import capital, listed, tr, trn
from taskmix.measures import Scope
from taskmix.report.compared import apart, change_sentence, points, sure_points, tile_note
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.intervalwords import change_span, is_sure, span
from taskmix.report.numberwords import percent

#: How a team's share is called that leans on all teams' audit.
COMPOSITE = "composite"


def is_audited(shares: pd.DataFrame, *, scope: Scope) -> bool:
    """Tell whether the scope's own period has intervals."""
    now = shares[shares["period"] == scope.period]
    return "audited" in now and bool(now["audited"].any())


def what_changed(now: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Say what changed: with intervals where both periods are audited, else how unsure it is.

    Parameters
    ----------
    now : pandas.DataFrame
        The period's own rows: ``category``, ``change``, and what an audit adds.
    """
    if "change_low" in now and now["change_low"].notna().any():
        return audited_change_sentence(now, scope=scope, stale=stale)
    if "audited" in now and now["audited"].any():
        # The period itself is audited, so "the shares are not" would be wrong.
        alike = tr("{before} was not audited alike", before=scope.before)
        return change_sentence(now, scope, stale, unsure=alike)
    return change_sentence(now, scope, stale)


def share_note(row: Any, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Write the line below a category's figure.

    Parameters
    ----------
    row : pandas.Series or namedtuple
        Its row: ``change``, and what an audit adds.
    """
    if getattr(row, "audited", False):
        return audited_note(row, scope=scope, stale=stale)
    return tile_note(row.change, scope, stale)


def audited_change_sentence(now: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Say which categories surely changed, and that the others may not have.

    Parameters
    ----------
    now : pandas.DataFrame
        The period's own rows of `taskmix.measures.estimation.audited_shares`, with intervals of
        the change.
    """
    ordered = now.reindex(now["change"].abs().sort_values(ascending=False).index)
    rows = list(ordered.itertuples(index=False))
    short = shortfall(scope, stale)
    if short:
        first = rows[0]
        return tr(
            "{short}, so this is no rise and no fall yet. As audited, {category} "
            "stands {change} {before} ({interval}).",
            short=capital(short),
            category=tr(first.category),
            change=apart(first.change),
            before=scope.before,
            interval=change_span(first.change_low, first.change_high),
        )
    sure = [row for row in rows if is_sure(row)]
    if not sure:
        first = rows[0]
        return tr(
            "Against {before} no change is sure: the largest, {category} {change}, has "
            "an interval of {interval}.",
            before=scope.before,
            category=tr(first.category),
            change=points(first.change),
            interval=change_span(first.change_low, first.change_high),
        )
    parts = [
        tr(
            "{category} is {change} ({interval})",
            category=tr(row.category),
            change=sure_points(row.change),
            interval=change_span(row.change_low, row.change_high),
        )
        for row in sure
    ]
    others = [tr(row.category) for row in rows if not is_sure(row)]
    rest = ""
    if others:
        rest = trn(
            " Of {others} it is not sure that it changed.",
            " Of {others} it is not sure that they changed.",
            len(others),
            others=listed(others),
        )
    return tr(
        "Against {before}, {parts}, in 95% intervals.{rest}",
        before=scope.before,
        parts=listed(parts),
        rest=rest,
    )


def audited_note(row: Any, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Write the line below an audited figure: its interval, and its change where that is sure.

    Parameters
    ----------
    row : namedtuple
        A category's row of `taskmix.measures.estimation.audited_shares`.
    """
    interval = tr("no interval") if pd.isna(row.low) else f"{span(row.low, row.high)}"
    if pd.isna(row.change):
        return tr("{interval}; nothing to compare with", interval=interval)
    if pd.isna(row.change_low):
        return tr(
            "{interval}; {before} was not audited alike", interval=interval, before=scope.before
        )
    if not scope.complete or stale:
        lacking = tr("not complete") if not scope.complete else tr("some data are missing")
        return f"{interval}; {apart(row.change)} {scope.before}, {lacking}"
    if not is_sure(row):
        return tr(
            "{interval}; → no sure change on {before}", interval=interval, before=scope.before
        )
    arrow = "↑" if row.change > 0 else "↓"
    return tr(
        "{interval}; {arrow} {change} on {before}",
        interval=interval,
        arrow=arrow,
        change=sure_points(row.change),
        before=scope.before,
    )


def intervals_of(shares: pd.DataFrame, *, scope: Scope) -> dict[str, list[float | None]] | None:
    """Return the ends of each category's 95% interval as JSON values; None without an audit."""
    if not is_audited(shares, scope=scope):
        return None
    now = shares[shares["period"] == scope.period]
    return {
        str(row.category): [None if pd.isna(end) else float(end) for end in (row.low, row.high)]
        for row in now.itertuples()
    }


def audited_title(now: pd.DataFrame) -> str:
    """Title the chart of audited shares by what it shows."""
    known = now.dropna(subset=["low"])
    if known.empty:
        return tr("No share has an interval")
    first = known.sort_values("share", ascending=False).iloc[0]
    interval = span(first["low"], first["high"])
    return tr(
        "{category} takes {interval} of hours, corrected by an audit",
        category=capital(tr(first["category"])),
        interval=interval,
    )


def audited_takeaway(now: pd.DataFrame) -> str:
    """Say each category's interval, for who cannot see the chart."""
    parts = [
        tr(
            "{category} {interval} (the sorter alone says {model})",
            category=tr(row.category),
            interval=span(row.low, row.high),
            model=percent(row.model),
        )
        for row in now.dropna(subset=["low"]).itertuples()
    ]
    if not parts:
        return tr("No share has an interval.")
    return tr("With 95% intervals: {parts} of human hours.", parts=listed(parts))


def teams_note(teams: pd.DataFrame, *, hidden: str) -> str:
    """Say how the shown teams' figures were made, where any is audited, and what is not shown.

    Parameters
    ----------
    teams : pandas.DataFrame
        One row a shown team: ``estimator``.
    hidden : str
        How many teams are not shown; empty where all are.
    """
    counts = teams["estimator"].value_counts()
    own, lent, none = (int(counts.get(name, 0)) for name in ("audit", COMPOSITE, "model"))
    told = [
        trn("{n} by its own audit", "{n} by their own audit", own) if own else "",
        trn("{n} by its own and all teams’ together", "{n} by theirs and all teams’ together", lent)
        if lent
        else "",
        tr("{none} by the sorter alone", none=none) if none else "",
    ]
    made = tr("Lines: 95% intervals; {told}", told=listed([part for part in told if part]))
    return "; ".join(part for part in (made if own + lent else "", hidden) if part)
