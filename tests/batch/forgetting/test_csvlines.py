"""Rows leave a CSV, and no other byte of it changes."""

import pytest

from taskmix.batch.forgetting.csvlines import columns_of, without_rows


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("who,n\r\nana,1\r\nbo,2\r\n", "who,n\r\nbo,2\r\n"),
        ("\ufeffWho ; n\nbo;2\nAna;1", "\ufeffWho ; n\nbo;2\n"),
        ('who,n\n"ana","two\nlines"\n"bo", "x"\n', 'who,n\n"bo", "x"\n'),
        ("who\tn\n\nana\t1\n\nbo\t2\n", "who\tn\n\n\nbo\t2\n"),
        ("who,n\nbo,\x0b2\u2028\n", "who,n\nbo,\x0b2\u2028\n"),
        ("", ""),
    ],
)
def test_only_the_rows_that_are_to_go_go(before, after):
    kept, n = without_rows(before, lambda row: row["who"].casefold() == "ana")
    assert kept == after
    assert n == (before != after)


def test_a_row_that_stays_can_be_written_otherwise_and_counts():
    text = "who,with\nbo,ana\nana,bo\ncy,bo\n"
    kept, n = without_rows(
        text, lambda row: row["who"] == "ana", rewrite=lambda row: row.replace("ana", "–")
    )
    assert (kept, n) == ("who,with\nbo,–\ncy,bo\n", 2)


def test_columns_are_named_in_small_letters_without_the_mark_of_excel():
    assert columns_of("\ufeffTask_ID; Title\r\n1;2\r\n") == ["task_id", "title"]
    assert columns_of("") == []
