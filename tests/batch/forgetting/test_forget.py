"""One person is gone from every byte of a workspace and cannot come back; others stay."""

import json
import shutil
import signal
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import pandas as pd
import pyarrow as pa
import pytest

from taskmix.batch import make_report, sort_log
from taskmix.batch.forgetting import ForgettingError, forget, look_for
from taskmix.batch.person import UnknownPersonError
from taskmix.batch.queue import draw_sheet, load_sheet
from taskmix.errors import StoreError
from taskmix.identity import load_key, read_roster, read_tombstones
from taskmix.ingest import Counts, ingest, list_runs, undo
from taskmix.measures import check_sorted
from taskmix.settings import load_settings
from taskmix.sorting.queue import SheetError
from taskmix.store import TABLES, open_log, open_table, read_table, table_version

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("forgetting")

TABLES_HELD = ("tasks", "tags", "draws", "sorted", "quarantine", "runs", "releases")


def tables(settings):
    return {name: read_table(settings.processed, name) for name in TABLES_HELD}


@pytest.fixture(scope="module")
def gone(full, tmp_path_factory):
    """The workspace after she was forgotten; tests leave it as it is."""
    project = shutil.copytree(full.settings.project, tmp_path_factory.mktemp("gone") / "copy")
    settings = load_settings(project)
    before = tables(settings)
    done = forget(settings, "Anabel Quintero")
    return SimpleNamespace(
        **{**vars(full), "settings": settings}, before=before, after=tables(settings), done=done
    )


def needles(full):
    ids = read_table(full.settings.processed, "tasks", columns=["task_id", "person"])
    return (*full.names, *full.pseudonyms, *full.titles, full.label,
            *ids.loc[ids["person"] == full.pseudonyms[0], "task_id"])  # fmt: skip


# A positive control: the same search finds her in every place that there is.
PLACES = {
    ("names", 0): ("people.csv",),
    ("names", 1): ("people.csv", "data/analyst/own-notes.ipynb", "data/analyst/failed/my.ipynb",
               "data/analyst/2026-Q3/.ipynb_checkpoints/1_intake-checkpoint.ipynb",
               "data/analyst/.staging-x/1_intake.ipynb",
               "data/analyst/.batch/2026-Q3/shared/rows-tasks.parquet"),
    ("names", 2): ("people.csv", "to-correct/plain_refused.csv", "data/processed/quarantine/",
               "data/processed/runs/", "data/processed/tasks/"),
    ("titles", 0): ("data/processed/tasks/", "data/processed/quarantine/", "data/analyst/queue/",
                "to-correct/toggl_anabel_quintero_2026_refused.csv"),
    ("titles", 1): ("data/processed/tasks/", "data/analyst/own-notes.ipynb"),
    # Of an older version of the log alone.
    ("titles", 2): ("data/processed/tasks/",),
    ("label", ...): ("data/processed/runs/",),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "which"), PLACES)
def test_before_the_search_finds_her_in_each_place(full, search, kind, which):
    text = full.label if kind == "label" else getattr(full, kind)[which]
    found = search(full.settings, [text])[text]
    assert all(any(n.startswith(place) for n in found) for place in PLACES[kind, which])


def test_before_the_search_finds_her_pseudonyms_and_tasks_in_tables_and_models(full, search):
    canonical, alias, _ = full.pseudonyms
    own = needles(full)[-1]
    found = search(full.settings, [canonical, alias, own])
    assert f"data/analyst/my/{canonical}/2026-Q3/my.ipynb" in found[canonical]
    assert {name.split("/")[2] for name in found[canonical]} >= {"tasks", "tags", "releases"}
    assert {name.split("/")[2] for name in found[alias]} >= {"tasks", "quarantine"}
    assert f"data/processed/sorters/{full.saw}.held_out.parquet" in found[own] or any(
        name.startswith("data/processed/sorted/") for name in found[own]
    )
    # A model knows words of titles; the whole title stands in none.
    words = search(full.settings, ["zeppelin"])["zeppelin"]
    assert f"data/processed/sorters/{full.saw}.skops" in words
    assert f"data/processed/sorters/{full.never_saw}.skops" not in words


def test_afterwards_no_byte_of_the_workspace_holds_her(full, gone, search):
    wanted = [*needles(full), "zeppelin", "quokka", "ormolu"]
    assert search(gone.settings, wanted) == {text: set() for text in wanted}


def test_afterwards_no_file_that_a_table_left_behind_is_there(gone):
    for name in TABLES_HELD:
        folder = gone.settings.processed / name
        table = open_table(gone.settings.processed, name)
        there = {p.relative_to(folder).as_posix() for p in folder.rglob("*.parquet")}
        used = set(pa.table(table.get_add_actions(flatten=True))["path"].to_pylist())
        assert {p for p in there if not p.startswith("_delta_log")} == used
        logged = sorted(p.name for p in (folder / "_delta_log").glob("*.json"))
        assert logged == [f"{table.version():020}.json"]


def test_others_rows_are_what_they_were_but_for_her_name_in_them(gone):
    own = set(gone.pseudonyms)
    before, after = gone.before, gone.after
    tasks = before["tasks"][~before["tasks"]["person"].isin(own)].set_index("task_id").sort_index()
    left = after["tasks"].set_index("task_id").sort_index()
    untouched = [c for c in tasks if c not in ("collaborators", "tagger", "digest", "file")]
    pd.testing.assert_frame_equal(left[untouched], tasks[untouched])
    bo, cy = (load_key(gone.settings, create=False).pseudonym(n) for n in ("emp-0043", "cy"))
    paired = left[left["title"] == "Pair on the release"].iloc[0]
    assert (paired["person"], paired["collaborators"]) == (bo, cy)
    assert left["tagger"].isna().all()
    assert left.loc[left["title"] == "Review the draft", "tag"].tolist() == ["creative"]
    ids = set(before["tasks"].loc[before["tasks"]["person"].isin(own), "task_id"])
    for name in ("tags", "draws", "sorted"):
        rows = before[name][~before[name]["task_id"].isin(ids)]
        if name == "tags":
            rows = rows[~rows["tagger"].isin(own)]
        order = [TABLES[name].key or "position"]
        pd.testing.assert_frame_equal(
            after[name].sort_values(order, ignore_index=True),
            rows.sort_values(order, ignore_index=True),
        )
    assert after["quarantine"]["reason"].tolist() == ["hours_not_positive"]


def test_in_what_was_published_a_mark_stands_for_her_so_that_its_people_are_still_counted(gone):
    (before,), (after,) = (held["releases"]["members"] for held in (gone.before, gone.after))
    assert len(after) == len(before) == 2
    mark = (set(after) - set(before)).pop()
    assert mark.startswith("forgotten-")
    assert set(after) & set(before) == {load_key(gone.settings, create=False).pseudonym("emp-0043")}
    told = gone.before["releases"].drop(columns="members")
    pd.testing.assert_frame_equal(gone.after["releases"].drop(columns="members"), told)


def test_it_says_what_it_took_and_what_it_left(gone):
    found = gone.done.found
    assert found.counts() == {
        "tasks": 20, "sorted": 20, "draws": gone.before["draws"]["task_id"].isin(
            found.traces.task_ids).sum(),
        "tags": len(gone.before["tags"]) - len(gone.after["tags"]),
        "quarantine": 1, "edited": found.counts()["edited"],
    }  # fmt: skip
    assert found.counts()["draws"] > 0
    assert found.roster_rows == 2
    assert gone.saw in found.models
    assert found.models_kept == (gone.never_saw,)
    assert found.lost_versions == (0, 1, 2)
    assert gone.done.version == 3
    assert found.pages_of_lost == ("2026-Q3/organisation/3_task_mix (version 1)",)
    assert gone.done.raw_files == ("plain.csv", "toggl_anabel_quintero_2026.csv")
    assert gone.done.still_named == ()
    assert gone.done.before is None


def test_the_roster_loses_her_rows_and_no_byte_of_anybody_elses(gone):
    kept = "person,aliases,team,from,to\r\nemp-0043,bo@example.org;Bo Larsen,Red,,\r\n"
    assert gone.settings.roster.read_bytes().decode() == kept
    assert set(read_roster(gone.settings.roster).names.values()) == {"emp-0043"}
    stone = read_tombstones(gone.settings, load_key(gone.settings, create=False)).stones[0]
    assert (stone.done, stone.roster_rows) == (True, 2)


def test_a_filled_sheet_keeps_others_answers_to_the_byte(full, gone):
    sheet = full.sheets[False].relative_to(full.settings.project)
    before, after = (
        (project / sheet).read_bytes().splitlines(keepends=True)
        for project in (full.settings.project, gone.settings.project)
    )
    own = gone.done.found.traces.task_ids
    assert after == [line for line in before if line.split(b",")[0].decode() not in own]
    assert len(after) > 1
    excel = full.sheets[True].relative_to(full.settings.project)
    rows = pd.read_excel(gone.settings.project / excel, engine="calamine")
    assert len(rows) == len(after) - 1
    assert (gone.settings.project / excel).stat().st_mode & 0o777 == 0o600


def test_pages_that_show_nobody_of_it_stay(gone):
    left = {p.relative_to(gone.settings.analyst).as_posix()
            for p in gone.settings.analyst.rglob("*")
            if p.is_file() and p.name != ".batch.lock"}  # fmt: skip
    sheets = {f"queue/{path.name}" for path in gone.sheets.values()}
    assert left == {"bystander.html", "my/p-of-bo/2026-Q3/my.ipynb", *sheets}
    assert (gone.settings.reports / "2026-Q3/organisation/3_task_mix.json").is_file()


def test_the_raw_files_are_as_they_were(full, gone):
    for path in full.settings.raw.iterdir():
        assert (gone.settings.raw / path.name).read_bytes() == path.read_bytes()


def test_an_old_version_is_refused_in_words_and_an_old_run_cannot_be_undone(gone):
    with pytest.raises(StoreError, match=r"has no version 1 any more: when somebody was forgotten"):
        make_report(gone.settings, period="2026-Q3", table_version=1)
    for run in list_runs(gone.settings)["run_id"]:
        with pytest.raises(StoreError, match=r"taken away when somebody was forgotten"):
            undo(gone.settings, run)
    assert table_version(gone.settings.processed, "tasks") == 3


def test_the_raw_files_do_not_bring_her_back_and_change_nothing_of_others(own, search, toggl):
    forget(own.settings, "emp-0042")
    before = tables(own.settings)["tasks"]
    outcome = ingest(own.settings)
    assert outcome.counts == Counts(read=45, unchanged=23, quarantined=1, skipped=21)
    assert sorted(file.reasons.get("forgotten", 0) for file in outcome.files) == [0, 1, 20]
    pd.testing.assert_frame_equal(tables(own.settings)["tasks"], before)
    wanted = needles(own)
    assert search(own.settings, wanted) == {text: set() for text in wanted}
    # A newer export, in which she is again, and new rows of others.
    newer = toggl(
        ("Anabel Quintero", "new@example.org", own.titles[1], "2026-09-01"),
        ("Bo Larsen", "bo@example.org", "Post invoice 9", "2026-09-01"),
    )
    (own.settings.raw / "toggl_new.csv").write_text(newer)
    assert ingest(own.settings).counts == Counts(
        read=47, accepted=1, unchanged=23, quarantined=1, skipped=22
    )


def test_sorting_reporting_drawing_and_undoing_go_on_afterwards(own, search):
    forget(own.settings, "Anabel Quintero")
    summary = sort_log(own.settings)
    assert summary.model_id not in (own.saw, own.never_saw)
    log = open_log(own.settings.processed)
    check_sorted(log)
    assert log.version == 3
    assert (
        log.read("draws")["task_id"]
        .isin(read_table(own.settings.processed, "tasks")["task_id"])
        .all()
    )
    made = make_report(own.settings, period="2026-Q3", notebooks=["3_task_mix"])
    assert made.pages[0].facts["table_version"] == 3
    wanted = needles(own)
    assert search(own.settings, wanted) == {text: set() for text in wanted}
    drawn = draw_sheet(own.settings, period="2026-Q3", n=12)
    assert not drawn.is_new
    with pytest.raises(SheetError, match=r"'Anabel Quintero' was forgotten here"):
        load_sheet(own.settings, drawn.sheet, tagger="Anabel Quintero")
    assert load_sheet(own.settings, drawn.sheet).added > 0
    (own.settings.raw / "plain_later.csv").write_text(
        "Who,What,Start,Hours,With,Tagger,Tag\nBo Larsen,Order ink,2026-09-04 09:00,2,,,\n"
    )
    run = ingest(own.settings).run_id
    assert open_log(own.settings.processed, version=3).version == 3
    assert undo(own.settings, run).taken_back == 1


def test_a_dry_run_says_the_same_and_writes_nothing(own, gone):
    held = {p: p.read_bytes() for p in own.settings.project.rglob("*") if p.is_file()}
    would = forget(own.settings, "anabel@example.org", dry_run=True)
    assert {p: p.read_bytes() for p in own.settings.project.rglob("*") if p.is_file()} == held
    assert would.found.counts() == gone.done.found.counts()
    assert would.found.lost_versions == gone.done.found.lost_versions
    assert would.raw_files == gone.done.raw_files
    assert would.still_named == ()


def test_the_same_command_again_finds_nothing_left(own):
    first = forget(own.settings, "Anabel Quintero")
    again = forget(own.settings, "emp-0042")
    assert again.before is not None
    assert again.raw_files == first.raw_files
    assert table_version(own.settings.processed, "tasks") == first.version


def test_an_unknown_name_changes_nothing_and_says_where_it_was_looked_for(own):
    held = {p: p.read_bytes() for p in own.settings.project.rglob("*") if p.is_file()}
    with pytest.raises(UnknownPersonError, match=r"known as 'Anabel Quintera' \(did you mean anabel"
                       r" quintero\?\): looked in .*people.csv .*processed.*raw"):  # fmt: skip
        forget(own.settings, "Anabel Quintera")
    assert {p: p.read_bytes() for p in own.settings.project.rglob("*") if p.is_file()} == held


def test_somebody_who_is_only_a_collaborator_can_be_forgotten(own, search):
    pseudonym = load_key(own.settings, create=False).pseudonym("cy")
    found = forget(own.settings, "CY").found
    assert found.counts()["tasks"] == 1
    assert search(own.settings, [pseudonym])[pseudonym] == set()
    assert "Anabel" in own.settings.roster.read_text()


def test_names_in_others_titles_are_counted_and_stay(own):
    (own.settings.raw / "plain_more.csv").write_text(
        "Who,What,Start,Hours,With,Tagger,Tag\nBo Larsen,Call Anabel  Quintero,"
        "2026-09-04 09:00,2,,,\n"
    )
    ingest(own.settings)
    done = forget(own.settings, "Anabel Quintero")
    assert done.found.traces.mentions == 1
    assert "Call Anabel  Quintero" in set(read_table(own.settings.processed, "tasks")["title"])


def test_a_notebook_saved_with_a_task_of_theirs_is_listed_and_left(own):
    path = own.settings.project / "notebooks" / "2_sorting.ipynb"
    held = path.read_text().replace('"cells": [', f'"cells": [ "{own.titles[1]}",', 1)
    path.write_text(held)
    assert forget(own.settings, "Anabel Quintero").still_named == ("notebooks/2_sorting.ipynb",)
    assert path.read_text() == held


def test_a_personal_workspace_is_to_be_deleted_as_a_whole(tmp_path, toggl):
    (tmp_path / "taskmix.toml").write_text("[workspace]\npersonal = true\n")
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "t.csv").write_text(toggl(("Ana", "ana@x.org", "Write", "2026-07-06")))
    settings = load_settings(tmp_path)
    ingest(settings)
    for name in ("me", "ana@x.org", "Ana"):
        with pytest.raises(ForgettingError, match=r"one person's log; to forget them, delete the"):
            look_for(settings, name)
    assert len(read_table(settings.processed, "tasks")) == 1


def test_somebody_can_be_forgotten_before_anything_was_ingested(tmp_path, toggl):
    (tmp_path / "taskmix.toml").write_text("")
    settings = load_settings(tmp_path)
    settings.roster.write_text("person,aliases\nana,ana@x.org\n")
    settings.raw.mkdir(parents=True)
    (settings.raw / "t.csv").write_text(toggl(("Ana", "ana@x.org", "Write", "2026-07-06")))
    assert forget(settings, "ana").found.roster_rows == 1
    assert ingest(settings).counts == Counts(read=1, skipped=1)


KILLED = """
import os, signal, sys
from importlib import import_module
from taskmix.settings import load_settings
room, calls = import_module("taskmix.batch.forgetting.forget"), []
real = room.change_table
def stop(*args, **options):
    calls.append(real(*args, **options))
    if len(calls) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
room.change_table = stop
room.forget(load_settings(sys.argv[1]), "Anabel Quintero")
"""


def check_completed(own, gone, search):
    """Forget her again, and compare with a run that nothing stopped."""
    path = own.settings.project / "data" / "forgotten.json"
    assert [stone["done"] for stone in json.loads(path.read_text())["forgotten"]] == [False]
    forget(own.settings, "Anabel Quintero")
    assert [stone["done"] for stone in json.loads(path.read_text())["forgotten"]] == [True]
    wanted = needles(gone)
    assert search(own.settings, wanted) == {text: set() for text in wanted}
    for name, key in {"tasks": "task_id", "tags": "tag_id", "quarantine": "refusal"}.items():
        pd.testing.assert_frame_equal(
            read_table(own.settings.processed, name).sort_values(key, ignore_index=True),
            gone.after[name].sort_values(key, ignore_index=True),
        )


def test_killed_between_two_tables_the_same_command_completes_it(own, gone, search):
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(own.settings.project)], check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    check_completed(own, gone, search)


class _StoppedError(Exception):
    pass


@pytest.mark.parametrize(
    ("room", "step", "nth"),
    [
        ("forget", "remove_models", 1),
        ("tables", "purge_history", 6),
        ("forget", "leave_roster", 1),
    ],
)
def test_stopped_after_any_step_the_same_command_completes_it(
    own, gone, search, monkeypatch, room, step, nth
):
    module = import_module(f"taskmix.batch.forgetting.{room}")
    real, calls = getattr(module, step), []

    def stop(*args, **options):
        calls.append(real(*args, **options))
        if len(calls) == nth:
            raise _StoppedError
        return calls[-1]

    with monkeypatch.context() as patch:
        patch.setattr(module, step, stop)
        with pytest.raises(_StoppedError):
            forget(own.settings, "Anabel Quintero")
    check_completed(own, gone, search)
