"""The organisation's files, one after the other, with the truth about their rows."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.synth._clockify import CLOCKIFY
from taskmix.synth._dirt import FATES, MOST_DIRT, Soiler, readable_minutes
from taskmix.synth._jira import JIRA
from taskmix.synth._layout import Layout, name_periods
from taskmix.synth._organisation import Organisation, found_organisation
from taskmix.synth._people import name_people
from taskmix.synth._tasks import draw_tasks
from taskmix.synth._toggl import TOGGL
from taskmix.synth._tracker import TRACKER, logged_hours

LAYOUTS: tuple[Layout, ...] = (TRACKER, TOGGL, CLOCKIFY, JIRA)


@dataclass(frozen=True)
class LogFile:
    """One export: its cells as text, and the truth about each of its rows in the same order."""

    name: str
    layout: Layout
    cells: pd.DataFrame
    truth: pd.DataFrame


@dataclass(frozen=True)
class Streams:
    """Separate random streams: dirt, or another layout, leaves the tasks as they are."""

    founding: np.random.Generator
    working: np.random.Generator
    filing: np.random.Generator
    soiling: np.random.Generator

    @classmethod
    def of(cls, seed: int) -> "Streams":
        """Make the streams of a seed."""
        return cls(*map(np.random.default_rng, np.random.SeedSequence(seed).spawn(4)))


def found(
    *, people: int, months: int, teams: int | None, last_month: str, seed: int
) -> Organisation:
    """Found the organisation of a seed."""
    return found_organisation(
        Streams.of(seed).founding, people=people, months=months, teams=teams, last_month=last_month
    )


def simulate(organisation: Organisation, *, seed: int, dirt: float) -> Iterator[LogFile]:
    """Let the organisation work, and yield what its tools export."""
    if not 0 <= dirt <= MOST_DIRT:
        raise TaskmixError(f"dirt is {dirt}; it must be from 0 to {MOST_DIRT}")
    streams = Streams.of(seed)
    tasks = draw_tasks(streams.working, organisation)
    for layout, filing, soiling in zip(
        LAYOUTS,
        streams.filing.spawn(len(LAYOUTS)),
        streams.soiling.spawn(len(LAYOUTS)),
        strict=True,
    ):
        mine = tasks[tasks["tool"] == layout.source]
        if mine.empty:
            continue
        cells = layout.lay_out(filing, mine, organisation)
        soiler = Soiler(soiling, layout, rate=dirt, n_clean=len(mine))
        tickets = _tickets(layout, mine, cells)
        for period, rows in mine.groupby(name_periods(mine["start"], layout.period)):
            own = rows.assign(parent_ticket=tickets[rows.index])
            soiled, text = soiler.soil(own, cells.loc[rows.index])
            name = layout.file_name.format(period)
            yield _make_file(name, layout, soiled, text, organisation)


def _tickets(layout: Layout, tasks: pd.DataFrame, cells: pd.DataFrame) -> pd.Series:
    """Name the ticket of each task's parent."""
    if layout.id_column is None:
        return pd.Series("", index=tasks.index)
    return tasks["parent"].map(cells[layout.id_column]).fillna("")


def _make_file(
    name: str, layout: Layout, tasks: pd.DataFrame, cells: pd.DataFrame, organisation: Organisation
) -> LogFile:
    truth = _tell_truth(name, layout, tasks, cells, organisation)
    if layout.add_total is not None:
        cells = layout.add_total(cells, int(readable_minutes(tasks).sum()))
        truth = pd.concat([truth, _tell_total(truth)])
    numbered = truth.assign(row=np.arange(1, len(truth) + 1)).reset_index(drop=True)
    return LogFile(name, layout, cells, numbered)


def _tell_truth(
    name: str, layout: Layout, tasks: pd.DataFrame, cells: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    teams, kind = organisation.teams, tasks["dirt"]
    minutes = readable_minutes(tasks)
    hours = logged_hours(minutes) if layout.source == "tracker" else (minutes / 60).round(4)
    knows_end = layout.has_ends & minutes.notna()
    return pd.DataFrame(
        {
            "file": name,
            "row": 0,
            "source": layout.source,
            "ticket": "" if layout.id_column is None else cells[layout.id_column],
            "parent": tasks["parent_ticket"],
            "person": name_people(organisation.n_people)["person"][tasks["person"]],
            "team": np.array([team.name for team in teams])[tasks["team"]],
            "department": np.array([team.department for team in teams])[tasks["team"]],
            "month": organisation.months.astype("str").to_numpy()[tasks["month"]],
            "title": tasks["title"],
            "category": tasks["category"],
            "performer": tasks["performer"],
            "performer_logged": tasks["performer_logged"],
            "started_at": tasks["start"].astype("datetime64[us]"),
            "ended_at": tasks["end"].astype("datetime64[us]").where(knows_end),
            "hours": hours,
            "tagged": tasks["tagged"] & (kind != "unknown_tag"),
            "dirt": kind,
            "fate": kind.map({kind: told.fate for kind, told in FATES.items()}),
            "reason": kind.map({kind: told.reason for kind, told in FATES.items()}),
        }
    )


def _tell_total(truth: pd.DataFrame) -> pd.DataFrame:
    told = FATES["total_row"]
    total = truth.tail(1)
    times = total[["started_at", "ended_at"]].shift()
    blank = ("ticket", "parent", "person", "team", "department", "month", "title", "category",
             "performer", "performer_logged")  # fmt: skip
    return total.assign(
        **dict.fromkeys(blank, ""), **times, hours=np.nan, tagged=False, dirt="total_row",
        fate=told.fate, reason=told.reason,
    )  # fmt: skip
