"""Titles and context as numbers that a linear model can weigh."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import OneHotEncoder

# A project says something about the kind of work, but titles carry over to new projects.
_CONTEXT_SCALE = 0.5
# From here on, what stands in one title alone is noise and costs memory.
_MANY_TITLES = 1_000
_MOST_WORDS = 30_000
_MOST_CHARACTERS = 60_000


class TaskFeatures:
    """Word and character TF-IDF of titles, one-hot context, standardised numbers, intercept.

    No label takes part. What a title is worth is learned from distinct titles, so that a
    task logged daily counts once.

    Parameters
    ----------
    numbers : sequence of str
        The columns that hold numbers.
    """

    def __init__(self, numbers: Sequence[str]) -> None:
        self.numbers = list(numbers)

    def fit(self, rows: pd.DataFrame, weight: np.ndarray) -> "TaskFeatures":
        """Learn words, context values and the spread of numbers.

        Parameters
        ----------
        rows : DataFrame
            Plain tasks, as ``TaskTable.rows``.
        weight : ndarray of float
            How often each row stands for a task; for the numbers.

        Returns
        -------
        TaskFeatures
        """
        self.titles = self._fit_titles(rows) if "title" in rows else []
        self.texts = [c for c in rows.columns if c not in (*self.numbers, "title")]
        self.encoder = None
        if self.texts:
            self.encoder = OneHotEncoder(handle_unknown="ignore").fit(
                rows[self.texts].to_numpy(dtype=object)
            )
        values = rows[self.numbers].to_numpy(dtype=float)
        known = ~np.isnan(values)
        mass = np.maximum((known * weight[:, None]).sum(axis=0), np.finfo(float).tiny)
        self.mean = (np.where(known, values, 0) * weight[:, None]).sum(axis=0) / mass
        distance = np.where(known, values - self.mean, 0)
        scale = np.sqrt((distance**2 * weight[:, None]).sum(axis=0) / mass)
        # a column that never varies tells nothing; dividing by 1 keeps it at 0
        self.scale = np.where(scale > 1e-12 * np.maximum(1, np.abs(self.mean)), scale, 1.0)
        return self

    def transform(self, rows: pd.DataFrame) -> sparse.csr_matrix:
        """Return one line of numbers per task; the last column is the intercept.

        Parameters
        ----------
        rows : DataFrame
            With the columns known from fitting.

        Returns
        -------
        csr_matrix of shape (n_rows, n_features)
        """
        parts = []
        if self.titles:
            codes, titles = pd.factorize(rows["title"].to_numpy(dtype=object))
            distinct = [terms.transform(titles) for terms in self.titles]
            parts.append(sparse.hstack(distinct, format="csr")[codes])
        if self.encoder is not None:
            values = rows[self.texts].to_numpy(dtype=object)
            parts.append(self.encoder.transform(values) * _CONTEXT_SCALE)
        values = rows[self.numbers].to_numpy(dtype=float)
        standard = (np.where(np.isnan(values), self.mean, values) - self.mean) / self.scale
        parts.append(sparse.csr_matrix(standard))
        parts.append(sparse.csr_matrix(np.ones((len(rows), 1))))
        return sparse.hstack(parts, format="csr")

    @staticmethod
    def _fit_titles(rows: pd.DataFrame) -> list["TitleTerms"]:
        titles = np.sort(pd.unique(rows["title"].to_numpy(dtype=object)))
        least = 1 if len(titles) < _MANY_TITLES else 2
        both = [
            TitleTerms("word", (1, 2), least=least, most=_MOST_WORDS),
            TitleTerms("char_wb", (3, 5), least=least, most=_MOST_CHARACTERS),
        ]
        return [terms for terms in both if terms.fit(titles)]


class TitleTerms:
    """TF-IDF of one kind of term.

    Fitted terms are kept as one text: skops would write a dict of them entry by entry, which
    takes a minute.

    Parameters
    ----------
    analyzer : {"word", "char_wb"}
    lengths : tuple of int
        Least and most words or characters of a term.
    least : int
        In how many titles a term must stand.
    most : int
        How many terms are kept, the most frequent ones.
    """

    def __init__(self, analyzer: str, lengths: tuple[int, int], *, least: int, most: int) -> None:
        self.analyzer = analyzer
        self.lengths = lengths
        self.least = least
        self.most = most

    def fit(self, titles: np.ndarray) -> bool:
        """Learn the terms; False where the titles hold none.

        Parameters
        ----------
        titles : ndarray of str
            Distinct normalised titles, which hold no line break.

        Returns
        -------
        bool
        """
        vectoriser = self._vectoriser(min_df=self.least, max_features=self.most)
        try:
            vectoriser.fit(titles)
        except ValueError as error:
            # scikit-learn has no narrower error for titles that are empty or all emoji
            if "empty vocabulary" in str(error) or "no terms remain" in str(error):
                return False
            raise
        self.terms = "\n".join(vectoriser.get_feature_names_out())
        self.idf = vectoriser.idf_
        return True

    def transform(self, titles: np.ndarray) -> sparse.csr_matrix:
        """Return TF-IDF of each title.

        Parameters
        ----------
        titles : ndarray of str

        Returns
        -------
        csr_matrix of shape (n_titles, n_terms)
        """
        vectoriser = self._vectoriser(vocabulary=self.terms.split("\n"))
        vectoriser.idf_ = self.idf
        return vectoriser.transform(titles)

    def _vectoriser(self, **options: Any) -> TfidfVectorizer:
        return TfidfVectorizer(
            analyzer=self.analyzer,
            ngram_range=self.lengths,
            token_pattern=r"(?u)\b\w+\b" if self.analyzer == "word" else None,
            sublinear_tf=True,
            **options,
        )
