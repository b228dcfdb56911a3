"""What moved the mix: teams that changed, or teams that grew and shrank, came and went."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from taskmix.language import noted
from taskmix.taxonomy import CATEGORIES

#: Teams that are not told apart are one, so that no small one can be had from a difference.
OTHER_TEAMS = noted("other teams")
#: What a change of the mix is made of, in the order in which it is shown.
COMPONENTS: tuple[str, ...] = ("within", "between", "came", "went")
_EXPECTED = [f"expected_{category}" for category in CATEGORIES]


def mix_moves(
    cells: pd.DataFrame, *, period: str, against: str, apart: Collection[str] | None = None
) -> pd.DataFrame:
    """Split each category's change of share into what happened within teams and between them.

    With m a team's share of a category, s its part of all hours, a bar for the mean of both
    periods and m̄ that of all teams together::

        within   Σ s̄ Δm         of teams in both periods: they work otherwise than before
        between  Σ (m̄ⱼ − m̄) Δs  of teams in both periods: hours went to teams that work otherwise
        came     Σ s₁ (m₁ − m̄)  of teams in the later period only
        went     Σ s₀ (m̄ − m₀)  of teams in the earlier period only

    The four add up to the change exactly. The shares are the estimates of
    `taskmix.measures.shares`. Sources: Bennet 1920 (doi:10.2307/2340960); with teams that come
    and go Griliches & Regev 1995 (doi:10.1016/0304-4076(94)01601-U).

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    period, against : str
        The later and the earlier period.
    apart : collection of str, optional
        The teams to look at each by itself; all others are one. Without it every team is.

    Returns
    -------
    pandas.DataFrame
        One row a category: ``period``, ``against``, ``category``, ``before`` and ``share`` (0–1),
        ``change``, ``within``, ``between``, ``came`` and ``went`` (in shares; all missing where a
        period has no hours), ``n_stayed``, ``n_came`` and ``n_went`` (teams).
    """
    teams = mix_moves_by_team(cells, period=period, against=against, apart=apart)
    sums = teams.groupby("category")[[*COMPONENTS, "before", "share"]].sum()
    table = sums.reindex(list(CATEGORIES)).rename_axis("category").reset_index()
    table = table.assign(category=table["category"].astype("str"), period=period, against=against)
    table["change"] = table["share"] - table["before"]
    status = teams.drop_duplicates("team")["status"]
    for name in ("stayed", "came", "went"):
        table[f"n_{name}"] = int((status == name).sum())
    counts = ["n_stayed", "n_came", "n_went"]
    return table[
        ["period", "against", "category", "before", "share", "change", *COMPONENTS, *counts]
    ].astype({"period": "str", "against": "str"})


def mix_moves_by_team(
    cells: pd.DataFrame, *, period: str, against: str, apart: Collection[str] | None = None
) -> pd.DataFrame:
    """Tell what each team adds to each category's change of share; see `mix_moves`.

    Returns
    -------
    pandas.DataFrame
        One row a team and category: ``period``, ``team``, ``status`` (stayed, came or went),
        ``category``, ``before`` and ``share`` (its part of all teams' share, 0–1), ``within``,
        ``between``, ``came`` and ``went``. Without rows where a period has no hours.
    """
    before, now = (_parts(cells, name, apart) for name in (against, period))
    names = before.index.union(now.index)
    if before.to_numpy().sum() == 0 or now.to_numpy().sum() == 0:
        names = names[:0]
    earlier, later = (parts.reindex(names, fill_value=0.0).to_numpy() for parts in (before, now))
    size0, size1 = earlier.sum(axis=1), later.sum(axis=1)
    stayed, came, went = (size0 > 0) & (size1 > 0), size0 == 0, size1 == 0
    middle = (earlier.sum(axis=0) + later.sum(axis=0)) / 2
    mix0, mix1 = _divided(earlier, size0), _divided(later, size1)
    moved = {
        "within": stayed[:, None] * ((size0 + size1) / 2)[:, None] * (mix1 - mix0),
        "between": stayed[:, None] * ((mix0 + mix1) / 2 - middle) * (size1 - size0)[:, None],
        "came": came[:, None] * size1[:, None] * (mix1 - middle),
        "went": went[:, None] * size0[:, None] * (middle - mix0),
    }
    values = {"before": earlier, "share": later, **moved}
    table = pd.DataFrame({name: numbers.ravel() for name, numbers in values.items()})
    status = np.select([came, went], ["came", "went"], default="stayed")
    facts = {
        "period": np.full(len(table), period, dtype=object),
        "team": np.repeat(names.to_numpy(dtype=object), len(CATEGORIES)),
        "status": np.repeat(status, len(CATEGORIES)),
        "category": np.tile(np.array(CATEGORIES, dtype=object), len(names)),
    }
    return pd.concat([pd.DataFrame(facts).astype("str"), table], axis=1)


def _parts(cells: pd.DataFrame, period: str, apart: Collection[str] | None) -> pd.DataFrame:
    """Divide a period's hours, spread by tag and probability, among teams and categories."""
    own = cells[cells["period"] == period]
    team = own["team"]
    if apart is not None:
        team = team.where(team.isin(list(apart)), OTHER_TEAMS)
    sums = own.groupby(team)[_EXPECTED].sum()
    sums = sums[sums.sum(axis=1) > 0]
    return sums / (sums.to_numpy().sum() or 1.0)


def _divided(parts: np.ndarray, size: np.ndarray) -> np.ndarray:
    return parts / np.where(size > 0, size, 1.0)[:, None]
