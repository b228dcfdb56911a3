"""How far a group's kinds of work moved between two periods, beyond people's own ups and downs."""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from taskmix.language import tr
from taskmix.measures.markers.cells import GROUP, Level, people_said, previous

#: Fewer people than this cannot be dealt out in enough ways.
LEAST_PEOPLE = 5
_DEALS = 50


def adaptability(
    kinds: pd.DataFrame,
    days: pd.DataFrame,
    *,
    by: Level,
    min_people: int,
    min_days: int,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure the distance between a group's kinds of work in each period and the one before.

    √JSD (base 2, 0–1) of the group's tasks, of the people who logged enough days in both. Even
    where nothing changed, people's own ups and downs give some distance: the mean over deals in
    which each person's two periods are swapped or not by a coin. What is left is the group's.

    Parameters
    ----------
    kinds : pandas.DataFrame
        As `taskmix.measures.markers.kinds.person_kinds` makes them.
    days : pandas.DataFrame
        ``period``, the group, ``person``, ``n_days``.
    seed : int
        Of the coins.

    Returns
    -------
    pandas.DataFrame
        One row a period and group: ``value`` (below 0 where there was less than by chance),
        ``n_people``, ``n_days`` and ``why_not``.

    References
    ----------
    Lin, J. (1991). Divergence measures based on the Shannon entropy. IEEE Transactions on
    Information Theory 37, 145–151, doi:10.1109/18.61115.
    """
    keys = ["period", *GROUP[by]]
    enough = days[days["n_days"] >= min_days]
    both = enough.assign(at=previous(enough["period"])).merge(
        enough[[*keys, "person"]].rename(columns={"period": "at"}),
        on=["at", *GROUP[by], "person"],
    )
    counted = kinds.loc[kinds["n_tasks"] > 0, [*keys, "person", "person_no", "kind_no", "n_tasks"]]
    now = both.merge(counted, on=[*keys, "person"])
    before = both.merge(counted.rename(columns={"period": "at"}), on=["at", *GROUP[by], "person"])
    counts = pd.concat([now.assign(half=0), before.assign(half=1)], ignore_index=True)
    least = max(min_people, LEAST_PEOPLE)
    rng = np.random.default_rng(seed)
    values = {
        cell: _moved(rows, rng)
        for cell, rows in counts.groupby(keys)
        if rows["person_no"].nunique() >= least
    }
    sums = both.groupby(keys).agg(n_people=("person", "size"), n_days=("n_days", "sum"))
    cells = pd.MultiIndex.from_frame(days[keys].drop_duplicates().sort_values(keys))
    table = sums.reindex(cells if len(keys) > 1 else cells.get_level_values(0), fill_value=0)
    table["value"] = [
        values.get(cell if len(keys) > 1 else (cell,), np.nan) for cell in table.index
    ]
    reason = [
        tr(
            "not enough data: has {people} with {days} logged days in both periods, needs {least}",
            people=people_said(n, min_people=min_people),
            days=min_days,
            least=least,
        )
        for n in table["n_people"]
    ]
    table["why_not"] = pd.Series(reason, index=table.index, dtype="str").where(
        table["value"].isna()
    )
    table = table.reset_index().assign(marker="adaptability")
    return table.astype({"marker": "str", "n_people": "int64", "n_days": "int64"})


def _moved(counts: pd.DataFrame, rng: np.random.Generator) -> float:
    """Give the distance between the two halves of a cell, less what coins give."""
    person = pd.factorize(counts["person_no"])[0]
    kind = pd.factorize(counts["kind_no"])[0]
    shape = (person.max() + 1, kind.max() + 1)
    now, before = (
        csr_array((counts["n_tasks"][mine], (person[mine], kind[mine])), shape=shape)
        for mine in (counts["half"].to_numpy() == half for half in (0, 1))
    )
    swapped = (rng.random((_DEALS, shape[0])) < 0.5).astype(float)
    dealt = swapped @ now + (1 - swapped) @ before
    total = now.sum(axis=0) + before.sum(axis=0)
    floor = distance(dealt, total - dealt).mean()
    return float(distance(now.sum(axis=0), before.sum(axis=0)) - floor)


def distance(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Give the square root of the Jensen–Shannon divergence (base 2) of counts: 0–1.

    Parameters
    ----------
    one, other : ndarray of shape (…, kinds)

    Examples
    --------
    >>> float(distance(np.array([3, 0]), np.array([0, 5]))), float(distance(np.array([1, 1]),
    ...                                                                   np.array([2, 2])))
    (1.0, 0.0)
    """
    p = one / one.sum(axis=-1, keepdims=True)
    q = other / other.sum(axis=-1, keepdims=True)
    middle = (p + q) / 2
    divergence = _entropy(middle) - (_entropy(p) + _entropy(q)) / 2
    return np.asarray(np.sqrt(np.clip(divergence, 0, 1)))


def _entropy(p: np.ndarray) -> np.ndarray:
    return np.asarray(-(p * np.log2(np.where(p > 0, p, 1.0))).sum(axis=-1))
