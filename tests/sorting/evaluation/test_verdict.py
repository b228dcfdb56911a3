"""The verdict is one sentence, and no sentence contradicts its table."""

import math
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.verdict import BASELINE_WORDS, judge, too_few
from taskmix.sorting.evaluation.views import ALL_TASKS, NEW_TITLES
from taskmix.taxonomy import CATEGORIES

ALONE = dict.fromkeys(CATEGORIES, 0.6)
AUDIT_COLUMNS = ["category", "error", "alarm"]


def methods(new=(True,) * 4, every=(True,) * 4, views=(NEW_TITLES, ALL_TASKS)):
    told = {NEW_TITLES: new, ALL_TASKS: every}
    rows = [
        {"view": view, "method": method, "beaten": beaten}
        for view in views
        for method, beaten in zip(("sorter", *BASELINES), (pd.NA, *told[view]), strict=True)
    ]
    return pd.DataFrame(rows).astype({"beaten": "boolean"})


def errors(*values):
    return pd.DataFrame({"category": CATEGORIES, "error": values or (0.02, -0.034, 0.01, 0.004)})


def audit(*alarms, error=0.05):
    rows = [(name, error if name in alarms else 0.01, name in alarms) for name in CATEGORIES]
    return pd.DataFrame(rows, columns=AUDIT_COLUMNS)


def verdict(**given_facts):
    facts = {
        "methods": methods(),
        "thresholds": ALONE,
        "target": 0.85,
        "share_errors": errors(),
        "audit": pd.DataFrame(columns=AUDIT_COLUMNS),
    } | given_facts
    return judge(facts.pop("methods"), **facts)


def test_all_is_well():
    assert verdict() == (
        "Good enough to label tasks of all four categories alone (at least 85% of such labels are "
        "right where people tagged too); its shares count only once an audit has corrected them "
        "(on later tasks off by up to 3.4 points); it beats all four simple rules on new "
        "titles and on all tasks."
    )


def test_categories_that_are_not_good_enough_are_named():
    some = {"execution": 0.6, "judgment": math.inf, "connective": 0.7}
    assert verdict(thresholds=some).startswith(
        "Good enough to label execution and connective tasks alone (at least 85% of such labels "
        "are right where people tagged too), but not judgment tasks, and of creative tasks too few "
        "were predicted to say; "
    )
    assert verdict(thresholds=dict.fromkeys(CATEGORIES, math.inf)).startswith(
        "Not good enough to label any task alone, for in no category are 85% of the labels surely "
        "right; "
    )
    assert verdict(thresholds={"judgment": math.inf}).startswith(
        "Not shown to be good enough to label any task alone, for 85% of the labels are not surely "
        "right for judgment tasks, and of execution, creative and connective tasks too few "
    )
    assert verdict(thresholds={}).startswith(
        "Too few later tasks were predicted to say whether any can be labelled alone; "
    )


def test_a_rule_that_is_not_beaten_on_new_titles_comes_first():
    sentence = verdict(methods=methods(new=(True, False, True, False)), thresholds={})
    assert sentence.startswith(
        "Not good enough yet, for on new titles it is not shown to beat keyword rules or the last "
        "tag of the same title; in no category are 85% of its labels shown to be right; "
    )


def test_a_rule_that_is_not_beaten_on_all_tasks_is_named():
    sentence = verdict(methods=methods(every=(True, True, True, False)))
    assert sentence.endswith(
        "; on all tasks it is not shown to beat the last tag of the same title."
    )


def test_without_intervals_nothing_is_beaten():
    unknown = (pd.NA,) * 4
    assert verdict(methods=methods(unknown, unknown)).endswith(
        "; whether it beats simple rules cannot be told."
    )


def test_where_no_title_is_new_all_tasks_decide():
    only = methods(views=(ALL_TASKS,))
    assert verdict(methods=only).endswith("; it beats all four simple rules on all tasks.")


def test_an_audit_decides_about_shares():
    assert (
        "; its shares pass the audit, which raises no alarm (largest difference 1.0 point); "
        in (verdict(audit=audit()))
    )
    assert (
        "; its shares need the audit’s correction, which moves judgment by 5.0 points and "
        "connective by 5.0 points; "
    ) in verdict(audit=audit("judgment", "connective"))


def test_without_hours_shares_cannot_be_checked():
    nothing = errors(*[float("nan")] * 4)
    assert "its shares of hours cannot be checked" in verdict(share_errors=nothing)


@pytest.mark.parametrize(
    ("n_tagged", "n_days", "says"),
    [
        (0, 0, "Nobody has tagged a task yet"),
        (1, 1, "1 tagged task on 1 day, and it takes 40 on 2."),
        (1200, 1, "1,200 tagged tasks on 1 day"),
    ],
)
def test_too_few_tags_are_said_in_figures(n_tagged, n_days, says):
    assert says in too_few(n_tagged=n_tagged, n_days=n_days)


tri = st.sampled_from([True, False, None])
rules = st.tuples(tri, tri, tri, tri).map(lambda row: tuple(pd.NA if x is None else x for x in row))


@settings(deadline=None)
@given(
    new=rules,
    every=rules,
    thresholds=st.dictionaries(
        st.sampled_from(CATEGORIES), st.sampled_from([0.5, 0.9, math.inf]), max_size=4
    ),
    alarms=st.sets(st.sampled_from(CATEGORIES)),
    is_audited=st.booleans(),
)
def test_no_sentence_contradicts_its_table(new, every, thresholds, alarms, is_audited):
    table = audit(*alarms) if is_audited else audit()[:0]
    sentence = verdict(methods=methods(new, every), thresholds=thresholds, audit=table)
    assert sentence.endswith(".")
    assert not re.search(r"\.\s", sentence.removesuffix("."))  # one sentence
    labels, shares, *rest = re.split(r"; ", sentence.removesuffix("."))
    if labels.startswith("Not good enough yet"):
        labels, shares = shares, rest[0]
    alone = {name for name in CATEGORIES if math.isfinite(thresholds.get(name, math.inf))}
    praised = labels.split("but not")[0].split(", and of")[0]
    if labels.startswith("Good enough to label tasks of all four"):
        assert alone == set(CATEGORIES)
    elif labels.startswith(("Good enough", "at least")):
        assert {name for name in CATEGORIES if name in praised} == alone
    else:
        assert not alone
    # what is not shown to be beaten is named, and nothing is said to be beaten that is not
    unbeaten = [name for name, x in zip(BASELINES, new, strict=True) if x is False]
    assert sentence.startswith("Not good enough yet") == bool(unbeaten)
    for name in unbeaten:
        assert BASELINE_WORDS[name] in sentence.split(";")[0]
    if "beats all four" in sentence:
        assert all(told is True for told in (new if " on new titles" in sentence else every))
        assert all(told is True for told in (every if "on all tasks" in sentence else new))
    named = {name for name in CATEGORIES if name in shares}
    assert named == (alarms if is_audited else set())
