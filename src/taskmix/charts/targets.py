"""Charts of the wanted mix beside the one that is. Teams in the order of names, in one colour."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, SOFT, colour, dressed, known_values, label, named
from taskmix.language import capital, percentage, tr

_BAND = 14
_ROW = 52


def wanted_against_actual(
    compared: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure | None:
    """Draw each category's share beside the wanted one; None without a target.

    Parameters
    ----------
    compared : pandas.DataFrame
        One period and group of `taskmix.measures.wanted_against_actual`.
    title, takeaway, base : str
        What the chart shows, and whose hours.
    """
    if compared.empty or compared["share"].isna().all():
        return None
    names = named(compared["category"])
    figure = go.Figure()
    _add_wanted(figure, compared, names)
    _add_actual(figure, compared, names, hues=[colour(name) for name in compared["category"]])
    figure.update_layout(
        margin={"l": 8, "r": 24, "t": 12, "b": 32},
        xaxis=_axis(),
        yaxis={"autorange": "reversed", "automargin": True, "ticklabelstandoff": 6},
    )
    return dressed(
        figure, title=title, subtitle=tr(
            "Share of human hours, {base}. Dots: as it is; grey: as wanted.{audited}",
            base=base, audited=_audited(compared),
        ),
        takeaway=takeaway, table=_table(compared), csv="wanted_against_actual",
        height=50 + _ROW * len(names),
    )  # fmt: skip


def wanted_by_team(
    compared: pd.DataFrame, *, category: str, title: str, takeaway: str, base: str, note: str
) -> go.Figure | None:
    """Draw one category's share of each team beside the wanted one; None with fewer than two.

    Parameters
    ----------
    compared : pandas.DataFrame
        One period of `taskmix.measures.wanted_against_actual` by team.
    category : str
        The category to draw; the table holds them all.
    note : str
        How many teams are not shown, and why.
    """
    own = compared[compared["category"] == category].dropna(subset=["share"])
    own = own.sort_values("team", ignore_index=True)
    if len(own) < 2:
        return None
    places = list(range(len(own)))
    figure = go.Figure()
    _add_wanted(figure, own, places)
    _add_actual(figure, own, places, hues=[colour(category)] * len(own))
    figure.update_layout(
        margin={"l": 8, "r": 24, "t": 12, "b": 32},
        xaxis=_axis(),
        yaxis={"tickmode": "array", "tickvals": places, "automargin": True, "zeroline": False,
               "ticktext": [label(team) for team in own["team"]], "ticklabelstandoff": 6,
               "range": [len(own) - 0.4, -0.6], "gridcolor": LINE, "color": SOFT},
    )  # fmt: skip
    return dressed(
        figure, title=title, subtitle=tr(
            "{category}’s share of human hours, {base}. Dots: as it is; grey: as wanted. "
            "In the order of names.{audited}",
            category=capital(tr(category)), base=base, audited=_audited(own),
        ),
        takeaway=takeaway, table=_table(compared.sort_values("team", kind="stable")),
        csv="wanted_by_team", height=max(200, 60 + 34 * len(own)), note=note,
    )  # fmt: skip


def _add_wanted(figure: go.Figure, compared: pd.DataFrame, places: list[str] | list[int]) -> None:
    for row, place in zip(compared.itertuples(), places, strict=True):
        figure.add_scatter(
            x=[row.wanted_low, row.wanted_high], y=[place, place], mode="lines+markers",
            line={"color": colour("unsure"), "width": _BAND}, hoverinfo="skip",
            marker={"symbol": "line-ns", "size": _BAND, "line": {"color": SOFT, "width": 2}},
        )  # fmt: skip


def _add_actual(
    figure: go.Figure, compared: pd.DataFrame, places: list[str] | list[int], *, hues: list[str]
) -> None:
    for row, place in zip(compared.itertuples(), places, strict=True):
        if not pd.isna(row.low):
            figure.add_scatter(
                x=[row.low, row.high], y=[place, place], mode="lines", hoverinfo="skip",
                line={"color": INK, "width": 2},
            )  # fmt: skip
    figure.add_scatter(
        x=known_values(compared["share"]), y=places, mode="markers+text",
        marker={"size": 12, "color": hues}, cliponaxis=False, hoverinfo="skip",
        text=[percentage(share) for share in compared["share"]], textposition="top center",
        textfont={"color": INK, "size": 13},
    )  # fmt: skip


def _axis() -> dict[str, object]:
    return {"tickformat": ".0%", "gridcolor": LINE, "zeroline": False, "rangemode": "tozero"}


def _audited(compared: pd.DataFrame) -> str:
    return tr(" Lines: 95% intervals.") if compared["audited"].all() else tr(" Not audited.")


def _table(compared: pd.DataFrame) -> pd.DataFrame:
    return compared.drop(columns="audited").round(4)
