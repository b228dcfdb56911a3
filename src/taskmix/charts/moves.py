"""Charts of what moved: the mix within teams and between them, and execution's hours."""

import pandas as pd
import plotly.graph_objects as go

from taskmix.charts.dress import INK, SOFT, colour, dressed, known_values, lying, named, with_key
from taskmix.charts.freed import signed
from taskmix.language import noted, tr
from taskmix.taxonomy import CATEGORIES, COLOURS

PAPER = COLOURS["paper"][0]

#: Component → how strong its colour is, its hatching, its outline in px, and its words. A PDF holds
#: a hatched bar as a picture: only what is rare is hatched.
_COMPONENTS = [
    ("within", "", "", 0, noted("within teams")),
    ("between", "33", "", 1.5, noted("between teams")),
    ("came", "33", "/", 0, noted("teams that came")),
    ("went", "33", "x", 0, noted("teams that went")),
]
_FACTORS = {
    "tasks": noted("tasks"),
    "human_share": noted("people’s part"),
    "timed": noted("hours known"),
    "hours_per_task": noted("hours a task"),
}


def mix_moves(moves: pd.DataFrame, *, title: str, takeaway: str, base: str) -> go.Figure | None:
    """Draw for each category what its change of share is made of; None where that is not known.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `taskmix.measures.mix_moves` makes it.
    title, takeaway : str
        What the chart shows.
    base : str
        What the shares are of.
    """
    rows = moves.set_index("category").reindex(list(CATEGORIES))
    teams = rows[["n_stayed", "n_came", "n_went"]].max()
    if rows["change"].isna().all() or teams.sum() < 2:
        return None
    figure = go.Figure()
    shown = [
        part for part in _COMPONENTS if part[0] in ("within", "between") or rows[part[0]].any()
    ]
    hues = [colour(category) for category in CATEGORIES]
    for name, strength, pattern, outline, words in shown:
        figure.add_bar(
            y=named(CATEGORIES), x=known_values(rows[name]), orientation="h", showlegend=False,
            marker={"color": [f"{hue}{strength}" for hue in hues],
                    "pattern": {"shape": pattern, "fgcolor": INK, "size": 6},
                    "line": {"color": hues, "width": outline}},
            hovertemplate=f"%{{y}}, {tr(words)}: %{{x:+.1%}}<extra></extra>",
        )  # fmt: skip
        # The bars have four colours, the key one for all of them.
        figure.add_bar(
            y=[None], x=[None], name=tr(words),
            marker={"color": f"{SOFT}{strength}",
                    "pattern": {"shape": pattern, "fgcolor": INK, "size": 6},
                    "line": {"color": SOFT, "width": outline}},
        )  # fmt: skip
    figure.add_scatter(
        y=named(CATEGORIES), x=known_values(rows["change"]), mode="markers", name=tr(
            "all together"
        ),
        marker={"size": 11, "symbol": "diamond", "color": PAPER,
                "line": {"color": INK, "width": 1.5}},
        hovertemplate="%{y}: %{x:+.1%}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(
        barmode="relative", bargap=0.45, **lying(7, above=52, tickformat="+.1%", tickangle=0)
    )
    now, before = rows["period"].iloc[0], rows["against"].iloc[0]
    columns = ["category", "before", "share", "change", *(name for name, *_ in _COMPONENTS)]
    dressed(
        figure, title=title, subtitle=tr(
            "Change of the share of human hours from {before} to {now}, {base}; 1% is a "
            "point. Bars add up to the diamond. Not audited: no interval.",
            before=before, now=now, base=base,
        ),
        takeaway=takeaway, table=moves[columns].round(4), csv="mix_moves", height=310,
        narrow={"xaxis": {"nticks": 4}, "margin": {"t": 74}},
    )  # fmt: skip
    return with_key(figure)


def execution_moves(
    moves: pd.DataFrame, *, title: str, takeaway: str, unit: str = ""
) -> go.Figure | None:
    """Draw what changed execution's hours, a bar a factor; None where that is not known.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `taskmix.measures.execution_moves` makes it.
    title, takeaway : str
        What the chart shows.
    unit : str
        Of ``hours``.
    """
    if moves["hours"].isna().all():
        return None
    names = [tr(_FACTORS[factor]) for factor in moves["factor"]]
    figure = go.Figure()
    figure.add_bar(
        y=names, x=known_values(moves["hours"]), orientation="h",
        marker={"color": colour("execution")},
        text=[signed(hours) for hours in moves["hours"]], textposition="outside",
        textfont={"color": INK, "size": 13}, cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip
    largest = max(float(moves["hours"].abs().max()), 1e-9)
    figure.update_layout(
        bargap=0.4, **lying(5, range=[-1.4 * largest, 1.4 * largest], tickformat="+.2~r")
    )
    now, before = moves["period"].iloc[0], moves["against"].iloc[0]
    table = moves[["factor", "before", "now", "hours"]].round(3)
    return dressed(
        figure, title=title, subtitle=tr(
            "Change of execution’s hours from {before} to {now} by what it came from, in "
            "{unit}. Estimates, not audited: no interval.",
            before=before, now=now, unit=unit or tr("hours a person-week")
        ),
        takeaway=takeaway, table=table, csv="execution_moves", height=80 + 46 * len(names),
        narrow={"xaxis": {"nticks": 3, "range": [-2 * largest, 2 * largest]}},
    )  # fmt: skip
