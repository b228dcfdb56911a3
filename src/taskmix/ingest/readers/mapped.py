"""Any table, read by a ``[mapping]`` of the workspace's settings."""

from fnmatch import fnmatch
from pathlib import Path

import pandas as pd

from taskmix.errors import ReaderError, SchemaError
from taskmix.ingest.protocol import Draft, Fault, Sample
from taskmix.ingest.tables.tabular import csv_header, file_format, read_table
from taskmix.ingest.tables.texttable import TextTable
from taskmix.ingest.tables.values import Times, fit_clock, read_hours, read_times
from taskmix.settings import Mapping, Settings

_JOIN = " / "


class MappedReader:
    """Reads CSV, Excel, JSON lines or Parquet as one ``[mapping]`` says.

    A field that names several columns joins them with `` / `` (dates with a blank); empty
    ones are left out.

    Parameters
    ----------
    name : str
        The mapping's name in ``taskmix.toml``.
    mapping : Mapping
        Its settings.
    """

    def __init__(self, name: str, mapping: Mapping) -> None:
        self.name = name
        self.mapping = mapping
        self.source = mapping.source or name
        self.lasting_ids = "id" in mapping.columns

    def claims(self, sample: Sample) -> bool:
        """Claim by file name where the mapping names files, else by the mapped columns."""
        if self.mapping.files:
            return self.names(sample.path)
        header = self._header(sample)
        return bool(header) and not self._missing(header)

    def names(self, path: Path) -> bool:
        """Tell whether the mapping's own ``files`` patterns name this file."""
        return any(fnmatch(path.name, pattern) for pattern in self.mapping.files)

    def near_miss(self, sample: Sample) -> str | None:
        """Name the columns that keep an unnamed mapping from claiming the file."""
        header = self._header(sample)
        missing = self._missing(header)
        wanted = len({c for columns in self._wanted().values() for c in columns})
        if not header or len(missing) * 2 > wanted:
            return None
        if not missing:
            return (
                f"[mapping] {self.name} has all of its columns, but its files = "
                f"{self.mapping.files} do not name the file; add its name, or use --reader "
                f"{self.name}"
            )
        return f"[mapping] {self.name} would read it, but column {missing[0]!r} is missing"

    def _header(self, sample: Sample) -> list[str]:
        """Read the column names as this mapping would: its own form, encoding, separator, sheet."""
        mapping, path = self.mapping, sample.path
        form = mapping.format or file_format(path)
        try:
            if form == "csv":
                named, _ = csv_header(path, encoding=mapping.encoding, delimiter=mapping.delimiter)
                return list(named)
            if form == file_format(path) and mapping.sheet is None:
                return list(sample.header)
            return list(self._table(path).records.columns)
        except ReaderError:  # not of this form, so not this mapping's
            return []

    def _table(self, path: Path) -> TextTable:
        mapping = self.mapping
        return read_table(
            path,
            form=mapping.format,
            encoding=mapping.encoding,
            delimiter=mapping.delimiter,
            sheet=mapping.sheet,
        )

    def read(self, path: Path, settings: Settings) -> Draft:
        """Read the file.

        Raises
        ------
        SchemaError
            If a mapped column is missing.
        ReaderError
            If the file is of another form or encoding.
        """
        mapping = self.mapping
        table = self._table(path)
        missing = self._missing(list(table.records.columns))
        if missing:
            raise SchemaError(
                f"{path}: column {missing[0]!r} of [mapping] {self.name} is missing; found "
                f"{', '.join(table.records.columns)}. Correct the mapping's columns, its "
                "delimiter, or export the file again"
            )
        return self._draft(table, mapping.time_zone or settings.workspace.time_zone)

    def _draft(self, table: TextTable, time_zone: str) -> Draft:
        mapping = self.mapping
        timed = {"started_at", "ended_at", "hours"}
        rows = {
            name: _joined(table.records, columns, _JOIN)
            for name, columns in self._wanted().items()
            if name not in timed
        }
        for name, constant in mapping.constants.items():
            rows[name] = pd.Series(constant, index=table.records.index, dtype="str")
        faults = list(table.faults)
        start = self._times(table, "started_at", mapping.date_format, time_zone)
        end = self._times(table, "ended_at", mapping.end_format or mapping.date_format, time_zone)
        rows["hours"], more = _hours(table, mapping)
        faults += more
        for name, times in (("started_at", start), ("ended_at", end)):
            columns = self._wanted().get(name, ())
            faults += _unreadable(table.records, columns, times.unreadable, name)
        clock = fit_clock(start, end, rows["hours"])
        notes = dict(clock.notes)
        rows["started_at"], rows["local_date"] = clock.started_at, start.day
        if "started_at" not in mapping.columns and not mapping.without_start:
            # Trackers that know only when a task was done: that is the day it has.
            rows["local_date"] = end.day
            notes["dated by the end"] = int(end.day.notna().sum())
        rows["ended_at"] = clock.ended_at
        rows["local_end_date"] = end.day.mask(end.day == rows["local_date"])
        frame = pd.DataFrame(rows, index=table.records.index)
        draft = Draft(frame, table.records, faults, notes=notes)
        return self._fill_missing_start(draft, table, time_zone)

    def _fill_missing_start(self, draft: Draft, table: TextTable, time_zone: str) -> Draft:
        """Date rows without a start by the columns of ``without_start``, in their order."""
        rows, faults, notes = draft.rows, list(draft.faults), dict(draft.notes)
        has_start = ~_joined(table.records, self._wanted().get("started_at", ()), " ").isna()
        for column in self.mapping.without_start:
            empty = rows["local_date"].isna() & ~has_start
            if not empty.any():
                break
            form = self._format_of(table, (column,), self._text_format(column))
            times = read_times(table.records[column], date_format=form, time_zone=time_zone)
            used = empty & times.day.notna()
            rows["local_date"] = rows["local_date"].mask(used, times.day)
            if used.any():
                notes[f"dated by {column}"] = int(used.sum())
            bad = empty & times.unreadable
            faults += _unreadable(table.records, (column,), bad, "started_at")
        return Draft(rows, draft.records, faults, draft.skipped, notes)

    def _times(self, table: TextTable, name: str, form: str, time_zone: str) -> Times:
        columns = self._wanted().get(name, ())
        text = _joined(table.records, columns, " ")
        return read_times(
            text, date_format=self._format_of(table, columns, form), time_zone=time_zone
        )

    def _text_format(self, column: str) -> str:
        mapping = self.mapping
        is_end = column in self._wanted().get("ended_at", ())
        return (mapping.end_format if is_end else None) or mapping.date_format

    @staticmethod
    def _format_of(table: TextTable, columns: tuple[str, ...], form: str) -> str:
        # A spreadsheet's own dates have no text format that could be misread.
        return "iso" if columns and set(columns) <= table.typed_dates else form

    def _wanted(self) -> dict[str, tuple[str, ...]]:
        return {
            name: (columns,) if isinstance(columns, str) else tuple(columns)
            for name, columns in self.mapping.columns.items()
        }

    def _missing(self, header: list[str]) -> list[str]:
        named = [c for columns in self._wanted().values() for c in columns]
        return [c for c in (*named, *self.mapping.without_start) if c not in header]


def _joined(records: pd.DataFrame, columns: tuple[str, ...], separator: str) -> pd.Series:
    if not columns:
        return pd.Series(pd.NA, index=records.index, dtype="str")
    joined = records[columns[0]]
    for column in columns[1:]:
        right = records[column]
        both = joined.notna() & right.notna()
        joined = joined.fillna(right).mask(both, joined.str.cat(right, sep=separator))
    return joined


def _hours(table: TextTable, mapping: Mapping) -> tuple[pd.Series, list[Fault]]:
    named = mapping.columns.get("hours")
    if named is None:
        return pd.Series(float("nan"), index=table.records.index), []
    columns = (named,) if isinstance(named, str) else tuple(named)
    text = _joined(table.records, columns, " ")
    hours, unreadable = read_hours(
        text,
        unit=mapping.hours_unit,
        decimal=mapping.decimal,
        thousands=mapping.thousands,
        numbers=table.numbers.get(columns[0]) if len(columns) == 1 else None,
    )
    detail = _details(
        text[unreadable],
        f"is no duration in {mapping.hours_unit} with decimal mark {mapping.decimal!r}; see "
        "hours_unit, decimal and thousands of the [mapping]",
    )
    fault = [Fault(unreadable, "hours_unreadable", detail)] if unreadable.any() else []
    return hours, fault


def _unreadable(
    records: pd.DataFrame, columns: tuple[str, ...], bad: pd.Series, name: str
) -> list[Fault]:
    if not bad.any():
        return []
    detail = _details(
        _joined(records, columns, " ")[bad],
        "is not of the mapping's date format, or no day of the calendar; see date_format",
    )
    return [Fault(bad, f"{name}_unreadable", detail)]


def _details(cells: pd.Series, ends: str) -> pd.Series:
    return cells.map(lambda cell: f"{str(cell)[:40]!r} {ends}").astype("str")
