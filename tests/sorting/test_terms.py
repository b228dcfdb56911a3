import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from taskmix.sorting._terms import TitleTerms
from taskmix.sorting._words import spell_words, split_words
from taskmix.taxonomy import load_codebook

TITLES = [title.casefold() for entry in load_codebook().entries for title in entry.examples]
# what splitting into words makes of them, for scikit-learn to read
SPELT = [" ".join(spell_words(title)) for title in TITLES]


@pytest.mark.parametrize("least", [1, 2])
@pytest.mark.parametrize(
    ("pieces", "options"),
    [
        (False, {"ngram_range": (1, 2), "token_pattern": r"\S+"}),
        (True, {"analyzer": "char_wb", "ngram_range": (4, 4)}),
    ],
)
def test_tf_idf_is_that_of_scikit_learn(pieces: bool, options: dict, least: int):
    terms = TitleTerms("t", pieces=pieces, of_first=False, least=least, most=10_000)
    words = split_words(TITLES)[0]
    assert terms.fit(words)
    theirs = TfidfVectorizer(min_df=least, sublinear_tf=True, **options)
    expected = theirs.fit_transform(SPELT).toarray()
    assert terms.terms.split("\n") == theirs.get_feature_names_out().tolist()
    assert terms.transform(words).toarray() == pytest.approx(expected, abs=1e-12)


def test_a_title_comes_out_the_same_whatever_stands_beside_it():
    for pieces in (False, True):
        terms = TitleTerms("t", pieces=pieces, of_first=False, least=1, most=10_000)
        terms.fit(split_words(TITLES)[0])
        together = terms.transform(split_words(TITLES[::-1])[0])[::-1]
        alone = [terms.transform(split_words([title])[0]) for title in TITLES]
        for row, one in zip(together, alone, strict=True):
            assert row.indices.tolist() == one.indices.tolist()
            assert row.data.tolist() == one.data.tolist()


def test_only_the_most_frequent_pieces_are_kept():
    terms = TitleTerms("t", pieces=True, of_first=True, least=1, most=2)
    assert terms.fit(split_words(["plan a", "plane b", "fix"])[1])
    # " pla" and "plan" stand in two titles each; the others in one
    assert terms.terms.split("\n") == [" pla", "plan"]


def test_titles_without_words_hold_no_term():
    for pieces in (False, True):
        terms = TitleTerms("t", pieces=pieces, of_first=False, least=1, most=9)
        assert not terms.fit(split_words(["", "🦊"])[0])
