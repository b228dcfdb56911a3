"""The commands that train, sort with what is kept, and list it."""

import pytest

from taskmix.settings import load_settings
from taskmix.store import read_table

# One worker makes the demo workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("demo")


def test_sort_trains_and_says_what_it_assigns(taskmix, own_copy):
    made = taskmix("sort", "--project", own_copy, "--json")
    assert made.code == 0, made.err
    assert made.json["trained"]
    assert made.json["newer_tags"] == 0
    assert set(made.json["thresholds"]) == {"execution", "judgment", "creative", "connective"}
    assert made.json["forward"]["macro_f1"] > 0.6
    assert "tags are newer" not in made.out


def test_sort_with_a_model_repeats_what_it_did(taskmix, own_copy):
    settings = load_settings(own_copy)
    then = read_table(settings.processed, "sorted").sort_values("task_id", ignore_index=True)
    (before,) = taskmix("models", "--project", own_copy, "--json").json["models"]
    # another model in between, of another target
    path = own_copy / "taskmix.toml"
    path.write_text(path.read_text().replace("precision = 0.85", "precision = 0.9"))
    other = taskmix("sort", "--project", own_copy, "--json").json["model_id"]
    assert other != before["model_id"]
    listed = taskmix("models", "--project", own_copy, "--json")
    assert [m["model_id"] for m in listed.json["models"]] == [other, before["model_id"]]
    assert [m["in_use"] for m in listed.json["models"]] == [True, False]
    lines = listed.out.splitlines()
    assert lines[0].startswith(other)
    assert lines[0].endswith(", in use")
    assert "tags, macro-F1 0." in lines[1]

    again = taskmix("sort", "--project", own_copy, "--model", before["model_id"], "--json")
    assert again.code == 0, again.err
    assert not again.json["trained"]
    now = read_table(settings.processed, "sorted").sort_values("task_id", ignore_index=True)
    assert now.equals(then)


def test_the_card_is_printed(taskmix, demo):
    made = taskmix("models", "--card", "latest", "--project", demo, "--json")
    assert made.code == 0
    assert made.out.startswith("# Sorting model ")
    assert "Not for evaluating individuals" in made.out
    assert made.json["card"].startswith("# Sorting model ")


def test_what_there_is_not_is_one_clear_line(taskmix, demo):
    made = taskmix("sort", "--model", "zz", "--project", demo)
    assert made.code == 1
    assert "'zz' is no kept model; kept are " in made.err
    assert len(made.err.strip().splitlines()) == 1


def test_a_new_workspace_has_no_model_and_says_what_makes_one(taskmix, tmp_path):
    taskmix("init", tmp_path / "w")
    made = taskmix("models", "--project", tmp_path / "w", "--json")
    assert made.code == 0
    assert made.out.startswith("no model is kept yet; `taskmix sort` trains one")
    assert made.json == {"models": []}


def test_a_model_that_cannot_be_used_says_why(taskmix, own_copy):
    (kept,) = (own_copy / "data" / "processed" / "sorters").glob("*.skops")
    kept.write_bytes(b"")
    made = taskmix("models", "--project", own_copy, "--json")
    assert made.code == 0
    assert "cannot be used here: " in made.out
    assert not made.json["models"][0]["usable"]
    failed = taskmix("sort", "--model", "latest", "--project", own_copy)
    assert failed.code == 1
    assert "was changed after it was written" in failed.err


@pytest.mark.parametrize("command", ["sort", "models"])
def test_help_says_which_command_trains(taskmix, command):
    text = " ".join(taskmix(command, "--help").out.split())
    assert ("This command alone trains" in text) == (command == "sort")
