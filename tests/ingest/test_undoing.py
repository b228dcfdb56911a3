"""An ingest taken back: the log as if the run had not been, what later runs brought stays."""

import pandas as pd
import pytest

from taskmix.errors import StoreError
from taskmix.ingest import Counts, list_runs, undo
from taskmix.store import read_table

DAY1 = "ana,A,P,2026-07-01,,1,,"
DAY2 = "ana,B,P,2026-07-02,,2,,"
DAY3 = "ana,C,P,2026-07-03,,3,,"
BAD = "ana,X,P,never,,1,,"


def state(everything, settings):
    return {name: everything(settings)[name] for name in ("tasks", "quarantine", "runs")}


def same(left, right):
    for name in left:
        pd.testing.assert_frame_equal(left[name], right[name], check_dtype=False)


def test_the_last_run_undone_leaves_everything_as_before(workspace, put, plain, take, everything):
    settings = workspace()
    put(settings, "a.csv", plain(DAY1, DAY2, DAY3, BAD))
    take(settings)
    before = state(everything, settings)
    # One row edited, one gone, one new, another record refused.
    put(settings, "a.csv", plain(DAY1, DAY2.replace(",2,,", ",5,,"), "ana,D,P,2026-07-03,,1,,",
                                 "ana,Y,P,soon,,1,,"))  # fmt: skip
    run = take(settings)
    assert (run.counts.accepted, run.counts.removed) == (2, 2)
    undone = undo(settings, run.run_id)
    assert (undone.taken_back, undone.restored, undone.files) == (2, 2, ["a.csv"])
    same(state(everything, settings), before)


def test_an_undone_run_can_be_done_again(workspace, put, plain, take, everything):
    settings = workspace()
    put(settings, "a.csv", plain(DAY1, BAD))
    run = take(settings)
    after = state(everything, settings)
    undo(settings, run.run_id)
    assert read_table(settings.processed, "tasks").empty
    assert read_table(settings.processed, "quarantine").empty
    assert take(settings).counts == run.counts
    same(state(everything, settings), after)


def test_an_earlier_run_is_undone_under_later_ones(workspace, put, plain, take, tasks):
    settings = workspace()
    first = take(settings, put(settings, "a.csv", plain(DAY1)))
    take(settings, put(settings, "b.csv", plain(DAY2)))
    assert list_runs(settings)["run_id"].iloc[-1] == first.run_id
    undo(settings, first.run_id)
    assert tasks(settings)["title"].tolist() == ["B"]
    assert list_runs(settings)["accepted"].tolist() == [1]


def test_a_run_whose_rows_changed_again_is_not_undone_before_the_later_one(
    workspace, put, plain, take, tasks, everything
):
    settings = workspace("""
[mapping.plain.columns]
id = "Project"
person = "Who"
title = "What"
started_at = "Start"
hours = "Hours"
""")
    first = take(settings, put(settings, "a.csv", plain("ana,A,7,2026-07-01,,1,,")))
    later = take(settings, put(settings, "b.csv", plain("ana,A,7,2026-07-01,,4,,")))
    before = state(everything, settings)
    with pytest.raises(StoreError, match=rf"1 tasks of run .* by later runs {later.run_id}; undo"):
        undo(settings, first.run_id)
    same(state(everything, settings), before)
    undo(settings, later.run_id)
    assert tasks(settings)["hours"].tolist() == [1]
    undo(settings, first.run_id)
    assert tasks(settings).empty


def test_an_undo_that_was_cut_off_is_completed_by_the_same_command(
    workspace, put, plain, take, everything, monkeypatch
):
    settings = workspace()
    put(settings, "a.csv", plain(DAY1))
    take(settings)
    before = state(everything, settings)
    run = take(settings, put(settings, "b.csv", plain(DAY2, BAD)))

    def cut_off(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("taskmix.ingest.undoing.replace_table", cut_off)
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            undo(settings, run.run_id)
    undo(settings, run.run_id)
    same(state(everything, settings), before)


def test_a_run_that_never_was_is_an_error_that_names_the_latest(workspace, put, plain, take):
    settings = workspace()
    run = take(settings, put(settings, "a.csv", plain(DAY1)))
    with pytest.raises(StoreError, match=rf"no run 'yesterday'; the latest are {run.run_id}"):
        undo(settings, "yesterday")
    assert run.counts == Counts(read=1, accepted=1)
