"""Why a task cannot be explained is told of a sorting or a model that does not allow it."""

import json
import shutil

import pandas as pd
import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.batch.explain import explain_task, why_not_explained
from taskmix.errors import SortingError
from taskmix.ingest import ingest
from taskmix.settings import load_settings
from taskmix.sorting.kept import _card_digest, read_card
from taskmix.store import merge_rows, read_table

HEADER = "Description,Start date,Start time,End date,End time,Duration,Tags"
TITLES = ("Review the contract", "Weekly stand-up", "Post invoices")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Three tasks of one person, sorted by cue words alone."""
    folder = tmp_path_factory.mktemp("explained") / "w"
    settings = init_workspace(folder, personal=True)
    rows = [f"{title},2026-07-06,0{n}:00:00,2026-07-06,0{n}:30:00,00:30:00,"
            for n, title in enumerate(TITLES)]  # fmt: skip
    (settings.raw / "toggl.csv").write_text("\n".join([HEADER, *rows]) + "\n")
    ingest(settings)
    sort_log(settings)
    return settings


@pytest.fixture
def settings(made, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(made.project, tmp_path / "w")
    return load_settings(tmp_path / "w")


@pytest.fixture
def task_id(made):
    tasks = read_table(made.processed, "tasks", columns=["task_id", "title"])
    return tasks.set_index("title")["task_id"]["Review the contract"]


def test_a_task_sorted_by_cue_words_alone_is_explained(made, task_id):
    assert why_not_explained(made, task_id) == ""
    found = explain_task(made, task_id)
    assert found.likeliest == "judgment"
    assert ("cue", "review") in set(
        zip(found.decisive["kind"], found.decisive["term"], strict=True)
    )
    assert not found.learned
    assert found.frequency == 0
    assert not found.calibrated


def test_a_tag_of_a_sheet_counts_as_one_of_the_log_does(settings, task_id):
    assert explain_task(settings, task_id).task["tag"] is None
    said = {"tag_id": "1", "task_id": task_id, "tagger": "", "category": "creative",
            "origin": "learn", "sheet": "s"}  # fmt: skip
    row = pd.DataFrame([said]).assign(at=pd.Timestamp("2026-10-01", tz="UTC"))
    merge_rows(settings.processed, "tags", changed=row, removed=[], run_id="r")
    assert explain_task(settings, task_id).task["tag"] == "creative"


def test_a_model_of_another_edition_is_the_reason_in_the_errors_words(settings, task_id):
    folder = settings.processed / "sorters"
    (path,) = folder.glob("*.json")
    card = read_card(folder, path.stem)
    facts = card.as_dict() | {"edition": "0.9"}
    changed = type(card)(**facts)
    digests = {**card.sha256, "card": _card_digest(changed)}
    path.write_text(json.dumps(changed.with_digests(digests).as_dict()))
    said = why_not_explained(settings, task_id)
    assert said.startswith(f"{path.name}: the model is of edition 0.9 (taskmix ")
    assert str(settings.project) not in said
    with pytest.raises(SortingError, match=r"the model is of edition 0\.9"):
        explain_task(settings, task_id)


def test_a_task_that_came_after_the_sort_is_told_to_be_sorted_first(settings):
    with (settings.raw / "toggl.csv").open("a") as file:
        file.write("Draw,2026-07-07,09:00:00,2026-07-07,09:30:00,00:30:00,\n")
    ingest(settings)
    tasks = read_table(settings.processed, "tasks", columns=["task_id", "title"])
    new = tasks.set_index("title")["task_id"]["Draw"]
    said = f"task {new} was not sorted yet; run `taskmix sort` first"
    assert why_not_explained(settings, new) == said
    with pytest.raises(SortingError, match=f"task {new} was not sorted yet"):
        explain_task(settings, new)


def test_an_unknown_task_is_an_error_and_no_reason(made):
    with pytest.raises(SortingError, match="task 'zzz' is not in the log"):
        why_not_explained(made, "zzz")
