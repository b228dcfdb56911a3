"""What a tool's export is: a table of text, its clock cells, and what can go wrong in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from taskmix.synth._organisation import Organisation


@dataclass(frozen=True)
class Layout:
    """One tool's export.

    Attributes
    ----------
    source : str
        The tool.
    file_name : str
        With ``{}`` for the quarter or year.
    period : {"Q", "Y"}
        What one file holds.
    encoding : str
        ``utf-8-sig`` where the tool begins with a byte order mark.
    quotes_all : bool
        Does the tool quote every cell?
    lay_out : callable
        Lays tasks out as text, one row a task under its index.
    clock_cells : callable
        Lays out only the cells that tell ``start``, ``end`` and ``minutes``.
    has_ends : bool
        Does the log say when an entry ended?
    id_column : str or None
        The column of the tool's own lasting id, and how it writes the n-th.
    write_id : callable
        Writes numbers, from 1, as ids.
    dirt : mapping of str to mapping of str to str
        Kinds of dirt that occur in this tool → the cells that they overwrite.
    add_total : callable or None
        Ends a table with a row that sums its minutes up, where the tool does so.
    """

    source: str
    file_name: str
    period: Literal["Q", "Y"]
    encoding: str
    quotes_all: bool
    lay_out: Callable[[np.random.Generator, pd.DataFrame, Organisation], pd.DataFrame]
    clock_cells: Callable[[pd.DataFrame], pd.DataFrame]
    has_ends: bool
    id_column: str | None
    write_id: Callable[[np.ndarray], list[str]]
    dirt: Mapping[str, Mapping[str, str]]
    add_total: Callable[[pd.DataFrame, int], pd.DataFrame] | None = None


def no_ids(numbers: np.ndarray) -> list[str]:
    """Write nothing: the tool has no lasting ids."""
    return [""] * len(numbers)


def name_periods(start: pd.Series, period: Literal["Q", "Y"]) -> pd.Series:
    """Name the quarter or year of each instant: ``2026-Q3``, ``2026``."""
    return start.dt.to_period(period).astype("str").str.replace("Q", "-Q")


def write_clock(minutes: pd.Series) -> list[str]:
    """Write durations as ``01:05:00``."""
    return [f"{m // 60:02d}:{m % 60:02d}:00" for m in minutes.tolist()]


def join_labels(
    rng: np.random.Generator,
    tasks: pd.DataFrame,
    *,
    kinds: Mapping[str, str],
    performers: Mapping[str, str],
    others: tuple[str, ...],
) -> list[str]:
    """Write the labels of each task: what tags it, who performed it, and others that say neither.

    Parameters
    ----------
    kinds, performers : mapping of str to str
        Category and performer → label; a performer without a label is unknown.
    others : tuple of str
        Of which three tasks in ten have one, before or behind the rest.
    """
    chances = rng.random((len(tasks), 2)).tolist()
    columns = (tasks[name].tolist() for name in ("category", "tagged", "performer_logged"))
    joined = []
    for category, tagged, performer, u in zip(*columns, chances, strict=True):
        labels = [kinds[category]] if tagged else []
        if performer in performers:
            labels.append(performers[performer])
        if u[0] < 0.3:
            labels.insert(round(u[1]) * len(labels), others[int(u[0] / 0.3 * len(others))])
        joined.append(", ".join(labels))
    return joined


def clients_of(tasks: pd.DataFrame, organisation: Organisation) -> list[str]:
    """Name the client of each task's project."""
    of = {
        (number, project): client
        for number, team in enumerate(organisation.teams)
        for project, client in zip(team.projects, team.clients, strict=True)
    }
    return [of[key] for key in zip(tasks["team"].tolist(), tasks["project"].tolist(), strict=True)]
