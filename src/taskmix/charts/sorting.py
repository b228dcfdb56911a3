"""Charts of the sorting: what is tagged, sorted or unsure, and how far to believe it."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, colour, dressed, label
from taskmix.charts.intake import SCALE, whole_numbers
from taskmix.periods import short_name
from taskmix.taxonomy import CATEGORIES

# As on the report's panel "How sure is this?": the model's part is pale, people's is ink.
_SORTED = f"{colour('judgment')}73"
_PARTS = [("tagged", INK), ("sorted", _SORTED), ("unsure", colour("unsure"))]


def effort_by_basis(effort: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure:
    """Draw what part of the hours was tagged, sorted or left unsure, over the periods.

    Parameters
    ----------
    effort : pandas.DataFrame
        ``period``, ``basis``, ``share_of_hours`` (0–1) and the counts, as
        `taskmix.measures.effort_by_basis` makes it.
    """
    periods = list(dict.fromkeys(effort["period"]))
    figure = go.Figure()
    for basis, hue in _PARTS:
        own = effort[effort["basis"] == basis]
        figure.add_bar(
            x=[short_name(period) for period in own["period"]],
            y=_known(own["share_of_hours"]),
            name=basis, marker={"color": hue},
            hovertemplate=f"{basis} %{{y:.0%}}<extra>%{{x}}</extra>",
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        margin={"l": 48, "r": 12, "t": 34, "b": 36},
        xaxis={"type": "category", "showgrid": False, "tickangle": 0, "nticks": 12},
        # The pale part would show the grid through.
        yaxis={"tickformat": ".0%", "range": [0, 1.001], "showgrid": False},
    )
    dressed(
        figure, title=title, takeaway=takeaway,
        subtitle="Part of human hours: tagged by people, sorted by the model, left unsure.",
        table=effort.round(4), csv="effort_by_basis", height=300,
        narrow={"xaxis": {"nticks": 4}} if len(periods) > 4 else None,
    )  # fmt: skip
    return _with_key(figure)


def effort_by_team(
    effort: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure | None:
    """Draw the same for each team of one period; None with fewer than two teams.

    Parameters
    ----------
    effort : pandas.DataFrame
        One period of `taskmix.measures.effort_by_basis` by period and team.
    base : str
        Which period.
    """
    teams = list(dict.fromkeys(effort["team"]))
    if len(teams) < 2:
        return None
    names = [label(team, length=20) for team in teams]
    figure = go.Figure()
    for basis, hue in _PARTS:
        own = effort[effort["basis"] == basis].set_index("team").reindex(teams)
        figure.add_bar(
            x=_known(own["share_of_hours"]), y=list(range(len(teams))), orientation="h",
            name=basis, marker={"color": hue},
            hovertemplate=f"{basis} %{{x:.0%}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        bargap=0.3,
        margin={"l": 8, "r": 16, "t": 34, "b": 32},
        xaxis={"tickformat": ".0%", "range": [0, 1.001], "showgrid": False, "nticks": 6},
        yaxis={
            "autorange": "reversed", "automargin": True, "showgrid": False, "tickmode": "array",
            "tickvals": list(range(len(names))), "ticktext": names,
        },
    )  # fmt: skip
    dressed(
        figure, title=title, subtitle=f"Part of each team’s human hours, {base}.",
        takeaway=takeaway, table=effort.round(4), csv="effort_by_team",
        height=96 + 28 * len(names),
        narrow={
            "xaxis": {"nticks": 3},
            "yaxis": {"ticktext": [label(team, length=13) for team in teams]},
        },
    )  # fmt: skip
    return _with_key(figure)


def certainty(steps: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure:
    """Draw how probable the likeliest category of the untagged tasks is.

    Parameters
    ----------
    steps : pandas.DataFrame
        ``at_least``, ``sure``, ``n_tasks`` and ``share``, as `taskmix.measures.certainty` makes it.
    base : str
        Whose tasks.
    """
    figure = go.Figure()
    for sure, hue, words in ((False, colour("unsure"), "unsure"), (True, _SORTED, "sorted")):
        own = steps[steps["sure"] == sure]
        figure.add_bar(
            x=[f"{low:.0%}" for low in own["at_least"]], y=own["n_tasks"].tolist(),
            name=words, marker={"color": hue},
            hovertemplate=f"{words}: %{{y:,}} tasks<extra>from %{{x}}</extra>",
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        bargap=0.12,
        margin={"l": 52, "r": 12, "t": 34, "b": 36},
        xaxis={"type": "category", "showgrid": False, "tickangle": 0, "nticks": 15},
        yaxis={
            "gridcolor": LINE,
            "nticks": 5,
            "rangemode": "tozero",
            **whole_numbers(steps["n_tasks"]),
        },
    )
    dressed(
        figure, title=title, subtitle=f"Untagged tasks by the probability of their likeliest "
        f"category, {base}. Each bar is a step of 5 points.",
        takeaway=takeaway, table=steps.round(4), csv="certainty", height=280,
        narrow={"xaxis": {"nticks": 5}},
    )  # fmt: skip
    return _with_key(figure)


def agreement(pairs: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw what the sorter says of the tasks of each tag; None where nothing was held out.

    Parameters
    ----------
    pairs : pandas.DataFrame
        ``tag``, ``category``, ``n_tasks`` and ``share``, as `taskmix.measures.agreement` makes it.
    """
    if not pairs["n_tasks"].any():
        return None
    names = list(CATEGORIES)
    wide = pairs.pivot_table(index="tag", columns="category", values="share", dropna=False)
    wide = wide.reindex(index=names, columns=names)
    figure = go.Figure()
    figure.add_heatmap(
        x=names, y=names, z=[_known(row) for _, row in wide.iterrows()], zmin=0, zmax=1,
        xgap=2, ygap=2, colorscale=SCALE, showscale=False, hoverongaps=False,
        hovertemplate="tagged %{y}, sorted %{x}: %{z:.0%}<extra></extra>",
    )  # fmt: skip
    for cell in pairs.dropna(subset=["share"]).itertuples():
        figure.add_annotation(
            x=cell.category, y=cell.tag, text=f"{cell.share:.0%}", showarrow=False,
            font={"size": 14, "color": INK},
        )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 4, "b": 30},
        xaxis={"showgrid": False, "tickangle": 0, "tickfont": {"size": 13}},
        yaxis={"autorange": "reversed", "showgrid": False, "automargin": True},
    )
    return dressed(
        figure, title=title, subtitle="Rows: what people tagged. Columns: what the sorter finds "
        "likeliest, without having seen a tag of the same title. Each row adds up to 100%.",
        takeaway=takeaway, table=pairs.round(4), csv="agreement", height=250,
        narrow={"xaxis": {"tickfont": {"size": 12}}, "yaxis": {"tickfont": {"size": 12}}},
    )  # fmt: skip


def _known(values: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in values]


def _with_key(figure: go.Figure) -> go.Figure:
    """Put the key right above a stack, whose segments have no free end to label."""
    return figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "xanchor": "left",
            "font": {"color": INK, "size": 12}, "traceorder": "normal",
            "itemclick": False, "itemdoubleclick": False,
        },
    )  # fmt: skip
