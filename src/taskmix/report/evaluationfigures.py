"""The figures of the sorter's evaluation as plain JSON values."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from taskmix.report.evaluationwords import main_view
from taskmix.report.mixfigures import json_number
from taskmix.sorting.evaluation import ALL_TASKS, Evaluation


def evaluation_figures(found: Evaluation) -> dict[str, Any]:
    """Collect what an evaluation found; no title and no person is among it.

    Macro-F1, the rules, categories and the confusion are those of ``view``, the headline's; what
    tells of probabilities and shares is of all tasks. ``views`` holds each view's own.

    Parameters
    ----------
    found : Evaluation

    Returns
    -------
    dict of str to JSON values
        Shares, scores and probabilities 0–1; None where something is not known.
    """
    view = main_view(found)
    views = {name: _view_figures(found, name) for name in found.methods["view"].unique()}
    every = views.get(ALL_TASKS, views[view])
    by_category = ["category", "n_tagged", "n_found", "n_right", "precision", "recall", "f1"]
    errors = _of(found.shares, ALL_TASKS)["error"].abs()
    return {
        "verdict": found.verdict,
        "n_tagged": found.n_tagged,
        "n_people": found.n_people,
        "n_test": found.n_tested,
        "audited": not found.audit.empty,
        "view": view,
        **{name: value for name, value in views[view].items() if name not in _OF_ALL},
        **{name: every[name] for name in _OF_ALL},
        "views": views,
        "intervals": {"by": found.clustered_by, "remarks": found.remarks},
        "per_category": _keyed(_of(found.categories, view)[by_category]),
        "confusion": _confusion(_of(found.confusion, view)),
        "share_error": {
            "max": json_number(errors.max()),
            "mean": json_number(errors.mean()),
            "per_category": _keyed(_of(found.shares, ALL_TASKS).drop(columns="view")),
        },
        "calibration": _records(found.calibration),
        "precision_target": found.target,
        "labels": _keyed(found.labels),
        "learning_curve": _records(found.learning.curve),
        "more_tags": _keyed(found.learning.gain, by="view"),
        "drift": {
            "origins": _records(found.origins),
            "unknown_words": _records(found.words),
            "audit": _keyed(found.audit) or None,
            "audit_remark": found.audit_remark or None,
        },
    }


#: What a page's proof repeats of these figures.
PAGE_KEYS = (
    "verdict", "view", "n_tagged", "n_people", "n_test", "audited", "macro_f1", "macro_f1_interval",
    "hour_weighted_macro_f1", "log_loss", "ece", "baselines", "beats", "per_category", "labels",
    "share_error", "more_tags", "drift",
)  # fmt: skip
_OF_ALL = ("log_loss", "log_loss_by_frequency", "ece")


def page_figures(found: Evaluation) -> dict[str, Any]:
    """Return the main figures, for the proof of a page."""
    figures = evaluation_figures(found)
    return {key: figures[key] for key in PAGE_KEYS}


def _view_figures(found: Evaluation, view: str) -> dict[str, Any]:
    methods = _of(found.methods, view).set_index("method")
    told = _of(found.probabilities, view).iloc[0]
    sorter, rules = methods.loc["sorter"], methods.drop(index="sorter")
    return {
        "n_tasks": int(told["n_tasks"]),
        "accuracy": json_number(sorter["accuracy"]),
        "macro_f1": json_number(sorter["macro_f1"]),
        "macro_f1_interval": _pair(sorter, "low", "high"),
        "hour_weighted_macro_f1": json_number(sorter["hour_weighted_macro_f1"]),
        "hour_weighted_macro_f1_interval": _pair(sorter, "hour_low", "hour_high"),
        "log_loss": json_number(told["log_loss"]),
        "log_loss_by_frequency": json_number(told["log_loss_by_frequency"]),
        "ece": json_number(told["ece"]),
        "baselines": {
            str(name): {
                "macro_f1": json_number(row["macro_f1"]),
                "macro_f1_interval": _pair(row, "low", "high"),
                "hour_weighted_macro_f1": json_number(row["hour_weighted_macro_f1"]),
                "difference": json_number(row["difference"]),
                "difference_interval": _pair(row, "difference_low", "difference_high"),
            }
            for name, row in rules.iterrows()
        },
        "beats": {
            str(name): None if pd.isna(beaten) else bool(beaten)
            for name, beaten in rules["beaten"].items()
        },
    }


def _of(frame: pd.DataFrame, view: str) -> pd.DataFrame:
    return frame[frame["view"] == view]


def _pair(row: pd.Series, low: str, high: str) -> list[float] | None:
    return None if pd.isna(row[low]) else [float(row[low]), float(row[high])]


def _confusion(pairs: pd.DataFrame) -> dict[str, dict[str, int]]:
    wide = pairs.pivot_table(index="tag", columns="category", values="n_tasks", sort=False)
    return {str(tag): {str(k): int(n) for k, n in row.items()} for tag, row in wide.iterrows()}


def _keyed(frame: pd.DataFrame, by: str = "category") -> dict[str, dict[str, Any]]:
    rest = [str(name) for name in frame.columns if name != by]
    return dict(zip(frame[by].astype(str), _records(frame, rest), strict=True))


def _records(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> list[dict[str, Any]]:
    chosen = frame[list(columns)] if columns is not None else frame
    rows = chosen.to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> Any:
    """Return a value for JSON, which has neither NaN, nor infinity, nor dates."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float):
        return None if pd.isna(value) or value in (float("inf"), float("-inf")) else float(value)
    return None if pd.isna(value) else value
