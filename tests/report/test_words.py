"""Sentences are true of their numbers, and say when they are not sure."""

import pandas as pd
import pytest

from taskmix.disclosure import ReleasePlan
from taskmix.measures import Scope
from taskmix.report import words
from taskmix.taxonomy import CATEGORIES

SURE = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.8, "unsure": 0.1})
UNSURE = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.3, "unsure": 0.6})
SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q2", "2026-Q3"))


def mix(now, before=(0.25,) * 4):
    nothing = (float("nan"),) * 4
    rows = [
        (period, *row)
        for period, values, earlier in (("2026-Q2", before, nothing), ("2026-Q3", now, before))
        for row in zip(CATEGORIES, values, earlier, strict=True)
    ]
    frame = pd.DataFrame(rows, columns=["period", "category", "share", "before"])
    return frame.assign(change=frame["share"] - frame["before"])


def performed(ai, both, human, unknown):
    known = ai + both + human
    part = [n / known if known else float("nan") for n in (ai, both, human)]
    values = ["2026-Q3", ai, both, human, unknown, *part, known / (known + unknown or 1)]
    columns = ["period", "n_ai", "n_both", "n_human", "n_unknown", "ai", "both", "human", "known"]
    return pd.DataFrame([values], columns=columns)


def test_the_headline_names_the_two_largest_and_keeps_to_twenty_words():
    text = words.mix_headline(mix((0.41, 0.29, 0.12, 0.18)), SURE, scope=SCOPE, personal=False)
    assert text == (
        "Execution takes about 41% of people’s hours in 2026-Q3; judgment comes next with 29%."
    )
    assert len(text.split()) <= 20


def test_a_headline_of_mostly_unsure_hours_states_no_result():
    guess = mix((0.41, 0.29, 0.12, 0.18))
    assert words.mix_headline(guess, UNSURE, scope=SCOPE, personal=True) == (
        "What kind of work 60% of your hours in 2026-Q3 went to is not known."
    )
    assert words.trend_title(guess, UNSURE, scope=SCOPE).startswith("A first guess")


def test_a_tie_has_no_second_place():
    tied = mix((0.4, 0.2, 0.2, 0.2))
    assert words.mix_headline(tied, SURE, scope=SCOPE, personal=True) == (
        "Execution takes about 40% of your hours in 2026-Q3."
    )


def test_a_headline_without_hours_says_so():
    nothing = mix((float("nan"),) * 4)
    assert words.mix_headline(nothing, SURE, scope=SCOPE, personal=False) == (
        "No hours of known length were logged in 2026-Q3."
    )


def test_a_change_is_never_stated_as_sure_without_an_audit():
    basis = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.8, "unsure": 0.1})
    found = dict(
        words.mix_findings(mix((0.19, 0.31, 0.25, 0.25)), performed(1, 0, 3, 0), basis, scope=SCOPE)
    )
    assert found["What changed"] == (
        "Against 2026-Q2, execution is 6 points down and judgment is 6 points up. It is not sure "
        "that this is a change: the shares are not audited."
    )
    assert "would earn intervals" in found["How sure"]


def test_who_executes_states_the_coverage():
    assert words.performer_sentence(performed(1, 2, 5, 2), scope=SCOPE) == (
        "AI did about 12% of the execution tasks alone and 25% together with people, among those "
        "whose performer is known: 80% of them."
    )


def test_unknown_performers_are_no_zero():
    text = words.performer_sentence(performed(0, 0, 0, 164), scope=SCOPE)
    assert text.startswith("Nothing in the log says who carried out the 164 execution tasks")
    tile = words.mix_tiles(mix((0.4, 0.3, 0.2, 0.1)), performed(0, 0, 0, 9), scope=SCOPE)[-1]
    assert tile.value_text == "no data"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (0.001, "under 1%"),
        (0.005, "0%"),
        (0.994, "99%"),
        (0.999, "over 99%"),
        (1, "100%"),
    ],
)
def test_percent_never_rounds_something_to_nothing_or_all(share, text):
    assert words.percent(share) == text


def test_tiles_say_direction_in_word_and_arrow():
    notes = [
        t.note
        for t in words.mix_tiles(mix((0.2, 0.3, 0.25, 0.25)), performed(1, 0, 0, 0), scope=SCOPE)
    ]
    assert notes[0] == "↓ 5 points down on 2026-Q2; not audited"
    assert notes[1] == "↑ 5 points up on 2026-Q2; not audited"
    assert notes[2] == "→ no change on 2026-Q2; not audited"


def test_the_trend_title_names_the_largest_moves():
    title = words.trend_title(mix((0.15, 0.40, 0.25, 0.2)), SURE, scope=SCOPE)
    assert (
        title
        == "Since 2026-Q2 the estimate for execution is 10 points down, for judgment 15 points up"
    )
    assert words.trend_title(mix((0.26, 0.25, 0.25, 0.24)), SURE, scope=SCOPE).startswith(
        "The estimated mix is about"
    )


def test_hidden_teams_are_counted_not_named():
    entry = {"period": "2026-Q3", "team": "secret", "reason": "x"}
    plan = ReleasePlan(10, frozenset(), frozenset(), [entry])
    assert words.teams_note(plan, scope=SCOPE) == "1 small team is not shown"
