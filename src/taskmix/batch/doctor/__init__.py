"""Look an installation and a workspace over, and say in words what is wrong with them."""

from taskmix.batch.doctor.examine import Examination, examine
from taskmix.batch.doctor.verdict import Finding, State

__all__ = ["Examination", "Finding", "State", "examine"]
