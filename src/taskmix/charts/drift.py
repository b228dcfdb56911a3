"""Charts of the sorter over time: what more tags bring, and whether it falls behind."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, SOFT, colour, dressed, known_values, named, with_key
from taskmix.language import full_date, number, tr
from taskmix.periods import short_name

_VIEW_HUES = {"new titles": INK, "all tasks": SOFT}


def learning_curve(curve: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw macro-F1 over the number of tags learned from; None with fewer than two numbers.

    Parameters
    ----------
    curve : pandas.DataFrame
        ``view``, ``n_tags``, ``draw`` and ``macro_f1``, a row a fit; its ``mean`` over the draws
        of a number is drawn as the line.
    """
    known = curve.dropna(subset=["macro_f1"])
    if known["n_tags"].nunique() < 2:
        return None
    figure = go.Figure()
    for view, hue in _VIEW_HUES.items():
        own = known[known["view"] == view]
        figure.add_scatter(
            x=own["n_tags"].tolist(), y=known_values(own["macro_f1"]), mode="markers",
            marker={"color": hue, "size": 6, "symbol": "circle-open"}, showlegend=False,
            hovertemplate=tr("{view}: %{{x:,}} tags, %{{y:.2f}}<extra></extra>", view=tr(view)),
        )  # fmt: skip
        line = own.drop_duplicates("n_tags")
        figure.add_scatter(
            x=line["n_tags"].tolist(), y=known_values(line["mean"]), mode="lines", name=tr(view),
            line={"color": hue, "width": 2.5}, hoverinfo="skip",
        )  # fmt: skip
    ticks = sorted(known["n_tags"].unique().tolist())
    figure.update_layout(
        margin={"l": 44, "r": 24, "t": 34, "b": 34},
        xaxis={"type": "log", "showgrid": False, "tickmode": "array", "tickvals": ticks,
               "ticktext": [number(n) for n in ticks], "tickangle": 0},
        yaxis={"gridcolor": LINE, "zeroline": False, "nticks": 6, "tickformat": ".2f"},
    )  # fmt: skip
    # Every other number stays when they would run into each other; the last one always.
    few = ticks[::-1][::2][::-1]
    dressed(
        figure, title=title, subtitle=tr(
            "Macro-F1 on the newest tagged tasks, by the number of tags learned from. Rings: "
            "single draws of tags; line: their mean."
        ),
        takeaway=takeaway, table=curve.round(4), csv="learning_curve", height=300,
        narrow={"xaxis": {"tickvals": few, "ticktext": [number(n) for n in few]}},
    )  # fmt: skip
    return with_key(figure)


def scores_over_time(origins: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw the macro-F1 of each stretch of time; None with fewer than two.

    Parameters
    ----------
    origins : pandas.DataFrame
        ``from_date``, ``macro_f1``, ``low`` and ``high``, a row a stretch.
    """
    if len(origins) < 2:
        return None
    figure = go.Figure()
    figure.add_scatter(
        x=[full_date(day) for day in origins["from_date"]],
        y=known_values(origins["macro_f1"]), mode="lines+markers",
        line={"color": INK, "width": 2}, marker={"size": 8},
        error_y={
            "type": "data", "symmetric": False, "color": SOFT, "thickness": 1.5, "width": 0,
            "array": (origins["high"] - origins["macro_f1"]).fillna(0).tolist(),
            "arrayminus": (origins["macro_f1"] - origins["low"]).fillna(0).tolist(),
        },
        hovertemplate=tr("from %{x}: %{y:.2f}<extra></extra>"),
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 44, "r": 24, "t": 8, "b": 34},
        xaxis={"type": "category", "showgrid": False, "tickangle": 0},
        yaxis={"gridcolor": LINE, "zeroline": False, "range": [0, 1.02], "nticks": 6,
               "tickformat": ".1f"},
    )  # fmt: skip
    table = origins.assign(from_date=origins["from_date"].dt.strftime("%Y-%m-%d")).round(4)
    return dressed(
        figure, title=title, subtitle=tr(
            "Macro-F1 on the tagged tasks from each day on, learned from all before. Lines: "
            "95% intervals."
        ),
        takeaway=takeaway, table=table, csv="scores_over_time", height=250, half=True,
        narrow={"xaxis": {"nticks": 3}},
    )  # fmt: skip


def unknown_words(words: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw what part of the hours is told in words without a tag; None where that is not known.

    Parameters
    ----------
    words : pandas.DataFrame
        ``month`` and ``unknown`` (0–1), as `taskmix.sorting.evaluation` makes it.
    """
    known = words.dropna(subset=["unknown"])
    if known.empty:
        return None
    figure = go.Figure()
    figure.add_bar(
        x=[short_name(month) for month in known["month"]], y=known_values(known["unknown"]),
        marker={"color": SOFT}, hovertemplate="%{y:.1%}<extra>%{x}</extra>",
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 48, "r": 12, "t": 8, "b": 34},
        bargap=0.3,
        xaxis={"type": "category", "showgrid": False, "tickangle": 0, "nticks": 8},
        yaxis={"gridcolor": LINE, "rangemode": "tozero", "nticks": 5, "tickformat": ".0%"},
    )
    return dressed(
        figure, title=title, subtitle=tr(
            "Part of the hours, by their titles’ words, that no tag of an earlier month "
            "holds."
        ),
        takeaway=takeaway, table=words.round(4), csv="unknown_words", height=250, half=True,
        narrow={"xaxis": {"nticks": 4}},
    )  # fmt: skip


def audit_errors(audit: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw by how much the audit moves each share; None without an audit.

    Parameters
    ----------
    audit : pandas.DataFrame
        ``category``, ``error``, ``low`` and ``high`` (of shares, 0–1).
    """
    if audit.empty:
        return None
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": SOFT, "width": 1})
    figure.add_scatter(
        x=(100 * audit["error"]).tolist(), y=named(audit["category"]), mode="markers",
        marker={"size": 11, "color": [colour(name) for name in audit["category"]]},
        error_x={
            "type": "data", "symmetric": False, "color": SOFT, "thickness": 1.5, "width": 0,
            "array": (100 * (audit["high"] - audit["error"])).tolist(),
            "arrayminus": (100 * (audit["error"] - audit["low"])).tolist(),
        },
        hovertemplate=tr("%{y}: %{x:+.1f} points<extra></extra>"),
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 16, "t": 4, "b": 34},
        xaxis={"gridcolor": LINE, "zeroline": False, "nticks": 7, "tickformat": "+d"},
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False},
    )
    return dressed(
        figure, title=title, subtitle=tr(
            "The audit’s share of hours minus the sorter’s on the same tasks, in points. "
            "Lines: 95% intervals."
        ),
        takeaway=takeaway, table=audit.round(4), csv="audit_errors", height=220,
    )  # fmt: skip
