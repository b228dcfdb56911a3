"""Numbers and months on charts, as the spoken language writes them."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from taskmix import charts
from taskmix.charts.columns import heading, in_words
from taskmix.charts.localised import localised, month_ticks
from taskmix.language import speaking


def of_shares(**axis):
    figure = go.Figure()
    figure.add_scatter(
        x=["Q1", "Q2"], y=[0.125, None], hovertemplate="Work %{y:.0%}<extra>%{x}</extra>"
    )
    return figure.update_layout(yaxis={"tickformat": ".0%", **axis})


def test_in_english_a_figure_stays_as_it_is():
    assert localised(of_shares()).to_plotly_json() == of_shares().to_plotly_json()


def test_in_german_percentages_of_ticks_and_hovers_have_their_blank():
    with speaking("de"):
        figure = localised(of_shares(range=[0, 0.3]))
    assert figure.layout.separators == ",."
    assert list(figure.layout.yaxis.ticktext) == [
        "0\xa0%", "5\xa0%", "10\xa0%", "15\xa0%", "20\xa0%", "25\xa0%", "30\xa0%"
    ]  # fmt: skip
    assert list(figure.data[0].hovertemplate) == [
        "Work 12\xa0%<extra>%{x}</extra>", "Work <extra>%{x}</extra>"
    ]  # fmt: skip


def test_ticks_without_a_range_reach_from_nothing_to_the_largest_value():
    with speaking("de"):
        figure = localised(of_shares())
    assert list(figure.layout.yaxis.tickvals) == [0, 0.05, 0.1]


def test_ticks_finer_than_a_point_and_signed_ones_keep_decimals_and_sign():
    with speaking("de"):
        fine = localised(of_shares(range=[0, 0.02]))
        signed = localised(of_shares(range=[-0.1, 0.1], tickformat="+.1%"))
    assert list(fine.layout.yaxis.ticktext)[:2] == ["0,0\xa0%", "0,5\xa0%"]
    texts = list(signed.layout.yaxis.ticktext)
    assert (texts[0], texts[len(texts) // 2], texts[-1]) == (
        "−10,0\xa0%", "0,0\xa0%", "+10,0\xa0%"
    )  # fmt: skip


def test_a_language_that_writes_percentages_as_d3_does_gets_only_its_marks():
    with speaking("de_CH"):
        figure = localised(of_shares())
    assert figure.layout.separators == ".’"
    assert figure.layout.yaxis.tickvals is None


def test_months_are_named_here_where_the_language_is_not_english():
    days = ["2026-01-15", "2026-10-15"]
    assert month_ticks(days, most=5) == {"tickformat": "%b %Y", "nticks": 5}
    with speaking("de"):
        ticks = month_ticks(days, most=5)
    assert ticks["tickvals"][:2] == ["2026-01-01", "2026-03-01"]
    assert ticks["ticktext"] == ["Jan. 2026", "März 2026", "Mai 2026", "Juli 2026", "Sept. 2026"]


@pytest.mark.parametrize(
    ("locale", "name", "cells"),
    [("en", "category", ["execution", "unsure"]), ("de", "Kategorie", ["Ausführung", "unsicher"])],
)
def test_tables_name_columns_and_words_in_the_language(locale, name, cells):
    with speaking(locale):
        table = in_words(pd.DataFrame({"category": ["execution", "unsure"], "team": "Sorting"}))
        assert heading("category") == name
        # A source's name as a column, and a team's in a cell, are no words of taskmix.
        assert heading("Sorting") == "Sorting"
    assert table["category"].tolist() == cells
    assert set(table["team"]) == {"Sorting"}


def test_a_figure_of_the_suite_speaks_german():
    shares = pd.DataFrame(
        {"period": "2026-Q3", "category": ["execution", "judgment"], "share": [0.6, 0.4]}
    )
    with speaking("de"):
        figure = charts.shares_over_time(shares, title="T", takeaway="t", base="12 Personen")
    meta = figure.layout.meta["taskmix"]
    assert meta["columns"] == ["Zeitraum", "Ausführung", "Beurteilung"]
    assert [trace.name for trace in figure.data] == ["Ausführung", "Beurteilung"]
    assert figure.layout.annotations[0].text == "<b>Beurteilung</b> 40\xa0%"
