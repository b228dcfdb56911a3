"""Change the tables: one commit a call, all of it or nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import DeltaError
from filelock import FileLock, Timeout

from taskmix.errors import StoreError
from taskmix.store.read import location, open_table, read_table
from taskmix.store.tables import TABLES, Table, to_arrow

_WAIT_SECONDS = 30.0
#: A table of 400 files was read in 190 ms, and one row merged in 140; of one file, in 12 and 32.
_MOST_FILES = 32


@contextmanager
def writing(processed: Path, *, wait: float = _WAIT_SECONDS) -> Iterator[None]:
    """Hold the workspace's one writing lock; readers are never blocked by it.

    Raises
    ------
    StoreError
        If another process holds it for longer than `wait` seconds, or the folder cannot
        be written to.
    """
    try:
        processed.mkdir(parents=True, exist_ok=True)
        lock = FileLock(processed / ".lock")
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise StoreError(
            f"{processed}: another taskmix command is writing; waited {wait:.0f} s. "
            "Try again when it has ended"
        ) from error
    except OSError as error:
        raise StoreError(
            f"{processed}: cannot be written to ({error.strerror}); nothing was changed"
        ) from error
    try:
        yield
    finally:
        lock.release()


def merge_rows(
    processed: Path,
    name: str,
    *,
    changed: pd.DataFrame,
    removed: list[str],
    run_id: str,
    noted: Mapping[str, str] | None = None,
) -> int | None:
    """Insert or update `changed` by the table's key and delete the keys in `removed`.

    Parameters
    ----------
    changed : pandas.DataFrame
        Rows that are new or differ from the table's; all of the table's columns.
    removed : list of str
        Keys to delete.
    run_id : str
        Is kept in the commit, so that a run can be found in the table's history.
    noted : mapping of str to str, optional
        What else is kept there, such as the version of the tasks that the rows come from.

    Returns
    -------
    int or None
        The table's version afterwards; None if it does not exist. Without any change
        nothing is committed.
    """
    table = TABLES[name]
    existing = open_table(processed, name)
    if changed.empty and not removed:
        return None if existing is None else existing.version()
    rows = to_arrow(changed, table)
    with clear_errors(processed / name):
        if existing is None:
            create_table(processed, table, rows, commit_facts(run_id, noted))
        else:
            _merge(existing, table, rows, removed, commit_facts(run_id, noted))
    opened = open_table(processed, name)
    return None if opened is None else opened.version()


def replace_table(
    processed: Path,
    name: str,
    frame: pd.DataFrame,
    *,
    run_id: str,
    noted: Mapping[str, str] | None = None,
) -> int | None:
    """Make `frame` the whole content of a table; an equal content commits nothing.

    `run_id` and `noted` are kept in the commit, as `merge_rows` keeps them.
    """
    table = TABLES[name]
    existing = open_table(processed, name)
    order = list(table.fields.names)
    if existing is not None:
        old = read_table(processed, name)
        if _same(old, frame[order], by=[table.key] if table.key else order):
            return existing.version()
    with clear_errors(processed / name):
        create_table(processed, table, to_arrow(frame, table), commit_facts(run_id, noted))
    opened = open_table(processed, name)
    return None if opened is None else opened.version()


def join_files(processed: Path, name: str, *, noted: Mapping[str, str] | None = None) -> bool:
    """Join the small files of a table that many small commits have left, once there are many.

    Its rows stay as they are, and so do its older versions: their files are kept.

    Parameters
    ----------
    noted : mapping of str to str, optional
        What is kept in the commit, as `merge_rows` keeps it.

    Returns
    -------
    bool
        Whether there was anything to do.

    Raises
    ------
    StoreError
        If the table cannot be read or written; it is as it was.
    """
    table = open_table(processed, name)
    if table is None or len(table.file_uris()) <= _MOST_FILES:
        return False
    with clear_errors(processed / name):
        table.optimize.compact(
            commit_properties=CommitProperties(custom_metadata={**(noted or {})})
        )
    return True


def create_table(processed: Path, table: Table, rows: pa.Table, commit: CommitProperties) -> None:
    """Make `rows` the whole content of a table in one commit; it is made where there is none."""
    write_deltalake(
        location(processed / table.name),
        rows,
        mode="overwrite",
        partition_by=list(table.partition_by) or None,
        configuration={
            # The log would otherwise keep the smallest and largest name and title of each file.
            **(
                {"delta.dataSkippingStatsColumns": ",".join(table.indexed)}
                if table.indexed
                else {"delta.dataSkippingNumIndexedCols": "0"}
            ),
            # After 100 commits delta-rs drops entries older than 30 days from the log, and a
            # report made from one of those versions could not be made again.
            "delta.enableExpiredLogCleanup": "false",
        },
        commit_properties=commit,
    )


def _merge(
    existing: DeltaTable,
    table: Table,
    rows: pa.Table,
    removed: list[str],
    commit: CommitProperties,
) -> None:
    gone = pa.table(
        [
            pa.array(removed, type=field.type) if field.name == table.key
            else pa.nulls(len(removed), type=field.type)
            for field in table.fields
        ],
        schema=table.fields,
    )  # fmt: skip
    flags = pa.array([False] * rows.num_rows + [True] * gone.num_rows)
    source = pa.concat_tables([rows, gone]).append_column("is_removed", flags)
    columns = {name: f"source.{name}" for name in table.fields.names}
    (
        existing.merge(
            source,
            predicate=f"target.{table.key} = source.{table.key}",
            source_alias="source",
            target_alias="target",
            # A table of an older taskmix gets the columns that it lacks.
            merge_schema=bool(table.later),
            commit_properties=commit,
        )
        .when_matched_delete("source.is_removed")
        .when_matched_update(columns)
        .when_not_matched_insert(columns, "NOT source.is_removed")
        .execute()
    )


def commit_facts(run_id: str, noted: Mapping[str, str] | None) -> CommitProperties:
    """Return what a commit says of itself."""
    return CommitProperties(custom_metadata={**(noted or {}), "run_id": run_id})


def _same(old: pd.DataFrame, new: pd.DataFrame, *, by: list[str]) -> bool:
    if len(old) != len(new):
        return False
    left = old.sort_values(by, ignore_index=True)
    right = new.sort_values(by, ignore_index=True)
    return left.equals(right.astype(left.dtypes.to_dict()))


@contextmanager
def clear_errors(path: Path) -> Iterator[None]:
    """Turn what the engine raises into a `StoreError` that says what to do."""
    try:
        yield
    except (DeltaError, OSError) as error:
        raise StoreError(
            f"{path}: cannot be written ({error}); the table is as it was. Check free space and "
            "permissions, then run the same command again"
        ) from error
