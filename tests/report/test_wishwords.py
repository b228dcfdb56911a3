"""Sentences about wishes state every denominator, and hide what too few people said."""

import pandas as pd

from taskmix.measures import Scope
from taskmix.report import wishwords

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",))


def table(*rows):
    columns = ["label", "wanted", "n_answers", "n_people", "with_ai", "n_known", "why_not"]
    frame = pd.DataFrame([dict(zip(columns, row, strict=True)) for row in rows], columns=columns)
    counts = dict.fromkeys(["n_answers", "n_people", "n_known"], "Int64")
    return frame.assign(period="2026-Q3").astype(counts)


FULL = ("execution", 0.6, 1200, 30, 0.5, 4000, "")
HIDDEN = ("creative", None, None, None, None, None, "fewer than 10 people answered")
FEW = ("judgment", None, 20, 12, 0.1, 90, "not enough data: has 20 answers, needs 30")


def test_wish_and_fact_stand_with_their_denominators():
    answered = table(FULL, HIDDEN, FEW)
    assert wishwords.wishes_title(answered, scope=SCOPE) == (
        "Of execution people want 60% of the answered tasks automated"
    )
    assert wishwords.wishes_sentence(answered, scope=SCOPE) == (
        "In 2026-Q3: execution 60% of 1,200 answered tasks (30 people) are wanted automated, AI "
        "takes part in 50% of the 4,000 whose performer is known. Of creative and judgment nothing "
        "is said: too few answered. Who answered is no random sample of people or tasks."
    )


def test_the_finding_is_of_the_most_wanted_alone():
    other = ("judgment", 0.2, 400, 20, 0.1, 900, "")
    assert wishwords.wishes_finding(table(other, FULL), scope=SCOPE) == (
        "In 2026-Q3, of execution 60% of 1,200 answered tasks (30 people) are wanted automated, AI "
        "takes part in 50% of the 4,000 whose performer is known. Who answered is no random sample."
    )
    assert wishwords.wishes_finding(table(HIDDEN), scope=SCOPE).endswith("10 people answered.")


def test_an_unknown_performer_is_no_zero():
    unknown = table(("unsure", 0.6, 1200, 30, None, 0, ""))
    assert "who does them is not known" in wishwords.wishes_sentence(unknown, scope=SCOPE)
    assert wishwords.wishes_title(unknown, scope=SCOPE).startswith("Of what could not be sorted")


def test_where_nothing_can_be_told_the_reason_is_given():
    said = wishwords.wishes_sentence(table(HIDDEN), scope=SCOPE)
    assert said == "What people want automated cannot be told: fewer than 10 people answered."
    both = wishwords.wishes_title(table(HIDDEN, FEW), scope=SCOPE)
    assert both.endswith("too few people answered in each category")
    assert wishwords.wishes_title(table(), scope=SCOPE).endswith("the log says it of no task")
