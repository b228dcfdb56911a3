"""Read the tables, as they are now or as they were at an older version."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from taskmix.errors import PeriodError, StoreError
from taskmix.store.tables import TABLES, to_pandas

_EPOCH = pd.Timestamp("1970-01-01")


def open_table(processed: Path, name: str, *, version: int | None = None) -> DeltaTable | None:
    """Open a table, or None where it has not been written yet.

    Raises
    ------
    StoreError
        If it cannot be read, or has no such version.
    """
    path = processed / TABLES[name].name
    try:
        if not (path / "_delta_log").is_dir():
            return None
        return DeltaTable(str(path), version=version)
    except (DeltaError, OSError) as error:
        at = "" if version is None else f" at version {version}"
        raise StoreError(
            f"{path}: table '{name}'{at} cannot be read ({error}); restore the folder from a "
            "backup, or remove it and ingest data/raw again"
        ) from error


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
    """
    table = open_table(processed, name, version=version)
    fields = TABLES[name].fields
    if table is None:
        return to_pandas(fields.empty_table().select(columns or fields.names))
    return to_pandas(table.to_pyarrow_table(columns=columns or fields.names))


@dataclass(frozen=True)
class Log:
    """The task log and what the sorter says of it, ready to be rolled up.

    Attributes
    ----------
    tasks, sorted : duckdb.DuckDBPyRelation
        Lazy; nothing is read before a measure asks for it.
    version : int
        Version of the table of tasks.
    first_date, last_date : pandas.Timestamp
        First day of the first task and last first-day of any task.
    """

    tasks: duckdb.DuckDBPyRelation
    sorted: duckdb.DuckDBPyRelation
    version: int
    first_date: pd.Timestamp
    last_date: pd.Timestamp
    connection: duckdb.DuckDBPyConnection


def open_log(processed: Path, *, version: int | None = None) -> Log:
    """Open the task log for measures.

    Raises
    ------
    PeriodError
        If there is no task yet.
    """
    table = open_table(processed, "tasks", version=version)
    connection = duckdb.connect()
    tasks = _relation(connection, processed, "tasks", table)
    first, last = tasks.aggregate("min(first_day), max(first_day)").fetchall()[0]
    if table is None or first is None:
        raise PeriodError(
            "the log holds no tasks yet; put exports into data/raw and run `taskmix ingest`"
        )
    return Log(
        tasks=tasks,
        sorted=_relation(connection, processed, "sorted", open_table(processed, "sorted")),
        version=table.version(),
        first_date=_EPOCH + pd.Timedelta(days=first),
        last_date=_EPOCH + pd.Timedelta(days=last),
        connection=connection,
    )


def _relation(
    connection: duckdb.DuckDBPyConnection, processed: Path, name: str, table: DeltaTable | None
) -> duckdb.DuckDBPyRelation:
    # Paths are put together here because `file_uris()` is percent-encoded for some folders.
    folder = processed / TABLES[name].name
    actions = None if table is None else pa.table(table.get_add_actions(flatten=True))
    files = [] if actions is None else [str(folder / path.as_py()) for path in actions["path"]]
    if not files:
        return connection.from_arrow(TABLES[name].fields.empty_table())
    # Read as files, not through an Arrow dataset: DuckDB then streams and pushes filters down.
    # The partition column stands in the folder's name only.
    return connection.sql(
        "SELECT * FROM read_parquet(?, hive_partitioning = true, hive_types_autocast = false, "
        "union_by_name = true)",
        params=[sorted(files)],
    )
