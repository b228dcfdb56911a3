"""One sentence: whether the sorter is good enough, and for what."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.views import ALL_TASKS, NEW_TITLES
from taskmix.sorting.forward import MIN_DAYS, MIN_TAGGED
from taskmix.taxonomy import CATEGORIES

#: What each baseline is called in a sentence.
BASELINE_WORDS = {
    "majority": "the most frequent tag",
    "cue_words": "keyword rules",
    "project_tool": "the usual tag of project and tool",
    "last_title": "the last tag of the same title",
}


def too_few(*, n_tagged: int, n_days: int) -> str:
    """Say why nothing can be scored.

    Examples
    --------
    >>> too_few(n_tagged=12, n_days=5)
    'Too few tags to say how good the sorter is: 12 tagged tasks on 5 days, and it takes 40 on 2.'
    """
    if not n_tagged:
        return (
            "Nobody has tagged a task yet, so how good the first guess from cue words is cannot be "
            f"told; it takes {MIN_TAGGED} tagged tasks."
        )
    tasks = "1 tagged task" if n_tagged == 1 else f"{n_tagged:,} tagged tasks"
    days = "1 day" if n_days == 1 else f"{n_days:,} days"
    return (
        f"Too few tags to say how good the sorter is: {tasks} on {days}, and it takes "
        f"{MIN_TAGGED} on {MIN_DAYS}."
    )


def judge(
    methods: pd.DataFrame,
    *,
    thresholds: Mapping[str, float],
    target: float,
    share_errors: pd.DataFrame,
    audit: pd.DataFrame,
) -> str:
    """Judge by the figures; the sentence says nothing that its tables do not.

    Parameters
    ----------
    methods : pandas.DataFrame
        As `taskmix.sorting.evaluation.scores.score_methods` makes it, with ``view``.
    thresholds : mapping of str to float
        From which probability on each category is assigned alone; infinite: never; left out:
        too few predictions to say.
    target : float
        The precision that was asked for (0–1).
    share_errors : pandas.DataFrame
        As `taskmix.sorting.evaluation.scores.share_errors` makes it.
    audit : pandas.DataFrame
        As `taskmix.sorting.evaluation.drift.rectify` makes it; without rows: no audit.
    """
    unbeaten = {view: _unbeaten(methods, view) for view in (NEW_TITLES, ALL_TASKS)}
    judged = [name for name in CATEGORIES if name in thresholds]
    alone = [name for name in judged if math.isfinite(thresholds[name])]
    never = [name for name in judged if name not in alone]
    shares = _shares(share_errors, audit)
    if unbeaten[NEW_TITLES]:
        rules = _listed([BASELINE_WORDS[name] for name in unbeaten[NEW_TITLES]], "or")
        return (
            f"Not good enough yet, for on new titles it is not shown to beat {rules}; "
            f"{_labels_right(alone, target)}; {shares}."
        )
    return f"{_good_for(alone, never, target)}; {shares}; {_rules(methods, unbeaten[ALL_TASKS])}."


def _unbeaten(methods: pd.DataFrame, view: str) -> list[str]:
    """Name the baselines that the sorter is not shown to beat, where that can be told."""
    own = methods[methods["view"] == view].set_index("method")["beaten"]
    beaten = own.reindex(list(BASELINES)).fillna(True)
    return [name for name in BASELINES if not beaten[name]]


def _good_for(alone: Sequence[str], never: Sequence[str], target: float) -> str:
    unknown = [name for name in CATEGORIES if name not in {*alone, *never}]
    if not alone and not never:
        return "Too few later tasks were predicted to say whether any can be labelled alone"
    rest = f", and of {_listed(unknown)} tasks too few were predicted to say" if unknown else ""
    if not alone:
        first = (
            "Not good enough to label any task alone, for in no category are "
            f"{target:.0%} of the labels surely right"
        )
        if unknown:
            first = (
                f"Not shown to be good enough to label any task alone, for {target:.0%} of the "
                f"labels are not surely right for {_listed(never)} tasks"
            )
        return f"{first}{rest}"
    right = f"(at least {target:.0%} of such labels are right where people tagged too)"
    if not never and not unknown:
        return f"Good enough to label tasks of all four categories alone {right}"
    first = f"Good enough to label {_listed(alone)} tasks alone {right}"
    first += f", but not {_listed(never, 'or')} tasks" if never else ""
    return f"{first}{rest}"


def _labels_right(alone: Sequence[str], target: float) -> str:
    if not alone:
        return f"in no category are {target:.0%} of its labels shown to be right"
    return (
        f"at least {target:.0%} of its labels are right, where people tagged too, for "
        f"{_listed(alone)} tasks"
    )


def _shares(errors: pd.DataFrame, audit: pd.DataFrame) -> str:
    if len(audit):
        worst = audit.loc[audit["error"].abs().idxmax()]
        alarms = audit.loc[audit["alarm"], "category"].tolist()
        if alarms:
            off = [f"{name} by {_points(_error(audit, name))}" for name in alarms]
            return f"its shares need the audit’s correction, which moves {_listed(off)}"
        return (
            "its shares pass the audit, which raises no alarm (largest difference "
            f"{_points(worst['error'])})"
        )
    known = errors["error"].abs().dropna()
    if known.empty:
        return "its shares of hours cannot be checked, for no tagged task has hours"
    return (
        "its shares count only once an audit has corrected them (on later tasks off by up to "
        f"{_points(known.max())})"
    )


def _error(audit: pd.DataFrame, category: str) -> float:
    return float(audit.set_index("category").loc[category, "error"])


def _rules(methods: pd.DataFrame, unbeaten: Sequence[str]) -> str:
    if unbeaten:
        rules = _listed([BASELINE_WORDS[name] for name in unbeaten], "or")
        return f"on all tasks it is not shown to beat {rules}"
    rules_of = methods[methods["method"] != "sorter"].groupby("view")["beaten"]
    all_beaten = rules_of.agg(lambda beaten: not beaten.isna().any() and bool(beaten.all()))
    shown = [view for view in (NEW_TITLES, ALL_TASKS) if all_beaten.get(view, False)]
    if not shown:
        return "whether it beats simple rules cannot be told"
    return f"it beats all four simple rules on {' and on '.join(shown)}"


def _points(value: float) -> str:
    points = abs(100 * value)
    written = f"{points:.1f}" if points < 10 else f"{points:.0f}"
    return f"{written} point" if written == "1.0" else f"{written} points"


def _listed(words: Sequence[str], last: str = "and") -> str:
    *rest, end = words
    return f"{', '.join(rest)} {last} {end}" if rest else end
