import numpy as np
import pandas as pd

from taskmix.sorting._distinct import join_repeats, number_repeats


def test_repeats_are_joined_sorted_and_their_weights_added():
    rows = pd.DataFrame({"title": ["b", "a", "b", "b"], "hours": [1.0, np.nan, 1.0, 1.0]})
    joined, codes, weight = join_repeats(rows, np.array([0, 1, 0, 1]), np.array([1.0, 2, 3, 4]))
    assert joined["title"].tolist() == ["a", "b", "b"]
    assert codes.tolist() == [1, 0, 1]
    assert weight.tolist() == [2, 4, 4]


def test_rows_of_weight_0_are_left_out():
    rows = pd.DataFrame({"title": ["b", "a"]})
    joined, _, _ = join_repeats(rows, np.array([0, 0]), np.array([0.0, 1.0]))
    assert joined["title"].tolist() == ["a"]


def test_rows_that_agree_get_one_number_missing_values_among_them():
    rows = pd.DataFrame({"title": ["b", "a", "b"], "hours": [np.nan, 1.0, np.nan]})
    numbers, first = number_repeats(rows)
    assert numbers.tolist() == [1, 0, 1]
    assert first.tolist() == [1, 0]
