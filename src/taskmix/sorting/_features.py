"""Titles and context as numbers that a linear model can weigh."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.preprocessing import OneHotEncoder

from taskmix.sorting._terms import TitleTerms
from taskmix.sorting._words import split_words

# The first word stands in the other blocks too. Chosen like the sorter's own constants, inside
# the training parts: see benchmarks/choices.py.
_FIRST_SCALE = 0.5
# From here on, what stands in one title alone is noise and costs memory.
_MANY_TITLES = 1_000
_MOST_WORDS = 30_000
_MOST_PIECES = 40_000


class TaskFeatures:
    """TF-IDF of a title's words and their pieces, context, standardised numbers, intercept.

    Four blocks of a title: its words and pairs of words; pieces of four letters, in which a
    word's forms agree; the first word, and its pieces. No label takes part. What a title is
    worth is learned from distinct titles, so that a task logged daily counts once.

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
            self.encoder = OneHotEncoder(handle_unknown="ignore").fit(self._context(rows))
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
        return sparse.hstack([part for _, part in self.parts(rows)], format="csr")

    def parts(self, rows: pd.DataFrame) -> Iterator[tuple[str, sparse.csr_matrix]]:
        """Yield the blocks that :meth:`transform` puts side by side, each with its name.

        The names are ``words``, ``pieces``, ``first_word``, ``first_pieces``, ``context``,
        ``numbers``, ``intercept``; those that the tasks do not have are left out.
        """
        if self.titles:
            codes, titles = pd.factorize(rows["title"].to_numpy(dtype=object))
            every, first = split_words(titles)
            for terms in self.titles:
                matrix = terms.transform(first if terms.of_first else every)
                yield terms.name, matrix[codes] * (_FIRST_SCALE if terms.of_first else 1.0)
        if self.encoder is not None:
            yield "context", self.encoder.transform(self._context(rows)).tocsr()
        values = rows[self.numbers].to_numpy(dtype=float)
        standard = (np.where(np.isnan(values), self.mean, values) - self.mean) / self.scale
        yield "numbers", sparse.csr_matrix(standard)
        yield "intercept", sparse.csr_matrix(np.ones((len(rows), 1)))

    def _context(self, rows: pd.DataFrame) -> np.ndarray:
        """Return the texts beside the title; an AI's task has no project.

        A project tells what its people do. What they hand to an AI is much the same everywhere,
        and weighed by the project AI's part of execution came out 3 points too low where people
        do little of it.
        """
        texts = rows[self.texts]
        if "project" in self.texts:
            texts = texts.assign(project=texts["project"].mask(self.passes_over_project(rows), ""))
        return texts.to_numpy(dtype=object)

    def passes_over_project(self, rows: pd.DataFrame) -> "pd.Series[bool]":
        """Tell of which tasks the project is not looked at."""
        if {"performer", "project"} <= set(self.texts):
            return rows["performer"] == "ai"
        return pd.Series(False, index=rows.index)

    @staticmethod
    def _fit_titles(rows: pd.DataFrame) -> list[TitleTerms]:
        titles = pd.unique(rows["title"].to_numpy(dtype=object))
        least = 1 if len(titles) < _MANY_TITLES else 2
        every, first = split_words(titles)
        blocks = [
            TitleTerms("words", pieces=False, of_first=False, least=least, most=_MOST_WORDS),
            TitleTerms("pieces", pieces=True, of_first=False, least=least, most=_MOST_PIECES),
            TitleTerms("first_word", pieces=False, of_first=True, least=least, most=_MOST_WORDS),
            TitleTerms("first_pieces", pieces=True, of_first=True, least=least, most=_MOST_PIECES),
        ]
        return [block for block in blocks if block.fit(first if block.of_first else every)]
