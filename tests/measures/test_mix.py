"""Hours add up exactly; shares sum to 1; changes look one period back."""

import math

import pytest

from taskmix.measures import basis_of_labels, changes, hours_by_label, rollup, shares
from taskmix.taxonomy import CATEGORIES, LABELS


@pytest.fixture
def cells(make_log, make_sorted):
    log = make_log(
        {"tag": "execution", "hours": 6.0, "local_date": "2026-04-01"},
        {"tag": "judgment", "hours": 2.0, "local_date": "2026-04-01"},
        {"tag": "execution", "hours": 1.0},
        {"hours": 3.0},
        {"hours": 4.0, "team": "blue"},
    )
    chances = {"t0003": (0.1, 0.7, 0.1, 0.1), "t0004": (0.25, 0.25, 0.25, 0.25)}
    return rollup(log, make_sorted(chances), frequency="quarter")


def test_hours_by_label_list_all_five_labels_and_sum_to_the_total(cells):
    hours = hours_by_label(cells)
    now = hours[hours["period"] == "2026-Q3"]
    assert now["label"].tolist() == list(LABELS)
    assert now["hours"].tolist() == [1.0, 3.0, 0.0, 0.0, 4.0]
    assert now["share_of_hours"].tolist() == [0.125, 0.375, 0.0, 0.0, 0.5]
    assert now["n_tasks"].tolist() == [1, 1, 0, 0, 1]


def test_shares_spread_unsure_hours_by_probability_and_sum_to_one(cells):
    table = shares(cells)
    now = table[table["period"] == "2026-Q3"].set_index("category")["share"]
    assert now["execution"] == pytest.approx((1 + 3 * 0.1 + 4 * 0.25) / 8)
    assert now["judgment"] == pytest.approx((3 * 0.7 + 4 * 0.25) / 8)
    assert table.groupby("period")["share"].sum().tolist() == pytest.approx([1.0, 1.0])
    assert table["category"].tolist()[:4] == list(CATEGORIES)
    assert not table["audited"].any()


def test_shares_by_team_are_each_teams_own(cells):
    table = shares(cells, by=("period", "team"))
    blue = table[table["team"] == "blue"]
    assert blue["share"].tolist() == [0.25] * 4


def test_a_group_without_hours_has_no_share(make_log, make_sorted):
    table = shares(rollup(make_log({"hours": None}), make_sorted({}), frequency="month"))
    assert table["share"].isna().all()


def test_changes_compare_with_the_period_right_before(cells):
    table = changes(shares(cells)).set_index(["period", "category"])
    assert math.isnan(table.loc[("2026-Q2", "execution"), "change"])
    assert table.loc[("2026-Q3", "execution"), "before"] == pytest.approx(0.75)
    assert table.loc[("2026-Q3", "execution"), "change"] == pytest.approx(2.3 / 8 - 0.75)


def test_a_gap_between_periods_is_no_change(cells):
    table = shares(cells)
    table["period"] = table["period"].replace("2026-Q2", "2026-Q1")
    assert changes(table)["change"].isna().all()


def test_basis_tells_what_was_tagged_sorted_and_unsure(cells):
    basis = basis_of_labels(cells).set_index("period")
    assert basis.loc["2026-Q3"].tolist() == pytest.approx([1 / 8, 3 / 8, 4 / 8])
    assert basis.loc["2026-Q2"].tolist() == [1.0, 0.0, 0.0]
