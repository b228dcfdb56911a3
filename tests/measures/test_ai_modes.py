"""How people work with AI: shares of the tasks with a mode, and how many these are."""

import pytest

from taskmix.measures.ai_modes import AUGMENTATION, AUTOMATION, MODES, ai_modes
from taskmix.taxonomy import AiMode


@pytest.fixture
def modes(make_log, make_sorted):
    def count(*rows, **options):
        return ai_modes(make_log(*rows), make_sorted({}), frequency="quarter", **options)

    return count


def worked(n, mode, **facts):
    return [{"performer": "both", "ai_mode": mode, **facts}] * n


def test_the_two_ways_are_all_modes_there_are():
    assert sorted([*AUTOMATION, *AUGMENTATION]) == sorted(mode.value for mode in AiMode)


def test_shares_are_of_tasks_with_a_mode_and_the_denominators_stand_there(modes):
    row = modes(
        *worked(10, "directive"), *worked(5, "feedback_loop", performer="ai"),
        *worked(20, "validation"), *worked(5, "learning", performer="unknown"),
        *worked(40, None), *worked(60, None, performer="human"),
    ).iloc[0]  # fmt: skip
    assert (row["n_with_ai"], row["n_known"], row["known"]) == (80, 40, 0.5)
    assert row[list(MODES)].tolist() == [0.25, 0.125, 0.0, 0.125, 0.5]
    assert row[["n_directive", "n_task_iteration"]].tolist() == [10, 0]
    assert row[["automation", "augmentation"]].tolist() == [0.375, 0.625]
    assert row["why_not"] == ""


def test_few_tasks_with_a_mode_have_counts_and_no_shares(modes):
    row = modes(*worked(29, "directive"), *worked(40, None)).iloc[0]
    assert row["why_not"] == "not enough data: has 29 tasks with a mode, needs 30"
    assert row[["directive", "automation", "augmentation"]].isna().all()
    assert row["n_directive"] == 29


def test_an_agents_steps_count_as_one(modes):
    steps = [{"performer": "ai", "ai_mode": "directive", "parent_id": "p"}] * 9
    parent = {"task_id": "p", "performer": "ai", "ai_mode": "directive"}
    assert modes(parent, *steps).iloc[0]["n_known"] == 1


def test_groups_are_told_apart(modes):
    table = modes(
        *worked(30, "learning"), *worked(30, "directive", team="blue", tag="creative"),
        by=("period", "team", "label"),
    )  # fmt: skip
    assert table[["team", "label"]].to_numpy().tolist() == [["blue", "creative"], ["red", "unsure"]]
    assert table["automation"].tolist() == [1.0, 0.0]


def test_one_team_can_be_asked_of(modes):
    rows = [*worked(30, "learning"), *worked(31, "directive", team="blue")]
    assert modes(*rows, team="blue")["n_known"].tolist() == [31]


def test_a_log_without_ai_has_no_rows(modes):
    table = modes({"performer": "human"})
    assert table.empty
    assert table.columns[-1] == "why_not"
