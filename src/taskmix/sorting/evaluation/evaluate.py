"""Everything that is known of how good the sorter is on a log, as frames."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from taskmix.language import number, tr, trn
from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.abstaining import choose_thresholds
from taskmix.sorting.calibration import calibration_curve
from taskmix.sorting.evaluation.coverage import labels_at, precision_by_coverage
from taskmix.sorting.evaluation.drift import MIN_AUDITED, rectify, scores_by_origin
from taskmix.sorting.evaluation.errors import worst_errors
from taskmix.sorting.evaluation.intervals import Clusters, choose_clusters
from taskmix.sorting.evaluation.learning import Learning, learn_by_size
from taskmix.sorting.evaluation.predictions import predict_new_people, predict_tagged
from taskmix.sorting.evaluation.scores import (
    confusion_table,
    score_categories,
    score_methods,
    score_probabilities,
    share_errors,
)
from taskmix.sorting.evaluation.verdict import judge, too_few
from taskmix.sorting.evaluation.views import ALL_TASKS, VIEWS, of_view
from taskmix.sorting.evaluation.vocabulary import unknown_words
from taskmix.sorting.sorter import TaskSorter


@dataclass(frozen=True)
class Evaluation:
    """How good the sorter is on a log; frames by view are for `VIEWS` that hold a task.

    `methods`, `categories`, `confusion`, `learning` and `origins` score the category that the
    sorter names (``named``), the others its probabilities and the category ``likeliest`` by them,
    which is what labels and shares are made of.

    Attributes
    ----------
    n_tagged, n_days, n_people : int
        Tagged tasks, the days they stand on, and their people.
    n_tested : int
        Tagged tasks that were predicted from earlier days.
    rows : pandas.DataFrame
        One row a predicted task, with its title, what the sorter names and what its
        probabilities make likeliest: the analyst's alone. See `predict_tagged`.
    methods : pandas.DataFrame
        By view, the sorter and its baselines. See `score_methods`.
    probabilities : pandas.DataFrame
        One row a view: ``view``, ``n_tasks`` and what `score_probabilities` tells.
    categories, confusion, shares : pandas.DataFrame
        By view. See `score_categories`, `confusion_table`, `share_errors`.
    calibration : pandas.DataFrame
        Of the calibrated rows. See `taskmix.sorting.calibration.calibration_curve`.
    coverage : pandas.DataFrame
        Of the calibrated rows. See `precision_by_coverage`.
    labels : pandas.DataFrame
        What is labelled alone, of the calibrated rows. See `labels_at`; beside it ``n_later`` and
        ``precision_later``: of the last stretch, labelled by thresholds that were chosen on the
        stretches before.
    learning : Learning
        What more tags would bring.
    errors : pandas.DataFrame
        See `worst_errors`.
    origins, words, audit : pandas.DataFrame
        Drift. See `scores_by_origin`, `unknown_words`, `rectify`.
    audit_remark : str
        Why there is no `audit`; empty where there is.
    clustered_by : str
        ``person`` or ``week``: what intervals resample.
    remarks : dict of str to str
        By view: what its intervals resample, or why it has none.
    target : float
        The precision that a label must surely have (0–1).
    verdict : str
        One sentence: whether the sorter is good enough, and for what.
    """

    n_tagged: int
    n_days: int
    n_people: int
    n_tested: int
    rows: pd.DataFrame
    methods: pd.DataFrame
    probabilities: pd.DataFrame
    categories: pd.DataFrame
    confusion: pd.DataFrame
    shares: pd.DataFrame
    calibration: pd.DataFrame
    coverage: pd.DataFrame
    labels: pd.DataFrame
    learning: Learning
    errors: pd.DataFrame
    origins: pd.DataFrame
    words: pd.DataFrame
    audit: pd.DataFrame
    audit_remark: str
    clustered_by: str
    remarks: dict[str, str]
    target: float
    verdict: str


def evaluate_tasks(
    tasks: pd.DataFrame,
    *,
    audited: pd.DataFrame | None = None,
    n_origins: int = 4,
    target: float = 0.85,
    sorter: TaskSorter | None = None,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Score the sorter on tasks later than those it learned from, and beside simple rules.

    Nothing that is fitted here is kept.

    Parameters
    ----------
    tasks : pandas.DataFrame
        A task log: ``task_id``, ``title``, ``tag`` (those that may train; missing: untagged),
        ``local_date``, ``person`` (may be missing), ``human_hours`` (what a task weighs), and any
        of ``project``, ``source``, ``performer``, ``hours`` to learn from. Is not changed.
    audited : pandas.DataFrame, optional
        The answers of the newest audit, as for `taskmix.sorting.evaluation.drift.rectify`.
    n_origins : int
        How many times the log is cut into before and after.
    target : float
        The precision asked of labels (0–1).
    sorter : TaskSorter, optional
        Its parameters are used.
    seed : int
        For dealing people, and for the order in which tags are learned.

    Returns
    -------
    Evaluation
        The same for the same tasks; with frames without rows where there are too few tags, which
        the verdict then says.

    Raises
    ------
    SortingError
        As `taskmix.sorting.forward.predict_forward` raises it.
    """
    say = progress or (lambda _: None)
    say("predicting each stretch from the days before")
    forward = predict_tagged(tasks, n_origins=n_origins, sorter=sorter)
    last = forward[forward["origin"] == forward["origin"].max()].reset_index(drop=True)
    by = choose_clusters(forward).by
    say("predicting people never learned from")
    rows = _with_new_people(tasks, forward, last, sorter=sorter, seed=seed)
    learning = learn_by_size(
        tasks, last, clusters=choose_clusters(last, by=by), sorter=sorter, seed=seed,
        progress=progress,
    )  # fmt: skip
    say("scoring")
    tagged = tasks[tasks["tag"].notna() & tasks["local_date"].notna()]
    n_days = tagged["local_date"].nunique()
    by_view = _score_views(rows, by=by)
    thresholds = choose_thresholds(forward, target=target)
    audit = rectify(audited if audited is not None else _none_audited())
    settled = forward[forward["calibrated"]].reset_index(drop=True)
    return Evaluation(
        n_tagged=len(tagged),
        n_days=n_days,
        n_people=tagged["person"].nunique(),
        n_tested=len(forward),
        rows=rows,
        **by_view,
        calibration=_calibration(settled),
        coverage=precision_by_coverage(settled),
        labels=_labels(settled, last, thresholds, target=target),
        learning=learning,
        errors=worst_errors(forward),
        origins=scores_by_origin(forward, clusters=choose_clusters(forward, by=by)),
        words=unknown_words(tasks),
        audit=audit,
        audit_remark="" if len(audit) else _audit_remark(audited),
        clustered_by=by,
        remarks={view: own.remark for view, own in _clusters(rows, by=by).items()},
        target=target,
        verdict=_verdict(by_view, thresholds, target=target, audit=audit)
        if len(forward)
        else too_few(n_tagged=len(tagged), n_days=n_days),
    )


def _with_new_people(
    tasks: pd.DataFrame,
    forward: pd.DataFrame,
    last: pd.DataFrame,
    *,
    sorter: TaskSorter | None,
    seed: int,
) -> pd.DataFrame:
    """Append the last stretch as it looks to sorters that learned from other people."""
    if last.empty:
        return forward
    begin = last["from_date"].iloc[0]
    new = predict_new_people(tasks, begin=begin, seed=seed, sorter=sorter)
    return pd.concat([forward, new], ignore_index=True) if len(new) else forward


def _verdict(
    by_view: dict[str, pd.DataFrame],
    thresholds: dict[str, float],
    *,
    target: float,
    audit: pd.DataFrame,
) -> str:
    shares = by_view["shares"]
    return judge(
        by_view["methods"], thresholds=thresholds, target=target, audit=audit,
        share_errors=shares[shares["view"] == ALL_TASKS],
    )  # fmt: skip


def _clusters(rows: pd.DataFrame, *, by: str) -> dict[str, Clusters]:
    parts = {view: of_view(rows, view) for view in VIEWS}
    return {view: choose_clusters(own, by=by) for view, own in parts.items() if len(own)}


def _score_views(rows: pd.DataFrame, *, by: str) -> dict[str, pd.DataFrame]:
    """Score each view that holds a task, and put the views' frames under each other."""
    clusters = _clusters(rows, by=by)
    found: dict[str, list[pd.DataFrame]] = {name: [] for name in _BY_VIEW}
    for view in list(clusters) or [ALL_TASKS]:
        own = of_view(rows, view)
        told = pd.DataFrame([{"n_tasks": len(own), **score_probabilities(own)}])
        scored = {
            "methods": score_methods(own, clusters=choose_clusters(own, by=by)),
            "probabilities": told,
            "categories": score_categories(own),
            "confusion": confusion_table(own),
            "shares": share_errors(own),
        }
        for name, frame in scored.items():
            view_of = pd.Series(view, index=frame.index, dtype="str")
            found[name].append(frame.assign(view=view_of)[["view", *frame.columns]])
    return {name: pd.concat(parts, ignore_index=True) for name, parts in found.items()}


_BY_VIEW = ("methods", "probabilities", "categories", "confusion", "shares")


def _calibration(settled: pd.DataFrame) -> pd.DataFrame:
    p = settled[list(PROBABILITIES)].to_numpy(dtype=float).max(axis=1, initial=0.0)
    return calibration_curve(p, (settled["likeliest"] == settled["tag"]).to_numpy())


def _labels(
    settled: pd.DataFrame, last: pd.DataFrame, thresholds: dict[str, float], *, target: float
) -> pd.DataFrame:
    """Tell what is labelled; and what thresholds chosen earlier made of the last stretch."""
    labels = labels_at(settled, thresholds)
    before = settled[settled["origin"] < settled["origin"].max()]
    later = labels_at(last, choose_thresholds(before, target=target))
    return labels.assign(n_later=later["n_labelled"], precision_later=later["precision"])


def _audit_remark(audited: pd.DataFrame | None) -> str:
    if audited is None:
        return tr("no audit was drawn: `taskmix queue draw` does it")
    return tr(
        "the newest audit has answers of {people} people to {tasks}; it takes {needed} of 2",
        people=number(audited["person"].nunique(dropna=False)),
        tasks=trn("{n} task", "{n} tasks", len(audited)),
        needed=MIN_AUDITED,
    )


def _none_audited() -> pd.DataFrame:
    types = {"person": "str", "tag": "str", "pi": "float64", "hours": "float64"}
    columns = types | dict.fromkeys(PROBABILITIES, "float64")
    return pd.DataFrame(columns=list(columns)).astype(columns)
