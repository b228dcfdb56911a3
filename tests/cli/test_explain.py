"""``taskmix explain``: a task's words and facts add up to what was decided."""

import math

import numpy as np
import pandas as pd
import pytest

from taskmix.batch.explain import explain_task
from taskmix.errors import SortingError
from taskmix.report.explanationwords import decisive_rows
from taskmix.settings import load_settings
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.kept import load_model
from taskmix.sorting.temperature import apply_calibration
from taskmix.store import read_table
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def sorted_tasks(demo) -> pd.DataFrame:
    processed = load_settings(demo).processed
    tasks = read_table(processed, "tasks", columns=["task_id", "title", "tag"])
    return tasks.merge(read_table(processed, "sorted"), on="task_id")


def test_the_weights_lead_to_the_probabilities_in_the_table(demo, sorted_tasks):
    settings = load_settings(demo)
    untagged = sorted_tasks[sorted_tasks["tag"].isna()].head(5)
    model, _ = load_model(settings.processed / "sorters", untagged["model_id"].iloc[0])
    for row in untagged.itertuples():
        found = explain_task(settings, row.task_id)
        lift = pd.Series(model.sorter.lift_, index=model.sorter.classes_.tolist())
        scores = found.parts.drop(columns=["kind", "term"]).sum() - lift
        p = np.exp(scores[list(CATEGORIES)].to_numpy())
        p = apply_calibration((p / p.sum())[None], model.calibration)[0]
        assert p == pytest.approx([getattr(row, name) for name in PROBABILITIES], abs=1e-6)
        pulled = scores[found.likeliest] - scores[found.next_likeliest]
        assert found.decisive["weight"].sum() + found.frequency == pytest.approx(pulled)


def test_the_command_says_what_was_decided_and_by_which_words(taskmix, demo, sorted_tasks):
    sure = sorted_tasks[(sorted_tasks["category"] != "unsure") & sorted_tasks["tag"].isna()].iloc[0]
    made = taskmix("explain", sure["task_id"], "--project", demo, "--json")
    assert made.code == 0, made.err
    lines = made.out.splitlines()
    assert lines[0] == sure["title"]
    assert lines[1].startswith(f"Sorted as {sure['category']}, at ")
    facts = made.json
    assert facts["likeliest"] == sure["category"]
    assert not facts["learned"]
    adds = pd.DataFrame(facts["contributions"]).drop(columns=["kind", "term"]).sum()
    for category, score in facts["decision_function"].items():
        assert adds[category] == pytest.approx(score, abs=1e-6)


def test_a_learned_tag_is_named(demo, sorted_tasks):
    tagged = sorted_tasks[sorted_tasks["tag"].notna()].iloc[0]
    found = explain_task(load_settings(demo), tagged["task_id"])
    assert found.learned
    assert found.task["tag"] == tagged["tag"]


def test_the_beginning_of_an_id_is_enough_and_a_shared_one_is_refused(demo, sorted_tasks):
    settings = load_settings(demo)
    task_id = sorted_tasks["task_id"].iloc[7]
    assert explain_task(settings, task_id[:-1]).task["task_id"] == task_id
    with pytest.raises(
        SortingError, match=r"tasks begin with '\w', such as \w+ and \w+; write mor"
    ):
        explain_task(settings, task_id[:1])


def test_an_unknown_task_is_one_clean_line(taskmix, demo):
    made = taskmix("explain", "zzz", "--project", demo)
    assert made.code == 1
    assert len(made.err.strip().splitlines()) == 1
    assert "task 'zzz' is not in the log" in made.err


def test_what_is_not_shown_is_added_up_in_one_row(demo, sorted_tasks):
    found = explain_task(load_settings(demo), sorted_tasks["task_id"].iloc[0])
    rows = decisive_rows(found, n=2)
    assert len(rows) == 3
    assert rows["what"].iloc[2] == f"{len(found.decisive) - 2} others"
    shown = rows["weight"].astype(float).sum()
    assert math.isclose(shown, found.decisive["weight"].sum(), abs_tol=0.02)
