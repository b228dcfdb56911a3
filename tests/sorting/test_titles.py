import pytest

from taskmix.sorting._titles import normalise_titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Review  PR", " review pr "),
        ("Straße", "STRASSE"),
        ("ﬁle report", "file report"),
        ("\u200freview\u200e pr", "review pr"),
        ("review\npr", "review pr"),
    ],
)
def test_titles_that_look_the_same_are_the_same(one: str, other: str):
    first, second = normalise_titles([one, other])
    assert first == second


def test_numbers_and_accents_keep_titles_apart():
    assert len(set(normalise_titles(["invoice 1", "invoice 2", "résumé", "resume"]))) == 4


def test_missing_titles_are_empty_and_stay_in_their_place():
    assert normalise_titles(["b", None, float("nan"), "a"]).tolist() == ["b", "", "", "a"]


def test_half_a_surrogate_pair_is_replaced():
    assert normalise_titles(["x\ud83d"]).tolist() == ["x?"]
