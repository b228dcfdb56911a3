"""An evaluation written down by hand."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation import METHODS, VIEWS, Evaluation, Learning
from taskmix.taxonomy import CATEGORIES


def _by_view(view: str, score: float, *, known: bool) -> pd.DataFrame:
    rows = [
        {"view": view, "method": name, "n_tasks": 100, "accuracy": 0.8, "macro_f1": score - k / 10,
         "hour_weighted_macro_f1": score - k / 10, "difference": k / 10 if k else None,
         "beaten": None if k == 0 or not known else k != 2}
        for k, name in enumerate(METHODS)
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype({"difference": "float64", "beaten": "boolean"})
    ends = {"low": -0.03, "high": 0.03}
    for name, add in ends.items():
        table[name] = table["macro_f1"] + add if known else np.nan
        table[f"hour_{name}"] = table["hour_weighted_macro_f1"] + add if known else np.nan
        table[f"difference_{name}"] = table["difference"] + add if known else np.nan
    return table


@pytest.fixture
def make_evaluation() -> Callable[..., Evaluation]:
    """Write an evaluation down by hand: 0.74 on new titles, 0.71 on all tasks."""

    def make(*, known: bool = True, views: Sequence[str] = VIEWS, **given: Any) -> Evaluation:
        scores = dict(zip(VIEWS, (0.74, 0.71, 0.65), strict=True))
        methods = [_by_view(view, scores[view], known=known) for view in views]
        n = {"new titles": 80, "all tasks": 100, "new people": 30}
        told = [
            {"view": view, "n_tasks": n[view], "log_loss": 0.7, "log_loss_by_frequency": 1.3,
             "ece": 0.031, "n_calibrated": 75}
            for view in views
        ]  # fmt: skip
        share = {"tagged": [0.4, 0.3, 0.2, 0.1], "predicted": [0.45, 0.29, 0.18, 0.08]}
        shares = pd.DataFrame({"category": CATEGORIES, **share})
        shares["error"] = shares["predicted"] - shares["tagged"]
        own = {"n_tagged": 25, "n_found": 25, "n_right": 20, "precision": 0.8, "f1": 0.8,
               "recall": [0.9, 0.6, 0.7, 0.8]}  # fmt: skip
        pairs = [(t, k, 20 if t == k else 0) for t in CATEGORIES for k in CATEGORIES]
        confusion = pd.DataFrame(pairs, columns=["tag", "category", "n_tasks"])
        labels = pd.DataFrame(
            {"category": CATEGORIES, "threshold": [0.6, np.inf, 0.7, np.nan], "n_found": 40,
             "alone": pd.Series([True, False, True, pd.NA], dtype="boolean"),
             "n_labelled": [30, 0, 10, 0], "precision": [0.9, np.nan, 1.0, np.nan],
             "low": 0.8, "high": 1.0, "share_of_tasks": 0.5, "share_of_hours": 0.5,
             "n_later": 9, "precision_later": 0.9}
        )  # fmt: skip
        curve = {"draw": 1, "n_tasks": 30, "n_tags": [50, 100], "macro_f1": [0.6, 0.7],
                 "mean": [0.6, 0.7]}  # fmt: skip
        gain = pd.DataFrame({"view": views, "n_tags": 200, "extra": 100, "gain": 0.012,
                             "low": 0.004 if known else np.nan, "high": 0.02})  # fmt: skip
        origins = pd.DataFrame(
            {"origin": [1, 2], "from_date": pd.to_datetime(["2026-07-01", "2026-08-01"]),
             "n_trained": [50, 100], "n_tasks": 50, "macro_f1": [0.7, 0.75], "low": 0.6,
             "high": 0.8, "change": [np.nan, 0.05],
             "change_low": [np.nan, -0.02 if known else np.nan], "change_high": [np.nan, 0.12]}
        )  # fmt: skip
        audit = {"category": "str", "error": float, "low": float, "high": float, "alarm": bool,
                 "n_tasks": int, "n_people": int}  # fmt: skip
        likeliest = ["judgment"] * 20 + ["execution"] * 80
        rows = pd.DataFrame({"tag": "execution", "likeliest": likeliest, "of_new_people": False})
        remark = "95% intervals by resampling 12 people"
        facts: dict[str, Any] = {
            "n_tagged": 200, "n_days": 60, "n_people": 12, "n_tested": 100,
            "rows": rows, "methods": pd.concat(methods, ignore_index=True),
            "probabilities": pd.DataFrame(told),
            "categories": _each(views, pd.DataFrame({"category": CATEGORIES, **own})),
            "confusion": _each(views, confusion.assign(share=0.5)),
            "shares": _each(views, shares),
            "calibration": pd.DataFrame({"confidence": [0.5], "accuracy": [0.6]}),
            "coverage": pd.DataFrame(), "labels": labels,
            "learning": Learning(_each(views, pd.DataFrame(curve)), gain),
            "errors": pd.DataFrame(), "origins": origins,
            "words": pd.DataFrame({"month": ["2026-07", "2026-08"], "unknown": [np.nan, 0.12]}),
            "audit": pd.DataFrame(columns=list(audit)).astype(audit),
            "audit_remark": "no audit was drawn: `taskmix queue draw` does it",
            "clustered_by": "person",
            "remarks": dict.fromkeys(
                views, remark if known else "no intervals: not enough people: has 3, needs 10"
            ),
            "target": 0.85, "verdict": "Good enough for this.",
        }  # fmt: skip
        return Evaluation(**facts | given)

    return make


def _each(views: Sequence[str], frame: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([frame.assign(view=view) for view in views], ignore_index=True)
