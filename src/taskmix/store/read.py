"""Read a table, as it is now or as it was at an older version."""

import re
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.fs
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from taskmix.errors import StoreError
from taskmix.store.tables import TABLES, to_pandas

#: What delta-rs 1.6 decodes, splits at, refuses or panics at in a path; found by trying.
_UNNAMEABLE = re.compile(r"[\x00-\x1f\x7f\[\]^|\\\ud800-\udfff]|%[0-9A-Fa-f]{2}")

_GLOB = re.compile(r"[*?]")


def open_table(processed: Path, name: str, *, version: int | None = None) -> DeltaTable | None:
    """Open a table, or None where it has not been written yet.

    Raises
    ------
    StoreError
        If it cannot be read, or has no such version.
    """
    path = processed / TABLES[name].name
    try:
        if not _has_commit(path):
            return None
        return DeltaTable(location(path), version=version)
    except (DeltaError, OSError, ValueError) as error:
        at = "" if version is None else f" at version {version}"
        raise unreadable(path, f"table '{name}'{at}", error) from error


def read_arrow(folder: Path, table: DeltaTable, columns: list[str]) -> pa.Table:
    """Read columns of an open table, which lies in `folder`."""
    return table.to_pyarrow_table(columns=columns, filesystem=files_of(folder))


def files_of(folder: Path) -> pyarrow.fs.FileSystem:
    """Return the file system through which Arrow reads a table's files.

    Given none, deltalake reads through one written in Python: an Arrow thread that still holds it
    when the interpreter ends aborts a process whose work was done (seen in 7 of 60 commands on a
    busy machine, https://github.com/apache/arrow/issues/34314).
    """
    return pyarrow.fs.SubTreeFileSystem(str(folder.resolve()), pyarrow.fs.LocalFileSystem())


def as_patterns(files: Iterable[Path]) -> list[str]:
    """Name files to DuckDB, which takes any path for a pattern; sorted."""
    return sorted(_GLOB.sub(r"[\g<0>]", str(file)) for file in files)


def location(path: Path) -> str:
    """Name a table's folder for delta-rs.

    Raises
    ------
    StoreError
        If the folder cannot be named there; delta-rs would panic, or mean another folder.
    """
    if found := _UNNAMEABLE.search(path.resolve().as_posix()):
        raise StoreError(
            f"{str(path)!a}: the tables cannot be kept in a folder with {found[0]!r} in "
            "its path; rename that folder, or move the workspace"
        )
    return path.resolve().as_uri()


def _has_commit(path: Path) -> bool:
    """Tell a table from what a first write leaves behind that was killed before its commit."""
    log = path / "_delta_log"
    return any(log.glob("*.json")) or any(log.glob("*.checkpoint*.parquet"))


def unreadable(path: Path, what: str, error: Exception) -> StoreError:
    """Say that a table is damaged, and what helps."""
    return StoreError(
        f"{path}: {what} cannot be read ({' '.join(str(error).split())[:300]}); restore the "
        "folder from a backup, or remove it and ingest data/raw again"
    )


def table_version(processed: Path, name: str) -> int | None:
    """Tell a table's version: 0 after its first commit; None before."""
    table = open_table(processed, name)
    return None if table is None else table.version()


def read_table(
    processed: Path, name: str, *, columns: list[str] | None = None, version: int | None = None
) -> pd.DataFrame:
    """Read a table into pandas; without rows where it has not been written yet.

    Parameters
    ----------
    processed : pathlib.Path
        The workspace's ``data/processed``.
    name : str
        A key of `taskmix.store.TABLES`.
    columns : list of str, optional
        Only these.
    version : int, optional
        An older version.

    Raises
    ------
    StoreError
        If the table is damaged, or has no such version.
    """
    table = open_table(processed, name, version=version)
    path, fields = processed / TABLES[name].name, TABLES[name].fields
    if table is None:
        return to_pandas(fields.empty_table().select(columns or fields.names))
    wanted = columns or fields.names
    there = {field.name for field in table.schema().fields}
    # Of an older taskmix: what it did not know is missing, not a damaged table.
    lacking = [column for column in TABLES[name].later if column not in there]
    try:
        arrow = read_arrow(path, table, [c for c in wanted if c not in lacking])
        for column in lacking:
            arrow = arrow.append_column(
                fields.field(column), pa.nulls(len(arrow), fields.field(column).type)
            )
        return to_pandas(arrow.select(wanted))
    except (DeltaError, OSError, ValueError) as error:
        raise unreadable(path, f"table '{name}'", error) from error
