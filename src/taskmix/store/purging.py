"""Take older versions of a table away for good: their files, and what the log says of them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from deltalake.exceptions import DeltaError

from taskmix.errors import StoreError
from taskmix.store.read import as_patterns, files_of, open_table
from taskmix.store.tables import TABLES, to_arrow, to_pandas
from taskmix.store.versions import LOG_FOLDER, logged_version
from taskmix.store.write import commit_facts, create_table

_UNFINISHED = re.compile(r"_commit_.*|.*\.tmp")


def purge_history(processed: Path, name: str) -> int | None:
    """Leave only the newest version of a table, with its number.

    The log is written anew from a checkpoint, so that no older commit and no statistic of an
    older file is left. What is cut off on the way is completed by the same call.

    Returns
    -------
    int or None
        The version that is left; None where there is no such table.

    Raises
    ------
    StoreError
        If files cannot be removed. The newest version can be read all the same.
    """
    table = open_table(processed, name)
    if table is None:
        return None
    folder = processed / TABLES[name].name
    version = table.version()
    with _saying_what_stays(folder):
        # Listed by the table and removed here: its own vacuum would commit two more versions,
        # and a page names the version it was made from.
        for file in table.vacuum(
            retention_hours=0, dry_run=True, enforce_retention_duration=False, full=True
        ):
            (folder / file).unlink(missing_ok=True)
        table.create_checkpoint()
        for file in sorted((folder / LOG_FOLDER).iterdir()):
            logged = logged_version(file)
            is_older = logged is not None and logged < version
            if is_older or _UNFINISHED.fullmatch(file.name):
                file.unlink()
        for part in sorted(folder.glob("*=*")):
            if part.is_dir() and not any(part.iterdir()):
                part.rmdir()
    return version


def rewrite_table(
    processed: Path, name: str, frame: pd.DataFrame, *, run_id: str, noted: Mapping[str, str]
) -> None:
    """Make `frame` the whole content of a table in a commit of its own.

    So its files are new, and everything that older commits say can be purged.
    """
    table = TABLES[name]
    with _saying_what_stays(processed / table.name):
        create_table(processed, table, to_arrow(frame, table), commit_facts(run_id, noted))


def ever_held(
    processed: Path, columns: Sequence[str], *, people: Collection[str] | None = None
) -> pd.DataFrame:
    """Read what any version of the tasks held whose files are still there.

    Parameters
    ----------
    columns : sequence of str
        Of the table ``tasks``; not the partition.
    people : collection of str, optional
        Pseudonyms: only rows of these people, by whichever of their names.

    Returns
    -------
    pandas.DataFrame
        Distinct rows, in no order. Files that were never finished are left out.
    """
    folder = processed / TABLES["tasks"].name
    files = sorted(p for p in folder.rglob("*.parquet") if LOG_FOLDER not in p.parts)
    wanted = pa.schema([TABLES["tasks"].fields.field(name) for name in columns])
    connection = duckdb.connect()
    try:
        found = _distinct(connection, files, columns, people)
    except duckdb.Error:
        # One that a killed writer left half written spoils them all.
        each = [_readable(connection, file, columns, people) for file in files]
        found = pa.concat_tables([wanted.empty_table(), *filter(None, each)])
    rows = to_pandas(found.cast(wanted)) if found is not None else to_pandas(wanted.empty_table())
    return rows.drop_duplicates(ignore_index=True)


def rows_by_key(processed: Path, name: str, keys: Collection[str]) -> pd.DataFrame:
    """Read whole rows of a table by their keys, without reading the others into memory."""
    table = open_table(processed, name)
    fields, folder = TABLES[name].fields, processed / TABLES[name].name
    if table is None or not keys:
        return to_pandas(fields.empty_table())
    with _saying_what_stays(folder):
        dataset = table.to_pyarrow_dataset(filesystem=files_of(folder))
        wanted = pa.array(list(keys), pa.string())
        # Filtered here: as a filter of the dataset it meets the views of strings that delta-rs
        # keeps statistics in, for which Arrow has no comparison.
        found = [
            batch.filter(pc.is_in(batch[TABLES[name].key].cast(pa.string()), wanted))
            for batch in dataset.to_batches(columns=fields.names)
        ]
        return to_pandas(pa.Table.from_batches(found, dataset.schema).select(fields.names))


@contextmanager
def _saying_what_stays(folder: Path) -> Iterator[None]:
    try:
        yield
    except (DeltaError, OSError, ValueError) as error:
        raise StoreError(
            f"{folder}: older versions cannot be taken away ({error}); the newest one can be read "
            "as before. Check permissions, then run the same command again"
        ) from error


def _readable(
    connection: duckdb.DuckDBPyConnection,
    file: Path,
    columns: Sequence[str],
    people: Collection[str] | None,
) -> pa.Table | None:
    try:
        return _distinct(connection, [file], columns, people)
    except duckdb.Error:
        return None


def _distinct(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    columns: Sequence[str],
    people: Collection[str] | None,
) -> pa.Table | None:
    if not files:
        return None
    asked = "" if people is None else "WHERE person IN $people OR logged_as IN $people"
    names = ", ".join(columns)
    values = {"files": as_patterns(files)}
    if people is not None:
        values["people"] = sorted(people)
    query = (
        f"SELECT DISTINCT {names} FROM read_parquet($files, hive_partitioning = false, "
        f"union_by_name = true) {asked}"
    )
    return connection.execute(query, values).to_arrow_table()
