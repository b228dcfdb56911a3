"""Sentences of one person's own page: to them, of their own log, compared with nobody's."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from taskmix.language import capital, full_date, noted, number, tr, trn
from taskmix.measures import Scope
from taskmix.report.blocks import Block
from taskmix.report.mixfigures import execution_figures, json_number, of_period, period_values
from taskmix.report.text import clean
from taskmix.report.trust import whole_percents
from taskmix.report.words import percent, when
from taskmix.store import Log

PRIVACY = noted(
    "This page is not for evaluating individuals. It was made for you; nobody may ask you for it."
)


def names_of(person: str) -> list[str]:
    """Return the pseudonyms in the notebook's parameter, which joins them by ``;``."""
    return [name for part in person.split(";") if (name := part.strip())]


def own_note(names: Sequence[str]) -> Block:
    """Return the note at the top of the page: whose it is, and who is not on it."""
    text = tr(
        "It shows your own rows and titles: of whoever stands in the log as {who}. Nobody else "
        "is on it: it compares you with no one and ranks nobody. It lies in data/analyst, for its "
        "owner alone, and no page links to it.",
        who=names[0] if names else tr("nobody"),
    )
    whom = tr("For you alone.")
    html = Markup('<p class="tm tm-notice"><strong>{}</strong> {}</p>').format(whom, text)
    return Block(html, f"{whom} {clean(text)}")


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
        return tr(
            "You logged {tasks} in {period}, none of them with hours.",
            tasks=_tasks(n_tasks),
            period=when(scope),
        )
    top = known.sort_values("share", ascending=False).iloc[0]
    return tr(
        "You logged {total} hours in {period}; {category} takes about {share} of them.",
        total=number(total, 0),
        period=when(scope),
        category=tr(top["category"]),
        share=percent(top["share"]),
    )


def freshness_items(own: Log, model: pd.Series | None) -> list[tuple[str, Any]]:
    """Say how far the person's log reaches, and what sorted it."""
    items: list[tuple[str, Any]] = [
        (tr("Your log runs to {day}", day=full_date(own.last_date)), "ok")
    ]
    if model is None:
        return [*items, (tr("Nothing was sorted yet: run `taskmix sort`"), "amber")]
    if model["cold_start"]:
        return [*items, (tr("Sorted by cue words alone: nobody’s tags were there"), "amber")]
    return [*items, (tr("Sorted by model {model_id}", model_id=model["model_id"]), "ok")]


def path_title(shares: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of shares over time by what became of the largest category."""
    known = shares.dropna(subset=["share"])
    now = of_period(known, scope)
    if now.empty:
        return tr("No hours of known length stand in {period}", period=scope.period)
    top = str(now.sort_values("share", ascending=False)["category"].iloc[0])
    line = known[known["category"] == top].set_index("period")["share"]
    if len(line) < 2:
        return tr(
            "{category} takes about {share} of your hours",
            category=capital(tr(top)),
            share=percent(line.iloc[-1]),
        )
    return tr(
        "{category} takes about {share} of your hours; it was {before} in {first}",
        category=capital(tr(top)),
        share=percent(line[scope.period]),
        before=percent(line.iloc[0]),
        first=line.index[0],
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
        return tr("No task of yours began in {period}.", period=scope.period)
    tagged, by_sorter, unsure = whole_percents(list(now["share_of_tasks"]))
    return tr(
        "Of {total} in {period}, people tagged {tagged}%, the sorter was sure of "
        "{by_sorter}%, and {unsure}% stay unsure.",
        total=_tasks(total),
        period=when(scope),
        tagged=tagged,
        by_sorter=by_sorter,
        unsure=unsure,
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
    sources = trn("one source", "{n} sources", len(held))
    waiting = (
        tr("No record of yours waits to be corrected.")
        if refused.empty
        else trn(
            "{n} record of yours could not be read.",
            "{n} records of yours could not be read.",
            len(refused),
        )
    )
    days = tr("{first} to {last}", first=full_date(first), last=full_date(last))
    return tr(
        "The log holds {tasks} of yours, {days}, from {sources}. {waiting}",
        tasks=_tasks(n),
        days=days,
        sources=sources,
        waiting=waiting,
    )


def tags_sentence(given: pd.DataFrame) -> str:
    """Say what the person said of tasks in the queue."""
    if given.empty:
        return tr("You tagged no task in taskmix’s own queue under this name.")
    said = ", ".join(f"{number(row.n_tags)} {tr(row.category)}" for row in given.itertuples())
    return tr(
        "In taskmix’s own queue you gave {tags} (your own tasks or others’): {said}.",
        tags=trn("{n} tag", "{n} tags", int(given["n_tags"].sum())),
        said=said,
    )


OBJECTING = noted(
    "Is a label wrong? Tag the task in your tool with what the workspace’s `[tags]` "
    "know, and have it exported again; or ask for a sheet of the queue. A person’s tag "
    "always wins over the sorter’s label. `taskmix explain`, with a task id from below, "
    "shows which words decided. Is a row wrong? Correct it in the tool: the next export "
    "replaces it. Do you want to be gone? `taskmix forget` takes everything of yours "
    "away, for good."
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
        "total_hours": json_number(now["hours"].sum()),
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
    return trn("{n} task", "{n} tasks", n)
