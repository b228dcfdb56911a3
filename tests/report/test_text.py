from markupsafe import Markup

from taskmix.report.text import clean, isolate, slug, without_pseudo_html


def test_clean_removes_direction_overrides_controls_and_surrogates():
    assert clean("a\u202eb\u2066c\x00d\x1be\ud800f\tg\nh") == "abcde\ufffdf\tg\nh"


def test_clean_keeps_right_to_left_letters():
    assert clean("צוות") == "צוות"


def test_isolated_text_is_escaped():
    html = isolate('"><script>alert(1)</script>')
    assert html == "<bdi>&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;</bdi>"


def test_isolate_escapes_markup_objects_given_as_text_too():
    assert isolate(Markup("<b>")) == "<bdi>&lt;b&gt;</bdi>"


def test_only_plotlys_own_tags_are_stripped_from_labels():
    assert without_pseudo_html("<span style='x'>a</span><br/>5 < 6 > <img src=x>") == (
        "a 5 < 6 > <img src=x>"
    )


def test_an_escaped_ampersand_is_unescaped_once():
    assert without_pseudo_html("&amp;lt;b>") == "&lt;b>"


def test_slug_is_ascii_and_bounded():
    assert slug("Ünïcode " * 50) == "unicode-unicode-unicode-unicode-unicode"
    assert slug("צוות") == ""
