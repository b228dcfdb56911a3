"""Sentences that compare a period with the one before it.

Where the period is not complete, or data are missing, a difference is no rise and no fall: it is
stated as how things stand so far, without an arrow.
"""

from collections.abc import Sequence

import pandas as pd

from taskmix.language import capital, listed, shortest, tr
from taskmix.measures import Scope
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.numberwords import amount, in_points


def points(change: float) -> str:
    """Write a change of a share in points, with the direction as a word.

    Examples
    --------
    >>> points(-0.0612), points(0.0), points(float("nan"))
    ('6.1 points down', 'no change', 'nothing to compare with')
    """
    if pd.isna(change):
        return tr("nothing to compare with")
    if _rounded(change) == 0:
        return tr("no change")
    size = _size(change)
    return tr("{points} up", points=size) if change > 0 else tr("{points} down", points=size)


def sure_points(change: float) -> str:
    """Write a change whose interval excludes none, however small it is.

    Examples
    --------
    >>> sure_points(-0.0612), sure_points(0.0004)
    ('6.1 points down', '0.04 points up')
    """
    size = amount(100 * change, decimals=1)
    said = in_points(size)
    return tr("{points} up", points=said) if change > 0 else tr("{points} down", points=said)


def apart(change: float) -> str:
    """Write a difference of a share in points as where it stands, not as a movement.

    Examples
    --------
    >>> apart(-0.0612), apart(0.0)
    ('6.1 points below', 'level with')
    """
    if pd.isna(change):
        return tr("nothing to compare with")
    if _rounded(change) == 0:
        return tr("level with")
    size = _size(change)
    return tr("{points} above", points=size) if change > 0 else tr("{points} below", points=size)


def tile_note(change: float, scope: Scope, stale: Sequence[Stale]) -> str:
    """Write the line below a figure: its change against the period before."""
    if pd.isna(change):
        return tr("nothing to compare with; not audited")
    if not scope.complete:
        return tr(
            "{change} {before} so far; not complete, not audited",
            change=apart(change),
            before=scope.before,
        )
    if stale:
        return tr(
            "{change} {before}; some data are missing, not audited",
            change=apart(change),
            before=scope.before,
        )
    arrow = "→" if _rounded(change) == 0 else "↑" if change > 0 else "↓"
    return tr(
        "{arrow} {change} on {before}; not audited",
        arrow=arrow,
        change=points(change),
        before=scope.before,
    )


def change_sentence(
    now: pd.DataFrame,
    scope: Scope,
    stale: Sequence[Stale],
    *,
    unsure: str = "",
) -> str:
    """Say which categories differ most from the period before, and how sure that is.

    Parameters
    ----------
    now : pandas.DataFrame
        The period's own rows: ``category``, ``change``.
    unsure : str
        Why it is not sure that this is a change.
    """
    known = now.dropna(subset=["change"])
    if known.empty:
        return tr("There is no period before {period} to compare with.", period=scope.period)
    ordered = known.reindex(known["change"].abs().sort_values(ascending=False).index)
    short = shortfall(scope, stale)
    if short:
        return _standing(ordered, scope, short)
    if _rounded(ordered["change"].iloc[0]) == 0:
        return tr("The estimated mix is what it was in {before}.", before=scope.before)
    parts = [
        tr("{category} is {change}", category=tr(row.category), change=points(row.change))
        for row in ordered.head(2).itertuples()
        if _rounded(row.change)
    ]
    return tr(
        "Against {before}, {parts}. It is not sure that this is a change: {unsure}.",
        before=scope.before,
        parts=listed(parts),
        unsure=unsure or tr("the shares are not audited"),
    )


def moved_title(shares: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale]) -> str:
    """Title the chart of shares over time by the largest moves between whole periods.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``period``, ``category``, ``share``.
    """
    wide = shares.pivot(index="period", columns="category", values="share")
    wide = wide.dropna(how="all")
    short = shortfall(scope, stale)
    aside = f"; {short}" if short else ""
    if short:
        wide = wide.drop(index=scope.period, errors="ignore")
    if len(wide) < 2:
        return tr("Where human effort goes{aside}", aside=aside)
    moved = (wide.iloc[-1] - wide.iloc[0]).dropna()
    up, down = moved.idxmax(), moved.idxmin()
    first, last = wide.index[0], wide.index[-1]
    if max(moved.max(), -moved.min()) < 0.02:
        mix = (
            tr("The estimated mix")
            if last == scope.period
            else tr("The estimated mix of {last}", last=last)
        )
        return tr("{mix} is about what it was in {first}{aside}", mix=mix, first=first, aside=aside)
    # Nothing may be known of the period itself, or it is left out.
    first_told, *others = [name for name in dict.fromkeys((down, up)) if _rounded(moved[name])]
    also = "".join(
        tr(", for {name} {moved}", name=tr(name), moved=points(moved[name])) for name in others
    )
    values = {"since": first, "until": last, "also": also, "aside": aside}
    values |= {"category": tr(first_told), "moved": points(moved[first_told])}
    if last != scope.period:
        return tr(
            "From {since} to {until} the estimate for {category} is {moved}{also}{aside}", **values
        )
    return tr("Since {since} the estimate for {category} is {moved}{also}{aside}", **values)


def _standing(ordered: pd.DataFrame, scope: Scope, short: str) -> str:
    lead = tr("As logged") if scope.complete else tr("So far")
    if _rounded(ordered["change"].iloc[0]) == 0:
        standing = tr(
            "{lead}, the estimated mix is that of {before}", lead=lead, before=scope.before
        )
    else:
        first, *others = ordered.head(2).itertuples()
        also = "".join(
            tr(" and {category} {change}", category=tr(row.category), change=apart(row.change))
            for row in others
        )
        standing = tr(
            "{lead}, {category} stands {change}{also} {before}",
            lead=lead,
            category=tr(first.category),
            change=apart(first.change),
            also=also,
            before=scope.before,
        )
    return tr(
        "{short}, so this is no rise and no fall yet. {standing}.",
        short=capital(short),
        standing=standing,
    )


def _size(change: float) -> str:
    return in_points(shortest(_rounded(change)))


def _rounded(change: float) -> float:
    return round(abs(change) * 100, 1)
