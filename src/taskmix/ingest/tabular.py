"""Read CSV, Excel, JSON lines and Parquet into text, losing and guessing nothing."""

import csv
import datetime as dt
import io
import json
import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.lib
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from taskmix.errors import ReaderError
from taskmix.ingest.protocol import Fault

_SUFFIX_FORMATS = {
    ".xlsx": "excel", ".xls": "excel", ".xlsm": "excel", ".xlsb": "excel", ".ods": "excel",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
}  # fmt: skip
_BINARY_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF", b"\x89PNG", b"\x1f\x8b")


@dataclass(frozen=True)
class TextTable:
    """A table as text.

    Attributes
    ----------
    records : pandas.DataFrame
        `str` columns; index: record number from 1. Empty cells are missing.
    typed_dates : frozenset of str
        Columns whose cells were dates in the file itself; they are written as ISO here.
    faults : list of Fault
        Records that do not fit the header.
    """

    records: pd.DataFrame
    typed_dates: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)


def file_format(path: Path) -> str:
    """Tell ``csv``, ``excel``, ``jsonl`` or ``parquet`` by the file's ending."""
    return _SUFFIX_FORMATS.get(path.suffix.lower(), "csv")


def read_table(
    path: Path,
    *,
    form: str | None = None,
    encoding: str = "utf-8",
    delimiter: str = ",",
    sheet: str | None = None,
) -> TextTable:
    """Read a file whose form, encoding and separator are known.

    Raises
    ------
    ReaderError
        If the file is missing, empty, of another form, or not in this encoding.
    """
    form = form or file_format(path)
    try:
        if path.stat().st_size == 0:
            raise ReaderError(f"{path}: the file is empty; export it again")
        if form == "excel":
            return _read_excel(path, sheet)
        if form == "parquet":
            return _read_parquet(path)
        text = read_text(path, encoding=encoding)
    except OSError as error:
        raise ReaderError(f"{path}: cannot be opened ({error.strerror})") from error
    return _read_jsonl(path, text) if form == "jsonl" else _read_csv(path, text, delimiter)


def read_text(path: Path, *, encoding: str = "utf-8") -> str:
    """Decode a text file; a byte order mark is left out."""
    content = path.read_bytes()
    if content.startswith(_BINARY_MARKS) or (
        b"\x00" in content[:4096] and "16" not in encoding and "32" not in encoding
    ):
        raise ReaderError(
            f"{path}: this is a binary file, not text; export it as CSV, or give it its own "
            "ending (.xlsx, .parquet)"
        )
    try:
        return content.decode("utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReaderError(
            f"{path}: line {line} is not {encoding} text (byte 0x{content[error.start]:02x}); "
            'name the file\'s encoding in its [mapping], such as encoding = "cp1252"'
        ) from error


def _read_csv(path: Path, text: str, delimiter: str) -> TextTable:
    csv.field_size_limit(10_000_000)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [row for row in lines if row]
    except csv.Error as error:
        raise ReaderError(
            f"{path}: line {lines.line_num} is no valid CSV ({error}); a quotation mark there is "
            "not closed or not doubled"
        ) from error
    if not rows:
        raise ReaderError(f"{path}: the file holds no header and no rows; export it again")
    header = unique_names([name.strip() for name in rows[0]])
    body = rows[1:]
    width = len(header)
    wrong = [number for number, row in enumerate(body, start=1) if len(row) != width]
    detail = {
        number: f"the record has {len(body[number - 1])} fields, the header {width}; a separator "
        "or quotation mark inside a field?"
        for number in wrong
    }
    padded = [(row + [""] * width)[:width] if len(row) != width else row for row in body]
    for number in wrong:
        # What stands beyond the header is kept, in the last column, for the quarantine.
        padded[number - 1][-1:] = [delimiter.join(body[number - 1][width - 1 :])]
    records = _frame(padded, header)
    faults = []
    if wrong:
        details = pd.Series(detail, dtype="str").reindex(records.index)
        faults = [Fault(details.notna(), "fields_do_not_fit_header", details)]
    return TextTable(records, faults=faults)


def _read_jsonl(path: Path, text: str) -> TextTable:
    rows: list[dict[str, Any]] = []
    detail: dict[int, str] = {}
    for line in filter(str.strip, text.splitlines()):
        try:
            value = json.loads(line)
        except ValueError as error:
            value, problem = {"record": line}, f"no valid JSON ({error})"
        else:
            problem = "" if isinstance(value, dict) else "the line is no JSON object"
            value = value if isinstance(value, dict) else {"record": line}
        rows.append(value)
        if problem:
            detail[len(rows)] = problem
    if len(detail) == len(rows):
        raise ReaderError(f"{path}: no line of the file is a JSON object; is it JSON lines?")
    header = list(dict.fromkeys(name for row in rows for name in row))
    records = _frame([[_as_text(row.get(name)) for name in header] for row in rows], header)
    details = pd.Series(detail, dtype="str").reindex(records.index)
    return TextTable(
        records, faults=[Fault(details.notna(), "no_json_object", details)] if detail else []
    )


def _read_excel(path: Path, sheet: str | None) -> TextTable:
    try:
        book = CalamineWorkbook.from_path(str(path))
    except CalamineError as error:
        raise ReaderError(f"{path}: cannot be read as a spreadsheet ({error})") from error
    if sheet is not None and sheet not in book.sheet_names:
        raise ReaderError(f"{path}: no sheet {sheet!r}; found {', '.join(book.sheet_names)}")
    cells = book.get_sheet_by_name(sheet or book.sheet_names[0]).to_python()
    if not cells:
        raise ReaderError(f"{path}: the sheet {sheet or book.sheet_names[0]!r} is empty")
    header = unique_names([str(name).strip() for name in cells[0]])
    frame = pd.DataFrame(cells[1:], columns=header, dtype="object")
    return _typed_table(frame[[bool(set(row) - {"", None}) for row in cells[1:]]])


def _read_parquet(path: Path) -> TextTable:
    try:
        arrow = pq.read_table(path)
    except (pyarrow.lib.ArrowException, OSError) as error:
        raise ReaderError(f"{path}: cannot be read as Parquet ({error})") from error
    return _typed_table(arrow.to_pandas(date_as_object=True).astype("object"))


def _typed_table(frame: pd.DataFrame) -> TextTable:
    """Write typed cells as text; a column of dates becomes ISO, without a time if none has one."""
    typed = frozenset(
        name for name in frame if frame[name].map(lambda cell: isinstance(cell, dt.date)).any()
    )
    text = {
        name: frame[name].map(_without_midnight(frame[name]) if name in typed else _as_text)
        for name in frame
    }
    records = _frame(pd.DataFrame(text, columns=frame.columns).to_numpy().tolist(), list(frame))
    return TextTable(records, typed_dates=typed)


def _without_midnight(cells: pd.Series) -> Any:
    times = [cell for cell in cells if isinstance(cell, dt.datetime) and not pd.isna(cell)]
    days_only = all(cell.time() == dt.time() for cell in times)

    def write(cell: Any) -> str:
        if isinstance(cell, dt.datetime) and not pd.isna(cell):
            return cell.date().isoformat() if days_only else cell.isoformat()
        return _as_text(cell)

    return write


def _as_text(cell: Any) -> str:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # spreadsheets keep an id 1735 as 1735.0
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return "; ".join(map(_as_text, cell))
    return json.dumps(cell, ensure_ascii=False) if isinstance(cell, dict) else str(cell)


def unique_names(names: list[str]) -> list[str]:
    """Tell repeated column names apart: ``Labels``, ``Labels.2``, ``Labels.3``."""
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return unique


def _frame(rows: list[list[str]], header: list[str]) -> pd.DataFrame:
    records = pd.DataFrame(rows, columns=header, dtype="str")
    records.index = pd.RangeIndex(1, len(records) + 1, name="row")
    stripped = records.apply(lambda column: column.str.strip())
    return stripped.mask(stripped == "")
