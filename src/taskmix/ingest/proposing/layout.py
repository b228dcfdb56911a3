"""How a file that nobody has described is laid out: its form, encoding, separator, records."""

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from taskmix.errors import ReaderError
from taskmix.ingest.proposing.dateforms import formats_of
from taskmix.ingest.proposing.hourunits import CLOCK
from taskmix.ingest.tables.compressed import content_of
from taskmix.ingest.tables.tabular import file_format, read_table
from taskmix.ingest.tables.texttable import TextTable

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", ";", "\t", "|")
_RECORDS_LOOKED_AT = 300
_TEXT_LOOKED_AT = 1024 * 1024


@dataclass(frozen=True)
class Layout:
    """What `read_table` needs to be told of a file, and why.

    Attributes
    ----------
    form : str
        ``csv``, ``excel``, ``json``, ``jsonl`` or ``parquet``.
    encoding, delimiter : str
        Of text.
    why : dict of str to str
        By setting, what it was told by.
    """

    form: str
    encoding: str
    delimiter: str
    why: dict[str, str]


def read_laid_out(path: Path, *, records: str | None = None) -> tuple[Layout, TextTable]:
    """Tell a file's layout and read it.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    records : str, optional
        The spreadsheet's sheet, or the dotted names of the array in JSON, that holds the records.

    Raises
    ------
    ReaderError
        If it is no table that a mapping could read; the text says what it is instead.
    """
    form = file_format(path)
    encoding, delimiter, why = "utf-8", ",", {}
    if form in {"csv", "json", "jsonl"}:
        text, encoding, assumed = _decoded(path)
        if assumed:
            why["encoding"] = assumed
        if form == "json" and _is_lines(text):
            form, why["format"] = "jsonl", "each line is a JSON object"
        if form == "csv" and text.lstrip("\ufeff \r\n")[:1] in {"{", "["}:
            form = "jsonl" if _is_lines(text) else "json"
            why["format"] = "its text is JSON"
        if form == "csv":
            delimiter = _delimiter(path, text[:_TEXT_LOOKED_AT])
    table = read_table(path, form=form, encoding=encoding, delimiter=delimiter, sheet=records)
    _refuse_no_table(path, list(table.records.columns))
    return Layout(form, encoding, delimiter, why), table


def _refuse_no_table(path: Path, names: list[str]) -> None:
    if len(names) < 2:
        raise ReaderError(
            f"{path}: its records have only one field ({''.join(names)[:40]!r}); a mapping needs a "
            "date and a title at least. Is it a table with , ; tab or | between the fields?"
        )
    values = [name for name in names if formats_of(name) or re.fullmatch(CLOCK, name)]
    if values:
        raise ReaderError(
            f"{path}: {values[0]!r} stands where a column name should. A file without column names "
            "needs a first line of them; a timesheet with a column a day cannot be read, export "
            "one row an entry"
        )


def _decoded(path: Path) -> tuple[str, str, str]:
    """Decode a file; returns text, encoding, and the assumption where one was made."""
    content = content_of(path)
    if content.startswith(_UTF_16):
        return content.decode("utf-16", "replace"), "utf-16", "its byte order mark says so"
    try:
        return content.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError as error:
        at = content[: error.start].count(b"\n") + 1
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            # Which of dozens of code pages it is, its bytes do not tell.
            raise ReaderError(
                f"{path}: line {at} is neither UTF-8 nor cp1252 text; save the file as UTF-8, or "
                "write its [mapping] by hand with its encoding"
            ) from error
        return text, "cp1252", (
            f"an assumption: line {at} is no UTF-8, and cp1252 is what most old exports are in; "
            "look at its accents and umlauts"
        )  # fmt: skip


def _is_lines(text: str) -> bool:
    """Tell whether each of the first lines is a JSON object of its own."""
    lines = [line.strip() for line in text[:_TEXT_LOOKED_AT].split("\n")[:3] if line.strip()]
    return len(lines) > 1 and all(line[:1] == "{" and line[-1:] == "}" for line in lines)


def _delimiter(path: Path, text: str) -> str:
    """Choose the separator that gives the most records the same number of fields.

    `csv.Sniffer` goes by characters and takes the blanks of titles for separators.
    """
    found = {mark: _field_counts(text, mark) for mark in _DELIMITERS}
    scores = {}
    for mark, counts in found.items():
        usual, n = Counter(counts).most_common(1)[0] if counts else (0, 0)
        scores[mark] = (round(n / len(counts), 1), usual) if usual > 1 else (0.0, 0)
    best = max(_DELIMITERS, key=lambda mark: scores[mark])
    counts, usual = found[best], scores[best][1]
    if len(counts) > 2 and usual > 1 and counts[0] * 2 <= usual:
        number = next(n for n, count in enumerate(counts, start=1) if count >= usual)
        raise ReaderError(
            f"{path}: record 1 has {counts[0]} fields and the others have {usual}; the column "
            f"names seem to stand in record {number}. Delete the {number - 1} above it, or export "
            "without a heading"
        )
    return best


def _field_counts(text: str, mark: str) -> list[int]:
    counts: list[int] = []
    csv.field_size_limit(10_000_000)
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark)
    try:
        for row in lines:
            if row:
                counts.append(len(row))
            if len(counts) > _RECORDS_LOOKED_AT:
                break
    except csv.Error:  # the reader itself will say what is wrong with it
        return counts
    return counts
