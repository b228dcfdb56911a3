"""Charts of a role's path: its mix through the periods, and several roles' first and last."""

from collections.abc import Iterable

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import LINE, colour, dressed, known_values, label
from taskmix.charts.dress import with_key as keyed
from taskmix.language import percentage, tr
from taskmix.periods import short_name
from taskmix.taxonomy import CATEGORIES

# On a phone a narrower segment has no room for its share; the table has it.
_ROOM = 0.14
# The page's white turns dark with the page, where the colours of the bars turn lighter.
_WHITE = "#ffffff"
_DARK = "#1a1d21"


def role_path(path: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw one role's mix, a bar a period; None with fewer than two periods.

    Parameters
    ----------
    path : pandas.DataFrame
        As `taskmix.measures.composition_path` makes it, of one group.
    title, takeaway, base : str
        What the chart shows, and whose hours.
    """
    if len(path) < 2:
        return None
    figure = go.Figure()
    _add_mix(figure, path, [short_name(period) for period in path["period"]])
    figure.update_layout(**_layout(len(path)))
    dressed(
        figure, title=title, subtitle=tr(
            "Share of human hours, {base}. People join and leave on the way: a role’s path, "
            "nobody’s own.",
            base=base
        ),
        takeaway=takeaway, table=path.round(4), csv="role_path", height=90 + 34 * len(path),
    )  # fmt: skip
    return keyed(figure)


def role_paths(
    path: pd.DataFrame, *, title: str, takeaway: str, base: str, note: str
) -> go.Figure | None:
    """Draw several roles' first and last mix, in the order of names; None with fewer than two.

    Parameters
    ----------
    path : pandas.DataFrame
        As `taskmix.measures.composition_path` makes it by team.
    note : str
        How many teams are not shown, and why.
    """
    counts = path.groupby("team")["period"].transform("size")
    moving = path[counts > 1].sort_values(["team", "period"])
    ends = pd.concat([moving.groupby("team").head(1), moving.groupby("team").tail(1)])
    ends = ends.sort_values(["team", "period"], kind="stable", ignore_index=True)
    if ends["team"].nunique() < 2:
        return None
    names = [f"{label(row.team)} · {short_name(row.period)}" for row in ends.itertuples()]
    figure = go.Figure()
    _add_mix(figure, ends, names)
    figure.update_layout(**_layout(len(ends)))
    dressed(
        figure, title=title, subtitle=tr(
            "Share of human hours in each team’s first and last period, {base}. In the order "
            "of names.",
            base=base
        ),
        takeaway=takeaway, table=path.round(4), csv="role_paths", height=90 + 26 * len(ends),
        note=note,
    )  # fmt: skip
    return keyed(figure)


def _add_mix(figure: go.Figure, mixes: pd.DataFrame, names: list[str]) -> None:
    # Two long names may be cut to the same label, so the axis counts and the ticks name.
    places = list(range(len(names)))
    for category in CATEGORIES:
        values = known_values(mixes[category])
        figure.add_bar(
            y=places, x=values, orientation="h", name=tr(category), customdata=names,
            marker={"color": colour(category), "line": {"color": _WHITE, "width": 1}},
            text=_texts(values), textposition="inside", insidetextanchor="middle",
            textangle=0, textfont={"color": _on(category), "size": 13},
            hovertemplate=f"{tr(category)} %{{x:.0%}}<extra>%{{customdata}}</extra>",
        )  # fmt: skip
    figure.update_yaxes(tickmode="array", tickvals=places, ticktext=names)


def _texts(values: Iterable[float | None]) -> list[str]:
    return [percentage(value) if value is not None and value >= _ROOM else "" for value in values]


def _on(category: str) -> str:
    return _WHITE if category == "judgment" else _DARK


def _layout(n_rows: int) -> dict[str, object]:
    return {
        "barmode": "stack",
        "bargap": 0.25,
        "margin": {"l": 8, "r": 16, "t": 40, "b": 30},
        "xaxis": {"tickformat": ".0%", "range": [0, 1], "gridcolor": LINE, "zeroline": False},
        "yaxis": {"range": [n_rows - 0.4, -0.6], "automargin": True, "ticklabelstandoff": 6},
    }
