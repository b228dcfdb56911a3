"""Schemas refuse what must not pass, and name every fault at once."""

import pandas as pd
import pytest

from taskmix.errors import SchemaError
from taskmix.schema import (
    CLOCK_SLACK_HOURS,
    TASK_COLUMNS,
    Headcount,
    Quarantine,
    RollUp,
    SortedTasks,
    TaskLog,
    check_frame,
)  # fmt: skip


@pytest.fixture
def log(make_log):
    return make_log({}, {"tag": "creative"}, {"hours": None})[list(TASK_COLUMNS)]


def clocked(log, start: str, end: str, hours: float | None):
    at = {"started_at": start, "ended_at": end}
    return log.assign(
        **{name: pd.Timestamp(text).as_unit("us") for name, text in at.items()}, hours=hours
    )


def test_a_good_log_passes_and_the_callers_frame_is_untouched(log):
    before = log.copy(deep=True)
    assert check_frame(log, TaskLog, where="test").equals(before)
    pd.testing.assert_frame_equal(log, before)
    assert check_frame(log.iloc[:0], TaskLog, where="test").empty


TIME_BAD = {
    "longer": ("2026-07-01T10:00Z", "2026-07-01T11:00Z", 1 + 2 * CLOCK_SLACK_HOURS, "longer than"),
    "backwards": ("2026-07-01T10:00Z", "2026-07-01T09:00Z", float("nan"), "ends before it starts"),
}


@pytest.mark.parametrize("what", TIME_BAD)
def test_an_entry_that_does_not_fit_its_clock_is_told_once_by_row(what, log):
    start, end, hours, sentence = TIME_BAD[what]
    bad = clocked(log, start, end, hours)
    with pytest.raises(SchemaError, match=rf"^x.csv: rows: 3 × {sentence}.*, such as row 0$"):
        check_frame(bad, TaskLog, where="x.csv")


def test_a_clock_may_round_to_the_minute(log):
    good = clocked(log, "2026-07-01T10:00Z", "2026-07-01T11:00Z", 1 + CLOCK_SLACK_HOURS)
    assert len(check_frame(good, TaskLog, where="x")) == 3


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("hours", 0.0, r"column hours: 3 × greater_than\(0\), such as 0.0"),
        ("hours", -1.0, r"column hours: 3 × greater_than"),
        ("hours", float("inf"), r"column hours: 3 × less_than\(inf\), such as inf"),
        ("task_id", "same", r"column task_id: 3 × field_uniqueness, such as 'same'"),
        ("source", None, r"column source: 3 × "),
        ("team", None, r"column team: 3 × "),
        ("performer", "robot", r"column performer: 3 × isin.*such as 'robot'"),
        ("performer", None, r"column performer: 3 × "),
        ("tag", "fun", r"column tag: 3 × isin"),
        ("ai_mode", "x", r"column ai_mode: 3 × isin"),
        ("oversight", "x", r"column oversight: 3 × isin"),
        ("wish", "maybe", r"column wish: 3 × isin"),
        ("local_date", pd.NaT, r"column local_date: 3 × not_nullable"),
        ("local_end_date", pd.Timestamp("2026-06-30"), r"rows: 3 × ends before it starts"),
        ("started_at", "2026", r"column started_at: \d × dtype"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_count_and_example(column, value, sentence, log):
    dtype = log[column].dtype
    bad = log.assign(**{column: value})
    if column != "started_at":
        bad = bad.astype({column: dtype})
    with pytest.raises(SchemaError, match=sentence):
        check_frame(bad, TaskLog, where="x.csv")


def test_missing_extra_and_unordered_columns_are_named(log):
    with pytest.raises(SchemaError, match=r"^x: frame: 1 × column_in_dataframe, such as 'hours'$"):
        check_frame(log.drop(columns="hours"), TaskLog, where="x")
    with pytest.raises(SchemaError, match=r"^x: frame: 1 × column_in_schema, such as 'extra'$"):
        check_frame(log.assign(extra=1), TaskLog, where="x")
    with pytest.raises(SchemaError, match=r"column_ordered"):
        check_frame(log[list(TASK_COLUMNS)[::-1]], TaskLog, where="x")


def test_every_fault_is_named_at_once_and_no_more_than_five(log):
    bad = clocked(log, "2026-07-01T10:00Z", "2026-07-01T10:30Z", 1.0)
    bad = bad.assign(performer="a", tag="b", wish="c", ai_mode="d", oversight="e")
    with pytest.raises(SchemaError, match=r"; and 1 more$") as error:
        check_frame(bad, TaskLog, where="x")
    named = ("performer", "tag", "wish", "ai_mode", "oversight", "rows: 3 × longer")
    assert sum(name in str(error.value) for name in named) == 5


def sorted_tasks(**changes):
    row = {"task_id": "a", "p_execution": 0.7, "p_judgment": 0.1, "p_creative": 0.1,
           "p_connective": 0.1, "category": "execution", "model_id": "m", "out_of_sample": True,
           "cold_start": False}  # fmt: skip
    return pd.DataFrame([row, {**row, "task_id": "b", **changes}])


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"p_execution": 0.6}, r"rows: 1 × probabilities_sum_to_one, such as row 1"),
        ({"p_execution": 1.1, "p_judgment": -0.3}, r"less_than_or_equal_to\(1\), such as 1.1"),
        ({"category": "fun"}, r"column category: 1 × isin"),
        ({"task_id": "a"}, r"column task_id: 2 × field_uniqueness"),
    ],
)
def test_sorted_tasks_hold_probabilities(changes, sentence):
    assert len(check_frame(sorted_tasks(), SortedTasks, where="x")) == 2
    with pytest.raises(SchemaError, match=sentence):
        check_frame(sorted_tasks(**changes), SortedTasks, where="x")


ROLLUP = {"period": "2026-Q3", "department": "d", "team": "t", "label": "unsure", "basis": "unsure",
          "performer": "human", "oversight": "none", "hours": 1.0, "machine_hours": 0.0,
          "n_tasks": 1, "n_units": 1, "n_without_hours": 0, "expected_execution": 0.25,
          "expected_judgment": 0.25, "expected_creative": 0.25, "expected_connective": 0.25,
          "expected_execution_units": 0.5}  # fmt: skip
HEADS = {"period": "2026-Q3", "team": None, "n_people": 3}
REFUSED = {"file": "a", "row": 1, "source": "s", "reason": "r", "detail": "d", "record": "{}",
           "run_id": "x", "refusal": "f", "task_id": None, "logged_as": None,
           "day": pd.Timestamp("2026-07-01").as_unit("us")}  # fmt: skip


@pytest.mark.parametrize(
    ("model", "good", "changes", "sentence"),
    [
        (RollUp, ROLLUP, {"hours": -1.0}, r"column hours: 1 × greater_than_or_equal_to\(0\)"),
        (RollUp, ROLLUP, {"label": "other"}, r"column label: 1 × isin"),
        (RollUp, ROLLUP, {"basis": "guessed"}, r"column basis: 1 × isin"),
        (RollUp, ROLLUP, {"oversight": "a bit"}, r"column oversight: 1 × isin"),
        (RollUp, ROLLUP, {"n_tasks": 0.5}, r"column n_tasks: 1 × dtype\('int64'\)"),
        (RollUp, ROLLUP, {"extra": 1}, r"frame: 1 × column_in_schema, such as 'extra'"),
        (Headcount, HEADS, {"n_people": -1}, r"column n_people: 1 × greater_than_or_equal"),
        (Headcount, HEADS, {"period": None}, r"column period: 1 × "),
        (Quarantine, REFUSED, {"row": 0}, r"column row: 1 × greater_than_or_equal_to\(1\)"),
        (Quarantine, REFUSED, {"detail": None}, r"column detail: 1 × "),
        (Quarantine, REFUSED, {"extra": "x"}, r"frame: 1 × column_in_schema"),
    ],
)
def test_each_model_rejects_what_it_must(model, good, changes, sentence):
    texts = {name: "str" for name, value in good.items() if isinstance(value, str | None)}
    frame = pd.DataFrame([good]).astype(texts)
    assert len(check_frame(frame, model, where="x")) == 1
    bad = pd.DataFrame([{**good, **changes}]).astype(texts)
    with pytest.raises(SchemaError, match=sentence):
        check_frame(bad, model, where="x")
