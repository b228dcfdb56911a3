import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from taskmix.errors import TaxonomyError
from taskmix.taxonomy import parse_term, parse_terms

TYPES = {"Type: Writing": "creative", "Development / Testing": "untagged", "Fun": "Judgement"}


@pytest.mark.parametrize(
    ("text", "kind", "term"),
    [
        ("execution", "category", "execution"),
        ("  JUDGEMENT\t", "category", "judgment"),
        ("Creativity", "category", "creative"),
        ("AI", "performer", "ai"),
        ("Human + AI", "performer", "both"),
        ("feedback loop", "ai_mode", "feedback_loop"),
        ("Checking", "oversight", "checking"),
        ("Y", "wish", "yes"),
    ],
)
def test_known_spellings_name_their_term(text: str, kind: str, term: str):
    assert parse_term(text, kind) == term


@pytest.mark.parametrize("text", [None, "", "   ", float("nan"), pd.NA])
def test_a_missing_or_empty_text_names_nothing(text: object):
    assert parse_term(text, "category") is None


@pytest.mark.parametrize("text", ["judgmnt", "creativ", "executions", "unsure", "human"])
def test_nothing_is_matched_loosely(text: str):
    with pytest.raises(TaxonomyError, match=f"'{text}' is no known spelling of a category"):
        parse_term(text, "category")


def test_the_error_lists_what_is_accepted_and_how_to_add_a_spelling():
    with pytest.raises(TaxonomyError, match=r"accepted: execution, .*judgement.*") as caught:
        parse_term("Deep Work", "category")
    assert '"Deep Work" = "execution" (or "untagged")' in str(caught.value)
    assert "[tags] in taskmix.toml" in str(caught.value)


def test_workspace_spellings_match_whatever_their_case_and_blanks():
    assert parse_term("type: writing ", "category", extra=TYPES) == "creative"
    assert parse_term("Fun", "category", extra=TYPES) == "judgment"


def test_a_workspace_spelling_can_stand_for_no_tag():
    assert parse_term("Development / Testing", "category", extra=TYPES) is None


def test_workspace_spellings_win_over_built_in_ones():
    assert parse_term("creative", "category", extra={"Creative": "connective"}) == "connective"
    assert parse_term("execution", "category", extra={"Creative": "connective"}) == "execution"


def test_a_workspace_spelling_with_an_unknown_meaning_is_an_error():
    with pytest.raises(TaxonomyError, match="'Fun' is set to 'leisure', which is no category"):
        parse_term("execution", "category", extra={"Fun": "leisure"})


def test_a_workspace_spelling_with_two_meanings_is_an_error():
    with pytest.raises(TaxonomyError, match="'FUN' stands there twice"):
        parse_term("x", "category", extra={"fun": "creative", "FUN": "untagged"})


def test_an_unknown_kind_is_an_error():
    with pytest.raises(TaxonomyError, match="'mood' is no kind of term; there are category"):
        parse_term("happy", "mood")


def test_a_column_is_parsed_without_raising():
    texts = pd.Series(["Judgement", "fun", None, "Type: Writing", "Development / Testing", " "])
    terms, unknown = parse_terms(texts, "category", extra={**TYPES, "Fun": "untagged"})
    assert terms.tolist()[0::3] == ["judgment", "creative"]
    assert terms.isna().tolist() == [False, True, True, False, True, True]
    assert not unknown.any()
    assert parse_terms(texts, "category")[1].tolist() == [False, True, False, True, True, False]


def test_a_column_keeps_its_index_and_name_and_is_not_changed():
    texts = pd.Series(["creative", "huh"], index=[7, 7], name="tag")
    before = texts.copy()
    terms, unknown = parse_terms(texts, "category")
    assert terms.index.tolist() == unknown.index.tolist() == [7, 7]
    assert terms.name == unknown.name == "tag"
    assert terms.dtype == "str"
    assert unknown.dtype == bool
    pd.testing.assert_series_equal(texts, before)


def test_an_empty_column_is_parsed_to_an_empty_one():
    terms, unknown = parse_terms(pd.Series([], dtype="str"), "wish")
    assert terms.dtype == "str"
    assert len(terms) == len(unknown) == 0


@given(st.lists(st.sampled_from(["creative", "Judgement ", "fun", "", None, "AI", "é"])))
def test_a_column_agrees_with_its_single_texts(texts: list[str | None]):
    terms, unknown = parse_terms(pd.Series(texts, dtype="object"), "category")
    for text, term, is_unknown in zip(texts, terms, unknown, strict=True):
        if is_unknown:
            with pytest.raises(TaxonomyError, match="is no known spelling"):
                parse_term(text, "category")
        else:
            assert parse_term(text, "category") == (None if pd.isna(term) else term)
