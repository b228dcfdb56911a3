"""Sentences of one person's own page: to them, of their own log, compared with nobody's."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from taskmix.measures import Scope
from taskmix.report.analyst import number
from taskmix.report.blocks import Block
from taskmix.report.mixfigures import execution_figures, of_period, period_values
from taskmix.report.text import clean
from taskmix.report.trust import whole_percents
from taskmix.report.words import percent, when
from taskmix.store import Log

PRIVACY = (
    "This page is not for evaluating individuals. It was made for you; nobody may ask you for it."
)


def names_of(person: str) -> list[str]:
    """Return the pseudonyms in the notebook's parameter, which joins them by ``;``."""
    return [name for part in person.split(";") if (name := part.strip())]


def own_note(names: Sequence[str]) -> Block:
    """Return the note at the top of the page: whose it is, and who is not on it."""
    who = names[0] if names else "nobody"
    text = (
        f"It shows your own rows and titles: of whoever stands in the log as {who}. Nobody else "
        "is on it: it compares you with no one and ranks nobody. It lies in data/analyst, for its "
        "owner alone, and no page links to it."
    )
    html = Markup('<p class="tm tm-notice"><strong>For you alone.</strong> {}</p>').format(text)
    return Block(html, f"For you alone. {clean(text)}")


def headline(hours: pd.DataFrame, shares: pd.DataFrame, *, scope: Scope) -> str:
    """Say how much was logged, and what most of it went to.

    Parameters
    ----------
    hours, shares : pandas.DataFrame
        As `taskmix.measures.hours_by_label` and `shares` make them of the person's cells.
    """
    now = of_period(hours, scope)
    total, n_tasks = now["hours"].sum(), int(now["n_tasks"].sum())
    known = of_period(shares, scope).dropna(subset=["share"])
    if not total or known.empty:
        return f"You logged {_tasks(n_tasks)} in {when(scope)}, none of them with hours."
    top = known.sort_values("share", ascending=False).iloc[0]
    return (
        f"You logged {total:,.0f} hours in {when(scope)}; {top['category']} takes about "
        f"{percent(top['share'])} of them."
    )


def freshness_items(own: Log, model: pd.Series | None) -> list[tuple[str, Any]]:
    """Say how far the person's log reaches, and what sorted it."""
    items: list[tuple[str, Any]] = [(f"Your log runs to {_day(own.last_date)}", "ok")]
    if model is None:
        return [*items, ("Nothing was sorted yet: run `taskmix sort`", "amber")]
    if model["cold_start"]:
        return [*items, ("Sorted by cue words alone: nobody’s tags were there", "amber")]
    return [*items, (f"Sorted by model {model['model_id']}", "ok")]


def path_title(shares: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of shares over time by what became of the largest category."""
    known = shares.dropna(subset=["share"])
    now = of_period(known, scope)
    if now.empty:
        return f"No hours of known length stand in {scope.period}"
    top = str(now.sort_values("share", ascending=False)["category"].iloc[0])
    line = known[known["category"] == top].set_index("period")["share"]
    if len(line) < 2:
        return f"{top.capitalize()} takes about {percent(line.iloc[-1])} of your hours"
    return (
        f"{top.capitalize()} takes about {percent(line[scope.period])} of your hours; it was "
        f"{percent(line.iloc[0])} in {line.index[0]}"
    )


def labels_sentence(hours: pd.DataFrame, effort: pd.DataFrame, *, scope: Scope) -> str:
    """Say what part of the period's tasks people tagged, the sorter sorted, and what is unsure.

    Parameters
    ----------
    effort : pandas.DataFrame
        As `taskmix.measures.effort_by_basis` makes it of the person's cells.
    """
    now = of_period(effort, scope)
    total = int(of_period(hours, scope)["n_tasks"].sum())
    if not total:
        return f"No task of yours began in {scope.period}."
    tagged, by_sorter, unsure = whole_percents(list(now["share_of_tasks"]))
    return (
        f"Of {_tasks(total)} in {when(scope)}, people tagged {tagged}%, the sorter was sure of "
        f"{by_sorter}%, and {unsure}% stay unsure."
    )


def held_sentence(held: pd.DataFrame, refused: pd.DataFrame) -> str:
    """Say what the log holds: how many tasks, from when to when, from which tools.

    Parameters
    ----------
    held : pandas.DataFrame
        As `taskmix.measures.own.held_by_source` makes it.
    refused : pandas.DataFrame
        As `taskmix.measures.own.own_refusals` makes it.
    """
    n, first, last = int(held["n_tasks"].sum()), held["first_day"].min(), held["last_day"].max()
    sources = "one source" if len(held) == 1 else f"{len(held)} sources"
    waiting = (
        "No record of yours waits to be corrected."
        if refused.empty
        else f"{_counted(len(refused), 'record')} of yours could not be read."
    )
    days = f"{_day(first)} to {_day(last)}"
    return f"The log holds {_tasks(n)} of yours, {days}, from {sources}. {waiting}"


def tags_sentence(given: pd.DataFrame) -> str:
    """Say what the person said of tasks in the queue."""
    if given.empty:
        return "You tagged no task in taskmix’s own queue under this name."
    said = ", ".join(f"{row.n_tags:,} {row.category}" for row in given.itertuples())
    return (
        f"In taskmix’s own queue you gave {_counted(int(given['n_tags'].sum()), 'tag')} (your own "
        f"tasks or others’): {said}."
    )


OBJECTING = (
    "Is a label wrong? Tag the task in your tool with what the workspace’s `[tags]` know, and have "
    "it exported again; or ask for a sheet of the queue. A person’s tag always wins over the "
    "sorter’s label. `taskmix explain`, with a task id from below, shows which words decided. Is a "
    "row wrong? Correct it in the tool: the next export replaces it. Do you want to be gone? "
    "`taskmix forget` takes everything of yours away, for good."
)


def own_figures(
    hours: pd.DataFrame,
    shares: pd.DataFrame,
    performers: pd.DataFrame,
    held: pd.DataFrame,
    refused: pd.DataFrame,
    given: pd.DataFrame,
    *,
    scope: Scope,
) -> dict[str, Any]:
    """Collect the page's figures as JSON values."""
    now = of_period(hours, scope)
    return {
        "hours": period_values(hours, scope, key="label", value="hours"),
        "total_hours": number(now["hours"].sum()),
        "tasks": {str(k): int(n) for k, n in zip(now["label"], now["n_tasks"], strict=True)},
        "shares": period_values(shares, scope, key="category", value="share"),
        **execution_figures(performers, scope),
        "held": {
            "n_tasks": int(held["n_tasks"].sum()),
            "sources": held["source"].tolist(),
            "first_day": f"{held['first_day'].min():%Y-%m-%d}",
            "last_day": f"{held['last_day'].max():%Y-%m-%d}",
            "quarantined": len(refused),
        },
        "tags_given": dict(zip(given["category"], map(int, given["n_tags"]), strict=True)),
    }


def _tasks(n: int) -> str:
    return _counted(n, "task")


def _counted(n: int, what: str) -> str:
    return f"1 {what}" if n == 1 else f"{n:,} {what}s"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"
