"""Sentences on what moved name a reason only where there is one, and stay unsure without audit."""

import pandas as pd
import pytest

from taskmix.disclosure import ReleasePlan
from taskmix.measures import FACTORS, Scope
from taskmix.report import movewords as words
from taskmix.taxonomy import CATEGORIES

HISTORY = ("2025-Q3", "2026-Q2", "2026-Q3")
SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", HISTORY)
SO_FAR = Scope("2026-Q3", "2026-Q2", None, "quarter", HISTORY, pd.Timestamp("2026-09-12"))


def moved(within, between, came=0.0, *, n_came=0):
    """Changes of execution, the other categories moving the other way alike."""
    parts = {"within": within, "between": between, "came": came, "went": 0.0}
    frame = pd.DataFrame(
        {name: [value, *[-value / 3] * 3] for name, value in parts.items()},
        index=pd.Index(CATEGORIES, name="category"),
    ).reset_index()
    return frame.assign(
        period="2026-Q3", against="2025-Q3", n_stayed=5, n_came=n_came, n_went=0,
        change=frame[list(parts)].sum(axis=1, skipna=False),
    )  # fmt: skip


def factored(*hours, why_not=""):
    return pd.DataFrame(
        {"period": "2026-Q3", "against": "2025-Q3", "factor": FACTORS, "hours": hours,
         "why_not": why_not}
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moves", "title"),
    [
        (
            moved(-0.06, -0.01),
            "The estimate for execution is 7 points down on 2025-Q3, mostly because teams’ own "
            "work changed",
        ),
        (
            moved(0.0, 0.02),
            "The estimate for execution is 2 points up on 2025-Q3, mostly because hours went from "
            "some teams to others",
        ),
        (
            moved(-0.01, 0.0, -0.04),
            "The estimate for execution is 5 points down on 2025-Q3, mostly because teams came",
        ),
        (
            moved(-0.03, -0.03),
            "The estimate for execution is 6 points down on 2025-Q3, for more than one reason",
        ),
        # What is largest went the other way than the whole.
        (
            moved(-0.03, 0.01, 0.03),
            "The estimate for execution is 1 point up on 2025-Q3, for more than one reason",
        ),
        (moved(-0.004, 0.0), "The estimated mix is about what it was in 2025-Q3"),
        (
            moved(float("nan"), 0.0),
            "What moved the mix cannot be told: there are no sorted hours in 2025-Q3 or 2026-Q3",
        ),
    ],
)
def test_the_title_names_a_reason_where_one_thing_is_two_thirds_of_it(moves, title):
    assert words.moves_title(moves, scope=SCOPE) == title


def test_an_incomplete_period_is_said_to_be_so():
    assert words.moves_title(moved(-0.06, 0.0), scope=SO_FAR).endswith("; 2026-Q3 is not complete")
    title = words.execution_title(factored(0, -2.0, 0, 0), scope=SO_FAR)
    assert title.endswith("; 2026-Q3 is not complete")


def test_the_sentence_gives_each_part_and_is_not_sure():
    assert words.moves_sentence(moved(-0.06, 0.01), scope=SCOPE) == (
        "Against 2025-Q3 execution is 5 points down: 6 points down within teams and 1 point up "
        "between them. It is not sure that this is a change: the shares are not audited."
    )
    text = words.moves_sentence(moved(-0.06, 0.01, 0.02, n_came=1), scope=SCOPE)
    assert "1 point up between them and 2 points up from teams that came or went" in text
    still = words.moves_sentence(moved(0.001, 0.001), scope=SCOPE)
    assert still == "No category’s estimated share moved by half a point against 2025-Q3."
    unknown = words.moves_sentence(moved(float("nan"), 0.0), scope=SCOPE)
    assert unknown.startswith("2026-Q3 cannot be compared: there are no sorted hours")


@pytest.mark.parametrize(
    ("hours", "title"),
    [
        (
            (0.1, -1.8, 0.0, -0.2),
            "The estimate for execution is 1.9 hours a person-week below 2025-Q3, mostly because "
            "people take part in fewer of them",
        ),
        (
            (2.0, 0.0, 0.0, 0.1),
            "The estimate for execution is 2.1 hours a person-week above 2025-Q3, mostly because "
            "there are more tasks",
        ),
        (
            (-1.0, 0.0, 0.0, -1.0),
            "The estimate for execution is 2.0 hours a person-week below 2025-Q3, for more than "
            "one reason",
        ),
        ((1.0, -1.0, 0.0, 0.0), "Execution takes about as many hours a person-week as in 2025-Q3"),
    ],
)
def test_executions_title_names_what_it_moved_by(hours, title):
    assert words.execution_title(factored(*hours), scope=SCOPE) == title


def test_executions_takeaway_gives_every_factor():
    assert words.execution_takeaway(factored(0.1, -1.8, 0.04, -0.2)) == (
        "There are more tasks (+0.1 hours); people take part in fewer of them (−1.8 hours); a task "
        "takes people less time (−0.2 hours)."
    )
    still = words.execution_takeaway(factored(0.01, 0.0, 0.0, -0.01))
    assert still == "No factor moved execution’s hours."
    nothing = factored(*[float("nan")] * 4, why_not="no hours of execution in 2025-Q3")
    assert words.execution_takeaway(nothing) == "Not told: no hours of execution in 2025-Q3."
    assert words.execution_title(nothing, scope=SCOPE) == (
        "What moved execution’s hours cannot be told: no hours of execution in 2025-Q3"
    )


def test_a_team_hidden_in_either_period_is_not_told_apart():
    hidden = [{"period": "2025-Q3", "team": "b", "reason": "x"},
              {"period": "2025-Q3", "team": None, "reason": "x"},
              {"period": "2026-Q2", "team": "a", "reason": "x"}]  # fmt: skip
    shown = {("2026-Q3", "a"), ("2025-Q3", "a"), ("2026-Q3", "b"), ("2026-Q3", "new"),
             ("2026-Q2", "other")}  # fmt: skip
    plan = ReleasePlan(10, frozenset(shown), frozenset(), hidden)
    assert words.teams_apart(plan, periods=["2025-Q3", "2026-Q3"]) == {"a", "new"}
