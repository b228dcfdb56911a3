"""Freed hours: the account of where they went, and AI's own effect where that can be told."""

from taskmix.measures.freed.account import TAGGED_FROM, freed_hours
from taskmix.measures.freed.completeness import log_completeness
from taskmix.measures.freed.effect import freed_effect, team_months
from taskmix.measures.freed.parts import DESTINATIONS, LEFT_WORK, PARTS, RELEASED, part_of
from taskmix.measures.freed.personweeks import person_weeks
from taskmix.measures.freed.rollouts import roll_outs

__all__ = [
    "DESTINATIONS",
    "LEFT_WORK",
    "PARTS",
    "RELEASED",
    "TAGGED_FROM",
    "freed_effect",
    "freed_hours",
    "log_completeness",
    "part_of",
    "person_weeks",
    "roll_outs",
    "team_months",
]
