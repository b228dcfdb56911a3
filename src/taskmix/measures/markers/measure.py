"""All markers of a log, by period and group."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.errors import MeasureError
from taskmix.measures.markers.catalogue import MARKERS
from taskmix.measures.markers.cells import GROUP, Level, estimate
from taskmix.measures.markers.collecting import Family, collected, group_keys, in_period
from taskmix.measures.markers.effort import effort
from taskmix.measures.markers.focus import focus
from taskmix.measures.markers.hiding import no_cells, with_reasons
from taskmix.measures.markers.kinds import person_kinds
from taskmix.measures.markers.places import Places
from taskmix.measures.markers.rhythm import rhythm
from taskmix.measures.markers.sessions import human_entries
from taskmix.measures.markers.shifting import adaptability
from taskmix.measures.markers.ties import ties
from taskmix.measures.markers.variety import variety
from taskmix.measures.rows import LongTasks
from taskmix.periods import Frequency
from taskmix.store import measured_once

_OF_KINDS = ("exploration", "breadth", "integration")
_OF_FOCUS = ("depth", "fragmentation")
_OF_TIES = ("collaborators", "ties_across")
_OF_EFFORT = ("connection", "decision", "creativity", "creativity_with_ai", "guiding_ai", "rework")
_OF_RHYTHM = ("outside_hours", "weekend", "day_span", "start_spread")


@measured_once
def markers(
    tasks: Any,
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    places: Places,
    by: Level = "organisation",
    only: Sequence[str] = (),
    min_people: int = 10,
    min_days: int = 20,
    long_tasks: LongTasks = "start",
    both_human_share: float = 1.0,
) -> pd.DataFrame:
    """Measure conditions of meaningful work, by period and group; never a person.

    Conditions, not meaning: there is no score over them, no target and no rank. What each is,
    what it stands on and what to read it beside tells `marker_catalogue`.

    Parameters
    ----------
    tasks, sorted_tasks : frame that narwhals knows
        The tables ``tasks`` and ``sorted``.
    frequency : {"month", "quarter", "year"}
    places : Places
        Time zones and declared hours, in the engine of `tasks`; see `places_of`.
    by : {"organisation", "department", "team"}
    only : sequence of str
        Names of markers; all by default. What is not asked for takes no time.
    min_people, min_days : int
        A figure is of so many people at least, each with so many logged days in the period.
    long_tasks, both_human_share
        As in `taskmix.measures.rollup`. "end" and "evenly" move the hours of `connection`,
        `decision`, `creativity`, `guiding_ai` and `rework`; the other markers go by when a task
        began.

    Returns
    -------
    pandas.DataFrame
        One row is one marker of one group in one period, in the order of `marker_catalogue`:
        ``period``, ``department`` or ``team`` where `by` says so, ``marker``, ``value`` (in the
        marker's unit), ``low`` and ``high`` (95% interval over people, missing where none is
        earned), ``before`` (the value of the period before), ``change``, ``change_low``,
        ``change_high``, ``n_people`` and ``n_days`` (what the value is of; missing where they are
        of too few people, or would tell how few), and ``why_not``: why there is no value, missing
        where there is one.

    Raises
    ------
    MeasureError
        If `only` names a marker that there is none of.
    """
    wanted = _wanted(only)
    entries = human_entries(tasks, both_human_share=both_human_share)
    options: dict[str, Any] = {"frequency": frequency, "by": by}
    least = {"min_people": min_people, "min_days": min_days}
    days = logged_days(entries, **options)
    if days.empty:
        return no_cells(by=by)
    families: list[Family] = []
    tables: list[pd.DataFrame] = []
    tagged = days[["period", *GROUP[by]]].drop_duplicates().assign(tagged=float("nan"))
    if wanted & {*_OF_KINDS, "adaptability"}:
        kinds = person_kinds(entries, sorted_tasks, **options)
        families.append(variety(kinds, days, days.groupby("person")["first_day"].min(), by=by))
        if "adaptability" in wanted:
            tables.append(adaptability(kinds, days, by=by, **least))
    if wanted & {*_OF_FOCUS}:
        families.append(focus(entries, places, days, **options))
    if wanted & {*_OF_TIES}:
        families.append(ties(entries, **options))
    if wanted & {*_OF_EFFORT, *_OF_KINDS}:
        counting: dict[str, Any] = {"long_tasks": long_tasks, "both_human_share": both_human_share}
        by_category, tagged = effort(entries, sorted_tasks, **options, **counting)
        families.append(by_category)
    if wanted & {*_OF_RHYTHM}:
        families.append(rhythm(entries, places, days, wanted=wanted, **options, min_days=min_days))
    parts = [part for family in families for part in family.parts]
    pairs = [pair for family in families for pair in family.pairs]
    reasons = [reason for family in families for reason in family.reasons]
    names = [name for name in MARKERS if name in wanted and name != "adaptability"]
    if names:
        tables.append(estimate(parts, days, names, by=by, **least, tagged=tagged, pairs=pairs))
    return with_reasons(tables, reasons, by=by, min_people=min_people)


def _wanted(only: Sequence[str]) -> set[str]:
    for name in only:
        if name not in MARKERS:
            near = get_close_matches(name, MARKERS, n=1)
            raise MeasureError(
                f"only: there is no marker {name!r}; "
                + (f"did you mean {near[0]!r}?" if near else f"there are {', '.join(MARKERS)}")
            )
    return set(only or MARKERS)


def logged_days(entries: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> pd.DataFrame:
    """Count the days that each person logged.

    Returns
    -------
    pandas.DataFrame
        One row a period, group and person: ``n_days``, ``hours`` (human hours) and
        ``first_day`` (epoch day of the first one).
    """
    by_person = (
        in_period(entries, frequency=frequency)
        .group_by(*group_keys(by))
        .agg(
            nw.col("first_day").min(),
            n_days=nw.col("local_date").n_unique(),
            hours=nw.col("human_hours").sum(),
        )
    )
    table = collected(by_person, frequency=frequency)
    order = ["period", *GROUP[by], "person"]
    return table.sort_values(order, ignore_index=True)
