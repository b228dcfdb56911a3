"""What a sorter names and how probable it finds it are two answers of one fit."""

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting import PROBABILITIES, TaskSorter
from taskmix.sorting.naming import name_tasks
from taskmix.taxonomy import CATEGORIES

PLACES = ("alder", "birch", "cedar", "dogwood", "elm", "fir")


@pytest.fixture(scope="module")
def rare() -> pd.DataFrame:
    """Of 240 tasks 24 are judgment: two in five of those called quill, and no other."""
    of_quill = ["judgment"] * 2 + ["execution"] * 3
    rows = [
        {"title": f"{word} {place}", "tag": tag}
        for place in PLACES
        for word, tags in (("zarn", ["execution"] * 15), ("belk", ["execution"] * 15),
                           ("quill", of_quill * 2))
        for tag in tags
    ]  # fmt: skip
    return pd.DataFrame(rows, dtype="str")


@pytest.fixture(scope="module")
def sorter(rare) -> TaskSorter:
    return TaskSorter().fit(rare, rare["tag"])


def test_a_rare_category_is_named_where_it_is_not_the_likeliest(rare, sorter):
    found = name_tasks(sorter, rare)
    is_quill = rare["title"].str.startswith("quill")
    assert found["named"].tolist() == np.where(is_quill, "judgment", "execution").tolist()
    likeliest = found[list(PROBABILITIES)].idxmax(axis=1)
    assert set(likeliest) == {"p_execution"}
    # judgment is two in five of the tasks called quill, and a tenth of all
    assert found.loc[is_quill, "p_judgment"].mean() == pytest.approx(0.4, abs=0.08)
    assert found["p_judgment"].mean() == pytest.approx(24 / 240, abs=0.02)


def test_both_are_exactly_what_the_sorter_says(rare, sorter):
    tasks = rare.iloc[::-7]
    found = name_tasks(sorter, tasks)
    assert found.index.tolist() == tasks.index.tolist()
    assert found.columns.tolist() == ["named", *PROBABILITIES]
    assert found["named"].tolist() == sorter.predict(tasks).tolist()
    order = [sorter.classes_.tolist().index(category) for category in CATEGORIES]
    expected = sorter.predict_share(tasks)[:, order]
    assert np.array_equal(found[list(PROBABILITIES)].to_numpy(), expected)


def test_no_task_has_no_row_but_the_columns(rare, sorter):
    found = name_tasks(sorter, rare[:0])
    assert found.empty
    assert found["named"].dtype == "str"


def test_scores_are_computed_once(rare, sorter, monkeypatch):
    real, asked = TaskSorter._scores, []

    def count(self, tasks):
        asked.append(len(tasks))
        return real(self, tasks)

    monkeypatch.setattr(TaskSorter, "_scores", count)
    name_tasks(sorter, rare)
    assert asked == [len(rare)]


def test_a_column_used_at_fit_must_be_there(sorter):
    with pytest.raises(SortingError, match="no column 'title'; found project"):
        name_tasks(sorter, pd.DataFrame({"project": ["Site"]}))
