"""Charts of the mix: shares over time, hours now, teams side by side."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import (
    INK,
    LINE,
    SOFT,
    colour,
    dressed,
    label,
    label_ends,
    longer_by,
    named,
    share_axes,
)
from taskmix.language import number, percentage, tr
from taskmix.periods import short_name
from taskmix.taxonomy import CATEGORIES, LABELS


def shares_over_time(shares: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure:
    """Draw each category's share of human hours over the periods.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``period``, ``category``, ``share`` (0–1), as `taskmix.measures.shares` makes it, of all
        categories or some.
    title, takeaway : str
        What the chart shows.
    base : str
        What the shares are of, such as ``1,240 people``.
    """
    periods = list(dict.fromkeys(shares["period"]))
    shown = [category for category in CATEGORIES if (shares["category"] == category).any()]
    wide = shares.pivot_table(index="period", columns="category", values="share", observed=True)
    wide = wide.reindex(index=periods, columns=shown)
    ends = wide.ffill().iloc[-1].dropna()
    top = max(0.1, float(wide.max().max()) * 1.12)
    figure = go.Figure()
    for category in shown:
        figure.add_scatter(
            x=[short_name(period) for period in periods],
            y=wide[category].tolist(),
            name=tr(category),
            mode="lines+markers",
            line={"color": colour(category), "width": 2.5},
            marker={"size": 6 if len(periods) > 1 else 11},
            hovertemplate=f"{tr(category)} %{{y:.0%}}<extra>%{{x}}</extra>",
        )
    label_ends(figure, ends, top=top)
    figure.update_layout(
        margin={"l": 44, "r": 128 + longer_by(shown), "t": 12, "b": 36},
        **share_axes(len(periods), top=top),
    )
    table = wide.round(4).rename_axis("period").reset_index()
    return dressed(
        figure, title=title, subtitle=tr(
            "Share of human hours, {base}. Not audited: no interval.",
            base=base
        ),
        takeaway=takeaway, table=table, csv="shares_over_time",
        narrow={"margin": {"r": 126 + longer_by(shown), "l": 38}, "xaxis": {"nticks": 4}},
    )  # fmt: skip


def hours_by_label(hours: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure:
    """Draw the hours of one period by label, unsure apart: these sum exactly.

    Parameters
    ----------
    hours : pandas.DataFrame
        One period of `taskmix.measures.hours_by_label`.
    """
    table = hours.set_index("label").reindex(list(LABELS))
    figure = go.Figure()
    figure.add_bar(
        x=table["hours"].tolist(),
        y=named(LABELS),
        orientation="h",
        marker={"color": [colour(name) for name in LABELS]},
        text=[
            f"{number(value, 0)} h" + ("" if pd.isna(part) else f" · {percentage(part)}")
            for value, part in zip(table["hours"], table["share_of_hours"], strict=True)
        ],
        textposition="outside",
        textfont={"color": INK, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
    )
    longest = float(table["hours"].max())
    figure.update_layout(
        margin={"l": 84, "r": 16, "t": 4, "b": 28},
        bargap=0.35,
        xaxis={"range": [0, max(longest, 1e-9) * 1.45], "showgrid": False, "visible": False},
        yaxis={"autorange": "reversed", "ticklabelstandoff": 6},
    )
    shown = table.reset_index()[["label", "hours", "share_of_hours", "n_tasks", "n_without_hours"]]
    return dressed(
        figure, title=title,
        subtitle=tr(
            "Human hours by tag and sure label, {base}. These add up exactly.",
            base=base
        ),
        takeaway=takeaway, table=shown.round(4), csv="hours_by_label", height=250, half=True,
        # A label beside the longest bar needs more of a narrow page.
        narrow={"xaxis": {"range": [0, max(longest, 1e-9) * 1.9]}},
    )  # fmt: skip


def execution_by_team(
    teams: pd.DataFrame, *, title: str, takeaway: str, base: str, note: str
) -> go.Figure | None:
    """Draw each team's share of execution, one dot a team; None with fewer than two teams.

    Parameters
    ----------
    teams : pandas.DataFrame
        ``team`` and ``share`` of execution (0–1); suppressed teams are absent.
    note : str
        How many teams are not shown, and why.
    """
    ordered = teams.dropna(subset=["share"]).sort_values(["share", "team"], ignore_index=True)
    if len(ordered) < 2:
        return None
    names = [label(team) for team in ordered["team"]]
    figure = go.Figure()
    figure.add_scatter(
        x=ordered["share"].tolist(),
        y=list(range(len(ordered))),
        mode="markers+text",
        marker={"size": 11, "color": colour("execution")},
        text=[percentage(share) for share in ordered["share"]],
        textposition="middle right",
        textfont={"color": INK, "size": 13},
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure.update_layout(
        margin={"l": 8, "r": 40, "t": 4, "b": 32},
        xaxis={"tickformat": ".0%", "gridcolor": LINE, "zeroline": False, "rangemode": "tozero"},
        # Two long names may be cut to the same label, so the axis counts and the ticks name.
        yaxis={
            "tickmode": "array", "tickvals": list(range(len(names))), "ticktext": names,
            "automargin": True, "showgrid": True, "gridcolor": LINE, "zeroline": False,
            "range": [-0.6, len(names) - 0.4], "ticklabelstandoff": 6, "color": SOFT,
        },
    )  # fmt: skip
    table = ordered.sort_values("share", ascending=False)[["team", "share"]].round(4)
    return dressed(
        figure, title=title, subtitle=tr(
            "Execution’s share of human hours, {base}. Not audited.",
            base=base
        ),
        takeaway=takeaway, table=table, csv="execution_by_team",
        height=max(200, 60 + 30 * len(names)), note=note,
    )  # fmt: skip
