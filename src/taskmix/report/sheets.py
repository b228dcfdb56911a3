"""Which tables a page has: those behind its charts, and those that stand in its text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import bs4

from taskmix.language import separators, tr
from taskmix.report.outputs import Piece
from taskmix.report.tables import Cell, Table
from taskmix.report.text import clean, slug

#: What Excel allows in a sheet's name.
_NAME_LENGTH = 31
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
#: How the page writes what is missing.
_MISSING = frozenset(("", "–", "nan", "NaN", "None", "<NA>"))


@dataclass(frozen=True)
class Sheet:
    """One table of a page.

    Parameters
    ----------
    name : str
        Unique among the page's tables, of letters, digits and hyphens.
    title, subtitle, note : str
        What it shows; unit and base; a remark.
    table : Table
        Its columns and rows.
    """

    name: str
    title: str
    subtitle: str
    note: str
    table: Table


def page_sheets(pieces: Iterable[Piece]) -> list[Sheet]:
    """Return the tables of a page's pieces, in order.

    Examples
    --------
    >>> html = "<h2>By team</h2><table><tr><th>team</th></tr><tr><td>Red</td></tr></table>"
    >>> [(sheet.name, sheet.table.rows) for sheet in page_sheets([Piece("html", html)])]
    [('by-team', (('Red',),))]
    """
    named: list[Sheet] = []
    taken: set[str] = {slug(tr("Contents"))}
    for sheet in _unnamed(pieces):
        name = _free(slug(sheet.name, longest=_NAME_LENGTH) or "table", taken)
        taken.add(name)
        named.append(replace(sheet, name=name))
    return named


def _unnamed(pieces: Iterable[Piece]) -> Iterator[Sheet]:
    heading = ""
    for piece in pieces:
        chart = piece.chart
        if chart is not None:
            if chart.table is not None:
                name = chart.csv_name.removesuffix(".csv")
                yield Sheet(name, chart.title, chart.subtitle, chart.note, chart.table)
            continue
        if piece.kind not in ("block", "markdown", "html"):
            continue
        for element in bs4.BeautifulSoup(piece.html, "html.parser")([*_HEADINGS, "table"]):
            if element.name != "table":
                heading = _words(element)
            elif (table := _read(element)) is not None:
                yield Sheet(heading, heading or tr("Table"), "", "", table)


def _read(element: Any) -> Table | None:
    rows = [row(["th", "td"]) for row in element("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2:
        return None
    # A frame's columns of several levels have a row each; the last one is the narrowest.
    n_heads = max(1, len(element.select("thead tr")))
    width = max(map(len, rows))
    head = [_words(cell) for cell in rows[n_heads - 1]]
    body = tuple(_filled([_value(_words(cell)) for cell in row], width) for row in rows[n_heads:])
    return Table(tuple(head + [""] * (width - len(head))), body) if body else None


def _filled(row: list[Cell], width: int) -> tuple[Cell, ...]:
    return (*row, *[None] * (width - len(row)))


def _words(element: Any) -> str:
    return clean(" ".join(element.get_text(" ").split()))


def _value(text: str) -> Cell:
    if text in _MISSING:
        return None
    mark, group = separators()
    digits = rf"[-−]?(?:0|[1-9]\d*|[1-9]\d{{0,2}}(?:{re.escape(group)}\d{{3}})+)"
    plain = text.replace(group, "").replace("−", "-").replace(mark, ".")
    if re.fullmatch(digits, text):
        return int(plain)
    return float(plain) if re.fullmatch(rf"{digits}{re.escape(mark)}\d+", text) else text


def _free(name: str, taken: set[str]) -> str:
    """Return the name, or with the first number that makes it another one."""
    number, free = 1, name
    while free in taken:
        number += 1
        ending = f"-{number}"
        free = f"{name[: _NAME_LENGTH - len(ending)]}{ending}"
    return free
