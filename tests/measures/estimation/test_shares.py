"""Shares have the intervals that their audit earned, and none that it did not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures.estimation import audited_shares, share_interval
from taskmix.taxonomy import CATEGORIES


def test_each_period_and_category_is_a_row_in_order(log):
    people, drawn = log(0, periods=["2025-Q4", "2026-Q1"])
    table = audited_shares(people, drawn)
    assert table["period"].tolist() == ["2025-Q4"] * 4 + ["2026-Q1"] * 4
    assert table["category"].tolist() == list(CATEGORIES) * 2
    assert table["audited"].all()
    assert table["estimator"].unique().tolist() == ["audit"]


def test_the_interval_is_that_of_the_descriptive_error_with_tasks_less_one(log):
    people, drawn = log(0, periods=["2026-Q3"])
    table = audited_shares(people, drawn)
    n = int(drawn["answer"].notna().sum())
    assert table["n_answered"].tolist() == [n] * 4
    low, high, _ = share_interval(table["estimate"].to_numpy(), table["se"].to_numpy(), df=n - 1)
    assert table["low"].to_numpy() == pytest.approx(low)
    assert table["high"].to_numpy() == pytest.approx(high)
    assert (table["response"] == n / 60).all()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000))
def test_shares_sum_to_one_and_the_order_of_rows_changes_nothing(log, seed):
    people, drawn = log(seed)
    table = audited_shares(people, drawn)
    assert table.groupby("period")["estimate"].sum().tolist() == pytest.approx([1.0, 1.0])
    assert table.groupby("period")["model"].sum().tolist() == pytest.approx([1.0, 1.0])
    assert table.groupby("period")["tuning"].nunique().tolist() == [1, 1]
    shuffled = audited_shares(
        people.sample(frac=1, random_state=seed), drawn.sample(frac=1, random_state=seed)
    )
    pd.testing.assert_frame_equal(table, shuffled)


def test_the_frames_of_the_caller_stay_as_they_were(log):
    people, drawn = log(0)
    before = people.copy(), drawn.copy()
    audited_shares(people, drawn)
    pd.testing.assert_frame_equal(people, before[0])
    pd.testing.assert_frame_equal(drawn, before[1])


def test_without_an_audit_the_models_share_stands_marked_and_without_interval(log):
    people, drawn = log(0)
    table = audited_shares(people, drawn.iloc[:0])
    assert not table["audited"].any()
    assert table["estimator"].unique().tolist() == ["model"]
    assert table["share"].to_numpy() == pytest.approx(table["model"].to_numpy())
    assert table[["low", "high", "se", "se_people", "change_low"]].isna().all(axis=None)
    assert table["why_not"].unique().tolist() == ["no audit was drawn"]
    assert table["labels_needed"].unique().tolist() == [400]


def test_below_20_answers_it_is_as_without_an_audit_and_says_how_many_are_missing(log):
    people, drawn = log(0, periods=["2026-Q3"])
    answers = drawn["answer"].where(drawn["answer"].notna().cumsum() <= 13)
    table = audited_shares(people, drawn.assign(answer=answers))
    assert table["why_not"].unique().tolist() == ["not enough data: has 13 audited tasks, needs 20"]
    assert table["labels_needed"].unique().tolist() == [7]
    assert table["low"].isna().all()
    assert table["share"].to_numpy() == pytest.approx(table["model"].to_numpy())


def test_an_audit_of_a_log_that_has_grown_since_is_not_used(log):
    people, drawn = log(0, periods=["2026-Q3"])
    grown = people.copy()
    first = grown.index[~grown["is_tagged"]][0]
    grown.loc[first, "hours"] += 0.12 * people.loc[~people["is_tagged"], "hours"].sum()
    table = audited_shares(grown, drawn)
    assert table["why_not"].unique().tolist() == [
        "the log has 12% more untagged hours than when it was drawn"
    ]
    assert not table["audited"].any()
    assert table["labels_needed"].unique().tolist() == [400]


def test_an_estimate_outside_0_and_1_is_clipped_and_marked(make_people, make_drawn):
    # No audited task is creative, though the model gives each of them a tenth.
    chances = (0.5, 0.3, 0.1, 0.1)
    answers = ["execution", "judgment", "connective"] * 10
    people = make_people(("ana", 60.0, (0.55, 0.35, 0.02, 0.08)))
    drawn = make_drawn(*[("ana", 1.0, 0.5, answer, chances) for answer in answers])
    drawn["chance_creative"] += np.linspace(-0.05, 0.05, 30)
    row = audited_shares(people, drawn).set_index("category").loc["creative"]
    assert row["estimate"] == pytest.approx(0.8 * (0.02 - 0.1))
    assert row["clipped"]
    assert (row["share"], row["low"]) == (0.0, 0.0)
    assert row["high"] == 0.0


def test_where_the_audited_tasks_do_not_differ_there_is_no_interval(make_people, make_drawn):
    people = make_people(("ana", 60.0, (1.0,)))
    drawn = make_drawn(*[("ana", 1.0, 0.5, "execution", (1.0,))] * 30)
    table = audited_shares(people, drawn)
    assert table["low"].isna().all()
    assert table["why_not"].unique().tolist() == ["the audited tasks do not differ"]


def test_the_change_is_against_the_period_right_before(log):
    people, drawn = log(0, periods=["2026-Q1", "2026-Q3"])
    assert audited_shares(people, drawn)["change"].isna().all()
    people, drawn = log(0, periods=["2025-Q4", "2026-Q1"])
    table = audited_shares(people, drawn).set_index(["period", "category"])
    assert table.loc["2025-Q4", "change"].isna().all()
    later, earlier = table.loc["2026-Q1"], table.loc["2025-Q4"]
    assert later["before"].to_numpy() == pytest.approx(earlier["share"].to_numpy())
    assert later["change"].to_numpy() == pytest.approx(
        (later["estimate"] - earlier["estimate"]).to_numpy()
    )
    assert (later["change_low"] < later["change"]).all()
