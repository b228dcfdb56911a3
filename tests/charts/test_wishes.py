"""The chart of wishes states how many answered, and leaves out what too few said."""

import pandas as pd

from taskmix import charts

WORDS = {"title": "A finding", "takeaway": "It says so.", "base": "12 people"}
TABLE = pd.DataFrame(
    {
        "period": "2026-Q3",
        "label": ["execution", "judgment", "creative"],
        "n_answers": pd.array([1200, 40, None], dtype="Int64"),
        "n_people": pd.array([30, 12, None], dtype="Int64"),
        "wanted": [0.6, 0.3, None],
        "with_ai": [0.5, None, None],
    }
)


def test_wish_and_fact_stand_beside_each_other_with_their_denominators():
    figure = charts.wishes(TABLE, **WORDS)
    line, wanted, done = figure.data
    assert list(line.x) == [0.6, 0.5]
    assert list(wanted.y) == [
        "execution<br>1,200 answers of 30 people",
        "judgment<br>40 answers of 12 people",
    ]
    assert list(wanted.x) == [0.6, 0.3]
    assert list(done.x) == [0.5, None]
    assert figure.layout.meta["taskmix"]["rows"][2][2:] == [None] * 4


def test_no_answers_are_no_chart():
    assert charts.wishes(TABLE.iloc[2:], **WORDS) is None
