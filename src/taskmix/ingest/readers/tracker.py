"""The file of a time tracker: its separator, encoding, header and the rows that are no entries."""

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from taskmix.errors import ReaderError, SchemaError
from taskmix.ingest.protocol import Fault, Sample
from taskmix.ingest.tables.compressed import content_of
from taskmix.ingest.tables.tabular import csv_header, file_format, read_table
from taskmix.ingest.tables.texttable import TextTable, unique_names

_SEPARATORS = (",", ";", "\t")
_TOTAL = r"(?:grand |sub)?totals?|gesamt(?:summe)?|summe|somme|totale"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def plain_name(name: str) -> str:
    r"""Write a column's name as it is compared: case, blanks and byte order marks do not count.

    Examples
    --------
    >>> plain_name("\ufeffStart  Date ")
    'start date'
    """
    return " ".join(unicodedata.normalize("NFKC", name).replace("\ufeff", "").split()).casefold()


def column_names(sample: Sample) -> list[str]:
    r"""Name the columns of a file as it writes them, whatever its separator.

    Examples
    --------
    >>> column_names(Sample(Path("a.csv"), ("Date;Hours",), "Date;Hours\n2026-07-01;1,5\n"))
    ['Date', 'Hours']
    """
    is_text = file_format(sample.path) == "csv" and sample.text
    return _header(sample.text)[0] if is_text else list(sample.header)


def _header(text: str) -> tuple[list[str], str]:
    """Split the first record by the separator that gives the most columns."""
    found = [(_first_record(text, separator), separator) for separator in _SEPARATORS]
    return max(found, key=lambda pair: len(pair[0]))


def _first_record(text: str, separator: str) -> list[str]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        return unique_names([name.strip() for name in next(filter(None, lines), [])])
    except csv.Error:  # no table of this separator
        return []


@dataclass(frozen=True)
class Export:
    """A tracker's file as text, its columns found by their plain names.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    table : TextTable
        Its records.
    columns : dict of str to str
        Plain name → the file's own; the first of two that are alike.
    notes : dict of str to int
        What was noticed in reading it.
    """

    path: Path
    table: TextTable
    columns: dict[str, str]
    notes: dict[str, int] = field(default_factory=dict)

    @property
    def records(self) -> pd.DataFrame:
        """The tool's own columns as text."""
        return self.table.records

    def has(self, *names: str) -> bool:
        """Tell whether the file has one of these columns."""
        return any(name in self.columns for name in names)

    def text(self, *names: str) -> pd.Series:
        """Give the first of these columns that is filled, row by row."""
        found = pd.Series(pd.NA, index=self.records.index, dtype="str")
        for name in names:
            if name in self.columns:
                found = found.fillna(self.records[self.columns[name]])
        return found

    def first(self, *names: str) -> pd.Series:
        """Give the first of several names that are joined by commas."""
        first = self.text(*names).str.replace(r"(?s),.*", "", regex=True).str.strip()
        return first.mask(first == "")

    def is_typed(self, name: str) -> bool:
        """Tell whether a column holds a spreadsheet's own dates or times."""
        return self.columns.get(name) in self.table.typed_dates

    def require(self, *needed: str | tuple[str, ...], cure: str) -> None:
        """Raise if a column is missing; of a tuple of names, one is enough.

        Raises
        ------
        SchemaError
            Naming the first that is missing, and those there are.
        """
        for name in needed:
            names = (name,) if isinstance(name, str) else name
            if not any(plain_name(each) in self.columns for each in names):
                found = ", ".join(self.records.columns)[:600]
                raise SchemaError(
                    f"{self.path}: column {names[0]!r} is missing; found {found}. {cure}"
                )

    def no_entries(self, *dated: str) -> dict[int, str]:
        """Find rows that are blank, or totals: without a date, and with a cell that says so."""
        cells = self.records
        blank = cells.isna().all(axis="columns")
        is_total = pd.Series(False, index=cells.index)
        undated = cells[~self._with_date(dated) & ~blank]
        for name in undated:
            says = undated[name].str.fullmatch(rf"(?:{_TOTAL})\s*:?", case=False, na=False)
            is_total |= says.reindex(cells.index, fill_value=False).astype("bool")
        return dict.fromkeys(cells.index[blank], "empty_row") | dict.fromkeys(
            cells.index[is_total], "total_row"
        )

    def _with_date(self, dated: Sequence[str]) -> pd.Series:
        first = self.text(*dated)
        return first.notna() & ~first.str.fullmatch(rf"(?:{_TOTAL})\s*:?", case=False, na=False)

    def sound(self, skipped: Mapping[int, str]) -> pd.Series:
        """Tell which rows can bear witness to the file's format: whole ones that are entries."""
        sound = ~pd.Series(self.records.index.isin(list(skipped)), index=self.records.index)
        for fault in self.table.faults:
            sound &= ~fault.rows
        return sound


def read_export(path: Path, *, translations: Mapping[str, str] | None = None) -> Export:
    """Read a tracker's file, as CSV with any separator or as a spreadsheet.

    It is UTF-8 or UTF-16; where the bytes are neither, Windows-1252, with a note.

    Parameters
    ----------
    path : pathlib.Path
    translations : mapping of str to str, optional
        Plain names in other languages → the tool's English ones.

    Raises
    ------
    ReaderError
        If the file cannot be read as a table.
    """
    notes: dict[str, int] = {}
    if file_format(path) == "csv":
        _, beginning = csv_header(path)
        encoding, notes = _encoding(path)
        table = read_table(path, encoding=encoding, delimiter=_header(beginning)[1])
    else:
        table = read_table(path)
    columns: dict[str, str] = {}
    for own in table.records.columns:
        name = plain_name(own)
        columns.setdefault((translations or {}).get(name, name), own)
    return Export(path, table, columns, notes)


def _encoding(path: Path) -> tuple[str, dict[str, int]]:
    content = content_of(path)
    if content.startswith(_UTF_16):
        return "utf-16", {}
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        bad, at = content[error.start], error.start
    else:
        return "utf-8", {}
    line = content.count(b"\n", 0, at) + 1
    where = f"{path}: line {line}"
    if not content.decode("utf-8", "ignore").isascii():
        # Read as Windows-1252, every name with an accent would become another one.
        raise ReaderError(
            f"{where} has a byte that is not UTF-8 (0x{bad:02x}), while other lines are; export "
            "the file again"
        )
    try:
        content.decode("cp1252")
    except UnicodeDecodeError:
        raise ReaderError(
            f"{where} is neither UTF-8 nor Windows-1252 text (byte 0x{bad:02x}); save the file as "
            "CSV UTF-8"
        ) from None
    n_lines = sum(not line.isascii() for line in content.split(b"\n"))
    return "cp1252", {"lines read as Windows-1252, since the file is not UTF-8": n_lines}


def named_people(email: pd.Series, name: pd.Series) -> dict[str, pd.Series]:
    """Name each entry's person by the e-mail if there is one, with the display name beside it."""
    return {"person": email.fillna(name), "person_also": name.where(email.notna())}


def unreadable(rows: pd.Series, reason: str, cells: Sequence[pd.Series], ends: str) -> list[Fault]:
    """Make the fault of rows that cannot be read, quoting their cells; none where all can."""
    if not rows.any():
        return []
    if not cells:
        return [Fault(rows, reason, ends)]
    bad = pd.DataFrame(dict(enumerate(cells)), index=rows.index)[rows].fillna("")
    detail = [f"{' '.join(filter(None, row))[:40]!r} {ends}" for row in bad.to_numpy().tolist()]
    return [Fault(rows, reason, pd.Series(detail, index=bad.index, dtype="str"))]
