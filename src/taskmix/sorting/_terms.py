"""TF-IDF of one kind of term of a title: words, or pieces of words."""

from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

from taskmix.sorting._words import Words, count_terms, frequent_terms, most_frequent

_LETTERS = 4


class TitleTerms:
    """TF-IDF of one kind of term, each title of length 1.

    Term frequencies enter by their logarithm, and idf is ln((1 + n) / (1 + n_titles)) + 1, as
    scikit-learn's ``TfidfVectorizer(sublinear_tf=True)`` has them. The pieces of a word are
    found once a word, not once a title, which makes the difference between 5,000 and 50,000
    titles a second.

    Fitted terms are kept as one text: skops would write a list of them entry by entry, which
    takes a minute.

    Parameters
    ----------
    name : str
        What the block is called.
    pieces : bool
        Runs of four letters, the word's border counted as one, instead of words and pairs.
    of_first : bool
        Whether it is fed with first words only; there are no pairs then.
    least : int
        In how many titles a term must stand.
    most : int
        How many terms are kept, the most frequent ones.
    """

    def __init__(self, name: str, *, pieces: bool, of_first: bool, least: int, most: int) -> None:
        self.name = name
        self.pieces = pieces
        self.of_first = of_first
        self.least = least
        self.most = most

    def fit(self, words: Words) -> bool:
        """Learn the terms; False where the titles hold none.

        Parameters
        ----------
        words : Words
            Of distinct titles.

        Returns
        -------
        bool
        """
        if self.pieces:
            names, pieces_of = _word_pieces(words.distinct)
            present = (_count_words(words) @ pieces_of).tocsr()
            n_titles = np.bincount(present.indices, minlength=len(names))
            kept = most_frequent(names, n_titles, least=self.least, most=self.most)
            kept = kept[np.argsort(names[kept].astype(str))]
            self.terms, counts = "\n".join(names[kept]), n_titles[kept]
        else:
            self.terms, counts = frequent_terms(
                words, pairs=not self.of_first, least=self.least, most=self.most
            )
        self.idf = np.log((1 + words.n_titles) / (1 + counts)) + 1
        return bool(self.terms)

    def transform(self, words: Words) -> sparse.csr_matrix:
        """Return TF-IDF of each title.

        Parameters
        ----------
        words : Words

        Returns
        -------
        csr_matrix of shape (n_titles, n_terms)
        """
        matrix = self.count(words)
        matrix.data = (np.log(matrix.data) + 1) * self.idf[matrix.indices]
        squares = matrix.copy()
        squares.data = squares.data**2
        length = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
        matrix.data /= np.repeat(length, np.diff(matrix.indptr))
        return matrix

    def count(self, words: Words) -> sparse.csr_matrix:
        """Return how often each term stands in each title."""
        if not self.pieces:
            return count_terms(words, self.terms)
        matrix = (_count_words(words) @ self.pieces_of(words.distinct)).tocsr()
        # In one order, so that a sum does not depend on what other titles there are.
        matrix.sort_indices()
        return matrix

    def pieces_of(self, distinct: np.ndarray) -> sparse.csr_matrix:
        """Return how often each known piece stands in each of some words."""
        names, found = _word_pieces(distinct)
        place = _index_pieces(self.terms).get_indexer(names)
        known = place >= 0
        renumber = sparse.csr_matrix(
            (np.ones(known.sum()), (np.flatnonzero(known), place[known])),
            shape=(len(names), len(self.idf)),
        )
        return (found @ renumber).tocsr()


@lru_cache(maxsize=16)
def _index_pieces(terms: str) -> pd.Index:
    return pd.Index(terms.split("\n"), dtype=object)


def _count_words(words: Words) -> sparse.csr_matrix:
    shape = (words.n_titles, len(words.distinct))
    return sparse.csr_matrix((np.ones(len(words.codes)), (words.titles, words.codes)), shape=shape)


def _word_pieces(distinct: np.ndarray) -> tuple[np.ndarray, sparse.csr_matrix]:
    """Cut words into pieces: their names, and how often each stands in each word."""
    pieces, lengths = [], []
    for word in distinct:
        edged = f" {word} "
        n = max(len(edged) - _LETTERS + 1, 1)
        pieces.extend([edged[i : i + _LETTERS] for i in range(n)])
        lengths.append(n)
    codes, names = pd.factorize(np.array(pieces, dtype=object))
    rows = np.repeat(np.arange(len(distinct)), np.array(lengths, dtype=np.int64))
    shape = (len(distinct), len(names))
    return np.asarray(names, dtype=object), sparse.csr_matrix(
        (np.ones(len(codes)), (rows, codes)), shape=shape
    )
