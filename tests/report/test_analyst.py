"""Tables of rows are escaped, aligned and cut; the warning and the facts say whose page it is."""

import pandas as pd
import pytest

from taskmix.report.analyst import analyst_note, listing, paragraph
from taskmix.report.mixfigures import json_number
from taskmix.report.sanitise import sanitise_block
from taskmix.settings import Settings, Workspace

EVIL = "<script>alert(1)</script>\u202e"


def test_text_is_escaped_and_isolated_and_numbers_stand_right():
    frame = pd.DataFrame({"title": [EVIL], "n_tasks": [12000], "hours": [1.25]})
    html = str(listing(frame).html)
    assert "<script>" not in html
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in html
    assert '<th scope="col">title</th><th scope="col" class="tm-number">tasks</th>' in html
    assert '<td class="tm-number"><bdi>12,000</bdi></td>' in html
    assert "<bdi>1.2</bdi>" in html


def test_the_page_gives_a_table_a_box_that_scrolls():
    block = listing(pd.DataFrame({"team": ["red"]}))
    assert '<div class="tm-scroll" tabindex="0"' in str(sanitise_block(str(block.html)))


def test_dates_shares_flags_and_gaps_are_written_as_people_read_them():
    frame = pd.DataFrame(
        {"day": pd.to_datetime(["2026-07-05", None]),
         "at": pd.to_datetime(["2026-07-05 08:30", "2026-07-06 00:00"]).tz_localize("UTC"),
         "coverage": [0.456, None], "sure": [True, False],
         "days_behind": pd.array([3, None], dtype="Int64")}
    )  # fmt: skip
    text = str(listing(frame, percent=["coverage"])).replace("\N{NO-BREAK SPACE}", " ")
    assert text.splitlines() == [
        "day  at  coverage  sure  days behind",
        "5 Jul 2026  5 Jul 2026 08:30  46%  yes  3",
        "–  6 Jul 2026 00:00  –  no  –",
    ]


def test_a_long_table_is_cut_and_says_so():
    lines = str(listing(pd.DataFrame({"n": range(30)}), n_rows=2)).splitlines()
    assert lines == ["n", "0", "1", "28 more; a higher n_rows shows them."]


def test_an_empty_table_is_a_sentence_or_nothing():
    empty = pd.DataFrame({"team": []})
    assert str(listing(empty, nothing="Nothing was refused.")) == "Nothing was refused."
    assert listing(empty) is None


def test_the_callers_frame_is_untouched():
    frame = pd.DataFrame({"team": ["red"], "coverage": [0.5]})
    before = frame.copy(deep=True)
    listing(frame, percent=["coverage"])
    pd.testing.assert_frame_equal(frame, before)


def test_backticks_are_code_and_nothing_else_is_markup():
    html = str(paragraph(f"Run `taskmix {EVIL}` now").html)
    assert "<code>taskmix &lt;script&gt;" in html
    assert "<script>" not in html


@pytest.mark.parametrize("personal", [True, False])
def test_the_note_says_that_the_page_is_not_for_publication(tmp_path, personal):
    settings = Settings(project=tmp_path, workspace=Workspace(personal=personal))
    assert "not for publication" in str(analyst_note(settings))


def test_a_missing_figure_is_none_in_json():
    assert json_number(float("nan")) is None
    assert json_number(3) == 3.0
