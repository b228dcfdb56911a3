"""Every record ends in one count, and only what changed is written."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from taskmix.ingest import Counts, load_readers, settle
from taskmix.schema import Quarantine, check_frame
from taskmix.store import merge_rows, read_table, table_version

THREE = (
    "ana,Plan,P,2026-07-01,,2.5,Judgement,human",
    "ana,Plan,P,2026-07-01,,2.5,Judgement,human",
    "bo,Broken,P,31-Feb,,1,,",
)


def same(left: dict[str, pd.DataFrame], right: dict[str, pd.DataFrame]) -> None:
    for name, frame in left.items():
        pd.testing.assert_frame_equal(frame, right[name])


def test_a_file_counts_its_accepted_and_quarantined_records(workspace, put, plain, take):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    outcome = take(settings)
    assert outcome.counts == Counts(read=3, accepted=2, quarantined=1)
    assert outcome.files[0].path == "a.csv"
    assert outcome.files[0].reader == "plain"
    assert outcome.files[0].reasons == {"started_at_unreadable": 1}
    assert outcome.table_version == 0


def test_two_identical_rows_are_two_tasks_with_the_hours_of_both(
    workspace, put, plain, take, tasks
):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    take(settings)
    assert tasks(settings)["hours"].tolist() == [2.5, 2.5]
    assert tasks(settings)["task_id"].is_unique


def test_the_same_file_twice_changes_nothing(workspace, put, plain, take, everything):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    first = take(settings)
    before = everything(settings)
    second = take(settings)
    assert second.counts == Counts(read=3, unchanged=2, quarantined=1)
    assert second.table_version == first.table_version == 0
    for name in ("tasks", "quarantine", "runs"):
        assert table_version(settings.processed, name) == 0
    same(before, everything(settings))


@pytest.mark.parametrize("at_once", [True, False])
def test_a_copy_under_another_name_changes_nothing(
    at_once, workspace, put, plain, take, everything
):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    if not at_once:
        take(settings)
        before = everything(settings)
    put(settings, "copy of a.csv", plain(*THREE))
    outcome = take(settings)
    assert outcome.files[1].counts == Counts(read=3, unchanged=2, quarantined=1)
    assert outcome.table_version == 0
    assert len(read_table(settings.processed, "tasks")) == 2
    assert read_table(settings.processed, "quarantine")["file"].tolist() == ["a.csv"]
    if not at_once:
        same(before, everything(settings))


def test_equal_rows_in_other_bytes_are_unchanged_and_commit_nothing(workspace, put, plain, take):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    take(settings)
    put(settings, "a.csv", plain(*THREE).replace("\n", "\r\n"))
    outcome = take(settings)
    assert outcome.counts == Counts(read=3, unchanged=2, quarantined=1)
    assert outcome.table_version == 0


def test_the_counts_of_several_files_add_up(workspace, put, plain, take):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    put(settings, "b.csv", plain("cy,Other,P,2026-07-02,,1,,", "cy,,P,,,1,,"))
    outcome = take(settings)
    assert outcome.counts == Counts(read=5, accepted=3, quarantined=2)
    assert [file.counts.read for file in outcome.files] == [3, 2]


def test_changed_settings_read_a_file_again(workspace, put, plain, take, tasks, quarantine):
    settings = workspace()
    put(settings, "a.csv", plain("ana,Plan,P,2026-07-01,,1,Denken,"))
    assert take(settings).counts == Counts(read=1, quarantined=1)
    text = (settings.project / "taskmix.toml").read_text("utf-8")
    settings = workspace(text + '\n[tags]\nDenken = "judgment"\n')
    assert take(settings).counts == Counts(read=1, accepted=1)
    assert tasks(settings)["tag"].tolist() == ["judgment"]
    assert quarantine(settings).empty


def test_a_corrected_file_leaves_the_quarantine(workspace, put, plain, take, quarantine):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    put(settings, "b.csv", plain("cy,Also broken,P,never,,1,,"))
    take(settings)
    assert quarantine(settings)["file"].tolist() == ["a.csv", "b.csv"]
    put(settings, "a.csv", plain(*THREE[:2], "bo,Broken,P,2026-02-28,,1,,"))
    assert take(settings).counts == Counts(read=4, accepted=1, unchanged=2, quarantined=1)
    assert quarantine(settings)["file"].tolist() == ["b.csv"]


def test_the_quarantine_satisfies_its_schema(workspace, put, plain, take, quarantine):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    take(settings)
    refused = quarantine(settings)
    check_frame(refused, Quarantine, where="quarantine")
    assert refused["row"].tolist() == [3]
    assert json.loads(refused["record"][0])["Start"] == "31-Feb"


LASTING = """
[mapping.tracker.columns]
id = "Key"
person = "Who"
title = "What"
started_at = "Start"
hours = "Hours"
"""


def test_a_lasting_id_updates_its_row_and_removes_no_other(workspace, put, take, tasks):
    settings = workspace(LASTING)
    put(settings, "a.csv", "Key,Who,What,Start,Hours\n1,ana,One,2026-07-01,1\n"
        "2,ana,Two,2026-07-02,2\n3,ana,Three,2026-07-03,3\n")  # fmt: skip
    take(settings)
    put(settings, "b.csv", "Key,Who,What,Start,Hours\n1,ana,One,2026-07-01,1.5\n"
        "3,ana,Three,2026-07-03,3\n4,ana,Four,2026-07-02,4\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.files[1].counts == Counts(read=3, accepted=1, updated=1, unchanged=1)
    assert dict(zip(tasks(settings)["title"], tasks(settings)["hours"], strict=True)) == {
        "One": 1.5, "Two": 2.0, "Three": 3.0, "Four": 4.0,
    }  # fmt: skip


def test_the_same_lasting_id_with_other_content_is_quarantined(
    workspace, put, take, tasks, quarantine, known_as
):
    settings = workspace(LASTING)
    put(settings, "a.csv", "Key,Who,What,Start,Hours\n1,ana,One,2026-07-01,1\n"
        "1,ana,One,2026-07-01,1\n1,bo,One,2026-07-01,1\n,cy,None,2026-07-01,1\n")  # fmt: skip
    outcome = take(settings)
    assert outcome.counts == Counts(read=4, accepted=1, unchanged=1, quarantined=2)
    assert quarantine(settings)["reason"].tolist() == ["duplicate_id", "no_id"]
    assert quarantine(settings)["row"].tolist() == [3, 4]
    assert tasks(settings)["person"].tolist() == [known_as("ana")]


def test_files_are_read_again_after_their_table_was_lost(workspace, put, plain, take):
    import shutil  # noqa: PLC0415

    settings = workspace()
    one = put(settings, "a.csv", plain(*THREE))
    put(settings, "b.csv", plain("cy,Other,P,2026-07-02,,1,,"))
    take(settings)
    shutil.rmtree(settings.processed / "tasks")
    assert take(settings, one).counts == Counts(read=3, accepted=2, quarantined=1)
    assert take(settings).counts == Counts(read=4, accepted=1, unchanged=2, quarantined=1)


def test_a_run_cut_off_before_its_ledger_is_done_again(
    workspace, put, plain, take, everything, monkeypatch
):
    settings, other = workspace(), workspace(folder="undisturbed")
    for target in (settings, other):
        put(target, "a.csv", plain(*THREE))
    take(other)

    def cut_off(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("taskmix.ingest.run.replace_table", cut_off)
        with pytest.raises(KeyboardInterrupt, match=r"^$"):
            take(settings)
    assert table_version(settings.processed, "runs") is None
    assert take(settings).counts == Counts(read=3, unchanged=2, quarantined=1)
    left, right = everything(settings), everything(other)
    same({n: left[n] for n in ("tasks", "quarantine")}, right)


def test_a_row_taken_away_and_brought_back_in_one_run_is_no_change(
    workspace, put, toggl, take, everything
):
    settings = workspace()
    one = ("ana", "Plan", "2026-07-01", "09:00:00", "10:00:00", "1:00:00")
    put(settings, "old.csv", toggl(one, (*one[:3], "11:00:00", "12:00:00", "1:00:00")))
    put(settings, "new.csv", toggl(one, (*one[:3], "13:00:00", "14:00:00", "1:00:00")))
    take(settings)
    before = everything(settings)["tasks"]
    # Other rules read both files again, in their order.
    text = (settings.project / "taskmix.toml").read_text("utf-8")
    settings = workspace(text + '\n[tags]\nNowhere = "creative"\n')
    outcome = take(settings)
    assert outcome.table_version == 0
    pd.testing.assert_frame_equal(before, everything(settings)["tasks"])


def test_removing_what_is_not_there_commits_nothing(workspace, put, plain, take):
    settings = workspace()
    put(settings, "a.csv", plain(*THREE))
    take(settings)
    none = read_table(settings.processed, "tasks").iloc[:0]
    assert merge_rows(settings.processed, "tasks", changed=none, removed=[], run_id="x") == 0


def test_counts_add_by_field():
    one = Counts(read=3, accepted=1, skipped=2)
    assert one + replace(one, removed=5) == Counts(read=6, accepted=2, skipped=4, removed=5)


def test_settling_leaves_the_readers_draft_untouched(workspace, put, plain, who):
    settings = workspace()
    path = put(settings, "a.csv", plain(*THREE))
    reader = load_readers(settings)["plain"]
    draft = reader.read(path, settings)
    rows, records = draft.rows.copy(deep=True), draft.records.copy(deep=True)
    settle(draft, reader=reader, settings=settings, who=who, where="a.csv")
    pd.testing.assert_frame_equal(draft.rows, rows)
    pd.testing.assert_frame_equal(draft.records, records)
