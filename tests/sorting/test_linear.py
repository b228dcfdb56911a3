import numpy as np
import pytest
from scipy import sparse
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from taskmix.sorting._linear import choose_trust, fit_linear

HOW = {"strength": 3.0, "balance": 0.75}


def test_without_offset_it_is_scikit_learns_logistic_regression():
    rng = np.random.default_rng(0)
    codes = np.repeat([0, 1, 2], 40)  # equal classes, so that balancing changes nothing
    X = rng.normal(size=(120, 5)) + np.eye(3, 5)[codes]
    coef = fit_linear(
        sparse.csr_matrix(X),
        np.eye(3)[codes],
        np.ones(120),
        np.zeros((120, 3)),
        strength=0.7,
        balance=1,
    )
    theirs = LogisticRegression(C=0.7, fit_intercept=False, tol=1e-8).fit(X, codes)
    assert softmax(X @ coef, axis=1) == pytest.approx(theirs.predict_proba(X), abs=5e-3)


def test_a_class_without_tags_fades_instead_of_vanishing():
    # Minimum where n·p = a / C for an intercept of ±a: n = 1, C = 2·ln 3 gives a = ½·ln 3.
    one, zero = sparse.csr_matrix(np.ones((1, 1))), np.zeros((1, 2))
    coef = fit_linear(
        one, np.array([[1.0, 0.0]]), np.ones(1), zero, strength=2 * np.log(3), balance=1
    )
    assert softmax(coef[0]) == pytest.approx([0.75, 0.25], abs=1e-3)


def test_what_the_offset_explains_is_not_learned_again():
    codes = np.array([0, 1])
    sure = np.where(np.eye(2), 20.0, -20.0)
    coef = fit_linear(
        sparse.csr_matrix(np.eye(2)), np.eye(2)[codes], np.ones(2), sure, strength=1.0, balance=1
    )
    assert coef == pytest.approx(np.zeros((2, 2)), abs=1e-6)


def tags_and_features(*, telling: bool, n: int = 100) -> tuple[sparse.csr_matrix, np.ndarray]:
    rng = np.random.default_rng(1)
    codes = rng.integers(0, 4, n)
    shown = codes if telling else rng.permutation(codes)
    return sparse.csr_matrix(np.hstack([np.eye(4)[shown], np.ones((n, 1))])), codes


def test_tags_that_tell_something_new_are_trusted_fully():
    matrix, codes = tags_and_features(telling=True)
    guess = np.zeros((100, 4))
    trust = choose_trust(matrix, codes, np.ones(100), guess, np.arange(100), **HOW)
    assert trust == 1.0


@pytest.mark.parametrize("sureness", [0.3, 3.0])
def test_tags_without_any_pattern_are_hardly_trusted_against_a_good_guess(sureness: float):
    matrix, codes = tags_and_features(telling=False, n=99)
    # right for four tasks in five
    guess = np.eye(4)[np.where(np.arange(99) % 5, codes, (codes + 1) % 4)] * sureness
    trust = choose_trust(matrix, codes, np.ones(99), guess, np.arange(99), **HOW)
    # a quarter may win on likelihood where it changes no name
    assert trust <= 0.25


def test_tags_of_few_titles_are_not_followed_fully():
    matrix, codes = tags_and_features(telling=True, n=99)
    guess = np.zeros((99, 4))
    assert choose_trust(matrix, codes, np.ones(99), guess, np.arange(99), **HOW) <= 0.5


def test_a_handful_of_titles_is_trusted_a_quarter():
    matrix, codes = tags_and_features(telling=True, n=40)
    guess = np.zeros((40, 4))
    same_titles = np.arange(40) % 9
    assert choose_trust(matrix, codes, np.ones(40), guess, same_titles, **HOW) == 0.25
