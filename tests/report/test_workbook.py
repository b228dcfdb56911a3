"""The workbook, read by another library than wrote it."""

import io

import openpyxl
import pytest

from taskmix.errors import ReportError
from taskmix.report import export_workbook
from taskmix.report.sheets import Sheet
from taskmix.report.tables import Table
from taskmix.report.workbook import write_workbook


def _open(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def _rows(sheet):
    return list(sheet.iter_rows(values_only=True))


def test_there_is_a_sheet_for_each_table_of_the_page(make):
    book = _open(export_workbook(make.report()))
    assert book.sheetnames[0] == "Contents"
    assert "mix-by-quarter" in book.sheetnames
    rows = _rows(book["mix-by-quarter"])
    assert rows[0] == ("Quarter", "execution", "judgment", "creative", "connective")
    assert rows[-1] == ("Q3 26", 41, 29, 12, 18)
    # The analyst's own frame is among them.
    assert len(book.sheetnames) == 6


def test_the_first_sheet_says_what_each_shows_and_where_the_figures_are_from(make):
    front = _rows(_open(export_workbook(make.report()))["Contents"])
    assert ("Period", "Q3 2026", None, None, None, None) in front
    (listed,) = [row for row in front if row[0] == "mix-by-quarter"]
    assert listed[1].startswith("People’s hours move from execution to judgment")
    assert listed[3] == 8


def _sheet(*rows):
    return Sheet("teams", "Teams", "hours", "one is hidden", Table(("team", "hours"), rows))


def test_what_is_not_shown_is_empty_and_listed():
    book = _open(write_workbook([_sheet(("Red", 1.5), ("Blue", None), (None, 2))], {}))
    assert _rows(book["teams"]) == [("team", "hours"), ("Red", 1.5), ("Blue", None), (None, 2)]
    (listed,) = [row for row in _rows(book["Contents"]) if row[0] == "teams"]
    assert listed[4:] == ("team: 1, hours: 1", "one is hidden")


def test_a_name_is_never_a_formula():
    book = _open(write_workbook([_sheet(("=1+1", 1), ("@SUM(A1)", 2))], {"team": "=2+2"}))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert _rows(book["teams"])[1] == ("=1+1", 1)


def test_addresses_are_no_links():
    book = _open(write_workbook([_sheet(("https://example.org", 1))], {}))
    assert book["teams"]["A2"].hyperlink is None


def test_the_same_notebook_gives_the_same_bytes(make):
    assert export_workbook(make.report()) == export_workbook(make.report())


def test_a_name_longer_than_a_cell_is_cut():
    book = _open(write_workbook([_sheet(("W" * 40_000, 1))], {}))
    assert len(book["teams"]["A2"].value) == 32_767


def test_a_notebook_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ReportError, match=r"nowhere\.ipynb"):
        export_workbook(tmp_path / "nowhere.ipynb")
