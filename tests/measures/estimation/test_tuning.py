"""λ is one for all categories, and comes from the audit before."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.estimation import (
    FIRST_TUNING,
    Sample,
    estimate_stratum,
    tune,
    tuning_by_period,
    weigh_answers,
)


def sample(said, found, *, expanded=None, certain=None):
    said, found = (np.array([[*row, 0, 0] for row in rows], dtype=float) for rows in (said, found))
    n = len(said)
    return Sample(
        person=np.arange(n),
        expanded=np.ones(n) if expanded is None else np.array(expanded, dtype=float),
        certain=np.zeros(n, dtype=bool) if certain is None else np.array(certain),
        rate=np.ones(n),
        said=said,
        found=found,
        certain_hours=0.0,
    )


SAID = [(1, 0), (1, 0), (0, 1), (0, 1)]
FOUND = [(0.9, 0.1), (0.4, 0.6), (0.6, 0.4), (0.1, 0.9)]


def test_it_is_the_slope_of_answers_on_predictions_over_all_categories():
    # y − ȳ = ±.5, f − f̄ = .4, −.1, .1, −.4: (.2 − .05 − .05 + .2) / (.16 + .01 + .01 + .16)
    assert tune(sample(SAID, FOUND), 4.0) == pytest.approx(0.3 / 0.34)


def test_it_is_clipped_to_0_and_1():
    assert tune(sample(SAID, FOUND[::-1]), 4.0) == 0.0
    timid = [(0.55, 0.45), (0.55, 0.45), (0.45, 0.55), (0.45, 0.55)]
    assert tune(sample(SAID, timid), 4.0) == 1.0


def test_predictions_that_do_not_differ_tell_nothing():
    assert tune(sample(SAID, [(0.5, 0.5)] * 4), 4.0) is None


def test_no_other_lambda_makes_the_sum_of_the_variances_smaller():
    one = sample(SAID, FOUND, expanded=[1, 2, 3, 2])
    hours, expected = np.full(4, 2.0), np.zeros((4, 4))

    def variance(tuning):
        return estimate_stratum(hours, expected, one, tuning=tuning).variance.sum()

    best = tune(one, 8.0)
    assert 0 < best < 1
    assert variance(best) < min(variance(best - 0.02), variance(best + 0.02))


def test_each_period_takes_it_from_the_audit_before_and_the_first_has_08(log):
    people, drawn = log(0, periods=["2025-Q4", "2026-Q1", "2026-Q2"])
    weighed = weigh_answers(drawn, people)
    tuning = tuning_by_period(people, weighed)
    assert tuning["2025-Q4"] == FIRST_TUNING == 0.8
    first = tuning_by_period(people, weighed[weighed["period"] == "2025-Q4"])
    assert tuning["2026-Q1"] == first["2026-Q1"] != 0.8
    assert first["2026-Q2"] == first["2026-Q1"]
    assert tuning["2026-Q2"] != tuning["2026-Q1"]


def test_an_audit_of_a_period_that_is_not_shown_still_gives_it(log):
    people, drawn = log(0, periods=["2025-Q4", "2026-Q1"])
    weighed = weigh_answers(drawn, people)
    shown = people[people["period"] == "2026-Q1"]
    assert tuning_by_period(shown, weighed) == pytest.approx(tuning_by_period(people, weighed))


@pytest.mark.parametrize("cut", ["few", "seen"])
def test_a_small_audit_and_one_whose_predictions_saw_their_tags_are_passed_over(log, cut):
    people, drawn = log(0, periods=["2025-Q4", "2026-Q1"])
    old = drawn["period"] == "2025-Q4"
    if cut == "few":
        drawn = pd.concat([drawn[old].head(19), drawn[~old]])
    else:
        drawn = drawn.assign(out_of_sample=~old)
    assert tuning_by_period(people, weigh_answers(drawn, people))["2026-Q1"] == FIRST_TUNING
