"""The normal form of a title: what counts as the same title everywhere in this room."""

import unicodedata
from collections.abc import Iterable

import numpy as np
import pandas as pd


def normalise_titles(titles: Iterable[object]) -> np.ndarray:
    r"""Bring titles to the form in which they are compared and read for words.

    Compatibility forms are unified, case and invisible marks are dropped, blanks are
    collapsed. A missing title becomes the empty one.

    Parameters
    ----------
    titles : iterable
        Texts; may hold missing values.

    Returns
    -------
    ndarray of str objects
        In the order given.

    Examples
    --------
    >>> normalise_titles(["  Review\u200f  PR ", None]).tolist()
    ['review pr', '']
    """
    codes, distinct = pd.factorize(np.asarray(list(titles), dtype=object), use_na_sentinel=True)
    # missing titles carry the code -1, which picks the empty one appended last
    normal = np.array([*(_normalise(str(title)) for title in distinct), ""], dtype=object)
    return normal[codes]


def _normalise(title: str) -> str:
    text = title
    if not title.isascii():
        # Half a surrogate pair cannot be encoded and would stop Arrow later on.
        text = unicodedata.normalize("NFKC", title.encode("utf-8", "replace").decode("utf-8"))
    text = text.casefold()
    # Cf holds direction marks and joiners: two titles that look the same are the same. Asking
    # each letter of each title took an eighth of the time that sorting takes.
    if not (text.isascii() or text.isprintable()):
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(text.split())
