"""Sentences of the page about the sorting, computed from the measures' frames."""

from typing import Any

import pandas as pd

from taskmix.language import full_date, number, percentage, tr, trn
from taskmix.measures import BASES, Scope
from taskmix.report.mixfigures import json_number
from taskmix.report.trust import whole_percents
from taskmix.report.words import percent
from taskmix.store import Log


def headline(effort: pd.DataFrame, *, scope: Scope) -> str:
    """Say in one sentence how much was tagged, sorted and left unsure.

    Parameters
    ----------
    effort : pandas.DataFrame
        As `taskmix.measures.effort_by_basis` makes it, by period.
    """
    now = _now(effort, scope)
    total = int(now["n_tasks"].sum())
    tagged, by_sorter, unsure = _parts(now, "n_tasks")
    tasks = tr("the one task") if total == 1 else tr("{total} tasks", total=number(total))
    return tr(
        "Of {tasks} in {period}, people tagged {tagged}, the sorter was sure of "
        "{by_sorter}, and {unsure} stay unsure.",
        tasks=tasks,
        period=scope.period,
        tagged=tagged,
        by_sorter=by_sorter,
        unsure=unsure,
    )


def effort_sentence(effort: pd.DataFrame, *, scope: Scope) -> str:
    """Say the same in hours."""
    now = _now(effort, scope)
    hours = now["hours"].sum()
    if not hours:
        return tr("No hours of known length were logged in {period}.", period=scope.period)
    tagged, by_sorter, unsure = _parts(now, "hours")
    return tr(
        "Of {hours} human hours in {period}, people tagged {tagged}, the sorter was sure "
        "of {by_sorter}, and {unsure} stay unsure.",
        hours=number(hours, 0),
        period=scope.period,
        tagged=tagged,
        by_sorter=by_sorter,
        unsure=unsure,
    )


def effort_title(effort: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of the basis over time by what it shows."""
    share = effort[effort["basis"] == "unsure"].set_index("period")["share_of_hours"].dropna()
    if share.empty:
        return tr("No hours of known length were logged")
    if len(share) < 2 or scope.period not in share.index:
        return tr("{share} of the hours are unsure", share=percent(share.iloc[-1]))
    first, now = share.iloc[0], share[scope.period]
    return tr(
        "{now} of the hours are unsure in {period}, {before} in {first}",
        now=percent(now),
        period=scope.period,
        before=percent(first),
        first=share.index[0],
    )


def teams_title(by_team: pd.DataFrame) -> str:
    """Title the chart of teams by the range it shows."""
    unsure = by_team[by_team["basis"] == "unsure"]["share_of_hours"].dropna()
    if unsure.empty:
        return tr("No team logged hours of known length")
    low, high = percent(unsure.min()), percent(unsure.max())
    return tr("Between {low} and {high} of a team’s hours are unsure", low=low, high=high)


def sorted_items(
    model: dict[str, Any] | None, log: Log, *, audited: bool = False
) -> list[tuple[str, Any]]:
    """Say what sorted the log and whether it has seen all of it, each with its state.

    Parameters
    ----------
    model : dict or None
        The newest row of the table ``models``.
    audited : bool
        Whether an audit has enough answers to judge the sorter by.
    """
    if model is None:
        return [(tr("Every task is tagged; nothing was sorted"), "ok")]
    items: list[tuple[str, Any]] = [
        (
            tr(
                "Sorted on {day} by model {model_id}",
                day=full_date(model["at"]),
                model_id=model["model_id"],
            ),
            "ok",
        )
    ]
    if int(model["tasks_version"]) != log.version:
        items.append((tr("The log has changed since: run `taskmix sort` again"), "amber"))
    if model["cold_start"]:
        items.append((tr("Sorted by cue words alone: nobody has tagged a task"), "amber"))
    items.append((tr("Audited"), "ok") if audited else (tr("Not audited"), "amber"))
    return items


def certainty_title(steps: pd.DataFrame) -> str:
    """Title the chart of probabilities by what it shows."""
    total = int(steps["n_tasks"].sum())
    if total == 0:
        return tr("There is no untagged task")
    sure = int(steps.loc[steps["sure"], "n_tasks"].sum())
    return tr(
        "The sorter is sure of {sure} of {total} untagged tasks",
        sure=percent(sure / total),
        total=number(total),
    )


def titles_sentence(unsure: pd.DataFrame, effort: pd.DataFrame, *, scope: Scope) -> str:
    """Say how many of the unsure tasks the listed titles hold.

    Parameters
    ----------
    unsure : pandas.DataFrame
        As `taskmix.measures.unsure_titles` makes it.
    """
    if unsure.empty:
        return tr("No task is unsure.")
    now = _now(effort, scope).set_index("basis")["n_tasks"]
    held, total = int(unsure["n_unsure"].sum()), int(now["unsure"])
    return trn(
        "This title holds {held} of {tasks}. A tag for one of them helps with all that are like "
        "it.",
        "These {n} titles hold {held} of {tasks}. A tag for one of them helps with all that are "
        "like it.",
        len(unsure),
        held=number(held),
        tasks=trn("{n} unsure task", "{n} unsure tasks", total),
    )


def quality_figures(
    effort: pd.DataFrame, model: dict[str, Any] | None, *, scope: Scope
) -> dict[str, Any]:
    """Collect the page's main figures as plain JSON values."""
    now = _now(effort, scope).set_index("basis")
    held_out = None if model is None else json_number(model["held_out_accuracy"])
    return {
        "tasks": {basis: int(now.loc[basis, "n_tasks"]) for basis in BASES},
        "hours": {basis: float(now.loc[basis, "hours"]) for basis in BASES},
        "model_id": None if model is None else str(model["model_id"]),
        "cold_start": model is not None and bool(model["cold_start"]),
        "held_out_accuracy": held_out,
        "n_held_out": 0 if model is None else int(model["n_held_out"]),
        "audited": False,
    }


def _now(frame: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return frame[frame["period"] == scope.period]


def _parts(now: pd.DataFrame, value: str) -> list[str]:
    """Write the three parts as percentages that add up to 100%."""
    counts = now.set_index("basis")[value].reindex(list(BASES))
    total = counts.sum()
    shares = [float(count / total) for count in counts] if total else [0.0, 0.0, 1.0]
    return [percentage(part / 100) for part in whole_percents(shares)]
