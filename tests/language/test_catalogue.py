"""Every language holds all that the code says, and nothing else."""

import ast
import importlib.util
import io
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from taskmix.language import ENGLISH, languages

ROOT = Path(__file__).parents[2]
_SAYING = {"tr", "trn", "noted", "counted"}
OTHERS = [name for name in languages() if name != ENGLISH]


def _script():
    """Load ``docs/catalogue.py``, which lies outside the package."""
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "docs" / "catalogue.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def script():
    return _script()


@pytest.fixture(scope="module")
def messages(script):
    """All that the code says: Babel's extractors over the package, and texts kept as data."""
    return script.template()


@pytest.fixture(params=OTHERS)
def language(request):
    """A language's file, and what is in it."""
    text = (ROOT / "src" / "taskmix" / "language" / f"{request.param}.po").read_bytes()
    return text, read_po(io.BytesIO(text), abort_invalid=True)


def _said(message) -> list[str]:
    return list(message.string) if message.pluralizable else [message.string]


def _names(text: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}", text))


def _id(message) -> tuple[str, ...]:
    return tuple(message.id) if message.pluralizable else (message.id,)


def test_the_code_says_many_things(messages):
    ids = {_id(message) for message in messages}
    assert len(ids) > 1000
    # One of Python's, one of a template's, a plural, a codebook's and a notebook's.
    assert ("No data from {team}.",) not in ids
    assert ("Show as table",) in ids
    assert ("{n} team", "{n} teams") in ids
    assert any(name[0].startswith("Carrying out work whose result") for name in ids)
    assert any(name[0].startswith("## What arrived?") for name in ids)


def test_every_message_of_the_code_is_translated_and_none_is_left_over(messages, language):
    _, catalogue = language
    wanted = {_id(message) for message in messages if message.id}
    held = {_id(message): message for message in catalogue if message.id}
    assert set(held) == wanted
    assert [name for name, message in held.items() if not all(_said(message))] == []
    assert [name for name, message in held.items() if message.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_translations_name_the_values_that_the_message_names(language):
    _, catalogue = language
    wrong = [
        (message.id, said)
        for message in catalogue
        if message.id
        for said, meant in zip(_said(message), _id(message), strict=True)
        # One of a thing may be told without its number.
        if (_names(said) ^ _names(meant)) - ({"n"} if message.pluralizable else set())
    ]
    assert wrong == []


def test_translations_begin_and_end_with_the_blanks_of_the_message(language):
    _, catalogue = language
    wrong = [
        (meant, said)
        for message in catalogue
        if message.id
        for said, meant in zip(_said(message), _id(message), strict=True)
        if (said[:1] == " ", said[-1:] == " ") != (meant[:1] == " ", meant[-1:] == " ")
    ]
    assert wrong == []


def test_updating_a_complete_catalogue_changes_nothing(script, messages, language):
    text, _ = language
    assert script.updated(text, messages) == text


def test_updating_keeps_translations_and_drops_what_is_no_longer_said(script, messages):
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    old = head + 'msgid "Show as table"\nmsgstr "Tabelle"\n\nmsgid "Gone"\nmsgstr "Weg"\n'
    new = script.updated(old.encode(), messages)
    catalogue = read_po(io.BytesIO(new))
    assert new.decode().startswith(head)
    assert catalogue.get("Show as table").string == "Tabelle"
    assert catalogue.get("Gone") is None
    assert catalogue.get("Data (CSV)").string == ""
    assert "Data (CSV)" in script.untranslated(catalogue)


def test_every_literal_message_is_found_by_the_extractors(messages):
    # Babel does not look into f-strings, and a message put together is never found again.
    ids = {text for message in messages for text in _id(message)}
    missed, joined = [], []
    for path in (ROOT / "src" / "taskmix").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in _SAYING:
                continue
            joined += [
                (path.name, node.lineno) for arg in node.args if isinstance(arg, ast.JoinedStr)
            ]
            missed += [
                (path.name, arg.value)
                for arg in node.args
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
                if arg.value and arg.value not in ids
            ]
    assert (missed, joined) == ([], [])
