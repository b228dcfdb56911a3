import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from taskmix.sorting._words import (
    count_terms,
    frequent_terms,
    spell_words,
    split_words,
)

TITLES = ["fix login fix", "login page", "", "fix login", "42 pages"]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("review contract", "review"),
        ("[agent] draft mail", "draft"),
        ("web-123 fix login", "fix"),
        ("web-123: fix login", "fix"),
        ("7. plan week", "plan"),
        ("2026-09 plan week", "plan"),
        ("stand-up", "stand"),  # a hyphen between words is no label
        ("web-123", "web"),  # nothing but a label: there is no other word to go by
        ("größe prüfen", "größe"),
    ],
)
def test_the_first_word_comes_after_labels_and_ticket_numbers(title: str, first: str):
    assert split_words([title])[1].distinct.tolist() == [first]


def test_numbers_are_alike():
    assert spell_words("week 36 of 2026, v2") == ["week", "#", "of", "#", "v2"]


def test_terms_are_counted_by_title():
    counts = count_terms(split_words(TITLES)[0], "fix\nfix login\npage")
    assert counts.toarray().tolist() == [[2, 1, 0], [0, 0, 1], [0, 0, 0], [1, 1, 0], [0, 0, 0]]


def test_pairs_do_not_reach_over_the_end_of_a_title():
    assert count_terms(split_words(["a b", "c d"])[0], "b c").nnz == 0


def test_terms_that_stand_in_enough_titles_are_chosen_with_their_pairs():
    terms, n_titles = frequent_terms(split_words(TITLES)[0], pairs=True, least=2, most=10)
    assert terms.split("\n") == ["fix", "fix login", "login"]
    assert n_titles.tolist() == [2, 2, 3]


def test_the_most_frequent_terms_are_kept_and_of_equal_ones_the_first_by_name():
    terms, _ = frequent_terms(split_words(TITLES)[0], pairs=False, least=1, most=3)
    assert terms.split("\n") == ["#", "fix", "login"]


def test_without_any_word_there_is_no_term():
    assert frequent_terms(split_words(["", "🦊"])[0], pairs=True, least=1, most=5)[0] == ""
    assert count_terms(split_words(["", "🦊"])[0], "fix").shape == (2, 1)
    assert count_terms(split_words(["fix"])[0], "").shape == (1, 0)


@given(st.lists(st.text("ab cé_1", max_size=12), min_size=1, max_size=8))
def test_counts_are_those_of_scikit_learn(titles: list[str]):
    words, _ = split_words(titles)
    terms, _ = frequent_terms(words, pairs=True, least=1, most=1000)
    if not terms:
        return
    theirs = CountVectorizer(
        vocabulary=terms.split("\n"), ngram_range=(1, 2), token_pattern=r"\S+", lowercase=False
    ).transform([" ".join(spell_words(title)) for title in titles])
    assert np.array_equal(count_terms(words, terms).toarray(), theirs.toarray())
