"""Measures: one roll-up that touches every row, then plain functions frame -> frame."""

from taskmix.measures.ai_modes import AUGMENTATION, AUTOMATION, MODES, ai_modes
from taskmix.measures.arrivals import (
    NOT_ON_ROSTER,
    counts_in_all,
    files_read,
    first_refusals,
    left_out,
    noticed,
    refusals_by_reason,
)
from taskmix.measures.arrived import arrived, part_arrived
from taskmix.measures.baseline import choose_baseline
from taskmix.measures.coverage import coverage, expected_hours, gaps, team_weeks
from taskmix.measures.executionmoves import FACTORS, execution_moves
from taskmix.measures.freed import (
    DESTINATIONS,
    LEFT_WORK,
    PARTS,
    RELEASED,
    TAGGED_FROM,
    freed_effect,
    freed_hours,
    log_completeness,
    person_weeks,
    roll_outs,
    team_months,
)
from taskmix.measures.freshness import completeness, entries_by_month, how_fresh
from taskmix.measures.machine_hours import execution_hours, human_durations
from taskmix.measures.mix import basis_of_labels, changes, hours_by_label, shares
from taskmix.measures.moves import COMPONENTS, OTHER_TEAMS, mix_moves, mix_moves_by_team
from taskmix.measures.overlaps import overlaps, overlaps_by_team
from taskmix.measures.paths import aitchison_distance, composition_path, years_of
from taskmix.measures.performers import execution_by_performer, performer_shares
from taskmix.measures.rollup import headcount, rollup, rollup_people
from taskmix.measures.scope import LATEST, Scope, check_team, choose_scope, last_days, of_scope
from taskmix.measures.sensitivity import HUMAN_SHARES, count_both_as, sensitivity
from taskmix.measures.shifts import (
    MIN_MONTHS,
    ai_by_month,
    find_shifts,
    months_of,
    shift_lines,
)
from taskmix.measures.sorting_quality import (
    BASES,
    certainty,
    check_sorted,
    effort_by_basis,
)
from taskmix.measures.spread import spread_evenly
from taskmix.measures.targets import check_targets, wanted_against_actual
from taskmix.measures.titles import sorted_titles, surest_titles, unsure_titles
from taskmix.measures.weeks import Weeks, choose_weeks
from taskmix.measures.wishes import wishes

__all__ = [
    "AUGMENTATION",
    "AUTOMATION",
    "BASES",
    "COMPONENTS",
    "DESTINATIONS",
    "FACTORS",
    "HUMAN_SHARES",
    "LATEST",
    "LEFT_WORK",
    "MIN_MONTHS",
    "MODES",
    "NOT_ON_ROSTER",
    "OTHER_TEAMS",
    "PARTS",
    "RELEASED",
    "TAGGED_FROM",
    "Scope",
    "Weeks",
    "ai_by_month",
    "ai_modes",
    "aitchison_distance",
    "arrived",
    "basis_of_labels",
    "certainty",
    "changes",
    "check_sorted",
    "check_targets",
    "check_team",
    "choose_baseline",
    "choose_scope",
    "choose_weeks",
    "completeness",
    "composition_path",
    "count_both_as",
    "counts_in_all",
    "coverage",
    "effort_by_basis",
    "entries_by_month",
    "execution_by_performer",
    "execution_hours",
    "execution_moves",
    "expected_hours",
    "files_read",
    "find_shifts",
    "first_refusals",
    "freed_effect",
    "freed_hours",
    "gaps",
    "headcount",
    "hours_by_label",
    "how_fresh",
    "human_durations",
    "last_days",
    "left_out",
    "log_completeness",
    "mix_moves",
    "mix_moves_by_team",
    "months_of",
    "noticed",
    "of_scope",
    "overlaps",
    "overlaps_by_team",
    "part_arrived",
    "performer_shares",
    "person_weeks",
    "refusals_by_reason",
    "roll_outs",
    "rollup",
    "rollup_people",
    "sensitivity",
    "shares",
    "shift_lines",
    "sorted_titles",
    "spread_evenly",
    "surest_titles",
    "team_months",
    "team_weeks",
    "unsure_titles",
    "wanted_against_actual",
    "wishes",
    "years_of",
]
