"""Sentences about how good the sorter is say what its frames hold, and what is not known."""

import numpy as np
import pandas as pd
import pytest

from taskmix.report import evaluationwords as words
from taskmix.sorting.evaluation import ALL_TASKS, NEW_TITLES, Learning
from taskmix.taxonomy import CATEGORIES


def test_new_titles_are_the_headline_unless_there_are_none(make_evaluation):
    assert words.main_view(make_evaluation()) == NEW_TITLES
    assert words.main_view(make_evaluation(views=[ALL_TASKS])) == ALL_TASKS


def test_the_title_names_the_best_rule(make_evaluation):
    assert words.scores_title(make_evaluation()) == (
        "On new titles the sorter’s macro-F1 is 0.74; the most frequent tag, the best simple rule, "
        "gets 0.64"
    )
    found = make_evaluation()
    nothing = found.methods.assign(macro_f1=np.nan)
    assert words.scores_title(make_evaluation(methods=nothing)) == "Nothing could be scored"


def test_what_was_scored_is_told_in_counts(make_evaluation):
    sentence = words.scores_sentence(make_evaluation())
    assert sentence.startswith(
        "200 tasks of 12 people are tagged. 100 were predicted from the tags of earlier days; 80 "
        "of them had a new title. 30 tasks were predicted once more"
    )
    assert "95% intervals by resampling 12 people. People chose which tasks to tag" in sentence
    alone = words.scores_sentence(make_evaluation(views=[ALL_TASKS], n_people=1, known=False))
    assert "200 tasks of 1 person are tagged" in alone
    assert "no title was new. No intervals: not enough people: has 3, needs 10." in alone
    assert words.scores_sentence(make_evaluation(n_tested=0)) == "Nothing could be scored."


def test_the_confusion_names_the_best_and_the_worst(make_evaluation):
    found = make_evaluation()
    assert words.confusion_title(found) == (
        "The sorter finds 90% of what people tag as execution, and 60% of judgment"
    )
    one = found.categories.assign(recall=found.categories["recall"].where(
        found.categories["category"] == "judgment"))  # fmt: skip
    assert words.confusion_title(make_evaluation(categories=one)) == (
        "The sorter finds 60% of what people tag as judgment"
    )
    none = found.categories.assign(recall=np.nan)
    assert words.confusion_title(make_evaluation(categories=none)) == "Nothing was predicted"


def test_calibration_is_told_in_points(make_evaluation):
    assert words.calibration_title(make_evaluation()) == (
        "Its probabilities are off by 3.1 points on average"
    )
    nothing = make_evaluation(calibration=pd.DataFrame({"confidence": []}))
    assert words.calibration_title(nothing).startswith("Too little was predicted")


def test_coverage_is_of_all_that_was_found(make_evaluation):
    # (30 + 10) of 160 labelled; (30 · 0.9 + 10 · 1) of 40 right
    found = make_evaluation()
    assert words.coverage_title(found) == "25% of later tasks are labelled, 92% of them rightly"
    never = found.labels.assign(n_labelled=0, precision=np.nan)
    assert words.coverage_title(make_evaluation(labels=never)) == "No category is labelled alone"
    nothing = never.assign(n_found=0)
    assert words.coverage_title(make_evaluation(labels=nothing)).startswith("Too little")


def test_the_gain_is_told_with_its_interval(make_evaluation):
    assert words.gain_sentence(make_evaluation()) == (
        "100 more tags would bring about +1.2 points of macro-F1 on new titles (between +0.4 and "
        "+2.0)."
    )


@pytest.mark.parametrize(
    ("gain", "low", "high", "says"),
    [
        (0.002, -0.004, 0.008, "Whether 100 more tags would bring anything cannot be told: about "
         "+0.2 points of macro-F1 on new titles, between −0.4 and +0.8."),
        (0.0003, -0.0002, 0.0009, "100 more tags would bring next to nothing: less than 0.1 points "
         "of macro-F1 on new titles."),
        (0.002, np.nan, np.nan, "100 more tags would bring about +0.2 points of macro-F1 on new "
         "titles; the newest stretch has too few people to say how sure that is."),
        (np.nan, np.nan, np.nan, "What 100 more tags would bring cannot be told yet: there are too "
         "few."),
    ],
)  # fmt: skip
def test_a_gain_that_is_none_or_not_known_is_said_so(make_evaluation, gain, low, high, says):
    found = make_evaluation()
    told = found.learning.gain.assign(gain=gain, low=low, high=high)
    assert words.gain_sentence(
        make_evaluation(learning=Learning(found.learning.curve, told))
    ) == says  # fmt: skip


def test_the_learning_curve_is_told_by_its_ends(make_evaluation):
    found = make_evaluation()
    assert words.learning_title(found) == "Macro-F1 goes from 0.60 with 50 tags to 0.70 with 100"
    none = Learning(found.learning.curve[:0], found.learning.gain[:0])
    assert words.learning_title(make_evaluation(learning=none)) == (
        "There is nothing to learn from yet"
    )


def test_errors_are_counted_among_all_tasks(make_evaluation):
    found = make_evaluation()
    # predicted once more by sorters that knew other people alone
    again = pd.concat([found.rows, found.rows.assign(of_new_people=True)])
    for rows in (found.rows, again):
        assert words.errors_sentence(make_evaluation(rows=rows)).startswith(
            "Of 20 of 100 predicted tasks the likeliest category is not the one that people gave"
        )
    right = make_evaluation(rows=found.rows.assign(likeliest="execution"))
    assert words.errors_sentence(right).startswith("No predicted task’s likeliest category")
    assert words.errors_sentence(make_evaluation(n_tested=0)) == "Nothing was predicted."


@pytest.mark.parametrize(
    ("low", "high", "says"),
    [
        (-0.02, 0.12, "No drift is shown: +5.0 points since the first stretch, which may be "
         "chance"),
        (0.01, 0.12, "The sorter gets better: +5.0 points since the first stretch"),
        (-0.2, -0.01, "The sorter gets worse: +5.0 points since the first stretch"),
        (np.nan, np.nan, "Macro-F1 moved by +5.0 points since the first stretch; whether by chance "
         "cannot be told"),
    ],
)  # fmt: skip
def test_drift_is_claimed_only_where_the_interval_excludes_chance(make_evaluation, low, high, says):
    found = make_evaluation()
    moved = found.origins.assign(change_low=[np.nan, low], change_high=[np.nan, high])
    assert words.origins_title(make_evaluation(origins=moved)) == says
    assert words.origins_title(make_evaluation(origins=moved[:1])).startswith("There is one")


def test_unknown_words_are_those_of_the_last_month(make_evaluation):
    found = make_evaluation()
    assert words.words_title(found) == "12% of the hours in 2026-08 are told in words no tag holds"
    none = make_evaluation(words=found.words[:1])
    assert words.words_title(none) == "There is no month with tags before it"


def audit(error, *, alarm):
    return pd.DataFrame(
        {"category": CATEGORIES, "error": [error, 0.01, 0, 0], "low": error - 0.02,
         "high": error + 0.02, "alarm": [alarm, False, False, False], "n_tasks": 350,
         "n_people": 60}
    )  # fmt: skip


def test_an_audit_is_told_with_its_alarm(make_evaluation):
    found = make_evaluation(audit=audit(-0.052, alarm=True))
    assert words.audit_sentence(found) == (
        "Alarm: on 350 audited tasks of 60 people the sorter is off, and the audit moves execution "
        "by −5.2 points (−7.2 to −3.2)."
    )
    assert words.audit_title(found) == "The audit moves execution most, by −5.2 points"
    assert words.audit_sentence(make_evaluation(audit=audit(0.02, alarm=False))).startswith(
        "No alarm: on 350 audited tasks of 60 people"
    )
    assert words.audit_sentence(make_evaluation()) == (
        "Whether shares drift cannot be told: no audit was drawn: `taskmix queue draw` does it."
    )
    assert words.audit_title(make_evaluation()) == "There is no audit"
