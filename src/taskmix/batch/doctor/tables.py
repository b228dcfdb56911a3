"""The tables: readable, of this taskmix, fresh and sorted."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
from deltalake import DeltaTable

from taskmix.batch.doctor.verdict import Verdict, fault, listed, ok, warning
from taskmix.errors import PeriodError, SortingError, StoreError
from taskmix.measures import check_sorted
from taskmix.settings import Settings
from taskmix.store import TABLES, Table, open_log, open_table, read_table

_STALE_DAYS = 35
_RESTORE = (
    "restore data/processed from a backup, or remove it and ingest data/raw again (tags and audits "
    "given in taskmix go with it)"
)


def tables(settings: Settings) -> Verdict:
    """Check that every table can be opened, has its columns, and has all of its files."""
    wrong: list[str] = []
    there = []
    for name, table in TABLES.items():
        try:
            opened = open_table(settings.processed, name)
        except StoreError as error:
            wrong.append(str(error).partition("; restore")[0])
            continue
        if opened is not None:
            there.append(name)
            wrong += _columns_amiss(table, opened)
            wrong += _files_amiss(settings, table, opened)
    if wrong:
        return fault(listed(wrong), todo=_RESTORE)
    return ok(f"can be read: {', '.join(there)}" if there else "there are no tables yet")


def _columns_amiss(table: Table, opened: DeltaTable) -> Iterator[str]:
    found = {field.name: pa.field(field).type for field in opened.schema().to_arrow()}
    lacking = [n for n in table.fields.names if n not in found and n not in table.later]
    if lacking:
        yield f"table '{table.name}' lacks the columns {listed(lacking)}; another taskmix wrote it"
    other = [
        f"{field.name} ({found[field.name]}, not {field.type})"
        for field in table.fields
        if field.name in found and _kind(found[field.name]) != _kind(field.type)
    ]
    if other:
        yield f"table '{table.name}' has columns of another type: {listed(other)}"


def _kind(found: pa.DataType) -> str:
    """Name a type; how Arrow keeps its bytes does not matter."""
    return str(found).replace("large_", "").replace("_view", "").replace("element", "item")


def _files_amiss(settings: Settings, table: Table, opened: DeltaTable) -> Iterator[str]:
    """Look at the end of each file, where a cut-off one shows."""
    folder = settings.processed / table.name
    listing = pa.table(opened.get_add_actions(flatten=True))
    broken = 0
    for path in listing["path"].to_pylist():
        try:
            pq.read_metadata(folder / path)
        except (OSError, pa.ArrowException):
            broken += 1
    if broken:
        yield f"table '{table.name}': {broken} of {len(listing)} files are missing or damaged"


def fresh(settings: Settings) -> Verdict:
    """Check when something was last ingested."""
    try:
        runs = read_table(settings.processed, "runs", columns=["at"])
    except StoreError:
        return warning("the runs cannot be read", todo="see what is said of the tables")
    if runs.empty:
        return ok("nothing was ingested yet")
    last = runs["at"].max().to_pydatetime()
    days = (datetime.now(tz=UTC) - last).days
    said = f"last ingested {last:%Y-%m-%d}, {days} days ago"
    if days > _STALE_DAYS:
        return warning(
            said, todo="put newer exports into data/raw and run `taskmix ingest`, if there are any"
        )
    return ok(said)


def sorted_log(settings: Settings) -> Verdict:
    """Check that every task is tagged or sorted, without which no report is made."""
    try:
        check_sorted(open_log(settings.processed))
    except PeriodError:
        return ok("the log holds no tasks yet")
    except SortingError as error:
        return warning(str(error).partition(";")[0], todo="run `taskmix sort` before a report")
    except StoreError:
        return warning("the log cannot be opened", todo="see what is said of the tables")
    return ok("every task is tagged or sorted")
