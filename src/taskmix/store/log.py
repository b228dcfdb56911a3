"""Open the task log, and the tables beside it, for measures."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from deltalake import DeltaTable

from taskmix.errors import PeriodError
from taskmix.store.handed import drafted, name_relation, place_of_rows
from taskmix.store.read import as_patterns, open_table, read_table, unreadable
from taskmix.store.tables import TABLES, to_pandas
from taskmix.store.tags import resettled_tags
from taskmix.store.versions import NEWEST, belonging_version, check_version

_EPOCH = pd.Timestamp("1970-01-01")
#: The tables that a report reads along with the tasks.
_BESIDE = ("sorted", "models", "quarantine", "tags", "draws")
#: The partition, which stands in the folders' names only, and what no measure looks at.
_UNMEASURED = ("month", "title", "digest", "logged_as", "file", "run_id")


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
    # All that the rows follow from: a tag settles what a task counts as.
    of = f"{processed.resolve()}@{None if table is None else table.version()}{beside}"
    connection = duckdb.connect()
    # What does not fit into memory goes to the system's folder, not to the notebook's.
    connection.execute("SET temp_directory = ?", [tempfile.gettempdir()])
    made = beside.get("sorted")
    by_sorter = None if made is None else open_table(processed, "sorted", version=made)
    tags = None if table is None else beside.get("tags")
    try:
        tasks = _relation(connection, processed, "tasks", table, of=of, tags=tags)
        days = tasks.aggregate("min(first_day), max(first_day), max(last_day)").fetchall()[0]
    except duckdb.Error as error:
        raise unreadable(processed / "tasks", "table 'tasks'", error) from error
    try:
        sorted_tasks = _relation(connection, processed, "sorted", by_sorter, of=of)
    except duckdb.Error as error:
        raise unreadable(processed / "sorted", "table 'sorted'", error) from error
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
        return {name: table.version() for name, table in sorted(tables.items())}
    written = tasks.history()
    found = {
        name: belonging_version(table.history(), written, tasks_version=version)
        for name, table in tables.items()
    }
    return {name: then for name, then in sorted(found.items()) if then is not None}


def _relation(
    connection: duckdb.DuckDBPyConnection,
    processed: Path,
    name: str,
    table: DeltaTable | None,
    *,
    of: str,
    tags: int | None = None,
) -> duckdb.DuckDBPyRelation:
    """Open a table's rows, those that were handed over where they are there."""
    content = f"{name} of {of}"
    kept = place_of_rows(name, content)
    if kept is not None and kept.is_file():
        relation = connection.read_parquet(as_patterns([kept])[0])
    else:
        relation = _copied(connection, processed, name, table)
        if tags is not None:
            _settle_tags(connection, read_table(processed, "tags", version=tags))
        if kept is not None and table is not None:
            with drafted(kept) as draft:
                relation.write_parquet(str(draft))
    name_relation(relation, content)
    return relation


def _copied(
    connection: duckdb.DuckDBPyConnection, processed: Path, name: str, table: DeltaTable | None
) -> duckdb.DuckDBPyRelation:
    # Paths are put together here because `file_uris()` is percent-encoded for some folders.
    folder = processed / TABLES[name].name
    actions = None if table is None else pa.table(table.get_add_actions(flatten=True))
    files = [] if actions is None else [folder / path.as_py() for path in actions["path"]]
    if not files:
        return connection.from_arrow(_without_unmeasured(TABLES[name].fields).empty_table())
    # Not as Hive partitions: a workspace in a folder `team=red` would get that as its team.
    # Copied once, because every step of a lazy expression opens all files again to learn
    # their columns: measured 100 times as slow on 24 files.
    columns = ", ".join(name for name in TABLES[name].fields.names if name not in _UNMEASURED)
    connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {columns} "
        "FROM read_parquet(?, hive_partitioning = false, union_by_name = true)",
        [as_patterns(files)],
    )
    return connection.table(name)


def _without_unmeasured(fields: pa.Schema) -> pa.Schema:
    return pa.schema([field for field in fields if field.name not in _UNMEASURED])
