"""Shares with the intervals that an audit earned: prediction-powered inference, by hand."""

from taskmix.measures.estimation.arranged import CHANCES, Drawn, People, arrange
from taskmix.measures.estimation.auditsize import (
    MIN_AUDITED,
    USUAL_AUDIT,
    audit_size,
    half_width,
)
from taskmix.measures.estimation.cells import CellEstimate, estimate_cell
from taskmix.measures.estimation.changes import compare_cells
from taskmix.measures.estimation.intervals import change_interval, share_interval
from taskmix.measures.estimation.people import EXPECTED, person_sums
from taskmix.measures.estimation.response import response, weigh_answers, weigh_by_workload
from taskmix.measures.estimation.shares import audited_shares, audited_teams, estimate_periods
from taskmix.measures.estimation.strata import Sample, estimate_stratum
from taskmix.measures.estimation.tables import like_with_like
from taskmix.measures.estimation.teams import Composite, composite_estimates
from taskmix.measures.estimation.tuning import FIRST_TUNING, tune, tune_audit, tuning_by_period

__all__ = [
    "CHANCES",
    "EXPECTED",
    "FIRST_TUNING",
    "MIN_AUDITED",
    "USUAL_AUDIT",
    "CellEstimate",
    "Composite",
    "Drawn",
    "People",
    "Sample",
    "arrange",
    "audit_size",
    "audited_shares",
    "audited_teams",
    "change_interval",
    "compare_cells",
    "composite_estimates",
    "estimate_cell",
    "estimate_periods",
    "estimate_stratum",
    "half_width",
    "like_with_like",
    "person_sums",
    "response",
    "share_interval",
    "tune",
    "tune_audit",
    "tuning_by_period",
    "weigh_answers",
    "weigh_by_workload",
]
