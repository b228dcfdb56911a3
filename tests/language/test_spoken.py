"""Which language is spoken, and what is said of one that is not."""

from datetime import date

import pytest

from taskmix.errors import LanguageError
from taskmix.language import (
    full_date,
    known_language,
    languages,
    moment,
    month_and_year,
    number,
    percentage,
    shortest,
    speak,
    speaking,
    spoken,
    tag,
    tr,
    trn,
)
from taskmix.language.catalogue import parse_catalogue
from taskmix.language.spoken import Language, _around


@pytest.fixture
def little_language():
    """Speak a language that holds one sentence, one plural and one mistake."""
    text = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "A day."\nmsgstr "Ein Tag."\n\n'
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} Tag"\nmsgstr[1] "{n} Tage"\n\n'
        'msgid "From {team}."\nmsgstr "Von {who}."\n\n'
        '#, fuzzy\nmsgid "Unchecked."\nmsgstr "Ungeprüft."\n'
    )
    before = _around.set(Language("xx", "xx", parse_catalogue(text.encode(), name="xx.po")))
    yield
    _around.reset(before)


def test_english_and_german_are_spoken():
    assert languages() == ("en", "de")


def test_what_is_spoken_is_english_until_a_notebook_says_otherwise():
    assert (spoken(), tag(), tr("A day.")) == ("en", "en", "A day.")


def test_speaking_ends_with_its_block():
    with speaking("de_AT"):
        assert (spoken(), tag()) == ("de_AT", "de-AT")
    assert spoken() == "en"


def test_what_a_cell_speaks_is_spoken_by_the_next():
    speak("de")
    try:
        assert spoken() == "de"
    finally:
        speak("en")


@pytest.mark.usefixtures("little_language")
def test_messages_and_plurals_come_from_the_catalogue():
    assert tr("A day.") == "Ein Tag."
    assert [trn("{n} day", "{n} days", n) for n in (1, 0.98, 2)] == ["1 Tag", "1 Tag", "2 Tage"]


@pytest.mark.usefixtures("little_language")
def test_a_message_that_is_missing_or_fuzzy_is_said_in_english():
    assert tr("No data.") == "No data."
    assert tr("Unchecked.") == "Unchecked."
    assert trn("{n} week", "{n} weeks", 2) == "2 weeks"


@pytest.mark.usefixtures("little_language")
def test_a_translation_that_names_another_value_is_an_error():
    with pytest.raises(LanguageError, match=r"xx\.po: the message 'From \{team\}\.' .* \('who'\)"):
        tr("From {team}.", team="Delta")


def test_braces_in_a_value_are_text():
    assert tr("From {team}.", team="{x}") == "From {x}."


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("xx", r"'xx' is no locale; write a language such as en, de"),
        ("", r"'' is no locale"),
        ("../de", r"no locale"),
        ("fr", r"'fr': taskmix does not speak this language; there are en, de"),
    ],
)
def test_an_unknown_language_names_those_that_there_are(locale, said):
    with pytest.raises(LanguageError, match=said):
        known_language(locale)


@pytest.mark.parametrize("text", [b"A day = Ein Tag\n", b'msgid "a"\nmsgstr "\xff"\n'])
def test_a_broken_catalogue_names_its_file(text):
    with pytest.raises(LanguageError, match=r"xx\.po: no catalogue of messages"):
        parse_catalogue(text, name="xx.po")


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en", ["1,234.5", "1234.5", "41%", "41.4%", "0.25"]),
        ("en_GB", ["1,234.5", "1234.5", "41%", "41.4%", "0.25"]),
        ("de", ["1.234,5", "1234,5", "41\xa0%", "41,4\xa0%", "0,25"]),
        ("de_CH", ["1’234.5", "1234.5", "41%", "41.4%", "0.25"]),
    ],
)
def test_numbers_are_written_as_the_locale_does(locale, written):
    with speaking(locale):
        assert [
            number(1234.5, 1),
            number(1234.5, 1, grouped=False),
            percentage(0.414),
            percentage(0.414, 1),
            shortest(0.25),
        ] == written


@pytest.mark.parametrize("share", [0.145, 0.345, 0.005, 0.995, 1.0, 0.0])
def test_every_language_rounds_alike(share):
    english = percentage(share)
    with speaking("de"):
        assert percentage(share) == english.replace("%", "\xa0%")


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en", ["3 Oct 2026", "October 2026", "2026-10-03 14:05"]),
        ("en_GB", ["3 Oct 2026", "October 2026", "3 Oct 2026, 14:05"]),
        ("de", ["3. Okt. 2026", "Oktober 2026", "3. Okt. 2026, 14:05"]),
    ],
)
def test_dates_are_written_as_the_locale_does(locale, written):
    day = date(2026, 10, 3)
    with speaking(locale):
        assert [full_date(day), month_and_year(day), moment("2026-10-03 14:05")] == written
