"""Whole months up to the report's period, and AI's part of execution in each."""

import pandas as pd
import pytest

from taskmix.measures import Scope, rollup
from taskmix.measures.shifts import ai_by_month, months_of

FIRST = pd.Timestamp("2026-05-04")


def scope(period="2026-Q3", team=None, *, today="2026-11-20", data_through="2026-11-19"):
    days = {"today": pd.Timestamp(today), "data_through": pd.Timestamp(data_through)}
    return Scope(period, "2026-Q2", team, "quarter", ("2026-Q2", period), **days)


def test_months_lead_up_to_the_periods_end_and_begin_with_the_log():
    months = months_of(scope(), first=FIRST)
    assert (months.period, months.before, months.frequency) == ("2026-09", "2026-08", "month")
    assert months.history == ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09")
    assert months_of(scope(), first=FIRST, n_months=2).history == ("2026-08", "2026-09")


@pytest.mark.parametrize(
    ("today", "data_through", "last"),
    [
        ("2026-08-20", "2026-08-19", "2026-07"),
        ("2026-11-20", "2026-08-31", "2026-08"),
        ("2026-11-20", "2026-08-14", "2026-07"),
    ],
)
def test_a_month_that_is_not_whole_is_left_out(today, data_through, last):
    begun = scope(today=today, data_through=data_through)
    assert months_of(begun, first=FIRST).period == last


def test_there_is_always_a_month():
    assert months_of(scope(), first=pd.Timestamp("2027-01-01")).history == ("2026-09",)


def test_the_team_stays_the_same():
    assert months_of(scope(team="red"), first=FIRST).team == "red"


@pytest.fixture
def cells(make_log, make_sorted):
    def row(performer, **facts):
        return {"tag": "execution", "performer": performer, "local_date": "2026-09-01", **facts}

    log = make_log(
        row("ai"), row("both"), row("human"), row("human"), row("unknown"),
        row("human", tag="creative"), row("ai", team="blue"),
        row("human", local_date="2026-04-30"), row("unknown", local_date="2026-08-01"),
    )  # fmt: skip
    return rollup(log, make_sorted({}), frequency="month")


def test_ais_part_is_alone_and_together_of_what_is_known(cells):
    months = months_of(scope(team="red"), first=FIRST)
    table = ai_by_month(cells, months)
    assert table["period"].tolist() == ["2026-08", "2026-09"]
    assert table["part"].iloc[1] == 0.5
    assert pd.isna(table["part"].iloc[0])
    assert table["n_known"].tolist() == [0, 4]


def test_teams_have_parts_of_their_own(cells):
    table = ai_by_month(cells, months_of(scope(), first=FIRST), by=("team",)).dropna()
    assert table[["team", "part"]].to_numpy().tolist() == [["blue", 1.0], ["red", 0.5]]
