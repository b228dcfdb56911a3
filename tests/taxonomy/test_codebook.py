from itertools import combinations
from pathlib import Path

import pytest

from taskmix.errors import TaxonomyError
from taskmix.taxonomy import (
    CATEGORIES,
    PERFORMERS,
    CodebookEntry,
    codebook_markdown,
    load_codebook,
)

PAGE = Path(__file__).parents[2] / "docs" / "codebook.md"
each_entry = pytest.mark.parametrize("entry", load_codebook().entries, ids=lambda e: e.category)


def test_every_category_has_one_entry_in_the_order_of_the_tables():
    assert tuple(entry.category for entry in load_codebook().entries) == CATEGORIES


@each_entry
def test_an_entry_has_a_dozen_examples_and_enough_cue_words(entry: CodebookEntry):
    assert len(set(entry.examples)) >= 12
    assert 100 <= len(set(entry.cue_words)) <= 220
    assert len(entry.cue_words) == len(set(entry.cue_words))


@each_entry
def test_cue_words_are_lower_case_and_one_or_two_words(entry: CodebookEntry):
    for cue in entry.cue_words:
        assert cue == cue.lower()
        assert 1 <= len(cue.split()) <= 2


@each_entry
def test_what_does_not_belong_says_which_other_category_it_goes_to(entry: CodebookEntry):
    for line in entry.does_not_belong:
        assert line.rstrip(".").rsplit(": ")[-1] in set(CATEGORIES) - {entry.category}


def test_no_cue_word_stands_under_two_categories():
    for one, other in combinations(load_codebook().entries, 2):
        assert not set(one.cue_words) & set(other.cue_words)


def test_no_example_stands_under_two_categories():
    for one, other in combinations(load_codebook().entries, 2):
        assert not set(one.examples) & set(other.examples)


def test_every_pair_of_categories_has_a_ruling():
    settled = {frozenset(border.between) for border in load_codebook().borders}
    assert settled == {frozenset(pair) for pair in combinations(CATEGORIES, 2)}


def test_a_ruling_gives_its_example_to_one_of_the_two_categories():
    for border in load_codebook().borders:
        assert border.goes_to in border.between
        assert border.question.endswith("?")


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("checking what an AI produced", "judgment"),
        ("routine e-mail", "execution"),
        ("code from a finished specification", "execution"),
        ("brainstorming meeting", "creative"),
        ("coaching judgment", "connective"),
        ("designing a process", "creative"),
    ],
)
def test_the_questions_people_ask_most_are_settled(words: str, category: str):
    (border,) = [b for b in load_codebook().borders if words in b.question]
    assert border.goes_to == category


def test_every_performer_is_defined():
    assert tuple(name for name, _ in load_codebook().performers) == PERFORMERS
    assert all(meaning for _, meaning in load_codebook().performers)


def test_an_unknown_category_is_named_in_the_error():
    with pytest.raises(TaxonomyError, match="'leisure' is no category of the codebook"):
        load_codebook()["leisure"]


def test_the_page_in_docs_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == codebook_markdown(), (
        "docs/codebook.md is not what codebook.toml says; run "
        "python -m taskmix.taxonomy > docs/codebook.md"
    )
