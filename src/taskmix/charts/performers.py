"""Charts of who carries work out: people, AI, or both."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import (
    INK,
    LINE,
    colour,
    dressed,
    known_values,
    label_ends,
    longer_by,
    share_axes,
)
from taskmix.language import noted, percentage, tr
from taskmix.periods import short_name

# "Together" is AI's own colour at half strength: no category's colour may stand for it.
_PARTS = [
    ("human", colour("execution"), noted("people")),
    ("both", f"{colour('ai')}80", noted("together")),
    ("ai", colour("ai"), noted("AI alone")),
    ("unknown", colour("unsure"), noted("not known")),
]
_LINES = {
    "human": ("execution", noted("people")),
    "both": ("ai", noted("together")),
    "ai": ("ai", noted("AI alone")),
}


def execution_over_time(
    performers: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure:
    """Draw who executed, in percent of the execution tasks, unknown as its own segment.

    Parameters
    ----------
    performers : pandas.DataFrame
        ``period`` and the counts of `taskmix.measures.execution_by_performer`.
    """
    periods = [short_name(period) for period in performers["period"]]
    sign = percentage(0.0).lstrip("0")
    figure = go.Figure()
    for performer, hue, words in _PARTS:
        counts = performers[f"n_{performer}"]
        figure.add_bar(
            x=periods,
            y=counts.tolist(),
            name=tr(words),
            marker={"color": hue},
            hovertemplate=f"{tr(words)} %{{y:.0f}}{sign}<extra>%{{x}}</extra>",
        )
    figure.update_layout(
        barmode="stack",
        barnorm="percent",
        bargap=0.25,
        margin={"l": 44, "r": 12, "t": 34, "b": 36},
        xaxis={"type": "category", "showgrid": False, "tickangle": 0},
        yaxis={
            "ticksuffix": sign,
            "range": [0, 100],
            "gridcolor": LINE,
            "zeroline": False,
        },
    )
    dressed(
        figure, title=title, subtitle=tr(
            "Part of execution tasks by who carried them out, {base}.",
            base=base
        ),
        takeaway=takeaway, table=performers.round(4), csv="execution_by_performer", height=300,
        half=True,
        narrow={"xaxis": {"nticks": 4}, "legend": {"font": {"size": 12}}},
    )  # fmt: skip
    # Segments of a stack have no free end to label directly; the key stands right above them.
    return figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0,
            "font": {"color": INK, "size": 12}, "traceorder": "normal",
            "itemclick": False, "itemdoubleclick": False,
        },
    )  # fmt: skip


def performer_shares_over_time(
    parts: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure:
    """Draw each performer's part of execution over the periods.

    Parameters
    ----------
    parts : pandas.DataFrame
        ``period``, ``performer``, ``share`` (0–1), as `taskmix.measures.performer_shares` makes it.
    """
    periods = list(dict.fromkeys(parts["period"]))
    wide = parts.pivot_table(index="period", columns="performer", values="share", observed=True)
    wide = wide.reindex(index=periods, columns=list(_LINES))
    ends = wide.ffill().iloc[-1].dropna()
    figure = go.Figure()
    for performer, (name, words) in _LINES.items():
        figure.add_scatter(
            x=[short_name(period) for period in periods],
            y=known_values(wide[performer]),
            name=tr(words),
            mode="lines+markers",
            # The two that AI has a hand in share its colour; the dashes tell them apart.
            line={
                "color": colour(name),
                "width": 2.5,
                "dash": "dot" if performer == "both" else "solid",
            },
            marker={"size": 6 if len(periods) > 1 else 11},
            hovertemplate=f"{tr(words)} %{{y:.0%}}<extra>%{{x}}</extra>",
        )
    label_ends(figure, ends, top=1, said=_LINES)
    longer = longer_by(words for _, words in _LINES.values())
    figure.update_layout(
        margin={"l": 44, "r": 124 + longer, "t": 12, "b": 36},
        **share_axes(len(periods), top=1.04),
    )
    table = wide.round(4).rename_axis("period").reset_index()
    return dressed(
        figure, title=title,
        subtitle=tr(
            "Part of the execution tasks whose performer is known, estimated, {base}. Not "
            "audited: no interval.",
            base=base
        ),
        takeaway=takeaway, table=table, csv="performer_shares_over_time",
        narrow={"margin": {"r": 122 + longer, "l": 38}, "xaxis": {"nticks": 4}},
    )  # fmt: skip
