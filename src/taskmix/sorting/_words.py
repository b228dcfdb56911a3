"""Titles as words, once each: what every kind of feature of a title is computed from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy import sparse

_WORD = re.compile(r"\w+")
#: Stands for any number: one week's number tells as little as another's.
NUMBER = "#"
# "[agent]", "WEB-123", "7." before a title are labels; the verb comes after them.
_LABELS = re.compile(r"^(?:\[[^\]]*\]|[^\W\d_]{1,10}-\d+\b|\d+\b|[\W_])+")


@dataclass(frozen=True)
class Words:
    """The words of titles, in the order in which they stand.

    Attributes
    ----------
    distinct : ndarray of str objects
        Each word that occurs, once.
    codes : ndarray of int, one a word that stands
        Its position in `distinct`.
    titles : ndarray of int, one a word that stands
        The number of its title; ascending.
    n_titles : int
    """

    distinct: np.ndarray
    codes: np.ndarray
    titles: np.ndarray
    n_titles: int


def split_words(titles: Iterable[str]) -> tuple[Words, Words]:
    """Split normalised titles into words.

    Returns
    -------
    every : Words
    first : Words
        Of each title the first word only, labels and ticket numbers passed over. It is as a
        rule the verb that says what was done.

    Examples
    --------
    >>> every, first = split_words(["fix login", "[agent] web-12: review 42 bugs"])
    >>> every.distinct.tolist()
    ['fix', 'login', 'agent', 'web', '#', 'review', 'bugs']
    >>> first.distinct.tolist(), first.titles.tolist()
    (['fix', 'review'], [0, 1])
    """
    return _split(tuple(titles))


# The features ask for the words of a log's titles, and then the cue words do, some times over.
@lru_cache(maxsize=2)
def _split(titles: tuple[str, ...]) -> tuple[Words, Words]:
    spelt = [spell_words(title) for title in titles]
    firsts = [
        words[_count_label_words(title) :][:1] for title, words in zip(titles, spelt, strict=True)
    ]
    return _number_words(spelt), _number_words(firsts)


def spell_words(title: str) -> list[str]:
    """Return a normalised title's words as features know them."""
    return [NUMBER if word.isdecimal() else word for word in _WORD.findall(title)]


def _count_label_words(title: str) -> int:
    label = _LABELS.match(title)
    # A title that is nothing but a label has no other word to go by.
    return len(_WORD.findall(label[0])) if label and label.end() < len(title) else 0


def count_terms(words: Words, terms: str) -> sparse.csr_matrix:
    """Count how often terms of one or two words stand in each title.

    Parameters
    ----------
    words : Words
    terms : str
        The terms, a line each, none of them twice.

    Returns
    -------
    csr_matrix of shape (n_titles, n_terms)
        With sorted indices, so that sums do not depend on what else is counted.
    """
    index = _index_terms(terms)
    codes = (
        index.words.get_indexer(words.distinct)[words.codes] if len(words.codes) else words.codes
    )
    known = codes >= 0
    single = np.where(known, index.single[codes], -1)
    rows, columns = [words.titles[single >= 0]], [single[single >= 0]]
    if len(index.pair_keys):
        keys, titles = _pairs(codes, words.titles, n_words=len(index.words))
        place = np.minimum(np.searchsorted(index.pair_keys, keys), len(index.pair_keys) - 1)
        hit = index.pair_keys[place] == keys
        rows.append(titles[hit])
        columns.append(index.pair_terms[place[hit]])
    row, column = np.concatenate(rows), np.concatenate(columns)
    shape = (words.n_titles, index.n_terms)
    return sparse.csr_matrix((np.ones(len(row)), (row, column)), shape=shape)


def frequent_terms(words: Words, *, pairs: bool, least: int, most: int) -> tuple[str, np.ndarray]:
    """Choose the words, and pairs of chosen words, that stand in enough titles.

    Parameters
    ----------
    words : Words
    pairs : bool
        Whether to choose pairs too.
    least : int
        In how many titles a term must stand.
    most : int
        How many words, and how many pairs, are kept at most: the most frequent ones.

    Returns
    -------
    terms : str
        A line each, sorted.
    n_titles : ndarray of int
        In how many titles each stands.
    """
    n_words = len(words.distinct)
    seen = np.unique(words.titles * n_words + words.codes) % max(n_words, 1)
    by_word = np.bincount(seen, minlength=n_words)
    kept = most_frequent(words.distinct, by_word, least=least, most=most)
    found = dict(zip(words.distinct[kept].tolist(), by_word[kept].tolist(), strict=True))
    if pairs and len(kept):
        renumbered = np.full(n_words, -1)
        renumbered[kept] = np.arange(len(kept))
        keys, titles = _pairs(renumbered[words.codes], words.titles, n_words=len(kept))
        # a pair twice in one title counts once
        once = pd.DataFrame({"title": titles, "key": keys}).drop_duplicates()["key"]
        distinct, by_pair = np.unique(once.to_numpy(), return_counts=True)
        first, second = (words.distinct[kept][place] for place in np.divmod(distinct, len(kept)))
        names = first + " " + second if len(distinct) else np.array([], dtype=object)
        chosen = most_frequent(names, by_pair, least=least, most=most)
        found |= dict(zip(names[chosen].tolist(), by_pair[chosen].tolist(), strict=True))
    terms = sorted(found)
    return "\n".join(terms), np.array([found[term] for term in terms], dtype=np.int64)


def most_frequent(names: np.ndarray, counts: np.ndarray, *, least: int, most: int) -> np.ndarray:
    """Return the places of the most frequent names that are frequent enough, `most` at most."""
    enough = np.flatnonzero(counts >= least)
    # by name where equally frequent, so that the order of the log does not matter
    order = np.lexsort((names[enough].astype(str), -counts[enough]))
    return enough[order[:most]]


def _pairs(codes: np.ndarray, titles: np.ndarray, *, n_words: int) -> tuple[np.ndarray, np.ndarray]:
    """Give each pair of neighbouring known words a key, and say which title it stands in."""
    near = (titles[1:] == titles[:-1]) & (codes[1:] >= 0) & (codes[:-1] >= 0)
    return codes[:-1][near].astype(np.int64) * n_words + codes[1:][near], titles[:-1][near]


def _number_words(spelt: list[list[str]]) -> Words:
    lengths = np.fromiter(map(len, spelt), dtype=np.int64, count=len(spelt))
    together = np.array([word for title in spelt for word in title], dtype=object)
    codes, distinct = pd.factorize(together)
    numbers = np.repeat(np.arange(len(spelt)), lengths)
    return Words(np.asarray(distinct, dtype=object), codes, numbers, len(spelt))


@dataclass(frozen=True)
class _Index:
    """Where to find a term: each word's number, and each pair's key."""

    words: pd.Index
    single: np.ndarray
    pair_keys: np.ndarray
    pair_terms: np.ndarray
    n_terms: int


@lru_cache(maxsize=16)
def _index_terms(terms: str) -> _Index:
    split = [term.split(" ") for term in terms.split("\n")] if terms else []
    words = pd.Index(sorted({word for term in split for word in term}), dtype=object)
    numbers = {word: number for number, word in enumerate(words)}
    single = np.full(len(words) + 1, -1)  # the last one is for a word that is not known
    keys, places_of = [], []
    for place, term in enumerate(split):
        if len(term) == 1:
            single[numbers[term[0]]] = place
        else:
            keys.append(numbers[term[0]] * len(words) + numbers[term[1]])
            places_of.append(place)
    order = np.argsort(np.array(keys, dtype=np.int64))
    return _Index(
        words,
        single,
        np.array(keys, dtype=np.int64)[order],
        np.array(places_of, dtype=np.int64)[order],
        len(split),
    )
