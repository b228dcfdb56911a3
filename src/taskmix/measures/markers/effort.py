"""Connection, decision, creativity, guiding AI: parts of people's hours by category and flag."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.language import noted
from taskmix.measures.markers.catalogue import MIN_AI_TASKS, MIN_RARE_TASKS
from taskmix.measures.markers.cells import GROUP, Level, contributions
from taskmix.measures.markers.collecting import Family, reasons_where
from taskmix.measures.markers.focus import LEAST_COVERED
from taskmix.measures.rows import LongTasks, in_periods, with_hours
from taskmix.periods import Frequency
from taskmix.taxonomy import CATEGORIES, Category, Oversight, Performer

_EXPECTED = [f"expected_{category}" for category in CATEGORIES]
_CREATIVE = f"expected_{Category.CREATIVE}"
_SHARES = {
    "connection": Category.CONNECTIVE, "decision": Category.JUDGMENT,
    "creativity": Category.CREATIVE,
}  # fmt: skip
_SUMS = ["hours", "tagged_hours", "overseeing", "rework_hours", "touched", "creative_known",
         "creative_with_ai", "n_flagged"]  # fmt: skip


def effort(
    entries: nw.LazyFrame[Any],
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    by: Level,
    long_tasks: LongTasks = "start",
    both_human_share: float = 1.0,
) -> tuple[Family, pd.DataFrame]:
    """Compute the markers that are parts of human hours, person by person.

    Parameters
    ----------
    entries : narwhals.LazyFrame
        As `taskmix.measures.markers.sessions.human_entries` returns them.

    Returns
    -------
    Family
    pandas.DataFrame
        ``period``, the group and ``tagged``: the part (0–1) of its hours that people tagged.
    """
    people = _person_hours(
        entries, sorted_tasks, frequency=frequency, by=by, long_tasks=long_tasks,
        both_human_share=both_human_share,
    )  # fmt: skip
    people["with_category"] = people[_EXPECTED].sum(axis=1)
    parts = [
        contributions(people, marker, x=f"expected_{category}", y="with_category")
        for marker, category in _SHARES.items()
    ]
    parts += [
        contributions(people, "creativity_with_ai", x="creative_with_ai", y="creative_known"),
        contributions(people, "guiding_ai", x="overseeing", y="touched"),
        contributions(people, "rework", x="rework_hours", y="touched"),
    ]
    sums = [*_SUMS, *_EXPECTED, "with_category", "n_touched"]
    cells = people.groupby(["period", *GROUP[by]], as_index=False)[sums].sum()
    tagged = cells.assign(tagged=cells["tagged_hours"] / cells["hours"].where(cells["hours"] > 0))
    return Family(parts, _reasons(cells)), tagged[["period", *GROUP[by], "tagged"]]


def _person_hours(
    entries: nw.LazyFrame[Any],
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    by: Level,
    long_tasks: LongTasks,
    both_human_share: float,
) -> pd.DataFrame:
    chances = [f"p_{category}" for category in CATEGORIES]
    by_sorter = nw.from_native(sorted_tasks).lazy().select("task_id", *chances)
    rows = entries.join(by_sorter, on="task_id", how="left").with_columns(n_units=nw.lit(1))
    rows = with_hours(rows, both_human_share=both_human_share)
    flagged, together = ~nw.col("oversight").is_null(), nw.col("performer") == Performer.BOTH
    touched = flagged | together | ~nw.col("ai_mode").is_null()
    hours, creative = nw.col("hours"), nw.col(_CREATIVE)
    rows = rows.with_columns(
        tagged_hours=_where(~nw.col("tag").is_null(), hours),
        overseeing=_where(flagged, hours),
        rework_hours=_where((nw.col("oversight") == Oversight.REWORK).fill_null(False), hours),
        touched=_where(touched, hours),
        creative_known=_where(nw.col("performer") != Performer.UNKNOWN, creative),
        creative_with_ai=_where(together, creative),
        n_flagged=_where(flagged, nw.lit(1.0)),
        n_touched=_where(touched & (nw.col("part") == 0), nw.lit(1.0)),
    )
    return in_periods(
        rows, [*GROUP[by], "person"], hours=[*_SUMS, *_EXPECTED], counts=["n_touched"],
        frequency=frequency, long_tasks=long_tasks,
    )  # fmt: skip


def _where(holds: nw.Expr, value: nw.Expr) -> nw.Expr:
    return nw.when(holds).then(value).otherwise(nw.lit(0.0))


def _reasons(cells: pd.DataFrame) -> list[pd.DataFrame]:
    with_category = _part(cells["with_category"], cells["hours"])
    known = _part(cells["creative_known"], cells[_CREATIVE])
    return [
        reasons_where(cells, with_category < LEAST_COVERED, [*_SHARES, "creativity_with_ai"],
                      noted("not enough data: has a category for {share} of the hours, needs "
                            "50%"),
                      with_category),
        reasons_where(cells, known < LEAST_COVERED, ["creativity_with_ai"],
                      noted("not enough data: who did it is known for {share} of the creative "
                            "hours, needs 50%"), known),
        reasons_where(cells, cells["n_flagged"] == 0, ["guiding_ai", "rework"],
                      noted("not enough data: has no task flagged as overseeing AI, needs some")),
        *(reasons_where(cells, cells["n_touched"] < least, [marker],
                        noted("not enough data: has {n} tasks with AI, needs {least}"),
                        count=cells["n_touched"], least=least)
          for marker, least in (("guiding_ai", MIN_AI_TASKS), ("rework", MIN_RARE_TASKS))),
    ]  # fmt: skip


def _part(some: pd.Series, of: pd.Series) -> pd.Series:
    return (some / of.where(of > 0)).fillna(0.0)
