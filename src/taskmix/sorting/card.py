"""A model's card: what it learned from, how good it was on days to come, how it was made."""

import math
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

import numpy as np
import pandas as pd
import sklearn
from sklearn.metrics import f1_score, log_loss

from taskmix.errors import SortingError
from taskmix.sorting._log import PROBABILITIES
from taskmix.sorting.abstaining import describe_thresholds
from taskmix.sorting.calibration import tag_codes, top_label_ece
from taskmix.sorting.model import EDITION
from taskmix.sorting.sort_log import SortResult
from taskmix.taxonomy import CATEGORIES


@dataclass(frozen=True)
class ModelCard:
    """What is known of a model, as plain JSON values.

    Attributes
    ----------
    model_id, edition, made_at : str
        Its name; how models were made then (`taskmix.sorting.model.EDITION`); ISO, UTC.
    versions : dict of str to str
        ``taskmix``, ``scikit-learn``, ``skops``, ``python``.
    tables : dict of str to int or None
        Versions of ``tasks``, ``tags`` and ``draws`` that it was trained on; None: not written.
    settings : dict of str to float
        ``sure_at``, ``precision``.
    n_tasks, n_tagged : int
        Tasks whose words it read, and those whose tag it learned.
    tagged : dict of str to int
        Tags by category.
    first_tag, last_tag : str or None
        First and last day of a tagged task.
    cold_start : bool
        Nothing was tagged.
    calibration : dict
        See `taskmix.sorting.temperature.Calibration`.
    thresholds : list of dict
        One a category: ``category``, ``threshold`` (None: never assigned alone), ``earned``
        (False: ``sure_at``, because nothing could be measured), and on the forward predictions
        that it was chosen on ``n_predicted``, ``n_assigned``, ``precision``, ``low``, ``coverage``.
    forward : dict or None
        Scores of calibrated forward predictions: ``n_tasks``, ``n_origins``, ``first_day``,
        ``macro_f1`` and ``accuracy`` of what the sorter names, ``log_loss`` and ``ece`` of its
        probabilities; None where there are none.
    held_out : dict
        ``n_tasks``, ``accuracy`` on tags of titles that it had not learned.
    sha256 : dict of str to str
        Of the files ``model`` and ``held_out``, and of the ``card`` without this entry.
    """

    model_id: str
    edition: str
    made_at: str
    versions: dict[str, str]
    tables: dict[str, int | None]
    settings: dict[str, float]
    n_tasks: int
    n_tagged: int
    tagged: dict[str, int]
    first_tag: str | None
    last_tag: str | None
    cold_start: bool
    calibration: dict[str, float]
    thresholds: list[dict[str, Any]]
    forward: dict[str, Any] | None
    held_out: dict[str, Any]
    sha256: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        """Return the card as JSON values."""
        return asdict(self)

    def with_digests(self, digests: Mapping[str, str]) -> "ModelCard":
        """Return the card with the digests of its files."""
        return replace(self, sha256=dict(digests))


def make_card(
    result: SortResult,
    tasks: pd.DataFrame,
    *,
    settings: Mapping[str, float],
    tables: Mapping[str, int | None],
    made_at: pd.Timestamp,
) -> ModelCard:
    """Describe a model that was just trained.

    Parameters
    ----------
    result : SortResult
        As `taskmix.sorting.sort_tasks` returns it.
    tasks : DataFrame
        The log that it was trained on.
    settings, tables : mapping
        As in `ModelCard`.
    made_at : Timestamp
        In UTC.

    Returns
    -------
    ModelCard
        Without digests, until it is saved.

    Raises
    ------
    SortingError
        If the log was empty, so that there is no model.
    """
    model = result.model
    if model is None:
        raise SortingError("There is no model to describe: the log holds no task.")
    tagged = tasks[tasks["tag"].notna()]
    days = tagged["local_date"].dropna() if "local_date" in tasks else tagged["tag"].iloc[:0]
    counts = tagged["tag"].value_counts()
    return ModelCard(
        model_id=model.model_id,
        edition=EDITION,
        made_at=made_at.isoformat(timespec="milliseconds"),
        versions={
            "taskmix": version("taskmix"),
            "scikit-learn": sklearn.__version__,
            "skops": version("skops"),
            "python": platform.python_version(),
        },
        tables=dict(tables),
        settings=dict(settings),
        n_tasks=len(tasks),
        n_tagged=len(tagged),
        tagged={category: int(counts.get(category, 0)) for category in CATEGORIES},
        first_tag=None if days.empty else f"{days.min():%Y-%m-%d}",
        last_tag=None if days.empty else f"{days.max():%Y-%m-%d}",
        cold_start=bool(model.sorter.cold_start_),
        calibration=asdict(model.calibration),
        thresholds=_thresholds(result),
        forward=score_forward(result.forward),
        held_out={"n_tasks": result.n_held_out, "accuracy": result.held_out_accuracy},
        sha256={},
    )


def score_forward(forward: pd.DataFrame) -> dict[str, Any] | None:
    """Score calibrated forward predictions.

    Parameters
    ----------
    forward : DataFrame
        As `taskmix.sorting.calibration.calibrate_forward` returns it; rows that are not
        ``calibrated`` are left out.

    Returns
    -------
    dict or None
        See ``ModelCard.forward``. Macro-F1 is over the categories that were tagged.
    """
    scored = forward[forward["calibrated"]]
    if scored.empty:
        return None
    p, codes = scored[list(PROBABILITIES)].to_numpy(dtype=float), tag_codes(scored)
    named = pd.Categorical(scored["named"], categories=CATEGORIES).codes
    return {
        "n_tasks": len(scored),
        "n_origins": int(scored["origin"].nunique()),
        "first_day": f"{scored['from_date'].min():%Y-%m-%d}",
        "macro_f1": float(
            f1_score(codes, named, labels=np.unique(codes), average="macro", zero_division=0)
        ),
        "accuracy": float((named == codes).mean()),
        "log_loss": float(log_loss(codes, p, labels=range(len(CATEGORIES)))),
        "ece": top_label_ece(p.max(axis=1), p.argmax(axis=1) == codes),
    }


def _thresholds(result: SortResult) -> list[dict[str, Any]]:
    model = result.model
    assert model is not None  # the caller has looked
    rows = describe_thresholds(result.forward, model.thresholds).to_dict("records")
    return [
        {**{str(name): _plain(value) for name, value in row.items()},
         "earned": row["category"] in model.earned}
        for row in rows
    ]  # fmt: skip


def _plain(value: Any) -> Any:
    """Return what JSON can say; it knows neither infinity nor a missing number."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
