"""Sentences about the sorting say what is known, and what is not."""

from types import SimpleNamespace

import pandas as pd

from taskmix.measures import Scope
from taskmix.report import qualitywords

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"))
MODEL = {
    "model_id": "m1", "at": pd.Timestamp("2026-10-02 08:00", tz="UTC"), "tasks_version": 4,
    "cold_start": False, "held_out_accuracy": 0.725, "n_held_out": 1200, "n_tagged": 1300,
}  # fmt: skip


def effort(*periods):
    rows = [
        (period, basis, n, hours, share)
        for period, parts in periods
        for basis, (n, hours, share) in zip(("tagged", "sorted", "unsure"), parts, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "basis", "n_tasks", "hours", "share_of_hours"])


NOW = ("2026-Q3", [(1, 1.0, 0.1), (1, 6.0, 0.6), (1, 3.0, 0.3)])


def test_the_headlines_percentages_add_up_to_a_hundred():
    headline = qualitywords.headline(effort(NOW), scope=SCOPE)
    assert headline == (
        "Of 3 tasks in 2026-Q3, people tagged 34%, the sorter was sure of 33%, and 33% stay unsure."
    )


def test_hours_are_told_apart_and_without_any_that_is_said():
    assert "Of 10 human hours in 2026-Q3, people tagged 10%" in qualitywords.effort_sentence(
        effort(NOW), scope=SCOPE
    )
    none = effort(("2026-Q3", [(1, 0.0, None), (0, 0.0, None), (0, 0.0, None)]))
    assert qualitywords.effort_sentence(none, scope=SCOPE).startswith("No hours of known length")
    assert qualitywords.effort_title(none, scope=SCOPE) == "No hours of known length were logged"


def test_the_title_compares_with_the_first_period_shown():
    before = ("2026-Q2", [(1, 1.0, 0.1), (1, 4.0, 0.4), (1, 5.0, 0.5)])
    title = qualitywords.effort_title(effort(before, NOW), scope=SCOPE)
    assert title == "30% of the hours are unsure in 2026-Q3, 50% in 2026-Q2"


def test_an_old_or_cold_sort_is_amber():
    items = dict(
        qualitywords.sorted_items({**MODEL, "cold_start": True}, SimpleNamespace(version=5))
    )
    assert items["Sorted on 2 Oct 2026 by model m1"] == "ok"
    assert items["The log has changed since: run `taskmix sort` again"] == "amber"
    assert items["Sorted by cue words alone: nobody has tagged a task"] == "amber"
    assert items["Not audited"] == "amber"
    fresh = dict(qualitywords.sorted_items(MODEL, SimpleNamespace(version=4)))
    assert not any("changed since" in text for text in fresh)
    told = qualitywords.sorted_items(MODEL, SimpleNamespace(version=4), audited=True)
    assert told[-1] == ("Audited", "ok")
    assert qualitywords.sorted_items(None, SimpleNamespace(version=4))[0][1] == "ok"


def test_certainty_is_of_the_untagged_tasks():
    steps = pd.DataFrame({"sure": [True, False], "n_tasks": [3, 1]})
    assert qualitywords.certainty_title(steps) == "The sorter is sure of 75% of 4 untagged tasks"
    assert qualitywords.certainty_title(steps.assign(n_tasks=0)) == "There is no untagged task"


def test_unsure_titles_say_how_many_tasks_they_hold():
    table = effort(("2026-Q3", [(0, 0.0, None), (0, 0.0, None), (9, 0.0, None)]))
    unsure = pd.DataFrame({"n_unsure": [4, 2]})
    sentence = qualitywords.titles_sentence(unsure, table, scope=SCOPE)
    assert sentence.startswith("These 2 titles hold 6 of 9 unsure tasks.")
    assert qualitywords.titles_sentence(unsure[:0], table, scope=SCOPE) == "No task is unsure."


def test_the_figures_are_json_values_and_missing_ones_are_none():
    figures = qualitywords.quality_figures(effort(NOW), None, scope=SCOPE)
    assert figures["tasks"] == {"tagged": 1, "sorted": 1, "unsure": 1}
    assert figures["held_out_accuracy"] is None
    assert qualitywords.quality_figures(effort(NOW), MODEL, scope=SCOPE)["n_held_out"] == 1200
