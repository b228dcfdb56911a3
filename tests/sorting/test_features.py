import numpy as np
import pandas as pd
import pytest

from taskmix.sorting._features import TaskFeatures

ROWS = pd.DataFrame(
    {"title": ["fix it", "", "🦊"], "project": ["p", "q", ""], "hours": [0.0, 1.0, np.nan]}
)


def test_the_last_column_is_the_intercept_and_numbers_are_standardised():
    features = TaskFeatures(["hours"]).fit(ROWS, np.array([3.0, 1.0, 1.0]))
    matrix = features.transform(ROWS).toarray()
    assert matrix[:, -1].tolist() == [1, 1, 1]
    # weights 3 and 1 on 0 and 1: mean 1/4, standard deviation √(3/16); missing is the mean
    assert matrix[:, -2] == pytest.approx([-0.25 / np.sqrt(3 / 16), 0.75 / np.sqrt(3 / 16), 0])


def test_an_unknown_context_value_and_an_unknown_word_add_nothing():
    features = TaskFeatures([]).fit(ROWS[["title", "project"]], np.ones(3))
    new = pd.DataFrame({"title": ["zzzz"], "project": ["new"]})
    assert features.transform(new).toarray()[0, :-1].tolist() == [0] * (
        features.transform(new).shape[1] - 1
    )


@pytest.mark.parametrize("titles", [["", ""], ["🦊", "\u200f"]])
def test_titles_without_words_are_no_obstacle(titles: list[str]):
    rows = pd.DataFrame({"title": titles})
    matrix = TaskFeatures([]).fit(rows, np.ones(2)).transform(rows)
    assert matrix[:, [-1]].toarray().tolist() == [[1], [1]]


def test_a_number_that_never_varies_stays_0():
    rows = pd.DataFrame({"x0": [0.1, 0.1, 0.1]})
    matrix = TaskFeatures(["x0"]).fit(rows, np.ones(3)).transform(rows)
    assert matrix[:, [0]].toarray() == pytest.approx(np.zeros((3, 1)))


def test_a_title_counts_once_however_often_it_stands():
    often = pd.DataFrame({"title": ["fix it"] * 50 + ["fix that"]})
    once = often.drop_duplicates()
    new = pd.DataFrame({"title": ["fix it"]})
    one = TaskFeatures([]).fit(often, np.ones(51)).transform(new).toarray()
    other = TaskFeatures([]).fit(once, np.ones(2)).transform(new).toarray()
    assert one == pytest.approx(other)


def test_a_project_tells_of_peoples_tasks_and_not_of_an_ais():
    rows = pd.DataFrame(
        {"project": ["p", "q", "p", "q"], "performer": ["human", "human", "ai", "ai"]}
    )
    matrix = TaskFeatures([]).fit(rows, np.ones(4)).transform(rows).toarray()
    assert matrix[0].tolist() != matrix[1].tolist()
    assert matrix[2].tolist() == matrix[3].tolist()
    # without a performer every project counts
    bare = rows[["project"]]
    matrix = TaskFeatures([]).fit(bare, np.ones(4)).transform(bare).toarray()
    assert matrix[2].tolist() != matrix[3].tolist()
