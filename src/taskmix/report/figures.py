"""A Plotly figure's way onto the page: title, chart, table and CSV apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from taskmix.errors import ReportError
from taskmix.language import tr
from taskmix.report.plotly_json import inline_json, plain
from taskmix.report.tables import Table, traces_table
from taskmix.report.text import clean, slug, without_pseudo_html

PLOTLY_MIME = "application/vnd.plotly.v1+json"

_HEIGHT = 360
#: WebGL twins compile code at run time, which the page's policy forbids; SVG draws the same.
_SVG_TWINS = {"scattergl": "scatter", "scatterpolargl": "scatterpolar"}
#: Kinds of trace that fetch tiles or outlines from a server.
_NEEDS_NETWORK = ("geo", "map", "choropleth")


@dataclass(frozen=True)
class Chart:
    """A figure ready for the page.

    Parameters
    ----------
    id : str
        Unique on the page.
    title, subtitle, takeaway, note : str
        The finding; unit and base; the sentence for who cannot see it; a remark below.
    table : Table or None
        The data behind it.
    csv_name : str
        The file name that its CSV is saved under.
    height : int
        In pixels, so that the page does not jump when it is drawn.
    half : bool
        Whether it may stand beside another one on a wide screen.
    drawable : bool
        False when it needs a server to draw; then only its table is shown.
    spec : Markup
        Data, layout and narrow overrides as inline JSON.
    """

    id: str
    title: str
    subtitle: str
    takeaway: str
    note: str
    table: Table | None
    csv_name: str
    height: int
    half: bool
    drawable: bool
    spec: Markup


def read_chart(figure: Mapping[str, Any], *, number: int) -> Chart:
    """Return the chart of a Plotly figure, with or without a ``taskmix`` meta.

    Parameters
    ----------
    figure : mapping
        The output's ``application/vnd.plotly.v1+json``; left untouched.
    number : int
        Its place on the page, from 1.

    Returns
    -------
    Chart
        The chart.

    Raises
    ------
    ReportError
        If the meta's rows do not fit its columns.
    """
    traces = [_drawn_as_svg(plain(trace)) for trace in figure.get("data", ())]
    layout = plain(figure.get("layout", {}))
    meta = _own_meta(layout)
    own_title, own_subtitle = _own_title(layout)
    if not meta:
        # The hoisted title leaves its room empty.
        layout["margin"] = {**layout.get("margin", {}), "t": 24}
    # One template serves the whole page; a fixed width would not fit a phone.
    for key in ("template", "width", "title"):
        layout.pop(key, None)
    layout["images"] = [
        image
        for image in layout.get("images", [])
        if str(image.get("source", "")).startswith("data:image/")
    ]
    title = clean(meta.get("title") or own_title or tr("Figure"))
    narrow = meta.get("narrow") or {}
    return Chart(
        id=f"figure-{number}",
        title=title,
        subtitle=clean(meta.get("subtitle") or own_subtitle),
        takeaway=clean(meta.get("takeaway") or title),
        note=clean(meta.get("note") or ""),
        table=_meta_table(meta, title) or traces_table(traces, layout),
        csv_name=f"{slug(meta.get('csv') or title) or f'figure-{number}'}.csv",
        height=int(layout.get("height") or _HEIGHT),
        half=meta.get("half") is True,
        drawable=not any(_needs_network(trace) for trace in traces),
        spec=inline_json({"data": traces, "layout": layout, "narrow": narrow}),
    )


def _own_meta(layout: dict[str, Any]) -> dict[str, Any]:
    meta = layout.get("meta")
    found = meta.pop("taskmix", None) if isinstance(meta, dict) else None
    if meta == {}:
        del layout["meta"]
    return found if isinstance(found, dict) else {}


def _own_title(layout: dict[str, Any]) -> tuple[str, str]:
    title = layout.get("title")
    if isinstance(title, dict):
        subtitle = title.get("subtitle")
        below = subtitle.get("text") if isinstance(subtitle, dict) else subtitle
        return without_pseudo_html(title.get("text") or ""), without_pseudo_html(below or "")
    return without_pseudo_html(title or ""), ""


def _meta_table(meta: Mapping[str, Any], title: str) -> Table | None:
    columns, rows = meta.get("columns"), meta.get("rows")
    if not columns or rows is None:
        return None
    for row in rows:
        if len(row) != len(columns):
            msg = (
                f"Figure {title!r}: meta.taskmix has {len(columns)} columns ({columns}), but a "
                f"row of {len(row)} cells: {row}. Each row needs one cell a column."
            )
            raise ReportError(msg)
    return Table(tuple(map(clean, columns)), tuple(tuple(row) for row in rows))


def _drawn_as_svg(trace: dict[str, Any]) -> dict[str, Any]:
    kind = trace.get("type", "scatter")
    return {**trace, "type": _SVG_TWINS.get(kind, kind)}


def _needs_network(trace: Mapping[str, Any]) -> bool:
    kind = str(trace["type"])
    return "heatmap" not in kind and any(word in kind for word in _NEEDS_NETWORK)
