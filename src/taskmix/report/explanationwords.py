"""Sentences and rows that tell why a task was sorted as it was."""

import math

import pandas as pd

from taskmix.language import noted, number, percentage, tr
from taskmix.report.words import percent
from taskmix.sorting.explanation import Explanation
from taskmix.taxonomy import UNSURE

#: What a page says that has no task to explain.
NOTHING_TO_EXPLAIN = noted(
    "No task was predicted wrong and none is unsure, so there is none to explain; set "
    "`task_id` to ask for one."
)
_KINDS = {
    "cue": noted("cue word"),
    "word": noted("word"),
    "first word": noted("as first word"),
    "context": noted("of the log"),
    "intercept": noted("before any word"),
}


def task_to_explain(task_id: str, *, errors: pd.DataFrame, unsure: pd.DataFrame) -> str:
    """Choose the task that a page explains.

    Parameters
    ----------
    task_id : str
        The one that is asked for; empty: the first of `errors`, else of `unsure`.
    errors : pandas.DataFrame
        ``task_id`` of the errors, the most confident first.
    unsure : pandas.DataFrame
        ``task_id`` of an unsure task of each title, the most frequent first.

    Returns
    -------
    str
        Its id; empty where there is none.
    """
    if task_id.strip():
        return task_id
    listed = [*errors["task_id"].head(1), *unsure["task_id"].head(1)]
    return str(listed[0]) if listed else ""


def explained(found: Explanation | None, *, why_not: str = "") -> str:
    """Put what is said of a task's decision into one paragraph.

    Parameters
    ----------
    found : taskmix.sorting.explanation.Explanation or None
    why_not : str
        What to say where there is none.
    """
    if found is None:
        return why_not
    sentences = (decision_sentence(found), tag_sentence(found), against_sentence(found))
    # a paragraph takes backticks for code, and its direction from its first letter
    title = str(found.task["title"] or tr("(no title)")).replace("`", "'")
    about = tr("Task {task_id}, “{title}”.", task_id=found.task["task_id"], title=title)
    return " ".join(sentence for sentence in (about, *sentences) if sentence)


def decision_sentence(found: Explanation) -> str:
    """Say what the sorter decided, and how sure it is.

    Parameters
    ----------
    found : taskmix.sorting.explanation.Explanation
    """
    p, name = found.probabilities[found.likeliest], tr(found.likeliest)
    written, needed = percent(p), percent(found.threshold)
    if p < found.threshold and written == needed:
        # 59.6% of 60% would read as enough
        written, needed = percentage(p, 1), percentage(found.threshold, 1)
    if math.isinf(found.threshold):
        rule = tr(
            "which it never assigns alone: on later tasks {name} was not shown to be "
            "right often enough",
            name=name,
        )
    else:
        rule = tr("assigned from {needed} on", needed=needed)
    if found.category == UNSURE:
        return tr(
            "Unsure: {name} is likeliest at {written}, {rule}.",
            name=name,
            written=written,
            rule=rule,
        )
    return tr(
        "Sorted as {category}, at {written} ({rule}).",
        category=tr(found.category),
        written=written,
        rule=rule,
    )


def tag_sentence(found: Explanation) -> str:
    """Say what a person's tag has to do with it; empty without one."""
    tag = found.task["tag"]
    counts = (
        tr("A person’s tag, {tag}, counts, whatever the sorter says.", tag=tr(str(tag)))
        if tag
        else ""
    )
    if not found.learned:
        return counts
    if found.held_out:
        learned = tr(
            "The model learned from a tag of this task; the percentages come from "
            "sorters that saw no tag of its title, the weights below from the model "
            "itself."
        )
    else:
        learned = tr(
            "The model learned from a tag of this task, which had another title then; "
            "percentages and weights are the model’s own."
        )
    return f"{counts} {learned}".strip()


def against_sentence(found: Explanation) -> str:
    """Say what the weights are and what they add up to."""
    total = float(found.decisive["weight"].sum())
    then = tr(", and then the sum is calibrated") if found.calibrated else ""
    return tr(
        "Weights (log-odds) for {likeliest} rather than {next}; they add up to "
        "{total}. {frequency} is added for how frequent the two are{then}.",
        likeliest=tr(found.likeliest),
        next=tr(found.next_likeliest),
        total=_signed(total),
        frequency=_signed(found.frequency),
        then=then,
    )


def decisive_rows(found: Explanation | None, *, n: int = 12) -> pd.DataFrame:
    """Return the heaviest weights as rows to show.

    Parameters
    ----------
    found : taskmix.sorting.explanation.Explanation or None
    n : int
        How many; the others are added up in one row.

    Returns
    -------
    pandas.DataFrame
        ``weight`` (with its sign), ``what`` and ``where`` it comes from. No row of None.
    """
    if found is None:
        return pd.DataFrame(columns=["weight", "what", "where"], dtype="str")
    top, rest = found.decisive.head(n), found.decisive.iloc[n:]
    rows = pd.DataFrame(
        {
            "weight": [_signed(weight) for weight in top["weight"]],
            "what": [term or "–" for term in top["term"]],
            "where": [tr(_KINDS[kind]) for kind in top["kind"]],
        },
        dtype="str",
    )
    if rest.empty:
        return rows
    others = pd.DataFrame(
        {
            "weight": [_signed(rest["weight"].sum())],
            "what": [tr("{n} others", n=len(rest))],
            "where": [""],
        }
    )
    return pd.concat([rows, others], ignore_index=True)


def _signed(weight: float) -> str:
    sign = "-" if f"{weight:+.2f}".startswith("-") else "+"
    return f"{sign}{number(abs(weight), 2, grouped=False)}"
