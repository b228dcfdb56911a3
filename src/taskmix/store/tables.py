"""What lies in each table: columns, Arrow types, key and partitions."""

from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from taskmix.schema import TASK_COLUMNS

_TEXT = pa.string()
_INSTANT = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Table:
    """A table of the store.

    Attributes
    ----------
    name : str
        Folder under ``data/processed``.
    fields : pyarrow.Schema
        Columns and types on disk.
    key : str or None
        The column by which rows are merged; None for tables that are only replaced.
    partition_by : tuple of str
        Partition columns; ASCII values only.
    indexed : tuple of str
        Columns whose minimum and maximum the table's log may keep. Never a person or text.
    later : tuple of str
        Columns that a table written by an older taskmix may lack; they are missing values there.
    """

    name: str
    fields: pa.Schema
    key: str | None = None
    partition_by: tuple[str, ...] = ()
    indexed: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


_TASK_TYPES = {
    "started_at": _INSTANT,
    "ended_at": _INSTANT,
    "local_date": pa.date32(),
    "local_end_date": pa.date32(),
    "hours": pa.float64(),
    "part": pa.int64(),
}

_COUNTS = ("read", "accepted", "updated", "unchanged", "quarantined", "skipped", "removed",
           "expanded")  # fmt: skip

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table(
            "tasks",
            pa.schema(
                [
                    *((column, _TASK_TYPES.get(column, _TEXT)) for column in TASK_COLUMNS),
                    # Beside the task log: the partition, days as epoch numbers for arithmetic
                    # that every engine does alike, the row's digest, the pseudonym of the very
                    # name in the file (a changed roster must not make another row of it), and
                    # where it came from.
                    ("month", _TEXT),
                    ("first_day", pa.int32()),
                    ("last_day", pa.int32()),
                    ("digest", _TEXT),
                    ("logged_as", _TEXT),
                    ("file", _TEXT),
                    ("run_id", _TEXT),
                ]
            ),
            key="task_id",
            partition_by=("month",),
            indexed=("first_day", "last_day"),
        ),
        Table(
            "sorted",
            pa.schema(
                [
                    ("task_id", _TEXT),
                    ("p_execution", pa.float64()),
                    ("p_judgment", pa.float64()),
                    ("p_creative", pa.float64()),
                    ("p_connective", pa.float64()),
                    ("category", _TEXT),
                    ("model_id", _TEXT),
                    ("out_of_sample", pa.bool_()),
                    ("cold_start", pa.bool_()),
                ]
            ),
            key="task_id",
        ),
        Table(
            "quarantine",
            pa.schema(
                [
                    ("file", _TEXT),
                    ("row", pa.int64()),
                    ("source", _TEXT),
                    ("reason", _TEXT),
                    ("detail", _TEXT),
                    ("record", _TEXT),
                    ("run_id", _TEXT),
                    ("refusal", _TEXT),
                    ("task_id", _TEXT),
                    ("logged_as", _TEXT),
                    ("day", pa.date32()),
                ]
            ),
        ),
        Table(
            "runs",
            pa.schema(
                [
                    ("run_id", _TEXT),
                    ("at", _INSTANT),
                    ("file", _TEXT),
                    ("reader", _TEXT),
                    ("content", _TEXT),
                    ("rules", _TEXT),
                    *((count, pa.int64()) for count in _COUNTS),
                    ("notes", _TEXT),
                ]
            ),
            indexed=("at",),
        ),
        Table(
            "models",
            pa.schema(
                [
                    ("model_id", _TEXT),
                    ("at", _INSTANT),
                    ("tasks_version", pa.int64()),
                    ("n_tagged", pa.int64()),
                    ("n_untagged", pa.int64()),
                    ("cold_start", pa.bool_()),
                    ("held_out_accuracy", pa.float64()),
                    ("n_held_out", pa.int64()),
                    ("settings", _TEXT),
                    ("made_at", _INSTANT),
                    ("n_learned", pa.int64()),
                    ("n_forward", pa.int64()),
                    ("forward_macro_f1", pa.float64()),
                    ("forward_ece", pa.float64()),
                ]
            ),
            key="model_id",
            later=("made_at", "n_learned", "n_forward", "forward_macro_f1", "forward_ece"),
        ),
        # One row is one judgement of one tagger on one task. Who thinks again adds a row: the
        # history stays, the latest counts. A row with the category "" takes back what was said
        # on the same sheet.
        Table(
            "tags",
            pa.schema(
                [
                    ("tag_id", _TEXT),
                    ("task_id", _TEXT),
                    ("tagger", _TEXT),
                    ("category", _TEXT),
                    ("at", _INSTANT),
                    ("origin", _TEXT),
                    ("sheet", _TEXT),
                ]
            ),
            key="tag_id",
        ),
        # One row is one task that was drawn to be tagged, with the chance it had. `pi` is
        # missing where a task was chosen, not drawn: such a row enters no estimate.
        Table(
            "draws",
            pa.schema(
                [
                    ("draw_id", _TEXT),
                    ("period", _TEXT),
                    ("at", _INSTANT),
                    ("seed", pa.int64()),
                    ("n", pa.int64()),
                    ("tasks_version", pa.int64()),
                    ("position", pa.int64()),
                    ("task_id", _TEXT),
                    ("kind", _TEXT),
                    ("pi", pa.float64()),
                    ("hours", pa.float64()),
                    ("title_digest", _TEXT),
                    ("frame_tasks", pa.int64()),
                    ("frame_hours", pa.float64()),
                ]
            ),
        ),
        # One row is what a release plan decided on one group in one period; a row whose decision
        # is "released" says that the plan's pages were published. Rows are only ever added.
        # Private: `members` holds the pseudonyms of who was in what is shown, for later plans to
        # compare.
        Table(
            "releases",
            pa.schema(
                [
                    ("plan_id", _TEXT),
                    ("plan_period", _TEXT),
                    ("period", _TEXT),
                    ("frequency", _TEXT),
                    ("kind", _TEXT),
                    ("department", _TEXT),
                    ("team", _TEXT),
                    ("decision", _TEXT),
                    ("reason", _TEXT),
                    ("shown_as", _TEXT),
                    ("n_people", pa.int64()),
                    ("members", pa.list_(_TEXT)),
                    ("content", _TEXT),
                    ("exposed", pa.bool_()),
                    ("table_version", pa.int64()),
                    ("settings", _TEXT),
                    ("made_at", _INSTANT),
                    ("released_at", _INSTANT),
                ]
            ),
        ),
    )
}


def to_arrow(frame: pd.DataFrame, table: Table) -> pa.Table:
    """Turn a frame into the table's Arrow columns; extra columns are left out."""
    columns = [
        pa.Array.from_pandas(frame[field.name], type=field.type, safe=field.type != pa.date32())
        for field in table.fields
    ]
    return pa.table(columns, schema=table.fields)


def to_pandas(arrow: pa.Table) -> pd.DataFrame:
    """Turn Arrow columns into pandas ones: `str`, microsecond times, dates as midnights."""
    frame = arrow.to_pandas(date_as_object=False)
    for field in arrow.schema:
        if pa.types.is_date(field.type):
            frame[field.name] = frame[field.name].astype("datetime64[us]")
        elif pa.types.is_string(field.type) or pa.types.is_large_string(field.type):
            frame[field.name] = frame[field.name].astype("str")
    return frame
