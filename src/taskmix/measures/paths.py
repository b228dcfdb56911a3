"""How the mix of a team moved over the years: its path, and how far it went."""

from dataclasses import replace

import numpy as np
import pandas as pd

from taskmix.language import noted, tr
from taskmix.measures.scope import Scope
from taskmix.periods import format_period, frequency_of, parse_period
from taskmix.taxonomy import CATEGORIES

#: No logarithm is taken of a share that may lie below this: its ratio to others means nothing.
LEAST_SHARE = 0.01
#: One period is a place, two make a path.
MIN_PERIODS = 2
_A_YEAR = {"month": 12, "quarter": 4, "year": 1}
#: A log that begins so soon in a period holds about all of it.
_GRACE = pd.Timedelta(days=10)


def years_of(scope: Scope, *, first: pd.Timestamp, n_years: int = 8) -> Scope:
    """Choose the same time of each year, up to a report's period: years without their seasons.

    Parameters
    ----------
    scope : Scope
    first : pandas.Timestamp
        The first day of the log.
    n_years : int
        How many years at most.

    Returns
    -------
    Scope
        The same scope, with a history of periods a year apart, those that the log holds from
        about their first day, and its own.

    Examples
    --------
    >>> scope = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"))
    >>> years_of(scope, first=pd.Timestamp("2024-07-01")).history
    ('2024-Q3', '2025-Q3', '2026-Q3')
    """
    own, step = parse_period(scope.period), _A_YEAR[scope.frequency]
    periods = [own - step * back for back in range(n_years - 1, -1, -1)]
    # A period that the log holds half of would show the path of its own beginning.
    whole = [period for period in periods if period.start_time + _GRACE >= first or period == own]
    return replace(scope, history=tuple(format_period(period) for period in whole))


def aitchison_distance(mix: np.ndarray, other: np.ndarray) -> float:
    """Measure how far two mixes are apart, by the ratios of their parts.

    The length of the difference of their centred log-ratios, clr(x) = ln x − mean ln x
    (Aitchison 1986, *The Statistical Analysis of Compositional Data*, doi:10.1007/
    978-94-009-4109-0). A share that doubles counts the same wherever it began; in points it
    would not.

    Parameters
    ----------
    mix, other : numpy.ndarray
        Shares above 0, in the same order.

    Examples
    --------
    >>> even = np.array([0.25, 0.25, 0.25, 0.25])
    >>> round(aitchison_distance(even, np.array([0.4, 0.2, 0.2, 0.2])), 3)
    0.6
    """
    ratios = np.log(mix) - np.log(other)
    return float(np.linalg.norm(ratios - ratios.mean()))


def composition_path(shares: pd.DataFrame, *, by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Follow the mix of a role over the periods, and measure how far it moved.

    The log has no column of roles: a team, or a department, stands for one, never a person. People
    join and leave it on the way, so the path is the role's and nobody's own.

    Parameters
    ----------
    shares : pandas.DataFrame
        One row a period, group and category: ``period`` (all of one length), the columns of
        `by`, ``category``, ``share`` (0–1) and, where an audit earned it, ``low``.
    by : tuple of str
        ``team`` or ``department``; nothing for one group.

    Returns
    -------
    pandas.DataFrame
        One row a group and period that has all four shares, in order: `by`, ``period``, the
        shares under their categories' names (0–1), ``moved`` (the Aitchison distance from the
        group's first period, 0 there), ``step`` (from the period before it here, missing in the
        first), ``points`` (half the sum of the absolute changes since the first, 0–1: the part of
        the hours that went elsewhere), ``audited`` (whether all its shares have lower bounds; the
        estimates stand in for them where not) and ``why_not`` (why ``moved`` is missing, or there
        is no path yet; else empty). A distance is missing where the lower bound of a share at
        either end is below 1%.
    """
    keys = [*by, "period"]
    bounded = shares.assign(low=shares.get("low", pd.Series(np.nan, index=shares.index)))
    bounded = bounded[[*keys, "category", "share", "low"]].dropna(subset=["share"])
    wide = bounded.pivot(index=keys, columns="category", values=["share", "low"]).sort_index()
    every = pd.MultiIndex.from_product([["share", "low"], CATEGORIES])
    wide = wide.reindex(columns=every)
    wide = wide[wide["share"].notna().all(axis=1)]
    path = wide["share"].copy()
    path["audited"] = wide["low"].notna().all(axis=1)
    path = path.reset_index()
    lows = wide["low"].fillna(wide["share"]).to_numpy(dtype=float)
    groups = path.groupby(list(by), sort=False).indices.values() if by else [np.arange(len(path))]
    parts = [_moves(path.iloc[rows], lows[rows]) for rows in groups if len(rows)]
    moves = pd.concat(parts) if parts else _moves(path, lows)
    columns = [*keys, *CATEGORIES, "moved", "step", "points", "audited", "why_not"]
    joined = pd.concat([path, moves], axis=1)[columns]
    joined.columns.name = None
    return joined.astype({"why_not": "str", "audited": "bool"})


def _moves(path: pd.DataFrame, lows: np.ndarray) -> pd.DataFrame:
    """Measure one group's way from its first period, and from each to the next."""
    mixes = path[list(CATEGORIES)].to_numpy(dtype=float)
    usable = np.asarray((lows >= LEAST_SHARE).all(axis=1))
    moved, step = np.full(len(path), np.nan), np.full(len(path), np.nan)
    for row in range(len(path)):
        if usable[row] and usable[0]:
            moved[row] = aitchison_distance(mixes[row], mixes[0])
        if row and usable[row] and usable[row - 1]:
            step[row] = aitchison_distance(mixes[row], mixes[row - 1])
    points = np.abs(mixes - mixes[:1]).sum(axis=1) / 2
    reasons = _reasons(path["period"].tolist(), path["audited"].tolist(), lows)
    table = {"moved": moved, "step": step, "points": points, "why_not": reasons}
    return pd.DataFrame(table, index=path.index)


def _reasons(periods: list[str], audited: list[bool], lows: np.ndarray) -> list[str]:
    if 0 < len(periods) < MIN_PERIODS:
        unit = frequency_of(parse_period(periods[0]))
        return [
            tr("not enough data: has 1 {unit}, needs {least}", unit=tr(unit), least=MIN_PERIODS)
        ]
    small = []
    for period, has_bounds, low in zip(periods, audited, lows, strict=True):
        names = [name for name, bound in zip(CATEGORIES, low, strict=True) if bound < LEAST_SHARE]
        said = (
            noted("{category} may be below 1% in {period}")
            if has_bounds
            else noted("{category} is below 1% in {period}")
        )
        small.append(tr(said, category=tr(names[0]), period=period) if names else "")
    return [own or small[0] for own in small]
