"""From the engine to people's sums: the last place where single entries are."""

from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.language import percentage, tr
from taskmix.measures.markers.cells import GROUP, Level
from taskmix.measures.rows import TRUNCATE, period_names
from taskmix.periods import Frequency

_KEYS = ("period_start", "department", "team", "person")


@dataclass(frozen=True)
class Family:
    """What a family of markers found.

    Attributes
    ----------
    parts : list of pandas.DataFrame
        As `taskmix.measures.markers.cells.contributions` makes them.
    reasons : list of pandas.DataFrame
        ``period``, the group, ``marker``, ``why_not``: the cells for which it cannot be computed.
    pairs : list of pandas.DataFrame
        What two people have in common, see `taskmix.measures.markers.dyads.pair_squares`.
    """

    parts: list[pd.DataFrame]
    reasons: list[pd.DataFrame] = field(default_factory=list)
    pairs: list[pd.DataFrame] = field(default_factory=list)


def group_keys(by: Level) -> list[str]:
    """Name the columns of a person's cell in the engine."""
    return ["period_start", *GROUP[by], "person"]


def in_period(rows: nw.LazyFrame[Any], *, frequency: Frequency) -> nw.LazyFrame[Any]:
    """Add ``period_start``, the first day of the period in which an entry began."""
    return rows.with_columns(period_start=nw.col("local_date").dt.truncate(TRUNCATE[frequency]))


def per_person(
    rows: nw.LazyFrame[Any], sums: list[str], *, frequency: Frequency, by: Level
) -> pd.DataFrame:
    """Add columns up by period, group and person.

    Returns
    -------
    pandas.DataFrame
        ``period``, the group, ``person`` and `sums` as floats.
    """
    by_person = in_period(rows, frequency=frequency).group_by(*group_keys(by))
    return collected(by_person.agg(*(nw.col(name).sum() for name in sums)), frequency=frequency)


def collected(
    rows: nw.LazyFrame[Any], *, frequency: Frequency, keep: tuple[str, ...] = ()
) -> pd.DataFrame:
    """Bring grouped rows to pandas: texts as `str`, numbers as floats, ``period`` by its name.

    Parameters
    ----------
    keep : tuple of str
        Columns that are neither text nor number, or text besides the usual ones.
    """
    frame = rows.collect("pyarrow").to_native().to_pandas()
    starts = pd.to_datetime(frame["period_start"])
    frame = frame.drop(columns="period_start").assign(period=period_names(starts, frequency))
    text = ["period", *_KEYS[1:], "project", "kind"]
    # DuckDB's sums of integers arrive as decimals.
    types = {
        name: "str" if name in text else "float64" for name in frame.columns if name not in keep
    }
    return frame.astype(types)


def reasons_where(
    cells: pd.DataFrame,
    holds: pd.Series,
    markers: list[str],
    text: str,
    share: pd.Series | None = None,
    *,
    count: pd.Series | None = None,
    **values: object,
) -> pd.DataFrame:
    """Say of the cells in which `holds` why their `markers` are not shown.

    Parameters
    ----------
    cells : pandas.DataFrame
        ``period`` and the group.
    text : str
        A message: with ``{share}`` where the `share` (0–1) goes as a percentage, ``{n}`` for the
        `count`.
    **values
        What else the message names.
    """
    keys = [name for name in ("period", "department", "team") if name in cells]
    found = cells.loc[holds, keys]
    said: list[str] = []
    if share is not None:
        said = [tr(text, share=percentage(value), **values) for value in share[holds]]
    elif count is not None:
        said = [tr(text, n=int(value), **values) for value in count[holds]]
    else:
        said = [tr(text, **values)] * len(found)
    table = found.assign(why_not=said).merge(pd.DataFrame({"marker": markers}), how="cross")
    return table.astype({"marker": "str", "why_not": "str"})[[*keys, "marker", "why_not"]]
