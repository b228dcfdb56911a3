"""Tables as they are, as they were, and damaged."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from deltalake.fs import DeltaStorageHandler

from taskmix.errors import PeriodError, StoreError
from taskmix.store import merge_rows, open_log, open_table, read_table, table_version

ROWS = [
    {"task_id": "a", "local_date": "2026-07-01", "local_end_date": "2026-12-31"},
    {"task_id": "b", "local_date": "2026-08-15"},
]


@pytest.fixture
def processed(tmp_path, make_rows) -> Path:
    merge_rows(tmp_path, "tasks", changed=make_rows(ROWS[0]), removed=[], run_id="r1")
    merge_rows(tmp_path, "tasks", changed=make_rows(ROWS[1]), removed=[], run_id="r2")
    return tmp_path


def test_an_unwritten_table_is_empty_with_its_columns(tmp_path):
    for name in ("tasks", "sorted", "quarantine", "runs", "models"):
        assert read_table(tmp_path, name).empty
        assert table_version(tmp_path, name) is None
    assert list(read_table(tmp_path, "tasks", columns=["hours", "task_id"])) == ["hours", "task_id"]


def test_an_empty_log_is_an_error_that_says_what_to_do(tmp_path, processed):
    with pytest.raises(PeriodError, match=r"the log holds no tasks yet; put exports into data/raw"):
        open_log(tmp_path / "elsewhere")
    none = read_table(processed, "tasks").iloc[:0]
    merge_rows(processed, "tasks", changed=none, removed=["a", "b"], run_id="r3")
    with pytest.raises(PeriodError, match=r"the log holds no tasks yet"):
        open_log(processed)


def test_the_log_knows_its_version_and_days(processed):
    log = open_log(processed)
    assert (log.version, log.first_date, log.last_date) == (
        1, pd.Timestamp("2026-07-01"), pd.Timestamp("2026-08-15")
    )  # fmt: skip
    assert log.tasks.aggregate("count(*)").fetchall() == [(2,)]
    assert log.sorted.aggregate("count(*)").fetchall() == [(0,)]


def test_an_old_version_still_reads(processed):
    old = open_log(processed, version=0)
    assert (old.version, old.tasks.aggregate("count(*)").fetchall()) == (0, [(1,)])
    assert read_table(processed, "tasks", version=0)["task_id"].tolist() == ["a"]


def test_a_version_that_never_was_is_an_error(processed):
    with pytest.raises(StoreError, match=r"table 'tasks' at version 7 cannot be read"):
        open_table(processed, "tasks", version=7)


def test_a_first_write_that_was_killed_before_its_commit_is_no_table(tmp_path, make_rows):
    (tmp_path / "tasks" / "_delta_log").mkdir(parents=True)
    (tmp_path / "tasks" / "month=2026-07").mkdir()
    (tmp_path / "tasks" / "month=2026-07" / "part-0.parquet").write_bytes(b"half")
    assert table_version(tmp_path, "tasks") is None
    merge_rows(tmp_path, "tasks", changed=make_rows(ROWS[0]), removed=[], run_id="r1")
    assert read_table(tmp_path, "tasks")["task_id"].tolist() == ["a"]
    assert open_log(tmp_path).tasks.aggregate("count(*)").fetchall() == [(1,)]


DAMAGE = r"tasks: table 'tasks' cannot be read \(.*\); restore the folder from a backup, or remove"


@pytest.mark.parametrize("content", [b"", b"{not json", b'{"commitInfo":{}}\n', b"\x00" * 50])
def test_a_damaged_log_is_a_store_error(processed, content):
    for path in (processed / "tasks" / "_delta_log").glob("*.json"):
        path.write_bytes(content)
    with pytest.raises(StoreError, match=DAMAGE):
        read_table(processed, "tasks")


@pytest.mark.parametrize("damage", ["gone", "cut", "garbled"])
@pytest.mark.parametrize("read", [lambda path: read_table(path, "tasks"), open_log])
def test_a_damaged_data_file_is_a_store_error(processed, damage, read):
    for path in (processed / "tasks").glob("month=*/*.parquet"):
        content = path.read_bytes()
        path.unlink()
        if damage != "gone":
            path.write_bytes(content[:100] if damage == "cut" else b"x" * len(content))
    with pytest.raises(StoreError, match=DAMAGE) as error:
        read(processed)
    assert "\n" not in str(error.value)


def test_a_table_whose_log_was_deleted_is_written_anew(processed, make_rows):
    shutil.rmtree(processed / "tasks" / "_delta_log")
    assert table_version(processed, "tasks") is None
    assert merge_rows(
        processed, "tasks", changed=make_rows(ROWS[0]), removed=[], run_id="r1"
    ) == 0  # fmt: skip


def test_no_thread_that_outlives_the_read_holds_anything_of_python(processed, monkeypatch):
    """Else the process may abort when it ends: see `read_arrow`."""

    def refuse(*_, **__):
        raise AssertionError("the table was read through a file system written in Python")

    monkeypatch.setattr(DeltaStorageHandler, "from_table", refuse)
    assert sorted(read_table(processed, "tasks")["task_id"]) == ["a", "b"]
    with pytest.raises(AssertionError, match="written in Python"):
        open_table(processed, "tasks").to_pyarrow_table()
