"""Charts of the sorting: what is tagged, sorted or unsure, and how sure the sorter is."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, colour, dressed, known_values, label, with_key
from taskmix.charts.intake import whole_numbers
from taskmix.language import noted, percentage, tr
from taskmix.periods import short_name

# As on the report's panel "How sure is this?": the model's part is pale, people's is ink.
_SORTED = f"{colour('judgment')}73"
_PARTS = [(noted("tagged"), INK), (noted("sorted"), _SORTED), (noted("unsure"), colour("unsure"))]


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
            y=known_values(own["share_of_hours"]),
            name=tr(basis), marker={"color": hue},
            hovertemplate=f"{tr(basis)} %{{y:.0%}}<extra>%{{x}}</extra>",
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
        subtitle=tr("Part of human hours: tagged by people, sorted by the model, left unsure."),
        table=effort.round(4), csv="effort_by_basis", height=300,
        narrow={"xaxis": {"nticks": 4}} if len(periods) > 4 else None,
    )  # fmt: skip
    return with_key(figure)


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
            x=known_values(own["share_of_hours"]), y=list(range(len(teams))), orientation="h",
            name=tr(basis), marker={"color": hue},
            hovertemplate=f"{tr(basis)} %{{x:.0%}}<extra></extra>",
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
        figure, title=title, subtitle=tr("Part of each team’s human hours, {base}.", base=base),
        takeaway=takeaway, table=effort.round(4), csv="effort_by_team",
        height=96 + 28 * len(names),
        narrow={
            "xaxis": {"nticks": 3},
            "yaxis": {"ticktext": [label(team, length=13) for team in teams]},
        },
    )  # fmt: skip
    return with_key(figure)


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
            x=[percentage(low) for low in own["at_least"]], y=own["n_tasks"].tolist(),
            name=tr(words), marker={"color": hue},
            hovertemplate=tr("{words}: %{{y:,}} tasks<extra>from %{{x}}</extra>", words=tr(words)),
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
        figure, title=title, subtitle=tr(
            "Untagged tasks by the probability of their likeliest category, {base}. Each bar "
            "is a step of 5 points.",
            base=base
        ),
        takeaway=takeaway, table=steps.round(4), csv="certainty", height=280,
        narrow={"xaxis": {"nticks": 5}},
    )  # fmt: skip
    return with_key(figure)
