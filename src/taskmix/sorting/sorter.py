"""The sorter: which of the four categories a task belongs to."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Self

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.special import softmax
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils.validation import _check_sample_weight, check_is_fitted

from taskmix.sorting._cues import CueWords
from taskmix.sorting._distinct import digest_parts, join_repeats, number_repeats
from taskmix.sorting._features import TaskFeatures
from taskmix.sorting._guess import FirstGuess, make_first_guess
from taskmix.sorting._inputs import SorterInputError, TaskTable, fit_to, read_labels, read_tasks
from taskmix.sorting._linear import class_lift, fit_with_halves
from taskmix.sorting._trust import choose_trust
from taskmix.taxonomy import CATEGORIES, load_codebook

#: Columns of a task log that tell something about the kind of work, beside the title.
CONTEXT_COLUMNS = ("project", "source", "performer", "hours")
#: Counted up when the same tasks are learned otherwise, so that the model has another id.
_EDITION = 6


class TaskSorter(ClassifierMixin, BaseEstimator):
    """Sort tasks by title and context, starting from the codebook's cue words.

    Softmax regression on word and character TF-IDF of the title and on the context, added to
    a first guess from cue words. Without any tag the first guess stands alone; tags outweigh
    it as they come. Labels that are no categories of taskmix are learned without the guess.

    Parameters
    ----------
    context : sequence of str
        Columns of a DataFrame to use beside ``title``, where present at fit. ``hours`` enters
        in coarse steps of its logarithm.
    strength : float
        Inverse of the penalty on what is learned from tags, as scikit-learn's ``C``; a tagged
        task counts up to three times, whole and in two halves.
    balance : float
        How far rare classes are lifted to the weight of frequent ones when fitting; 0–1.
    spread : float
        What part of the first guess may come from the words that stand beside cue words, the
        more titles there are to learn them from; 0–1.
    fade : float
        Number of tagged titles at which the first guess counts half.

    The defaults were chosen inside the training parts of two logs: ``benchmarks/choices.py``.

    Attributes
    ----------
    classes_ : ndarray
        The four categories, sorted, when no other label was seen; else the labels seen.
    lift_ : ndarray of shape (n_classes,)
        Log of the weight that fitting gave each class beyond its frequency.
    cold_start_ : bool
        True where no task was tagged and cue words alone decide.
    model_id_ : str
        Digest of tasks, tags, weights, parameters and codebook; 12 hexadecimal digits.
    feature_names_in_ : ndarray of str
        The columns used; only after fitting with a DataFrame.
    n_features_in_ : int
        How many columns are used.

    Examples
    --------
    >>> sorter = TaskSorter().fit(["Review contract", "Stand-up", "Enter receipts"])
    >>> sorter.predict(["Code review", "Weekly stand-up with design"]).tolist()
    ['judgment', 'connective']
    >>> sorter.cold_start_
    True
    """

    def __init__(
        self,
        *,
        context: Sequence[str] = CONTEXT_COLUMNS,
        strength: float = 2.0,
        balance: float = 1.0,
        spread: float = 1.0,
        fade: float = 6_000,
    ) -> None:
        self.context = context
        self.strength = strength
        self.balance = balance
        self.spread = spread
        self.fade = fade

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learn from tagged tasks, and words also from the others.

        Parameters
        ----------
        X : DataFrame, one-dimensional of str, or two-dimensional array-like
            One row is one task. A DataFrame has a column ``title`` and any of `context`; one
            dimension holds titles.
        y : array-like of shape (n_tasks,), optional
            The tags; None, NaN or NA for an untagged task.
        sample_weight : array-like of shape (n_tasks,), optional
            Not negative; a task of weight 0 takes no part.

        Returns
        -------
        TaskSorter

        Raises
        ------
        SorterInputError
            A SortingError and ValueError: there is no task, no column ``title``, or neither
            a title nor a tag.
        """
        table = read_tasks(X, context=self.context)
        if table.rows.empty:
            raise SorterInputError("There is no task to learn from.")
        codes, classes = read_labels(y, len(table.rows))
        weight = _check_sample_weight(
            sample_weight, np.empty((len(table.rows), 1)), ensure_non_negative=True
        )
        self._keep_columns(table)
        # a label that only tasks of weight 0 carry was not seen
        seen = np.unique(codes[(codes >= 0) & (weight > 0)])
        if not seen.size and "title" not in table.rows:
            raise SorterInputError("There is neither a title nor a tag to learn from.")
        sorts_categories = set(classes[seen].tolist()) <= set(CATEGORIES)
        self.classes_ = np.array(sorted(CATEGORIES)) if sorts_categories else classes[seen]
        self.cues_ = CueWords(load_codebook(), self.classes_) if sorts_categories else None
        self.cold_start_ = not seen.size
        codes = np.append(np.searchsorted(self.classes_, classes), -1)[codes]

        rows, codes, weight = join_repeats(table.rows, codes, weight)
        self.model_id_ = self._digest(rows, codes, weight)
        self.features_ = TaskFeatures(self.number_columns_).fit(rows, weight)
        tagged = codes >= 0
        matrix = self.features_.transform(rows)
        self._start_from_cues(rows, matrix, n_tagged=rows.loc[tagged].drop_duplicates().shape[0])
        self.coef_, self.lift_ = self.guess_coef_, self.guess_lift_
        if not self.cold_start_:
            learned, self.lift_ = self._learn(
                *self._views(rows[tagged], matrix[tagged]),
                codes[tagged],
                weight[tagged],
                _titles(rows[tagged]),
            )
            self.coef_ = self.guess_coef_ + learned
        return self

    def decision_function(self, X: Any) -> np.ndarray:
        """Return unnormalised log-probabilities: what `predict_proba` is the softmax of.

        A sum of contributions of words and context, and an intercept; see
        `taskmix.sorting.explaining`.

        Parameters
        ----------
        X : as for predict_proba

        Returns
        -------
        ndarray of shape (n_tasks, n_classes)
            In the order of ``classes_``; with two classes that are no categories, of shape
            (n_tasks,): the second one's less the first one's, as scikit-learn has it.

        Raises
        ------
        SorterInputError
            A SortingError and ValueError: a column used at fit is missing.
        """
        scores = self._scores(X)
        return scores[:, 1] - scores[:, 0] if len(self.classes_) == 2 else scores

    def predict_proba(self, X: Any) -> np.ndarray:
        """Return the probability of each class.

        Parameters
        ----------
        X : as for fit
            Columns beyond those used at fit are ignored.

        Returns
        -------
        ndarray of shape (n_tasks, n_classes)
            In the order of ``classes_``; each row sums to 1.

        Raises
        ------
        SorterInputError
            A SortingError and ValueError: a column used at fit is missing.
        """
        return softmax(self._scores(X), axis=1)

    def predict_share(self, X: Any) -> np.ndarray:
        """Return the probability of each class at the frequency that the tags have.

        To name rare classes, fitting gives their tags more weight, and `predict_proba` says
        so. Hours added up by it would overstate them; here that weight is taken back.

        Parameters
        ----------
        X : as for predict_proba

        Returns
        -------
        ndarray of shape (n_tasks, n_classes)
            In the order of ``classes_``; each row sums to 1.

        Raises
        ------
        SorterInputError
            A SortingError and ValueError: a column used at fit is missing.
        """
        return softmax(self._scores(X) - self.lift_, axis=1)

    def predict(self, X: Any) -> np.ndarray:
        """Return the most probable class of each task.

        Parameters
        ----------
        X : as for predict_proba

        Returns
        -------
        ndarray of shape (n_tasks,)
        """
        best = self.predict_proba(X).argmax(axis=1)
        return self.classes_[best]

    def __sklearn_tags__(self) -> Any:
        """Tell scikit-learn what the sorter accepts."""
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.allow_nan = True
        tags.target_tags.required = False
        return tags

    def _learn(
        self,
        matrix: sparse.csr_matrix,
        offset: np.ndarray,
        codes: np.ndarray,
        weight: np.ndarray,
        titles: np.ndarray | None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Fit the linear part, as far as the tags are worth it; and the log lift in it."""
        target = np.eye(len(self.classes_))[codes]
        how = {"strength": self.strength, "balance": self.balance}
        coef = fit_with_halves(matrix, target, weight, offset, self.guess_coef_, **how)
        lift = np.log(class_lift(target, weight, balance=self.balance))
        if self.cues_ is None or titles is None:
            return coef, lift
        trust = choose_trust(matrix, codes, weight, offset, self.guess_coef_, titles, **how)
        return coef * trust, lift * trust + self.guess_lift_ * (1 - trust)

    def _start_from_cues(
        self, rows: pd.DataFrame, matrix: sparse.csr_matrix, *, n_tagged: int
    ) -> None:
        """Make the first guess; none without the four categories."""
        n_classes = len(self.classes_)
        guess = FirstGuess(0.0, np.zeros((matrix.shape[1], n_classes)), np.zeros(n_classes))
        if self.cues_ is not None:
            guess = make_first_guess(
                self.cues_, rows, matrix, n_tagged=n_tagged, spread=self.spread, fade=self.fade
            )
        self.cue_part_, self.guess_coef_, self.guess_lift_ = guess.cue_part, guess.coef, guess.lift

    def _scores(self, X: Any) -> np.ndarray:
        """Return unnormalised log-probabilities of tasks, computed once a distinct task."""
        check_is_fitted(self, "coef_")
        rows = self._rows(X)
        if rows.empty:
            return np.empty((0, len(self.classes_)))
        repeats, first = number_repeats(rows)
        distinct = rows.iloc[first]
        scores = self.features_.transform(distinct) @ self.coef_ + self._cue_scores(distinct)
        return scores[repeats]

    def _rows(self, X: Any) -> pd.DataFrame:
        """Read tasks into exactly the columns known from fitting."""
        table = read_tasks(X, context=self.columns_)
        return fit_to(table, self.columns_, self.number_columns_)

    def _views(
        self, rows: pd.DataFrame, matrix: sparse.csr_matrix | None = None
    ) -> tuple[sparse.csr_matrix, np.ndarray]:
        """Return the features of tasks, where they are not known yet, and scores before any tag."""
        if matrix is None:
            matrix = self.features_.transform(rows)
        return matrix, matrix @ self.guess_coef_ + self._cue_scores(rows)

    def _cue_scores(self, rows: pd.DataFrame) -> np.ndarray:
        """Return the part of the scores that the cue words themselves make."""
        if self.cues_ is None:
            return np.zeros((len(rows), len(self.classes_)))
        if "title" not in rows:
            return np.tile(self.cue_part_ * np.log(self.cues_.base), (len(rows), 1))
        codes, titles = pd.factorize(rows["title"].to_numpy(dtype=object))
        return self.cue_part_ * self.cues_.log_prior(self.cues_.count(titles))[codes]

    def _keep_columns(self, table: TaskTable) -> None:
        self.columns_ = list(table.columns)
        self.number_columns_ = list(table.numbers)
        self.n_features_in_ = len(self.columns_)
        if table.named:
            self.feature_names_in_ = np.array(self.columns_, dtype=object)
        elif hasattr(self, "feature_names_in_"):
            del self.feature_names_in_

    def _digest(self, rows: pd.DataFrame, codes: np.ndarray, weight: np.ndarray) -> str:
        return digest_parts(
            (
                _EDITION,
                self.get_params(),
                self.classes_.tolist(),
                asdict(load_codebook()) if self.cues_ is not None else None,
                *([column, rows[column].tolist()] for column in rows.columns),
                codes.tolist(),
                weight.tolist(),
            )
        )


def _titles(rows: pd.DataFrame) -> np.ndarray | None:
    return rows["title"].to_numpy(dtype=object) if "title" in rows else None
