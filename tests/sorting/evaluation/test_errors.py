"""The worst errors are the most confident ones, a title once."""

import pandas as pd

from taskmix.sorting.evaluation.errors import worst_errors


def predicted(*rows):
    columns = ["title", "tag", "likeliest", "p_execution", "p_judgment"]
    table = pd.DataFrame(rows, columns=columns).assign(p_creative=0.0, p_connective=0.0)
    ids = [f"t{n}" for n in range(len(table))]
    return table.assign(task_id=ids, project="Site")


ROWS = predicted(
    ("Plan", "judgment", "execution", 0.8, 0.2),
    ("Check", "execution", "execution", 0.99, 0.01),
    ("plan ", "judgment", "execution", 0.9, 0.1),
    ("Plan", "execution", "judgment", 0.4, 0.6),
    ("Ask", "judgment", "execution", 0.85, 0.15),
)


def test_errors_come_surest_first_and_a_title_once_for_each_mistake():
    table = worst_errors(ROWS)
    assert table["title"].tolist() == ["plan ", "Ask", "Plan"]
    assert table["found"].tolist() == ["execution", "execution", "judgment"]
    assert table["probability"].tolist() == [0.9, 0.85, 0.6]
    assert table["p_tag"].tolist() == [0.1, 0.15, 0.4]
    # "Plan" was mistaken for execution twice
    assert table["n_tasks"].tolist() == [2, 1, 1]
    # the id is that of the surest one
    assert table["task_id"].tolist() == ["t2", "t4", "t3"]


def test_as_many_are_listed_as_asked_for_and_none_where_all_are_right():
    assert len(worst_errors(ROWS, n=1)) == 1
    assert worst_errors(ROWS[1:2]).empty
