"""How good the sorter is: scored on later tasks, beside simple rules, with intervals."""

from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.evaluate import Evaluation, evaluate_tasks
from taskmix.sorting.evaluation.learning import EXTRA, Learning
from taskmix.sorting.evaluation.scores import METHODS
from taskmix.sorting.evaluation.verdict import BASELINE_WORDS
from taskmix.sorting.evaluation.views import ALL_TASKS, NEW_PEOPLE, NEW_TITLES, VIEWS

__all__ = [
    "ALL_TASKS",
    "BASELINES",
    "BASELINE_WORDS",
    "EXTRA",
    "METHODS",
    "NEW_PEOPLE",
    "NEW_TITLES",
    "VIEWS",
    "Evaluation",
    "Learning",
    "evaluate_tasks",
]
