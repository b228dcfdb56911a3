import re

import pytest

from taskmix.errors import ReportError
from taskmix.report import confidence, glossary, method, privacy_note


def test_the_shown_percents_sum_to_100():
    # One by one they would round to 33 + 33 + 33.
    text = str(confidence(1 / 3, 1 / 3, 1 / 3))
    assert sum(map(int, re.findall(r"(\d+)%", text))) == 100


def test_the_bars_are_as_wide_as_the_shares():
    html = confidence(0.125, 0.785, 0.09).html
    assert re.findall(r' width="([\d.]+)%', html) == ["12.50", "78.50", "9.00"]
    assert re.findall(r' x="([\d.]+)%', html) == ["0.00", "12.50", "91.00"]


@pytest.mark.parametrize("shares", [(12, 79, 9), (0.5, 0.5, 0.5), (-0.1, 1.0, 0.1)])
def test_shares_that_are_no_shares_are_an_error(shares):
    with pytest.raises(ReportError, match="must be shares that sum to 1"):
        confidence(*shares)


def test_nan_is_no_share():
    with pytest.raises(ReportError, match="must be shares that sum to 1"):
        confidence(float("nan"), 0.5, 0.5)


def test_method_renders_markdown_and_shows_html_as_text():
    html = method(["Some *words*.", "<script>alert(1)</script>"]).html
    assert "<em>words</em>" in html
    assert "<script" not in html
    assert "&lt;script" in html


def test_method_refuses_links_that_act():
    assert "javascript:" not in method("[x](javascript:alert(1))").html


def test_glossary_and_method_are_folded():
    for block in (glossary([("a", "b")]), method("x")):
        assert block.html.startswith('<details class="tm tm-details"><summary>')


def test_terms_and_notes_are_escaped():
    assert "<b>" not in glossary([("<b>", "<b>")]).html
    assert "<b>" not in privacy_note("<b>").html
