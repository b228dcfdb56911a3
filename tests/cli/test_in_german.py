"""The demo's pages in German, and in English: each holds words of its own language alone."""

import io
import json
import re
from importlib.resources import files

import bs4
import pytest
from babel.messages.pofile import read_po

from taskmix.report import read_result
from taskmix.report.outputs import read_pieces
from taskmix.report.proof import read_notebook

pytestmark = pytest.mark.xdist_group("demo")

PAGES = ["3_task_mix", "4_ai_shift", "5_meaningful_work"]
#: Words of which an English sentence has one, and a German one none.
ENGLISH = {
    "the",
    "of",
    "and",
    "is",
    "are",
    "not",
    "with",
    "which",
    "hours",
    "tasks",
    "from",
    "this",
    "there",
    "than",
    "has",
    "have",
    "been",
    "who",
    "whose",
    "its",
    "on",
    "at",
    "for",
    "more",
    "less",
    "between",
    "each",
    "only",
    "no",
    "by",
    "to",
}
#: The same of German.
GERMAN = {
    "der",
    "und",
    "nicht",
    "ist",
    "eine",
    "einer",
    "wird",
    "mit",
    "von",
    "zu",
    "den",
    "dem",
    "das",
    "bei",
    "sind",
}
#: What people named, and what is written alike everywhere.
_NAMES = re.compile(r"Atlas Labs \(invented\)|Field Service|Billing|Studio|Platform|`[^`]*`")
_MARKUP = re.compile(r"<[^>]*>|%\{[^}]*\}|\[targets\] in taskmix\.toml")


def organisation(folder, name):
    return folder / "reports" / "2026-Q3" / "organisation" / name


def texts_of(html: str) -> list[str]:
    """All that a page says: its own words, its labels for screen readers, its charts' words."""
    page = bs4.BeautifulSoup(html, "html.parser")
    texts = [element["aria-label"] for element in page.select("[aria-label]")]
    for spec in page.select("script[id$=-spec]"):
        texts += _words(json.loads(spec.string))
    for element in page(["script", "style", "code"]):
        element.decompose()
    texts += page.stripped_strings
    return [_MARKUP.sub(" ", _NAMES.sub(" ", text)) for text in texts]


def _words(spec) -> list[str]:
    """Return the texts of a chart's data and layout that are drawn."""
    drawn = {"name", "text", "hovertemplate", "ticktext", "x", "y", "customdata"}
    if isinstance(spec, list):
        return [word for part in spec for word in _words(part)]
    if not isinstance(spec, dict):
        return []
    found = []
    for key, value in spec.items():
        if key in drawn:
            values = value if isinstance(value, list) else [value]
            found += [text for text in values if isinstance(text, str)]
        else:
            found += _words(value)
    return found


def with_words(texts: list[str], words: set[str]) -> list[str]:
    return [text for text in texts if words & set(re.findall(r"[^\W\d_]+", text))]


@pytest.fixture(scope="module")
def catalogue():
    """Message → German, of messages that are whole sentences or names and stand alone."""
    text = files("taskmix.language").joinpath("de.po").read_bytes()
    held = read_po(io.BytesIO(text))
    return {
        message.id: message.string
        for message in held
        if isinstance(message.id, str) and message.id
        if "{" not in message.id and message.id != message.string
    }


@pytest.mark.parametrize("name", PAGES)
def test_a_german_page_holds_no_english(german, catalogue, name):
    html = organisation(german, f"{name}.html").read_text("utf-8")
    texts = texts_of(html)
    assert '<html lang="de">' in html
    assert with_words(texts, ENGLISH) == []
    assert with_words(texts, GERMAN) != []
    said = set(catalogue.values())
    assert [text for text in texts if text in catalogue and text not in said] == []


@pytest.mark.parametrize("name", PAGES)
def test_an_english_page_holds_no_german(demo, catalogue, name):
    html = organisation(demo, f"{name}.html").read_text("utf-8")
    texts = texts_of(html)
    assert '<html lang="en">' in html
    assert with_words(texts, GERMAN) == []
    assert with_words(texts, ENGLISH) != []
    messages = set(catalogue)
    german = {said for said in catalogue.values() if said not in messages}
    assert [text for text in texts if text in german] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_figures_are_the_same_in_both_languages(german, demo, name):
    one, other = (read_result(organisation(folder, f"{name}.ipynb")) for folder in (german, demo))
    assert (one["locale"], other["locale"]) == ("de", "en")
    # Why nothing can be told is told in words.
    assert _numbers(one, one["figures"]) == _numbers(other, other["figures"])
    assert one["headline"] != other["headline"]


def _numbers(found, names):
    if isinstance(found, dict):
        kept = {name: found[name] for name in names} if names else found
        return {
            key: _numbers(value, None) for key, value in kept.items() if not key.endswith("why_not")
        }
    return found


def test_numbers_percentages_and_dates_are_written_as_in_german(german):
    page = bs4.BeautifulSoup(
        organisation(german, "3_task_mix.html").read_text("utf-8"), "html.parser"
    )
    assert re.search(r"Daten bis 30\. Sept\. 2026", page.get_text())
    assert re.search(r"\b17\.411 Zeilen im Protokoll", page.get_text())
    assert re.search(r"\b42\xa0%", page.h1.get_text())
    specs = [json.loads(spec.string) for spec in page.select("script[id$=-spec]")]
    assert {spec["layout"]["separators"] for spec in specs} == {",."}
    ticks = specs[0]["layout"]["yaxis"]["ticktext"]
    assert ticks[:2] == ["0\xa0%", "10\xa0%"]
    # No text of a chart has a percentage as English writes it.
    assert [text for spec in specs for text in _words(spec) if re.search(r"\d%", text)] == []


def test_the_index_and_the_workbook_are_german(german):
    index = (german / "reports" / "index.html").read_text("utf-8")
    assert '<html lang="de">' in index
    # The demo's pages of teams were made in English before, and keep their headlines.
    page = bs4.BeautifulSoup(index, "html.parser")
    for article in page.find_all("article")[1:]:
        article.decompose()
    for element in page(["script", "style"]):
        element.decompose()
    texts = [_NAMES.sub(" ", text) for text in page.stripped_strings]
    assert with_words(texts, ENGLISH) == []
    assert "Ein Team, einen Zeitraum oder ein Wort finden" in texts
    workbook = pytest.importorskip("openpyxl").load_workbook(
        organisation(german, "3_task_mix.xlsx"), read_only=True
    )
    assert workbook.sheetnames[0] == "Inhalt"
    rows = list(workbook["shares-over-time"].iter_rows(values_only=True))
    assert rows[0] == ("Zeitraum", "Ausführung", "Beurteilung", "Gestaltung", "Verbindung")
    assert isinstance(rows[1][1], float)


def test_the_notebook_that_made_it_is_german_without_the_command_too(german):
    cells = read_notebook(organisation(german, "3_task_mix.ipynb"))["cells"]
    said = " ".join(piece.html for piece in read_pieces(cells) if piece.kind == "block")
    assert "Ausführung nimmt etwa" in said
    source = "".join(cell["source"] for cell in cells if cell["cell_type"] == "code")
    assert "tm.speak(settings.workspace.locale)" in source


@pytest.mark.parametrize("command", ["intake", "quality"])
def test_the_analysts_pages_are_german(taskmix, german, command):
    made = taskmix(command, "--project", german, "--json")
    assert made.code == 0, made.err
    html = next((german / "data" / "analyst").rglob(_ANALYST[command])).read_text("utf-8")
    page = bs4.BeautifulSoup(html, "html.parser")
    # Cells hold titles, and what ingest kept in words.
    for element in page(["td", "script", "style", "code"]):
        element.decompose()
    texts = [_NAMES.sub(" ", text) for text in page.stripped_strings]
    assert with_words([text for text in texts if "„" not in text], ENGLISH) == []
    assert '<html lang="de">' in html


_ANALYST = {"intake": "1_intake.html", "quality": "2_sorting.html"}
