"""Sort tasks into execution, judgment, creative and connective work."""

from taskmix.sorting._inputs import SorterInputError
from taskmix.sorting.persist import SorterFile, describe_sorter, load_sorter, save_sorter
from taskmix.sorting.sort_log import PROBABILITIES, SortResult, leave_unsure, sort_tasks
from taskmix.sorting.sorter import CONTEXT_COLUMNS, TaskSorter

__all__ = [
    "CONTEXT_COLUMNS",
    "PROBABILITIES",
    "SortResult",
    "SorterFile",
    "SorterInputError",
    "TaskSorter",
    "describe_sorter",
    "leave_unsure",
    "load_sorter",
    "save_sorter",
    "sort_tasks",
]
