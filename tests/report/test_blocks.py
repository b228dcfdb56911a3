import pytest

from taskmix.errors import ReportError
from taskmix.report import Tile, findings, freshness, headline, tiles
from taskmix.report.blocks import BLOCK_MIME
from taskmix.report.sanitise import sanitise_block
from taskmix.report.sparkline import sparkline

HOSTILE = '</h1><script>alert(1)</script><img src=x onerror="alert(1)">\u202e'


def test_a_block_shows_itself_in_three_forms():
    forms = headline("Hours fell")._repr_mimebundle_()
    assert forms[BLOCK_MIME] == '<h1 class="tm tm-headline"><bdi>Hours fell</bdi></h1>'
    assert forms["text/plain"] == "Hours fell"
    assert forms["text/html"].startswith("<style>.tm-lab{")
    assert forms[BLOCK_MIME] in forms["text/html"]
    assert len(forms["text/html"]) < 8_000


@pytest.mark.parametrize(
    "block",
    [
        headline(HOSTILE),
        freshness([(HOSTILE, "ok")]),
        findings([(HOSTILE, HOSTILE)]),
        tiles([Tile(HOSTILE, None, HOSTILE, HOSTILE)]),
    ],
    ids=["headline", "freshness", "findings", "tiles"],
)
def test_hostile_text_stays_text(block):
    assert "<script" not in block.html
    assert "<img" not in block.html
    assert "\u202e" not in block.html
    assert "<script" in block.text


def test_the_gate_lets_every_part_of_our_blocks_through():
    html = tiles([Tile("A", "ai", "38%", "up", [1, None, 3, 4])]).html
    kept = sanitise_block(html)
    for part in ("tm-fill-ai", "tm-line-ai", 'viewBox="0 0 120 26"', "<polyline", "<circle"):
        assert part in kept


def test_every_state_has_a_word_so_that_colour_is_never_alone():
    text = str(freshness([("a", "ok"), ("b", "amber"), ("c", "red")]))
    assert text.splitlines() == ["OK: a", "Check: b", "Stale: c"]


def test_an_unknown_state_is_an_error():
    with pytest.raises(ReportError, match="'a' has the state 'green'; use one of ok, amber, red"):
        freshness([("a", "green")])


def test_a_tile_of_an_unknown_category_is_an_error():
    with pytest.raises(ReportError, match=r"'Fun': category 'fun' has no colour; known: execution"):
        Tile("Fun", "fun", "1%")


def test_a_missing_value_breaks_the_line():
    assert sparkline([1, 2, None, 3, 4], "ai").count("<polyline") == 2
    assert sparkline([1, 2, float("nan"), 3], "ai").count("<polyline") == 1


def test_a_sparkline_rises_with_its_values_and_stays_in_its_box():
    line = sparkline([0, 10], "ai")
    assert 'points="3.0,23.0 117.0,3.0"' in line


def test_a_small_change_is_not_drawn_as_a_leap():
    # The scale spans 0.25 * 18 = 4.5 at least, so 1 is 1 / 4.5 of 20 px: 4.4 px.
    assert 'points="3.0,15.2 117.0,10.8"' in sparkline([17, 18], "ai")


def test_a_flat_line_lies_in_the_middle():
    assert 'points="3.0,13.0 117.0,13.0"' in sparkline([0, 0], "ai")
