"""The weeks of a page: they end with the log or the period, and plans do not stretch them."""

import pandas as pd
import pytest

from taskmix.errors import PeriodError
from taskmix.measures import choose_weeks
from taskmix.measures.weeks import monday
from taskmix.store import TABLES, merge_rows, open_log

DAY = pd.Timestamp


@pytest.fixture
def log(make_log, tmp_path):
    def make(*days):
        rows = make_log(*[{"local_date": day} for day in days])
        rows = rows.assign(month="2026-01", digest="d", logged_as="p", file="f", run_id="r")
        merge_rows(
            tmp_path, "tasks", changed=rows[TABLES["tasks"].fields.names], removed=[], run_id="r"
        )
        return open_log(tmp_path)

    return make


def test_latest_leads_up_to_the_end_of_the_log_complete_or_not(log):
    weeks = choose_weeks(log("2026-03-02", "2026-10-07"), n_weeks=3)
    assert weeks.period == "2026-Q4"
    assert (weeks.first, weeks.last) == (DAY("2026-09-21"), DAY("2026-10-05"))
    assert weeks.until == weeks.newest == DAY("2026-10-07")


def test_a_period_ends_the_weeks_though_the_log_goes_on(log):
    weeks = choose_weeks(log("2026-03-02", "2026-10-07"), period="2026-Q2", n_weeks=2)
    # 30 June 2026 is a Tuesday.
    assert (weeks.first, weeks.last) == (DAY("2026-06-22"), DAY("2026-06-29"))
    assert (weeks.until, weeks.newest) == (DAY("2026-06-30"), DAY("2026-10-07"))


def test_the_weeks_begin_no_earlier_than_the_log(log):
    weeks = choose_weeks(log("2026-09-30", "2026-10-07"), n_weeks=52)
    assert weeks.first == DAY("2026-09-28")


def test_what_is_dated_after_the_last_ingest_does_not_make_the_log_reach_that_far(log):
    found = log("2026-09-01", "2026-10-07", "2099-12-31")
    weeks = choose_weeks(found, ingested=DAY("2026-10-09"))
    assert (weeks.newest, weeks.period) == (DAY("2026-10-07"), "2026-Q4")
    # Negative control: without the day of the ingest the slip of the pen counts.
    assert choose_weeks(found).newest == DAY("2099-12-31")


def test_a_log_of_plans_alone_reaches_as_far_as_they_do(log):
    weeks = choose_weeks(log("2026-10-07"), ingested=DAY("2026-01-01"))
    assert weeks.newest == DAY("2026-10-07")


@pytest.mark.parametrize(
    ("options", "says"),
    [({"n_weeks": 0}, "at least 1 week"), ({"period": "2031-Q1"}, "holds no data")],
)
def test_what_cannot_be_shown_is_an_error(log, options, says):
    with pytest.raises(PeriodError, match=says):
        choose_weeks(log("2026-10-07"), **options)


def test_a_week_begins_on_monday():
    days = pd.date_range("2026-09-28", periods=7)
    assert {monday(day) for day in days} == {DAY("2026-09-28")}
