"""Sentences that compare a period with the one before it.

Where the period is not complete, or data are missing, a difference is no rise and no fall: it is
stated as how things stand so far, without an arrow.
"""

from collections.abc import Sequence

import pandas as pd

from taskmix.measures import Scope
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.numberwords import amount, in_points

NOT_AUDITED = "not audited"


def points(change: float) -> str:
    """Write a change of a share in points, with the direction as a word.

    Examples
    --------
    >>> points(-0.0612), points(0.0), points(float("nan"))
    ('6.1 points down', 'no change', 'nothing to compare with')
    """
    return _difference(change, ("up", "down"), "no change")


def sure_points(change: float) -> str:
    """Write a change whose interval excludes none, however small it is.

    Examples
    --------
    >>> sure_points(-0.0612), sure_points(0.0004)
    ('6.1 points down', '0.04 points up')
    """
    size = amount(100 * change, decimals=1)
    return f"{in_points(size)} {'up' if change > 0 else 'down'}"


def apart(change: float) -> str:
    """Write a difference of a share in points as where it stands, not as a movement.

    Examples
    --------
    >>> apart(-0.0612), apart(0.0)
    ('6.1 points below', 'level with')
    """
    return _difference(change, ("above", "below"), "level with")


def tile_note(change: float, scope: Scope, stale: Sequence[Stale]) -> str:
    """Write the line below a figure: its change against the period before."""
    if pd.isna(change):
        return f"nothing to compare with; {NOT_AUDITED}"
    if not scope.complete:
        return f"{apart(change)} {scope.before} so far; not complete, {NOT_AUDITED}"
    if stale:
        return f"{apart(change)} {scope.before}; some data are missing, {NOT_AUDITED}"
    arrow = "→" if _rounded(change) == 0 else "↑" if change > 0 else "↓"
    return f"{arrow} {points(change)} on {scope.before}; {NOT_AUDITED}"


def change_sentence(
    now: pd.DataFrame,
    scope: Scope,
    stale: Sequence[Stale],
    *,
    unsure: str = "the shares are not audited",
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
        return f"There is no period before {scope.period} to compare with."
    ordered = known.reindex(known["change"].abs().sort_values(ascending=False).index)
    short = shortfall(scope, stale)
    if short:
        return _standing(ordered, scope, short)
    if _rounded(ordered["change"].iloc[0]) == 0:
        return f"The estimated mix is what it was in {scope.before}."
    parts = [
        f"{row.category} is {points(row.change)}"
        for row in ordered.head(2).itertuples()
        if _rounded(row.change)
    ]
    return (
        f"Against {scope.before}, {' and '.join(parts)}. It is not sure that this is a change: "
        f"{unsure}."
    )


def moved_title(shares: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale]) -> str:
    """Title the chart of shares over time by the largest moves between whole periods.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``period``, ``category``, ``share``.
    """
    wide = shares.pivot_table(index="period", columns="category", values="share", observed=True)
    wide = wide.dropna(how="all")
    short = shortfall(scope, stale)
    aside = f"; {short}" if short else ""
    if short:
        wide = wide.drop(index=scope.period, errors="ignore")
    if len(wide) < 2:
        return f"Where human effort goes{aside}"
    moved = (wide.iloc[-1] - wide.iloc[0]).dropna()
    up, down = moved.idxmax(), moved.idxmin()
    first, last = wide.index[0], wide.index[-1]
    if max(moved.max(), -moved.min()) < 0.02:
        mix = "The estimated mix" if last == scope.period else f"The estimated mix of {last}"
        return f"{mix} is about what it was in {first}{aside}"
    # Nothing may be known of the period itself, or it is left out.
    between = f"Since {first}" if last == scope.period else f"From {first} to {last}"
    first_told, *others = [name for name in dict.fromkeys((down, up)) if _rounded(moved[name])]
    also = "".join(f", for {name} {points(moved[name])}" for name in others)
    return f"{between} the estimate for {first_told} is {points(moved[first_told])}{also}{aside}"


def _standing(ordered: pd.DataFrame, scope: Scope, short: str) -> str:
    lead = "As logged" if scope.complete else "So far"
    if _rounded(ordered["change"].iloc[0]) == 0:
        standing = f"{lead}, the estimated mix is that of {scope.before}"
    else:
        first, *others = ordered.head(2).itertuples()
        also = "".join(f" and {row.category} {apart(row.change)}" for row in others)
        standing = f"{lead}, {first.category} stands {apart(first.change)}{also} {scope.before}"
    return f"{short[:1].upper()}{short[1:]}, so this is no rise and no fall yet. {standing}."


def _difference(change: float, words: tuple[str, str], none: str) -> str:
    if pd.isna(change):
        return "nothing to compare with"
    size = _rounded(change)
    if size == 0:
        return none
    unit = "point" if size == 1 else "points"
    return f"{size:g} {unit} {words[0] if change > 0 else words[1]}"


def _rounded(change: float) -> float:
    return round(abs(change) * 100, 1)
