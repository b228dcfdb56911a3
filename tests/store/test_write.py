"""One commit a call, all of it or nothing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from taskmix.errors import StoreError
from taskmix.store import (
    TABLES,
    join_files,
    merge_rows,
    open_log,
    open_table,
    read_table,
    replace_table,
    table_version,
    writing,
)  # fmt: skip

ROWS = [
    {"task_id": "a", "hours": 1.0},
    {"task_id": "b", "hours": 2.0, "local_date": "2026-08-01"},
    {"task_id": "c", "hours": 4.0, "person": "Zacharias Secretname", "title": "Hidden title"},
]


def hours(processed: Path, **options: int) -> dict[str, float]:
    log = read_table(processed, "tasks", **options)
    return dict(sorted(zip(log["task_id"], log["hours"], strict=True)))


def test_a_merge_inserts_updates_and_deletes_in_one_commit(tmp_path, make_rows):
    assert table_version(tmp_path, "tasks") is None
    assert merge_rows(tmp_path, "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1") == 0
    changed = make_rows({"task_id": "b", "hours": 8.0, "local_date": "2026-09-01"},
                        {"task_id": "d", "hours": 16.0}, run_id="r2")  # fmt: skip
    assert merge_rows(tmp_path, "tasks", changed=changed, removed=["a", "x"], run_id="r2") == 1
    assert hours(tmp_path) == {"b": 8.0, "c": 4.0, "d": 16.0}
    assert hours(tmp_path, version=0) == {"a": 1.0, "b": 2.0, "c": 4.0}
    table = open_table(tmp_path, "tasks")
    assert table is not None
    assert [entry["run_id"] for entry in table.history()] == ["r2", "r1"]


def test_what_is_written_is_what_is_read(tmp_path, make_rows):
    rows = make_rows(
        {"task_id": "a", "hours": None, "local_end_date": "2026-07-09", "title": "emoji 🧑‍🚀"},
        {"task_id": "b", "started_at": "2026-07-01T10:00:00.123456Z", "tag": "creative"},
    )
    merge_rows(tmp_path, "tasks", changed=rows, removed=[], run_id="r1")
    read = read_table(tmp_path, "tasks").sort_values("task_id", ignore_index=True)
    pd.testing.assert_frame_equal(
        read, rows.astype({"first_day": "int32", "last_day": "int32"}), check_column_type=False
    )


def test_without_a_change_nothing_is_committed(tmp_path, make_rows):
    none = make_rows(*ROWS).iloc[:0]
    assert merge_rows(tmp_path, "tasks", changed=none, removed=[], run_id="r") is None
    assert not (tmp_path / "tasks").exists()
    merge_rows(tmp_path, "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1")
    assert merge_rows(tmp_path, "tasks", changed=none, removed=[], run_id="r2") == 0


def test_the_callers_rows_are_untouched(tmp_path, make_rows):
    rows = make_rows(*ROWS)
    before = rows.copy(deep=True)
    merge_rows(tmp_path, "tasks", changed=rows, removed=[], run_id="r1")
    merge_rows(tmp_path, "tasks", changed=rows, removed=["x"], run_id="r1")
    pd.testing.assert_frame_equal(rows, before)


QUARANTINE = {"file": "a.csv", "row": 3, "source": "toggl", "reason": "no_date", "detail": "x",
              "record": '{"User": "Zacharias Secretname", "Description": "Hidden title"}',
              "run_id": "r1", "refusal": "f", "task_id": None, "logged_as": None,
              "day": pd.Timestamp("2026-07-01").as_unit("us")}  # fmt: skip


def test_replacing_a_table_by_equal_rows_commits_nothing(tmp_path):
    rows = pd.DataFrame([QUARANTINE, {**QUARANTINE, "row": 4}])
    assert replace_table(tmp_path, "quarantine", rows, run_id="r1") == 0
    assert replace_table(tmp_path, "quarantine", rows.iloc[::-1], run_id="r2") == 0
    assert replace_table(tmp_path, "quarantine", rows.iloc[:1], run_id="r3") == 1
    assert read_table(tmp_path, "quarantine")["row"].tolist() == [3]
    assert len(read_table(tmp_path, "quarantine", version=0)) == 2


def test_the_tables_logs_name_no_person_and_no_title(tmp_path, make_rows):
    merge_rows(tmp_path, "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1")
    edited = make_rows({**ROWS[2], "hours": 5.0}, run_id="r2")
    merge_rows(tmp_path, "tasks", changed=edited, removed=["a"], run_id="r2")
    for n in range(2):
        rows = pd.DataFrame([QUARANTINE] * (n + 1))
        replace_table(tmp_path, "quarantine", rows, run_id="r1")
    logs = list(tmp_path.glob("*/_delta_log/*.json"))
    assert len(logs) == 4
    for log in logs:
        text = log.read_text("utf-8")
        assert "Secretname" not in text
        assert "Hidden" not in text
        for line in text.splitlines():
            stats = json.loads(json.loads(line).get("add", {}).get("stats") or "{}")
            assert set(stats.get("minValues", {})) <= {"first_day", "last_day"}
    content = b"".join(path.read_bytes() for path in tmp_path.glob("tasks/*/*.parquet"))
    assert b"Secretname" in content  # else the search above could not fail


@pytest.mark.parametrize(
    "name", ["with space", "ümläut ß", "100%", "br{a,c}es", "qu'ote\"s", "star*q?", "team=red",
             "month=1999-01", "日本", "a#b&c;d"],
)  # fmt: skip
def test_any_usual_folder_name_works_and_changes_no_value(name, tmp_path, make_rows):
    processed = tmp_path / name
    with writing(processed):
        merge_rows(processed, "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1")
        merge_rows(processed, "tasks", changed=make_rows(ROWS[1]), removed=["a"], run_id="r2")
    assert hours(processed) == {"b": 2.0, "c": 4.0}
    log = open_log(processed).tasks.to_arrow_table().to_pandas()
    assert log["hours"].sum() == 6.0
    assert (set(log["team"]), "month" in log) == ({"red"}, False)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    "name", ["br[ack]et", "a%20b", "back\\slash", "new\nline", "pipe|", "caret^"]
)
def test_a_folder_that_delta_cannot_name_is_an_error(name, tmp_path, make_rows):
    processed = tmp_path / name
    with pytest.raises(StoreError, match=r"cannot be kept in a folder with .* rename that folder"):
        merge_rows(processed, "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_of_the_workspace_beside_it_is_not_read_along(tmp_path, make_rows):
    merge_rows(tmp_path / "a*", "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1")
    shutil.copytree(tmp_path / "a*", tmp_path / "a_backup")
    assert len(open_log(tmp_path / "a*").tasks.to_arrow_table()) == 3


def test_a_second_writer_waits_and_then_has_a_clear_error(tmp_path):
    hold = (
        "import sys, pathlib\nfrom taskmix.store import writing\n"
        "with writing(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", hold, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        match = r"another taskmix command is writing; waited 0 s. Try again when it has ended"
        with pytest.raises(StoreError, match=match), writing(tmp_path, wait=0.1):
            pytest.fail("the lock was held")
        assert read_table(tmp_path, "tasks").empty  # readers are not blocked
        other.stdin.close()
    with writing(tmp_path, wait=1):
        pass


def test_the_lock_is_free_again_after_an_error(tmp_path):
    with pytest.raises(ZeroDivisionError, match="division"), writing(tmp_path):
        _ = 1 / 0
    with writing(tmp_path, wait=0.1):
        assert (tmp_path / ".lock").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_a_clear_error(tmp_path):
    tmp_path.chmod(0o500)
    match = r"cannot be written to \(Permission denied\)"
    with pytest.raises(StoreError, match=match), writing(tmp_path / "processed"):
        pytest.fail("the folder is read-only")


def test_a_folder_that_refuses_the_lock_is_a_clear_error(tmp_path, monkeypatch):
    def refuse(self: object, timeout: float) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("taskmix.store.write.FileLock.acquire", refuse)
    match = r"cannot be written to \(Permission denied\); nothing was changed"
    with pytest.raises(StoreError, match=match), writing(tmp_path):
        pytest.fail("no lock was held")


def test_a_file_in_the_folders_place_is_a_clear_error(tmp_path):
    (tmp_path / "processed").write_text("")
    match = r"processed: cannot be written to \(File exists\)"
    with pytest.raises(StoreError, match=match), writing(tmp_path / "processed"):
        pytest.fail("there is no folder")


def test_a_failed_commit_leaves_the_table_as_it_was(tmp_path, make_rows, monkeypatch):
    merge_rows(tmp_path, "tasks", changed=make_rows(*ROWS), removed=[], run_id="r1")

    def disk_full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("taskmix.store.write._merge", disk_full)
    with pytest.raises(StoreError, match=r"No space left on device.*; the table is as it was"):
        merge_rows(tmp_path, "tasks", changed=make_rows(ROWS[0]), removed=["b"], run_id="r2")
    assert hours(tmp_path) == {"a": 1.0, "b": 2.0, "c": 4.0}
    assert table_version(tmp_path, "tasks") == 0


def test_every_key_and_partition_is_a_column_of_its_table():
    for table in TABLES.values():
        columns = set(table.fields.names)
        assert {table.key or table.fields.names[0], *table.partition_by, *table.indexed} <= columns
        assert not {"person", "title", "record", "tagger", "team"} & set(table.indexed)


def judgements(n: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"tag_id": [f"g{k:03d}" for k in range(n)], "task_id": "t", "tagger": "p-secretname",
         "category": "creative", "at": pd.Timestamp("2026-10-01", tz="UTC"), "origin": "queue",
         "sheet": "s"}
    )  # fmt: skip


def test_the_files_of_many_small_commits_are_joined_and_old_versions_stay(tmp_path):
    rows = judgements(33)
    assert not join_files(tmp_path, "tags")
    for n in range(32):
        merge_rows(tmp_path, "tags", changed=rows.iloc[[n]], removed=[], run_id="r")
    assert not join_files(tmp_path, "tags")
    merge_rows(tmp_path, "tags", changed=rows.iloc[[32]], removed=[], run_id="r")
    assert join_files(tmp_path, "tags", noted={"tasks_version": "7"})
    table = open_table(tmp_path, "tags")
    assert table is not None
    assert len(table.file_uris()) == 1
    assert table.history(1)[0]["tasks_version"] == "7"
    kept = read_table(tmp_path, "tags").sort_values("tag_id", ignore_index=True)
    assert kept["tag_id"].tolist() == rows["tag_id"].tolist()
    assert len(read_table(tmp_path, "tags", version=9)) == 10
    log = "".join(p.read_text() for p in (tmp_path / "tags" / "_delta_log").glob("*.json"))
    assert "secretname" not in log
    assert "creative" not in log


def test_files_that_cannot_be_joined_are_left_as_they_are(tmp_path, monkeypatch):
    rows = judgements(33)
    for n in range(33):
        merge_rows(tmp_path, "tags", changed=rows.iloc[[n]], removed=[], run_id="r")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("deltalake.table.TableOptimizer.compact", full)
    with pytest.raises(StoreError, match=r"No space left on device.*the table is as it was"):
        join_files(tmp_path, "tags")
    assert len(read_table(tmp_path, "tags")) == 33
