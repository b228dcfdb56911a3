"""Point or comma: from all numbers of a file, or asked."""

from pathlib import Path

import pandas as pd
import pytest

from taskmix.errors import ReaderError
from taskmix.ingest.readers.decimalmark import mark_of_file, read_number, sure_number


def mark(hours, *others):
    series = [pd.Series(cells, index=range(1, len(cells) + 1), dtype="str")
              for cells in (hours, *others)]  # fmt: skip
    return mark_of_file(series[0], others=series[1:], path=Path("a.csv"), reader="harvest")


@pytest.mark.parametrize(
    ("written", "point", "comma"),
    [
        ("20,0", None, 20.0),
        ("2.000,0", None, 2000.0),
        ("1,234.50", 1234.5, None),
        ("1'234.50", 1234.5, None),
        ("1 234,5", None, 1234.5),
        ("1,234", 1234.0, 1.234),
        ("0,125", None, 0.125),
        ("1234,500", None, 1234.5),
        ("1.234.567", None, 1234567.0),
        ("7", 7.0, 7.0),
        ("-1.5", -1.5, None),
        ("1,5 h", None, None),
        ("", None, None),
    ],
)
def test_a_number_is_read_with_the_mark_that_is_named_or_not_at_all(written, point, comma):
    text = pd.Series([written], dtype="str")
    expected = pd.Series([point, comma], dtype="float64")
    found = pd.Series([read_number(text, name)[0] for name in (".", ",")])
    pd.testing.assert_series_equal(found, expected)
    sure = point if comma is None or point == comma else comma if point is None else None
    assert sure_number(text).tolist() == pytest.approx([float("nan") if sure is None else sure],
                                                       nan_ok=True)  # fmt: skip


def test_amounts_settle_the_mark_of_the_hours():
    assert mark(["1,234", "2"], ["100,0", "2.000,0"]) == ","
    assert mark(["1,234", "2"], ["100.0", "2"]) == "."


def test_most_rows_decide_where_some_contradict():
    assert mark(["0.01", "1,5", "2,5"]) == ","


def test_whole_hours_need_no_mark():
    assert mark(["8", "1:30", None], ["1,234", "x"]) == "."


def test_a_number_with_two_readings_and_no_evidence_is_refused_with_both():
    with pytest.raises(
        ReaderError,
        match=r"a.csv: no number tells .*: '1,234' \(row 2\) could be 1234 or 1.234 hours. Say it "
        r'in taskmix.toml: \[readers.harvest\] decimal = "." or ","',
    ):
        mark(["8", "1,234"])


def test_as_many_rows_on_either_side_are_refused():
    with pytest.raises(ReaderError, match=r"\(1: rows 1 and 2 among them\); are these two files"):
        mark(["0.5", "1,5"])
