"""What is purged is gone from files and log; what is newest stays as it was."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from taskmix.errors import StoreError
from taskmix.store import (
    TABLES,
    change_of_run,
    merge_rows,
    open_log,
    open_table,
    read_table,
    replace_table,
    table_version,
)
from taskmix.store.history import kept_since
from taskmix.store.purging import ever_held, purge_history, rows_by_key
from taskmix.store.versions import LOG_FOLDER, oldest_version


@pytest.fixture
def log(tmp_path, make_rows):
    """Three commits: ana's and bo's row, ana's is changed, ana's is deleted."""
    rows = make_rows(
        {"task_id": "a", "person": "p-ana", "title": "Secret plan", "local_date": "2026-05-02"},
        {"task_id": "b", "person": "p-bo", "title": "Report", "local_date": "2026-06-02"},
    )
    merge_rows(tmp_path, "tasks", changed=rows, removed=[], run_id="r1")
    renamed = rows[:1].assign(title="Secret plan, second")
    merge_rows(tmp_path, "tasks", changed=renamed, removed=[], run_id="r2")
    merge_rows(tmp_path, "tasks", changed=rows[:0], removed=["a"], run_id="r3")
    return tmp_path


def cells(folder):
    """Every text of every Parquet file, checkpoints too, read and not merely looked at."""
    found = [pq.read_table(p).to_pylist() for p in folder.rglob("*.parquet")]
    return repr(found)


def test_nothing_of_older_versions_is_left_in_any_file(log):
    folder = log / "tasks"
    assert "Secret plan" in cells(folder)
    assert purge_history(log, "tasks") == 2
    assert "Secret plan" not in cells(folder)
    assert "p-ana" not in cells(folder)
    files = {p.name for p in (folder / LOG_FOLDER).iterdir()}
    assert files == {f"{2:020}.json", f"{2:020}.checkpoint.parquet", "_last_checkpoint"}
    assert not (folder / "month=2026-05").exists()


def test_the_newest_version_keeps_its_rows_its_number_and_its_settings(log):
    before = read_table(log, "tasks")
    settings = open_table(log, "tasks").metadata().configuration
    purge_history(log, "tasks")
    pd.testing.assert_frame_equal(read_table(log, "tasks"), before)
    assert table_version(log, "tasks") == 2
    assert open_table(log, "tasks").metadata().configuration == settings


def test_the_table_goes_on_from_there(log, make_rows):
    purge_history(log, "tasks")
    rows = make_rows({"task_id": "c", "person": "p-cy"})
    assert merge_rows(log, "tasks", changed=rows, removed=[], run_id="r4") == 3
    assert sorted(read_table(log, "tasks")["task_id"]) == ["b", "c"]
    assert open_log(log, version=2).tasks.fetchall()
    assert purge_history(log, "tasks") == 3
    assert oldest_version(log / "tasks") == 3


def test_a_version_that_was_purged_is_refused_in_words(log):
    purge_history(log, "tasks")
    with pytest.raises(StoreError, match=r"has no version 1 any more: .*It has version 2 only"):
        open_log(log, version=1)
    with pytest.raises(StoreError, match=r"has no version 3; it has version 2 only"):
        open_log(log, version=3)


def test_what_a_purged_run_changed_cannot_be_asked(log, make_rows):
    assert change_of_run(log, "tasks", "r3") is not None
    assert kept_since(log, "tasks") is None
    purge_history(log, "tasks")
    with pytest.raises(StoreError, match=r"run r3: what the log was before it was taken away"):
        change_of_run(log, "tasks", "r3")
    assert change_of_run(log, "tasks", "r1") is None
    assert kept_since(log, "tasks") <= pd.Timestamp.now(tz="UTC")
    merge_rows(log, "tasks", changed=make_rows({"task_id": "c"}), removed=[], run_id="r4")
    assert len(change_of_run(log, "tasks", "r4").after) == 2


def test_a_purge_that_was_cut_off_is_completed_by_the_next(log):
    table = open_table(log, "tasks")
    table.create_checkpoint()
    (log / "tasks" / LOG_FOLDER / f"{0:020}.json").unlink()
    purge_history(log, "tasks")
    assert "Secret plan" not in cells(log / "tasks")
    assert oldest_version(log / "tasks") == 2


def test_leftovers_of_a_killed_writer_are_purged_too(log):
    stray = log / "tasks" / "month=2026-06" / "part-0-stray.parquet"
    stray.write_bytes(b"half a file with Secret plan")
    half = log / "tasks" / LOG_FOLDER / "_commit_1.json.tmp"
    half.write_text("{}")
    purge_history(log, "tasks")
    assert not stray.exists()
    assert not half.exists()


def test_a_table_that_is_replaced_as_a_whole_is_purged_alike(tmp_path):
    frame = pd.DataFrame({field.name: [None] for field in TABLES["quarantine"].fields})
    for name in ("one", "two"):
        rows = frame.assign(record=name, row=1, day=pd.Timestamp("2026-05-02"))
        replace_table(tmp_path, "quarantine", rows, run_id=name)
    purge_history(tmp_path, "quarantine")
    assert "'one'" not in cells(tmp_path)
    assert read_table(tmp_path, "quarantine")["record"].tolist() == ["two"]


def test_a_table_that_was_never_written_needs_no_purge(tmp_path):
    assert purge_history(tmp_path, "tasks") is None
    assert not list(tmp_path.iterdir())


def test_every_version_that_is_still_there_tells_what_it_held(log):
    held = ever_held(log, ["task_id", "title"], people=["p-ana"])
    assert sorted(held["title"]) == ["Secret plan", "Secret plan, second"]
    assert set(ever_held(log, ["person"])["person"]) == {"p-ana", "p-bo"}
    purge_history(log, "tasks")
    assert ever_held(log, ["task_id"], people=["p-ana"]).empty


def test_a_file_half_written_does_not_hide_the_others(log):
    (log / "tasks" / "month=2026-06" / "part-0-stray.parquet").write_bytes(b"half")
    assert set(ever_held(log, ["task_id"])["task_id"]) == {"a", "b"}


def test_rows_are_found_by_their_keys_whole(log):
    found = rows_by_key(log, "tasks", ["b", "none"])
    pd.testing.assert_frame_equal(found, read_table(log, "tasks"))
    assert rows_by_key(log, "tasks", []).empty
