"""A change is of the same people: what each adds to both periods is compared as a whole."""

import numpy as np
import pytest
from scipy.stats import t as student

from taskmix.measures.estimation import (
    arrange,
    audited_shares,
    compare_cells,
    estimate_cell,
    weigh_answers,
)


def cells_of(people, drawn, *, tuning=0.8):
    weighed = weigh_answers(drawn, people)
    return [
        estimate_cell(sums, asked, tuning=tuning)
        for _, sums, asked in arrange(people, weighed, by=["period"])
    ]


def test_the_change_is_the_difference_with_the_variance_of_differences_by_person(log):
    people, drawn = log(5)
    before, now = cells_of(people, drawn)
    found = compare_cells(now, before)
    assert found["change"].to_numpy() == pytest.approx(now.share - before.share)
    # All 24 people are in both periods.
    parts = now.influence - before.influence
    se = np.sqrt(24 / 23 * (parts**2).sum(axis=0))
    half = student.ppf(0.975, min(now.n_people, before.n_people) - 1) * se
    assert found["change_se"].to_numpy() == pytest.approx(se)
    assert found["change_high"].to_numpy() == pytest.approx(now.share - before.share + half)
    assert found["change_why_not"].tolist() == [""] * 4


def test_the_same_audit_twice_is_no_change_and_has_no_variance(log):
    _, now = cells_of(*log(5))
    found = compare_cells(now, now)
    assert found["change"].tolist() == [0.0] * 4
    assert found["change_se"].tolist() == [0.0] * 4


def test_who_is_in_one_period_only_moves_that_one(log):
    people, drawn = log(5)
    left = (people["period"] == "2026-Q3") & (people["person"] == "p7")
    people, drawn = (
        people[~left],
        drawn[~((drawn["period"] == "2026-Q3") & (drawn["person"] == "p7"))],
    )
    before, now = cells_of(people, drawn)
    assert (len(before.people), len(now.people)) == (24, 23)
    found = compare_cells(now, before)
    gone = np.setdiff1d(before.people, now.people)
    alone = before.influence[np.searchsorted(before.people, gone)[0]]
    stays = now.influence - np.delete(before.influence, np.searchsorted(before.people, gone), 0)
    variance = 24 / 23 * ((stays**2).sum(axis=0) + alone**2)
    assert found["change_se"].to_numpy() == pytest.approx(np.sqrt(variance))


def test_against_a_period_without_audit_the_models_are_compared_and_there_is_no_interval(log):
    people, drawn = log(5)
    table = audited_shares(people, drawn[drawn["period"] == "2026-Q3"])
    now = table[table["period"] == "2026-Q3"]
    before = table[table["period"] == "2026-Q2"]
    assert now["audited"].all()
    assert not before["audited"].any()
    assert now["change"].to_numpy() == pytest.approx(
        now["model"].to_numpy() - before["model"].to_numpy()
    )
    assert now[["change_low", "change_high"]].isna().all(axis=None)
    assert now["change_why_not"].tolist() == ["no audit was drawn"] * 4


def test_one_person_alone_has_no_interval_of_a_change(make_people, make_drawn):
    rows = [("ana", 1.0, 0.5, answer, (0.5, 0.5)) for answer in ["execution", "judgment"] * 15]
    frames = {
        period: (make_people(("ana", 60.0, (0.5, 0.5)), period=period),
                 make_drawn(*rows, period=period))
        for period in ("2026-Q2", "2026-Q3")
    }  # fmt: skip
    before, now = (cells_of(*frames[period])[0] for period in frames)
    found = compare_cells(now, before)
    assert (
        found["change_why_not"].tolist() == ["not enough data: has 1 audited person, needs 2"] * 4
    )
    assert found["change_low"].isna().all()
