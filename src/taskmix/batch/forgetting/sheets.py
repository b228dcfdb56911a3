"""Sheets of the queue, and refused records that were handed out: one person leaves them."""

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from taskmix.batch.forgetting.csvlines import columns_of, without_rows
from taskmix.batch.forgetting.traces import Purpose
from taskmix.errors import ReportError
from taskmix.ingest.settle import CORRECTS

_EXCEL = ".xlsx"
#: Endings of files that may be such a sheet.
SHEETS = (".csv", _EXCEL)
_TASK = "task_id"
_Book = dict[str, list[list[object]]]


def rows_to_change(path: Path, purpose: Purpose) -> int:
    """Count the rows of a sheet that show the person; 0 for a file that is no such sheet.

    A name of theirs in the name of an export counts for one.
    """
    try:
        return _cut(path, purpose)[1] or int(_new_name(path, purpose) != path.name)
    except (OSError, csv.Error, CalamineError):
        # What cannot be read is listed with the files that still name them, if it does.
        return 0


def without_person(path: Path, purpose: Purpose) -> int:
    """Write a sheet without the rows of the person, and other people's without their name.

    Everything else in it stays. An Excel sheet keeps its cells, and loses how they were dressed.
    An export of refused records goes where none is left in it, and loses a name of the person's
    from its own.

    Returns
    -------
    int
        How many rows were changed.

    Raises
    ------
    ReportError
        If it cannot be read any more.
    """
    new_path = path.with_name(_new_name(path, purpose))
    try:
        content, changed = _cut(path, purpose)
    except (csv.Error, CalamineError) as error:
        raise ReportError(f"{path}: is no sheet any more ({error}); remove it yourself") from error
    half = new_path.with_name(f".{new_path.name}.part")
    half.touch(mode=path.stat().st_mode & 0o777)
    if isinstance(content, bytes):
        half.write_bytes(content)
    else:
        _write_excel(half, content)
    half.replace(new_path)
    if new_path != path:
        path.unlink()
    if _is_export(new_path) and len(new_path.read_bytes().splitlines()) == 1:
        new_path.unlink()
    return changed


def _new_name(path: Path, purpose: Purpose) -> str:
    return purpose.forgotten.mask(path.name) if _is_export(path) else path.name


def _is_export(path: Path) -> bool:
    if path.suffix.lower() == _EXCEL:
        return False
    with path.open("rb") as file:
        return CORRECTS in columns_of(_decoded(file.readline())[0])


def _cut(path: Path, purpose: Purpose) -> tuple[bytes | _Book, int]:
    if path.suffix.lower() == _EXCEL:
        return _cut_excel(path, purpose)
    with path.open("rb") as file:
        columns = columns_of(_decoded(file.readline())[0])
    is_gone = _rule(columns, purpose)
    if is_gone is None:
        return b"", 0
    text, encoding = _decoded(path.read_bytes())
    # Titles are other people's words; a refused record is handed out as it is kept, masked.
    mask = str if _TASK in columns else purpose.forgotten.mask
    kept, changed = without_rows(text, is_gone, rewrite=mask)
    return kept.encode(encoding), changed


def _cut_excel(path: Path, purpose: Purpose) -> tuple[_Book, int]:
    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        held = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names}  # fmt: skip
    removed, kept = 0, {}
    for name, rows in held.items():
        columns = [str(cell).strip().casefold() for cell in rows[0]] if rows else []
        is_gone = _rule(columns, purpose)
        body = [
            row
            for row in rows[1:]
            if is_gone is None
            or not is_gone(dict(zip(columns, (str(cell).strip() for cell in row), strict=False)))
        ]
        removed += len(rows[1:]) - len(body)
        kept[name] = [*rows[:1], *body]
    return kept, removed


def _rule(columns: list[str], purpose: Purpose) -> Callable[[dict[str, str]], bool] | None:
    """Return what tells a row of the person's; None where the columns are no such sheet's."""
    traces = purpose.traces
    if _TASK in columns:
        return lambda row: row.get(_TASK, "") in traces.task_ids
    if CORRECTS in columns:
        return lambda row: (
            row.get(CORRECTS, "") in traces.refusals or not traces.titles.isdisjoint(row.values())
        )
    return None


def _write_excel(path: Path, sheets: _Book) -> None:
    with (
        path.open("wb") as file,
        pd.ExcelWriter(
            file,
            engine="xlsxwriter",
            # A title that begins with "=" or "https:" is a title.
            engine_kwargs={"options": {"strings_to_formulas": False, "strings_to_urls": False}},
        ) as writer,
    ):
        for name, rows in sheets.items():
            pd.DataFrame(rows).to_excel(writer, sheet_name=name, index=False, header=False)


def _decoded(content: bytes) -> tuple[str, str]:
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Ids are ASCII, and this one gives every other byte back as it was.
        return content.decode("latin-1"), "latin-1"
