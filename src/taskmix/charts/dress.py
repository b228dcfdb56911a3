"""What every chart has in common: escaped labels, colours, and the facts the page needs."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.columns import heading, in_words
from taskmix.charts.localised import localised, narrow_ticks
from taskmix.language import percentage, tr
from taskmix.taxonomy import COLOURS, TEXT_COLOURS

SOFT = COLOURS["soft"][0]
INK = COLOURS["ink"][0]
LINE = COLOURS["line"][0]
_LABEL_LENGTH = 28
#: About as many pixels a letter of a line's label takes.
_LETTER = 9
# Of the axis: a label of 13 px on a plot of about 280 px.
_LABEL_GAP = 0.07


def colour(name: str) -> str:
    """Return the light colour of a category, of ``ai`` or ``unsure``."""
    return COLOURS[name][0]


def label(text: str, *, length: int = _LABEL_LENGTH) -> str:
    """Make untrusted text a harmless chart label of at most `length` characters.

    Plotly reads labels as pseudo-HTML, and marks of writing direction would turn the words
    beside them around.

    Examples
    --------
    >>> label("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    """
    plain = "".join(letter for letter in text if letter.isprintable())
    short = plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"
    return short.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def dressed(
    figure: go.Figure,
    *,
    title: str,
    subtitle: str,
    takeaway: str,
    table: pd.DataFrame,
    csv: str,
    height: int = 330,
    half: bool = False,
    note: str = "",
    narrow: dict[str, Any] | None = None,
) -> go.Figure:
    """Give a figure its height, its title, and the table behind it.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Is changed and returned; it was made by the caller.
    title : str
        What the chart shows, as a sentence; plain text.
    subtitle : str
        Unit and base.
    takeaway : str
        The sentence for who cannot see the chart.
    table : pandas.DataFrame
        What stands behind it, as shown under the chart and in its CSV.
    csv : str
        Name of the CSV file without ending.
    """
    rows = [
        [None if pd.isna(cell) else cell for cell in row]
        for row in in_words(table).astype("object").to_numpy().tolist()
    ]
    meta = {
        "title": title,
        "subtitle": subtitle,
        "takeaway": takeaway,
        "note": note,
        "columns": [heading(name) for name in table.columns],
        "rows": rows,
        "csv": csv,
        "half": half,
        "narrow": narrow_ticks(localised(figure), narrow or {}),
    }
    return figure.update_layout(
        meta={"taskmix": meta},
        height=height,
        showlegend=False,
        title={"text": label(title, length=200)},
    )


def named(keys: Iterable[str]) -> list[str]:
    """Say categories, labels or other words that a chart counts by."""
    return [tr(str(key)) for key in keys]


def known_values(values: pd.Series) -> list[float | None]:
    """Return numbers for a trace; None, which is left out, where one is missing."""
    return [None if pd.isna(value) else float(value) for value in values]


def spaced(ends: pd.Series, top: float) -> dict[str, float]:
    """Move the labels at the lines' ends apart so that none covers another."""
    gap = _LABEL_GAP * top
    places: dict[str, float] = {}
    floor = -1.0
    for name, value in ends.sort_values().items():
        floor = max(float(value), floor + gap)
        places[str(name)] = floor
    return places


def label_ends(
    figure: go.Figure,
    ends: pd.Series,
    *,
    top: float,
    said: Mapping[str, tuple[str, str]] | None = None,
) -> None:
    """Write each line's name and last share at its end, right of the plot.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Is changed.
    ends : pandas.Series
        The last share of each line, by its name.
    top : float
        The upper end of the axis.
    said : mapping of str to (str, str), optional
        The colour's name and the words of a line that is not called by its own name.
    """
    for name, place in spaced(ends, top).items():
        hue, words = (said or {}).get(name, (name, name))
        figure.add_annotation(
            x=1, xref="paper", xanchor="left", xshift=8, y=place, showarrow=False,
            text=f"<b>{tr(words)}</b> {percentage(ends[name])}",
            font={"color": TEXT_COLOURS[hue][0], "size": 13},
        )  # fmt: skip


def longer_by(words: Iterable[str]) -> int:
    """Return how many pixels more the longest label takes than in English, with its percentage."""
    keys = list(words)
    letters = max(map(len, named(keys))) - max(map(len, keys))
    blank = len(percentage(0.0)) - len("0%")
    return _LETTER * max(0, letters + blank)


def share_axes(n_periods: int, *, top: float) -> dict[str, Any]:
    """Lay out the axes of shares over periods, for `update_layout`."""
    return {
        "xaxis": {"type": "category", "range": [-0.15, max(n_periods - 0.85, 0.5)]},
        "yaxis": {"tickformat": ".0%", "range": [0, top], "gridcolor": LINE, "zeroline": False},
    }


def lying(nticks: int, *, above: int = 4, right: int = 16, **xaxis: Any) -> dict[str, Any]:
    """Lay out bars or lines that lie, the first on top, from 0 both ways, for `update_layout`.

    Parameters
    ----------
    nticks : int
        At most so many ticks.
    above, right : int
        Room above and beside the plot, in px.
    **xaxis
        What else the axis of values has.
    """
    return {
        "margin": {"l": 8, "r": right, "t": above, "b": 30},
        "xaxis": {"gridcolor": LINE, "zerolinecolor": INK, "nticks": nticks, **xaxis},
        "yaxis": {"autorange": "reversed", "automargin": True, "ticklabelstandoff": 6},
    }


def with_key(figure: go.Figure) -> go.Figure:
    """Put the key right above a chart whose marks have no free end to label.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure
        Is changed and returned; it was made by the caller, with 34 px above the plot.
    """
    return figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "xanchor": "left",
            "font": {"color": INK, "size": 12}, "traceorder": "normal",
            "itemclick": False, "itemdoubleclick": False,
        },
    )  # fmt: skip
