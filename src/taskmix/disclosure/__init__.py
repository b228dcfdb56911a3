"""Frames in, frames that may be published out."""

from taskmix.disclosure.cells import person_cells
from taskmix.disclosure.decide import Decision, decide
from taskmix.disclosure.ledger import Released
from taskmix.disclosure.nodes import DEPARTMENT, ORGANISATION, TEAM, Node
from taskmix.disclosure.plan import ReleasePlan, view_of
from taskmix.disclosure.stored import (
    RELEASED,
    decide_for,
    plan_for,
    plan_id,
    plan_rows,
    read_plan,
)
from taskmix.disclosure.suppress import check_team_may_be_shown, suppress

__all__ = [
    "DEPARTMENT",
    "ORGANISATION",
    "RELEASED",
    "TEAM",
    "Decision",
    "Node",
    "ReleasePlan",
    "Released",
    "check_team_may_be_shown",
    "decide",
    "decide_for",
    "person_cells",
    "plan_for",
    "plan_id",
    "plan_rows",
    "read_plan",
    "suppress",
    "view_of",
]
