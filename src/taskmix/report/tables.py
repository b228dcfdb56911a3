"""The table behind a chart: as HTML rows, and as a CSV that a spreadsheet opens safely."""

import base64
import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from taskmix.language import number, tr
from taskmix.report.text import clean, without_pseudo_html

#: Rows shown on the page; the CSV always holds all of them.
SHOWN_ROWS = 200

_FORMULA = ("=", "+", "-", "@")

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """Columns and rows of plain values.

    Parameters
    ----------
    columns : tuple of str
        The columns' names.
    rows : tuple of tuple
        The rows; None is a missing value.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def shown(self) -> list[list[tuple[str, bool]]]:
        """The page's rows: the text of each cell, and whether it is a number."""
        return [[_shown(cell) for cell in row] for row in self.rows[:SHOWN_ROWS]]

    @property
    def hidden(self) -> int:
        """How many rows the page leaves to the CSV."""
        return max(0, len(self.rows) - SHOWN_ROWS)

    def csv_uri(self) -> str:
        """Return the table as a ``data:`` address of a UTF-8 CSV."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([_guarded(name) for name in self.columns])
        writer.writerows([[_guarded(cell) for cell in row] for row in self.rows])
        # With the mark in front, Excel too reads UTF-8.
        data = base64.b64encode(text.getvalue().encode("utf-8-sig")).decode("ascii")
        return f"data:text/csv;charset=utf-8;base64,{data}"


def _shown(cell: Cell) -> tuple[str, bool]:
    if cell is None:
        return "–", False
    if isinstance(cell, bool):
        return (tr("True") if cell else tr("False")), False
    if isinstance(cell, str):
        return clean(cell), False
    return _number(cell), True


def _number(cell: float) -> str:
    if abs(cell) >= 10_000:
        return number(cell)
    text = str(cell)
    whole, _, decimals = text.partition(".")
    is_plain = whole.lstrip("-").isdigit() and decimals.isdigit()
    return number(cell, len(decimals), grouped=False) if is_plain else text


def _guarded(cell: Cell) -> Cell:
    if isinstance(cell, str):
        text = clean(cell)
        # A spreadsheet would run such a cell as a formula.
        return f"'{text}" if text.lstrip().startswith(_FORMULA) else text
    return cell


def traces_table(traces: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> Table | None:
    """Return the table of a figure that brings none, where its traces are simple.

    Traces on one shared axis stand side by side; others are listed one below the other with
    a column for their name. Interval bands and traces without plain values are left out.

    Parameters
    ----------
    traces : sequence of mapping
        Plain traces (see ``plotly_json.plain``).
    layout : mapping
        The plain layout, for the axes' titles.

    Returns
    -------
    Table or None
        None when no trace is simple enough.
    """
    found = [trace for trace in map(_simple, traces) if trace is not None]
    if not found:
        return None
    lying = all(trace.lying for trace in found)
    x, y = _axis_title(layout, "x"), _axis_title(layout, "y")
    key, measure = (y, x) if lying else (x, y)
    keys = found[0].keys
    if len(found) == 1:
        return Table(
            (key, found[0].name or measure), tuple(zip(keys, found[0].values, strict=True))
        )
    if all(trace.keys == keys for trace in found):
        names = tuple(trace.name or tr("series {i}", i=i) for i, trace in enumerate(found, 1))
        columns = [keys, *(trace.values for trace in found)]
        return Table((key, *names), tuple(zip(*columns, strict=True)))
    rows = [(t.name, k, v) for t in found for k, v in zip(t.keys, t.values, strict=True)]
    return Table(("series", key, measure), tuple(rows))


@dataclass(frozen=True)
class _Trace:
    name: str
    keys: tuple[Cell, ...]
    values: tuple[Cell, ...]
    lying: bool


def _simple(trace: Mapping[str, Any]) -> _Trace | None:
    if trace.get("fill") == "toself":
        return None
    lying = trace.get("orientation") == "h"
    keys, values = (
        (trace.get("labels"), trace.get("values"))
        if "labels" in trace
        else (trace.get("y"), trace.get("x"))
        if lying
        else (trace.get("x"), trace.get("y"))
    )
    if not isinstance(keys, list) or not isinstance(values, list) or len(keys) != len(values):
        return None
    if any(isinstance(cell, list | dict) for cell in (*keys, *values)):
        return None
    readable = [without_pseudo_html(k) if isinstance(k, str) else k for k in keys]
    name = without_pseudo_html(trace.get("name") or "")
    return _Trace(name, tuple(readable), tuple(values), lying)


def _axis_title(layout: Mapping[str, Any], letter: str) -> str:
    title = layout.get(f"{letter}axis", {}).get("title") or ""
    text = title.get("text") if isinstance(title, Mapping) else title
    return without_pseudo_html(text or "") or letter
