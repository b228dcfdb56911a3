"""Sentences and rows that tell why a task was sorted as it was."""

import math

import pandas as pd

from taskmix.report.words import percent
from taskmix.sorting.explanation import Explanation
from taskmix.taxonomy import UNSURE

_KINDS = {
    "cue": "cue word",
    "word": "word",
    "first word": "as first word",
    "context": "of the log",
    "intercept": "before any word",
}


def decision_sentence(found: Explanation) -> str:
    """Say what the sorter decided, and how sure it is.

    Parameters
    ----------
    found : taskmix.sorting.explanation.Explanation
    """
    p, name = found.probabilities[found.likeliest], found.likeliest
    if math.isinf(found.threshold):
        rule = f"which it never assigns alone: on later tasks it was wrong too often with {name}"
    else:
        rule = f"assigned from {percent(found.threshold)} on"
    if found.category == UNSURE:
        return f"Unsure: {name} is likeliest at {percent(p)}, {rule}."
    return f"Sorted as {found.category}, at {percent(p)} ({rule})."


def tag_sentence(found: Explanation) -> str:
    """Say what a person's tag has to do with it; empty without one."""
    tag = found.task["tag"]
    if found.learned:
        given = f"The log’s tag, {tag}, counts. " if tag else ""
        return (
            f"{given}The model learned from a tag of this task; the percentages come from sorters "
            "that saw no tag of its title, the weights below from the model itself."
        )
    return f"The log’s tag, {tag}, counts, whatever the sorter says." if tag else ""


def against_sentence(found: Explanation) -> str:
    """Say what the weights are and what they add up to."""
    total = float(found.decisive["weight"].sum())
    return (
        f"Weights (log-odds) for {found.likeliest} rather than {found.next_likeliest}; they add up "
        f"to {total:+.2f}. {found.frequency:+.2f} more is for how frequent the two are, and then "
        "the sum is calibrated."
    )


def decisive_rows(found: Explanation, *, n: int = 12) -> pd.DataFrame:
    """Return the heaviest weights as rows to show.

    Parameters
    ----------
    found : taskmix.sorting.explanation.Explanation
    n : int
        How many; the others are added up in one row.

    Returns
    -------
    pandas.DataFrame
        ``weight`` (with its sign), ``what`` and ``where`` it comes from.
    """
    top, rest = found.decisive.head(n), found.decisive.iloc[n:]
    rows = pd.DataFrame(
        {
            "weight": [f"{weight:+.2f}" for weight in top["weight"]],
            "what": [term or "–" for term in top["term"]],
            "where": [_KINDS[kind] for kind in top["kind"]],
        },
        dtype="str",
    )
    if rest.empty:
        return rows
    others = pd.DataFrame(
        {"weight": [f"{rest['weight'].sum():+.2f}"], "what": [f"{len(rest)} others"], "where": [""]}
    )
    return pd.concat([rows, others], ignore_index=True)
