"""What a page tells of its release plan: counts and reasons, never a value or a name."""

import json
import re

import pytest

from taskmix.disclosure import Decision, Node, view_of
from taskmix.measures import Scope
from taskmix.report import export_page, headline, result
from taskmix.report.release import (
    page_manifest,
    release_manifest,
    release_notice,
    suppressed_fields,
)

QUARTERS = ("2026-Q1", "2026-Q2", "2026-Q3")
SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", QUARTERS)
FEW = "fewer people than the minimum"


@pytest.fixture
def plan():
    """The organisation is too small in the first quarter, and team c in all of them."""
    totals = [
        Decision(Node("organisation", "", q), "hidden" if q == "2026-Q1" else "shown",
                 FEW if q == "2026-Q1" else "", n_people=30)
        for q in QUARTERS
    ]  # fmt: skip
    teams = [Decision(Node("team", "Hushed", q), "hidden", FEW, n_people=3) for q in QUARTERS]
    return view_of([*totals, *teams], SCOPE, min_people=10, plan_id="abc", stored=True)


def manifest_of(page):
    block = re.search(r'<script type="application/json" id="taskmix-release">(.*?)</script>', page)
    return json.loads(block[1])


def test_the_manifest_counts_what_is_not_shown_and_names_nothing(plan):
    told = release_manifest(plan)
    assert told["not_shown"] == [
        {"kind": "organisation", "outcome": "hidden", "reason": FEW, "n": 1},
        {"kind": "team", "outcome": "hidden", "reason": FEW, "n": 3},
    ]
    assert "Hushed" not in json.dumps(told)


def test_a_page_carries_the_manifest_of_its_plan(make, plan):
    facts = {**make.facts, "release": release_manifest(plan), "suppressed": ["a.2026-Q1"]}
    page = export_page(make.notebook(make.code(headline("Hi"), result(facts))), site=True)
    told = manifest_of(page)
    assert (told["plan"], told["for_publication"], told["suppressed"]) == (
        "abc",
        True,
        ["a.2026-Q1"],
    )
    assert "Not for publication" not in page


def test_a_page_without_a_plan_is_marked_not_for_publication(make):
    page = export_page(make.notebook(make.code(headline("Hi"))), site=False)
    assert manifest_of(page)["for_publication"] is False
    assert "<strong>Not for publication.</strong> It follows no stored release plan" in page


@pytest.mark.parametrize(
    ("stored", "withheld", "says"),
    [(False, "", "It follows no stored release plan"), (True, FEW, "Fewer than 10 people.")],
)
def test_the_banner_says_why(plan, stored, withheld, says):
    seen = view_of(plan.decisions, SCOPE, min_people=10, stored=stored, withheld=withheld)
    assert release_notice({"release": release_manifest(seen)}).startswith(says)


def test_a_page_of_rows_says_that_it_is_its_owners_and_blames_no_plan():
    facts = {"audience": "owner", "publishable": False}
    assert release_notice(facts) == (
        "It shows rows of the log and their titles, and is for its owner alone."
    )
    assert page_manifest(facts)["for_publication"] is False


def test_fields_of_periods_that_are_not_shown_are_named(plan):
    line = {"2026-Q1": None, "2026-Q2": None, "2026-Q3": 0.4}
    # The second quarter is shown: what is missing there is not known.
    assert suppressed_fields({"line": line, "total": 3}, plan, scope=SCOPE) == ["line.2026-Q1"]
