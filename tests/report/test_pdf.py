import re
import stat

import pytest

from taskmix.errors import ReportError
from taskmix.report import export_page, find_chromium, pdf, print_page


def _stand_in(folder, script):
    """A command that stands in for the browser."""
    command = folder / "chromium"
    command.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return str(command)


def test_without_chromium_the_error_says_where_it_was_looked_for(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "_PLACES", {})
    with pytest.raises(ReportError, match=r"commands chromium, .*google-chrome.*apt install"):
        find_chromium()


def test_a_browser_that_is_no_command_is_found_in_its_place(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", "")
    place = _stand_in(tmp_path, "")
    monkeypatch.setattr(pdf, "_PLACES", {pdf.sys.platform: (str(tmp_path / "no"), place)})
    assert find_chromium() == place


def test_a_command_on_the_path_is_found(monkeypatch, tmp_path):
    command = _stand_in(tmp_path, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_chromium() == command


def test_a_browser_that_prints_nothing_is_an_error_with_its_own_words(tmp_path):
    browser = _stand_in(tmp_path, "echo 'cannot open display' >&2; exit 7")
    with pytest.raises(ReportError, match=r"printed no PDF; it ended with 7: cannot open display"):
        print_page("<p>words</p>", browser=browser)


def test_a_browser_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ReportError, match=r"gone: printed no PDF"):
        print_page("<p>words</p>", browser=str(tmp_path / "gone"))


@pytest.mark.browser
def test_a_page_is_printed_on_a4_with_all_its_parts(make, chromium):
    del chromium  # the fixture skips where there is none
    printed = print_page(export_page(make.report(), site=False), browser=find_chromium())
    boxes = re.findall(rb"/MediaBox \[0 0 (\d+)[.\d]* (\d+)", printed)
    assert set(boxes) == {(b"594", b"841")}
    assert len(boxes) >= 3
    # The tree of tags, which a screen reader follows, and the outline of the headings.
    assert b"/StructTreeRoot" in printed
    assert b"/Outlines" in printed
