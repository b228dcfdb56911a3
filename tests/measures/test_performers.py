"""AI's part of execution is a count of known tasks, missing where nothing is known."""

import pytest

from taskmix.measures import changes, execution_by_performer, performer_shares, rollup


def test_parts_are_of_the_known_and_coverage_is_stated(make_log, make_sorted):
    log = make_log(
        *[{"tag": "execution", "performer": "ai"}] * 1,
        *[{"tag": "execution", "performer": "both"}] * 2,
        *[{"tag": "execution", "performer": "human"}] * 5,
        *[{"tag": "execution", "performer": "unknown"}] * 2,
        *[{"tag": "creative", "performer": "ai"}] * 9,
    )
    row = execution_by_performer(rollup(log, make_sorted({}), frequency="quarter")).iloc[0]
    assert row[["n_ai", "n_both", "n_human", "n_unknown"]].tolist() == [1, 2, 5, 2]
    assert row[["ai", "both", "human"]].tolist() == pytest.approx([1 / 8, 2 / 8, 5 / 8])
    assert row["known"] == pytest.approx(0.8)


def test_where_nothing_is_known_the_parts_are_missing_not_zero(make_log, make_sorted):
    log = make_log({"tag": "execution"})
    row = execution_by_performer(rollup(log, make_sorted({}), frequency="quarter")).iloc[0]
    assert row[["ai", "both", "human"]].isna().all()
    assert row["known"] == 0.0


def test_a_group_without_execution_is_listed_with_nothing_known(make_log, make_sorted):
    log = make_log({"tag": "execution", "performer": "ai"}, {"tag": "creative", "team": "blue"})
    cells = rollup(log, make_sorted({}), frequency="quarter")
    table = execution_by_performer(cells, by=("period", "team")).set_index("team")
    assert table.loc["red", "ai"] == 1.0
    assert table.loc["blue", ["ai", "known"]].isna().all()


def test_parts_one_below_the_other_can_be_compared_with_the_period_before(make_log, make_sorted):
    log = make_log(
        *[{"tag": "execution", "performer": "human", "local_date": "2026-05-01"}] * 3,
        {"tag": "execution", "performer": "ai", "local_date": "2026-05-01"},
        {"tag": "execution", "performer": "human"},
        {"tag": "execution", "performer": "ai"},
        {"tag": "execution", "local_date": "2026-10-01"},
    )
    performers = execution_by_performer(rollup(log, make_sorted({}), frequency="quarter"))
    table = changes(performer_shares(performers), key="performer")
    assert table["period"].tolist() == ["2026-Q2"] * 3 + ["2026-Q3"] * 3 + ["2026-Q4"] * 3
    assert table["performer"].tolist() == ["ai", "both", "human"] * 3
    assert table["share"].tolist()[:6] == pytest.approx([0.25, 0, 0.75, 0.5, 0, 0.5])
    assert table["share"][6:].isna().all()
    assert table["change"].tolist()[3:6] == pytest.approx([0.25, 0, -0.25])
    assert table["change"][6:].isna().all()
