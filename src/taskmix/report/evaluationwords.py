"""Sentences about how good the sorter is, computed from the frames of its evaluation."""

import pandas as pd

from taskmix.report.words import percent
from taskmix.sorting.evaluation import (
    ALL_TASKS,
    BASELINE_WORDS,
    EXTRA,
    NEW_PEOPLE,
    NEW_TITLES,
    Evaluation,
)
from taskmix.sorting.evaluation.views import of_view

_FULL_SCALE = 100
#: A gain of macro-F1 below this, at either end of its interval, is none.
_NEXT_TO_NOTHING = 0.001


def main_view(found: Evaluation) -> str:
    """Return the view of the headline: new titles, or all tasks where no title is new."""
    return NEW_TITLES if NEW_TITLES in set(found.methods["view"]) else ALL_TASKS


def scores_title(found: Evaluation) -> str:
    """Title the chart of the sorter and the simple rules."""
    own = _methods(found, main_view(found))
    if own["macro_f1"].isna().all():
        return "Nothing could be scored"
    rules = own.drop(index="sorter")["macro_f1"]
    best = str(rules.idxmax())
    return (
        f"On {main_view(found)} the sorter’s macro-F1 is {own.loc['sorter', 'macro_f1']:.2f}; "
        f"{BASELINE_WORDS[best]}, the best simple rule, {_gets(best)} {rules[best]:.2f}"
    )


def scores_sentence(found: Evaluation) -> str:
    """Say what was scored, and on whom."""
    if not found.n_tested:
        return "Nothing could be scored."
    view = main_view(found)
    n = dict(zip(found.probabilities["view"], found.probabilities["n_tasks"], strict=True))
    people = "1 person" if found.n_people == 1 else f"{found.n_people:,} people"
    parts = f"{n[view]:,} of them had a new title" if view == NEW_TITLES else "no title was new"
    new = (
        f" {n[NEW_PEOPLE]:,} tasks were predicted once more by sorters that had learned from other "
        "people alone."
        if NEW_PEOPLE in n
        else ""
    )
    return (
        f"{found.n_tagged:,} tasks of {people} are tagged. {found.n_tested:,} were predicted from "
        f"the tags of earlier days; {parts}.{new} {_sentence(found.remarks[view])}. People chose "
        "which tasks to tag: this is no random sample of the log."
    )


def confusion_title(found: Evaluation) -> str:
    """Title the chart of tags against categories named."""
    own = found.categories[found.categories["view"] == main_view(found)]
    recall = own.set_index("category")["recall"].dropna().sort_values()
    if recall.empty:
        return "Nothing was predicted"
    worst, best = str(recall.index[0]), str(recall.index[-1])
    if len(recall) == 1:
        return f"The sorter finds {percent(recall.iloc[0])} of what people tag as {best}"
    return (
        f"The sorter finds {percent(recall.iloc[-1])} of what people tag as {best}, and "
        f"{percent(recall.iloc[0])} of {worst}"
    )


def calibration_title(found: Evaluation) -> str:
    """Title the chart of calibration."""
    own = found.probabilities[found.probabilities["view"] == ALL_TASKS]
    if found.calibration.empty:
        return "Too little was predicted to tell how far probabilities can be believed"
    return f"Its probabilities are off by {_points(own['ece'].iloc[0])} on average"


def coverage_title(found: Evaluation) -> str:
    """Title the chart of precision by coverage."""
    labels = found.labels
    if labels["n_found"].sum() == 0:
        return "Too little was predicted to tell which labels are right"
    share = labels["n_labelled"].sum() / labels["n_found"].sum()
    if not labels["n_labelled"].any():
        return "No category is labelled alone"
    right = (labels["precision"] * labels["n_labelled"]).sum() / labels["n_labelled"].sum()
    return f"{percent(share)} of later tasks are labelled, {percent(right)} of them rightly"


def learning_title(found: Evaluation) -> str:
    """Title the learning curve."""
    curve = found.learning.curve
    own = curve[curve["view"] == main_view(found)].dropna(subset=["mean"])
    if own.empty:
        return "There is nothing to learn from yet"
    first, last = own.iloc[0], own.iloc[-1]
    return (
        f"Macro-F1 goes from {first['mean']:.2f} with {first['n_tags']:,} tags to "
        f"{last['mean']:.2f} with {last['n_tags']:,}"
    )


def gain_sentence(found: Evaluation) -> str:
    """Say what a hundred more tags would bring."""
    gain = found.learning.gain
    own = gain[gain["view"] == main_view(found)] if len(gain) else gain
    if own.empty or pd.isna(own["gain"].iloc[0]):
        return f"What {EXTRA} more tags would bring cannot be told yet: there are too few."
    row = own.iloc[0]
    view = main_view(found)
    about = f"{EXTRA} more tags would bring about {_signed(row['gain'])} points of macro-F1"
    if pd.isna(row["low"]):
        units = {"person": "people", "week": "weeks"}[found.clustered_by]
        return f"{about} on {view}; the newest stretch has too few {units} to say how sure that is."
    if max(abs(row["low"]), abs(row["high"])) < _NEXT_TO_NOTHING:
        return (
            f"{EXTRA} more tags would bring next to nothing: less than "
            f"{_points(_NEXT_TO_NOTHING)} of macro-F1 on {view}."
        )
    between = f"between {_signed(row['low'])} and {_signed(row['high'])}"
    if row["low"] <= 0 <= row["high"]:
        return (
            f"Whether {EXTRA} more tags would bring anything cannot be told: about "
            f"{_signed(row['gain'])} points of macro-F1 on {view}, {between}."
        )
    return f"{about} on {view} ({between})."


def errors_sentence(found: Evaluation) -> str:
    """Say of how many tasks the likeliest category is not the one that people gave."""
    if not found.n_tested:
        return "Nothing was predicted."
    rows = of_view(found.rows, ALL_TASKS)
    wrong = int((rows["likeliest"] != rows["tag"]).sum())
    if not wrong:
        return "No predicted task’s likeliest category is another than people gave it."
    return (
        f"Of {wrong:,} of {found.n_tested:,} predicted tasks the likeliest category is not the one "
        "that people gave them. Where the sorter is surest, it may be the tag that is wrong."
    )


def origins_title(found: Evaluation) -> str:
    """Title the chart of scores over time: whether the newest stretch is worse than the first."""
    if len(found.origins) < 2:
        return "There is one stretch of time at most to compare"
    last = found.origins.iloc[-1]
    change = f"{_signed(last['change'])} points since the first stretch"
    if pd.isna(last["change_low"]):
        return f"Macro-F1 moved by {change}; whether by chance cannot be told"
    if last["change_high"] < 0:
        return f"The sorter gets worse: {change}"
    if last["change_low"] > 0:
        return f"The sorter gets better: {change}"
    return f"No drift is shown: {change}, which may be chance"


def words_title(found: Evaluation) -> str:
    """Title the chart of unknown words."""
    known = found.words.dropna(subset=["unknown"])
    if known.empty:
        return "There is no month with tags before it"
    last = known.iloc[-1]
    return (
        f"{percent(last['unknown'])} of the hours in {last['month']} are told in words no tag holds"
    )


def audit_sentence(found: Evaluation) -> str:
    """Say what the newest audit finds."""
    audit = found.audit
    if audit.empty:
        return f"Whether shares drift cannot be told: {found.audit_remark}."
    alarms = audit[audit["alarm"]]
    base = f"{audit['n_tasks'].iloc[0]:,} audited tasks of {audit['n_people'].iloc[0]:,} people"
    if alarms.empty:
        return f"No alarm: on {base} no share is surely off by more than 3 points."
    parts = [
        f"{row.category} by {_signed(row.error)} points ({_signed(row.low)} to {_signed(row.high)})"
        for row in alarms.itertuples()
    ]
    return f"Alarm: on {base} the sorter is off, and the audit moves {', '.join(parts)}."


def audit_title(found: Evaluation) -> str:
    """Title the chart of what the audit moves."""
    if found.audit.empty:
        return "There is no audit"
    worst = found.audit.loc[found.audit["error"].abs().idxmax()]
    return f"The audit moves {worst['category']} most, by {_signed(worst['error'])} points"


def _methods(found: Evaluation, view: str) -> pd.DataFrame:
    return found.methods[found.methods["view"] == view].set_index("method")


def _gets(method: str) -> str:
    return "get" if method == "cue_words" else "gets"


def _points(share: float) -> str:
    return f"{_FULL_SCALE * share:.1f} points"


def _signed(share: float) -> str:
    written = f"{_FULL_SCALE * share:+.1f}"
    return "0.0" if written in {"+0.0", "-0.0"} else written.replace("-", "−")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
