import base64
import csv
import io

from taskmix.report.tables import SHOWN_ROWS, Table, traces_table


def _read_csv(table):
    head, data = table.csv_uri().split(",", 1)
    assert head == "data:text/csv;charset=utf-8;base64"
    raw = base64.b64decode(data)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_csv_keeps_values_and_leaves_missing_cells_empty():
    table = Table(("Team", "Share"), (('Zoë, "A"', 0.41), ("B", None)))
    assert _read_csv(table) == [["Team", "Share"], ['Zoë, "A"', "0.41"], ["B", ""]]


def test_text_that_a_spreadsheet_would_run_is_guarded_and_numbers_are_not():
    cells = ("=1+1", "+1", "-x", "@SUM(A1)", " =1", -5, "a=b")
    table = Table(("=c", *"abcdef"), (cells,))
    rows = _read_csv(table)
    assert rows[1] == ["'=1+1", "'+1", "'-x", "'@SUM(A1)", "' =1", "-5", "a=b"]
    assert rows[0][0] == "'=c"


def test_the_page_shows_the_first_rows_and_says_how_many_are_left():
    table = Table(("n",), tuple((i,) for i in range(SHOWN_ROWS + 7)))
    assert len(table.shown) == SHOWN_ROWS
    assert table.hidden == 7
    assert len(_read_csv(table)) == SHOWN_ROWS + 8


def test_missing_cells_are_shown_as_a_dash_and_large_numbers_grouped():
    table = Table(("a", "b", "c", "d"), ((None, 61204, 2026, "x"),))
    assert table.shown == [[("–", False), ("61,204", True), ("2026", True), ("x", False)]]


def test_traces_on_one_axis_stand_side_by_side():
    traces = [
        {"x": ["a", "b"], "y": [1, 2], "name": "<b>one</b>"},
        {"x": ["a", "b"], "y": [3, None]},
        {"x": ["a"], "y": [9], "fill": "toself"},
    ]
    table = traces_table(traces, {"xaxis": {"title": {"text": "Team"}}})
    assert table == Table(("Team", "one", "series 2"), (("a", 1, 3), ("b", 2, None)))


def test_lying_bars_are_listed_by_their_category():
    table = traces_table([{"x": [5, 6], "y": ["p", "q"], "orientation": "h"}], {})
    assert table == Table(("y", "x"), (("p", 5), ("q", 6)))


def test_traces_on_different_axes_are_listed_below_each_other():
    traces = [{"x": [1], "y": [2], "name": "s"}, {"x": [3], "y": [4], "name": "t"}]
    table = traces_table(traces, {})
    assert table == Table(("series", "x", "y"), (("s", 1, 2), ("t", 3, 4)))


def test_a_figure_without_simple_traces_has_no_table():
    assert traces_table([{"z": [[1]], "type": "heatmap"}], {}) is None
