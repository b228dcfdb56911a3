import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.report.sanitise import plain_text, sanitise, sanitise_block

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<img src="https://example.org/p.png">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" java&#10;script:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    '<style>@import "https://example.org/x.css"</style>',
    '<link rel="stylesheet" href="https://example.org/x.css">',
    '<iframe src="https://example.org"></iframe>',
    '<form action="https://example.org"><input name="a"><button>b</button></form>',
    '<td style="background:url(https://example.org/x)">a</td>',
    '<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=//e.org">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 '
    'onerror=alert(1)&gt;">',
    '<b id="tm-settings" name="x" class="tm-failure">a</b>',
]


@pytest.mark.parametrize("gate", [sanitise, sanitise_block])
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_acts_or_fetches_gets_through(gate, html):
    safe = str(gate(html))
    tags = " ".join(re.findall(r"<[^>]*>", safe))
    assert not re.search(r"<(script|style|iframe|form|input|button|link|base|meta|math)", tags)
    assert not re.search(r"\son\w+=|javascript:|https?://|data:text|\sid=|\sname=", tags)


@given(st.text(alphabet="<>\"'=/ abimgsrcxtle!-&;#1onerror", max_size=60))
def test_no_random_markup_brings_a_handler_or_a_script(html):
    tags = " ".join(re.findall(r"<[^>]*>", str(sanitise(html))))
    assert not re.search(r"<script|\sonerror=", tags)


def test_an_analysts_html_cannot_borrow_the_pages_classes_but_blocks_keep_them():
    html = '<p class="tm-failure other">a</p><p class="tm">b</p>'
    assert "class" not in sanitise(html)
    assert sanitise_block(html) == '<p>a</p><p class="tm">b</p>'


def test_ordinary_html_stays():
    html = (
        '<p>a <em>b</em> <a href="https://example.org/x?y=1#z">c</a> <a href="m/x.html">d</a></p>'
    )
    assert sanitise(html) == html


def test_pictures_inside_the_page_stay_and_others_leave_their_words():
    assert 'src="data:image/png;base64,AA"' in sanitise('<img src="data:image/png;base64,AA">')
    assert sanitise('<img src="x.png" alt="A plan">') == "[picture: A plan]"


def test_only_one_h1_is_kept_when_asked_and_none_otherwise():
    html = "<h1>a</h1><h1>b</h1>"
    assert sanitise(html) == "<h2>a</h2><h2>b</h2>"
    assert sanitise(html, keep_h1=True) == "<h1>a</h1><h2>b</h2>"


def test_tables_stand_in_boxes_and_number_columns_are_right_aligned():
    html = "<table><thead><tr><th>t</th><th>n</th></tr></thead>"
    html += "<tbody><tr><td>a</td><td>1,5</td></tr><tr><td>2</td><td>NaN</td></tr></tbody></table>"
    safe = sanitise(html)
    assert safe.startswith('<div class="tm-scroll"')
    assert safe.endswith("</table></div>")
    assert '<th style="text-align:right;">n</th>' in safe
    assert "<td>a</td>" in safe


def test_a_table_in_an_attribute_or_in_text_is_no_table():
    assert sanitise('<b title="<table>">x</b> &lt;table&gt;') == "<b>x</b> &lt;table&gt;"


def test_plain_text_is_the_words_alone():
    assert plain_text("<h1>a <b>b</b>\n&lt;c&gt;</h1>") == "a b <c>"


def test_the_empty_corner_of_a_frame_is_no_header(make):
    safe = sanitise(make.wide_table().to_html())
    assert "<th></th>" not in safe
    assert '<td style="text-align:right;"></td>' in safe
    assert safe.count("<th") - safe.count("<thead") == 14 + 3


def _table(n_columns):
    names = [f"c{n}" for n in range(n_columns)]
    head = "".join(f"<th>{name}</th>" for name in names)
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody><tr>{'<td>x</td>' * n_columns}</tr></tbody>"
    )


def test_the_cells_of_a_block_s_wide_table_know_their_columns():
    wide = sanitise_block(_table(5))
    assert '<table class="tm-stack">' in wide
    assert '<td data-label="c4">x</td>' in wide
    assert "data-label" not in sanitise_block(_table(4))


def test_an_analyst_s_own_table_brings_no_labels_along():
    assert "data-label" not in sanitise('<table><tr><td data-label="x">1</td></tr></table>')
