import numpy as np
import pytest
from scipy import sparse
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from taskmix.sorting._linear import _cut_in_halves, fit_linear, fit_with_halves

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


def test_a_task_that_shares_only_one_of_two_signs_is_sorted_surer():
    # In what was tagged two signs always come together; halves show what each tells alone.
    codes = np.repeat([0, 1], 50)
    signs = np.eye(2)[codes]
    X = sparse.csr_matrix(np.hstack([signs, 3 * signs, np.ones((100, 1))]))
    known = (X, np.eye(2)[codes], np.ones(100), np.zeros((100, 2)))
    only_the_fainter = np.array([0.0, 1, 0, 0, 1])
    whole = softmax(only_the_fainter @ fit_linear(*known, **HOW))
    halved = softmax(only_the_fainter @ fit_with_halves(*known, np.zeros((5, 2)), **HOW))
    assert halved[1] > whole[1] + 0.1


def test_each_half_has_the_intercept_and_the_rest_is_in_one_of_them():
    X = sparse.random(30, 40, density=0.3, format="csr", random_state=0)
    X = sparse.hstack([X, np.ones((30, 1))], format="csr")
    first, second = _cut_in_halves(X, 0)
    together, shared = (first + second).toarray(), first.multiply(second).toarray()
    assert together[:, :-1] == pytest.approx(X.toarray()[:, :-1])
    assert together[:, -1].tolist() == [2] * 30
    assert not shared[:, :-1].any()
    assert 0.4 < first[:, :-1].nnz / X[:, :-1].nnz < 0.6


def test_without_any_halves_it_is_the_plain_fit(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(2)
    known = (sparse.csr_matrix(rng.normal(size=(60, 5))), np.eye(3)[rng.integers(0, 3, 60)],
             rng.uniform(0.5, 2, 60), rng.normal(size=(60, 3)))  # fmt: skip
    guess = rng.normal(size=(5, 3))
    monkeypatch.setattr("taskmix.sorting._linear._PAIRS", 0)
    assert np.array_equal(fit_with_halves(*known, guess, **HOW), fit_linear(*known, **HOW))


def test_a_half_has_no_more_of_the_guess_than_its_features_have():
    # Where the guess explains whole rows and halves alike, nothing is left to learn.
    signs = np.eye(2)[np.repeat([0, 1], 50)]
    X = sparse.csr_matrix(np.hstack([signs, signs, np.ones((100, 1))]))
    sure = 10 * np.vstack([2 * np.eye(2) - 1, 2 * np.eye(2) - 1, np.zeros((1, 2))])
    without = np.zeros_like(sure)
    learned = fit_with_halves(X, signs, np.ones(100), X @ sure, sure, **HOW)
    unaware = fit_with_halves(X, signs, np.ones(100), X @ without, without, **HOW)
    of_one = np.abs(learned[:-1]).max(), np.abs(unaware[:-1]).max()
    assert of_one[0] < 0.5 * of_one[1]


def test_halves_weigh_less_where_tags_are_many(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(3)
    X = sparse.hstack([sparse.random(50, 20, density=0.4, random_state=rng), np.ones((50, 1))])
    known = (X.tocsr(), np.eye(2)[rng.integers(0, 2, 50)], np.ones(50), np.zeros((50, 2)))
    plain = fit_linear(*known, **HOW)
    apart = {}
    for full_rows in (50, 10, 1):
        monkeypatch.setattr("taskmix.sorting._linear._FULL_ROWS", full_rows)
        halved = fit_with_halves(*known, np.zeros((21, 2)), **HOW)
        apart[full_rows] = np.abs(halved - plain).max()
    assert apart[50] > apart[10] > apart[1] > 0
