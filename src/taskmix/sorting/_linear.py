"""The linear part of the sorter: softmax regression that starts from a given guess."""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

#: Into how many pairs of halves each tagged task is cut, to be learned from beside itself.
_PAIRS = 1
#: Up to how many distinct tagged tasks a half weighs as much as the whole.
_FULL_ROWS = 1_000


def fit_linear(
    matrix: sparse.csr_matrix,
    target: np.ndarray,
    weight: np.ndarray,
    offset: np.ndarray,
    *,
    strength: float,
    balance: float,
    max_steps: int = 150,
) -> np.ndarray:
    """Fit softmax regression to what the offset leaves unexplained.

    scikit-learn's LogisticRegression has no offset. With one, no tag at all gives exactly
    the first guess, each tag moves it a little, and a class that nobody has used keeps the
    guess's probability until enough tags speak against it. With an offset of zero and equal
    class weights it is scikit-learn's, the intercept being a column of `matrix`.

    Parameters
    ----------
    matrix : csr_matrix of shape (n_rows, n_features)
    target : ndarray of shape (n_rows, n_classes)
        How far each row is of each class; sums to 1. One-hot where a person tagged.
    weight : ndarray of float
        Positive weight of each row.
    offset : ndarray of shape (n_rows, n_classes)
        Unnormalised log-probabilities of the first guess.
    strength : float
        Inverse of the L2 penalty on all coefficients, as scikit-learn's ``C``.
    balance : float
        How far rare classes are lifted to the weight of frequent ones: 0 not at all, 1 fully.
        It names rare classes better and overstates their share, which `class_lift` can undo.
    max_steps : int
        Of the optimiser.

    Returns
    -------
    ndarray of shape (n_features, n_classes)
    """
    n_classes = offset.shape[1]
    # A feature that no tagged row has keeps the coefficient 0, so it need not be searched.
    used = np.unique(matrix.indices)
    rows = matrix[:, used]
    columns = rows.T.tocsr()
    lifted = target * weight[:, None] * class_lift(target, weight, balance=balance)
    lifted *= weight.sum() / lifted.sum()
    mass = lifted.sum(axis=1)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        coef = flat.reshape(len(used), n_classes)
        value, residual = _cross_entropy(rows @ coef + offset, lifted, mass)
        gradient = columns @ residual + coef / strength
        value += flat @ flat / (2 * strength)
        # per unit of weight, so that the tolerances below mean the same at any size
        return value / mass.sum(), gradient.ravel() / mass.sum()

    # On vectors this short, threads of BLAS wait for each other longer than they work.
    with threadpool_limits(limits=1, user_api="blas"):
        found = minimize(
            loss,
            np.zeros(len(used) * n_classes),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": max_steps, "gtol": 1e-5, "ftol": 1e-6},
        )
    coef = np.zeros((matrix.shape[1], n_classes))
    coef[used] = found.x.reshape(len(used), n_classes)
    return coef


def _cross_entropy(
    scores: np.ndarray, target: np.ndarray, mass: np.ndarray
) -> tuple[float, np.ndarray]:
    """Return the cross-entropy of targets that sum to `mass`, and its gradient by the scores.

    Column by column: over so few classes scipy's log_softmax took four times as long, which was
    a quarter of learning short titles.
    """
    highest = scores[:, 0]
    for column in scores.T[1:]:
        highest = np.maximum(highest, column)
    scores = scores - highest[:, None]
    odds = np.exp(scores)
    total = odds @ np.ones(scores.shape[1])
    value = mass @ np.log(total) - np.vdot(target, scores)
    return float(value), odds * (mass / total)[:, None] - target


def fit_with_halves(
    matrix: sparse.csr_matrix,
    target: np.ndarray,
    weight: np.ndarray,
    offset: np.ndarray,
    guess: np.ndarray,
    *,
    strength: float,
    balance: float,
) -> np.ndarray:
    """Fit softmax regression to rows, and to each row once more in two halves.

    A row's words are so many that a few of them, or its project alone, explain its class, and
    the others learn nothing. Where any half must do, the weight is spread over all that tell,
    and a task that shares only some of them is sorted better (Wager, Wang & Liang 2013, "Dropout
    training as adaptive regularization"). That no feature is left out of both halves leaves less
    to chance. Many tags tell each word's part by themselves, so halves weigh less then.

    Parameters
    ----------
    matrix : csr_matrix of shape (n_rows, n_features)
        The last column is the intercept, which either half has.
    target, weight, offset, strength, balance
        As for :func:`fit_linear`.
    guess : ndarray of shape (n_features, n_classes)
        What of the offset comes from which feature: a half has no more of it than its features.

    Returns
    -------
    ndarray of shape (n_features, n_classes)
    """
    halves = [half for seed in range(_PAIRS) for half in _cut_in_halves(matrix, seed)]
    fade = min(1.0, _FULL_ROWS / len(target))
    return fit_linear(
        sparse.vstack([matrix, *halves], format="csr"),
        np.tile(target, (1 + len(halves), 1)),
        np.concatenate([weight, *([fade * weight] * len(halves))]),
        np.vstack([offset, *(offset - (matrix - half) @ guess for half in halves)]),
        strength=strength,
        balance=balance,
    )


def _cut_in_halves(
    matrix: sparse.csr_matrix, seed: int
) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Deal the features of each row to two rows at random, the same way at each call."""
    in_first = np.random.default_rng(seed).random(matrix.nnz) < 0.5
    is_intercept = matrix.indices == matrix.shape[1] - 1
    first, second = matrix.copy(), matrix.copy()
    first.data[~in_first & ~is_intercept] = 0
    second.data[in_first & ~is_intercept] = 0
    first.eliminate_zeros()
    second.eliminate_zeros()
    return first, second


def class_lift(target: np.ndarray, weight: np.ndarray, *, balance: float) -> np.ndarray:
    """Return by how much the rows of each class are weighted up; 1 for a class without rows.

    Weighting a class by c multiplies its fitted odds by c, so dividing the probabilities by
    it restores the frequency that the tags have (Elkan 2001, "The foundations of
    cost-sensitive learning", theorem 2).

    Parameters
    ----------
    target : ndarray of shape (n_rows, n_classes)
        How far each row is of each class.
    weight : ndarray of float
        Positive weight of each row.
    balance : float
        As for :func:`fit_linear`.

    Returns
    -------
    ndarray of shape (n_classes,)

    Examples
    --------
    >>> class_lift(np.eye(3)[[0, 0, 0, 1]], np.ones(4), balance=1).round(3).tolist()
    [0.444, 1.333, 1.0]
    """
    share = weight @ target / weight.sum()
    seen = share > 0
    lift = np.ones(len(share))
    lift[seen] = np.power(1 / (len(share) * share[seen]), balance)
    return lift
