"""Depth and fragmentation: how long people stay with one project, and how often they change."""

import narwhals as nw
import pandas as pd

from taskmix.language import noted
from taskmix.measures.markers.cells import GROUP, Level, contributions
from taskmix.measures.markers.collecting import (
    Family,
    collected,
    group_keys,
    in_period,
    reasons_where,
)
from taskmix.measures.markers.places import Places
from taskmix.measures.markers.sessions import (
    blocks,
    clocked,
    in_local_time,
    in_sequence,
    starts_rounded,
)
from taskmix.periods import Frequency

#: Above this part of starts at :00 or :30 the gaps between tasks are what a person rounded.
MOST_ROUNDED = 0.6
#: Below this part of the hours a marker would speak for the rest.
LEAST_COVERED = 0.5
_SUMS = ["hours", "project_hours", "deep_hours", "changes", "n_starts", "n_rounded"]


def focus(
    entries: nw.LazyFrame, places: Places, days: pd.DataFrame, *, frequency: Frequency, by: Level
) -> Family:
    """Compute depth and fragmentation, person by person.

    Parameters
    ----------
    entries : narwhals.LazyFrame
        As `human_entries` returns them.
    places : Places
    days : pandas.DataFrame
        ``period``, the group, ``person``, ``hours`` (all human hours).
    """
    rows = in_sequence(in_local_time(clocked(entries), places))
    is_first, named = nw.col("part") == 0, ~nw.col("project").is_null()
    rows = rows.with_columns(
        hours=nw.col("clock_hours"),
        project_hours=nw.when(named).then(nw.col("clock_hours")).otherwise(nw.lit(0.0)),
        n_starts=nw.when(is_first).then(nw.lit(1)).otherwise(nw.lit(0)),
        n_rounded=nw.when(is_first & starts_rounded()).then(nw.lit(1)).otherwise(nw.lit(0)),
    )
    keys, sums = group_keys(by), [name for name in _SUMS if name != "deep_hours"]
    of_blocks = blocks(in_period(rows, frequency=frequency), keys, sums=sums)
    by_person = of_blocks.group_by(*keys).agg(*(nw.col(name).sum() for name in _SUMS))
    people = collected(by_person, frequency=frequency)
    parts = [
        contributions(people, "depth", x="deep_hours", y="project_hours"),
        contributions(people, "fragmentation", x="changes", y="project_hours"),
    ]
    return Family(parts, _reasons(people, days, by=by))


def _reasons(people: pd.DataFrame, days: pd.DataFrame, *, by: Level) -> list[pd.DataFrame]:
    keys = ["period", *GROUP[by]]
    both = ["depth", "fragmentation"]
    cells = days.groupby(keys)["hours"].sum().to_frame("all_hours")
    cells = cells.join(people.groupby(keys)[_SUMS].sum()).fillna(0.0).reset_index()
    with_project = (cells["project_hours"] / cells["hours"]).fillna(0.0)
    rounded = (cells["n_rounded"] / cells["n_starts"]).fillna(0.0)
    return [
        no_clock(cells, both),
        reasons_where(cells, with_project < LEAST_COVERED, both,
                      noted("not enough data: has a project for {share} of the hours on the "
                            "clock, needs 50%"),
                      with_project),
        reasons_where(cells, rounded > MOST_ROUNDED, ["depth"],
                      noted("not shown: {share} of the starts fall on :00 or :30, more than 60%, "
                            "and rounded clocks hide the gaps"), rounded),
    ]  # fmt: skip


def no_clock(cells: pd.DataFrame, markers: list[str]) -> pd.DataFrame:
    """Refuse markers of the clock where most hours have no clock times.

    Parameters
    ----------
    cells : pandas.DataFrame
        One row a cell: ``all_hours``, and ``hours`` of entries on the clock.
    """
    covered = (cells["hours"] / cells["all_hours"]).fillna(0.0)
    text = noted("not enough data: has clock times for {share} of the hours, needs 50%")
    return reasons_where(cells, covered < LEAST_COVERED, markers, text, covered)
