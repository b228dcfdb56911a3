"""Execution by hours: AI's tasks count at the hours that people took for such tasks before."""

from functools import reduce
from operator import or_
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.language import tr
from taskmix.measures.weeks import EPOCH, collected
from taskmix.periods import parse_period
from taskmix.store import measured_once
from taskmix.taxonomy import CATEGORIES, PERFORMERS, UNSURE

#: A median of fewer tasks is left to the tasks of all teams.
MIN_TASKS = 20
OWN_TEAM, ALL_TEAMS, NOWHERE = "own team", "all teams", "nowhere"

_NOT_KNOWN = "not known"
_KNOWN = ["ai", "both", "human"]
_MEDIAN = {"label": "str", "median_hours": "float64", "n_tasks": "int64"}


@measured_once
def human_durations(tasks: Any, sorted_tasks: Any, roll_outs: pd.DataFrame) -> pd.DataFrame:
    """Take the median hours of the tasks that people did alone, before AI came to their team.

    The same kind of task is one of the same category in the same team. Where the team has fewer
    than 20 of them, it is one of the same category in any team.

    Parameters
    ----------
    tasks, sorted_tasks : frames that narwhals knows
        The tables ``tasks`` and ``sorted``. Tasks that somebody tagged or the sorter was sure of
        count, of performer human, with hours; of one that ran over midnight, its first day.
    roll_outs : pandas.DataFrame
        One row a team: ``team``, ``status`` and ``roll_out`` (the month AI came, missing: never),
        as `taskmix.measures.roll_outs` makes it. Teams whose performers are not known give none.

    Returns
    -------
    pandas.DataFrame
        One row a team of `roll_outs` and category: ``median_hours`` (missing where nobody has
        enough), ``n_tasks`` (that the median is of), ``whose`` (``own team``, ``all teams`` or
        ``nowhere``) and ``why_not`` (empty where there is a median).
    """
    rows = _before_ai(nw.from_native(tasks).lazy(), nw.from_native(sorted_tasks).lazy(), roll_outs)
    teams = roll_outs[["team"]].drop_duplicates().sort_values("team")
    every = teams.merge(pd.DataFrame({"label": pd.Series(CATEGORIES, dtype="str")}), how="cross")
    if rows is None:
        none = {"median_hours": float("nan"), "n_tasks": 0, "whose": NOWHERE}
        return _with_reason(every.assign(**none))
    median = {"median_hours": nw.col("hours").median(), "n_tasks": nw.len()}
    own = collected(rows.group_by("team", "label").agg(**median), {"team": "str", **_MEDIAN})
    of_all = collected(rows.group_by("label").agg(**median), _MEDIAN)
    own = every.merge(own, how="left", on=["team", "label"])
    of_all = every.merge(of_all, how="left", on="label")
    counts = {"own": own["n_tasks"].fillna(0), "all": of_all["n_tasks"].fillna(0)}
    is_own, is_all = counts["own"] >= MIN_TASKS, counts["all"] >= MIN_TASKS
    whose = pd.Series(NOWHERE, index=every.index, dtype="str").mask(is_all, ALL_TEAMS)
    return _with_reason(
        every.assign(
            median_hours=own["median_hours"].where(is_own, of_all["median_hours"].where(is_all)),
            n_tasks=counts["own"].where(is_own, counts["all"]).astype("int64"),
            whose=whose.mask(is_own, OWN_TEAM),
        )
    )


def execution_hours(
    cells: pd.DataFrame, durations: pd.DataFrame, *, by: tuple[str, ...] = ("period",)
) -> pd.DataFrame:
    """Split execution by hours among people, AI, and both: modelled, because AI needs no hours.

    What people did, alone or with AI, counts with the human hours that were logged; what AI did
    alone counts with the median hours that people took for such a task before. So the split says
    what part of execution AI carries, in the hours it would have taken people; it is no time that
    was spent or saved. Unknown performers are in no share.

    Parameters
    ----------
    cells : pandas.DataFrame
        A roll-up (`taskmix.schema.RollUp`).
    durations : pandas.DataFrame
        As `human_durations` makes it.
    by : tuple of str
        ``period``, ``team`` or ``department``.

    Returns
    -------
    pandas.DataFrame
        One row a group: `by`, ``hours_ai`` (modelled), ``hours_both``, ``hours_human`` and
        ``hours_unknown`` (human hours as logged); ``ai``, ``both``, ``human`` (0–1 of the hours
        whose performer is known; missing where none are) and ``known`` (0–1, the coverage);
        ``n_ai`` (AI's tasks expected to be execution), ``own_team`` (0–1: the part of them that
        counts at their own team's median), ``with_hours`` (0–1: the part of the tasks of people,
        alone or with AI, that has hours; the others add none), ``modelled`` (True) and
        ``why_not`` (empty; else why AI's hours are missing).
    """
    execution = durations.loc[durations["label"] == "execution", ["team", "median_hours", "whose"]]
    ai = cells[cells["performer"] == "ai"].merge(execution, how="left", on="team")
    units = ai["expected_execution_units"]
    ai = ai.assign(
        n_ai=units,
        hours_ai=units * ai["median_hours"],
        n_own=units.where(ai["whose"] == OWN_TEAM, 0.0),
        n_without=units.where(ai["median_hours"].isna(), 0.0),
    )
    groups = cells[list(by)].drop_duplicates().sort_values(list(by))
    sums = ai.groupby(list(by))[["n_ai", "hours_ai", "n_own", "n_without"]].sum().reset_index()
    table = groups.merge(sums, how="left", on=list(by)).fillna(
        dict.fromkeys(["n_ai", "hours_ai", "n_own", "n_without"], 0.0)
    )
    table = table.merge(_logged(cells, by), how="left", on=list(by))
    lacks = table["n_without"] > 0
    table["hours_ai"] = table["hours_ai"].mask(lacks)
    known = table[[f"hours_{name}" for name in _KNOWN]].sum(axis=1, skipna=False)
    for name in _KNOWN:
        table[name] = (table[f"hours_{name}"] / known).where(known > 0)
    total = known + table["hours_unknown"]
    table["known"] = (known / total).where(total > 0)
    table["own_team"] = (table["n_own"] / table["n_ai"]).where(table["n_ai"] > 0)
    reason = durations.loc[durations["whose"] == NOWHERE, "why_not"]
    said = reason.iloc[0] if len(reason) else tr("not enough data: has 0 months before AI, needs 1")
    why_not = pd.Series("", index=table.index, dtype="str").mask(lacks, said)
    columns = [*by, *(f"hours_{name}" for name in (*_KNOWN, "unknown")), *_KNOWN, "known", "n_ai",
               "own_team", "with_hours", "modelled", "why_not"]  # fmt: skip
    return table.assign(modelled=True, why_not=why_not)[columns].reset_index(drop=True)


def _before_ai(tasks: Any, sorted_tasks: Any, roll_outs: pd.DataFrame) -> Any:
    """Keep what people did alone before their team's roll-out; None where no team has a before."""
    usable = roll_outs[roll_outs["status"] != _NOT_KNOWN]
    starts = usable["roll_out"].fillna("")
    parts = []
    for month in sorted(set(starts)):
        # Teams with the same month share a condition: a chain of one a team would grow long.
        is_of = nw.col("team").is_in(usable.loc[starts == month, "team"].tolist())
        if month:
            is_of &= nw.col("first_day") < (parse_period(month).start_time - EPOCH).days
        parts.append(is_of)
    if not parts:
        return None
    # Filtered before the join, because few rows of a log are left.
    alone = tasks.filter(
        reduce(or_, parts),
        nw.col("performer") == "human",
        nw.col("part") == 0,
        ~nw.col("hours").is_null(),
    ).select("task_id", "team", "tag", "hours")
    labelled = alone.join(sorted_tasks.select("task_id", "category"), on="task_id", how="left")
    label = nw.coalesce(nw.col("tag"), nw.col("category"), nw.lit(UNSURE))
    return labelled.with_columns(label=label).filter(nw.col("label") != UNSURE)


def _logged(cells: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    """Add up the human hours of execution by performer, and what part of the tasks has any."""
    hours = cells.pivot_table(
        index=list(by), columns="performer", values="expected_execution", aggfunc="sum",
        fill_value=0.0, observed=True,
    ).reindex(columns=list(PERFORMERS), fill_value=0.0)  # fmt: skip
    done = cells[(cells["label"] == "execution") & cells["performer"].isin(["human", "both"])]
    counts = done.groupby(list(by))[["n_tasks", "n_without_hours"]].sum()
    with_hours = (1 - counts["n_without_hours"] / counts["n_tasks"]).where(counts["n_tasks"] > 0)
    table = hours.drop(columns="ai").add_prefix("hours_").assign(with_hours=with_hours)
    table.columns.name = None
    return table.reset_index()


def _with_reason(table: pd.DataFrame) -> pd.DataFrame:
    texts = [
        tr(
            "not enough data: has {n} {category} tasks of people before AI, needs {least}",
            n=n,
            category=tr(label),
            least=MIN_TASKS,
        )
        if whose == NOWHERE
        else ""
        for n, label, whose in zip(table["n_tasks"], table["label"], table["whose"], strict=True)
    ]
    types = {"whose": "str", "why_not": "str", "n_tasks": "int64", "median_hours": "float64"}
    ordered = table.assign(why_not=texts).astype(types)
    return ordered[["team", "label", "median_hours", "n_tasks", "whose", "why_not"]]
