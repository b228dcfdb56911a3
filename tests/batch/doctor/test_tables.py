"""Tables that are damaged, of another taskmix, stale or not sorted."""

import shutil
from datetime import UTC, datetime, timedelta

import pyarrow as pa
from deltalake import write_deltalake

from taskmix.batch import init_workspace
from taskmix.batch.doctor import tables
from taskmix.ingest import ingest
from taskmix.store import TABLES, read_table, replace_table


def replaced(settings, name, columns):
    """Write a table anew with other columns."""
    shutil.rmtree(settings.processed / name)
    write_deltalake(str(settings.processed / name), pa.table(columns))


def test_tables_in_order_are_said_to_be(settings):
    found = tables.tables(settings)
    assert (found.state, found.found) == (
        "ok",
        "can be read: tasks, sorted, quarantine, runs, models",
    )
    assert tables.fresh(settings).state == "ok"
    assert tables.sorted_log(settings).found == "every task is tagged or sorted"


def test_no_tables_are_no_fault(tmp_path):
    settings = init_workspace(tmp_path / "new")
    for look in (tables.tables, tables.fresh, tables.sorted_log):
        assert look(settings).state == "ok"


def test_a_damaged_log_of_a_table_is_a_fault(settings):
    for entry in (settings.processed / "tasks" / "_delta_log").glob("*.json"):
        entry.write_text("{broken")
    found = tables.tables(settings)
    assert found.state == "fault"
    assert "table 'tasks' cannot be read" in found.found
    assert "restore data/processed from a backup" in found.todo
    assert tables.sorted_log(settings).state == "warning"


def test_files_that_are_missing_or_cut_off_are_counted(settings):
    (file,) = (settings.processed / "tasks").rglob("*.parquet")
    file.write_bytes(file.read_bytes()[:50])
    found = tables.tables(settings)
    assert found.state == "fault"
    assert found.found == "table 'tasks': 1 of 1 files are missing or damaged"
    file.unlink()
    assert tables.tables(settings).found == found.found


def test_columns_that_another_taskmix_wrote_are_a_fault(settings):
    kept = {field.name: pa.nulls(0, field.type) for field in TABLES["tags"].fields}
    (settings.processed / "tags").mkdir()
    replaced(settings, "tags", {"tag_id": kept["tag_id"], "task_id": kept["task_id"]})
    found = tables.tables(settings)
    assert found.state == "fault"
    assert found.found == (
        "table 'tags' lacks the columns tagger, category, at, origin, sheet; another taskmix "
        "wrote it"
    )
    replaced(settings, "tags", {**kept, "tagger": pa.array([], pa.int64())})
    assert tables.tables(settings).found == (
        "table 'tags' has columns of another type: tagger (int64, not string)"
    )


def test_columns_that_an_older_taskmix_did_not_know_are_no_fault(settings):
    models = TABLES["models"]
    kept = {f.name: pa.nulls(0, f.type) for f in models.fields if f.name not in models.later}
    replaced(settings, "models", kept)
    assert tables.tables(settings).state == "ok"


def test_a_log_that_nothing_was_added_to_for_long_is_a_warning(settings):
    runs = read_table(settings.processed, "runs")
    runs["at"] = datetime.now(tz=UTC) - timedelta(days=40, hours=1)
    runs["at"] = runs["at"].astype("datetime64[us, UTC]")
    replace_table(settings.processed, "runs", runs, run_id="x")
    found = tables.fresh(settings)
    assert found.state == "warning"
    assert found.found.endswith("40 days ago")


def test_tasks_that_are_not_sorted_are_a_warning(settings):
    text = (settings.raw / "log.csv").read_text() + "Bo Berg,red,Something new,1,,2026-07-09\n"
    (settings.raw / "log.csv").write_text(text)
    ingest(settings)
    found = tables.sorted_log(settings)
    assert found.state == "warning"
    assert found.found == "1 tasks are neither tagged nor sorted"
    assert "taskmix sort" in found.todo
