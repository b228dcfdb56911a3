"""One person's part of the log is theirs alone, whole, and measured like the whole."""

from types import SimpleNamespace

import pandas as pd
import pytest

from taskmix.errors import PeriodError
from taskmix.measures import choose_scope, hours_by_label, rollup
from taskmix.measures.own import (
    held_by_source,
    own_log,
    own_refusals,
    own_tasks,
    tags_given,
    tasks_by_label,
)
from taskmix.store import TABLES, merge_rows, open_log, replace_table

NAMES = ("p-ana", "p-ana-2")


@pytest.fixture
def log(tmp_path, make_log, make_sorted):
    """Ana under two pseudonyms, from two tools, one entry over midnight; and Bo."""
    rows = make_log(
        {"task_id": "a", "person": "p-ana", "title": "Plan", "tag": "creative", "hours": 2.0,
         "local_date": "2026-07-01", "source": "toggl"},
        {"task_id": "b", "person": "p-ana-2", "title": "Night", "hours": 1.0,
         "local_date": "2026-07-02", "source": "jira"},
        {"task_id": "c", "person": "p-ana-2", "title": "Night", "hours": 3.0, "part": 1,
         "local_date": "2026-07-03", "source": "jira"},
        {"task_id": "d", "person": "p-ana", "title": "Later", "hours": None,
         "local_date": "2026-10-05", "source": "toggl"},
        {"task_id": "e", "person": "p-bo", "title": "Secret", "hours": 9.0,
         "local_date": "2026-11-01", "collaborators": "p-ana"},
    )  # fmt: skip
    stored = rows.assign(month=rows["local_date"].dt.strftime("%Y-%m"), digest="d",
                         logged_as=rows["person"], file="f", run_id="r")  # fmt: skip
    merge_rows(tmp_path, "tasks", changed=stored, removed=[], run_id="r")
    by_sorter = make_sorted({"a": (0.1, 0.1, 0.7, 0.1), "b": (0.8, 0.1, 0.1, 0.0),
                             "d": (0.4, 0.3, 0.2, 0.1)})  # fmt: skip
    by_sorter = by_sorter.assign(model_id="m", out_of_sample=True, cold_start=False)
    replace_table(tmp_path, "sorted", by_sorter, run_id="m")
    return open_log(tmp_path)


@pytest.fixture
def own(log):
    return own_log(log, NAMES)


def test_nobody_elses_row_is_in_it_and_every_one_of_theirs_is(log, own):
    assert set(own.tasks.project("task_id").fetchall()) == {("a",), ("b",), ("c",), ("d",)}
    assert own.last_date == pd.Timestamp("2026-10-05")
    assert (own.version, own.beside) == (log.version, log.beside)
    assert len(log.tasks.fetchall()) == 5


def test_the_measures_work_on_it_as_on_the_whole(own):
    hours = hours_by_label(rollup(own.tasks, own.sorted, frequency="quarter"))
    now = hours[hours["period"] == "2026-Q3"].set_index("label")["hours"]
    # The second day of the entry over midnight was not sorted.
    assert now.to_dict() == {"execution": 1.0, "judgment": 0.0, "creative": 2.0,
                             "connective": 0.0, "unsure": 3.0}  # fmt: skip
    assert choose_scope(own, period="2026-Q4", today=pd.Timestamp("2026-12-01")).period == "2026-Q4"


def test_a_person_without_rows_is_an_error_and_no_empty_page(log):
    for names in (["p-nobody"], []):
        with pytest.raises(PeriodError, match=r"holds no task of this person; name them"):
            own_log(log, names)


def test_a_pseudonym_is_compared_and_never_run(log):
    with pytest.raises(PeriodError, match=r"holds no task of this person"):
        own_log(log, ["p-ana' OR '1'='1"])


def test_what_each_tool_gave_is_counted_once(own):
    expected = pd.DataFrame(
        {"source": ["jira", "toggl"], "n_tasks": [1, 2], "hours": [4.0, 2.0],
         "first_day": pd.to_datetime(["2026-07-02", "2026-07-01"]),
         "last_day": pd.to_datetime(["2026-07-03", "2026-10-05"])}
    )  # fmt: skip
    pd.testing.assert_frame_equal(held_by_source(own), expected, check_dtype=False)


def test_tasks_are_listed_with_what_counts_and_why(own):
    titles = pd.DataFrame({"task_id": ["a", "b", "c", "d", "e"],
                           "title": ["Plan", "Night", "Night", "Later", "Secret"]})  # fmt: skip
    scope = choose_scope(own, period="2026", today=pd.Timestamp("2026-12-01"))
    table = own_tasks(own, titles, scope=scope)
    assert table["title"].tolist() == ["Later", "Night", "Plan"]
    assert table["label"].tolist() == ["unsure", "execution", "creative"]
    assert table["basis"].tolist() == ["unsure", "sorted", "tagged"]
    assert table["probability"].fillna(-1).tolist() == [0.4, 0.8, -1]
    later = {"first_day": pd.Timestamp("2027-01-01"), "last_day": pd.Timestamp("2027-03-31")}
    assert own_tasks(own, titles, scope=SimpleNamespace(**later)).empty


def test_refused_records_of_others_are_not_listed():
    columns = {field.name: [None, None] for field in TABLES["quarantine"].fields}
    rows = pd.DataFrame(columns).assign(
        logged_as=["p-bo", "p-ana-2"], file="f", row=[1, 2], reason=["no_date", "no_hours"],
        detail=["x", "y"],
    )  # fmt: skip
    table = own_refusals(rows, NAMES)
    assert table.to_dict("records") == [
        {"file": "f", "row": 2, "reason": "no_hours", "detail": "y"}
    ]


def test_tags_that_they_gave_are_counted_without_what_they_took_back():
    days = ["2026-07-01", "2026-07-05", "2026-07-02", "2026-07-03"]
    at = pd.to_datetime(days, utc=True) + pd.Timedelta("23h")
    tags = pd.DataFrame({"tagger": ["p-ana", "p-ana-2", "p-ana", "p-bo"], "at": at,
                         "category": ["judgment", "judgment", "", "creative"]})  # fmt: skip
    table = tags_given(tags, NAMES)
    assert table[["category", "n_tags"]].to_numpy().tolist() == [["judgment", 2]]
    assert table[["first", "last"]].iloc[0].tolist() == [
        pd.Timestamp("2026-07-01"), pd.Timestamp("2026-07-05")]  # fmt: skip
    assert tags_given(tags.iloc[:0], NAMES).empty


def test_counts_by_label_lie_side_by_side():
    rows = [("2026-Q3", "creative", 1), ("2026-Q3", "unsure", 2), ("2026-Q4", "creative", 3)]
    hours = pd.DataFrame(rows, columns=["period", "label", "n_tasks"])
    table = tasks_by_label(hours)
    assert list(table) == ["period", "execution", "judgment", "creative", "connective", "unsure"]
    assert table.to_numpy().tolist() == [["2026-Q3", 0, 0, 1, 0, 2], ["2026-Q4", 0, 0, 3, 0, 0]]
