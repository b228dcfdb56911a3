"""Charts of when a figure shifted: one series with its line, and the teams' middles."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, SOFT, colour, dressed, known_values, label
from taskmix.charts.localised import month_ticks
from taskmix.language import noted, short_month_and_year, tr
from taskmix.periods import short_name

_DAY = "%Y-%m-%d"


def shift_over_time(
    lines: pd.DataFrame, shift: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure | None:
    """Draw a monthly share with the line of what was found; None without a month.

    Parameters
    ----------
    lines : pandas.DataFrame
        As `taskmix.measures.shift_lines` makes it, of one series of shares (0–1).
    shift : pandas.DataFrame
        Its one row of `taskmix.measures.find_shifts`.
    title, takeaway : str
        What the chart shows.
    base : str
        What the shares are of, and whose.
    """
    if lines.empty:
        return None
    days = _middles(lines["period"])
    figure = go.Figure()
    figure.add_scatter(
        x=days, y=known_values(lines["value"]), mode="markers", name=tr("as logged"),
        marker={"color": colour("ai"), "size": 7}, customdata=_names(lines["period"]),
        hovertemplate="%{y:.0%}<extra>%{customdata}</extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=days, y=known_values(lines["fitted"]), mode="lines", name=tr("fitted"), hoverinfo="skip",
        line={"color": INK, "width": 2},
    )  # fmt: skip
    _mark(figure, shift.iloc[0])
    figure.update_layout(
        margin={"l": 44, "r": 16, "t": 30, "b": 34},
        xaxis={"type": "date", "showgrid": False, "tickangle": 0, **month_ticks(days, most=8)},
        yaxis={"tickformat": ".0%", "gridcolor": LINE, "zeroline": False, "rangemode": "tozero"},
    )  # fmt: skip
    return dressed(
        figure, title=title, subtitle=tr(
            "{base} Dots: months; line: what was found. Estimated from tags and "
            "probabilities, not audited.",
            base=tr(base),
        ),
        takeaway=takeaway, table=lines[["period", "value", "fitted"]].round(4), csv="shift",
        narrow={"xaxis": month_ticks(days, most=4)},
    )  # fmt: skip


def shifts_by_team(
    shifts: pd.DataFrame, *, title: str, takeaway: str, base: str, note: str
) -> go.Figure | None:
    """Draw when each team was half-way, in the order of their names; None with fewer than two.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `taskmix.measures.find_shifts` makes it by team; those without a midpoint are in the
        table alone.
    note : str
        How many teams have none, and why.
    """
    known = shifts.dropna(subset=["midpoint"]).sort_values("team", ignore_index=True)
    if len(known) < 2:
        return None
    places, names = list(range(len(known))), [label(team) for team in known["team"]]
    ends = [f"{day:{_DAY}}" for name in ("low", "high") for day in known[f"midpoint_{name}"]]
    figure = go.Figure()
    for row, place in zip(known.itertuples(), places, strict=True):
        figure.add_scatter(
            x=[f"{row.midpoint_low:{_DAY}}", f"{row.midpoint_high:{_DAY}}"], y=[place, place],
            mode="lines", line={"color": SOFT, "width": 3}, hoverinfo="skip",
        )  # fmt: skip
    figure.add_scatter(
        x=known["midpoint"].dt.strftime(_DAY).tolist(), y=places, mode="markers",
        marker={"color": colour("ai"), "size": 10}, hovertemplate="%{customdata}<extra></extra>",
        customdata=[short_month_and_year(day) for day in known["midpoint"]],
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 16, "t": 4, "b": 34},
        xaxis={"type": "date", "gridcolor": LINE, "tickangle": 0, **month_ticks(ends, most=6)},
        yaxis={"tickmode": "array", "tickvals": places, "ticktext": names, "automargin": True,
               "range": [len(names) - 0.4, -0.6], "gridcolor": LINE, "zeroline": False,
               "ticklabelstandoff": 6, "color": SOFT},
    )  # fmt: skip
    days = ["midpoint", "midpoint_low", "midpoint_high"]
    table = shifts.assign(**{name: shifts[name].dt.strftime(_DAY) for name in days})
    columns = ["team", "n_months", "kind", *days, "width", "width_low", "width_high", "why_not"]
    return dressed(
        figure, title=title, subtitle=tr(
            "The day on which AI’s part of execution was half-way, {base}. Lines: 95% "
            "intervals. In the order of names.",
            base=base
        ),
        takeaway=takeaway, table=table[columns].round(2), csv="shifts_by_team",
        height=max(200, 60 + 28 * len(names)), note=note,
        narrow={"xaxis": month_ticks(ends, most=3)},
    )  # fmt: skip


def _mark(figure: go.Figure, shift: pd.Series) -> None:
    """Mark the midpoint with its interval, or the month of a sudden shift."""
    if shift["kind"] == "sudden":
        day, words = pd.Timestamp(f"{shift['step_month']}-01"), noted("shifted {month}")
    elif not pd.isna(shift["midpoint"]):
        figure.add_vrect(
            x0=f"{shift['midpoint_low']:{_DAY}}", x1=f"{shift['midpoint_high']:{_DAY}}",
            fillcolor=colour("ai"), opacity=0.18, line_width=0,
        )  # fmt: skip
        day, words = shift["midpoint"], noted("half-way {month}")
    else:
        return
    at = f"{day:{_DAY}}"
    figure.add_vline(x=at, line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=at, y=1, yref="paper", yanchor="bottom", showarrow=False,
        text=tr(words, month=short_month_and_year(day)), font={"color": INK, "size": 13},
    )  # fmt: skip


def _middles(periods: pd.Series) -> list[str]:
    return [f"{period}-15" for period in periods]


def _names(periods: pd.Series) -> list[str]:
    return [short_name(period) for period in periods]
