"""What is said of one task's decision is true of that decision."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from taskmix.report import explanationwords as words
from taskmix.sorting.explanation import Explanation


@pytest.fixture
def make() -> Callable[..., Explanation]:
    """Write an explanation down by hand: judgment at 80%, execution next, assigned from 60% on."""

    def make(p: float = 0.8, *, tag: str | None = None, **given: Any) -> Explanation:
        rest = {"execution": 1 - p, "creative": 0.0, "connective": 0.0}
        decisive = pd.DataFrame(
            {"kind": ["cue", "first word", "intercept", "context", "word"],
             "term": ["review", "review", "", "project = Site", "draft"],
             "weight": [2.5, 1.25, -1.0, 0.5, -0.25]}
        )  # fmt: skip
        facts: dict[str, Any] = {
            "task": {"task_id": "1f2e", "title": "Review the draft", "tag": tag},
            "category": "judgment", "probabilities": {"judgment": p, **rest},
            "likeliest": "judgment", "next_likeliest": "execution", "threshold": 0.6,
            "decisive": decisive, "parts": pd.DataFrame(), "frequency": -0.5,
            "calibrated": True, "model_id": "m", "learned": False, "held_out": False,
        }  # fmt: skip
        return Explanation(**facts | given)

    return make


def test_a_sure_task_is_told_with_what_was_needed(make):
    assert words.decision_sentence(make()) == "Sorted as judgment, at 80% (assigned from 60% on)."


def test_an_unsure_task_is_told_with_what_was_needed(make):
    found = make(0.45, category="unsure")
    assert words.decision_sentence(found) == (
        "Unsure: judgment is likeliest at 45%, assigned from 60% on."
    )


def test_just_below_what_was_needed_does_not_read_as_enough(make):
    found = make(0.596, category="unsure")
    assert words.decision_sentence(found) == (
        "Unsure: judgment is likeliest at 59.6%, assigned from 60.0% on."
    )
    assert "at 60% (assigned from 60% on)" in words.decision_sentence(make(0.6))


def test_a_category_never_assigned_alone_is_said_to_be_not_shown_right(make):
    found = make(0.97, category="unsure", threshold=math.inf)
    assert words.decision_sentence(found) == (
        "Unsure: judgment is likeliest at 97%, which it never assigns alone: on later tasks "
        "judgment was not shown to be right often enough."
    )


def test_a_task_without_a_tag_says_nothing_of_tags(make):
    assert words.tag_sentence(make()) == ""


def test_a_tag_that_was_not_learned_counts_all_the_same(make):
    assert words.tag_sentence(make(tag="creative")) == (
        "A person’s tag, creative, counts, whatever the sorter says."
    )


def test_a_learned_tag_has_not_judged_its_own_task(make):
    found = make(tag="creative", learned=True, held_out=True)
    assert words.tag_sentence(found) == (
        "A person’s tag, creative, counts, whatever the sorter says. The model learned from a tag "
        "of this task; the percentages come from sorters that saw no tag of its title, the weights "
        "below from the model itself."
    )
    # taken back since it was learned
    assert words.tag_sentence(make(learned=True, held_out=True)).startswith("The model learned")


def test_a_task_renamed_since_it_was_learned_is_judged_by_the_model_itself(make):
    found = make(tag="creative", learned=True)
    assert words.tag_sentence(found).endswith(
        "The model learned from a tag of this task, which had another title then; percentages and "
        "weights are the model’s own."
    )


def test_weights_add_up_to_what_is_said(make):
    assert words.against_sentence(make()) == (
        "Weights (log-odds) for judgment rather than execution; they add up to +3.00. -0.50 is "
        "added for how frequent the two are, and then the sum is calibrated."
    )
    bare = words.against_sentence(make(calibrated=False))
    assert bare.endswith("-0.50 is added for how frequent the two are.")


def test_rows_have_a_sign_a_term_and_where_it_comes_from(make):
    assert words.decisive_rows(make()).to_numpy().tolist() == [
        ["+2.50", "review", "cue word"],
        ["+1.25", "review", "as first word"],
        ["-1.00", "–", "before any word"],
        ["+0.50", "project = Site", "of the log"],
        ["-0.25", "draft", "word"],
    ]


def test_the_rows_left_out_are_added_up_in_one(make):
    rows = words.decisive_rows(make(), n=2)
    assert rows.to_numpy().tolist()[2:] == [["-0.75", "3 others", ""]]
    assert len(words.decisive_rows(make(), n=5)) == 5


def test_a_paragraph_names_the_task_first_and_leaves_out_what_is_not_to_be_said(make):
    text = words.explained(make())
    assert text.startswith("Task 1f2e, “Review the draft”. Sorted as judgment, at 80%")
    assert "  " not in text
    untitled = make(task={"task_id": "1f2e", "title": None, "tag": None})
    assert words.explained(untitled).startswith("Task 1f2e, “(no title)”. ")


def test_backticks_of_a_title_are_not_the_pages(make):
    found = make(task={"task_id": "1f2e", "title": "Fix `sort", "tag": None})
    assert words.explained(found).startswith("Task 1f2e, “Fix 'sort”. ")


def test_without_an_explanation_the_reason_stands_alone():
    assert words.explained(None, why_not=words.NOTHING_TO_EXPLAIN) == words.NOTHING_TO_EXPLAIN
    assert words.decisive_rows(None).empty


def ids(*names):
    return pd.DataFrame({"task_id": pd.Series(names, dtype="str")})


@pytest.mark.parametrize(
    ("asked", "errors", "unsure", "chosen"),
    [
        ("a", ids("e1"), ids("u1"), "a"),
        ("", ids("e1", "e2"), ids("u1"), "e1"),
        (" ", ids(), ids("u1", "u2"), "u1"),
        ("", ids(), ids(), ""),
    ],
)
def test_the_task_is_the_one_asked_for_else_the_worst_error_else_an_unsure_one(
    asked, errors, unsure, chosen
):
    assert words.task_to_explain(asked, errors=errors, unsure=unsure) == chosen
