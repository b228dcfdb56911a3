"""Sentences about how good the sorter is, computed from the frames of its evaluation."""

import pandas as pd

from taskmix.report.words import percent
from taskmix.sorting.evaluation import (
    ALL_TASKS,
    BASELINE_WORDS,
    EXTRA,
    METHODS,
    NEW_PEOPLE,
    NEW_TITLES,
    Evaluation,
)

_FULL_SCALE = 100


def main_view(found: Evaluation) -> str:
    """Return the view of the headline: new titles, or all tasks where no title is new."""
    return NEW_TITLES if NEW_TITLES in set(found.methods["view"]) else ALL_TASKS


def score_table(found: Evaluation) -> pd.DataFrame:
    """Write the sorter and the simple rules side by side, one row a method.

    Returns
    -------
    pandas.DataFrame
        ``method``, and the macro-F1 of each view with its interval, as text; ``beaten`` tells of
        each rule where the sorter is shown to beat it. No row where nothing was scored.
    """
    if not found.n_tested:
        return pd.DataFrame(columns=["method"])
    table: dict[str, list[str]] = {
        "method": ["the sorter", *(BASELINE_WORDS[name] for name in METHODS[1:])]
    }
    for view in found.methods["view"].unique():
        own = found.methods[found.methods["view"] == view]
        table[view] = [
            with_interval(row["macro_f1"], row["low"], row["high"])
            for row in own.to_dict("records")
        ]
    table["beaten"] = ["", *(_beaten(found, name) for name in METHODS[1:])]
    return pd.DataFrame(table)


def with_interval(value: float, low: float, high: float) -> str:
    """Write a score with its interval, where it has one.

    Examples
    --------
    >>> with_interval(0.739, 0.71, 0.768), with_interval(0.739, float("nan"), float("nan"))
    ('0.74 (0.71–0.77)', '0.74')
    """
    if pd.isna(value):
        return "–"
    return f"{value:.2f}" if pd.isna(low) else f"{value:.2f} ({low:.2f}–{high:.2f})"


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
        f"the tags of earlier days; {parts}.{new} {_sentence(found.remarks[view])}."
    )


def confusion_title(found: Evaluation) -> str:
    """Title the chart of tags against categories found."""
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


def category_table(found: Evaluation) -> pd.DataFrame:
    """Return each category's figures in the headline's view, for a listing."""
    own = found.categories[found.categories["view"] == main_view(found)]
    columns = ["category", "n_tagged", "n_found", "precision", "recall"]
    return own[columns].reset_index(drop=True) if found.n_tested else own.iloc[:0][columns]


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
    return f"{percent(share)} of tasks are labelled, {percent(right)} of them rightly"


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
        return f"{about} on {view}; how sure that is cannot be told ({found.remarks[view]})."
    between = f"between {_signed(row['low'])} and {_signed(row['high'])}"
    if row["low"] <= 0 <= row["high"]:
        return (
            f"Whether {EXTRA} more tags would bring anything cannot be told: about "
            f"{_signed(row['gain'])} points of macro-F1 on {view}, {between}."
        )
    return f"{about} on {view} ({between})."


def errors_sentence(found: Evaluation) -> str:
    """Say how many tasks were predicted wrong."""
    own = _methods(found, ALL_TASKS)
    if not found.n_tested:
        return "Nothing was predicted."
    wrong = round((1 - own.loc["sorter", "accuracy"]) * found.n_tested)
    if not wrong:
        return "No predicted task got another category than people gave it."
    return (
        f"{wrong:,} of {found.n_tested:,} predicted tasks got another category than people gave "
        "them. Where the sorter is surest, it may be the tag that is wrong."
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


def _methods(found: Evaluation, view: str) -> pd.DataFrame:
    return found.methods[found.methods["view"] == view].set_index("method")


def _beaten(found: Evaluation, method: str) -> str:
    rows = found.methods[found.methods["method"] == method].set_index("view")["beaten"]
    rows = rows[rows.index.isin([NEW_TITLES, ALL_TASKS])]
    if rows.isna().all():
        return "not known"
    shown = [str(view) for view, beaten in rows.items() if not pd.isna(beaten) and beaten]
    if len(shown) == len(rows):
        return "yes"
    return f"on {shown[0]} alone" if shown else "not shown"


def _gets(method: str) -> str:
    return "get" if method == "cue_words" else "gets"


def _points(share: float) -> str:
    return f"{_FULL_SCALE * share:.1f} points"


def _signed(share: float) -> str:
    written = f"{_FULL_SCALE * share:+.1f}"
    return "0.0" if written in {"+0.0", "-0.0"} else written.replace("-", "−")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
