"""Tables of how good the sorter is, ready to be read."""

import pandas as pd

from taskmix.language import number, tr
from taskmix.report.evaluationwords import main_view
from taskmix.sorting.evaluation import (
    ALL_TASKS,
    BASELINE_WORDS,
    METHODS,
    NEW_TITLES,
    Evaluation,
)


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
        "method": [tr("the sorter"), *(tr(BASELINE_WORDS[name]) for name in METHODS[1:])]
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
    written = _written(value)
    return written if pd.isna(low) else f"{written} ({_written(low)}–{_written(high)})"


def category_table(found: Evaluation) -> pd.DataFrame:
    """Return each category's figures in the headline's view, for a listing."""
    own = found.categories[found.categories["view"] == main_view(found)]
    columns = ["category", "n_tagged", "n_found", "precision", "recall"]
    return own[columns].reset_index(drop=True) if found.n_tested else own.iloc[:0][columns]


def label_table(found: Evaluation) -> pd.DataFrame:
    """Return what is labelled alone, a category a row, for a listing."""
    state = found.labels["alone"].map({True: tr("yes"), False: tr("never")}).fillna(tr("not known"))
    never = ~found.labels["alone"].fillna(False)
    return pd.DataFrame(
        {
            "category": found.labels["category"].map(tr),
            "alone": state.astype("str"),
            "from": found.labels["threshold"].mask(never).map(_written, na_action="ignore"),
            "n_found": found.labels["n_found"],
            "n_labelled": found.labels["n_labelled"],
            "precision": found.labels["precision"],
            "n_later": found.labels["n_later"],
            "precision_later": found.labels["precision_later"],
        }
    )


def _beaten(found: Evaluation, method: str) -> str:
    rows = found.methods[found.methods["method"] == method].set_index("view")["beaten"]
    rows = rows[rows.index.isin([NEW_TITLES, ALL_TASKS])]
    if rows.isna().all():
        return tr("not known")
    shown = [str(view) for view, beaten in rows.items() if not pd.isna(beaten) and beaten]
    if len(shown) == len(rows):
        return tr("yes")
    return tr("on {shown} alone", shown=tr(shown[0])) if shown else tr("not shown")


def _written(score: float) -> str:
    return number(score, 2, grouped=False)
