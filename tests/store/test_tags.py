"""What counts as a task's tag, when several people have said something."""

import pandas as pd
import pytest

from taskmix.store import TABLES, merge_rows, read_table
from taskmix.store.tags import (
    TAKEN_BACK,
    collect_votes,
    effective_tags,
    latest_tags,
    latest_tags_by_sheet,
    resettled_tags,
    settle_votes,
)

TASKS = pd.DataFrame(
    {
        "task_id": ["a", "b", "c", "d"],
        "tag": ["creative", None, "judgment", None],
        "tagger": [None, None, "p-1", None],
        "title": ["w", "x", "y", "z"],
    }
).astype("str")


def tags(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Judgements in the order given: task, tagger, category."""
    frame = pd.DataFrame(rows, columns=["task_id", "tagger", "category"])
    at = pd.Timestamp("2026-10-01", tz="UTC") + pd.to_timedelta(range(len(rows)), unit="min")
    return frame.assign(
        tag_id=[f"g{n}" for n in range(len(rows))], at=at, origin="queue", sheet="s"
    )[list(TABLES["tags"].fields.names)]


def effective(*rows: tuple[str, str, str]) -> dict[str, str | None]:
    found = effective_tags(TASKS, tags(*rows))
    return {i: None if pd.isna(t) else t for i, t in found.set_index("task_id")["tag"].items()}


def test_without_judgements_the_log_says_it():
    assert effective() == {"a": "creative", "b": None, "c": "judgment", "d": None}


def test_one_judgement_tags_an_untagged_task():
    assert effective(("b", "", "judgment"))["b"] == "judgment"


def test_a_judgement_that_contradicts_the_log_leaves_no_tag():
    assert effective(("a", "p-2", "judgment"))["a"] is None


def test_the_majority_counts_the_log_among_it():
    found = effective(("a", "p-2", "judgment"), ("a", "p-3", "creative"))
    assert found["a"] == "creative"


def test_the_most_frequent_needs_no_half():
    rows = [("b", f"p-{n}", c) for n, c in enumerate(
        ["creative", "creative", "judgment", "execution", "connective"])]  # fmt: skip
    assert effective(*rows)["b"] == "creative"


def test_the_latest_judgement_of_a_tagger_counts():
    assert effective(("b", "p-2", "judgment"), ("b", "p-2", "creative"))["b"] == "creative"


def test_who_tagged_in_the_log_may_think_again():
    # p-1 is the log's tagger of c: one person, one vote.
    assert effective(("c", "p-1", "execution"))["c"] == "execution"


def test_judgements_on_tasks_that_left_the_log_are_ignored():
    assert effective(("gone", "p-2", "judgment")) == effective()


def test_a_first_judgement_that_was_taken_back_leaves_the_task_untagged():
    rows = [("b", "p-2", "judgment"), ("b", "p-2", TAKEN_BACK)]
    assert effective(*rows)["b"] is None
    assert latest_tags(tags(*rows)).empty


def test_what_was_taken_back_is_no_vote_against_the_logs_tag_or_the_others():
    found = effective(
        ("a", "p-2", "judgment"), ("a", "p-2", TAKEN_BACK),
        ("b", "p-2", "judgment"), ("b", "p-3", "creative"), ("b", "p-2", TAKEN_BACK),
        ("c", "p-1", "execution"), ("c", "p-1", TAKEN_BACK),
    )  # fmt: skip
    # p-1 is the log's tagger of c: what they said there stands again.
    assert (found["a"], found["b"], found["c"]) == ("creative", "creative", "judgment")


def test_after_taking_back_one_may_say_it_again():
    rows = [("b", "p-2", "judgment"), ("b", "p-2", TAKEN_BACK), ("b", "p-2", "judgment")]
    assert effective(*rows)["b"] == "judgment"


def test_taking_back_on_one_sheet_leaves_what_was_said_on_another():
    rows = tags(("b", "p-2", "creative"), ("b", "p-2", "judgment"), ("b", "p-2", TAKEN_BACK))
    rows["sheet"] = ["old", "new", "new"]
    assert latest_tags(rows)["category"].tolist() == ["creative"]
    assert latest_tags_by_sheet(rows)["sheet"].tolist() == ["old"]


def test_each_sheet_has_its_own_latest_judgement():
    rows = tags(("b", "p-2", "creative"), ("b", "p-2", "judgment"), ("b", "p-2", "execution"))
    rows["sheet"] = ["old", "new", "new"]
    assert latest_tags_by_sheet(rows)["category"].tolist() == ["creative", "execution"]
    assert latest_tags(rows)["category"].tolist() == ["execution"]


def test_votes_and_ties_are_told():
    votes = collect_votes(TASKS, tags(("a", "p-2", "judgment"), ("b", "", "creative")))
    assert votes.to_numpy().tolist() == [
        ["a", "log", "creative"], ["a", "p-2", "judgment"], ["b", "", "creative"],
        ["c", "p-1", "judgment"],
    ]  # fmt: skip
    settled = settle_votes(votes).set_index("task_id")
    assert settled["n_taggers"].to_dict() == {"a": 2, "b": 1, "c": 1}
    assert settled["agreed"].to_dict() == {"a": False, "b": True, "c": True}
    assert settled["tag"].isna().to_dict() == {"a": True, "b": False, "c": False}


def test_only_judged_tasks_are_settled_anew():
    found = resettled_tags(TASKS, tags(("b", "", "creative")))
    assert found["task_id"].tolist() == ["b"]


def test_the_frames_stay_as_they_were():
    before, rows = TASKS.copy(), tags(("a", "", "judgment"))
    kept = rows.copy()
    effective_tags(TASKS, rows)
    pd.testing.assert_frame_equal(TASKS, before)
    pd.testing.assert_frame_equal(rows, kept)


@pytest.mark.parametrize("name", ["tags", "draws"])
def test_no_statistics_of_people_or_text_are_kept(name):
    assert TABLES[name].indexed == ()


def test_the_history_of_tags_is_kept(tmp_path):
    rows = tags(("b", "p-2", "judgment"), ("b", "p-2", "creative"))
    for n in range(2):
        merge_rows(tmp_path, "tags", changed=rows.iloc[[n]], removed=[], run_id="r")
    kept = read_table(tmp_path, "tags").sort_values("at")
    assert kept["category"].tolist() == ["judgment", "creative"]
    log = "".join(p.read_text() for p in (tmp_path / "tags" / "_delta_log").glob("*.json"))
    assert "p-2" not in log
