"""What a colour tells is told otherwise too; the rule itself is in the conftest beside this."""

import re
from pathlib import Path

import plotly.graph_objects as go
import pytest

from taskmix import charts

WEEKS = ["Q1", "Q2"]


def lines(*names, **other):
    figure = go.Figure()
    for name, hue in zip(names, ("#111111", "#222222", "#333333"), strict=False):
        line = {"color": hue} | {key: value[name] for key, value in other.items()}
        figure.add_scatter(x=WEEKS, y=[1, 2], mode="lines", name=name, line=line)
    return figure


def bars(colours, **trace):
    figure = go.Figure()
    return figure.add_bar(x=[1, 2, 3], y=["a", "b", "c"], marker={"color": colours, **trace})


def test_lines_that_differ_by_colour_alone_are_found(colour_alone):
    assert colour_alone(lines("people", "AI")) == ["between 'people' and 'AI'"]
    # A key tells a line by nothing but its colour.
    assert colour_alone(lines("people", "AI").update_layout(showlegend=True)) != []
    assert colour_alone(lines("people", "AI", dash={"people": "dot", "AI": "solid"})) == []
    assert colour_alone(lines("people", "AI").add_annotation(text="<b>people</b> 3%")) != []
    labelled = lines("people", "AI").add_annotation(text="people").add_annotation(text="<b>AI</b>")
    assert colour_alone(labelled) == []


def test_marks_in_rows_of_their_own_are_told_apart(colour_alone):
    figure = go.Figure()
    for row, hue in (("tasks", "#111111"), ("hours", "#222222")):
        figure.add_scatter(x=[1, 2], y=[row, row], mode="lines", line={"color": hue})
    assert colour_alone(figure) == []
    figure.data[1].y = ["tasks", "tasks"]
    assert colour_alone(figure) == ["between 'scatter' and 'scatter'"]


def test_bars_lie_in_the_order_of_their_key_and_without_one_are_found(colour_alone):
    figure = go.Figure()
    for name, hue in (("people", "#111111"), ("AI", "#222222")):
        figure.add_bar(x=WEEKS, y=[1, 2], name=name, marker={"color": hue})
    assert colour_alone(figure) == ["between 'people' and 'AI'"]
    assert colour_alone(figure.update_layout(showlegend=True)) == []


def test_one_colour_for_several_bars_says_more_than_their_names(colour_alone):
    assert colour_alone(bars(["#111111", "#222222", "#333333"])) == []
    grouped = ["#111111", "#111111", "#222222"]
    assert colour_alone(bars(grouped)) == ["within 'bar'"]
    assert colour_alone(bars(grouped, pattern={"shape": ["/", "/", ""]})) == []


def test_a_cell_whose_colour_is_not_written_out_is_found(colour_alone):
    figure = go.Figure().add_heatmap(x=["a", "b"], y=["c"], z=[[0.1, None]])
    assert colour_alone(figure) == ["within 'heatmap'"]
    assert colour_alone(go.Figure(figure).add_annotation(x="a", y="c", text="10%")) == []
    # One colour that grows stronger is read by who sees no hue: a year has no room for numbers.
    figure.data[0].colorscale = [[0, "#77777714"], [1, "#77777799"]]
    assert colour_alone(figure) == []
    figure.data[0].colorscale = [[0, "#00aa00"], [1, "#ee0000"]]
    assert colour_alone(figure) == ["within 'heatmap'"]


@pytest.mark.parametrize("name", sorted(set(charts.__all__) - {"label"}))
def test_every_chart_is_drawn_by_a_test_of_this_folder_and_so_held_to_the_rule(name):
    tests = Path(__file__).parent.glob("test_*.py")
    assert any(re.search(rf"\b{name}\(", path.read_text("utf-8")) for path in tests)
