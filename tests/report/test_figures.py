import copy
import json

import plotly.graph_objects as go
import pytest

from taskmix.errors import ReportError
from taskmix.report.figures import read_chart


def _json(figure):
    return json.loads(figure.to_json())


def test_a_charts_meta_becomes_the_pages_words_and_leaves_the_figure(make):
    chart = read_chart(_json(make.trend()), number=3)
    assert chart.id == "figure-3"
    assert chart.title.startswith("People’s hours move")
    assert chart.takeaway == "Execution fell from 55% to 41% of hours; judgment rose to 29%."
    assert chart.csv_name == "mix-by-quarter.csv"
    assert chart.table.rows[-1] == ("Q3 26", 41, 29, 12, 18)
    spec = json.loads(chart.spec)
    assert "taskmix" not in json.dumps(spec["layout"])
    assert spec["narrow"]["margin"] == {"r": 96}


def test_template_width_and_title_are_hoisted_out_of_the_figure():
    figure = go.Figure(go.Bar(x=["a"], y=[1])).update_layout(title="<b>T</b> & co", width=1500)
    chart = read_chart(_json(figure), number=1)
    layout = json.loads(chart.spec)["layout"]
    assert chart.title == "T & co"
    assert not {"template", "width", "title"} & set(layout)
    assert len(chart.spec) < 200 < len(figure.to_json())


def test_an_analysts_figure_is_dressed_from_its_own_traces(make):
    chart = read_chart(_json(make.analyst()), number=1)
    assert chart.title == "Analyst’s own look"
    assert chart.takeaway == chart.title
    assert chart.table.columns == ("x", "a", "b")
    assert chart.table.rows[0] == ("2026-01-01", 0, 1)
    spec = json.loads(chart.spec)
    assert [trace["type"] for trace in spec["data"]] == ["scatter", "scatter"]
    assert spec["layout"]["xaxis"]["tickfont"]["size"] == 12


def test_a_figure_without_any_words_is_called_figure():
    assert read_chart({"data": [], "layout": {}}, number=1).title == "Figure"


def test_rows_that_do_not_fit_the_columns_are_an_error():
    meta = {"taskmix": {"title": "T", "columns": ["a", "b"], "rows": [[1, 2], [3]]}}
    with pytest.raises(ReportError, match=r"Figure 'T'.*2 columns.*row of 1 cells: \[3\]"):
        read_chart({"data": [], "layout": {"meta": meta}}, number=1)


def test_maps_are_not_drawn_because_they_ask_a_server():
    figure = _json(go.Figure(go.Choropleth(locations=["DEU"], z=[1])))
    assert not read_chart(figure, number=1).drawable
    assert read_chart(_json(go.Figure(go.Heatmap(z=[[1]]))), number=1).drawable


def test_pictures_from_outside_leave_the_layout():
    images = [{"source": "https://example.org/x.png"}, {"source": "data:image/png;base64,AA"}]
    chart = read_chart({"data": [], "layout": {"images": images}}, number=1)
    assert json.loads(chart.spec)["layout"]["images"] == [images[1]]


def test_another_meta_of_the_analyst_stays():
    figure = {"data": [], "layout": {"meta": {"mine": 1, "taskmix": {"title": "T"}}}}
    assert json.loads(read_chart(figure, number=1).spec)["layout"]["meta"] == {"mine": 1}


def test_the_figure_given_is_untouched(make):
    figure = _json(make.trend())
    before = copy.deepcopy(figure)
    read_chart(figure, number=1)
    assert figure == before
