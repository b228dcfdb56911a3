"""Why the sorter decided as it did: what each word and each fact of a task contributed."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from sklearn.utils.validation import check_is_fitted

from taskmix.errors import SortingError
from taskmix.sorting._cues import CUE_WEIGHT
from taskmix.sorting._features import TaskFeatures
from taskmix.sorting._inputs import SorterInputError, hours_of_step
from taskmix.sorting._terms import TitleTerms
from taskmix.sorting._words import Words, split_words
from taskmix.sorting.sorter import TaskSorter

#: Kinds of contribution: a cue word of the codebook; a word or pair of words, in any place and
#: as the title's first word, with the pieces that it shares with other words; a fact of the log;
#: and what every task has.
KINDS = ("cue", "word", "first word", "context", "intercept")
_KIND_OF_BLOCK = {
    "words": "word",
    "pieces": "word",
    "first_word": "first word",
    "first_pieces": "first word",
}


def contributions(sorter: TaskSorter, task: Any) -> pd.DataFrame:
    """Take the decision on one task apart.

    The sorter is linear: its decision function is a sum over the words and facts of the task.
    The pieces of words are given back to the words that they stand in.

    Parameters
    ----------
    sorter : TaskSorter
        Fitted.
    task : DataFrame of one row, or a list of one title
        As for ``TaskSorter.predict``.

    Returns
    -------
    DataFrame
        One row a contribution: ``kind`` (one of `KINDS`), ``term`` (the word or words; for
        context ``column = value``), and a column for each of ``sorter.classes_``: what it adds
        to that class's score (log-odds). Each class's column adds up to its
        ``decision_function``, the intercept among the rows.

    Raises
    ------
    SortingError
        If there is not exactly one task, or a column is missing that was used at fit.
    sklearn.exceptions.NotFittedError
        If the sorter was not fitted.

    Examples
    --------
    >>> sorter = TaskSorter().fit(["Review contract", "Stand-up", "Enter receipts"])
    >>> parts = contributions(sorter, ["Review of the draft"])
    >>> parts.loc[parts["kind"] == "cue", ["term", "judgment", "creative"]].round(1).values.tolist()
    [['draft', 0.0, 1.3], ['review', 2.6, 0.0]]
    """
    check_is_fitted(sorter, "coef_")
    rows = sorter._rows(task)
    if len(rows) != 1:
        raise SorterInputError(f"There are {len(rows)} tasks; explain one at a time.")
    names = [str(name) for name in sorter.classes_]
    found = [*_from_cues(sorter, rows), *_from_features(sorter, rows)]
    table = pd.DataFrame(
        [(kind, term, *values) for kind, term, values in found], columns=["kind", "term", *names]
    )
    # A word's own weight and that of its pieces are one contribution to whoever reads them.
    return table.groupby(["kind", "term"], sort=True, as_index=False)[names].sum()


def weigh_decision(parts: pd.DataFrame, *, category: str, against: str) -> pd.DataFrame:
    """Say what spoke for one category rather than another.

    Parameters
    ----------
    parts : DataFrame
        As `contributions` returns them. Is not changed.
    category, against : str
        Two of its classes.

    Returns
    -------
    DataFrame
        ``kind``, ``term``, ``weight`` (log-odds of `category` against `against`; they add up to
        the difference of the two scores), the heaviest first, whichever way it pulls.

    Raises
    ------
    SortingError
        If there is no such class.
    """
    for name in (category, against):
        if name not in parts.columns[2:]:
            raise SortingError(
                f"{name!r} is no class of the sorter; it has {', '.join(parts.columns[2:])}."
            )
    weight = parts[category] - parts[against]
    table = parts[["kind", "term"]].assign(weight=weight)
    order = weight.abs().sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def _from_cues(sorter: TaskSorter, rows: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray]]:
    cues, part = sorter.cues_, sorter.cue_part_
    if cues is None:
        return
    yield "intercept", "", part * np.log(cues.base)
    if "title" in rows:
        found = cues.find(rows["title"].tolist()).tocoo()
        for form, times in zip(found.col, found.data, strict=True):
            yield "cue", str(cues.forms[form]), part * CUE_WEIGHT * times * cues.votes[form]


def _from_features(sorter: TaskSorter, rows: pd.DataFrame) -> Iterator[tuple[str, str, np.ndarray]]:
    features: TaskFeatures = sorter.features_
    blocks = {block.name: block for block in features.titles}
    every, first = split_words(rows.get("title", []))
    begin = 0
    for name, matrix in features.parts(rows):
        coef = sorter.coef_[begin : begin + matrix.shape[1]]
        begin += matrix.shape[1]
        # as one column a feature of the task: its place, and what it adds to each class
        places, added = matrix.indices, matrix.data[:, None] * coef[matrix.indices]
        if name in blocks:
            words = first if blocks[name].of_first else every
            yield from _from_title(blocks[name], words, places, added)
        elif name == "context":
            labels = _context_labels(features, rows)
            yield from (("context", labels[k], own) for k, own in zip(places, added, strict=True))
        elif name == "numbers":
            labels = [_number_label(name, rows[name].iloc[0]) for name in features.numbers]
            yield from (("context", labels[k], own) for k, own in zip(places, added, strict=True))
        else:
            yield "intercept", "", added.sum(axis=0)


def _from_title(
    block: TitleTerms, words: Words, places: np.ndarray, added: np.ndarray
) -> Iterator[tuple[str, str, np.ndarray]]:
    kind = _KIND_OF_BLOCK[block.name]
    if not block.pieces:
        terms = block.terms.split("\n")
        yield from ((kind, terms[k], own) for k, own in zip(places, added, strict=True))
        return
    # How often each piece stands in each word, as part of how often it stands in the title.
    times = np.bincount(words.codes, minlength=len(words.distinct))
    stands = block.pieces_of(words.distinct)[:, places].toarray() * times[:, None]
    for word, part in zip(words.distinct, stands / stands.sum(axis=0), strict=True):
        if part.any():
            yield kind, str(word), part @ added


def _context_labels(features: TaskFeatures, rows: pd.DataFrame) -> list[str]:
    assert features.encoder is not None  # the block is there only with an encoder
    none = dict.fromkeys(features.texts, "not given")
    if features.passes_over_project(rows).all():
        none["project"] = "any, for an AI did it"
    return [
        f"{column} = {value or none[column]}"
        for column, values in zip(features.texts, features.encoder.categories_, strict=True)
        for value in values
    ]


def _number_label(column: str, value: float) -> str:
    if column != "hours":
        return f"{column} = {value:g}"
    # the sorter knows no more than the step in which they lie
    low, high = hours_of_step(value)
    return f"hours = {low:.1f} to {high:.1f}"
