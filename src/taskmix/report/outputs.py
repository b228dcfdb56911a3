"""From a notebook's cells to the pieces of a page: one output, one best form."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from markupsafe import Markup
from nbconvert.filters import strip_ansi
from nbconvert.filters.markdown_mistune import (
    InvalidNotebook,
    IPythonRenderer,
    MarkdownWithMath,
)

from taskmix.errors import ReportError
from taskmix.language import tr
from taskmix.report.blocks import BLOCK_MIME
from taskmix.report.figures import PLOTLY_MIME, Chart, read_chart
from taskmix.report.proof import RESULT_MIME
from taskmix.report.sanitise import plain_text, sanitise, sanitise_block
from taskmix.report.text import clean

#: Tags of cells that are the notebook's own business: ours, and those that papermill adds.
LEFT_OUT = frozenset(
    ("notebook-only", "parameters", "injected-parameters", "papermill-error-cell-tag")
)

#: The tag of cells whose parts the page folds away: more charts than a leader has time for.
MORE = "more"

_WIDGET_MIME = "application/vnd.jupyter.widget-view+json"
_PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")


@dataclass(frozen=True)
class Piece:
    """One part of the page, in the notebook's order.

    Parameters
    ----------
    kind : {"block", "markdown", "html", "chart", "picture", "text", "notice"}
        What it is.
    html : str
        Its HTML, not yet sanitised if it is a block, markdown or html.
    chart : Chart or None
        The chart, for that kind only.
    more : bool
        Whether it belongs to what the page folds away.
    """

    kind: Literal["block", "markdown", "html", "chart", "picture", "text", "notice"]
    html: str = ""
    chart: Chart | None = None
    more: bool = False

    @property
    def has_h1(self) -> bool:
        """Whether a first-rank heading stands in it."""
        return self.kind in ("block", "markdown", "html") and "<h1" in self.html

    def safe(self, *, keep_h1: bool) -> Markup:
        """Return the piece's HTML as the page may hold it."""
        if self.kind == "block":
            return sanitise_block(self.html, keep_h1=keep_h1)
        if self.kind in ("markdown", "html"):
            return sanitise(self.html, keep_h1=keep_h1)
        return Markup(self.html)


@dataclass(frozen=True)
class Failure:
    """Where a notebook failed.

    Parameters
    ----------
    place : str
        The heading it stands under, and the cell's number.
    error : str
        The error's name and text.
    """

    place: str
    error: str


def read_pieces(cells: Iterable[Any]) -> list[Piece]:
    """Return the pieces of all cells that belong on the page.

    Raises
    ------
    ReportError
        If a figure's table or a markdown cell's attachment is broken.
    """
    pieces: list[Piece] = []
    for number, cell in enumerate(cells, 1):
        tags = set(cell["metadata"].get("tags", ()))
        if LEFT_OUT & tags:
            continue
        own: Iterable[Piece] = ()
        if cell["cell_type"] == "markdown":
            own = [Piece("markdown", _markdown(cell, number))]
        elif cell["cell_type"] == "code":
            charts = sum(piece.kind == "chart" for piece in pieces)
            own = _cell_pieces(cell["outputs"], charts)
        pieces.extend(replace(piece, more=MORE in tags) for piece in own)
    return pieces


def find_failure(cells: Iterable[Any]) -> Failure | None:
    """Return where the notebook failed first, or None."""
    heading = ""
    for number, cell in enumerate(cells, 1):
        if cell["cell_type"] == "markdown":
            lines = [line for line in cell["source"].splitlines() if line.startswith("#")]
            heading = clean(lines[-1].lstrip("# ")) if lines else heading
        for output in cell.get("outputs", ()):
            if output["output_type"] == "error":
                place = tr("cell {number}", number=number)
                if heading:
                    place = tr("“{heading}”, cell {number}", heading=heading, number=number)
                error = strip_ansi(f"{output['ename']}: {output['evalue']}")
                return Failure(place, clean(error)[:300])
    return None


def _markdown(cell: Any, number: int) -> str:
    renderer = IPythonRenderer(
        escape=False, exclude_anchor_links=True, attachments=cell.get("attachments")
    )
    try:
        return MarkdownWithMath(renderer=renderer).render(tr(cell.source))
    except InvalidNotebook as error:
        msg = f"Cell {number}: {error}. Put the picture into the cell again and save the notebook."
        raise ReportError(msg) from error


def _cell_pieces(outputs: Iterable[Any], charts: int) -> Iterator[Piece]:
    printed = ""
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream" and output["name"] == "stdout":
            printed += output["text"]
            continue
        if kind not in ("display_data", "execute_result"):
            continue
        if printed.strip():
            yield _preformatted(printed)
        printed = ""
        piece = _best(output["data"], output.get("metadata", {}), charts + 1)
        if piece is not None:
            charts += piece.kind == "chart"
            yield piece
    if printed.strip():
        yield _preformatted(printed)


def _best(data: Mapping[str, Any], metadata: Mapping[str, Any], number: int) -> Piece | None:
    if RESULT_MIME in data or _WIDGET_MIME in data:
        return None
    if BLOCK_MIME in data:
        return Piece("block", str(data[BLOCK_MIME]))
    if PLOTLY_MIME in data:
        return Piece("chart", chart=read_chart(data[PLOTLY_MIME], number=number))
    return _foreign(data, metadata)


def _foreign(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Piece | None:
    for mime in _PICTURES:
        if mime in data:
            return _picture(mime, data[mime], metadata.get(mime, {}))
    if "text/html" in data:
        return _html(str(data["text/html"]))
    if "text/markdown" in data:
        rendered = MarkdownWithMath(renderer=IPythonRenderer(escape=False)).render
        return Piece("markdown", rendered(str(data["text/markdown"])))
    text = str(data.get("text/plain", ""))
    return _preformatted(text) if text.strip() else None


def _html(html: str) -> Piece | None:
    if plain_text(str(sanitise(html))) or "<img" in sanitise(html):
        return Piece("html", html)
    if "Plotly.newPlot" not in html:
        return None
    # Written by one of Plotly's script renderers: nothing of it can be shown.
    return Piece(
        "notice",
        '<p class="tm-notice">A chart is missing here: the notebook drew it with a renderer that '
        "leaves only a script. Run it with Plotly’s default renderer.</p>",
    )


def _picture(mime: str, content: Any, metadata: Mapping[str, Any]) -> Piece:
    text = "".join(content)
    if mime == "image/svg+xml":
        text = base64.b64encode(clean(text).encode()).decode("ascii")
    alt = clean(metadata.get("alt") or tr("Picture made by the notebook"))
    source = f"data:{mime};base64,{''.join(text.split())}"
    html = Markup('<p class="tm-picture"><img src="{}" alt="{}"></p>').format(source, alt)
    return Piece("picture", html)


def _preformatted(text: str) -> Piece:
    html = Markup('<pre class="tm-printed" tabindex="0">{}</pre>').format(
        clean(strip_ansi(text)).rstrip()
    )
    return Piece("text", html)
