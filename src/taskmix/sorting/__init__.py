"""Sort tasks into execution, judgment, creative and connective work."""

from taskmix.sorting._inputs import SorterInputError
from taskmix.sorting.card import ModelCard, make_card
from taskmix.sorting.cardtext import card_text
from taskmix.sorting.kept import load_model, save_model
from taskmix.sorting.model import SortingModel, train_model
from taskmix.sorting.persist import SorterFile, describe_sorter, load_sorter, save_sorter
from taskmix.sorting.sort_log import PROBABILITIES, SortResult, leave_unsure, sort_tasks, sort_with
from taskmix.sorting.sorter import CONTEXT_COLUMNS, TaskSorter

__all__ = [
    "CONTEXT_COLUMNS",
    "PROBABILITIES",
    "ModelCard",
    "SortResult",
    "SorterFile",
    "SorterInputError",
    "SortingModel",
    "TaskSorter",
    "card_text",
    "describe_sorter",
    "leave_unsure",
    "load_model",
    "load_sorter",
    "make_card",
    "save_model",
    "save_sorter",
    "sort_tasks",
    "sort_with",
    "train_model",
]
