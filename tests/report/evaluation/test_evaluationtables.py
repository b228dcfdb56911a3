"""Tables of how good the sorter is, ready to be read."""

import pytest

from taskmix.report.evaluationtables import category_table, label_table, score_table, with_interval
from taskmix.sorting.evaluation import ALL_TASKS


def test_methods_stand_side_by_side_with_their_intervals(make_evaluation):
    table = score_table(make_evaluation())
    assert list(table.columns) == ["method", "new titles", "all tasks", "new people", "beaten"]
    assert table.iloc[0].tolist() == [
        "the sorter", "0.74 (0.71–0.77)", "0.71 (0.68–0.74)", "0.65 (0.62–0.68)", ""
    ]  # fmt: skip
    assert table["beaten"].tolist() == ["", "yes", "not shown", "yes", "yes"]


def test_without_intervals_nothing_is_known_to_be_beaten(make_evaluation):
    table = score_table(make_evaluation(known=False))
    assert table.loc[1, "new titles"] == "0.64"
    assert table["beaten"].tolist() == ["", *["not known"] * 4]


@pytest.mark.parametrize(
    ("new", "every", "says"),
    [(True, False, "on new titles alone"), (False, True, "on all tasks alone"),
     (True, None, "on new titles alone"), (False, False, "not shown")],
)  # fmt: skip
def test_where_a_rule_is_beaten_is_said(make_evaluation, new, every, says):
    methods = make_evaluation().methods
    own = methods["method"] == "last_title"
    methods.loc[own & (methods["view"] == "new titles"), "beaten"] = new
    methods.loc[own & (methods["view"] == ALL_TASKS), "beaten"] = every
    assert score_table(make_evaluation(methods=methods))["beaten"].iloc[-1] == says


def test_where_nothing_was_scored_there_is_no_row(make_evaluation):
    assert score_table(make_evaluation(n_tested=0)).empty
    assert category_table(make_evaluation(n_tested=0)).empty


def test_a_score_that_is_missing_is_a_dash():
    assert with_interval(float("nan"), 0.1, 0.2) == "–"


def test_labels_say_alone_never_or_not_known(make_evaluation):
    table = label_table(make_evaluation()).set_index("category")
    assert table["alone"].tolist() == ["yes", "never", "yes", "not known"]
    assert table["from"].fillna("").tolist() == ["0.60", "", "0.70", ""]
    assert table.loc["execution", ["n_found", "n_labelled"]].tolist() == [40, 30]


def test_categories_are_of_the_headlines_view(make_evaluation):
    table = category_table(make_evaluation())
    assert len(table) == 4
    assert table["recall"].tolist() == [0.9, 0.6, 0.7, 0.8]
