"""The task log: the one schema that every tool's export becomes."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from taskmix.taxonomy import CATEGORIES, PERFORMERS, AiMode, Oversight, Wish

#: A clock may round to the minute while the duration does not.
CLOCK_SLACK_HOURS = 1 / 60


class TaskLog(pa.DataFrameModel):
    """One row is one entry that somebody logged.

    ``started_at`` and ``ended_at`` are set where the tool kept a clock (UTC). A task known
    by its dates alone has ``local_date`` and perhaps ``local_end_date``, and may then hold
    more hours than its days have: people log weeks of work on one task. An entry that ran over
    midnight is one row a day; only the first of them counts as a task.
    """

    task_id: Series[str] = pa.Field(unique=True, description="digest of the task's key")
    source: Series[str] = pa.Field(description="the tool or mapping the row came from")
    person: Series[str] = pa.Field(nullable=True)
    team: Series[str] = pa.Field(description="'unassigned' where nothing tells")
    department: Series[str] = pa.Field(description="'unassigned' where nothing tells")
    project: Series[str] = pa.Field(nullable=True)
    title: Series[str] = pa.Field(nullable=True, description="untrusted text")
    started_at: Series[pd.DatetimeTZDtype] = pa.Field(
        dtype_kwargs={"unit": "us", "tz": "UTC"}, nullable=True
    )
    ended_at: Series[pd.DatetimeTZDtype] = pa.Field(
        dtype_kwargs={"unit": "us", "tz": "UTC"}, nullable=True
    )
    local_date: Series["datetime64[us]"] = pa.Field(description="first day, where it was lived")  # noqa: F821
    local_end_date: Series["datetime64[us]"] = pa.Field(  # noqa: F821
        nullable=True, description="last day; missing: the same day, or not known"
    )
    hours: Series[float] = pa.Field(
        gt=0, lt=float("inf"), nullable=True, description="missing: counted only"
    )
    performer: Series[str] = pa.Field(isin=PERFORMERS)
    ai_mode: Series[str] = pa.Field(isin=[mode.value for mode in AiMode], nullable=True)
    oversight: Series[str] = pa.Field(isin=[part.value for part in Oversight], nullable=True)
    parent_id: Series[str] = pa.Field(nullable=True, description="task_id of the parent")
    tag: Series[str] = pa.Field(isin=CATEGORIES, nullable=True, description="a person's tag")
    tagger: Series[str] = pa.Field(nullable=True)
    collaborators: Series[str] = pa.Field(nullable=True, description="joined by '; '")
    wish: Series[str] = pa.Field(isin=[wish.value for wish in Wish], nullable=True)
    part: Series["int64"] = pa.Field(  # noqa: F821
        ge=0, description="0: the entry, or its first day; 1, 2 …: its days after midnight"
    )

    class Config:
        """Exactly these columns, in this order."""

        strict = True
        ordered = True

    @pa.dataframe_check(name="hours_within_clock", error="longer than its clock")
    def _within_clock(cls, log: pd.DataFrame) -> Series[bool]:  # noqa: N805
        clock = (log["ended_at"] - log["started_at"]).dt.total_seconds() / 3600
        return ~(log["hours"] > clock + CLOCK_SLACK_HOURS)

    @pa.dataframe_check(name="ends_after_start", error="ends before it starts")
    def _in_order(cls, log: pd.DataFrame) -> Series[bool]:  # noqa: N805
        return ~(
            (log["ended_at"] < log["started_at"]) | (log["local_end_date"] < log["local_date"])
        )


#: Columns of the task log, in order.
TASK_COLUMNS: tuple[str, ...] = tuple(TaskLog.to_schema().columns)
