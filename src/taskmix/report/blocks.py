"""The blocks a report is written with: each a call in a notebook, each a part of the page.

A block shows itself as ``text/vnd.taskmix+html`` (dressed by the page's stylesheet), as
``text/html`` with a small style of its own for JupyterLab, and as plain text. All text is
escaped and isolated: names and titles are never markup.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from markupsafe import Markup

from taskmix.errors import ReportError
from taskmix.language import noted, tr
from taskmix.report.sparkline import sparkline
from taskmix.report.text import clean, isolate
from taskmix.report.theme import variables
from taskmix.taxonomy import COLOURS

BLOCK_MIME = "text/vnd.taskmix+html"

#: The word that stands before a freshness item, so that its colour is never alone.
_STATE_WORDS = {"ok": noted("OK:"), "amber": noted("Check:"), "red": noted("Stale:")}


@cache
def _jupyter_style() -> Markup:
    css = files("taskmix.report").joinpath("templates/blocks.css").read_text("utf-8")
    return Markup(
        "<style>.tm-lab{{{}}}[data-jp-theme-light='false'] .tm-lab{{{}}}{}</style>"
    ).format(Markup(variables(dark=False)), Markup(variables(dark=True)), Markup(css))


@dataclass(frozen=True)
class Block:
    """One part of the page.

    Parameters
    ----------
    html : Markup
        The part as class-based HTML without style.
    text : str
        The part as plain text.
    """

    html: Markup
    text: str

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        lab = Markup('{}<div class="tm-lab">{}</div>').format(_jupyter_style(), self.html)
        return {BLOCK_MIME: str(self.html), "text/html": str(lab), "text/plain": self.text}


@dataclass(frozen=True)
class Tile:
    """One figure of the row under the findings.

    Parameters
    ----------
    label : str
        What the figure is.
    category : str or None
        A key of ``taskmix.taxonomy.COLOURS``, or None for ink.
    value_text : str
        The value, ready to be read, such as ``"41%"``.
    note : str
        The change in a word and an arrow, and the target.
    sparkline : sequence of float or None
        The values of the periods so far, oldest first; missing ones are None.

    Raises
    ------
    ReportError
        If the category has no colour.
    """

    label: str
    category: str | None
    value_text: str
    note: str = ""
    sparkline: Sequence[float | None] | None = None

    def __post_init__(self) -> None:
        if self.category is not None and self.category not in COLOURS:
            known = ", ".join(COLOURS)
            msg = f"Tile {self.label!r}: category {self.category!r} has no colour; known: {known}."
            raise ReportError(msg)


def headline(text: str) -> Block:
    """Return the page's headline: one sentence that says what changed.

    Examples
    --------
    >>> print(headline("Execution fell to 41% of people’s hours."))
    Execution fell to 41% of people’s hours.
    """
    html = Markup('<h1 class="tm tm-headline">{}</h1>').format(isolate(text))
    return Block(html, clean(text))


def freshness(items: Iterable[tuple[str, Literal["ok", "amber", "red"]]]) -> Block:
    """Return the row that says how fresh the data are.

    Parameters
    ----------
    items : iterable of (str, {"ok", "amber", "red"})
        Texts and their state; the state is shown by word, shape and colour.

    Raises
    ------
    ReportError
        If a state is unknown.

    Examples
    --------
    >>> print(freshness([("Data through 30 Sep 2026", "ok"), ("No audit yet", "amber")]))
    OK: Data through 30 Sep 2026
    Check: No audit yet
    """
    rows, lines = [], []
    for text, state in items:
        if state not in _STATE_WORDS:
            msg = f"freshness: {text!r} has the state {state!r}; use one of ok, amber, red."
            raise ReportError(msg)
        word = tr(_STATE_WORDS[state])
        row = Markup('<li class="tm-{}"><span class="tm-word">{} </span>{}</li>')
        rows.append(row.format(state, word, isolate(text)))
        lines.append(f"{word} {clean(text)}")
    html = Markup('<ul class="tm tm-freshness">{}</ul>').format(Markup("").join(rows))
    return Block(html, "\n".join(lines))


def findings(items: Iterable[tuple[str, str]]) -> Block:
    """Return the findings side by side: what changed, why, what to decide.

    Examples
    --------
    >>> print(findings([("What changed", "Execution is down 6 points.")]))
    What changed: Execution is down 6 points.
    """
    # A notebook names its findings in English; what an analyst named in no catalogue stays.
    pairs = [(clean(tr(label)), clean(sentence)) for label, sentence in items]
    parts = Markup("").join(
        Markup("<div><h2>{}</h2><p>{}</p></div>").format(isolate(label), isolate(sentence))
        for label, sentence in pairs
    )
    html = Markup('<section class="tm tm-findings">{}</section>').format(parts)
    return Block(html, "\n".join(f"{label}: {sentence}" for label, sentence in pairs))


def tiles(items: Iterable[Tile]) -> Block:
    """Return the row of figures.

    Examples
    --------
    >>> print(tiles([Tile("Execution", "execution", "41%", "↓ fell 6 points (±2)")]))
    Execution: 41%, ↓ fell 6 points (±2)
    """
    parts, lines = [], []
    for tile in items:
        name = tile.category or "ink"
        line = sparkline(tile.sparkline, name) if tile.sparkline is not None else Markup("")
        parts.append(
            Markup(
                '<div><dt><i class="tm-fill-{}"></i>{}</dt>'
                '<dd class="tm-value">{}</dd><dd class="tm-note">{}</dd>{}</div>'
            ).format(
                name,
                isolate(tile.label),
                isolate(tile.value_text),
                isolate(tile.note),
                Markup('<dd class="tm-trend">{}</dd>').format(line) if line else "",
            )
        )
        note = f", {clean(tile.note)}" if tile.note else ""
        lines.append(f"{clean(tile.label)}: {clean(tile.value_text)}{note}")
    html = Markup('<dl class="tm tm-tiles">{}</dl>').format(Markup("").join(parts))
    return Block(html, "\n".join(lines))
