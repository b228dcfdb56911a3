"""Exploration, breadth and integration: what is new to people, how much there is, how far apart."""

import pandas as pd

from taskmix.language import noted, trn
from taskmix.measures.markers.catalogue import HISTORY_DAYS, MIN_TASKS
from taskmix.measures.markers.cells import GROUP, Level, contributions
from taskmix.measures.markers.collecting import Family, reasons_where
from taskmix.measures.markers.focus import LEAST_COVERED
from taskmix.measures.markers.hill import rarefied_kinds, unlike_pairs
from taskmix.measures.markers.kinds import with_novelty
from taskmix.periods import parse_period

_DAYS_OF_MONTH = 30.44


def variety(kinds: pd.DataFrame, days: pd.DataFrame, first_days: pd.Series, *, by: Level) -> Family:
    """Compute exploration, breadth and integration, person by person.

    Parameters
    ----------
    kinds : pandas.DataFrame
        As `taskmix.measures.markers.kinds.person_kinds` makes them, of the whole log.
    days : pandas.DataFrame
        ``period``, the group, ``person``, ``hours``.
    first_days : pandas.Series
        The first epoch day of each person's own log.
    """
    reasons = _reasons(kinds, days, first_days, by=by)
    return Family([_exploration(kinds, first_days, by=by), *_spread(kinds, by=by)], reasons)


def _exploration(kinds: pd.DataFrame, first_days: pd.Series, *, by: Level) -> pd.DataFrame:
    told = with_novelty(kinds, first_days)
    told = told[told["has_history"]]
    keys = ["period", *GROUP[by], "person"]
    people = (
        told.assign(new_hours=told["hours"].where(told["is_new"], 0.0))
        .groupby(keys, as_index=False)[["hours", "new_hours"]]
        .sum()
    )
    return contributions(people, "exploration", x="new_hours", y="hours")


def _spread(kinds: pd.DataFrame, *, by: Level) -> list[pd.DataFrame]:
    keys = ["period", *GROUP[by], "person"]
    counted = kinds[kinds["n_tasks"] > 0]
    # One number a person's cell, so that the sums below need no text.
    cell = counted.groupby(keys, sort=False).ngroup()
    n_tasks = counted["n_tasks"].groupby(cell).sum()
    breadth = rarefied_kinds(counted["n_tasks"], cell, n_drawn=MIN_TASKS)
    unlike = sum(_unlike(counted, cell, column) for column in ("project_no", "category_no")) / 2
    people = counted[keys].assign(cell=cell).drop_duplicates("cell")
    people = people.assign(
        breadth=people["cell"].map(breadth),
        # With d half for another project and half for another category, Σ d p p is the mean of
        # the two chances that two tasks are unlike.
        integration=people["cell"].map((1 / (1 - unlike)).where(n_tasks >= MIN_TASKS)),
    )
    return [contributions(people, name, x=name, y=None) for name in ("breadth", "integration")]


def _unlike(counted: pd.DataFrame, cell: pd.Series, column: str) -> pd.Series:
    sums = counted["n_tasks"].groupby([cell.rename("cell"), counted[column]]).sum().reset_index()
    return unlike_pairs(sums["n_tasks"], sums["cell"])


def _reasons(
    kinds: pd.DataFrame, days: pd.DataFrame, first_days: pd.Series, *, by: Level
) -> list[pd.DataFrame]:
    keys = ["period", *GROUP[by]]
    cells = days.groupby(keys)["hours"].sum().to_frame("all_hours")
    cells = cells.join(kinds.groupby(keys)["hours"].sum()).fillna(0.0).reset_index()
    with_project = (cells["hours"] / cells["all_hours"].where(cells["all_hours"] > 0)).fillna(0.0)
    all_three = ["exploration", "breadth", "integration", "adaptability"]
    return [
        *_too_short(cells, int(first_days.min()) if len(first_days) else 0),
        reasons_where(cells, with_project < LEAST_COVERED, all_three,
                      noted("not enough data: has a project for {share} of the hours, needs 50%"),
                      with_project),
    ]  # fmt: skip


def _too_short(cells: pd.DataFrame, log_begins: int) -> list[pd.DataFrame]:
    """Say how many months the log has before each period, where they are too few."""
    epoch = pd.Timestamp("1970-01-01")
    begins = {name: (parse_period(name).start_time - epoch).days for name in cells["period"]}
    before = cells["period"].map(begins) - log_begins
    needs = round(HISTORY_DAYS / _DAYS_OF_MONTH)
    tables = []
    for n_days in sorted(before[before < HISTORY_DAYS].unique()):
        n = min(max(0, int(n_days / _DAYS_OF_MONTH)), needs - 1)
        text = noted("not enough data: has {months}, needs {least}")
        months = trn("{n} month", "{n} months", n)
        of_these = before == n_days
        tables.append(
            reasons_where(cells, of_these, ["exploration"], text, months=months, least=needs)
        )
    return tables
