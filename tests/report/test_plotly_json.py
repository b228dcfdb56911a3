import json

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from taskmix.report.plotly_json import inline_json, plain


def test_binary_arrays_of_a_real_figure_are_decoded_and_rounded():
    heat = go.Heatmap(z=np.array([[1.123456789, np.nan], [3.0, np.inf]]))
    spec = json.loads(go.Figure(heat).to_json())
    assert "bdata" in spec["data"][0]["z"]
    assert plain(spec["data"][0]["z"]) == [[1.12346, None], [3, None]]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (1 / 3, 0.333333),
        (1234567.89, 1234568),
        (-0.00001234567, -0.0000123457),
        (1758153600000.0, 1758153600000),
        (2.0, 2),
        (float("-inf"), None),
        (True, True),
    ],
)
def test_floats_keep_six_digits_but_never_lose_their_integer_part(value, kept):
    assert plain(value) == kept


def test_dates_lose_midnight_but_keep_times():
    days = json.loads(go.Figure(go.Scatter(x=pd.date_range("2026-01-01", periods=1))).to_json())
    assert plain(days["data"][0]["x"]) == ["2026-01-01"]
    assert plain("2026-01-01T08:30:00.000000") == "2026-01-01T08:30:00"
    assert plain("due 2026-01-01T00:00") == "due 2026-01-01T00:00"


def test_fonts_too_small_to_read_grow_and_markers_do_not():
    spec = {"font": {"size": 9}, "tickfont": {"size": [8, 20]}, "marker": {"size": 4}}
    assert plain(spec) == {
        "font": {"size": 12},
        "tickfont": {"size": [12, 20]},
        "marker": {"size": 4},
    }


def test_links_in_labels_are_removed():
    assert plain('<a href="https://example.org">x</a> <b>y</b>') == "x <b>y</b>"


def test_the_callers_figure_is_untouched():
    spec = {"x": [0.123456789], "font": {"size": 1}}
    plain(spec)
    assert spec == {"x": [0.123456789], "font": {"size": 1}}


def test_inline_json_cannot_end_its_script_and_reads_back():
    value = {"t": "</script><!--\u2028\u2029é"}
    text = inline_json(value)
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == value
