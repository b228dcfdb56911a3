"""Charts: a measure's frame in, a Plotly figure out. Nothing is computed here."""

from taskmix.charts.dress import label
from taskmix.charts.mix import execution_by_team, hours_by_label, shares_over_time
from taskmix.charts.performers import execution_over_time

__all__ = [
    "execution_by_team",
    "execution_over_time",
    "hours_by_label",
    "label",
    "shares_over_time",
]
