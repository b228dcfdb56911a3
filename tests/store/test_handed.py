"""A frame is measured once for all who ask the same; outside of that, each time."""

from dataclasses import dataclass

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from taskmix.store import handed_over, measured_once, name_frame, name_relation

FRAME = pd.DataFrame(
    {
        "team": pd.Series(["a", None], dtype="str"),
        "day": pd.to_datetime(["2026-01-01", None]).astype("datetime64[us]"),
        "hours": [1.5, float("nan")],
        "n": [1, 2],
        "sure": [True, False],
    }
)


@dataclass(frozen=True)
class Parts:
    name: str
    rows: pd.DataFrame


@pytest.fixture
def counted():
    calls = []

    @measured_once
    def measure(*args, **options):
        """Tell what it was given."""
        calls.append((args, options))
        return FRAME

    return measure, calls


def test_outside_it_is_measured_each_time(counted):
    measure, calls = counted
    measure(1)
    measure(1)
    assert len(calls) == 2


def test_inside_it_is_measured_once_and_comes_back_as_it_was(counted, tmp_path):
    measure, calls = counted
    with handed_over(tmp_path):
        first, second = measure(1, by=("team",)), measure(1, by=("team",))
    assert len(calls) == 1
    assert_frame_equal(first, FRAME)
    assert_frame_equal(second, FRAME)


def test_it_is_there_for_the_next_who_asks(counted, tmp_path):
    measure, calls = counted
    for _ in range(2):
        with handed_over(tmp_path):
            measure(1)
    assert len(calls) == 1


OTHERS = [
    ((1,), (2,)), ((1,), (1.0,)), (("1",), (1,)), ((None,), (0,)), (((1, 2),), ((12,),)),
    ((FRAME,), (FRAME.assign(n=[1, 3]),)), ((FRAME,), (FRAME.rename(columns={"n": "m"}),)),
    ((FRAME,), (FRAME.astype({"n": "int32"}),)), ((Parts("a", FRAME),), (Parts("b", FRAME),)),
    ((FRAME["n"],), (FRAME["hours"],)), ((FRAME,), (FRAME.iloc[::-1],)),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_question_is_measured_anew(counted, tmp_path, one, other):
    measure, calls = counted
    with handed_over(tmp_path):
        measure(*one)
        measure(*other)
        measure(*one)
    assert len(calls) == 2


def test_options_have_names(counted, tmp_path):
    measure, calls = counted
    with handed_over(tmp_path):
        measure(a=1, b=2)
        measure(a=2, b=1)
        measure(b=2, a=1)
    assert len(calls) == 2


def test_two_measures_never_share_a_frame(tmp_path):
    @measured_once
    def one():
        return FRAME

    @measured_once
    def other():
        return FRAME.iloc[:1]

    with handed_over(tmp_path):
        assert (len(one()), len(other())) == (2, 1)


def test_a_relation_is_known_by_what_it_was_said_to_hold(counted, tmp_path):
    measure, calls = counted
    connection = duckdb.connect()
    tasks = connection.sql("SELECT 1 AS a")
    with handed_over(tmp_path):
        name_relation(tasks, "tasks@1")
        measure(tasks)
        measure(tasks)
        # The rows of a part are not those of the whole.
        measure(tasks.filter("a > 1"))
        measure(tasks.filter("a > 1"))
    assert len(calls) == 3
    with handed_over(tmp_path):
        name_relation(again := connection.sql("SELECT 1 AS a"), "tasks@1")
        measure(again)
        name_relation(newer := connection.sql("SELECT 2 AS a"), "tasks@2")
        measure(newer)
    assert len(calls) == 4


def test_what_nothing_can_be_told_of_is_measured_each_time(counted, tmp_path):
    measure, calls = counted
    with handed_over(tmp_path):
        for _ in range(2):
            measure(object())
            measure(pd.DataFrame({"a": [[1], [2]]}))
    assert len(calls) == 4
    assert not list(tmp_path.iterdir())


def test_a_frame_of_lists_has_no_name():
    assert name_frame(FRAME) == name_frame(FRAME.copy())
    assert name_frame(pd.DataFrame({"a": [[1]]})) is None


def test_an_error_leaves_no_frame(tmp_path):
    @measured_once
    def fails():
        raise ValueError("no more")

    with handed_over(tmp_path), pytest.raises(ValueError, match="no more"):
        fails()
    assert not list(tmp_path.iterdir())
