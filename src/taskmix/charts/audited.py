"""Charts of shares that an audit corrected: intervals over time, now, and team by team."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import (
    INK,
    LINE,
    SOFT,
    colour,
    dressed,
    known_values,
    label,
    label_ends,
    longer_by,
    named,
    share_axes,
    with_key,
)
from taskmix.charts.mix import execution_by_team, shares_over_time
from taskmix.language import tr
from taskmix.periods import short_name
from taskmix.taxonomy import CATEGORIES


def audited_over_time(shares: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure:
    """Draw each category's share over the periods, with the intervals that audits earned.

    Audited periods have bars and are joined by a line; the sorter's own shares are a dotted line
    with open marks, since a corrected share beside an uncorrected one is no change. Where no
    period was audited the chart is `taskmix.charts.shares_over_time`.

    Parameters
    ----------
    shares : pandas.DataFrame
        ``period``, ``category``, ``share``, ``low``, ``high``, ``model`` (0–1) and ``audited``,
        as `taskmix.measures.estimation.audited_shares` makes it.
    title, takeaway : str
        What the chart shows.
    base : str
        What the shares are of.
    """
    if not shares["audited"].any():
        return shares_over_time(shares, title=title, takeaway=takeaway, base=base)
    periods = list(dict.fromkeys(shares["period"]))
    names = [short_name(period) for period in periods]
    by_category = {c: _of(shares, c, periods) for c in CATEGORIES}
    figure = go.Figure()
    for category, rows in by_category.items():
        if not rows["audited"].all():
            figure.add_scatter(
                x=names, y=known_values(rows["model"]), mode="lines+markers", hoverinfo="skip",
                line={"color": colour(category), "width": 1, "dash": "dot"},
                marker={"size": 6, "symbol": "circle-open"},
            )  # fmt: skip
        figure.add_scatter(
            x=names, y=known_values(rows["share"].where(rows["audited"])), name=tr(category),
            mode="lines+markers", line={"color": colour(category), "width": 2.5},
            marker={"size": 8}, error_y=_bars(rows),
            hovertemplate=f"{tr(category)} %{{y:.0%}}<extra>%{{x}}</extra>",
        )  # fmt: skip
    top = max(0.1, 1.08 * float(shares[["share", "high", "model"]].max().max()))
    ends = pd.Series({c: rows["share"].iloc[-1] for c, rows in by_category.items()}).dropna()
    label_ends(figure, ends, top=top)
    figure.update_layout(
        margin={"l": 44, "r": 128 + longer_by(CATEGORIES), "t": 12, "b": 36},
        **share_axes(len(periods), top=top),
    )
    dotted = "" if shares["audited"].all() else tr(" Dotted: not audited, the sorter’s own shares.")
    return dressed(
        figure, title=title,
        subtitle=tr(
            "Share of human hours, {base}. Bars: 95% intervals, audited.{dotted}",
            base=base, dotted=dotted
        ),
        takeaway=takeaway, table=_table(shares, ["period", "category"]), csv="shares_over_time",
        narrow={"margin": {"r": 126 + longer_by(CATEGORIES), "l": 38}, "xaxis": {"nticks": 4}},
    )  # fmt: skip


def audited_mix(now: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw one period's shares with their intervals beside what the sorter alone says.

    Parameters
    ----------
    now : pandas.DataFrame
        One period of `taskmix.measures.estimation.audited_shares`.

    Returns
    -------
    plotly.graph_objects.Figure or None
        None where the period has no interval.
    """
    rows = now.set_index("category").reindex(list(CATEGORIES))
    if rows["low"].isna().all():
        return None
    figure = go.Figure()
    figure.add_scatter(
        x=known_values(rows["model"]), y=named(CATEGORIES), mode="markers", name=tr(
            "the sorter alone"
        ),
        marker={"size": 11, "symbol": "circle-open", "color": SOFT, "line": {"width": 2}},
        hovertemplate=tr("%{y}: %{x:.0%}, not audited<extra></extra>"),
    )  # fmt: skip
    figure.add_scatter(
        x=known_values(rows["share"]), y=named(CATEGORIES), mode="markers", name=tr("audited"),
        marker={"size": 11, "color": [colour(name) for name in CATEGORIES]}, error_x=_bars(rows),
        hovertemplate="%{y}: %{x:.0%}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 16, "t": 34, "b": 34},
        xaxis={"tickformat": ".0%", "gridcolor": LINE, "zeroline": False, "rangemode": "tozero"},
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False,
               "ticklabelstandoff": 6},
    )  # fmt: skip
    dressed(
        figure, title=title, subtitle=tr(
            "Share of human hours, {base}. Bars: 95% intervals.",
            base=base
        ),
        takeaway=takeaway, table=_table(now, ["category"]), csv="audited_mix", height=250,
    )  # fmt: skip
    return with_key(figure)


def audited_by_team(
    teams: pd.DataFrame, *, title: str, takeaway: str, base: str, note: str
) -> go.Figure | None:
    """Draw each team's share of execution with its interval; None with fewer than two teams.

    Where no team is audited the chart is `taskmix.charts.execution_by_team`.

    Parameters
    ----------
    teams : pandas.DataFrame
        One row a shown team: ``team``, ``share``, ``low``, ``high`` and ``audited``.
    note : str
        How many teams are not shown, and how the others' figures were made.
    """
    words: dict[str, Any] = {"title": title, "takeaway": takeaway, "base": base, "note": note}
    if not teams["audited"].any():
        return execution_by_team(teams, **words)
    ordered = teams.dropna(subset=["share"]).sort_values(["share", "team"], ignore_index=True)
    if len(ordered) < 2:
        return None
    names = [label(team) for team in ordered["team"]]
    figure = go.Figure()
    figure.add_scatter(
        x=known_values(ordered["share"]), y=list(range(len(ordered))), mode="markers",
        marker={
            "size": 11, "color": colour("execution"),
            "symbol": ["circle" if audited else "circle-open" for audited in ordered["audited"]],
        },
        error_x=_bars(ordered), customdata=names,
        hovertemplate="%{customdata}: %{x:.0%}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 24, "t": 4, "b": 32},
        xaxis={"tickformat": ".0%", "gridcolor": LINE, "zeroline": False, "rangemode": "tozero"},
        # Two long names may be cut to the same label, so the axis counts and the ticks name.
        yaxis={
            "tickmode": "array", "tickvals": list(range(len(names))), "ticktext": names,
            "automargin": True, "showgrid": True, "gridcolor": LINE, "zeroline": False,
            "range": [-0.6, len(names) - 0.4], "ticklabelstandoff": 6, "color": INK,
        },
    )  # fmt: skip
    return dressed(
        figure, title=title, subtitle=tr("Execution’s share of human hours, {base}.", base=base),
        takeaway=takeaway, table=_table(ordered.iloc[::-1], ["team"]), csv="execution_by_team",
        height=max(200, 60 + 30 * len(names)), note=note,
    )  # fmt: skip


def _of(shares: pd.DataFrame, category: str, periods: list[str]) -> pd.DataFrame:
    rows = shares[shares["category"] == category].set_index("period").reindex(periods)
    return rows.assign(audited=rows["audited"].fillna(False).astype(bool))


def _bars(rows: pd.DataFrame) -> dict[str, Any]:
    """Return error bars from `low` to `high`, none where there is no interval."""
    return {
        "type": "data", "symmetric": False, "color": SOFT, "thickness": 1.5, "width": 0,
        "array": (rows["high"] - rows["share"]).fillna(0).tolist(),
        "arrayminus": (rows["share"] - rows["low"]).fillna(0).tolist(),
    }  # fmt: skip


def _table(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    columns = {
        "share": "share", "low": tr("95% from"), "high": tr("95% to"), "model": tr("sorter alone"),
        "estimator": "by",
    }  # fmt: skip
    return rows[[*names, *columns]].rename(columns=columns).round(4).reset_index(drop=True)
