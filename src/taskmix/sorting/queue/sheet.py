"""The sheet that people fill in: what it shows, and what is taken of it when it comes back."""

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from taskmix.errors import SortingError
from taskmix.sorting._titles import normalise_titles
from taskmix.taxonomy import CATEGORIES, parse_terms

#: No prediction, no colour, no person, and no hours: tasks to learn from are shorter than the
#: audit's, and would be told apart by them.
COLUMNS = ("task_id", "date", "project", "title", "tag", "note")
_NEEDED = ("task_id", "title", "tag")
#: A cell that begins so is a formula to a spreadsheet, and titles are anybody's text.
_FORMULA = ("=", "+", "-", "@", "'")
_SHOWN = 60
_EXCEL = ".xlsx"


class SheetError(SortingError):
    """A sheet that cannot be read or written as a whole."""


@dataclass(frozen=True)
class Answers:
    """What a filled sheet says.

    Attributes
    ----------
    given : pandas.DataFrame
        One row an answer: ``task_id``, ``kind`` (as it was drawn) and ``category``.
    refused : pandas.DataFrame
        One row a row that cannot be taken: ``row`` (as a spreadsheet counts; the header is 1),
        ``task_id``, ``reason`` (short code), ``detail`` (what was found and what to do).
    n_rows, n_unanswered : int
        Rows of the sheet that are not blank; those without a tag.
    """

    given: pd.DataFrame
    refused: pd.DataFrame
    n_rows: int
    n_unanswered: int


def title_digests(titles: "pd.Series[str]") -> "pd.Series[str]":
    """Digest titles in their normal form, by which a sheet's title is known again."""
    made = [
        hashlib.sha256(title.encode("utf-8")).hexdigest()[:16] for title in normalise_titles(titles)
    ]
    return pd.Series(made, index=titles.index, dtype="str")


def make_sheet(draw: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Make the sheet of a draw.

    Parameters
    ----------
    draw : pandas.DataFrame
        ``position`` and ``task_id``; see `draw_queue`.
    tasks : pandas.DataFrame
        ``task_id``, ``local_date``, ``project`` and ``title`` of the log.

    Returns
    -------
    pandas.DataFrame
        One row a task in the shuffled order: ``task_id``, ``date``, ``project``, ``title``,
        ``tag`` and ``note`` (empty). Texts that a spreadsheet would run begin with ``'``.
    """
    rows = draw[["position", "task_id"]].merge(tasks, on="task_id").sort_values("position")
    made = {
        "task_id": rows["task_id"],
        "date": rows["local_date"].dt.strftime("%Y-%m-%d"),
        "project": _guarded(rows["project"]),
        "title": _guarded(rows["title"]),
    }
    sheet = pd.DataFrame({**made, "tag": "", "note": ""}).astype("str")
    return sheet[list(COLUMNS)].reset_index(drop=True)


def sheet_bytes(sheet: pd.DataFrame, *, excel: bool) -> bytes:
    """Write a sheet as a file's content: CSV in UTF-8 with a mark that Excel knows, or .xlsx.

    Raises
    ------
    SheetError
        If Excel is asked for and openpyxl is not installed.
    """
    if not excel:
        return sheet.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    if find_spec("openpyxl") is None:
        raise SheetError(
            "an Excel sheet needs openpyxl, which is not installed; install it, or leave --xlsx "
            "out: spreadsheets open the CSV as it is"
        )
    held = io.BytesIO()
    sheet.to_excel(held, index=False, sheet_name="tags", engine="openpyxl")
    return held.getvalue()


def read_sheet(path: Path) -> pd.DataFrame:
    """Read a filled sheet as text, cell by cell.

    Parameters
    ----------
    path : pathlib.Path
        The CSV (separated by commas, semicolons or tabs) or .xlsx, as a spreadsheet saved it.

    Returns
    -------
    pandas.DataFrame
        Its columns, named in small letters; index ``row``: the number a spreadsheet shows.

    Raises
    ------
    SheetError
        If it cannot be read, or lacks a column.
    """
    try:
        if path.suffix.lower() == _EXCEL:
            rows = _excel_rows(path)
        else:
            rows = _csv_rows(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SheetError(
            f"{path}: is not in UTF-8 (byte {error.start}), so names would be misread; save it "
            'as "CSV UTF-8", or as .xlsx'
        ) from error
    except OSError as error:
        raise SheetError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (CalamineError, csv.Error) as error:
        raise SheetError(
            f"{path}: is no sheet that can be read ({error}); save it again as .csv or .xlsx"
        ) from error
    header = [str(name).strip().casefold() for name in rows[0]] if rows else []
    missing = [name for name in _NEEDED if name not in header]
    if missing or len(set(header) - {""}) < len([name for name in header if name]):
        raise SheetError(
            f"{path}: needs the columns {', '.join(_NEEDED)}, each once; found "
            f"{', '.join(filter(None, header)) or 'none'}. Is this a sheet of `taskmix queue draw`?"
        )
    width = len(header)
    body = [(row + [""] * width)[:width] for row in rows[1:]]
    index = pd.RangeIndex(2, len(body) + 2, name="row")
    sheet = pd.DataFrame(body, columns=header, index=index, dtype="str")
    filled = sheet[list(_NEEDED)].apply(lambda column: column.str.strip() != "").any(axis=1)
    return sheet[filled]


def check_answers(
    sheet: pd.DataFrame, draw: pd.DataFrame, *, spellings: Mapping[str, str] | None = None
) -> Answers:
    """Check a filled sheet row by row against what was drawn.

    Parameters
    ----------
    sheet : pandas.DataFrame
        As `read_sheet` returns it.
    draw : pandas.DataFrame
        ``task_id``, ``kind`` and ``title_digest`` of the draw that it is the sheet of.
    spellings : mapping of str to str, optional
        The workspace's own, as in ``[tags]``.

    Returns
    -------
    Answers
        Rows = given + refused + unanswered, but for a row that repeats another.
    """
    ids, text = sheet["task_id"].str.strip(), sheet["tag"].str.strip()
    drawn = draw.set_index("task_id")
    title = _unguarded(sheet["title"])
    category, unknown = parse_terms(text, "category", extra=spellings)
    differs = category.notna() & (category.groupby(ids).transform("nunique") > 1)
    checks = {
        "unknown_id": (
            ~ids.isin(drawn.index),
            "task_id " + _quoted(ids) + " was not drawn for this sheet; copy it from the sheet "
            "as it was written",
        ),
        "changed_title": (
            title_digests(title) != ids.map(drawn["title_digest"]),
            "the title reads " + _quoted(title) + ", which is not this task's; undo the change "
            "(were columns sorted apart from each other?)",
        ),
        "unknown_tag": (
            unknown,
            _quoted(text) + f" is no tag; write {', '.join(CATEGORIES)}, or add it to [tags] in "
            "taskmix.toml",
        ),
        "two_tags": (
            differs,
            "task_id " + _quoted(ids) + " stands in several rows with different tags; keep one",
        ),
    }
    reason = pd.Series(pd.NA, index=sheet.index, dtype="str")
    detail = reason.copy()
    for code, (rows, words) in checks.items():
        new = rows & reason.isna()
        reason, detail = reason.mask(new, code), detail.mask(new, words)
    bad = reason.notna()
    refused = pd.DataFrame({"task_id": ids, "reason": reason, "detail": detail})[bad]
    answered = category.notna() & ~bad
    given = pd.DataFrame({"task_id": ids, "kind": ids.map(drawn["kind"]), "category": category})
    return Answers(
        given=given[answered].drop_duplicates("task_id").reset_index(drop=True),
        refused=refused.reset_index(),
        n_rows=len(sheet),
        n_unanswered=int((~answered & ~bad).sum()),
    )


def _csv_rows(text: str) -> list[list[str]]:
    header = text.split("\n", 1)[0]
    # Where a decimal comma is usual, spreadsheets save with semicolons.
    delimiter = max((",", ";", "\t"), key=header.count)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _excel_rows(path: Path) -> list[list[str]]:
    with path.open("rb") as file:
        sheets = CalamineWorkbook.from_filelike(file)
        cells = sheets.get_sheet_by_index(0).to_python(skip_empty_area=False)
    return [[_text(cell) for cell in row] for row in cells]


def _text(cell: object) -> str:
    # A title such as "404" may have become a number.
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _guarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    shown = texts.astype("str").fillna("")
    return ("'" + shown).where(shown.str.startswith(_FORMULA), shown)


def _unguarded(texts: "pd.Series[str]") -> "pd.Series[str]":
    guarded = texts.str.startswith(tuple("'" + mark for mark in _FORMULA))
    return texts.str.slice(1).where(guarded, texts)


def _quoted(texts: "pd.Series[str]") -> "pd.Series[str]":
    return "'" + texts.str.slice(0, _SHOWN) + "'"
