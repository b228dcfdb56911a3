"""Schemas of every frame that crosses a room's border."""

from taskmix.schema.check import check_frame
from taskmix.schema.frames import Headcount, Quarantine, RollUp, SortedTasks
from taskmix.schema.tasklog import CLOCK_SLACK_HOURS, TASK_COLUMNS, TaskLog

__all__ = [
    "CLOCK_SLACK_HOURS",
    "TASK_COLUMNS",
    "Headcount",
    "Quarantine",
    "RollUp",
    "SortedTasks",
    "TaskLog",
    "check_frame",
]
