"""Charts: a measure's frame in, a Plotly figure out. Nothing is computed here."""

from taskmix.charts.audited import audited_by_team, audited_mix, audited_over_time
from taskmix.charts.dress import label
from taskmix.charts.drift import audit_errors, learning_curve, scores_over_time, unknown_words
from taskmix.charts.evaluation import (
    calibration,
    confusion,
    methods_compared,
    precision_by_coverage,
)
from taskmix.charts.freed import freed_effect, freed_hours
from taskmix.charts.intake import (
    coverage_by_week,
    entries_by_month,
    hours_per_person_by_week,
    refusals_by_reason,
)
from taskmix.charts.machine import ai_modes, execution_hours, human_share_sensitivity
from taskmix.charts.markers import marker_beside
from taskmix.charts.mix import execution_by_team, hours_by_label, shares_over_time
from taskmix.charts.moves import execution_moves, mix_moves
from taskmix.charts.paths import role_path, role_paths
from taskmix.charts.performers import execution_over_time, performer_shares_over_time
from taskmix.charts.shifts import shift_over_time, shifts_by_team
from taskmix.charts.sorting import certainty, effort_by_basis, effort_by_team
from taskmix.charts.targets import wanted_against_actual, wanted_by_team
from taskmix.charts.wishes import wishes

__all__ = [
    "ai_modes",
    "audit_errors",
    "audited_by_team",
    "audited_mix",
    "audited_over_time",
    "calibration",
    "certainty",
    "confusion",
    "coverage_by_week",
    "effort_by_basis",
    "effort_by_team",
    "entries_by_month",
    "execution_by_team",
    "execution_hours",
    "execution_moves",
    "execution_over_time",
    "freed_effect",
    "freed_hours",
    "hours_by_label",
    "hours_per_person_by_week",
    "human_share_sensitivity",
    "label",
    "learning_curve",
    "marker_beside",
    "methods_compared",
    "mix_moves",
    "performer_shares_over_time",
    "precision_by_coverage",
    "refusals_by_reason",
    "role_path",
    "role_paths",
    "scores_over_time",
    "shares_over_time",
    "shift_over_time",
    "shifts_by_team",
    "unknown_words",
    "wanted_against_actual",
    "wanted_by_team",
    "wishes",
]
