"""Sentences about AI's part by hours call it modelled, and state every denominator."""

import pandas as pd
import pytest

from taskmix.measures import Scope
from taskmix.report import machinewords
from taskmix.taxonomy import CATEGORIES

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",))


def hours(**facts):
    row = {"period": "2026-Q3", "ai": 0.15, "both": 0.28, "known": 0.9, "n_ai": 4308.4,
           "own_team": 1.0, "with_hours": 0.99, "why_not": ""}  # fmt: skip
    return pd.DataFrame([{**row, **facts}])


def test_hours_of_ai_are_called_modelled():
    assert machinewords.hours_title(hours(), scope=SCOPE) == (
        "By hours, AI alone carries 15% of execution, as modelled"
    )
    text = machinewords.hours_sentence(hours(), scope=SCOPE)
    assert "AI’s 4,308 execution tasks" in text
    assert "It is modelled: nobody spent or saved these hours." in text
    assert text.endswith("The performer is known of 90% of the hours.")


def test_what_the_model_lacks_is_said():
    text = machinewords.hours_sentence(hours(own_team=0.7, with_hours=0.5), scope=SCOPE)
    assert "70% of them count at their own team’s median, the others at that of all teams." in text
    assert "Only 50% of people’s execution tasks have hours, so people’s part is too small" in text


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ({"why_not": "not enough data: has 3", "ai": None},
         "AI’s part of execution by hours cannot be told: not enough data: has 3"),
        ({"ai": None}, "Who carries out execution is not recorded"),
        ({"period": "2026-Q1"}, "There is no execution to tell of"),
    ],
)  # fmt: skip
def test_hours_that_are_not_known_are_no_zero(facts, title):
    assert machinewords.hours_title(hours(**facts), scope=SCOPE) == title
    assert machinewords.hours_sentence(hours(**facts), scope=SCOPE) == f"{title}."


def modes(automation, why_not=""):
    row = {
        "period": "2026-Q3",
        "n_with_ai": 100,
        "n_known": 40,
        "known": 0.4,
        "automation": automation,
        "augmentation": 1 - automation,
        "why_not": why_not,
    }
    return pd.DataFrame([row])  # fmt: skip


def test_modes_name_the_more_frequent_way_and_both_denominators():
    assert machinewords.modes_title(modes(0.7), scope=SCOPE) == (
        "70% of the tasks with a known mode people hand over to AI"
    )
    assert machinewords.modes_title(modes(0.3), scope=SCOPE).endswith("work on together with AI")
    assert "as often" in machinewords.modes_title(modes(0.5), scope=SCOPE)
    assert machinewords.modes_sentence(modes(0.7), scope=SCOPE) == (
        "Of 40 tasks whose mode is known, 70% were handed over (automation) and 30% worked on with "
        "AI (augmentation); that is 40% of the 100 tasks that AI took part in."
    )


def test_too_few_modes_say_so():
    few = modes(float("nan"), "not enough data: has 29 tasks with a mode, needs 30")
    assert machinewords.modes_sentence(few, scope=SCOPE) == (
        "How people work with AI cannot be told: not enough data: has 29 tasks with a mode, "
        "needs 30."
    )
    assert "no task" in machinewords.modes_title(few.iloc[:0], scope=SCOPE)


def by_share(half, *, whole=(0.5, 0.2, 0.1, 0.2)):
    rows = [
        ("2026-Q3", human_share, category, share)
        for human_share, mix in ((1.0, whole), (0.5, half))
        for category, share in zip(CATEGORIES, mix, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "both_human_share", "category", "share"])


def test_the_largest_difference_of_the_two_ways_of_counting_is_named():
    table = by_share((0.46, 0.23, 0.1, 0.21))
    assert machinewords.sensitivity_title(table, scope=SCOPE) == (
        "Counting work done with AI in part moves execution by 4.0 points at most"
    )
    text = machinewords.sensitivity_sentence(table, scope=SCOPE)
    assert "with 100% of joint work’s hours counted as human: execution 50%, judgment 20%" in text
    assert "with 50% of joint work’s hours counted as human: execution 46%" in text


def test_no_difference_and_no_comparison_are_told_apart():
    same = by_share((0.5, 0.2, 0.1, 0.2))
    assert "changes no share by half a point" in machinewords.sensitivity_title(same, scope=SCOPE)
    one = same[same["both_human_share"] == 1.0]
    assert "is not known" in machinewords.sensitivity_title(one, scope=SCOPE)
    none = machinewords.sensitivity_sentence(same.iloc[:0], scope=SCOPE)
    assert none.endswith("is not known.")
