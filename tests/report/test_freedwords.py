"""Freed hours are told as an account, and AI's effect only where its interval shows one."""

import json

import pandas as pd
import pytest

from taskmix.measures import DESTINATIONS, RELEASED, Scope
from taskmix.report import freedwords as words

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2025-Q3", "2026-Q2", "2026-Q3"))
NOTHING = float("nan")


def account(*hours, reach=None, why_not=""):
    frame = pd.DataFrame({"part": [RELEASED, *DESTINATIONS], "hours": hours})
    margin = NOTHING if reach is None else reach
    return frame.assign(
        period="2026-Q3", against="2025-Q3", low=frame["hours"] - margin,
        high=frame["hours"] + margin, why_not=why_not,
        no_interval="not enough data: has 7 people, needs 10" if reach is None else "",
    )  # fmt: skip


def effect(*hours, reach=1.0, tagged=1.0, why_not=""):
    frame = pd.DataFrame({"part": [RELEASED, *DESTINATIONS], "hours": hours})
    return frame.assign(
        period="2026-Q3", low=frame["hours"] - reach, high=frame["hours"] + reach, n_with=12,
        n_without=8, n_before=6, tagged=tagged, why_not=why_not,
    )  # fmt: skip


def test_the_title_is_of_the_log_and_names_no_cause():
    title = words.freed_title(account(2.06, 1, 1, 0, 0, 0, 0), scope=SCOPE)
    assert title == "As logged, execution takes 2.1 hours a person-week less than in 2025-Q3"
    more = words.freed_title(account(-1.2, -1, 0, 0, 0, 0, -0.2), scope=SCOPE)
    assert more == "As logged, execution takes 1.2 hours a person-week more than in 2025-Q3"
    same = words.freed_title(account(0.04, 0, 0, 0, 0, 0, 0.04), scope=SCOPE)
    assert same == "Execution takes as many hours a person-week as in 2025-Q3"


def test_an_incomplete_period_is_said_to_be_so():
    so_far = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",), pd.Timestamp("2026-09-12"))
    title = words.freed_title(account(2, 1, 1, 0, 0, 0, 0), scope=so_far)
    assert title.endswith("than in 2025-Q3; 2026-Q3 is not complete")


def test_the_sentence_lists_gains_then_losses_and_that_it_is_an_account():
    assert words.freed_sentence(account(2.0, 1.0, 0.5, -0.4, 0.6, 0.04, 0.26, reach=0.5)) == (
        "Execution takes 2.0 hours a person-week fewer than in 2025-Q3. 1.0 more for judgment, 0.6 "
        "more for overseeing AI, 0.5 more for creative work and 0.3 left work. 0.4 fewer for "
        "connective work. What was released lies between 1.5 and 2.5. This is an account of what "
        "was logged, not AI’s effect."
    )


@pytest.mark.parametrize(
    ("reach", "text"),
    [
        (None, "It is not sure that this is a change: there is no interval."),
        (3.0, "The interval of what was released holds 0, so it may be chance."),
    ],
)
def test_what_may_be_chance_is_called_so(reach, text):
    assert text in words.freed_sentence(account(2, 1, 0, 0, 0, 0, 1, reach=reach))


def test_people_who_log_more_did_not_leave_work():
    text = words.freed_sentence(account(0.0, 0, 0, 1.5, 0, 0, -1.5))
    assert "1.5 more for connective work. 1.5 more are logged in all." in text
    assert text.startswith("Execution takes as many hours a person-week as in 2025-Q3.")


def test_a_void_account_gives_its_reason_and_no_number():
    why_not = "the log holds 80% of the declared hours in 2026-Q3 and 91% in 2025-Q3"
    void = account(*[NOTHING] * 7, why_not=why_not)
    assert words.freed_title(void, scope=SCOPE) == f"Freed hours cannot be told: {why_not}"
    assert words.freed_sentence(void) == f"Freed hours cannot be told: {why_not}."


@pytest.mark.parametrize(
    ("released", "title"),
    [
        (4.0, "Where teams have AI, it freed 4.0 hours a person-week (3.0 to 5.0) of execution"),
        (
            0.5,
            "It is not shown that AI freed hours of execution: 0.5 hours a person-week "
            "(−0.5 to 1.5)",
        ),
        (
            -2.0,
            "Where teams have AI, execution takes 2.0 hours a person-week more (1.0 to 3.0) than "
            "without",
        ),
    ],
)
def test_an_effect_is_stated_only_where_its_interval_excludes_none(released, title):
    assert words.effect_title(effect(released, 0, 0, 0, 0, 0, released)) == title


def test_the_effects_sentence_names_what_is_shown_beyond_chance():
    text = words.effect_sentence(effect(4.0, 2.0, 0.9, -1.5, 1.2, 0, 1.4))
    assert (
        "Shown beyond chance: 2.0 more for judgment, 1.2 more for overseeing AI, 1.4 left work and "
        "1.5 fewer for connective work." in text
    )
    assert "12 teams with AI stand against 8 without, each with at least 6 months before" in text
    nowhere = words.effect_sentence(effect(4.0, 0.9, 0.9, 0.9, 0.9, 0, 0.4))
    assert "No single destination is shown beyond chance." in nowhere


def test_hours_that_the_sorter_labelled_are_called_so():
    labelled = effect(4.0, 2.0, 0, 0, 2.0, 0, 0, tagged=0.094)
    assert words.effect_title(labelled) == (
        "Where teams have AI, it freed 4.0 hours a person-week (3.0 to 5.0) of what is labelled "
        "execution"
    )
    assert words.effect_sentence(labelled).endswith(
        "People tagged 9% of these hours: the rest is by the sorter’s sure labels, whose mistakes "
        "are in no interval, so what was really freed can be more or less."
    )
    assert "labels" not in words.effect_sentence(effect(4.0, 2.0, 0, 0, 2.0, 0, 0, tagged=0.96))


def test_without_its_conditions_the_effect_gives_what_it_needs():
    missing = effect(*[NOTHING] * 7, why_not="not enough data: has 3 teams without AI, needs 8")
    assert words.effect_title(missing) == (
        "Whether AI itself freed hours cannot be told: not enough data: has 3 teams without AI, "
        "needs 8"
    )
    assert words.effect_sentence(missing).endswith(
        "needs 8. An account of what was logged needs none of this."
    )


def test_figures_are_json_values_with_nothing_for_what_is_not_known():
    figures = words.freed_figures(
        account(2, 1, 0, 0, 0, 0, 1), effect(*[NOTHING] * 7, why_not="too few")
    )
    assert json.loads(json.dumps(figures, allow_nan=False)) == figures
    assert figures["freed_against"] == "2025-Q3"
    assert figures["freed_hours"]["released"] == {"hours": 2.0, "low": None, "high": None}
    assert figures["ai_effect"]["released"]["hours"] is None
    assert figures["ai_effect_why_not"] == "too few"
