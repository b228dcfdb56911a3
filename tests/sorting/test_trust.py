import numpy as np
import pytest
from scipy import sparse

from taskmix.sorting._trust import choose_trust

HOW = {"strength": 3.0, "balance": 0.75}
#: None of the guess comes from a feature.
NO_GUESS = np.zeros((5, 4))


def tags_and_features(*, telling: bool, n: int = 100) -> tuple[sparse.csr_matrix, np.ndarray]:
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 4, n)
    shown = codes if telling else rng.permutation(codes)
    return sparse.csr_matrix(np.hstack([np.eye(4)[shown], np.ones((n, 1))])), codes


def test_tags_that_tell_something_new_are_trusted_fully():
    matrix, codes = tags_and_features(telling=True)
    guess = np.zeros((100, 4))
    trust = choose_trust(matrix, codes, np.ones(100), guess, NO_GUESS, np.arange(100), **HOW)
    assert trust == 1.0


@pytest.mark.parametrize("sureness", [0.3, 3.0])
def test_tags_without_any_pattern_are_hardly_trusted_against_a_good_guess(sureness: float):
    matrix, codes = tags_and_features(telling=False, n=99)
    # right for four tasks in five
    guess = np.eye(4)[np.where(np.arange(99) % 5, codes, (codes + 1) % 4)] * sureness
    trust = choose_trust(matrix, codes, np.ones(99), guess, NO_GUESS, np.arange(99), **HOW)
    # a quarter may win on likelihood where it changes no name
    assert trust <= 0.25


def test_tags_of_few_titles_are_not_followed_fully():
    matrix, codes = tags_and_features(telling=True, n=99)
    guess = np.zeros((99, 4))
    assert choose_trust(matrix, codes, np.ones(99), guess, NO_GUESS, np.arange(99), **HOW) <= 0.5


def test_a_handful_of_titles_is_trusted_a_quarter():
    matrix, codes = tags_and_features(telling=True, n=40)
    guess = np.zeros((40, 4))
    same_titles = np.arange(40) % 9
    assert choose_trust(matrix, codes, np.ones(40), guess, NO_GUESS, same_titles, **HOW) == 0.25
