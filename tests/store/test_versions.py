"""An old version of the log, with the other tables as they were then."""

import json

import pandas as pd
import pytest

from taskmix.errors import StoreError
from taskmix.store import merge_rows, open_log, open_table, replace_table, table_version
from taskmix.store.versions import belonging_version


def sorted_as(category, *ids):
    return pd.DataFrame(
        {"task_id": list(ids), "p_execution": 0.25, "p_judgment": 0.25, "p_creative": 0.25,
         "p_connective": 0.25, "category": category, "model_id": category, "out_of_sample": True,
         "cold_start": False}
    )  # fmt: skip


def sort_as(path, category, *ids, noted=True):
    version = str(table_version(path, "tasks"))
    replace_table(
        path, "sorted", sorted_as(category, *ids), run_id=category,
        noted={"tasks_version": version} if noted else None,
    )  # fmt: skip


def categories(path, version):
    log = open_log(path, version=version)
    return set(log.sorted.project("category").fetchall())


@pytest.fixture
def ingest(tmp_path, make_rows):
    def add(task_id):
        rows = make_rows({"task_id": task_id})
        merge_rows(tmp_path, "tasks", changed=rows, removed=[], run_id=task_id)

    return add


@pytest.mark.parametrize("noted", [True, False])
def test_an_old_version_is_read_with_what_the_sorter_said_then(tmp_path, ingest, noted):
    ingest("a")
    sort_as(tmp_path, "creative", "a", noted=noted)
    ingest("b")
    ingest("c")
    sort_as(tmp_path, "judgment", "a", "b", "c", noted=noted)
    sort_as(tmp_path, "execution", "a", "b", "c", noted=noted)
    assert categories(tmp_path, 0) == {("creative",)}
    # Nothing was sorted between versions 1 and 2, so version 1 has what was there before.
    assert categories(tmp_path, 1) == {("creative",)}
    for newest in (2, -1, None):
        assert categories(tmp_path, newest) == {("execution",)}


def test_a_table_that_came_later_was_not_there(tmp_path, ingest):
    ingest("a")
    ingest("b")
    sort_as(tmp_path, "creative", "a", "b")
    old = open_log(tmp_path, version=0)
    assert old.sorted.fetchall() == []
    assert old.read("models").empty
    assert (old.version, old.newest, old.is_old, dict(old.beside)) == (0, 1, True, {})
    new = open_log(tmp_path)
    assert (new.version, new.newest, new.is_old, dict(new.beside)) == (1, 1, False, {"sorted": 0})


def test_the_refusals_are_those_of_then(tmp_path, ingest):
    refused = pd.DataFrame(
        [{"file": "a.csv", "row": 3, "source": "toggl", "reason": "no_date", "detail": "x",
          "record": "{}", "run_id": "r", "refusal": "f", "task_id": None, "logged_as": None,
          "day": pd.Timestamp("2026-07-01").as_unit("us")}]
    )  # fmt: skip
    ingest("a")
    replace_table(tmp_path, "quarantine", refused, run_id="a")
    ingest("b")
    replace_table(tmp_path, "quarantine", pd.concat([refused, refused]), run_id="b")
    counts = [len(open_log(tmp_path, version=v).read("quarantine", columns=["file"]))
              for v in (0, 1, -1)]  # fmt: skip
    assert counts == [1, 2, 2]


@pytest.mark.parametrize("version", [2, 99, -2])
def test_a_version_that_never_was_names_those_there_are(tmp_path, ingest, version):
    ingest("a")
    with pytest.raises(
        StoreError, match=rf"the log has no version {version}; it has version 0 only"
    ):
        open_log(tmp_path, version=version)
    ingest("b")
    with pytest.raises(StoreError, match=rf"has no version {version}; it has versions 0 to 1"):
        open_log(tmp_path, version=version)


def test_what_a_commit_notes_goes_before_its_time():
    tasks = [{"version": v, "timestamp": 10 * v} for v in range(4)]
    noted = [{"version": 0, "timestamp": 99, "tasks_version": "1"}]
    timed = [{"version": 0, "timestamp": 5}, {"version": 1, "timestamp": 20},
             {"version": 2, "timestamp": 25}, {"version": 3, "timestamp": 31}]  # fmt: skip
    assert [belonging_version(noted, tasks, tasks_version=v) for v in range(4)] == [None, 0, 0, 0]
    assert [belonging_version(timed, tasks, tasks_version=v) for v in range(4)] == [0, 0, 2, 3]
    too_old = [{"version": 0, "timestamp": -1}]
    assert belonging_version(too_old, tasks, tasks_version=3) is None


def test_commits_keep_what_was_noted_beside_the_run(tmp_path, ingest):
    ingest("a")
    sort_as(tmp_path, "creative", "a")
    table = open_table(tmp_path, "sorted")
    assert table is not None
    (entry,) = table.history()
    assert (entry["run_id"], entry["tasks_version"]) == ("creative", "0")


def test_old_versions_are_never_cleaned_out_of_the_log(tmp_path, ingest):
    ingest("a")
    first = (tmp_path / "tasks" / "_delta_log" / f"{0:020}.json").read_text()
    (about,) = (json.loads(x)["metaData"] for x in first.splitlines() if "metaData" in x)
    assert about["configuration"]["delta.enableExpiredLogCleanup"] == "false"
