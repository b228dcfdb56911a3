"""A marker over time, always above the one to read it beside."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from taskmix.charts.dress import INK, LINE, SOFT, colour, dressed, known_values
from taskmix.language import tr
from taskmix.periods import short_name

#: A marker whose hours are of one category, or of AI, has its colour; the others are ink.
_HUES = {
    "connection": "connective", "decision": "judgment", "creativity": "creative",
    "creativity_with_ai": "creative", "guiding_ai": "ai", "rework": "ai",
}  # fmt: skip
_ROW = 150
#: Characters of a heading that fit on a phone, its two tags included.
_LINE = 47


def marker_beside(
    markers: pd.DataFrame,
    catalogue: pd.DataFrame,
    *,
    marker: str,
    title: str,
    takeaway: str,
    base: str,
    note: str,
) -> go.Figure | None:
    """Draw a marker over the periods, its counterweight below; None where it never has a value.

    Neither axis has a good end, so none is marked.

    Parameters
    ----------
    markers : pandas.DataFrame
        ``period``, ``marker``, ``value``, ``low``, ``high``, ``n_people``, ``why_not``, of one
        group, as `taskmix.measures.markers.markers` makes them.
    catalogue : pandas.DataFrame
        As `taskmix.measures.markers.marker_catalogue` makes it.
    marker : str
    title, takeaway : str
        What the chart shows.
    base : str
        Whose figures they are.
    note : str
        What the marker stands on, its caveat, and why the other is beside it.
    """
    facts = catalogue.set_index("marker")
    pair = [marker, facts.loc[marker, "counterweight"]]
    shown = markers[markers["marker"].isin(pair)]
    if shown.loc[shown["marker"] == marker, "value"].isna().all():
        return None
    periods = list(dict.fromkeys(shown["period"]))
    names = [short_name(period) for period in periods]
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.22)
    for place, name in enumerate(pair, start=1):
        rows = shown[shown["marker"] == name].set_index("period").reindex(periods)
        hue = colour(_HUES[name]) if name in _HUES else INK
        figure.add_scatter(
            x=names, y=known_values(rows["value"]), error_y=_bars(rows), row=place, col=1,
            mode="lines+markers", line={"color": hue, "width": 2.5},
            marker={"size": 7 if len(periods) > 1 else 11}, name=tr(facts.title[name]),
            hovertemplate="%{y}<extra>%{x}</extra>",
        )  # fmt: skip
        figure.update_yaxes(
            row=place, col=1, gridcolor=LINE, zeroline=False, nticks=4,
            rangemode="tozero", tickformat=_ticks(facts.loc[name], rows),
        )  # fmt: skip
        figure.add_annotation(
            text=_heading(facts.loc[name], rows), x=0, xref="paper", xanchor="left", y=1,
            yref=f"y{place if place > 1 else ''} domain", yanchor="bottom", yshift=4,
            showarrow=False, font={"color": INK if place == 1 else SOFT, "size": 13},
        )  # fmt: skip
    figure.update_xaxes(type="category", range=[-0.3, max(len(periods) - 0.7, 0.5)])
    figure.update_layout(margin={"l": 48, "r": 16, "t": 30, "b": 36})
    columns = ["period", "marker", "value", "low", "high", "n_people", "n_days", "why_not"]
    return dressed(
        figure, title=title, subtitle=tr(
            "{base}. Bars: 95% intervals over people, where one is earned.",
            base=base
        ),
        takeaway=takeaway, table=shown[columns].round(4), csv=f"marker_{marker}",
        height=2 * _ROW + 40, half=True, note=note,
        narrow={
            "xaxis": {"nticks": 4}, "xaxis2": {"nticks": 4}, "margin": {"t": 48},
            "annotations": [
                {**heading.to_plotly_json(), "text": _in_two_lines(heading.text)}
                for heading in figure.layout.annotations
            ],
        },
    )  # fmt: skip


def _bars(rows: pd.DataFrame) -> dict[str, Any]:
    """Draw intervals as bars up and down from their values; none where none is earned."""
    return {
        "type": "data", "symmetric": False, "color": SOFT, "thickness": 1.2, "width": 4,
        "array": (rows["high"] - rows["value"]).fillna(0).tolist(),
        "arrayminus": (rows["value"] - rows["low"]).fillna(0).tolist(),
    }  # fmt: skip


def _ticks(fact: pd.Series, rows: pd.DataFrame) -> str:
    if fact["unit"] != "share":
        return ""
    # Ticks of a few in a thousand would all read 0%.
    return ".0%" if rows[["value", "high"]].max().max() >= 0.04 else ".1%"


def _in_two_lines(heading: str) -> str:
    """Break a heading after its name, where a phone has no room for it on one line."""
    return heading.replace("</b>, ", "</b>,<br>") if len(heading) > _LINE else heading


def _heading(fact: pd.Series, rows: pd.DataFrame) -> str:
    if rows["value"].isna().all():
        # Without the unit, which would push it off a narrow page.
        return tr("<b>{title}</b>: not shown here", title=tr(fact.title))
    unit = tr("part {of}", of=tr(fact.of)) if fact.unit == "share" else tr(fact.of)
    return f"<b>{tr(fact.title)}</b>, {unit}"
