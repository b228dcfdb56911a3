"""What part of a period's working days the log holds."""

import pandas as pd
import pytest

from taskmix.measures import Scope, arrived, part_arrived

EPOCH = pd.Timestamp("1970-01-01")
SCOPE = Scope("2026-09", "2026-08", None, "month", ("2026-08", "2026-09"))


def log_of(team: str, first: str, last: str, *, people: int = 2, without: tuple[str, ...] = ()):
    """Eight hours a person on each working day from one day to another."""
    days = [day for day in pd.bdate_range(first, last) if f"{day:%Y-%m-%d}" not in without]
    numbers = [(day - EPOCH).days for day in days for _ in range(people)]
    return pd.DataFrame(
        {
            "team": team, "person": [f"{team}{n}" for _ in days for n in range(people)],
            "performer": "human", "hours": 8.0, "part": 0, "first_day": numbers,
            "last_day": numbers,
        }
    )  # fmt: skip


def rows(*logs):
    return arrived(pd.concat(logs, ignore_index=True), scope=SCOPE)


def test_a_team_that_logged_to_the_end_is_all_in():
    table = rows(log_of("blue", "2026-07-01", "2026-09-30"))
    assert table["part"].tolist() == [1.0]
    assert table["missing_since"].isna().all()
    assert table["n_people"].tolist() == [2]


def test_what_comes_after_the_last_day_is_missing():
    # 2026-09-23 is a Wednesday: 17 of September's 22 working days.
    table = rows(log_of("blue", "2026-07-01", "2026-09-23"))
    assert table.loc[0, "part"] == pytest.approx(17 / 22)
    assert table.loc[0, "missing_since"] == pd.Timestamp("2026-09-24")


def test_a_week_below_a_third_of_the_usual_one_is_missing():
    week = tuple(f"2026-09-{day:02}" for day in (7, 8, 9, 10))
    table = rows(log_of("blue", "2026-07-01", "2026-09-30", without=week))
    assert table.loc[0, "part"] == pytest.approx(17 / 22)
    assert table.loc[0, "missing_since"] == pd.Timestamp("2026-09-07")


def test_a_week_with_some_days_off_is_no_gap():
    table = rows(log_of("blue", "2026-07-01", "2026-09-30", without=("2026-09-07", "2026-09-08")))
    assert table.loc[0, "part"] == 1.0


def test_a_team_that_has_sent_nothing_of_the_period_is_named_first():
    table = rows(
        log_of("blue", "2026-07-01", "2026-09-30"),
        log_of("red", "2026-07-01", "2026-08-31", people=6),
    )
    assert table["team"].tolist() == ["red", "blue"]
    assert table.loc[0, "part"] == 0.0
    assert part_arrived(table) == pytest.approx(2 / 8)


def test_a_team_that_gave_up_long_before_is_not_expected():
    table = rows(
        log_of("blue", "2026-01-05", "2026-09-30"), log_of("red", "2026-01-05", "2026-04-30")
    )
    assert table["team"].tolist() == ["blue"]


def test_an_agents_work_is_nobodys_working_day():
    agent = log_of("blue", "2026-09-24", "2026-09-30").assign(performer="ai")
    table = rows(log_of("blue", "2026-07-01", "2026-09-23"), agent)
    assert table.loc[0, "missing_since"] == pd.Timestamp("2026-09-24")
