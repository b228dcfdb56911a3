"""Measures: one roll-up that touches every row, then plain functions frame -> frame."""

from taskmix.measures.mix import basis_of_labels, changes, hours_by_label, shares
from taskmix.measures.performers import execution_by_performer
from taskmix.measures.rollup import headcount, rollup
from taskmix.measures.scope import LATEST, Scope, check_team, choose_scope, last_days, of_scope
from taskmix.measures.spread import spread_evenly

__all__ = [
    "LATEST",
    "Scope",
    "basis_of_labels",
    "changes",
    "check_team",
    "choose_scope",
    "execution_by_performer",
    "headcount",
    "hours_by_label",
    "last_days",
    "of_scope",
    "rollup",
    "shares",
    "spread_evenly",
]
