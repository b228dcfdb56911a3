"""Sentences about how good the sorter is, computed from the frames of its evaluation."""

import pandas as pd

from taskmix.language import capital, number, tr, trn
from taskmix.report.gainwords import (  # noqa: F401  notebooks ask for two of them here
    gain_sentence,
    learning_title,
    main_view,
    points_of,
    signed_points,
)
from taskmix.report.words import percent
from taskmix.sorting.evaluation import (
    ALL_TASKS,
    BASELINE_WORDS,
    NEW_PEOPLE,
    NEW_TITLES,
    Evaluation,
)
from taskmix.sorting.evaluation.views import of_view


def scores_title(found: Evaluation) -> str:
    """Title the chart of the sorter and the simple rules."""
    own = _methods(found, main_view(found))
    if own["macro_f1"].isna().all():
        return tr("Nothing could be scored")
    rules = own.drop(index="sorter")["macro_f1"]
    best = str(rules.idxmax())
    values = {
        "view": tr(main_view(found)),
        "own": number(own.loc["sorter", "macro_f1"], 2, grouped=False),
        "rule": tr(BASELINE_WORDS[best]),
        "best": number(rules[best], 2, grouped=False),
    }
    if best == "cue_words":
        return tr(
            "On {view} the sorter’s macro-F1 is {own}; {rule}, the best simple rule, get {best}",
            **values,
        )
    return tr(
        "On {view} the sorter’s macro-F1 is {own}; {rule}, the best simple rule, gets {best}",
        **values,
    )


def scores_sentence(found: Evaluation) -> str:
    """Say what was scored, and on whom."""
    if not found.n_tested:
        return tr("Nothing could be scored.")
    view = main_view(found)
    n = dict(zip(found.probabilities["view"], found.probabilities["n_tasks"], strict=True))
    people = trn("{n} person", "{n} people", found.n_people)
    parts = (
        tr("{n} of them had a new title", n=number(n[view]))
        if view == NEW_TITLES
        else tr("no title was new")
    )
    new = (
        tr(
            " {n} tasks were predicted once more by sorters that had learned from other "
            "people alone.",
            n=number(n[NEW_PEOPLE]),
        )
        if NEW_PEOPLE in n
        else ""
    )
    return tr(
        "{n_tagged} tasks of {people} are tagged. {n_tested} were predicted from the "
        "tags of earlier days; {parts}.{new} {remark}. People chose which tasks to tag: "
        "this is no random sample of the log.",
        n_tagged=number(found.n_tagged),
        people=people,
        n_tested=number(found.n_tested),
        parts=parts,
        new=new,
        remark=capital(found.remarks[view]),
    )


def confusion_title(found: Evaluation) -> str:
    """Title the chart of tags against categories named."""
    own = found.categories[found.categories["view"] == main_view(found)]
    recall = own.set_index("category")["recall"].dropna().sort_values()
    if recall.empty:
        return tr("Nothing was predicted")
    worst, best = str(recall.index[0]), str(recall.index[-1])
    if len(recall) == 1:
        return tr(
            "The sorter finds {recall} of what people tag as {best}",
            recall=percent(recall.iloc[0]),
            best=tr(best),
        )
    return tr(
        "The sorter finds {recall} of what people tag as {best}, and {least} of {worst}",
        recall=percent(recall.iloc[-1]),
        best=tr(best),
        least=percent(recall.iloc[0]),
        worst=tr(worst),
    )


def calibration_title(found: Evaluation) -> str:
    """Title the chart of calibration."""
    own = found.probabilities[found.probabilities["view"] == ALL_TASKS]
    if found.calibration.empty:
        return tr("Too little was predicted to tell how far probabilities can be believed")
    return tr(
        "Its probabilities are off by {points} on average", points=points_of(own["ece"].iloc[0])
    )


def coverage_title(found: Evaluation) -> str:
    """Title the chart of precision by coverage."""
    labels = found.labels
    if labels["n_found"].sum() == 0:
        return tr("Too little was predicted to tell which labels are right")
    share = labels["n_labelled"].sum() / labels["n_found"].sum()
    if not labels["n_labelled"].any():
        return tr("No category is labelled alone")
    right = (labels["precision"] * labels["n_labelled"]).sum() / labels["n_labelled"].sum()
    return tr(
        "{share} of later tasks are labelled, {right} of them rightly",
        share=percent(share),
        right=percent(right),
    )


def errors_sentence(found: Evaluation) -> str:
    """Say of how many tasks the likeliest category is not the one that people gave."""
    if not found.n_tested:
        return tr("Nothing was predicted.")
    rows = of_view(found.rows, ALL_TASKS)
    wrong = int((rows["likeliest"] != rows["tag"]).sum())
    if not wrong:
        return tr("No predicted task’s likeliest category is another than people gave it.")
    return tr(
        "Of {wrong} of {n_tested} predicted tasks the likeliest category is not the one "
        "that people gave them. Where the sorter is surest, it may be the tag that is "
        "wrong.",
        wrong=number(wrong),
        n_tested=number(found.n_tested),
    )


def origins_title(found: Evaluation) -> str:
    """Title the chart of scores over time: whether the newest stretch is worse than the first."""
    if len(found.origins) < 2:
        return tr("There is one stretch of time at most to compare")
    last = found.origins.iloc[-1]
    change = tr("{change} points since the first stretch", change=signed_points(last["change"]))
    if pd.isna(last["change_low"]):
        return tr("Macro-F1 moved by {change}; whether by chance cannot be told", change=change)
    if last["change_high"] < 0:
        return tr("The sorter gets worse: {change}", change=change)
    if last["change_low"] > 0:
        return tr("The sorter gets better: {change}", change=change)
    return tr("No drift is shown: {change}, which may be chance", change=change)


def words_title(found: Evaluation) -> str:
    """Title the chart of unknown words."""
    known = found.words.dropna(subset=["unknown"])
    if known.empty:
        return tr("There is no month with tags before it")
    last = known.iloc[-1]
    return tr(
        "{unknown} of the hours in {month} are told in words no tag holds",
        unknown=percent(last["unknown"]),
        month=last["month"],
    )


def audit_sentence(found: Evaluation) -> str:
    """Say what the newest audit finds."""
    audit = found.audit
    if audit.empty:
        return tr("Whether shares drift cannot be told: {why_not}.", why_not=found.audit_remark)
    alarms = audit[audit["alarm"]]
    base = tr(
        "{tasks} audited tasks of {people} people",
        tasks=number(audit["n_tasks"].iloc[0]),
        people=number(audit["n_people"].iloc[0]),
    )
    if alarms.empty:
        return tr("No alarm: on {base} no share is surely off by more than 3 points.", base=base)
    parts = [
        tr(
            "{category} by {error} points ({low} to {high})",
            category=tr(row.category),
            error=signed_points(row.error),
            low=signed_points(row.low),
            high=signed_points(row.high),
        )
        for row in alarms.itertuples()
    ]
    return tr(
        "Alarm: on {base} the sorter is off, and the audit moves {parts}.",
        base=base,
        parts=", ".join(parts),
    )


def audit_title(found: Evaluation) -> str:
    """Title the chart of what the audit moves."""
    if found.audit.empty:
        return tr("There is no audit")
    worst = found.audit.loc[found.audit["error"].abs().idxmax()]
    return tr(
        "The audit moves {category} most, by {error} points",
        category=tr(worst["category"]),
        error=signed_points(worst["error"]),
    )


def _methods(found: Evaluation, view: str) -> pd.DataFrame:
    return found.methods[found.methods["view"] == view].set_index("method")
