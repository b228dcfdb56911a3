from dataclasses import replace

import numpy as np
import pytest
from scipy.special import softmax

from taskmix.errors import TaxonomyError
from taskmix.sorting._cues import CueWords, inflections
from taskmix.taxonomy import CATEGORIES, load_codebook


@pytest.fixture(scope="module")
def cues() -> CueWords:
    return CueWords(load_codebook(), CATEGORIES)


@pytest.mark.parametrize(
    ("title", "counts"),
    [
        # execution, judgment, creative, connective; the first word counts once more
        ("monthly review", [0, 1, 0, 0]),
        ("review budget", [0, 3, 0, 0]),
        ("reviewed the logos", [0, 2, 1, 0]),
        ("weekly town hall", [0, 0, 0, 2]),
        ("something else", [0, 0, 0, 0]),
        ("", [0, 0, 0, 0]),
        ("review review review", [0, 2, 0, 0]),
    ],
)
def test_cues_are_counted_by_category(cues: CueWords, title: str, counts: list[int]):
    assert cues.count(np.array([title], dtype=object)).tolist() == [counts]


def test_a_first_guess_is_the_base_raised_by_each_cue(cues: CueWords):
    p = softmax(cues.log_prior(np.array([[0, 0, 0, 0], [0, 1, 0, 0], [0, 2, 0, 0]])), axis=1)
    # base 0.4, 0.2, 0.2, 0.2; a cue multiplies by e^1.3 = 3.6693
    assert p[0] == pytest.approx([0.4, 0.2, 0.2, 0.2])
    assert p[1, 1] == pytest.approx(0.73386 / (0.73386 + 0.8), abs=1e-4)
    assert p[2, 1] == pytest.approx(2.69275 / (2.69275 + 0.8), abs=1e-4)


@pytest.mark.parametrize(
    ("cue", "form"),
    [
        ("review", "reviewing"),
        ("decide", "deciding"),
        ("copy", "copies"),
        ("deploy", "deployed"),
        ("plan", "planning"),
        ("fix", "fixes"),
        ("follow up", "following up"),
        ("code review", "code reviews"),
    ],
)
def test_a_cue_is_found_with_its_usual_endings(cue: str, form: str):
    assert form in inflections(cue)


def test_no_form_of_a_cue_stands_for_two_categories():
    book = load_codebook()
    doubled = replace(book.entries[0], cue_words=("reviewing",))
    with pytest.raises(TaxonomyError, match="'reviewing' stands for execution and for judgment"):
        CueWords(replace(book, entries=(doubled, *book.entries[1:])), CATEGORIES)
