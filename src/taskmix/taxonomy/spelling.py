"""Spellings of the taxonomy's terms: each is known exactly, or it is an error.

Nothing is matched loosely. A tag that taskmix does not know is shown to a person, who adds it
to the workspace's own spellings.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

import pandas as pd

from taskmix.errors import TaxonomyError
from taskmix.taxonomy.terms import AiMode, Category, Oversight, Performer, Wish

TermKind = Literal["category", "performer", "ai_mode", "oversight", "wish"]

#: A workspace spelling with this value is known, and deliberately no tag.
UNTAGGED = "untagged"

_TERMS: dict[str, tuple[str, ...]] = {
    "category": tuple(Category),
    "performer": tuple(Performer),
    "ai_mode": tuple(AiMode),
    "oversight": tuple(Oversight),
    "wish": tuple(Wish),
}

_OTHER_SPELLINGS: dict[str, dict[str, str]] = {
    "category": {
        "judgement": "judgment",
        "creativity": "creative",
        "connection": "connective",
    },
    "performer": {
        "human + ai": "both",
        "ai + human": "both",
        "human and ai": "both",
        "ai and human": "both",
    },
    "ai_mode": {
        "feedback loop": "feedback_loop",
        "feedback-loop": "feedback_loop",
        "task iteration": "task_iteration",
        "task-iteration": "task_iteration",
    },
    "oversight": {"re-work": "rework"},
    "wish": {"y": "yes", "n": "no", "true": "yes", "false": "no"},
}


def parse_term(
    text: str | None, kind: TermKind, *, extra: Mapping[str, str] | None = None
) -> str | None:
    """Return the term of the taxonomy that a text spells.

    Parameters
    ----------
    text : str or None
        As found in a log. Case and surrounding blanks do not matter, everything else does.
    kind : {"category", "performer", "ai_mode", "oversight", "wish"}
        What the text should name.
    extra : mapping of str to str, optional
        The workspace's own spellings, as in ``[tags]`` of ``taskmix.toml``. They come before
        the built-in ones. The value ``"untagged"`` stands for a tag that is known and names
        no term.

    Returns
    -------
    str or None
        The term; None for a missing or empty text and for a tag set to ``"untagged"``.

    Raises
    ------
    TaxonomyError
        If the text is no known spelling, or a value of ``extra`` is no term.

    Examples
    --------
    >>> parse_term(" Judgement ", "category")
    'judgment'
    >>> parse_term("Type: Writing", "category", extra={"Type: Writing": "creative"})
    'creative'
    >>> parse_term("Testing", "category", extra={"testing": "untagged"}) is None
    True
    """
    spellings = _spellings(kind, extra)
    key = _key(text)
    if not key:
        return None
    if key not in spellings:
        accepted = ", ".join(spellings)
        raise TaxonomyError(
            f"{str(text).strip()!r} is no known spelling of a {kind}; accepted: {accepted}. "
            f"If it means one of them, say so under [tags] in taskmix.toml: "
            f'"{str(text).strip()}" = "{_TERMS[kind][0]}" (or "{UNTAGGED}").'
        )
    return spellings[key]


def parse_terms(
    texts: "pd.Series[str]", kind: TermKind, *, extra: Mapping[str, str] | None = None
) -> tuple["pd.Series[str]", "pd.Series[bool]"]:
    """Parse a whole column without raising for a text that is not known.

    Parameters
    ----------
    texts : Series
        Texts as found in a log; may hold missing values.
    kind, extra
        As for :func:`parse_term`.

    Returns
    -------
    terms : Series of str
        The terms under the same index; missing where the text is empty, known as untagged or
        unknown.
    unknown : Series of bool
        True where the text is no known spelling: rows for the quarantine.

    Raises
    ------
    TaxonomyError
        If a value of ``extra`` is no term.

    Examples
    --------
    >>> terms, unknown = parse_terms(pd.Series(["Creative", "fun", None]), "category")
    >>> terms.isna().tolist(), unknown.tolist()
    ([False, True, True], [False, True, False])
    """
    spellings = _spellings(kind, extra)
    if texts.isna().all():
        return texts.astype("str"), pd.Series(False, index=texts.index, name=texts.name)
    # a log repeats few spellings over many rows, so each distinct one is looked up once
    codes, distinct = pd.factorize(texts.astype("object"), use_na_sentinel=True)
    keys = [_key(text) for text in distinct]
    terms = pd.Series([spellings.get(key) for key in keys] + [None], dtype="str")
    unknown = pd.Series([key != "" and key not in spellings for key in keys] + [False], dtype=bool)
    # missing texts carry the code -1, which picks the entry appended above
    return (
        pd.Series(terms.array[codes], index=texts.index, name=texts.name, dtype="str"),
        pd.Series(unknown.array[codes], index=texts.index, name=texts.name, dtype=bool),
    )


def _key(text: Any) -> str:
    """Return the form in which spellings are compared; empty for a missing text."""
    return "" if pd.isna(text) else str(text).strip().casefold()


@cache
def _built_in(kind: str) -> dict[str, str]:
    if kind not in _TERMS:
        raise TaxonomyError(f"{kind!r} is no kind of term; there are {', '.join(_TERMS)}.")
    return {term: str(term) for term in _TERMS[kind]} | _OTHER_SPELLINGS[kind]


def _spellings(kind: str, extra: Mapping[str, str] | None) -> dict[str, str | None]:
    """Join the built-in spellings with the workspace's own, which win."""
    spellings: dict[str, str | None] = {str(k): v for k, v in _built_in(kind).items()}
    own: dict[str, str | None] = {}
    for text, meaning in (extra or {}).items():
        key, value = _key(text), _key(meaning)
        if value != UNTAGGED and value not in _built_in(kind):
            raise TaxonomyError(
                f"[tags] in taskmix.toml: {text!r} is set to {meaning!r}, which is no {kind}; "
                f"use one of {', '.join((*_TERMS[kind], UNTAGGED))}."
            )
        term = None if value == UNTAGGED else _built_in(kind)[value]
        if key in own and own[key] != term:
            raise TaxonomyError(
                f"[tags] in taskmix.toml: {text!r} stands there twice (case does not count), as "
                f"{own[key] or UNTAGGED!r} and {term or UNTAGGED!r}; keep one."
            )
        own[key] = term
    return spellings | own
