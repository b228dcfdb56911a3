"""Charts of how good the sorter is: beside its rules, by category, in its probabilities."""

import math

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import (
    INK,
    LINE,
    SOFT,
    colour,
    dressed,
    known_values,
    longer_by,
    named,
    with_key,
)
from taskmix.charts.intake import SCALE
from taskmix.language import noted, percentage, tr
from taskmix.taxonomy import CATEGORIES

#: What each method is called on an axis.
METHOD_WORDS = {
    "sorter": noted("sorter"),
    "cue_words": noted("keyword rules"),
    "last_title": noted("last same title"),
    "project_tool": noted("project and tool"),
    "majority": noted("most frequent tag"),
}
#: Each view has a mark of its own, so that colour is never alone.
_VIEW_MARKS = {"new titles": (INK, "circle"), "all tasks": (SOFT, "circle-open"),
               "new people": (SOFT, "diamond")}  # fmt: skip
_RANGE = [-0.02, 1.04]


def methods_compared(methods: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw the macro-F1 of the sorter and of each simple rule; None where nothing was scored.

    Parameters
    ----------
    methods : pandas.DataFrame
        ``view``, ``method``, ``macro_f1``, ``low`` and ``high``, as
        `taskmix.sorting.evaluation.Evaluation` holds them.
    """
    if methods["macro_f1"].isna().all():
        return None
    names = [name for name in METHOD_WORDS if name in set(methods["method"])]
    views = [view for view in _VIEW_MARKS if view in set(methods["view"])]
    figure = go.Figure()
    for place, view in enumerate(views):
        own = methods[methods["view"] == view].set_index("method").reindex(names)
        hue, symbol = _VIEW_MARKS[view]
        figure.add_scatter(
            x=known_values(own["macro_f1"]),
            y=[row + 0.22 * (place - (len(views) - 1) / 2) for row in range(len(names))],
            mode="markers", name=tr(view), marker={"color": hue, "symbol": symbol, "size": 10},
            error_x=_whiskers(own["macro_f1"], own["low"], own["high"], hue),
            customdata=[tr(METHOD_WORDS[name]) for name in names],
            hovertemplate=f"%{{customdata}}, {tr(view)}: %{{x:.2f}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 12, "t": 34, "b": 34},
        xaxis={"range": _RANGE, "gridcolor": LINE, "zeroline": False, "nticks": 6,
               "tickformat": ".1f"},
        yaxis={
            "range": [len(names) - 0.5, -0.5], "automargin": True, "showgrid": False,
            "zeroline": False, "tickmode": "array", "tickvals": list(range(len(names))),
            "ticktext": [tr(METHOD_WORDS[name]) for name in names],
        },
    )  # fmt: skip
    dressed(
        figure, title=title, subtitle=tr(
            "Macro-F1 (0–1, each category counts alike) on later tasks. Lines: 95% intervals."
        ),
        takeaway=takeaway, table=methods.round(4), csv="sorter_and_rules",
        height=90 + 42 * len(names),
    )  # fmt: skip
    return with_key(figure)


def confusion(pairs: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw what the sorter says of the tasks of each tag; None where nothing was predicted.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Sixteen rows: ``tag``, ``category``, ``n_tasks`` and ``share`` (0–1 of the tag's tasks).
    base : str
        Which tasks.
    """
    if not pairs["n_tasks"].any():
        return None
    names = list(CATEGORIES)
    wide = pairs.pivot_table(index="tag", columns="category", values="share", dropna=False)
    wide = wide.reindex(index=names, columns=names)
    figure = go.Figure()
    figure.add_heatmap(
        x=named(names), y=named(names), z=[known_values(row) for _, row in wide.iterrows()],
        zmin=0, zmax=1,
        xgap=2, ygap=2, colorscale=SCALE, showscale=False, hoverongaps=False,
        hovertemplate=tr("tagged %{y}, named %{x}: %{z:.0%}<extra></extra>"),
    )  # fmt: skip
    for cell in pairs.dropna(subset=["share"]).itertuples():
        figure.add_annotation(
            x=tr(cell.category), y=tr(cell.tag), text=percentage(cell.share), showarrow=False,
            font={"size": 14, "color": INK},
        )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 4, "b": 30},
        xaxis={"showgrid": False, "tickangle": 0, "tickfont": {"size": 13}},
        yaxis={"autorange": "reversed", "showgrid": False, "automargin": True},
    )
    # Longer words would touch on a phone.
    slanted = {"tickangle": -30, "automargin": True} if longer_by(CATEGORIES) else {}
    return dressed(
        figure, title=title, subtitle=tr(
            "Rows: what people tagged. Columns: what the sorter names, {base}. Each row adds "
            "up to 100%.",
            base=tr(base)
        ),
        takeaway=takeaway, table=pairs.round(4), csv="confusion", height=250,
        narrow={
            "xaxis": {"tickfont": {"size": 12}, **slanted}, "yaxis": {"tickfont": {"size": 12}},
        },
    )  # fmt: skip


def calibration(curve: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw how often the sorter was right where it was how sure; None where nothing was.

    Parameters
    ----------
    curve : pandas.DataFrame
        ``confidence``, ``accuracy``, ``low``, ``high`` and ``n_tasks``, as
        `taskmix.sorting.calibration.calibration_curve` makes it.
    """
    if curve.empty:
        return None
    figure = go.Figure()
    figure.add_scatter(
        x=[0, 1], y=[0, 1], mode="lines", line={"color": SOFT, "width": 1, "dash": "dot"},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=known_values(curve["confidence"]), y=known_values(curve["accuracy"]), mode="markers",
        marker={"color": INK, "size": 8},
        error_y=_whiskers(curve["accuracy"], curve["low"], curve["high"], SOFT),
        customdata=curve["n_tasks"].tolist(),
        hovertemplate=tr("said %{x:.0%}, right %{y:.0%}, %{customdata:,} tasks<extra></extra>"),
    )  # fmt: skip
    figure.add_annotation(
        x=0.1, y=0.1, text=tr("as sure as it is right"), showarrow=False, xanchor="left",
        yanchor="top", font={"color": SOFT, "size": 12},
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 48, "r": 16, "t": 8, "b": 34},
        xaxis={"range": _RANGE, "tickformat": ".0%", "gridcolor": LINE, "zeroline": False,
               "nticks": 6},
        yaxis={"range": _RANGE, "tickformat": ".0%", "gridcolor": LINE, "zeroline": False,
               "nticks": 6},
    )  # fmt: skip
    return dressed(
        figure, title=title, subtitle=tr(
            "Across: the probability of the likeliest category. Up: how often people tagged "
            "it so. Each dot is as many tasks; lines: 95% intervals."
        ),
        takeaway=takeaway, table=curve.round(4), csv="calibration", height=320,
    )  # fmt: skip


def precision_by_coverage(
    coverage: pd.DataFrame, labels: pd.DataFrame, *, target: float, title: str, takeaway: str
) -> go.Figure | None:
    """Draw how right labels are against the part labelled, with the thresholds in use.

    Parameters
    ----------
    coverage : pandas.DataFrame
        ``category`` (``all`` too), ``share_of_tasks``, ``precision`` and ``at_least``. None is
        returned where there is no row.
    labels : pandas.DataFrame
        ``category``, ``share_of_tasks`` and ``precision`` at each category's threshold; missing
        where a category is never labelled alone.
    target : float
        The precision asked for (0–1).
    """
    if coverage.empty:
        return None
    figure = go.Figure()
    for name in ("all", *CATEGORIES):
        own = coverage[coverage["category"] == name]
        if len(own) < 2:
            continue
        hue = INK if name == "all" else colour(name)
        figure.add_scatter(
            x=known_values(own["share_of_tasks"]), y=known_values(own["precision"]), mode="lines",
            name=tr(name), line={"color": hue, "width": 3 if name == "all" else 2},
            customdata=known_values(own["at_least"]),
            hovertemplate=tr(
                "{category}: %{{x:.0%}} labelled from %{{customdata:.2f}} on, %{{y:.0%}} right"
                "<extra></extra>",
                category=tr(name),
            ),
        )  # fmt: skip
    used = labels.dropna(subset=["precision"])
    figure.add_scatter(
        x=known_values(used["share_of_tasks"]), y=known_values(used["precision"]), mode="markers",
        marker={"color": [colour(name) for name in used["category"]], "size": 11,
                "line": {"color": INK, "width": 1.5}},
        text=named(used["category"]), showlegend=False,
        hovertemplate=tr("%{text} as it is labelled: %{x:.0%}, %{y:.0%} right<extra></extra>"),
    )  # fmt: skip
    least = min(target, coverage["precision"].min())
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=target, y1=target,
        line={"color": SOFT, "width": 1, "dash": "dash"},
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 48, "r": 16, "t": 34, "b": 34},
        xaxis={"range": [0, 1.02], "tickformat": ".0%", "gridcolor": LINE, "nticks": 6,
               "zeroline": False},
        yaxis={"range": [math.floor(10 * least - 0.5) / 10, 1.02], "tickformat": ".0%",
               "gridcolor": LINE, "nticks": 6, "zeroline": False},
    )  # fmt: skip
    dressed(
        figure, title=title, subtitle=tr(
            "Across: part of the tasks found so that is labelled, the surest first. Up: how "
            "many of these labels are right. Ringed: as labelled now; dashed: the {target} "
            "asked for.",
            target=percentage(target)
        ),
        takeaway=takeaway, table=coverage.round(4), csv="precision_by_coverage", height=320,
        narrow={"margin": {"t": 58}},
    )  # fmt: skip
    return with_key(figure)


def _whiskers(middle: pd.Series, low: pd.Series, high: pd.Series, hue: str) -> dict[str, object]:
    """Return the error bars of an interval; no bar where there is none."""
    return {
        "type": "data", "symmetric": False, "color": hue, "thickness": 1.5, "width": 0,
        "array": (high - middle).fillna(0).tolist(),
        "arrayminus": (middle - low).fillna(0).tolist(),
    }  # fmt: skip
