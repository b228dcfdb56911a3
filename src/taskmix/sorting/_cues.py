"""The first guess: cue words of the codebook, before anybody has tagged anything."""

from collections.abc import Iterable

import numpy as np
from scipy import sparse

from taskmix.errors import TaxonomyError
from taskmix.sorting._words import count_terms, split_words
from taskmix.taxonomy import Codebook

# What a cue adds to a category's log-odds. For all but execution, one word within a title is
# no more than a hint (p = 0.48), while a leading verb or two words are enough for a label.
CUE_WEIGHT = 1.3
# A phrase counts twice, so that "performance review" outweighs "review".
_PHRASE = 2.0
# Most logged work carries something out, and a title without a cue is no sign against it.
_BASE = {"execution": 0.4, "judgment": 0.2, "creative": 0.2, "connective": 0.2}

_VOWELS = "aeiou"


class CueWords:
    """Counts of the codebook's cue words in titles, and the guess that follows from them.

    Parameters
    ----------
    codebook : Codebook
    classes : sequence of str
        The categories, in the order of the columns returned.

    Attributes
    ----------
    forms : ndarray of str
        Every form of every cue word, sorted.
    votes : ndarray of shape (n_forms, n_classes)
        What one occurrence of each form counts.
    base : ndarray of shape (n_classes,)
        Probabilities of a title without any cue.

    Raises
    ------
    TaxonomyError
        If one form stands for two categories.
    """

    def __init__(self, codebook: Codebook, classes: Iterable[str]) -> None:
        classes = list(classes)
        category_of: dict[str, str] = {}
        for entry in codebook.entries:
            for form in (form for cue in entry.cue_words for form in inflections(cue)):
                if category_of.setdefault(form, entry.category) != entry.category:
                    raise TaxonomyError(
                        f"The cue {form!r} stands for {category_of[form]} and for "
                        f"{entry.category}; remove it from one of them in codebook.toml."
                    )
        self.forms = np.array(sorted(category_of))
        self.votes = np.array(
            [
                [(category_of[form] == k) * (_PHRASE if " " in form else 1.0) for k in classes]
                for form in self.forms
            ]
        )
        self.base = np.array([_BASE[k] for k in classes])

    def find(self, titles: Iterable[str]) -> sparse.csr_matrix:
        """Find the cues in each title; one that is also its first word counts once more.

        Parameters
        ----------
        titles : iterable of str
            Normalised titles.

        Returns
        -------
        csr_matrix of shape (n_titles, n_forms)
            0, 1 or 2.
        """
        forms = "\n".join(self.forms)
        every, first = split_words(titles)
        whole = count_terms(every, forms)
        whole.data = np.ones_like(whole.data)
        # The first word of a task's title is as a rule the verb that says what was done.
        return (whole + count_terms(first, forms)).tocsr()

    def count(self, titles: Iterable[str]) -> np.ndarray:
        """Count what the cues in each title say for each category.

        Parameters
        ----------
        titles : iterable of str
            Normalised titles.

        Returns
        -------
        ndarray of shape (n_titles, n_classes)
        """
        return self.find(titles) @ self.votes

    def log_prior(self, counts: np.ndarray) -> np.ndarray:
        """Turn counts into unnormalised log-probabilities.

        Parameters
        ----------
        counts : ndarray of shape (n_titles, n_classes)

        Returns
        -------
        ndarray of the same shape
        """
        return np.log(self.base) + CUE_WEIGHT * counts


def inflections(cue: str) -> set[str]:
    """Return a cue word with the endings that English gives to its first or last word.

    Forms that no one writes do no harm, so the rules are few.

    Parameters
    ----------
    cue : str
        One or two words in base form.

    Returns
    -------
    set of str

    Examples
    --------
    >>> sorted(inflections("plan"))
    ['plan', 'planed', 'planes', 'planing', 'planned', 'planning', 'plans']
    >>> sorted(inflections("follow up"))[:3]
    ['follow up', 'follow ups', 'followed up']
    """
    first, *rest = cue.split()
    tail = " ".join(["", *rest])
    forms = {form + tail for form in _endings(first)}
    return forms | {f"{cue}s"} if rest else forms


def _endings(word: str) -> set[str]:
    if word.endswith("e"):
        return {word, f"{word}s", f"{word}d", f"{word[:-1]}ing"}
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return {word, f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    forms = {word, f"{word}s", f"{word}es", f"{word}ed", f"{word}ing"}
    if word[-1] in "bdglmnprt" and word[-2:-1] and word[-2] in _VOWELS:
        forms |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return forms
