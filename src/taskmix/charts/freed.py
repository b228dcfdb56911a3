"""Charts of freed hours: the account as a waterfall, and AI's own effect with its intervals."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, SOFT, colour, dressed, known_values, lying
from taskmix.language import noted, number, tr

#: Part → its colour and how a chart names it.
_PARTS = {
    "released": (colour("execution"), noted("execution released")),
    "judgment": (colour("judgment"), noted("to judgment")),
    "creative": (colour("creative"), noted("to creative")),
    "connective": (colour("connective"), noted("to connective")),
    "oversight": (colour("ai"), noted("to overseeing AI")),
    "unsure": (colour("unsure"), noted("to unsure")),
    "left_work": (SOFT, noted("left work")),
}
_ROW = 40


def freed_hours(freed: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw the released hours and where they went as a waterfall; None where there is no account.

    Parameters
    ----------
    freed : pandas.DataFrame
        As `taskmix.measures.freed_hours` makes it.
    title, takeaway : str
        What the chart shows.
    base : str
        Whose hours they are.
    """
    if freed["hours"].isna().all():
        return None
    figure = go.Figure()
    starts = freed["rest"].mask(freed["part"] == "released", 0.0)
    figure.add_bar(
        y=[tr(_PARTS[part][1]) for part in freed["part"]],
        x=known_values(freed["hours"]),
        base=known_values(starts),
        orientation="h",
        marker={"color": [_PARTS[part][0] for part in freed["part"]]},
        hoverinfo="skip",
    )
    ends = starts + freed["hours"]
    low, high = min(starts.min(), ends.min(), 0.0), max(starts.max(), ends.max(), 0.0)
    room = max(high - low, 1e-9)
    for row, right in zip(freed.itertuples(), starts.where(starts > ends, ends), strict=True):
        figure.add_annotation(
            x=right, y=tr(_PARTS[row.part][1]), xanchor="left", xshift=6, showarrow=False,
            text=f"{signed(row.hours)}{_interval(row)}", font={"color": INK, "size": 13},
        )  # fmt: skip
    figure.update_layout(
        bargap=0.35,
        **lying(6, range=[low - 0.05 * room, high + 0.5 * room], ticksuffix=" h"),
    )
    now, before = freed["period"].iloc[0], freed["against"].iloc[0]
    columns = ["part", "before", "now", "hours", "low", "high", "no_interval"]
    missing = sorted(set(freed["no_interval"]) - {""})
    return dressed(
        figure, title=title, subtitle=tr(
            "Hours a person-week, {before} to {now}, {base}. An account of what was logged, "
            "by tag and sure label; no effect of anything.",
            before=before, now=now, base=base,
        ),
        takeaway=takeaway, table=freed[columns].round(3), csv="freed_hours",
        height=40 + _ROW * len(freed), note="; ".join(missing),
        narrow={"xaxis": {"nticks": 3, "range": [low - 0.05 * room, high + 1.1 * room]}},
    )  # fmt: skip


def freed_effect(effect: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw AI's effect on each part of a person-week with its interval; None where there is none.

    Parameters
    ----------
    effect : pandas.DataFrame
        As `taskmix.measures.freed_effect` makes it.
    title, takeaway : str
        What the chart shows.
    """
    if effect["hours"].isna().all():
        return None
    names = [tr(_PARTS[part][1]) for part in effect["part"]]
    hues = [_PARTS[part][0] for part in effect["part"]]
    figure = go.Figure()
    for row, name, hue in zip(effect.itertuples(), names, hues, strict=True):
        figure.add_scatter(
            x=[row.low, row.high], y=[name, name], mode="lines", hoverinfo="skip",
            line={"color": hue, "width": 3},
        )  # fmt: skip
    figure.add_scatter(
        x=known_values(effect["hours"]), y=names, mode="markers",
        marker={"size": 12, "color": hues, "line": {"color": INK, "width": 1}}, cliponaxis=False,
        hovertemplate="%{y}: %{x:+.1f} h<extra></extra>",
    )  # fmt: skip
    for row, name in zip(effect.itertuples(), names, strict=True):
        figure.add_annotation(
            x=1, xref="paper", y=name, xanchor="left", xshift=8, showarrow=False,
            text=signed(row.hours), font={"color": INK, "size": 13},
        )  # fmt: skip
    figure.update_layout(lying(6, right=64, ticksuffix=" h"), yaxis_gridcolor=LINE)
    columns = ["part", "hours", "low", "high", "n_with", "n_without", "n_before", "tagged"]
    return dressed(
        figure, title=title, subtitle=tr(
            "Hours a person-week in {period}, teams with AI against what teams without it "
            "let expect, by tag and sure label. Lines: 95% intervals over teams.",
            period=effect["period"].iloc[0],
        ),
        takeaway=takeaway, table=effect[columns].round(3), csv="freed_effect",
        height=40 + _ROW * len(names), narrow={"xaxis": {"nticks": 3}},
    )  # fmt: skip


def signed(hours: float) -> str:
    """Write hours with their sign, and nothing as nothing.

    Examples
    --------
    >>> signed(1.26), signed(-0.4), signed(-0.04)
    ('+1.3 h', '−0.4 h', '0.0 h')
    """
    size = number(abs(hours), 1, grouped=False)
    sign = "" if f"{abs(hours):.1f}" == "0.0" else "−" if hours < 0 else "+"
    return f"{sign}{size} h"


def _interval(row: Any) -> str:
    if pd.isna(row.low):
        return ""
    low, high = (number(end, 1, grouped=False).replace("-", "−") for end in (row.low, row.high))
    return tr(" ({low} to {high})", low=low, high=high)
