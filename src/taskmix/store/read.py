"""Read the tables, as they are now or as they were at an older version."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError

from taskmix.errors import PeriodError, StoreError
from taskmix.store.tables import TABLES, to_pandas
from taskmix.store.tags import resettled_tags
from taskmix.store.versions import NEWEST, belonging_version, check_version

#: What delta-rs 1.6 decodes, splits at, refuses or panics at in a path; found by trying.
_UNNAMEABLE = re.compile(r"[\x00-\x1f\x7f\[\]^|\\\ud800-\udfff]|%[0-9A-Fa-f]{2}")
_GLOB = re.compile(r"[*?]")
_EPOCH = pd.Timestamp("1970-01-01")
#: The tables that a report reads along with the tasks.
_BESIDE = ("sorted", "models", "quarantine", "tags", "draws")
#: The partition, which stands in the folders' names only, and what no measure looks at.
_UNMEASURED = ("month", "title", "digest", "logged_as", "file", "run_id")


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
        raise _unreadable(path, f"table '{name}'{at}", error) from error


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


def _unreadable(path: Path, what: str, error: Exception) -> StoreError:
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
    fields = TABLES[name].fields
    if table is None:
        return to_pandas(fields.empty_table().select(columns or fields.names))
    wanted = columns or fields.names
    there = {field.name for field in table.schema().fields}
    # Of an older taskmix: what it did not know is missing, not a damaged table.
    lacking = [column for column in TABLES[name].later if column not in there]
    try:
        arrow = table.to_pyarrow_table(columns=[c for c in wanted if c not in lacking])
        for column in lacking:
            arrow = arrow.append_column(
                fields.field(column), pa.nulls(len(arrow), fields.field(column).type)
            )
        return to_pandas(arrow.select(wanted))
    except (DeltaError, OSError, ValueError) as error:
        raise _unreadable(processed / name, f"table '{name}'", error) from error


@dataclass(frozen=True)
class Log:
    """The task log and what the sorter says of it, ready to be rolled up.

    Attributes
    ----------
    tasks, sorted : duckdb.DuckDBPyRelation
        The columns that measures look at: not the titles, digests and file names.
    version, newest : int
        Version of the table of tasks, and the newest there is.
    first_date, last_date : pandas.Timestamp
        First and last day on which a task began.
    last_end_date : pandas.Timestamp
        Last day on which a task ended, as far as that is known.
    beside : mapping of str to int
        The versions of the tables that go with this version of the tasks.
    """

    tasks: duckdb.DuckDBPyRelation
    sorted: duckdb.DuckDBPyRelation
    version: int
    newest: int
    first_date: pd.Timestamp
    last_date: pd.Timestamp
    last_end_date: pd.Timestamp
    beside: Mapping[str, int]
    processed: Path
    connection: duckdb.DuckDBPyConnection

    @property
    def is_old(self) -> bool:
        """Whether there is a newer version of the tasks."""
        return self.version < self.newest

    def read(self, name: str, *, columns: list[str] | None = None) -> pd.DataFrame:
        """Read another table as it was when the log had this version."""
        then = self.beside.get(name)
        frame = read_table(self.processed, name, columns=columns, version=then)
        return frame.iloc[:0] if then is None else frame


def open_log(processed: Path, *, version: int | None = None) -> Log:
    """Open the task log for measures.

    Parameters
    ----------
    processed : pathlib.Path
        The workspace's ``data/processed``.
    version : int, optional
        An older version of the tasks; the tables beside them are then read as they were for
        that version. The newest by default, and for -1.

    Raises
    ------
    PeriodError
        If there is no task yet.
    StoreError
        If a table is damaged, or the log has no such version.
    """
    table = open_table(processed, "tasks")
    newest = NEWEST if table is None else table.version()
    old = None if version in (None, NEWEST, newest) else version
    if table is not None and old is not None:
        check_version(old, newest=newest, processed=processed)
        table = open_table(processed, "tasks", version=old)
    beside = _beside(processed, old)
    connection = duckdb.connect()
    # What does not fit into memory goes to the system's folder, not to the notebook's.
    connection.execute("SET temp_directory = ?", [tempfile.gettempdir()])
    try:
        tasks = _relation(connection, processed, "tasks", table)
        if table is not None and "tags" in beside:
            _settle_tags(connection, read_table(processed, "tags", version=beside["tags"]))
        days = tasks.aggregate("min(first_day), max(first_day), max(last_day)").fetchall()[0]
    except duckdb.Error as error:
        raise _unreadable(processed / "tasks", "table 'tasks'", error) from error
    made = beside.get("sorted")
    by_sorter = None if made is None else open_table(processed, "sorted", version=made)
    try:
        sorted_tasks = _relation(connection, processed, "sorted", by_sorter)
    except duckdb.Error as error:
        raise _unreadable(processed / "sorted", "table 'sorted'", error) from error
    if table is None or None in days:
        raise PeriodError(
            "the log holds no tasks yet; put exports into data/raw and run `taskmix ingest`"
        )
    first, last, last_end = (_EPOCH + pd.Timedelta(days=day) for day in days)
    return Log(
        tasks=tasks,
        sorted=sorted_tasks,
        version=table.version(),
        newest=newest,
        first_date=first,
        last_date=last,
        last_end_date=last_end,
        beside=beside,
        processed=processed,
        connection=connection,
    )


def _settle_tags(connection: duckdb.DuckDBPyConnection, tags: pd.DataFrame) -> None:
    """Let what taggers said of a task stand beside the log's own tag, as `effective_tags` does."""
    if tags.empty:
        return
    connection.register("judged", tags[["task_id"]])
    found = connection.execute(
        "SELECT task_id, tag, tagger FROM tasks WHERE task_id IN (SELECT task_id FROM judged)"
    )
    rows = to_pandas(found.to_arrow_table())
    connection.register("settled", resettled_tags(rows, tags)[["task_id", "tag"]])
    connection.execute(
        "UPDATE tasks SET tag = settled.tag FROM settled WHERE tasks.task_id = settled.task_id"
    )


def _beside(processed: Path, version: int | None) -> dict[str, int]:
    """Find the versions of the other tables for a version of the tasks; None for the newest."""
    opened = {name: open_table(processed, name) for name in ("tasks", *_BESIDE)}
    tables = {name: table for name, table in opened.items() if table is not None}
    tasks = tables.pop("tasks", None)
    if version is None or tasks is None:
        return {name: table.version() for name, table in tables.items()}
    written = tasks.history()
    found = {
        name: belonging_version(table.history(), written, tasks_version=version)
        for name, table in tables.items()
    }
    return {name: then for name, then in found.items() if then is not None}


def _relation(
    connection: duckdb.DuckDBPyConnection, processed: Path, name: str, table: DeltaTable | None
) -> duckdb.DuckDBPyRelation:
    # Paths are put together here because `file_uris()` is percent-encoded for some folders.
    folder = processed / TABLES[name].name
    actions = None if table is None else pa.table(table.get_add_actions(flatten=True))
    files = [] if actions is None else [str(folder / path.as_py()) for path in actions["path"]]
    if not files:
        return connection.from_arrow(_without_unmeasured(TABLES[name].fields).empty_table())
    # Not as Hive partitions: a workspace in a folder `team=red` would get that as its team.
    # Copied once, because every step of a lazy expression opens all files again to learn
    # their columns: measured 100 times as slow on 24 files.
    columns = ", ".join(name for name in TABLES[name].fields.names if name not in _UNMEASURED)
    connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {columns} "
        "FROM read_parquet(?, hive_partitioning = false, union_by_name = true)",
        [sorted(_GLOB.sub(r"[\g<0>]", file) for file in files)],
    )
    return connection.table(name)


def _without_unmeasured(fields: pa.Schema) -> pa.Schema:
    return pa.schema([field for field in fields if field.name not in _UNMEASURED])
