"""What the estimator needs of the whole log: hours and expected hours, person by person."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.rows import LongTasks, in_periods, with_hours
from taskmix.periods import Frequency
from taskmix.store import measured_once
from taskmix.taxonomy import CATEGORIES

#: Human hours spread over the categories by tag or probability, in the order of `CATEGORIES`.
EXPECTED = tuple(f"expected_{category}" for category in CATEGORIES)
_KEYS = ["team", "person", "is_tagged"]
HOURS = ["hours", "hours_unsorted", *EXPECTED]


@measured_once
def person_sums(
    tasks: Any,
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    long_tasks: LongTasks = "start",
    both_human_share: float = 1.0,
) -> pd.DataFrame:
    """Add Σ h and Σ h f_k up by period × team × person × tagged or not, in one pass.

    An estimate's own roll-up; it is never shown, to nobody.

    Parameters
    ----------
    tasks, sorted_tasks : frame that narwhals knows
        The tables ``tasks`` and ``sorted``. What counts as tagged is what ``tasks`` says: for an
        audited period, the tags of the moment when the audit was drawn.
    frequency, long_tasks, both_human_share
        As in `taskmix.measures.rollup`.

    Returns
    -------
    pandas.DataFrame
        One row a period, team, person (missing: nobody named) and ``is_tagged``: ``hours``
        (human hours; 0 where an AI worked alone), ``expected_execution`` …
        ``expected_connective`` (hours; one-hot where a person tagged, else by the sorter's
        probabilities) and ``hours_unsorted`` (hours of tasks neither tagged nor sorted, which
        are in no ``expected_*``).
    """
    chances = [f"p_{category}" for category in CATEGORIES]
    by_sorter = nw.from_native(sorted_tasks).lazy().select("task_id", *chances)
    rows = (
        nw.from_native(tasks)
        .lazy()
        .join(by_sorter, on="task_id", how="left")
        .with_columns(is_tagged=~nw.col("tag").is_null(), n_units=nw.lit(1))
    )
    rows = with_hours(rows, both_human_share=both_human_share)
    is_unsorted = ~nw.col("is_tagged") & nw.col(chances[0]).is_null()
    rows = rows.with_columns(
        hours_unsorted=nw.when(is_unsorted).then(nw.col("hours")).otherwise(nw.lit(0.0))
    )
    sums = in_periods(
        rows, _KEYS, hours=HOURS, counts=[], frequency=frequency, long_tasks=long_tasks
    )
    return sums[["period", *_KEYS, *HOURS]]
