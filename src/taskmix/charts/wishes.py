"""Chart of what people want automated beside what AI does."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, colour, dressed, known_values, with_key
from taskmix.language import noted, number, tr


def wishes(table: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw by category what part people want automated and what part AI takes part in.

    Parameters
    ----------
    table : pandas.DataFrame
        One period and group of `taskmix.measures.wishes`.
    title, takeaway, base : str
        What the chart shows, and whose tasks.

    Returns
    -------
    plotly.graph_objects.Figure or None
        None where no category has enough answers.
    """
    known = table.dropna(subset=["wanted"])
    if known.empty:
        return None
    names = [
        tr(
            "{category}<br>{n_answers} answers of {n_people} people",
            category=tr(row.label),
            n_answers=number(row.n_answers),
            n_people=number(row.n_people),
        )
        for row in known.itertuples()
    ]
    figure = go.Figure()
    for row, name in zip(known.itertuples(), names, strict=True):
        if not pd.isna(row.with_ai):
            figure.add_scatter(
                x=[row.wanted, row.with_ai], y=[name, name], mode="lines", showlegend=False,
                line={"color": LINE, "width": 3}, hoverinfo="skip",
            )  # fmt: skip
    for column, words, hue, symbol in (
        ("wanted", noted("people want it automated"), INK, "circle-open"),
        ("with_ai", noted("AI takes part"), colour("ai"), "circle"),
    ):
        figure.add_scatter(
            x=known_values(known[column]), y=names, mode="markers", name=tr(words),
            marker={"size": 13, "color": hue, "symbol": symbol, "line": {"width": 2}},
            hovertemplate=f"{tr(words)}: %{{x:.0%}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 16, "t": 40, "b": 32},
        xaxis={"tickformat": ".0%", "range": [-0.02, 1.02], "gridcolor": LINE, "zeroline": False},
        yaxis={"autorange": "reversed", "automargin": True, "ticklabelstandoff": 6},
    )
    dressed(
        figure, title=title, subtitle=tr(
            "Part of the tasks whose people answered, and of those whose performer is known, "
            "{base}.",
            base=base
        ),
        takeaway=takeaway, table=table.round(4), csv="wishes", height=90 + 54 * len(names),
        narrow={"margin": {"t": 62}},
    )  # fmt: skip
    return with_key(figure)
