"""Sentences on judging, making and connecting are true of their numbers, and claim no more."""

import pandas as pd
import pytest

from taskmix.measures import Scope
from taskmix.report import meaningwords
from taskmix.taxonomy import CATEGORIES

SCOPE = Scope("2026-Q3", "2026-Q2", "Support", "quarter", ("2026-Q2", "2026-Q3"))
SURE = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.8, "unsure": 0.1})
UNSURE = pd.DataFrame({"period": ["2026-Q3"], "tagged": 0.1, "sorted": 0.3, "unsure": 0.6})


def people_work(now, before=(0.2, 0.1, 0.2)):
    nothing = (float("nan"),) * 3
    rows = [
        (period, category, share, share - earlier)
        for period, mix, past in (("2026-Q2", before, nothing), ("2026-Q3", now, before))
        for category, share, earlier in zip(CATEGORIES[1:], mix, past, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "category", "share", "change"])


def test_the_headline_adds_up_what_is_not_execution():
    said = meaningwords.meaning_headline(
        people_work((0.25, 0.09, 0.2)), SURE, scope=SCOPE, personal=False
    )
    assert said == (
        "Work other than execution takes about 54% of Support’s hours in 2026-Q3: judgment 25%, "
        "creative 9% and connective 20%."
    )


@pytest.mark.parametrize(
    ("now", "basis", "says"),
    [
        ((0.25, 0.09, 0.2), UNSURE, "What kind of work most of Support’s hours in 2026-Q3 went to"),
        ((float("nan"),) * 3, SURE, "No hours of known length were logged in 2026-Q3."),
    ],
)
def test_a_headline_that_would_be_a_guess_is_none(now, basis, says):
    said = meaningwords.meaning_headline(people_work(now), basis, scope=SCOPE, personal=False)
    assert said.startswith(says)


def test_findings_say_what_changed_and_that_conditions_are_not_meaning():
    found = dict(meaningwords.meaning_findings(people_work((0.25, 0.1, 0.19)), SURE, scope=SCOPE))
    assert found["What changed"].startswith(
        "Against 2026-Q2, judgment is 5 points up and connective is 1 point down. It is not sure"
    )
    assert "not meaning itself" in found["What this is"]
    assert "would earn intervals" in found["How sure"]


def test_each_category_but_execution_has_a_tile():
    tiles = meaningwords.meaning_tiles(people_work((0.25, 0.1, 0.19)), scope=SCOPE)
    assert [tile.category for tile in tiles] == list(CATEGORIES[1:])
    assert [tile.value_text for tile in tiles] == ["25%", "10%", "19%"]
    assert tiles[1].note == "→ no change on 2026-Q2; not audited"


def test_the_glossary_leaves_out_what_is_not_on_the_page():
    terms = [term for term, _ in meaningwords.meaning_glossary()]
    assert "Conditions" in terms
    assert not [term for term in terms if "AI" in term]
