from taskmix.report.figures import read_chart
from taskmix.report.outputs import Piece
from taskmix.report.sheets import page_sheets

FRAME = """<table><thead><tr><th></th><th>hours</th><th>share</th></tr></thead><tbody>
<tr><th>Red</th><td>1,240</td><td>0.25</td></tr>
<tr><th>Blue</th><td>–</td><td>12%</td></tr></tbody></table>"""


def _chart(csv, rows=((1,),)):
    meta = {"title": f"About {csv}", "subtitle": "hours", "csv": csv, "columns": ["n"]}
    figure = {"data": [], "layout": {"meta": {"taskmix": {**meta, "rows": list(rows)}}}}
    return Piece("chart", chart=read_chart(figure, number=1))


def test_a_chart_s_table_goes_by_its_csv_s_name():
    (sheet,) = page_sheets([_chart("mix by quarter")])
    assert (sheet.name, sheet.title, sheet.subtitle) == (
        "mix-by-quarter", "About mix by quarter", "hours",
    )  # fmt: skip
    assert sheet.table.rows == ((1,),)


def test_a_table_in_the_text_goes_by_the_heading_above_it():
    (sheet,) = page_sheets([Piece("markdown", "<h2>By <b>team</b></h2>"), Piece("html", FRAME)])
    assert (sheet.name, sheet.title) == ("by-team", "By team")
    assert sheet.table.columns == ("", "hours", "share")


def test_numbers_are_numbers_again_and_what_is_missing_is_empty():
    (sheet,) = page_sheets([Piece("html", FRAME)])
    assert sheet.table.rows == (("Red", 1240, 0.25), ("Blue", None, "12%"))


def test_codes_with_leading_zeros_and_dates_stay_text():
    cells = "".join(f"<td>{text}</td>" for text in ("007", "2026-09", "1,24", "−3"))
    html = f"<table><tr><th>a</th><th>b</th><th>c</th><th>d</th></tr><tr>{cells}</tr></table>"
    (sheet,) = page_sheets([Piece("html", html)])
    assert sheet.table.rows == (("007", "2026-09", "1,24", -3),)


def test_no_two_sheets_have_one_name_and_none_is_too_long():
    long = "x" * 60
    names = [sheet.name for sheet in page_sheets([_chart(long), _chart(long), _chart("Contents")])]
    assert names == ["x" * 31, "x" * 29 + "-2", "contents-2"]


def test_a_table_without_rows_is_no_sheet():
    assert page_sheets([Piece("html", "<table><tr><th>only a head</th></tr></table>")]) == []


def test_a_short_row_is_filled_up():
    html = "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td></tr></table>"
    assert page_sheets([Piece("html", html)])[0].table.rows == ((1, None),)
