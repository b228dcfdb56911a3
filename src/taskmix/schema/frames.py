"""Schemas of the frames that cross a room's border, besides the task log."""

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

from taskmix.taxonomy import CATEGORIES, LABELS, NO_OVERSIGHT, PERFORMERS, Oversight

_SHARE = {"ge": 0, "le": 1}
_OVERSIGHT = [NO_OVERSIGHT, *(part.value for part in Oversight)]


class SortedTasks(pa.DataFrameModel):
    """One row is one task as the sorter sees it: four probabilities and a label."""

    task_id: Series[str] = pa.Field(unique=True)
    p_execution: Series[float] = pa.Field(**_SHARE)
    p_judgment: Series[float] = pa.Field(**_SHARE)
    p_creative: Series[float] = pa.Field(**_SHARE)
    p_connective: Series[float] = pa.Field(**_SHARE)
    category: Series[str] = pa.Field(isin=LABELS)
    model_id: Series[str]
    out_of_sample: Series[bool] = pa.Field(description="the task's own tag taught nothing")
    cold_start: Series[bool] = pa.Field(description="cue words alone, no tag was there")

    class Config:
        """Exactly these columns."""

        strict = True

    @pa.dataframe_check(name="probabilities_sum_to_one")
    def _sum(cls, tasks: pd.DataFrame) -> Series[bool]:  # noqa: N805
        total = tasks[[f"p_{category}" for category in CATEGORIES]].sum(axis=1)
        return (total - 1).abs() < 1e-6


class RollUp(pa.DataFrameModel):
    """One row is one cell: period × team × label × basis × performer × oversight.

    ``hours`` are human hours; ``expected_*`` are the same hours (and units) spread by tag and
    probabilities, 0 where a task was neither tagged nor sorted.
    """

    period: Series[str]
    department: Series[str]
    team: Series[str]
    label: Series[str] = pa.Field(isin=LABELS)
    basis: Series[str] = pa.Field(isin=["tagged", "sorted", "unsure"])
    performer: Series[str] = pa.Field(isin=PERFORMERS)
    oversight: Series[str] = pa.Field(isin=_OVERSIGHT, description="of AI; 'none' where not")
    hours: Series[float] = pa.Field(ge=0, description="human hours")
    machine_hours: Series[float] = pa.Field(ge=0, description="hours an AI worked alone")
    n_tasks: Series[int] = pa.Field(ge=0)
    n_units: Series[int] = pa.Field(ge=0, description="tasks, an agent's sub-tasks in one")
    n_without_hours: Series[int] = pa.Field(ge=0)
    expected_execution: Series[float] = pa.Field(ge=0)
    expected_judgment: Series[float] = pa.Field(ge=0)
    expected_creative: Series[float] = pa.Field(ge=0)
    expected_connective: Series[float] = pa.Field(ge=0)
    expected_execution_units: Series[float] = pa.Field(ge=0, description="n_units times the chance")

    class Config:
        """Exactly these columns."""

        strict = True


class Headcount(pa.DataFrameModel):
    """One row is one group in one period: ``team`` is missing for the organisation."""

    period: Series[str]
    team: Series[str] = pa.Field(nullable=True)
    n_people: Series[int] = pa.Field(ge=0)

    class Config:
        """Exactly these columns."""

        strict = True


class Quarantine(pa.DataFrameModel):
    """One row is one record that could not be read, with its reason and its own text."""

    file: Series[str] = pa.Field(description="relative to data/raw where it lies there")
    row: Series[int] = pa.Field(ge=1, description="record number; the header is no record")
    source: Series[str]
    reason: Series[str] = pa.Field(description="short code, such as hours_not_positive")
    detail: Series[str] = pa.Field(description="what was found and what to do")
    record: Series[str] = pa.Field(description="the record as JSON")
    run_id: Series[str]
    refusal: Series[str] = pa.Field(description="digest of the record: the same in every export")
    task_id: Series[str] = pa.Field(nullable=True, description="where the tool's ids last")
    logged_as: Series[str] = pa.Field(nullable=True, description="pseudonym of the name found")
    day: Series["datetime64[us]"] = pa.Field(nullable=True)  # noqa: F821

    class Config:
        """Exactly these columns."""

        strict = True
