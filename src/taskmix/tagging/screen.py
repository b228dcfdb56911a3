"""What the tagger's screen shows, as JSON: plain texts, and nothing of what the sorter thinks."""

from itertools import groupby
from typing import Any

from taskmix.tagging.session import Session
from taskmix.taxonomy import load_codebook

_RULE = (
    "Tag a task by what it is for, not by the tool it was done in; where it holds several kinds "
    "of work, by the kind that took most of its time."
)
_NEXT = "taskmix sort sorts by them; taskmix queue status tells how far people agree."
_NOBODY = "nobody is named: give a tagger above, if more than one person tags"


def show(session: Session, *, said: str = "") -> dict[str, Any]:
    """Say what is on the screen now.

    Parameters
    ----------
    session : Session
    said : str
        What has just been done.

    Returns
    -------
    dict
        ``where``, ``count`` and ``done`` (sentences), ``n_tasks``, ``n_answered``, ``task``
        (``id``, ``about``, ``title``, ``own``, ``category``: what this tagger said of it before;
        None when all are tagged), ``can_undo``, ``can_go_back`` and ``said``. All texts are
        untrusted.
    """
    n_tasks, n_answered = len(session.tasks), len(session.given)
    who = f"as {session.tagger}" if session.tagger else _NOBODY
    return {
        "where": f"{session.period} · {who}",
        "count": f"{n_answered:,} of {n_tasks:,} tagged",
        "n_tasks": n_tasks,
        "n_answered": n_answered,
        "task": _task(session),
        "done": f"All {n_tasks:,} tasks are tagged.",
        "can_undo": bool(session.said),
        "can_go_back": bool(session.seen),
        "said": said or ("" if session.task_id else _NEXT),
    }


def show_codebook() -> dict[str, Any]:
    """Give the codebook as the screen shows it: the rule, the categories and their borders."""
    book = load_codebook()
    # Borders of one pair stand together; the pairs in the codebook's order.
    order = list(dict.fromkeys(border.between for border in book.borders))
    borders = sorted(book.borders, key=lambda border: order.index(border.between))
    pairs = groupby(borders, key=lambda border: border.between)
    return {
        "rule": _RULE,
        "entries": [
            {
                "category": entry.category,
                "name": entry.category.capitalize(),
                "definition": entry.definition,
                "belongs": list(entry.belongs),
                "does_not_belong": list(entry.does_not_belong),
            }
            for entry in book.entries
        ],
        "borders": [
            {
                "between": f"{first.capitalize()} or {second}",
                "rulings": [
                    {
                        "question": border.question,
                        "ruling": border.ruling,
                        "example": f"“{border.example}” is {border.goes_to}.",
                    }
                    for border in rulings
                ],
            }
            for (first, second), rulings in pairs
        ],
    }


def _task(session: Session) -> dict[str, str] | None:
    if session.task_id is None:
        return None
    row = session.tasks.loc[session.task_id]
    own = session.given.get(session.task_id, "")
    return {
        "id": session.task_id,
        "about": " · ".join(part for part in (row["date"], row["project"]) if part),
        "title": row["title"] or "(no title)",
        "own": f"You said {own}. Another key changes it." if own else _put_off(session),
        "category": own,
    }


def _put_off(session: Session) -> str:
    return "You skipped it before." if session.task_id in session.skipped else ""
