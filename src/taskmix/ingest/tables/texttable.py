"""A table as text: what every file becomes before anything is read out of it."""

import datetime as dt
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pandas as pd

from taskmix.ingest.protocol import Fault


@dataclass(frozen=True)
class TextTable:
    """A table as text.

    Attributes
    ----------
    records : pandas.DataFrame
        `str` columns; index: record number from 1. Empty cells are missing.
    typed_dates : frozenset of str
        Columns with dates or times of day in the file itself; they are written as ISO here.
    numbers : dict of str to pandas.Series of bool
        By column, the cells that were numbers in the file itself: written with a point
        here, whatever the decimal mark of the texts beside them.
    faults : list of Fault
        Records that do not fit the header.
    """

    records: pd.DataFrame
    typed_dates: frozenset[str] = frozenset()
    numbers: dict[str, pd.Series] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def typed_table(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> TextTable:
    """Write typed cells as text; a column of dates becomes ISO, without a time if none has one."""
    header = unique_names(names)
    columns = {name: [row[at] for row in rows] for at, name in enumerate(header)}
    typed = frozenset(name for name, cells in columns.items() if any(map(_is_moment, cells)))
    texts = {
        name: [_as_day(cell) for cell in cells] if _days_only(cells) else list(map(as_text, cells))
        for name, cells in columns.items()
    }
    records = text_frame(texts, n_rows=len(rows))
    numbers = {
        name: pd.Series(list(map(_is_number, cells)), index=records.index, dtype="bool")
        for name, cells in columns.items()
        if any(map(_is_number, cells))
    }
    return TextTable(records, typed_dates=typed, numbers=numbers)


def as_text(cell: Any) -> str:
    """Write a cell as text; an empty one as the empty text.

    Examples
    --------
    >>> import datetime as dt
    >>> as_text(1735.0), as_text(dt.timedelta(hours=26, minutes=5)), as_text(["a", 2])
    ('1735', '26:05:00', 'a; 2')
    """
    if cell is None or cell is pd.NaT or cell is pd.NA:
        return ""
    if isinstance(cell, float):
        # Spreadsheets keep an id 1735 as 1735.0.
        return "" if math.isnan(cell) else str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, dt.timedelta | dt.date | dt.time):
        return _as_clock(cell) if isinstance(cell, dt.timedelta) else cell.isoformat()
    if isinstance(cell, list | tuple):
        return "; ".join(map(as_text, cell))
    if isinstance(cell, dict):
        return json.dumps(cell, ensure_ascii=False, default=as_text)
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def unique_names(names: Sequence[str]) -> list[str]:
    """Tell repeated column names apart.

    Examples
    --------
    >>> unique_names(["Labels", "Labels", "Labels.2"])
    ['Labels', 'Labels.2', 'Labels.2.2']
    """
    last: dict[str, int] = {}
    unique = []
    for name in map(plain_text, names):
        number = last.get(name, 0) + 1
        while number > 1 and f"{name}.{number}" in last:
            number += 1
        last[name] = number
        unique.append(name if number == 1 else f"{name}.{number}")
        last.setdefault(unique[-1], 1)
    return unique


def plain_text(text: str) -> str:
    r"""Replace what no Unicode text may hold: half of a surrogate pair, as JSON can spell it.

    Examples
    --------
    >>> plain_text("half \ud800 a pair")
    'half � a pair'
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def text_frame(columns: dict[str, list[str]], *, n_rows: int) -> pd.DataFrame:
    """Make records, numbered from 1, of stripped cells; empty ones are missing."""
    index = pd.RangeIndex(1, n_rows + 1, name="row")
    # All columns in one go, end to end: of a short table each call costs more than its cells.
    text = _stripped([cell for cells in columns.values() for cell in cells]).array
    places = {name: slice(at * n_rows, (at + 1) * n_rows) for at, name in enumerate(columns)}
    return pd.DataFrame({name: text[place] for name, place in places.items()}, index)


def _stripped(cells: list[str]) -> pd.Series:
    try:
        text = pd.Series(cells, dtype="str")
    except UnicodeEncodeError:
        text = pd.Series(list(map(plain_text, cells)), dtype="str")
    text = text.str.strip()
    return text.mask(text == "")


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)


def _is_moment(cell: Any) -> bool:
    return isinstance(cell, dt.date | dt.time) and cell is not pd.NaT


def _days_only(cells: list[Any]) -> bool:
    """Tell whether every moment of a column is a day; an instant with a zone is none."""
    times = [cell for cell in cells if isinstance(cell, dt.datetime) and cell is not pd.NaT]
    return bool(times) and all(cell.tzinfo is None and cell.time() == dt.time() for cell in times)


def _as_day(cell: Any) -> str:
    return as_text(cell.date() if isinstance(cell, dt.datetime) and _is_moment(cell) else cell)


def _as_clock(length: dt.timedelta) -> str:
    """Write a duration as people write it, since 26 hours are no day and two hours."""
    sign = "-" if length < dt.timedelta() else ""
    minutes, rest = divmod(abs(length), dt.timedelta(minutes=1))
    seconds = f"{rest.seconds:02d}" + (f".{rest.microseconds:06d}" if rest.microseconds else "")
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{seconds}"
