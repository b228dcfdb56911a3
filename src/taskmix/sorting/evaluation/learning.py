"""What more tags would bring: the sorter learned from fewer, and the line drawn on."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from taskmix.sorting.evaluation.confusion import count_confusion, f1_by_category, macro_f1
from taskmix.sorting.evaluation.intervals import Clusters, interval, resample
from taskmix.sorting.evaluation.predictions import predict_categories, thin_untagged
from taskmix.sorting.evaluation.views import ALL_TASKS, NEW_TITLES
from taskmix.sorting.sorter import TaskSorter

#: How many more tags are asked about.
EXTRA = 100
_FEWEST, _MOST_SIZES, _DRAWS = 25, 8, 3
#: The line is drawn through the sizes from an eighth of the tags on, and through three at least.
_SIZES_OF_LINE, _FEWEST_SIZES = 4, 3


@dataclass(frozen=True)
class Learning:
    """The learning curve and where it leads.

    Attributes
    ----------
    curve : pandas.DataFrame
        One row a view, number of tags and draw: ``view``, ``n_tags``, ``draw`` (from 1),
        ``n_tasks`` (tested), ``macro_f1`` (0–1) and ``mean`` (of it over the draws).
    gain : pandas.DataFrame
        One row a view: ``view``, ``n_tags`` (now), ``extra`` (more of them), ``gain`` of macro-F1
        with ``low`` and ``high`` (95%); missing where it cannot be told.
    """

    curve: pd.DataFrame
    gain: pd.DataFrame


def learn_by_size(
    tasks: pd.DataFrame,
    tested: pd.DataFrame,
    *,
    clusters: Clusters,
    sorter: TaskSorter | None = None,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Learning:
    """Learn from ever larger parts of the tags, and score the same later tasks each time.

    The tags before the tested stretch are put into a random order, three times; the sorter
    learns from the first 25 or more of each, twice as many, … , all. A part holds every smaller
    one, and untagged tasks lend their words to all. The gain follows the slope over the logarithm
    of the number of tags, from an eighth of them on; its interval resamples people and chooses
    among the draws.

    Parameters
    ----------
    tasks : pandas.DataFrame
        As for `taskmix.sorting.evaluation.predictions.predict_tagged`.
    tested : pandas.DataFrame
        Predicted tasks of the last stretch: ``task_id``, ``tag``, ``from_date``, ``seen_title``.
    clusters : Clusters
        Of `tested`.
    sorter : TaskSorter, optional
    seed : int

    Returns
    -------
    Learning
        Without rows where nothing is tested.
    """
    if tested.empty:
        return Learning(_empty_curve(), _gains([], n_now=0))
    fits = _fit_parts(tasks, tested, sorter=sorter, seed=seed, say=progress or (lambda _: None))
    views = {NEW_TITLES: ~tested["seen_title"].to_numpy(), ALL_TASKS: np.full(len(tested), True)}
    scored = [(view, *_score(fits, tested, clusters, keep)) for view, keep in views.items()]
    curves = [curve.assign(view=view) for view, curve, _ in scored]
    joined = pd.concat(curves, ignore_index=True).astype({"view": "str"})
    n_now = int((tasks["tag"].notna() & tasks["local_date"].notna()).sum())
    return Learning(joined[list(_empty_curve().columns)], _gains(scored, n_now=n_now))


def _fit_parts(
    tasks: pd.DataFrame,
    tested: pd.DataFrame,
    *,
    sorter: TaskSorter | None,
    seed: int,
    say: Callable[[str], None],
) -> list[tuple[int, int, "pd.Series[str]"]]:
    """Return the number of tags, the draw, and what the sorter names, of each part of the tags."""
    known = thin_untagged(tasks[tasks["local_date"] < tested["from_date"].iloc[0]], seed=seed)
    asked = tested[["task_id"]].merge(tasks, on="task_id", how="left")
    pool = known.index[known["tag"].notna()].to_numpy()
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(pool) for _ in range(_DRAWS)]
    plan = [(n, draw) for n in _sizes(len(pool)) for draw in range(_DRAWS)]
    # All tags are one draw.
    plan = [(n, draw) for n, draw in plan if n < len(pool) or draw == 0]
    fits = []
    for place, (n, draw) in enumerate(plan, start=1):
        say(f"learning curve: {place} of {len(plan)}")
        given = known["tag"].where(known.index.isin(orders[draw][:n]))
        found = predict_categories(asked, known.assign(tag=given), sorter=sorter)["named"]
        fits.append((n, draw + 1, found.set_axis(tested.index)))
    return fits


def _sizes(n_tags: int) -> list[int]:
    halved = [n_tags // 2**step for step in range(1, _MOST_SIZES)]
    return sorted({n_tags, *(n for n in halved if n >= _FEWEST)})


def _empty_curve() -> pd.DataFrame:
    types = {"view": "str", "n_tags": "int64", "draw": "int64", "n_tasks": "int64",
             "macro_f1": "float64", "mean": "float64"}  # fmt: skip
    return pd.DataFrame(columns=list(types)).astype(types)


def _score(
    fits: list[tuple[int, int, "pd.Series[str]"]],
    tested: pd.DataFrame,
    clusters: Clusters,
    keep: np.ndarray,
) -> tuple[pd.DataFrame, np.ndarray]:
    """Score every fit on the tasks to keep; and once more on each resample of the clusters."""
    # Only clusters that have such a task are drawn.
    codes, distinct = pd.factorize(clusters.codes[keep])
    counts = np.stack(
        [
            count_confusion(
                tested["tag"][keep], found[keep], clusters=codes, n_clusters=len(distinct)
            )
            for _, _, found in fits
        ],
        axis=1,
    )
    total = counts.sum(axis=0)
    occurring = total.sum(axis=-1) > 0
    curve = pd.DataFrame(
        {
            "n_tags": [n for n, _, _ in fits],
            "draw": [draw for _, draw, _ in fits],
            "n_tasks": int(keep.sum()),
            "macro_f1": macro_f1(total, occurring=occurring),
        }
    )
    curve["mean"] = curve.groupby("n_tags")["macro_f1"].transform("mean")
    few = Clusters(clusters.by, codes, len(distinct))
    if not few.enough:
        return curve, np.empty((0, 0))
    observed = f1_by_category(total)
    return curve, macro_f1(resample(counts), occurring=occurring, otherwise=observed)


def _gains(views: list[tuple[str, pd.DataFrame, np.ndarray]], *, n_now: int) -> pd.DataFrame:
    """Draw each view's line on, from its curve and the scores of the resamples."""
    rows = []
    for view, own, drawn in views:
        ahead = np.log((n_now + EXTRA) / n_now)
        line = np.sort(own["n_tags"].unique())[-_SIZES_OF_LINE:]
        gain = low = high = float("nan")
        if len(line) >= _FEWEST_SIZES and own["macro_f1"].notna().all():
            means = own.groupby("n_tags")["macro_f1"].mean().loc[line].to_numpy()
            gain = float(_slope(line, means[None, :])[0] * ahead)
            if drawn.size:
                chosen = _choose_draws(own["n_tags"].to_numpy(), line, drawn)
                low, high = (float(end * ahead) for end in interval(_slope(line, chosen)))
        rows.append((view, n_now, EXTRA, gain, low, high))
    columns = ["view", "n_tags", "extra", "gain", "low", "high"]
    types = {"view": "str", "n_tags": "int64", "extra": "int64"}
    floats = dict.fromkeys(["gain", "low", "high"], "float64")
    return pd.DataFrame(rows, columns=columns).astype(types | floats)


def _choose_draws(n_tags: np.ndarray, line: np.ndarray, drawn: np.ndarray) -> np.ndarray:
    """Take one draw of each size for each resample, so that both kinds of chance are in it."""
    rng = np.random.default_rng(0)
    every = np.arange(len(drawn))
    columns = [rng.choice(np.flatnonzero(n_tags == n), size=len(drawn)) for n in line]
    return np.stack([drawn[every, column] for column in columns], axis=1)


def _slope(sizes: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Least squares of scores (one row a resample) over the logarithm of the sizes."""
    x = np.log(sizes) - np.log(sizes).mean()
    return scores @ x / (x @ x)
