"""Person sums are the roll-up's hours, person by person."""

import pandas as pd
import pytest

from taskmix.measures import rollup, shares
from taskmix.measures.estimation import EXPECTED, audited_shares, person_sums


@pytest.fixture
def small(make_log, make_sorted):
    log = make_log(
        {"tag": "judgment", "hours": 2.0, "performer": "human"},
        {"hours": 4.0},
        {"hours": 8.0, "team": "blue", "person": "bo"},
        {"hours": None},
        {"hours": 16.0, "performer": "ai"},
        {"hours": 32.0, "performer": "both", "tag": "creative", "local_date": "2026-10-01"},
        {"hours": 6.0, "person": None, "local_date": "2026-09-28", "local_end_date": "2026-10-03"},
    )
    chances = {"t0001": (0.7, 0.1, 0.1, 0.1), "t0002": (0.4, 0.3, 0.2, 0.1)}
    return log, make_sorted(chances)


def test_hours_and_expected_hours_are_those_computed_by_hand(small):
    sums = person_sums(*small, frequency="quarter", both_human_share=0.5)
    found = {
        (row.period, row.team, None if pd.isna(row.person) else row.person, row.is_tagged): (
            row.hours, row.hours_unsorted, row.expected_execution, row.expected_judgment
        )
        for row in sums.itertuples()
    }  # fmt: skip
    assert found == {
        ("2026-Q3", "red", "ana", True): (2.0, 0.0, 0.0, 2.0),
        ("2026-Q3", "red", "ana", False): (4.0, 0.0, pytest.approx(2.8), pytest.approx(0.4)),
        ("2026-Q3", "blue", "bo", False): (8.0, 0.0, pytest.approx(3.2), pytest.approx(2.4)),
        ("2026-Q3", "red", None, False): (6.0, 6.0, 0.0, 0.0),
        ("2026-Q4", "red", "ana", True): (16.0, 0.0, 0.0, 0.0),
    }


@pytest.mark.parametrize("long_tasks", ["start", "end", "evenly"])
def test_they_add_up_to_the_roll_up(small, long_tasks):
    options = {"frequency": "quarter", "long_tasks": long_tasks, "both_human_share": 0.5}
    sums, cells = person_sums(*small, **options), rollup(*small, **options)
    columns = ["hours", *EXPECTED]
    one, other = (frame.groupby(["period", "team"])[columns].sum() for frame in (sums, cells))
    pd.testing.assert_frame_equal(one, other[other["hours"] > 0])


def test_without_an_audit_the_share_is_that_of_the_roll_up(small):
    options = {"frequency": "quarter", "both_human_share": 0.5}
    drawn = pd.DataFrame(
        columns=["period", "team", "person", "is_tagged", "pi", "hours", "answer",
                 "out_of_sample", "chance_execution", "chance_judgment", "chance_creative",
                 "chance_connective"]
    )  # fmt: skip
    table = audited_shares(person_sums(*small, **options), drawn)
    model = shares(rollup(*small, **options))
    assert table["share"].to_numpy() == pytest.approx(model["share"].to_numpy())
    assert table["period"].tolist() == model["period"].tolist()
