"""Read CSV, Excel, JSON, JSON lines and Parquet into text, losing and guessing nothing."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.lib
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineWorkbook

from taskmix.errors import ReaderError
from taskmix.ingest.protocol import Fault
from taskmix.ingest.tables.compressed import content_of, plain_path
from taskmix.ingest.tables.jsontable import json_rows, read_json, read_jsonl
from taskmix.ingest.tables.texttable import (
    TextTable,
    as_text,
    text_frame,
    typed_table,
    unique_names,
)

_SUFFIX_FORMATS = {
    ".xlsx": "excel", ".xls": "excel", ".xlsm": "excel", ".xlsb": "excel", ".ods": "excel",
    ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet",
}  # fmt: skip
_BINARY_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"%PDF", b"\x89PNG")
_COMPRESSED_MARKS = (b"\x1f\x8b", b"\xfd7zXZ\x00", b"BZh9")
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 4096
_WIDEST_FIELD = 10_000_000


def file_format(path: Path) -> str:
    """Tell ``csv``, ``excel``, ``json``, ``jsonl`` or ``parquet`` by the file's ending.

    The ending of a compression does not count: ``log.json.gz`` is ``json``.
    """
    return _SUFFIX_FORMATS.get(plain_path(path).suffix.lower(), "csv")


def read_table(
    path: Path,
    *,
    form: str | None = None,
    encoding: str = "utf-8",
    delimiter: str = ",",
    sheet: str | None = None,
) -> TextTable:
    """Read a file whose form, encoding and separator are known.

    `sheet` is the part that holds the records: a spreadsheet's sheet, or the dotted names of
    an array in JSON. Text files may be compressed (``.gz``, ``.xz``, ``.bz2``).

    Raises
    ------
    ReaderError
        If the file is missing, empty, of another form, or not in this encoding.
    """
    form = form or file_format(path)
    try:
        if path.stat().st_size == 0:
            raise ReaderError(f"{path}: the file is empty; export it again")
        if form in {"excel", "parquet"}:
            if plain_path(path) != path:
                raise ReaderError(f"{path}: only text files are read compressed; unpack it")
            return _read_excel(path, sheet) if form == "excel" else _read_parquet(path)
    except OSError as error:
        raise ReaderError(f"{path}: cannot be opened ({error.strerror or error})") from error
    text = _decode(path, content_of(path), encoding)
    if form == "json":
        return read_json(path, text, records=sheet)
    return read_jsonl(path, text) if form == "jsonl" else _read_csv(path, text, delimiter)


def sample_header(path: Path) -> tuple[tuple[str, ...], str]:
    """Read the column names of a file of any form, and the text of its beginning.

    JSON that is no table has no column names and is no error here: some readers know tools'
    files by their text. Excel and Parquet have no text.

    Raises
    ------
    ReaderError
        If the file cannot be opened, or is binary where text is expected.
    """
    form = file_format(path)
    if form == "csv":
        return csv_header(path)
    if form != "json":
        return tuple(read_table(path).records.columns), ""
    _, text = csv_header(path)
    encoding = "utf-16" if content_of(path, first=2) in _UTF_16_MARKS else "utf-8"
    try:
        rows, _ = json_rows(path, _decode(path, content_of(path), encoding))
    except ReaderError:
        return (), text
    return tuple(unique_names(list(dict.fromkeys(name for row in rows for name in row)))), text


def csv_header(
    path: Path, *, encoding: str | None = None, delimiter: str = ","
) -> tuple[tuple[str, ...], str]:
    """Read the column names of a text file, and the text of its beginning.

    Without an encoding it is UTF-8, or UTF-16 where a byte order mark says so.

    Only the first record counts here: a later line's encoding must not hide whose file it is.

    Raises
    ------
    ReaderError
        If the file cannot be opened, or is binary.
    """
    content = content_of(path, first=16 * _LOOKED_AT)
    encoding = encoding or ("utf-16" if content.startswith(_UTF_16_MARKS) else "utf-8")
    _refuse_binary(path, content, encoding)
    text = content.decode(_bom_aware(encoding), "replace")
    try:
        names: list[str] = next(
            (row for row in _csv_lines(text, delimiter, strict=False) if row), []
        )
    except csv.Error:  # no table; whoever is asked for it will say so
        return (), text
    return tuple(unique_names([name.strip() for name in names])), text


def _bom_aware(encoding: str) -> str:
    """Let UTF-8, however it is spelt, leave out a byte order mark."""
    return "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding


def _refuse_binary(path: Path, content: bytes, encoding: str) -> None:
    wide = codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))
    if content.startswith(_UTF_16_MARKS) and not wide:
        raise ReaderError(
            f"{path}: line 1 is not {encoding} text but UTF-16; set encoding = \"utf-16\" in its "
            "[mapping], or save the file as UTF-8"
        )  # fmt: skip
    # One stray NUL in somebody's title is no reason to refuse everybody's rows.
    nulls = content[:_LOOKED_AT].count(b"\x00") * 20 > len(content[:_LOOKED_AT])
    if content.startswith(_COMPRESSED_MARKS):
        raise ReaderError(
            f"{path}: its content is compressed; give it the ending .gz, .xz or .bz2 that fits"
        )
    if content.startswith(_BINARY_MARKS) or (nulls and not wide):
        raise ReaderError(
            f"{path}: this is a binary file, not text; export it as CSV, or give it its own "
            "ending (.xlsx, .parquet)"
        )


def _decode(path: Path, content: bytes, encoding: str) -> str:
    _refuse_binary(path, content, encoding)
    try:
        return content.decode(_bom_aware(encoding))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ReaderError(
            f"{path}: line {line} is not {encoding} text (byte 0x{content[error.start]:02x}); "
            'name the file\'s encoding in its [mapping], such as encoding = "cp1252"'
        ) from error


def _csv_lines(text: str, delimiter: str, *, strict: bool = True) -> Any:
    csv.field_size_limit(_WIDEST_FIELD)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _csv_records(path: Path, text: str, delimiter: str) -> Iterator[list[str]]:
    lines = _csv_lines(text, delimiter)
    first_line = 1
    try:
        for row in lines:
            if row:
                yield row
            first_line = lines.line_num + 1
    except csv.Error as error:
        raise ReaderError(
            f"{path}: the record that begins in line {first_line} is no valid CSV ({error}); a "
            "quotation mark in it is not closed or not doubled"
        ) from error


def _read_csv(path: Path, text: str, delimiter: str) -> TextTable:
    rows = list(_csv_records(path, text, delimiter))
    if not rows:
        raise ReaderError(f"{path}: the file holds no header and no rows; export it again")
    header = unique_names([name.strip() for name in rows[0]])
    body, width = rows[1:], len(header)
    wrong = [number for number, row in enumerate(body, start=1) if len(row) != width]
    detail = {
        number: f"the record has {len(body[number - 1])} fields, the header {width}; a separator "
        "or quotation mark inside a field?"
        for number in wrong
    }
    for number in wrong:
        # What stands beyond the header is kept, in the last column, for the quarantine.
        row = [*body[number - 1], *[""] * width]
        body[number - 1] = [*row[: width - 1], delimiter.join(filter(None, row[width - 1 :]))]
    cells = zip(*body, strict=True) if body else ([] for _ in header)
    records = text_frame(
        {name: list(column) for name, column in zip(header, cells, strict=True)}, n_rows=len(body)
    )
    return TextTable(records, faults=_faults("fields_do_not_fit_header", detail, records.index))


def _faults(reason: str, detail: dict[int, str], index: pd.Index) -> list[Fault]:
    if not detail:
        return []
    details = pd.Series(detail, dtype="str").reindex(index)
    return [Fault(details.notna(), reason, details)]


def _read_excel(path: Path, sheet: str | None) -> TextTable:
    try:
        book = CalamineWorkbook.from_path(str(path))
        sheets = book.sheet_names
        if not sheets or (sheet is not None and sheet not in sheets):
            found = ", ".join(sheets) or "none"
            raise ReaderError(f"{path}: no sheet {sheet or ''!r}; found {found}")
        cells = book.get_sheet_by_name(sheet or sheets[0]).to_python()
    except CalamineError as error:
        raise ReaderError(
            f"{path}: cannot be read as a spreadsheet ({error}); open it there and save it again"
        ) from error
    if not cells:
        raise ReaderError(f"{path}: the sheet {sheet or sheets[0]!r} is empty")
    body = [row for row in cells[1:] if set(row) - {"", None}]
    return typed_table([as_text(name).strip() for name in cells[0]], body)


def _read_parquet(path: Path) -> TextTable:
    try:
        # As one file: a folder named team=red must not become a column.
        arrow = pq.ParquetFile(path).read()
        columns = [column.to_pylist() for column in arrow.columns]
    except (pyarrow.lib.ArrowException, OSError, ValueError, OverflowError) as error:
        raise ReaderError(f"{path}: cannot be read as Parquet ({error}); write it again") from error
    return typed_table(arrow.column_names, list(zip(*columns, strict=True)))
