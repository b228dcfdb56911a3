"""The linear part of the sorter: softmax regression that starts from a given guess."""

import numpy as np
from scipy import sparse
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax
from sklearn.metrics import f1_score, log_loss
from sklearn.model_selection import GroupKFold
from threadpoolctl import threadpool_limits

# How many distinct tagged titles it takes to check the tags against the guess, to follow them
# fully, and to need no check any more. Inside the training parts a check from 100 to 400 neither
# helped nor harmed; it stays, so that tags do not make the sorter worse than it was without any.
_CHECKED_FROM = 10
_FOLLOWED_FROM = 100
_UNCHECKED_FROM = 400


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
        log_p = log_softmax(rows @ coef + offset, axis=1)
        gradient = columns @ (mass[:, None] * np.exp(log_p) - lifted) + coef / strength
        value = -(lifted * log_p).sum() + flat @ flat / (2 * strength)
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


def choose_trust(
    matrix: sparse.csr_matrix,
    codes: np.ndarray,
    weight: np.ndarray,
    offset: np.ndarray,
    groups: np.ndarray,
    *,
    strength: float,
    balance: float,
) -> float:
    """Choose how much of what few tags teach is added to the first guess.

    Few tags hold hardly any of a rare category; followed fully they would unlearn what the
    cue words know of it. Of 0, ¼, ½ and, from 100 titles on, 1, the one is taken that names
    the categories best (macro-F1) on tagged rows held out, all rows of a title together.

    Parameters
    ----------
    matrix, weight, offset, strength, balance
        As for :func:`fit_linear`.
    codes : ndarray of int
        The class of each row.
    groups : ndarray
        The title of each row.

    Returns
    -------
    float
        Between 0, the first guess alone, and 1.
    """
    n_groups = len(np.unique(groups))
    if n_groups >= _UNCHECKED_FROM:
        return 1.0
    if n_groups < _CHECKED_FROM:
        return 0.25
    target = np.eye(offset.shape[1])[codes]
    learned = np.zeros(offset.shape)
    for train, held_out in GroupKFold(5).split(codes, groups=groups):
        coef = fit_linear(
            matrix[train], target[train], weight[train], offset[train],
            strength=strength, balance=balance,
        )  # fmt: skip
        learned[held_out] = matrix[held_out] @ coef
    classes = np.arange(offset.shape[1])
    figures = {}
    choices = (0.0, 0.25, 0.5) if n_groups < _FOLLOWED_FROM else (0.0, 0.25, 0.5, 1.0)
    for trust in choices:
        p = softmax(offset + trust * learned, axis=1)
        f1 = f1_score(
            codes,
            p.argmax(axis=1),
            labels=np.unique(codes),
            sample_weight=weight,
            average="macro",
            zero_division=0.0,
        )
        figures[trust] = f1, log_loss(codes, p, sample_weight=weight, labels=classes)
    # the likelihood only breaks ties: it would always side with the frequent categories
    return max(figures, key=lambda trust: (round(figures[trust][0], 2), -figures[trust][1]))
