"""What Plotly would write in English, written here: marks of numbers, percentages, months.

Plotly has other languages in scripts of their own, which a page has no room for. So the marks of
decimals and thousands are set, and percentages are written in Python where a language sets their
sign apart, which d3's formats cannot.
"""

import math
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from taskmix.language import ENGLISH, percentage, separators, short_month_and_year, spoken

_PERCENT = re.compile(r"(\+?)\.(\d)%")
_HOVER = re.compile(r"%\{([xy]):(\+?)\.(\d)%\}")
#: The most ticks of percentages; more would touch on a phone.
_MOST_TICKS = 6


def localised(figure: go.Figure) -> go.Figure:
    """Let a figure write numbers as the spoken language does; in English it stays as it is."""
    if separators() != (".", ","):
        figure.update_layout(separators="".join(separators()))
    if percentage(0.0) == "0%":
        return figure
    for trace in figure.data:
        _write_hover(trace)
    for name in [
        key for key in figure.layout.to_plotly_json() if re.fullmatch("[xy]axis\\d*", key)
    ]:
        _write_ticks(figure, name)
    return figure


def narrow_ticks(figure: go.Figure, narrow: dict[str, Any]) -> dict[str, Any]:
    """Return what a phone changes of a figure, with half of the ticks that were written here."""
    found = dict(narrow)
    for name in [key for key in figure.layout.to_plotly_json() if re.fullmatch("xaxis\\d*", key)]:
        axis = figure.layout[name]
        if not _PERCENT.fullmatch(axis.tickformat or "") or axis.tickvals is None:
            continue
        ticks = list(zip(axis.tickvals, axis.ticktext, strict=True))
        origin = next((place for place, (value, _) in enumerate(ticks) if value == 0), 0)
        values, texts = zip(*ticks[origin % 2 :: 2], strict=True)
        found[name] = {**found.get(name, {}), "tickvals": list(values), "ticktext": list(texts)}
    return found


def month_ticks(days: Iterable[str], *, most: int) -> dict[str, Any]:
    """Return an axis of months: in English Plotly names them, else they are named here.

    Parameters
    ----------
    days : iterable of str
        The days that the axis has to reach, as 2026-10-03.
    most : int
        The most ticks there is room for.
    """
    if spoken() == ENGLISH:
        return {"tickformat": "%b %Y", "nticks": most}
    months = pd.period_range(min(days), max(days), freq="M")
    step = -(-len(months) // most)
    shown = [month.start_time for month in months[::step]]
    return {
        "tickmode": "array",
        "tickvals": [f"{day:%Y-%m-%d}" for day in shown],
        "ticktext": [short_month_and_year(day) for day in shown],
    }


def _write_hover(trace: Any) -> None:
    """Write the percentages of a trace's hover texts, a text a point."""
    template = trace.hovertemplate
    if not isinstance(template, str) or not _HOVER.search(template):
        return
    values = {"x": trace.x, "y": trace.y}

    def at(place: int) -> str:
        return _HOVER.sub(
            lambda part: _percent(values[part[1]][place], int(part[3]), signed=bool(part[2])),
            template,
        )

    trace.hovertemplate = [at(place) for place in range(len(trace.x))]


def _write_ticks(figure: go.Figure, name: str) -> None:
    """Write the ticks of an axis of percentages; those beyond its range are not drawn."""
    axis = figure.layout[name]
    form = _PERCENT.fullmatch(axis.tickformat or "")
    if form is None:
        return
    ticks = _ticks(*_ends(figure, name))
    # A step of half a point needs its decimal.
    exact = any(round(100 * tick, 6) != round(100 * tick) for tick in ticks)
    decimals = max(int(form[2]), int(exact))
    texts = [_percent(tick, decimals, signed=bool(form[1])) for tick in ticks]
    axis.update(tickmode="array", tickvals=ticks, ticktext=texts)


def _ends(figure: go.Figure, name: str) -> tuple[float, float]:
    axis = figure.layout[name]
    if axis.range is not None:
        return float(axis.range[0]), float(axis.range[1])
    letter, own = name[0], name.replace("axis", "")
    values = [
        float(value)
        for trace in figure.data
        if (trace[f"{letter}axis"] or letter) == own
        for value in trace[letter]
        if value is not None
    ]
    return min([0.0, *values]), max([0.0, *values])


def _ticks(low: float, high: float) -> list[float]:
    """Return round numbers between two, as many as there is room for."""
    rough = max(high - low, 1e-6) / _MOST_TICKS
    scale = 10.0 ** math.floor(math.log10(rough))
    step = next(n * scale for n in (1, 2, 5, 10) if n * scale >= rough)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _percent(share: float | None, decimals: int, *, signed: bool) -> str:
    if share is None:
        return ""
    sign = "−" if share < 0 else "+" if signed and share > 0 else ""
    return f"{sign}{percentage(abs(share), decimals)}"
