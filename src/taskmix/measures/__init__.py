"""Measures: one roll-up that touches every row, then plain functions frame -> frame."""

from taskmix.measures.arrivals import (
    NOT_ON_ROSTER,
    counts_in_all,
    files_read,
    first_refusals,
    left_out,
    noticed,
    refusals_by_reason,
)
from taskmix.measures.baseline import choose_baseline
from taskmix.measures.coverage import coverage, expected_hours, gaps, team_weeks
from taskmix.measures.executionmoves import FACTORS, execution_moves
from taskmix.measures.freed import (
    DESTINATIONS,
    LEFT_WORK,
    PARTS,
    RELEASED,
    freed_effect,
    freed_hours,
    log_completeness,
    person_weeks,
    roll_outs,
    team_months,
)
from taskmix.measures.freshness import completeness, entries_by_month, how_fresh
from taskmix.measures.mix import basis_of_labels, changes, hours_by_label, shares
from taskmix.measures.moves import COMPONENTS, OTHER_TEAMS, mix_moves, mix_moves_by_team
from taskmix.measures.overlaps import overlaps, overlaps_by_team
from taskmix.measures.performers import execution_by_performer, performer_shares
from taskmix.measures.rollup import headcount, rollup, rollup_people
from taskmix.measures.scope import LATEST, Scope, check_team, choose_scope, last_days, of_scope
from taskmix.measures.sorting_quality import (
    BASES,
    certainty,
    check_sorted,
    effort_by_basis,
)
from taskmix.measures.spread import spread_evenly
from taskmix.measures.titles import sorted_titles, surest_titles, unsure_titles
from taskmix.measures.weeks import Weeks, choose_weeks

__all__ = [
    "BASES",
    "COMPONENTS",
    "DESTINATIONS",
    "FACTORS",
    "LATEST",
    "LEFT_WORK",
    "NOT_ON_ROSTER",
    "OTHER_TEAMS",
    "PARTS",
    "RELEASED",
    "Scope",
    "Weeks",
    "basis_of_labels",
    "certainty",
    "changes",
    "check_sorted",
    "check_team",
    "choose_baseline",
    "choose_scope",
    "choose_weeks",
    "completeness",
    "counts_in_all",
    "coverage",
    "effort_by_basis",
    "entries_by_month",
    "execution_by_performer",
    "execution_moves",
    "expected_hours",
    "files_read",
    "first_refusals",
    "freed_effect",
    "freed_hours",
    "gaps",
    "headcount",
    "hours_by_label",
    "how_fresh",
    "last_days",
    "left_out",
    "log_completeness",
    "mix_moves",
    "mix_moves_by_team",
    "noticed",
    "of_scope",
    "overlaps",
    "overlaps_by_team",
    "performer_shares",
    "person_weeks",
    "refusals_by_reason",
    "roll_outs",
    "rollup",
    "rollup_people",
    "shares",
    "sorted_titles",
    "spread_evenly",
    "surest_titles",
    "team_months",
    "team_weeks",
    "unsure_titles",
]
