"""Day or month first: from all rows of a file, or asked."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.errors import ReaderError
from taskmix.ingest.readers.dayorder import DAY_ORDERS, iso_days, order_of_file

ASKED = r'Say it in taskmix.toml: \[readers.x\] day_order = "day-first" or "month-first"'


def order(*columns, **more):
    numbered = [pd.Series(cells, index=range(1, len(cells) + 1), dtype="str") for cells in columns]
    return order_of_file(numbered, path=Path("a.csv"), reader="x", **more)


@pytest.mark.parametrize(
    ("written", "day_first", "month_first"),
    [
        ("03/04/2024", "2024-04-03", "2024-03-04"),
        ("3.4.24", "2024-04-03", "2024-03-04"),
        ("03-04-2024", "2024-04-03", "2024-03-04"),
        ("03.04.2024.", "2024-04-03", "2024-03-04"),
        ("29/02/2024", "2024-02-29", None),
        ("29/02/2023", None, None),
        ("2024/04/03", "2024-04-03", "2024-04-03"),
        ("2024-04-03T00:00:00", "2024-04-03", "2024-04-03"),
        ("03/04-2024", None, None),
        ("03/04/024", None, None),
        ("13/13/2024", None, None),
        ("٠٣/٠٤/٢٠٢٤", None, None),
        ("", None, None),
    ],
)
def test_a_date_is_read_in_the_order_that_is_named_or_not_at_all(written, day_first, month_first):
    for name, expected in zip(DAY_ORDERS, (day_first, month_first), strict=True):
        found = iso_days(pd.Series([written], dtype="str"), name)[0]
        assert (found if isinstance(found, str) else None) == expected


@given(day=st.dates(min_value=pd.Timestamp("2000-01-01").date()))
@settings(max_examples=60, deadline=None)
def test_what_is_written_in_an_order_is_read_back_in_it(day):
    for name, form in (
        ("day-first", "{0.day}/{0.month}/{0.year}"),
        ("month-first", "{0:%m.%d.%Y}"),
    ):
        assert iso_days(pd.Series([form.format(day)]), name).tolist() == [day.isoformat()]


def test_one_date_settles_it_for_all_columns():
    assert order(["03/04/2024", "04/04/2024"], ["03/04/2024", "13/04/2024"]) == "day-first"
    assert order(["03/04/2024", "04/04/2024"], [None, "04/30/2024"]) == "month-first"


def test_most_rows_decide_where_some_contradict():
    assert order(["13/04/2024", "14/04/2024", "04/15/2024", "01/01/2024"]) == "day-first"


def test_two_dates_of_one_row_are_one_witness():
    three = ["13/04/2024", "01/02/2024", "01/02/2024"], ["14/04/2024", "04/15/2024", "04/16/2024"]
    assert order(*three) == "month-first"


def test_a_row_that_contradicts_itself_is_none():
    assert order(["13/04/2024", "01/15/2024"], ["04/13/2024", "01/15/2024"]) == "month-first"


def test_as_many_rows_on_either_side_are_refused_with_an_example_of_each():
    with pytest.raises(
        ReaderError,
        match=r"a.csv: '13/04/2024' \(row 2\) has the day first, '04/15/2024' \(row 3\) the month, "
        rf"and as many rows are written one way as the other \(1\); .*{ASKED}",
    ):
        order(["03/04/2024", "13/04/2024", "04/15/2024"])


@pytest.mark.parametrize("dates", [["05/05/2024", "2024-01-02"], [], [None], ["n/a", "32/32/2024"]])
def test_dates_that_read_alike_need_no_order(dates):
    assert order(dates) in DAY_ORDERS


def test_nothing_that_settles_it_is_refused_with_both_readings():
    with pytest.raises(
        ReaderError,
        match=r"a.csv: no row tells .*: '03/04/2024' \(row 2\) could be 3 April 2024 or "
        rf"4 March 2024. {ASKED}",
    ):
        order(["05/05/2024", "03/04/2024"])


@pytest.mark.parametrize(
    ("against_day", "against_month", "settled"),
    [
        ([True, False], [False, False], "month-first"),
        ([False, False], [False, True], "day-first"),
        ([True, False], [False, True], None),
        ([True, False], [True, False], None),
        ([True, False], [True, True], "day-first"),
    ],
)
def test_entries_settle_it_where_they_are_impossible_one_way_only(
    against_day, against_month, settled
):
    against = dict(zip(DAY_ORDERS, map(pd.Series, (against_day, against_month)), strict=True))
    if settled:
        assert order(["03/04/2024", "05/04/2024"], contradicts=against.get) == settled
    else:
        with pytest.raises(ReaderError, match="could be 3 April 2024 or 4 March 2024"):
            order(["03/04/2024", "05/04/2024"], contradicts=against.get)
