"""Periods as people write them."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.errors import PeriodError
from taskmix.periods import (
    choose_period,
    format_period,
    frequency_of,
    history,
    latest_period,
    parse_period,
    reaches_end,
    short_name,
    today_in,
    working_days_between,
)  # fmt: skip

YEARS = st.integers(1900, 2200)
NAMES = st.one_of(
    st.builds("{}".format, YEARS),
    st.builds("{}-Q{}".format, YEARS, st.integers(1, 4)),
    st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12)),
)


@given(name=NAMES)
def test_a_period_is_written_as_it_was_read(name):
    assert format_period(parse_period(name)) == name


@given(name=NAMES, count=st.integers(1, 40))
def test_a_history_ends_with_its_period_and_has_no_gap(name, count):
    period = parse_period(name)
    names = history(period, count=count)
    assert (len(names), names[-1]) == (count, name)
    days = [pd.Period(n.replace("-Q", "Q"), freq=period.freq) for n in names]
    assert [(b - a).n for a, b in itertools.pairwise(days)] == [1] * (count - 1)


@given(day=st.dates(min_value=pd.Timestamp("1901-01-01").date()), name=st.sampled_from(
    ["month", "quarter", "year"]))  # fmt: skip
def test_the_latest_period_is_complete_and_the_next_is_not(day, name):
    at = pd.Timestamp(day).as_unit("us")
    latest = latest_period(at, name)
    assert reaches_end(at, latest)
    assert not reaches_end(at, latest + 1)
    assert frequency_of(latest) == name


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-Q3", "2026-07-01", "2026-09-30"), (" 2026q1 ", "2026-01-01", "2026-03-31"),
        ("2026Q4", "2026-10-01", "2026-12-31"), ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)  # fmt: skip
def test_a_period_covers_its_days(text, first, last):
    period = parse_period(text)
    assert period.start_time == pd.Timestamp(first)
    assert period.end_time.normalize() == pd.Timestamp(last)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "Q3", "26-Q3", "2026-9", "2026-Q3x",
             "2026/09", "September 2026", "1899", "2201", "２０２６", "2026-W01", "2026-09-01"],
)  # fmt: skip
def test_a_text_that_is_no_period_raises(text):
    with pytest.raises(
        PeriodError, match=r"is not understood; write a month as 2026-09, a quarter"
    ):
        parse_period(text)


def test_a_long_text_is_cut_in_the_error():
    with pytest.raises(PeriodError, match=r"^period 'x{40}' is not understood"):
        parse_period("x" * 5000)


@pytest.mark.parametrize("freq", ["D", "W", "Q-MAR", "Y-JUN", "h"])
def test_a_period_of_another_length_raises(freq):
    with pytest.raises(PeriodError, match=r"use calendar months, quarters or years"):
        format_period(pd.Period("2026-07-01", freq=freq))


@pytest.mark.parametrize(
    ("day", "frequency", "name"),
    [
        ("2026-09-30", "quarter", "2026-Q3"), ("2026-09-29", "quarter", "2026-Q2"),
        ("2026-12-31", "year", "2026"), ("2026-12-30", "year", "2025"),
        ("2024-02-29", "month", "2024-02"), ("2024-02-28", "month", "2024-01"),
        ("2026-09-30 08:15", "quarter", "2026-Q3"),
    ],
)  # fmt: skip
def test_the_latest_period_is_the_last_complete_one(day, frequency, name):
    assert format_period(latest_period(pd.Timestamp(day), frequency)) == name


def chosen(text, today, data_through="2026-11-20"):
    day, last = pd.Timestamp(today), pd.Timestamp(data_through)
    return format_period(choose_period(text, today=day, data_through=last))


@pytest.mark.parametrize(
    ("word", "today", "name"),
    [
        ("last-month", "2026-11-22", "2026-10"), ("last-quarter", "2026-11-22", "2026-Q3"),
        ("last-year", "2026-11-22", "2025"), ("this-month", "2026-11-22", "2026-11"),
        ("this-quarter", "2026-11-22", "2026-Q4"), ("this-year", "2026-11-22", "2026"),
        ("last-month", "2026-01-01", "2025-12"), ("last-quarter", "2026-01-01", "2025-Q4"),
        ("last-month", "2024-03-31", "2024-02"), (" this-month ", "2024-02-29", "2024-02"),
        ("2026-Q1", "2026-11-22", "2026-Q1"),
    ],
)  # fmt: skip
def test_a_word_means_a_calendar_period_seen_from_today(word, today, name):
    assert chosen(word, today) == name


def test_latest_is_over_however_far_the_data_reach():
    assert chosen("latest", "2026-09-30", "2026-09-30") == "2026-Q2"
    assert chosen("latest", "2026-10-01", "2026-09-30") == "2026-Q3"
    assert chosen("latest", "2026-11-22", "2027-08-01") == "2026-Q3"
    assert chosen("latest", "2026-11-22", "2026-09-12") == "2026-Q2"


@pytest.mark.parametrize(
    ("text", "near"),
    [("lst-quarter", "last-quarter"), ("last quarter", "last-quarter"), ("Latest", "latest"),
     ("this-mnth", "this-month"), ("last_year", "last-year")],
)  # fmt: skip
def test_a_misspelt_word_proposes_the_near_one(text, near):
    with pytest.raises(
        PeriodError, match=rf"^period '{text}' is not understood; did you mean {near}\?"
    ):
        chosen(text, "2026-11-22")


def test_a_text_that_is_no_word_names_all_ways_to_write_a_period():
    with pytest.raises(
        PeriodError, match=r"a year as 2026, or one of latest, last-month, .*this-year$"
    ):
        chosen("Q3", "2026-11-22")


def test_today_is_the_workspaces_own():
    at = [today_in(zone) for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago")]  # 25 hours apart
    assert at[0] > at[1]
    assert all(day == day.normalize() and day.tz is None for day in at)


@pytest.mark.parametrize(
    ("day", "end", "n_days"),
    [("2026-09-18", "2026-09-30", 8), ("2026-09-30", "2026-09-30", 0),
     ("2026-05-29", "2026-05-31", 0), ("2026-05-28", "2026-05-31", 1),
     ("2026-10-05", "2026-09-30", 0)],
)  # fmt: skip
def test_working_days_are_mondays_to_fridays(day, end, n_days):
    assert working_days_between(pd.Timestamp(day), pd.Timestamp(end)) == n_days


@pytest.mark.parametrize(
    ("name", "short"), [("2026-Q3", "Q3 26"), ("2005-09", "Sep 05"), ("2026", "2026")]
)
def test_a_short_name_fits_an_axis(name, short):
    assert short_name(name) == short
