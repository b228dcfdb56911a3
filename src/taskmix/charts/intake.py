"""Charts of what arrived: by tool and month, refused by reason, covered by team and week."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, LINE, SOFT, dressed, label
from taskmix.language import day_and_month, number, percentage, tr
from taskmix.periods import short_name

#: So pale that ink stays readable on the fullest cell, on light paper and on dark.
SCALE = [[0, f"{SOFT}14"], [1, f"{SOFT}99"]]
#: As many numbers as can be read, and as the page's weight allows.
_NUMBERED_CELLS = 400
_MOST_COLUMNS_NUMBERED = 16
#: Pixels of a panel, of the room above it for its name, and of the axis below them all.
_PANEL, _GAP, _AXIS = 74, 40, 34


def entries_by_month(months: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure:
    """Draw how many entries each tool brought in each month, one panel a tool.

    Parameters
    ----------
    months : pandas.DataFrame
        ``source``, ``month`` (such as ``2026-09``) and ``n_entries``, as
        `taskmix.measures.entries_by_month` makes it.
    """
    sources = list(dict.fromkeys(months["source"]))
    figure = go.Figure()
    height = (_PANEL + _GAP) * len(sources) + _AXIS
    inner = height - _AXIS
    for place, source in enumerate(sources):
        own = months[months["source"] == source]
        number = "" if place == 0 else str(place + 1)
        top = 1 - (place * (_PANEL + _GAP) + _GAP) / inner
        bottom = max(0.0, top - _PANEL / inner)
        figure.add_bar(
            x=[short_name(month) for month in own["month"]],
            y=own["n_entries"].tolist(),
            xaxis=f"x{number}",
            yaxis=f"y{number}",
            marker={"color": SOFT},
            name=label(source),
            hovertemplate=tr("%{y:,} entries<extra>%{x}</extra>"),
        )
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=top, yref="paper", yanchor="bottom", yshift=3,
            showarrow=False, text=f"<b>{label(source)}</b>", font={"color": INK, "size": 13},
        )  # fmt: skip
        figure.update_layout(
            {
                f"xaxis{number}": {
                    "type": "category", "anchor": f"y{number}", "showgrid": False, "nticks": 12,
                    "tickangle": 0, "showticklabels": place == len(sources) - 1,
                },
                f"yaxis{number}": {
                    "domain": [bottom, top], "anchor": f"x{number}", "nticks": 3,
                    "rangemode": "tozero", "gridcolor": LINE, **whole_numbers(own["n_entries"]),
                },
            }
        )  # fmt: skip
    figure.update_layout(margin={"l": 52, "r": 12, "t": 0, "b": _AXIS}, bargap=0.3)
    last = "" if len(sources) < 2 else str(len(sources))
    table = months.pivot_table(
        index="month", columns="source", values="n_entries", sort=False, observed=True
    )
    return dressed(
        figure, title=title, subtitle=tr(
            "Entries in the log by the month they began in, one panel a tool, each on a "
            "scale of its own."
        ),
        takeaway=takeaway, table=table.reset_index(), csv="entries_by_month",
        height=height, narrow={f"xaxis{last}": {"nticks": 4}},
    )  # fmt: skip


def refusals_by_reason(reasons: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw how many records were refused for each reason; None where none was.

    Parameters
    ----------
    reasons : pandas.DataFrame
        ``reason``, ``n_records``, ``n_files`` and ``example``, as
        `taskmix.measures.refusals_by_reason` makes it.
    """
    if reasons.empty:
        return None
    names = [label(tr(name.replace("_", " "))) for name in reasons["reason"]]
    most = int(reasons["n_records"].max())
    figure = go.Figure()
    figure.add_bar(
        x=reasons["n_records"].tolist(), y=list(range(len(names))), orientation="h",
        marker={"color": SOFT}, text=[number(n) for n in reasons["n_records"]],
        textposition="outside", textfont={"color": INK, "size": 13}, cliponaxis=False,
        hoverinfo="skip",
    )  # fmt: skip
    figure.update_layout(
        margin={"l": 8, "r": 36, "t": 4, "b": 8},
        bargap=0.35,
        xaxis={"range": [0, most * 1.15], "visible": False},
        yaxis={
            "autorange": "reversed", "automargin": True, "tickmode": "array",
            "tickvals": list(range(len(names))), "ticktext": names,
        },
    )  # fmt: skip
    return dressed(
        figure, title=title, subtitle=tr(
            "Records in quarantine by the first thing wrong with them."
        ),
        takeaway=takeaway, table=reasons, csv="refusals_by_reason",
        height=40 + 30 * len(names),
    )  # fmt: skip


def coverage_by_week(coverage: pd.DataFrame, *, title: str, takeaway: str) -> go.Figure | None:
    """Draw what part of the hours expected each team logged; None where nothing is expected.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As `taskmix.measures.coverage` makes it; teams without any ``coverage`` are left out.
    """
    known = coverage[coverage["coverage"].notna()]
    if known.empty:
        return None
    shown = coverage[coverage["team"].isin(known["team"])]
    columns = ["team", "week", "hours", "expected_hours", "coverage", "n_people", "n_on_roster"]
    return _by_week(
        shown, "coverage", top=1.2, write=percentage, columns=columns,
        title=title, takeaway=takeaway, csv="coverage_by_week",
        subtitle=tr(
            "Hours logged as part of the weekly hours in the roster; the fuller the tone, "
            "the more. Holidays and leave are expected too."
        ),
    )  # fmt: skip


def hours_per_person_by_week(
    coverage: pd.DataFrame, *, title: str, takeaway: str
) -> go.Figure | None:
    """Draw the hours a person of the teams for which the roster tells no weekly hours.

    Parameters
    ----------
    coverage : pandas.DataFrame
        As `taskmix.measures.coverage` makes it; teams with any ``coverage`` are left out.
        None where all have one.
    """
    known = coverage.loc[coverage["coverage"].notna(), "team"]
    shown = coverage[~coverage["team"].isin(known)]
    if shown["hours_per_person"].isna().all():
        return None
    columns = ["team", "week", "hours", "n_people", "n_entries", "hours_per_person"]
    top = float(shown["hours_per_person"].max())
    return _by_week(
        shown, "hours_per_person", top=top, columns=columns,
        write=partial(number, decimals=0, grouped=False),
        title=title, takeaway=takeaway, csv="hours_per_person_by_week",
        subtitle=tr(
            "Hours a person, of those who logged any; the fuller the tone, the more. The "
            "roster does not say what to expect of these teams."
        ),
    )  # fmt: skip


def _by_week(
    shown: pd.DataFrame,
    value: str,
    *,
    top: float,
    write: Callable[[float], str],
    columns: list[str],
    title: str,
    subtitle: str,
    takeaway: str,
    csv: str,
) -> go.Figure:
    """Draw teams × weeks; a week without a value stays paper."""
    wide = shown.pivot_table(index="team", columns="week", values=value, dropna=False)
    weeks = [f"{week:%Y-%m-%d}" for week in wide.columns]
    teams = [str(team) for team in wide.index]
    rows = [[None if pd.isna(cell) else float(cell) for cell in row] for row in wide.to_numpy()]
    figure = go.Figure()
    figure.add_heatmap(
        x=weeks, y=list(range(len(teams))), z=rows, zmin=0, zmax=max(top, 1e-9), xgap=2, ygap=2,
        colorscale=SCALE, showscale=False, hoverongaps=False,
        text=[[label(team)] * len(weeks) for team in teams],
        hovertemplate=tr("%{text}<br>week of %{x}: %{z:.0%}<extra></extra>")
        if value == "coverage" else tr("%{text}<br>week of %{x}: %{z:.1f}<extra></extra>"),
    )  # fmt: skip
    if len(weeks) <= _MOST_COLUMNS_NUMBERED and len(weeks) * len(teams) <= _NUMBERED_CELLS:
        for place, row in enumerate(rows):
            for week, cell in zip(weeks, row, strict=True):
                if cell is not None:
                    figure.add_annotation(
                        x=week, y=place, text=write(cell), showarrow=False,
                        font={"size": 12, "color": INK},
                    )  # fmt: skip
    ticks = [day_and_month(week) for week in wide.columns]
    figure.update_layout(
        margin={"l": 8, "r": 8, "t": 4, "b": 30},
        xaxis={
            "type": "category", "showgrid": False, "tickangle": 0, "tickmode": "array",
            **_every(weeks, ticks, most=9),
        },
        yaxis={
            "autorange": "reversed", "showgrid": False, "automargin": True, "tickmode": "array",
            "tickvals": list(range(len(teams))), "ticktext": [label(team) for team in teams],
        },
    )  # fmt: skip
    table = shown[columns].assign(week=shown["week"].dt.strftime("%Y-%m-%d")).round(3)
    short = [label(team, length=13) for team in teams]
    return dressed(
        figure, title=title, takeaway=takeaway,
        subtitle=tr("{subtitle} Weeks by their Monday.", subtitle=subtitle),
        table=table, csv=csv, height=60 + 28 * len(teams),
        narrow={
            "annotations": [],
            "xaxis": _every(weeks, ticks, most=4),
            "yaxis": {"ticktext": short},
        },
    )  # fmt: skip


def whole_numbers(counts: pd.Series) -> dict[str, object]:
    """Return the ticks of an axis of counts: of few, Plotly would name halves."""
    return {"tickformat": ",d", "dtick": 1} if counts.max() < 4 else {"tickformat": ",d"}


def _every(values: list[str], texts: list[str], *, most: int) -> dict[str, list[str]]:
    """Keep so many ticks as do not run into each other, the newest week among them."""
    step = -(-len(values) // most)
    kept = slice((len(values) - 1) % step, None, step)
    return {"tickvals": values[kept], "ticktext": texts[kept]}
