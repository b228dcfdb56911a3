"""One sentence: whether the sorter is good enough, and for what."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from taskmix.language import either, listed, noted, number, percentage, tr, trn
from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.views import ALL_TASKS, NEW_TITLES
from taskmix.sorting.forward import MIN_DAYS, MIN_TAGGED
from taskmix.taxonomy import CATEGORIES

#: What each baseline is called in a sentence.
BASELINE_WORDS = {
    "majority": noted("the most frequent tag"),
    "cue_words": noted("keyword rules"),
    "project_tool": noted("the usual tag of project and tool"),
    "last_title": noted("the last tag of the same title"),
}


def too_few(*, n_tagged: int, n_days: int) -> str:
    """Say why nothing can be scored.

    Examples
    --------
    >>> too_few(n_tagged=12, n_days=5)
    'Too few tags to say how good the sorter is: 12 tagged tasks on 5 days, and it takes 40 on 2.'
    """
    if not n_tagged:
        return tr(
            "Nobody has tagged a task yet, so how good the first guess from cue words is cannot be "
            "told; it takes {needed} tagged tasks.",
            needed=MIN_TAGGED,
        )
    return tr(
        "Too few tags to say how good the sorter is: {tasks} on {days}, and it takes {needed} on "
        "{needed_days}.",
        tasks=trn("{n} tagged task", "{n} tagged tasks", n_tagged),
        days=trn("{n} day", "{n} days", n_days),
        needed=MIN_TAGGED,
        needed_days=MIN_DAYS,
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
        return tr(
            "Not good enough yet, for on new titles it is not shown to beat {rules}; {right}; "
            "{shares}.",
            rules=either([tr(BASELINE_WORDS[name]) for name in unbeaten[NEW_TITLES]]),
            right=_labels_right(alone, target),
            shares=shares,
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
        return tr("Too few later tasks were predicted to say whether any can be labelled alone")
    wanted, rest = percentage(target), ""
    if unknown:
        rest = tr(", and of {categories} tasks too few were predicted to say",
                  categories=_named(unknown))  # fmt: skip
    if not alone:
        first = tr(
            "Not good enough to label any task alone, for in no category are {target} of the "
            "labels surely right",
            target=wanted,
        )
        if unknown:
            first = tr(
                "Not shown to be good enough to label any task alone, for {target} of the labels "
                "are not surely right for {categories} tasks",
                target=wanted,
                categories=_named(never),
            )
        return f"{first}{rest}"
    right = tr("(at least {target} of such labels are right where people tagged too)",
               target=wanted)  # fmt: skip
    if not never and not unknown:
        return tr("Good enough to label tasks of all four categories alone {right}", right=right)
    first = tr(
        "Good enough to label {categories} tasks alone {right}",
        categories=_named(alone),
        right=right,
    )
    if never:
        not_these = either([tr(name) for name in never])
        first += tr(", but not {categories} tasks", categories=not_these)
    return f"{first}{rest}"


def _labels_right(alone: Sequence[str], target: float) -> str:
    wanted = percentage(target)
    if not alone:
        return tr("in no category are {target} of its labels shown to be right", target=wanted)
    return tr(
        "at least {target} of its labels are right, where people tagged too, for {categories} "
        "tasks",
        target=wanted,
        categories=_named(alone),
    )


def _shares(errors: pd.DataFrame, audit: pd.DataFrame) -> str:
    if len(audit):
        worst = audit.loc[audit["error"].abs().idxmax()]
        alarms = audit.loc[audit["alarm"], "category"].tolist()
        if alarms:
            off = [
                tr("{category} by {points}", category=tr(name), points=_points(_error(audit, name)))
                for name in alarms
            ]
            return tr("its shares need the audit’s correction, which moves {off}", off=listed(off))
        return tr(
            "its shares pass the audit, which raises no alarm (largest difference {points})",
            points=_points(worst["error"]),
        )
    known = errors["error"].abs().dropna()
    if known.empty:
        return tr("its shares of hours cannot be checked, for no tagged task has hours")
    return tr(
        "its shares count only once an audit has corrected them (on later tasks off by up to "
        "{points})",
        points=_points(known.max()),
    )


def _error(audit: pd.DataFrame, category: str) -> float:
    return float(audit.set_index("category").loc[category, "error"])


def _rules(methods: pd.DataFrame, unbeaten: Sequence[str]) -> str:
    if unbeaten:
        rules = either([tr(BASELINE_WORDS[name]) for name in unbeaten])
        return tr("on all tasks it is not shown to beat {rules}", rules=rules)
    rules_of = methods[methods["method"] != "sorter"].groupby("view")["beaten"]
    all_beaten = rules_of.agg(lambda beaten: not beaten.isna().any() and bool(beaten.all()))
    shown = [view for view in (NEW_TITLES, ALL_TASKS) if all_beaten.get(view, False)]
    if not shown:
        return tr("whether it beats simple rules cannot be told")
    if len(shown) > 1:
        return tr("it beats all four simple rules on new titles and on all tasks")
    return tr("it beats all four simple rules on {view}", view=tr(shown[0]))


def _points(value: float) -> str:
    points = abs(100 * value)
    written = number(points, 1 if points < 10 else 0, grouped=False)
    if f"{points:.1f}" == "1.0":
        return tr("{size} point", size=written)
    return tr("{size} points", size=written)


def _named(categories: Sequence[str]) -> str:
    return listed([tr(name) for name in categories])
