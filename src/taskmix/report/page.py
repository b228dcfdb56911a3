"""Pieces and facts put together to one HTML page, in either of its two forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from taskmix.language import moment, tr, trn
from taskmix.report.assets import asset_name, packed_plotly_js, script_hash
from taskmix.report.beside import ROOM
from taskmix.report.figures import Chart
from taskmix.report.outputs import Failure, Piece
from taskmix.report.plotly_json import inline_json
from taskmix.report.release import page_manifest, release_notice
from taskmix.report.sanitise import plain_text
from taskmix.report.templating import render, resource
from taskmix.report.text import clean, readable_name
from taskmix.report.theme import plotly_template, twins

#: What the header and footer take from the notebook's result.
_FACTS = (
    "organisation", "team", "period", "made_at", "time_zone", "table_version", "taskmix_version",
)  # fmt: skip
#: Room for a title in a browser's tab or a mail's attachment list.
_TITLE_LENGTH = 150


@dataclass(frozen=True)
class Form:
    """How a page reaches plotly.js and its neighbours.

    Parameters
    ----------
    site : bool
        True for a page of a site, False for a single file.
    assets_url : str
        Relative address of the site's assets folder, ending in a slash.
    home_url : str
        Relative address of the site's index, or empty.
    name : str
        The notebook's file name without its ending, or empty where it is not known.
    tables_url, pdf_url : str
        Relative addresses of the page's workbook and of its PDF, or empty.
    linked : bool
        True where other pages of the same report lie beside it.
    """

    site: bool
    assets_url: str = ""
    home_url: str = ""
    name: str = ""
    tables_url: str = ""
    pdf_url: str = ""
    linked: bool = False


def report_page(
    pieces: Sequence[Piece],
    facts: Mapping[str, Any] | None,
    failure: Failure | None,
    form: Form,
) -> str:
    """Return a report as one HTML page.

    Parameters
    ----------
    pieces : sequence of Piece
        The notebook's parts, in order.
    facts : mapping or None
        What the notebook left with ``result``.
    failure : Failure or None
        Where it failed.
    form : Form
        Site or single file.
    """
    dressed, title = _with_one_h1(pieces)
    lead, more, rest = _apart(pieces, dressed)
    known = {key: clean(value) for key in _FACTS if (value := (facts or {}).get(key)) is not None}
    known |= {"made_at": moment(known["made_at"])} if "made_at" in known else {}
    charts = [piece.chart for piece in pieces if piece.chart is not None]
    draws = any(chart.drawable for chart in charts)
    script = resource("page.js").strip()
    packed, packed_hash = packed_plotly_js() if draws and not form.site else ("", "")
    return render(
        "report.html.j2",
        lead=_rows(lead),
        more=_rows(more),
        more_words=_more_words(more),
        rest=_rows(rest),
        title=title or readable_name(form.name) or tr("Report"),
        has_h1=bool(title),
        facts={**dict.fromkeys(_FACTS, ""), **known},
        failure=failure,
        notice=release_notice(facts),
        manifest=inline_json(page_manifest(facts)),
        form=form,
        room=Markup(ROOM) if form.linked else "",
        notebook_url=quote(f"{form.name}.ipynb") if form.site and form.name else "",
        plotly_url=f"{form.assets_url}{asset_name()}" if draws and form.site else "",
        packed=packed,
        script=Markup(script) if charts else "",
        settings=inline_json({"twins": twins(), "template": plotly_template()}),
        policy=_policy(script if charts else "", packed_hash, site=form.site and draws),
    )


def _policy(script: str, packed_hash: str, *, site: bool) -> str:
    sources = ["'self'"] if site else []
    sources += [script_hash(script.encode())] if script else []
    sources += [packed_hash] if packed_hash else []
    return (
        "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; "
        f"script-src {' '.join(sources) or chr(39) + 'none' + chr(39)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _with_one_h1(pieces: Sequence[Piece]) -> tuple[list[Chart | Markup], str]:
    """Return what the page shows of each piece, its chart or its HTML, and the page's title."""
    ranked = sorted((p for p in pieces if p.has_h1), key=lambda piece: piece.kind != "block")
    owner = ranked[0] if ranked else None
    title, dressed = "", []
    for piece in pieces:
        html = piece.safe(keep_h1=piece is owner)
        if piece is owner:
            title = plain_text(html[html.index("<h1") : html.index("</h1>")])[:_TITLE_LENGTH]
        dressed.append(piece.chart or html)
    return dressed, title


def _apart(
    pieces: Sequence[Piece], dressed: Sequence[Chart | Markup]
) -> tuple[list[Chart | Markup], list[Chart | Markup], list[Chart | Markup]]:
    """Return what stands above the fold of more charts, in it, and below it.

    All pieces tagged for it are in the one fold, where the last of them stood.
    """
    folded = [place for place, piece in enumerate(pieces) if piece.more]
    last = folded[-1] if folded else len(pieces)
    shown = [place for place, piece in enumerate(pieces) if not piece.more]
    above = [dressed[place] for place in shown if place < last]
    below = [dressed[place] for place in shown if place > last]
    return above, [dressed[place] for place in folded], below


def _rows(dressed: Sequence[Chart | Markup]) -> list[list[Chart | Markup]]:
    """Return rows of one or two charts or one text each."""
    rows: list[list[Chart | Markup]] = []
    for beside, group in groupby(dressed, key=lambda item: getattr(item, "half", False)):
        items = list(group)
        size = 2 if beside else 1
        rows.extend(items[i : i + size] for i in range(0, len(items), size))
    return rows


def _more_words(more: Sequence[Chart | Markup]) -> str:
    n_charts = sum(isinstance(item, Chart) for item in more)
    if not n_charts:
        return tr("More")
    return trn("{n} more chart", "{n} more charts", n_charts)
