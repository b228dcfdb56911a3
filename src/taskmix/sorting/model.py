"""A sorting model: the fitted sorter with all that makes its probabilities into labels."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import sklearn

from taskmix.errors import SortingError
from taskmix.sorting._folds import out_of_fold
from taskmix.sorting._log import PROBABILITIES, check_log
from taskmix.sorting._titles import normalise_titles
from taskmix.sorting.abstaining import choose_thresholds, leave_unsure
from taskmix.sorting.calibration import calibrate_forward, fit_on_latest
from taskmix.sorting.forward import predict_forward
from taskmix.sorting.sorter import _EDITION as SORTER_EDITION
from taskmix.sorting.sorter import TaskSorter
from taskmix.sorting.temperature import Calibration, apply_calibration
from taskmix.taxonomy import CATEGORIES

# Counted up when the same log is calibrated, abstained on or held out otherwise.
_EDITION = 1
#: What a model's files must agree with to be loaded: the sorter's edition and this module's.
EDITION = f"{SORTER_EDITION}.{_EDITION}"
#: What is kept of each task that the model learned a tag from.
HELD_OUT_COLUMNS = ("task_id", "title_digest", "tag", *PROBABILITIES, "cold_start")


@dataclass(frozen=True)
class SortingModel:
    """A model that sorts the same tasks the same way whenever it is asked.

    Attributes
    ----------
    sorter : TaskSorter
        Fitted on all tags.
    calibration : Calibration
        Fitted on forward predictions.
    thresholds : mapping of str to float
        Of each category the probability from which on it is assigned; infinite: never.
    earned : tuple of str
        The categories whose threshold was chosen on forward predictions; the others have
        `[sorting] sure_at`.
    held_out : DataFrame
        One row a task whose tag was learned: ``task_id``, ``title_digest``, ``tag``, the four
        probabilities by sorters that saw no tag of its title (not calibrated), ``cold_start``.
    model_id : str
        Digest of the log, tags and settings; 12 hexadecimal digits.
    """

    sorter: TaskSorter
    calibration: Calibration
    thresholds: Mapping[str, float]
    earned: tuple[str, ...]
    held_out: pd.DataFrame
    model_id: str

    def sort(self, tasks: pd.DataFrame) -> pd.DataFrame:
        """Sort tasks; what was learned from is not judged by its own tag.

        Parameters
        ----------
        tasks : DataFrame
            ``task_id``, ``title`` and the columns used at fit; ``tag`` is not looked at. Is not
            changed.

        Returns
        -------
        DataFrame
            One row a task in the same order, as ``taskmix.schema.SortedTasks``.
            ``out_of_sample`` is False for a task that the model learned from under another
            title.

        Raises
        ------
        SortingError
            If a column is missing, or a ``task_id`` is missing or stands twice.
        """
        check_log(tasks, needs=("task_id", "title"))
        kept = self.held_out.set_index("task_id")
        learned = tasks["task_id"].isin(kept.index).to_numpy()
        p = np.empty((len(tasks), len(CATEGORIES)))
        cold = np.full(len(tasks), self.sorter.cold_start_)
        same = learned.copy()
        if learned.any():
            own = kept.loc[tasks.loc[learned, "task_id"]]
            is_same = own["title_digest"].to_numpy() == _digests(tasks.loc[learned, "title"])
            same[learned] = is_same
            p[same] = own.loc[is_same, list(PROBABILITIES)].to_numpy()
            cold[same] = own.loc[is_same, "cold_start"].to_numpy()
        if not same.all():
            p[~same] = predict_categories(self.sorter, tasks[~same])
        frame = pd.DataFrame(apply_calibration(p, self.calibration), columns=PROBABILITIES)
        frame.insert(0, "task_id", tasks["task_id"].astype("str").array)
        return frame.assign(
            category=leave_unsure(frame, sure_at=self.thresholds),
            model_id=pd.Series(self.model_id, index=frame.index, dtype="str"),
            out_of_sample=~learned | same,
            cold_start=cold,
        )

    def newer_tags(self, tasks: pd.DataFrame) -> int:
        """Count tasks whose tag the model did not learn: tagged since, or otherwise since.

        Parameters
        ----------
        tasks : DataFrame
            ``task_id`` and ``tag`` (missing: untagged).
        """
        tagged = tasks[tasks["tag"].notna()]
        learned = tagged["task_id"].map(self.held_out.set_index("task_id")["tag"])
        return int((learned != tagged["tag"]).sum())


def train_model(
    tasks: pd.DataFrame, *, sure_at: float = 0.6, precision: float = 0.85, seed: int = 0
) -> tuple[SortingModel, pd.DataFrame]:
    """Learn from all tags of a log, and from earlier ones how far to believe what was learned.

    Parameters
    ----------
    tasks : DataFrame
        A task log with ``task_id``, ``title`` and ``tag`` (missing: untagged), and any of
        ``project``, ``source``, ``performer``, ``hours``, ``person``. Without ``local_date``
        there are no forward predictions. Is not changed.
    sure_at : float, default 0.6
        The threshold of categories whose precision cannot be measured; 0–1.
    precision : float, default 0.85
        What the others have to reach; see `taskmix.sorting.abstaining.choose_thresholds`.
    seed : int, default 0
        For dividing tagged titles into folds.

    Returns
    -------
    model : SortingModel
        The same for the same tasks, in whatever order they come.
    forward : DataFrame
        The forward predictions, as `taskmix.sorting.calibration.calibrate_forward` returns them.

    Raises
    ------
    SortingError
        If there is no task, a column is missing, a ``task_id`` is missing or stands twice, a
        tag is no category, or `sure_at` or `precision` is no probability.
    """
    check_log(tasks)
    if not 0 <= sure_at <= 1:
        raise SortingError(f"sure_at is {sure_at}; it is a probability between 0 and 1.")
    # ids are the log's own, so the order in which it was written cannot matter
    log = tasks.sort_values("task_id", ignore_index=True, kind="stable")
    if "local_date" not in log:
        log = log.assign(local_date=pd.Series(pd.NaT, index=log.index, dtype="datetime64[us]"))
    sorter = TaskSorter().fit(log, log["tag"])
    forward = predict_forward(log)
    calibration = fit_on_latest(forward)
    forward = calibrate_forward(forward)
    chosen = choose_thresholds(forward, target=precision)
    model = SortingModel(
        sorter=sorter,
        calibration=calibration,
        thresholds={category: chosen.get(category, sure_at) for category in CATEGORIES},
        earned=tuple(chosen),
        held_out=_hold_out(sorter, log[log["tag"].notna()], seed=seed),
        model_id=_model_id(sorter, log, sure_at=sure_at, precision=precision, seed=seed),
    )
    return model, forward


def predict_categories(sorter: TaskSorter, tasks: pd.DataFrame) -> np.ndarray:
    """Return ``predict_share`` with its columns in the order of ``CATEGORIES``."""
    order = [list(sorter.classes_).index(category) for category in CATEGORIES]
    return sorter.predict_share(tasks)[:, order]


def _hold_out(sorter: TaskSorter, tagged: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    p, held_out = np.empty((0, len(CATEGORIES))), np.empty(0, dtype=bool)
    if len(tagged):
        p, held_out = out_of_fold(sorter, tagged, seed=seed)
        p = p[:, [list(sorter.classes_).index(category) for category in CATEGORIES]]
    frame = pd.DataFrame(p, columns=PROBABILITIES).assign(
        task_id=tagged["task_id"].astype("str").array,
        title_digest=pd.array(_digests(tagged["title"]), dtype="str"),
        tag=tagged["tag"].astype("str").array,
        cold_start=~held_out,
    )
    return frame[list(HELD_OUT_COLUMNS)]


def _digests(titles: pd.Series) -> np.ndarray:
    codes, distinct = pd.factorize(normalise_titles(titles))
    made = [hashlib.sha256(title.encode("utf-8")).hexdigest()[:16] for title in distinct]
    return np.array(made, dtype=object)[codes]


def _model_id(sorter: TaskSorter, log: pd.DataFrame, **settings: float) -> str:
    """Digest what the model was made from."""
    # The sorter's own digest does not know which task is which; two tasks that change titles
    # leave it as it is, but are held out and predicted forward otherwise.
    days = log["local_date"].astype("str").fillna("")
    rows = sorter._rows(log).assign(
        _task_id=log["task_id"].array, _day=days.array, _tag=log["tag"].fillna("").array
    )
    # another minor version of scikit-learn may fit the same tags otherwise
    parts = [EDITION, sklearn.__version__.split(".")[:2], sorter.model_id_, settings]
    digest = hashlib.sha256(json.dumps(parts).encode())
    digest.update(pd.util.hash_pandas_object(rows.astype("str"), index=False).to_numpy().tobytes())
    return digest.hexdigest()[:12]
