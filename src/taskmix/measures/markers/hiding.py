"""Which cells say nothing, and why: their own reasons, and what protects smaller groups."""

from collections.abc import Sequence

import pandas as pd

from taskmix.language import noted, tr
from taskmix.measures.markers.catalogue import MARKERS
from taskmix.measures.markers.cells import FIGURES, GROUP, Level, previous

PROTECTS = noted("not shown: protects a smaller group")
_COUNTS = ["n_people", "n_days"]


def with_reasons(
    tables: Sequence[pd.DataFrame],
    reasons: Sequence[pd.DataFrame],
    *,
    by: Level,
    min_people: int,
) -> pd.DataFrame:
    """Take figures out that have a reason not to be shown, and protect the small groups.

    Parameters
    ----------
    tables : sequence of pandas.DataFrame
        As `estimate` makes them, or with less columns.
    reasons : sequence of pandas.DataFrame
        ``period``, the group, ``marker``, ``why_not``: what a marker itself could not be computed
        for. The first that holds is told; it goes before too few people, since it says more.

    Returns
    -------
    pandas.DataFrame
        The same rows in order; every figure of a cell with ``why_not`` is missing. So are its
        ``n_people`` and ``n_days``, unless nobody is in it or there is no minimum.
    """
    columns = list(no_cells(by=by))
    table = pd.concat([table.reindex(columns=columns) for table in tables], ignore_index=True)
    cell = ["period", *GROUP[by], "marker"]
    found = pd.concat([table[[*cell, "why_not"]].iloc[:0], *reasons], ignore_index=True)
    found = found.drop_duplicates(cell).rename(columns={"why_not": "own"})
    merged = table.merge(found, how="left", on=cell)
    few = merged["why_not"].notna()
    merged["why_not"] = merged["own"].where(merged["own"].notna(), merged["why_not"])
    hidden = few & (merged["n_people"] > 0)
    if GROUP[by] and min_people > 1:
        hidden |= _protecting(merged, hidden, min_people=min_people)
        merged["why_not"] = merged["why_not"].mask(hidden & merged["why_not"].isna(), tr(PROTECTS))
    merged[FIGURES] = merged[FIGURES].where(merged["why_not"].isna())
    merged = _without_few(merged, hidden, min_people=min_people)
    merged = _without_hidden_before(merged, [*GROUP[by], "marker"])
    rank = {name: place for place, name in enumerate(MARKERS)}
    order = merged.assign(rank=merged["marker"].map(rank))
    return order.sort_values(["period", *GROUP[by], "rank"], ignore_index=True)[columns]


def no_cells(*, by: Level) -> pd.DataFrame:
    """Give a table of markers without rows: of a log in which nobody logged anything."""
    types = {
        **dict.fromkeys(["period", *GROUP[by], "marker"], "str"),
        **dict.fromkeys(FIGURES, "float64"),
        **dict.fromkeys(_COUNTS, "Int64"),
        "why_not": "str",
    }
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in types.items()})


def _protecting(table: pd.DataFrame, hidden: pd.Series, *, min_people: int) -> pd.Series:
    """Find the cells to hide because a smaller hidden one follows from the total without them."""
    at = ["period", "marker"]
    order = table.assign(is_hidden=hidden).sort_values(["is_hidden", "n_people"],
                                                       ascending=[False, True])  # fmt: skip
    order = order[order["n_people"] > 0]
    before = order.groupby(at)["n_people"].cumsum() - order["n_people"]
    # In the order hidden, then shown from small to large: what lies before is hidden so far.
    needed = ~order["is_hidden"] & (before > 0) & (before < min_people)
    any_hidden = order.groupby(at)["is_hidden"].transform("any")
    return (needed & any_hidden).reindex(table.index, fill_value=False)


def _without_few(table: pd.DataFrame, hidden: pd.Series, *, min_people: int) -> pd.DataFrame:
    """Take the counts out that are of a few people, or that a few follow from.

    A mean times its people is a sum, and sums can be subtracted.
    """
    gone = hidden if min_people > 1 else pd.Series(False, index=table.index)
    return table.assign(**{name: table[name].astype("Int64").mask(gone) for name in _COUNTS})


def _without_hidden_before(table: pd.DataFrame, group: list[str]) -> pd.DataFrame:
    """Take the changes out that would give a hidden period before away."""
    shown = table.loc[table["value"].notna(), ["period", *group]].assign(is_shown=True)
    shown = shown.rename(columns={"period": "at"})
    merged = table.assign(at=previous(table["period"])).merge(shown, how="left", on=["at", *group])
    is_shown = merged["is_shown"].fillna(False).astype(bool).to_numpy()
    gone = ["before", "change", "change_low", "change_high"]
    return table.assign(**{name: table[name].where(is_shown) for name in gone})
