"""Charts: a measure's frame in, a Plotly figure out. Nothing is computed here."""

from taskmix.charts.dress import label
from taskmix.charts.intake import (
    coverage_by_week,
    entries_by_month,
    hours_per_person_by_week,
    refusals_by_reason,
)
from taskmix.charts.mix import execution_by_team, hours_by_label, shares_over_time
from taskmix.charts.performers import execution_over_time
from taskmix.charts.sorting import agreement, certainty, effort_by_basis, effort_by_team

__all__ = [
    "agreement",
    "certainty",
    "coverage_by_week",
    "effort_by_basis",
    "effort_by_team",
    "entries_by_month",
    "execution_by_team",
    "execution_over_time",
    "hours_by_label",
    "hours_per_person_by_week",
    "label",
    "refusals_by_reason",
    "shares_over_time",
]
