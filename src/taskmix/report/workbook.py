"""All tables of a page as one Excel workbook: a sheet a table, and one that lists them."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from taskmix.language import ENGLISH, noted, speaking, tr
from taskmix.report.outputs import read_pieces
from taskmix.report.proof import find_result, read_notebook
from taskmix.report.sheets import Sheet, page_sheets
from taskmix.report.tables import Cell
from taskmix.report.text import clean

#: What the list of sheets takes from the notebook's result, and how it names it.
_FACTS = {
    "headline": noted("Finding"),
    "organisation": noted("Organisation"),
    "team": noted("Team"),
    "period": noted("Period"),
    "data_through": noted("Data through"),
    "made_at": noted("Made"),
    "time_zone": noted("Time zone"),
    "table_version": noted("Table version"),
    "taskmix_version": "taskmix",
}
#: The headings of that list.
_LIST = (
    noted("Sheet"),
    noted("What it shows"),
    noted("Unit and base"),
    noted("Rows"),
    noted("Cells left empty"),
    noted("Remark"),
)
_EMPTY = noted(
    "A cell is left empty where a figure is not shown, because the group is too small or would "
    "give one away, or where it is not known. A group that is not shown at all has no row."
)
_CELL_LENGTH = 32_767
_WIDEST = 60
#: A workbook without a time of its own must still be the same each time.
_NO_TIME = datetime(2000, 1, 1)


def export_workbook(notebook: Any) -> bytes:
    """Return the tables of an executed notebook's page as an ``.xlsx`` file.

    The tables are those that the page shows: the one behind each chart, and those of blocks,
    outputs and paragraphs. Text is never taken for a formula. The same notebook gives the same
    bytes.

    Parameters
    ----------
    notebook : path or NotebookNode
        The executed notebook.

    Raises
    ------
    ReportError
        If the notebook cannot be read, or a figure in it is broken.
    """
    cells = read_notebook(notebook)["cells"]
    facts = find_result(cells) or {}
    with speaking(str(facts.get("locale") or ENGLISH)):
        return write_workbook(page_sheets(read_pieces(cells)), facts)


def write_workbook(sheets: Sequence[Sheet], facts: Mapping[str, Any]) -> bytes:
    """Return a workbook of sheets, with the list of them in front.

    Parameters
    ----------
    sheets : sequence of Sheet
        With names that Excel allows, each once.
    facts : mapping
        The notebook's result, or nothing.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"title": _text(facts.get("headline", "")), "created": _made(facts)})
    bold = book.add_format({"bold": True})
    known = [(tr(words), facts[key]) for key, words in _FACTS.items() if facts.get(key) is not None]
    listed = [
        (
            sheet.name,
            sheet.title,
            sheet.subtitle,
            len(sheet.table.rows),
            _left_empty(sheet),
            sheet.note,
        )
        for sheet in sheets
    ]
    front = book.add_worksheet(tr("Contents"))
    _write_rows(front, [*known, (), tuple(map(tr, _LIST)), *listed, (), (tr(_EMPTY),)])
    front.set_row(len(known) + 1, None, bold)
    front.set_column(0, 0, 24)
    front.set_column(1, 2, _WIDEST)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        _write_rows(page, [sheet.table.columns, *sheet.table.rows])
        page.set_row(0, None, bold)
        page.freeze_panes(1, 0)
        page.autofit(_WIDEST * 7)
    book.close()
    return file.getvalue()


def _left_empty(sheet: Sheet) -> str:
    """Name the columns with empty cells, and how many each has."""
    counts = [
        (name, sum(row[place] is None for row in sheet.table.rows))
        for place, name in enumerate(sheet.table.columns)
    ]
    return ", ".join(f"{name}: {count}" for name, count in counts if count)


def _write_rows(page: Any, rows: Iterable[Sequence[Cell]]) -> None:
    for line, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, bool):
                page.write_boolean(line, place, cell)
            elif isinstance(cell, int | float):
                page.write_number(line, place, cell)
            elif cell is not None:
                # Never `write`, which would take a name such as "=1+1" for a formula.
                page.write_string(line, place, _text(cell))


def _text(value: object) -> str:
    return clean(value)[:_CELL_LENGTH]


def _made(facts: Mapping[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(str(facts.get("made_at"))).replace(tzinfo=None)
    except ValueError:
        return _NO_TIME
