import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting import SorterInputError
from taskmix.sorting._inputs import fit_to, read_labels, read_tasks

CONTEXT = ("project", "hours")


def test_a_frame_gives_its_title_and_the_context_it_has():
    log = pd.DataFrame({"person": ["ana"], "project": [None], "title": [" Fix  It"]})
    table = read_tasks(log, context=CONTEXT)
    assert table.rows.to_dict("list") == {"title": ["fix it"], "project": [""]}
    assert table.numbers == ()


def test_hours_are_read_in_coarse_steps_of_their_logarithm():
    log = pd.DataFrame({"title": ["x"] * 6, "hours": [0.25, 1.0, 2.0, 2.1, 8.0, np.nan]})
    # ln(1.25) = 0.22, ln 2 = 0.69, ln 3 = 1.10, ln 3.1 = 1.13, ln 9 = 2.20
    hours = read_tasks(log, context=CONTEXT).rows["hours"]
    assert hours.tolist()[:5] == [0.0, 0.5, 1.0, 1.0, 2.0]
    assert np.isnan(hours[5])


@pytest.mark.parametrize(
    "titles",
    [
        ["a", "B"],
        ("a", "B"),
        np.array(["a", "B"]),
        np.array(["a", "B"], dtype=object),
        pd.Series(["a", "B"]),
        pd.Index(["a", "B"]),
        pd.array(["a", "B"]),
    ],
    ids=lambda titles: type(titles).__name__,
)
def test_one_dimension_holds_titles(titles: object):
    rows = read_tasks(titles, context=()).rows
    assert rows.to_dict("list") == {"title": ["a", "b"]}


def test_an_array_of_numbers_is_context_without_titles():
    table = read_tasks([[1, 2], [3, 4]], context=())
    assert table.columns == table.numbers == ("x0", "x1")


def test_an_array_of_texts_starts_with_the_titles():
    table = read_tasks(np.array([["A", "red", 1], ["B", "blue", 2]], dtype=object), context=())
    assert table.columns == ("title", "x1", "x2")
    assert table.numbers == ("x2",)


def test_a_frame_without_titles_is_an_error():
    with pytest.raises(SorterInputError, match="no column 'title'; found name, hours"):
        read_tasks(pd.DataFrame({"name": ["x"], "hours": [1.0]}), context=CONTEXT)


def test_two_columns_of_one_name_are_an_error():
    log = pd.DataFrame([["a", "b"]], columns=["title", "title"])
    with pytest.raises(SorterInputError, match="two columns 'title'"):
        read_tasks(log, context=CONTEXT)


def test_an_infinite_number_is_an_error():
    with pytest.raises(SorterInputError, match="'hours' holds an infinite number"):
        read_tasks(pd.DataFrame({"title": ["x"], "hours": [np.inf]}), context=CONTEXT)


def test_numbers_in_one_dimension_are_no_titles():
    with pytest.raises(ValueError, match="Expected 2D array, got 1D array instead"):
        read_tasks([1.0, 2.0], context=())


def test_a_missing_column_is_named_and_a_further_one_left_out():
    log = pd.DataFrame({"title": ["x"], "hours": [1.0], "project": ["p"]})
    table = read_tasks(log, context=("project", "hours"))
    assert list(fit_to(table, ["title", "hours"], ["hours"]).columns) == ["title", "hours"]
    with pytest.raises(SortingError, match=r"The tasks lack 'source'.*found title, project, hours"):
        fit_to(table, ["title", "source"], [])


def test_text_where_there_were_numbers_is_an_error():
    table = read_tasks(pd.DataFrame({"title": ["x"], "hours": ["long"]}), context=CONTEXT)
    with pytest.raises(SorterInputError, match="'hours' held numbers when the sorter was fitted"):
        fit_to(table, ["title", "hours"], ["hours"])


def test_a_column_that_is_empty_now_counts_as_missing_numbers():
    log = pd.DataFrame({"title": ["x"], "hours": pd.Series([None], dtype="str")})
    table = read_tasks(log, context=CONTEXT)
    assert np.isnan(fit_to(table, ["title", "hours"], ["hours"])["hours"][0])


@pytest.mark.parametrize(
    "y",
    [
        ["b", None, "a"],
        np.array(["b", np.nan, "a"], dtype=object),
        pd.Series(["b", None, "a"]),
        pd.Series(["b", pd.NA, "a"], dtype=object),
        pd.Categorical(["b", None, "a"]),
    ],
)
def test_labels_may_be_missing(y: object):
    codes, classes = read_labels(y, 3)
    assert codes.tolist() == [1, -1, 0]
    assert classes.tolist() == ["a", "b"]


def test_no_labels_at_all_are_all_missing():
    assert read_labels(None, 2)[0].tolist() == [-1, -1]
    assert read_labels([None, None], 2)[1].size == 0


def test_labels_of_another_length_are_an_error():
    with pytest.raises(SorterInputError, match="There are 3 tasks and 2 labels"):
        read_labels(["a", "b"], 3)


def test_labels_that_are_measurements_are_an_error():
    with pytest.raises(ValueError, match="Unknown label type: continuous"):
        read_labels([0.5, 1.5, 2.25], 3)
