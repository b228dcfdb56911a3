"""Sentences about targets state a distance only where it is told, and grade nobody."""

import pandas as pd

from taskmix.measures import Scope
from taskmix.measures.targets import wanted_against_actual
from taskmix.report import targetwords
from taskmix.settings import Targets
from taskmix.taxonomy import CATEGORIES

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",))
TARGETS = Targets(execution=0.3, judgment=(0.3, 0.4))


def compared(execution, judgment, targets=TARGETS, **columns):
    shares = [execution, judgment, 0.1, 0.9 - execution - judgment]
    rows = pd.DataFrame(
        {"period": "2026-Q3", "category": list(CATEGORIES), "share": shares, **columns}
    )
    return wanted_against_actual(rows, targets)


def test_the_largest_distance_is_named_and_called_an_estimate():
    table = compared(0.42, 0.25)
    assert targetwords.targets_title(table, scope=SCOPE) == (
        "Execution is 12 points above what was wanted, as estimated"
    )
    assert targetwords.targets_sentence(table, scope=SCOPE) == (
        "In 2026-Q3: execution 42%, wanted 30% (above); judgment 25%, wanted 30% to 40% (below). "
        "The shares are not audited, so the distances are estimates without an interval. A target "
        "is a wish, not a grade."
    )


def test_an_audited_distance_is_no_estimate():
    table = compared(0.42, 0.35, low=[0.38, 0.3, 0, 0], high=[0.46, 0.4, 1, 1])
    title = targetwords.targets_title(table, scope=SCOPE)
    assert title == "Execution is 12 points above what was wanted"
    assert "not audited" not in targetwords.targets_sentence(table, scope=SCOPE)


def test_a_distance_within_the_interval_is_not_sure():
    table = compared(0.42, 0.35, low=[0.2, 0.3, 0, 0], high=[0.6, 0.4, 1, 1])
    assert targetwords.targets_title(table, scope=SCOPE) == (
        "It is not sure that any share is away from its target"
    )


def test_what_is_where_it_was_wanted_says_so():
    title = targetwords.targets_title(compared(0.3, 0.35), scope=SCOPE)
    assert title == "Every share with a target is where it was wanted"


def test_without_targets_or_hours_that_is_said():
    none = compared(0.3, 0.35, targets=Targets())
    assert "[targets] in taskmix.toml sets one" in targetwords.targets_title(none, scope=SCOPE)
    empty = compared(float("nan"), float("nan"))
    assert targetwords.targets_sentence(empty, scope=SCOPE) == (
        "No hours of known length were logged in 2026-Q3."
    )


def test_teams_are_counted_and_none_is_named():
    teams = pd.concat([compared(0.3, 0.3, team="red"), compared(0.5, 0.3, team="blue")])
    assert targetwords.teams_targets_title(teams, category="execution", scope=SCOPE) == (
        "1 of 2 teams has the share of execution that was wanted"
    )
    assert targetwords.teams_targets_title(teams, category="creative", scope=SCOPE) == (
        "No team that is shown has a target for creative"
    )


def test_figures_are_plain_values():
    figures = targetwords.target_figures(compared(0.42, float("nan")), scope=SCOPE)
    assert figures["execution"] == {"share": 0.42, "wanted": [0.3, 0.3], "stands": "above"}
    assert figures["judgment"] == {"share": None, "wanted": [0.3, 0.4], "stands": None}
