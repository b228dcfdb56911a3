"""Charts of AI's part by hours, of how people work with it, and of what hangs on counting it."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, SOFT, colour, dressed, known_values, named, with_key
from taskmix.language import noted, number, percentage, tr
from taskmix.periods import short_name
from taskmix.taxonomy import CATEGORIES

_PARTS = [("human", colour("execution"), "", noted("people")),
          ("both", f"{colour('ai')}80", "", noted("together")),
          ("ai", colour("ai"), "/", noted("AI alone, modelled")),
          ("unknown", colour("unsure"), "", noted("not known"))]  # fmt: skip
_MODES = {
    "directive": noted("hands it over"),
    "feedback_loop": noted("hands it over, with feedback"),
    "task_iteration": noted("refines it together"),
    "learning": noted("learns from it"),
    "validation": noted("has it checked"),
}
_AUTOMATION = ("directive", "feedback_loop")


def execution_hours(
    hours: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure | None:
    """Draw who executed, by hours; AI's are modelled. None where they are nowhere known.

    Parameters
    ----------
    hours : pandas.DataFrame
        As `taskmix.measures.execution_hours` makes it, by period.
    title, takeaway, base : str
        What the chart shows, and whose hours.
    """
    known = hours[hours["hours_ai"].notna()]
    if known.empty:
        return None
    figure = go.Figure()
    for performer, hue, pattern, words in _PARTS:
        figure.add_bar(
            x=[short_name(period) for period in known["period"]],
            y=known_values(known[f"hours_{performer}"]), name=tr(words),
            marker={"color": hue, "pattern": {"shape": pattern, "size": 6}},
            hovertemplate=f"{tr(words)} %{{y:,.0f}} h<extra>%{{x}}</extra>",
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        bargap=0.25,
        margin={"l": 56, "r": 12, "t": 54, "b": 36},
        xaxis={"type": "category", "showgrid": False, "tickangle": 0},
        yaxis={"tickformat": ",d", "ticksuffix": " h", "gridcolor": LINE, "zeroline": False,
               "nticks": 6},
    )  # fmt: skip
    dressed(
        figure, title=title, subtitle=tr(
            "Hours of execution, {base}. AI’s tasks at the hours people took for such tasks "
            "before: modelled, not spent.",
            base=base
        ),
        takeaway=takeaway, table=hours.round(3), csv="execution_hours", height=320,
        narrow={"xaxis": {"nticks": 4}, "margin": {"t": 76}},
    )  # fmt: skip
    return with_key(figure)


def ai_modes(modes: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw how people work with AI in one period; None where too few tasks say.

    Parameters
    ----------
    modes : pandas.DataFrame
        One row of `taskmix.measures.ai_modes`.
    title, takeaway, base : str
        What the chart shows, and whose tasks.
    """
    if modes.empty or pd.isna(modes["automation"].iloc[0]):
        return None
    row = modes.iloc[0]
    names, values = named(_MODES.values()), [float(row[mode]) for mode in _MODES]
    figure = go.Figure()
    figure.add_bar(
        y=names, x=values, orientation="h",
        marker={"color": [colour("ai") if mode in _AUTOMATION else f"{SOFT}33" for mode in _MODES],
                "line": {"color": SOFT,
                         "width": [0 if mode in _AUTOMATION else 1.5 for mode in _MODES]}},
        text=[_counted(row, mode) for mode in _MODES],
        textposition="outside", textfont={"color": INK, "size": 13}, cliponaxis=False,
        hoverinfo="skip",
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 16, "t": 4, "b": 12},
        bargap=0.35,
        xaxis={"visible": False, "range": [0, 1.6 * max(*values, 1e-9)]},
        yaxis={"autorange": "reversed", "automargin": True, "ticklabelstandoff": 6},
    )
    return dressed(
        figure, title=title, subtitle=tr(
            "Of {n_known} tasks whose mode is known, of {n_with_ai} that AI took part in, "
            "{base}. The first two: automation.",
            n_known=number(row["n_known"]), n_with_ai=number(row["n_with_ai"]), base=base,
        ),
        takeaway=takeaway, table=modes.round(4), csv="ai_modes", height=250, half=True,
        narrow={"xaxis": {"range": [0, 3.4 * max(*values, 1e-9)]}},
    )  # fmt: skip


def _counted(row: Any, mode: str) -> str:
    return tr("{part} · {n} tasks", part=percentage(row[mode]), n=number(row[f"n_{mode}"]))


def human_share_sensitivity(
    by_share: pd.DataFrame, *, title: str, takeaway: str, base: str
) -> go.Figure | None:
    """Draw one period's mix for each human share of joint work; None with fewer than two.

    Parameters
    ----------
    by_share : pandas.DataFrame
        One period of `taskmix.measures.sensitivity` of the shares.
    title, takeaway, base : str
        What the chart shows, and whose hours.
    """
    counted = sorted(by_share["both_human_share"].unique(), reverse=True)
    if len(counted) < 2 or by_share["share"].isna().all():
        return None
    figure = go.Figure()
    hues = [colour(category) for category in CATEGORIES]
    for human_share, symbol in zip(
        counted, ("circle", "circle-open", "diamond-open"), strict=False
    ):
        own = by_share[by_share["both_human_share"] == human_share].set_index("category")
        figure.add_scatter(
            y=named(CATEGORIES), x=known_values(own["share"].reindex(list(CATEGORIES))),
            mode="markers", name=tr("{part} of it human", part=percentage(human_share)),
            marker={"symbol": symbol, "size": 12, "color": hues, "line": {"width": 2}},
            hovertemplate="%{y} %{x:.1%}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 16, "t": 34, "b": 32},
        xaxis={"tickformat": ".0%", "gridcolor": LINE, "zeroline": False, "rangemode": "tozero"},
        yaxis={"autorange": "reversed", "automargin": True, "ticklabelstandoff": 6},
    )
    table = by_share[["both_human_share", "category", "share"]].round(4)
    dressed(
        figure, title=title, subtitle=tr(
            "Share of human hours when work done together with AI counts whole or in part, "
            "{base}.",
            base=base
        ),
        takeaway=takeaway, table=table, csv="human_share_sensitivity", height=240, half=True,
    )  # fmt: skip
    return with_key(figure)
