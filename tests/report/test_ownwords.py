"""What a person's own page says is true of their own figures, and of nobody else."""

import pandas as pd
import pytest

from taskmix.measures import Scope, hours_by_label, shares
from taskmix.report import ownwords as words
from taskmix.taxonomy import CATEGORIES

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"))


@pytest.fixture
def cells():
    """Half execution, half judgment in spring; three quarters execution in summer."""
    rows = [("2026-Q2", "execution", 10.0, 5), ("2026-Q2", "judgment", 10.0, 5),
            ("2026-Q3", "execution", 30.0, 3), ("2026-Q3", "judgment", 10.0, 1)]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["period", "label", "hours", "n_tasks"])
    frame["n_without_hours"] = 0
    for name in CATEGORIES:
        frame[f"expected_{name}"] = frame["hours"].where(frame["label"] == name, 0.0)
    return frame


def test_the_headline_says_the_hours_and_the_largest_part(cells):
    said = words.headline(hours_by_label(cells), shares(cells), scope=SCOPE)
    assert said == "You logged 40 hours in 2026-Q3; execution takes about 75% of them."


def test_without_hours_it_says_so(cells):
    none = cells.assign(hours=0.0, **{f"expected_{name}": 0.0 for name in CATEGORIES})
    said = words.headline(hours_by_label(none), shares(none), scope=SCOPE)
    assert said == "You logged 4 tasks in 2026-Q3, none of them with hours."
    assert words.path_title(shares(none), scope=SCOPE) == (
        "No hours of known length stand in 2026-Q3"
    )


def test_the_path_says_where_the_largest_part_came_from(cells):
    assert words.path_title(shares(cells), scope=SCOPE) == (
        "Execution takes about 75% of your hours; it was 50% in 2026-Q2"
    )
    now = cells[cells["period"] == "2026-Q3"]
    assert words.path_title(shares(now), scope=SCOPE) == "Execution takes about 75% of your hours"


def test_labels_are_told_in_parts_that_add_up(cells):
    effort = pd.DataFrame({"period": "2026-Q3", "basis": ["tagged", "sorted", "unsure"],
                           "share_of_tasks": [1 / 3, 1 / 3, 1 / 3]})  # fmt: skip
    said = words.labels_sentence(hours_by_label(cells), effort, scope=SCOPE)
    assert said.startswith("Of 4 tasks in 2026-Q3, people tagged 34%, the sorter was sure of 33%")


def test_what_is_held_is_told_with_days_and_sources():
    held = pd.DataFrame({"source": ["jira", "toggl"], "n_tasks": [1, 1200],
                         "first_day": pd.to_datetime(["2026-07-02", "2026-01-01"]),
                         "last_day": pd.to_datetime(["2026-07-03", "2026-10-05"])})  # fmt: skip
    none, one = pd.DataFrame({"row": []}), pd.DataFrame({"row": [7]})
    assert words.held_sentence(held, none) == (
        "The log holds 1,201 tasks of yours, 1 Jan 2026 to 5 Oct 2026, from 2 sources. "
        "No record of yours waits to be corrected."
    )
    assert words.held_sentence(held[:1], one) == (
        "The log holds 1 task of yours, 2 Jul 2026 to 3 Jul 2026, from one source. "
        "1 record of yours could not be read."
    )


def test_tags_given_are_told_by_category():
    given = pd.DataFrame({"category": ["execution", "judgment"], "n_tags": [2, 1]})
    assert words.tags_sentence(given).endswith(
        "(your own tasks or others’): 2 execution, 1 judgment."
    )
    assert words.tags_sentence(given[:0]) == (
        "You tagged no task in taskmix’s own queue under this name."
    )


def test_the_note_says_whose_page_it_is_and_who_is_not_on_it():
    said = words.own_note(words.names_of("p-1; p-2;")).text
    assert said.startswith("For you alone.")
    assert "as p-1." in said
    assert "compares you with no one and ranks nobody" in said
    assert "not for evaluating individuals" in words.PRIVACY
