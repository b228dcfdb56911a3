"""Notebooks as papermill leaves them, built by hand."""

import json
from types import SimpleNamespace
from typing import Any

import nbformat.v4 as nb
import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest
from nbformat import NotebookNode

from taskmix.report import (
    Tile,
    confidence,
    findings,
    freshness,
    glossary,
    headline,
    method,
    privacy_note,
    result,
    tiles,
)
from taskmix.taxonomy import CATEGORIES, COLOURS

QUARTERS = ["Q4 24", "Q1 25", "Q2 25", "Q3 25", "Q4 25", "Q1 26", "Q2 26", "Q3 26"]
SHARES = {
    "execution": [55, 55, 53, 52, 50, 48, 47, 41],
    "judgment": [21, 21, 22, 22, 23, 25, 26, 29],
    "creative": [7, 7, 8, 9, 9, 10, 9, 12],
    "connective": [17, 17, 17, 17, 18, 17, 18, 18],
}
FACTS = {
    "organisation": "Atlas Labs (invented)",
    "period": "Q3 2026",
    "made_at": "2026-10-02 04:10",
    "time_zone": "Europe/Berlin",
    "table_version": 87,
    "taskmix_version": "0.1.0",
}


def code(*shown: Any, tags: tuple[str, ...] = (), outputs: tuple[Any, ...] = ()) -> NotebookNode:
    """A code cell whose outputs are what Jupyter would keep of the shown objects."""
    kept = [nb.new_output("display_data", data=_bundle(item)) for item in shown]
    cell = nb.new_code_cell("secret_source = 1", outputs=[*kept, *outputs])
    cell.metadata["tags"] = list(tags)
    return cell


def _bundle(item: Any) -> dict[str, Any]:
    if isinstance(item, dict):
        return item
    if isinstance(item, go.Figure):
        # text/html with plotly.js stands beside it, as the default renderer of JupyterLab does.
        drawn = {"application/vnd.plotly.v1+json": json.loads(item.to_json())}
        return {**drawn, "text/html": "<script>Plotly.newPlot('never')</script>"}
    if isinstance(item, pd.DataFrame):
        return {"text/html": item.to_html(), "text/plain": repr(item)}
    return item._repr_mimebundle_()


def markdown(text: str, tags: tuple[str, ...] = ()) -> NotebookNode:
    cell = nb.new_markdown_cell(text)
    cell.metadata["tags"] = list(tags)
    return cell


def notebook(*cells: NotebookNode) -> NotebookNode:
    return nb.new_notebook(cells=list(cells))


def trend_figure() -> go.Figure:
    figure = go.Figure()
    for name in CATEGORIES:
        colour, y = COLOURS[name][0], np.array(SHARES[name], dtype=float)
        figure.add_scatter(
            x=QUARTERS + QUARTERS[::-1],
            y=np.concatenate([y + 1.8, (y - 1.8)[::-1]]),
            fill="toself",
            fillcolor=f"{colour}22",
            mode="lines",
            line_width=0,
            hoverinfo="skip",
        )
        figure.add_scatter(
            x=QUARTERS, y=y, mode="lines", line={"color": colour, "width": 2.5}, name=name
        )
        figure.add_annotation(
            x=QUARTERS[-1],
            y=y[-1],
            xanchor="left",
            xshift=8,
            showarrow=False,
            text=f"<b>{name}</b> {y[-1]:.0f}%",
            font={"color": COLOURS["ink"][0], "size": 14},
        )
    figure.update_layout(
        showlegend=False,
        height=340,
        margin={"l": 40, "r": 130, "t": 20, "b": 32},
        xaxis_showgrid=False,
        yaxis={"ticksuffix": "%", "range": [0, 62]},
        meta={
            "taskmix": {
                "title": "People’s hours move from execution to judgment since spring 2025",
                "subtitle": "Share of human hours, 95% interval shaded. 1,240 people.",
                "takeaway": "Execution fell from 55% to 41% of hours; judgment rose to 29%.",
                "note": "Shares corrected by the audit",
                "columns": ["Quarter", *CATEGORIES],
                "rows": [[q, *(SHARES[c][i] for c in CATEGORIES)] for i, q in enumerate(QUARTERS)],
                "csv": "mix by quarter",
                "narrow": {
                    "margin": {"r": 96},
                    "xaxis": {"dtick": 3},
                    "annotations": [
                        {
                            "x": QUARTERS[-1],
                            "y": SHARES[c][-1],
                            "xanchor": "left",
                            "xshift": 6,
                            "showarrow": False,
                            "text": c,
                        }
                        for c in CATEGORIES
                    ],
                },
            }
        },
    )
    return figure


def freed_figure() -> go.Figure:
    names = ["freed from execution", "to judgment", "to overseeing AI", "to creative work"]
    names += ["to less work", "to connecting"]
    hours = [5.6, 1.9, 1.4, 1.1, 0.9, 0.3]
    colours = ["execution", "judgment", "ai", "creative", "unsure", "connective"]
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=names,
            x=hours,
            base=[0, 3.7, 2.3, 1.2, 0.3, 0],
            marker_color=[COLOURS[c][0] for c in colours],
            text=[f"{h:.1f}" for h in hours],
            insidetextanchor="end",
        )
    )
    figure.update_layout(
        bargap=0.35,
        height=330,
        xaxis={"ticksuffix": " h", "range": [0, 6]},
        yaxis={"autorange": "reversed", "showgrid": False},
        margin={"l": 10, "r": 10, "t": 10, "b": 32},
        meta={
            "taskmix": {
                "title": "Of 5.6 hours freed a week, 1.4 go to overseeing AI",
                "subtitle": "Hours a person-week, Q3 2026 against Q3 2025. Accounting, not cause.",
                "takeaway": "1.4 of 5.6 freed hours go to overseeing AI.",
                "columns": ["Where", "Hours"],
                "rows": [list(pair) for pair in zip(names, hours, strict=True)],
                "csv": "freed",
                "half": True,
            }
        },
    )
    return figure


def targets_figure() -> go.Figure:
    teams = ["Support", "Finance", "Sales", "Operations", "Product", "Research", "Design"]
    now, target = [58, 52, 47, 45, 38, 31, 27], [45, 40, 40, 42, 35, 30, 28]
    grey, ink = COLOURS["execution"][0], COLOURS["ink"][0]
    figure = go.Figure(
        [
            go.Scatter(
                x=now,
                y=teams,
                mode="markers",
                marker={"size": 11, "color": grey},
                error_x={"array": [3] * 7, "color": grey, "thickness": 1.5, "width": 0},
            ),
            go.Scatter(
                x=target,
                y=teams,
                mode="markers",
                marker={"symbol": "line-ns", "size": 18, "line": {"width": 3, "color": ink}},
            ),
        ]
    )
    figure.update_layout(
        showlegend=False,
        height=330,
        margin={"l": 10, "r": 10, "t": 10, "b": 32},
        xaxis={"ticksuffix": "%", "range": [15, 65]},
        yaxis={"autorange": "reversed", "showgrid": False},
        meta={
            "taskmix": {
                "title": "Three of seven departments are within 3 points of the mix they want",
                "subtitle": "Execution share now (dot, 95% interval) and own target (line).",
                "takeaway": "Product, Research and Design are near their targets.",
                "note": "2 small teams merged",
                "columns": ["Department", "Now %", "Target %"],
                "rows": [list(row) for row in zip(teams, now, target, strict=True)],
                "csv": "targets",
                "half": True,
            }
        },
    )
    return figure


def analyst_figure() -> go.Figure:
    """What an analyst adds: own title, own width, tiny font, WebGL, no meta."""
    days = pd.date_range("2026-01-01", periods=40)
    figure = go.Figure(go.Scattergl(x=days, y=np.sin(np.arange(40.0)), mode="lines", name="a"))
    figure.add_scattergl(x=days, y=np.cos(np.arange(40.0)), mode="lines", name="b")
    return figure.update_layout(
        title={"text": "Analyst’s <b>own</b> look", "font": {"size": 9}},
        width=1500,
        xaxis_tickfont_size=8,
        yaxis_title="Level",
    )


def wide_table() -> pd.DataFrame:
    columns = [f"measure number {i}" for i in range(14)]
    return pd.DataFrame(np.arange(42).reshape(3, 14), columns=columns)


def report_notebook() -> NotebookNode:
    """A whole report, with what an analyst may add to it."""
    lines = {c: SHARES[c] for c in CATEGORIES}
    notes = {
        "execution": "↓ fell 6 points (±2) · target 35%",
        "judgment": "↑ rose 3 points (±2) · target 30%",
        "creative": "↑ rose 2 points (±1.5) · target 15%",
        "connective": "→ no sure change (±2) · target 20%",
    }
    return notebook(
        markdown("# Task mix\n\nFor analysts only.", tags=("notebook-only",)),
        code(
            tags=("injected-parameters",),
            outputs=(nb.new_output("stream", name="stdout", text="injected words\n"),),
        ),
        code(
            headline(
                "Execution fell to 41% of people’s hours. A third of what was freed went to "
                "judgment, a quarter to watching over AI."
            )
        ),
        code(
            freshness(
                [
                    ("Data through 30 Sep 2026", "ok"),
                    ("412 tasks audited, 12–30 Sep", "ok"),
                    ("98.7% of 61,204 rows read; 0.9% refused, 0.4% unchanged", "amber"),
                    ("Table version 87", "ok"),
                ]
            )
        ),
        code(
            findings(
                [
                    ("What changed", "Execution is down 6 points on Q2 (4 to 8)."),
                    ("Why", "Nine tenths of the fall is within teams: the same work takes less."),
                    ("What to decide", "Overseeing AI now takes 1.4 hours a person-week."),
                ]
            )
        ),
        code(
            tiles(
                [
                    *(Tile(c.title(), c, f"{v[-1]}%", notes[c], v) for c, v in lines.items()),
                    Tile(
                        "AI’s part of execution",
                        "ai",
                        "38%",
                        "↑ rose 11 points · of tasks",
                        [12, 13, None, 16, 20, 27, 31, 38],
                    ),
                ]
            )
        ),
        code(trend_figure()),
        code(freed_figure()),
        code(targets_figure()),
        markdown("## An analyst’s own part\n\nSome **words**, a [link](https://example.org)."),
        code(analyst_figure()),
        code(wide_table()),
        code(outputs=(nb.new_output("stream", name="stdout", text="61204 rows\n"),)),
        code(
            confidence(
                0.12,
                0.79,
                0.09,
                [
                    ("On tasks people checked blind", "the sorter agrees on 81% (77–84)"),
                    ("Two people tagging the same task", "α = 0.78 (0.72–0.83)"),
                    ("Not for", "evaluating individuals. Groups under 10 are not shown."),
                ],
            )
        ),
        code(glossary([("Execution", "Carrying out what is decided. Unit: hours.")])),
        code(method("Shares are *estimated* from tags and probabilities.\n\n- one\n- two")),
        code(privacy_note("Groups under 10 people are never shown, in any table or chart.")),
        code(result(FACTS)),
    )


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """The builders above, for tests: a module beside a conftest cannot be imported."""
    return SimpleNamespace(
        code=code,
        markdown=markdown,
        notebook=notebook,
        report=report_notebook,
        trend=trend_figure,
        analyst=analyst_figure,
        wide_table=wide_table,
        facts=FACTS,
    )
