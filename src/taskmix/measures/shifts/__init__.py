"""When a monthly figure shifted: level, trend and one shift; the S-curve's middle and width."""

from taskmix.measures.shifts.adoption import ai_by_month, months_of
from taskmix.measures.shifts.find import find_shifts, shift_lines
from taskmix.measures.shifts.series import MIN_MONTHS

__all__ = ["MIN_MONTHS", "ai_by_month", "find_shifts", "months_of", "shift_lines"]
