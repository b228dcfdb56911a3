"""How far people agree on the categories: Krippendorff's alpha, and the tags that conflict."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

#: Below this alpha the categories were not agreed on (Krippendorff, Content Analysis, 2018).
AGREED_AT = 0.667
#: Below this many tasks with two tags, resampling them says nothing about other tasks.
_LEAST_FOR_INTERVAL = 20
_REPLICATES = 2_000


@dataclass(frozen=True)
class Agreement:
    """How far the taggers of a log agree.

    Attributes
    ----------
    alpha : float
        Nominal Krippendorff's alpha: 1 for full agreement, 0 for what chance would give;
        missing where no task has two tags, or all tags are of one category.
    low, high : float
        95% interval; missing below 20 tasks with two tags.
    n_tasks, n_tags, n_taggers : int
        Of the tasks that two people or more have tagged.
    """

    alpha: float
    low: float
    high: float
    n_tasks: int
    n_tags: int
    n_taggers: int

    @property
    def sentence(self) -> str:
        """What this means, in words."""
        if not self.n_tasks:
            return (
                "No task has tags of two people yet, so nothing can be said about agreement; have "
                "a second person fill the same sheet."
            )
        if np.isnan(self.alpha):
            return (
                f"All tags of the {self.n_tasks:,} tasks with two tags or more are of one "
                "category; whether people could tell the others apart is not known."
            )
        interval = "" if np.isnan(self.low) else f" ({self.low:.2f} to {self.high:.2f})"
        found = f"Krippendorff's α is {self.alpha:.2f}{interval} on {self.n_tasks:,} tasks"
        if self.alpha < AGREED_AT:
            return (
                f"{found}: below {AGREED_AT}, so the categories were not agreed on. Settle the "
                "borders in the codebook before relying on shares."
            )
        return f"{found}: people agree on the categories well enough to build on."


def krippendorff_alpha(counts: np.ndarray) -> float:
    """Compute nominal alpha = 1 − (n − 1) Σ_{c≠k} o_ck / Σ_{c≠k} n_c n_k.

    Parameters
    ----------
    counts : ndarray of shape (n_tasks, n_categories)
        How many taggers gave each task each category. Tasks with fewer than two tags pair
        with nothing and are left out.

    Returns
    -------
    float
        Missing where nothing can be paired, or only one category occurs.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's Alpha-Reliability.
    https://repository.upenn.edu/asc_papers/43

    Examples
    --------
    >>> krippendorff_alpha(np.array([[2, 0], [0, 2], [1, 1]]))
    0.4444444444444444
    """
    paired, disagreement = _pairs(counts)
    found = _alpha(paired.sum(axis=0, keepdims=True), disagreement.sum(keepdims=True))
    return float(found[0])


def measure_agreement(votes: pd.DataFrame, *, seed: int = 0) -> Agreement:
    """Measure how far the taggers agree, with an interval by resampling tasks.

    Where no two tags differ, resampling would give an interval without width; its lower end
    is then what a disagreement too rare to be met in so many tasks would still allow
    (Clopper & Pearson 1934, doi:10.1093/biomet/26.4.404, with no case found).

    Parameters
    ----------
    votes : pandas.DataFrame
        One row a task and tagger: ``task_id``, ``tagger``, ``category``.
    seed : int
        For the resampling.

    Returns
    -------
    Agreement
    """
    n_taggers = votes.groupby("task_id")["tagger"].transform("size")
    several = votes[n_taggers >= 2]
    counts = pd.crosstab(several["task_id"], several["category"]).to_numpy()
    alpha = krippendorff_alpha(counts) if len(counts) else float("nan")
    low = high = float("nan")
    if len(counts) >= _LEAST_FOR_INTERVAL and not np.isnan(alpha):
        low, high = _interval(counts, alpha, np.random.default_rng(seed))
    return Agreement(
        alpha=alpha, low=low, high=high, n_tasks=len(counts), n_tags=len(several),
        n_taggers=several["tagger"].nunique(),
    )  # fmt: skip


def conflicting_tags(votes: pd.DataFrame) -> pd.DataFrame:
    """List the tasks whose taggers disagree, for a second look.

    Parameters
    ----------
    votes : pandas.DataFrame
        One row a task and tagger: ``task_id``, ``tagger``, ``category``.

    Returns
    -------
    pandas.DataFrame
        One row a task: ``task_id``, ``categories`` (what was said, the most frequent first,
        such as ``"creative 2, judgment 1"``), ``n_taggers``, ``tied`` (no category is ahead,
        so the task counts as untagged). Ties first.
    """
    counts = votes.groupby(["task_id", "category"]).size().rename("n").reset_index()
    counts = counts[counts["task_id"].duplicated(keep=False)]
    counts = counts.sort_values(["task_id", "n", "category"], ascending=[True, False, True])
    counts["said"] = counts["category"] + " " + counts["n"].astype("str")
    by_task = counts.groupby("task_id")
    ahead = counts["n"] == by_task["n"].transform("max")
    listed = pd.DataFrame(
        {
            "categories": by_task["said"].agg(", ".join).astype("str"),
            "n_taggers": by_task["n"].sum().astype("int64"),
            "tied": (ahead.groupby(counts["task_id"]).sum() > 1).astype("bool"),
        }
    ).reset_index()
    return listed.sort_values(["tied", "task_id"], ascending=[False, True], ignore_index=True)


def _pairs(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Keep what can be paired; and each task's part of Σ_{c≠k} o_ck."""
    n_tags = counts.sum(axis=1)
    paired = counts[n_tags >= 2].astype(float)
    n_tags = paired.sum(axis=1)
    return paired, (n_tags**2 - (paired**2).sum(axis=1)) / (n_tags - 1)


def _alpha(totals: np.ndarray, disagreement: np.ndarray) -> np.ndarray:
    """Compute alpha of several samples: totals by category a row, disagreement one number."""
    n = totals.sum(axis=-1)
    by_chance = n**2 - (totals**2).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(by_chance > 0, 1 - (n - 1) * disagreement / by_chance, np.nan)


def _interval(counts: np.ndarray, alpha: float, rng: np.random.Generator) -> tuple[float, float]:
    paired, disagreement = _pairs(counts)
    if not disagreement.any():
        totals = paired.sum(axis=0)
        n = totals.sum()
        by_chance = (n**2 - (totals**2).sum()) / (n * (n - 1))
        return 1 - (1 - 0.025 ** (1 / len(paired))) / by_chance, alpha
    # Tasks that were tagged alike are interchangeable: only how often each kind comes matters.
    kinds, which, times = np.unique(paired, axis=0, return_index=True, return_counts=True)
    drawn = rng.multinomial(len(paired), times / len(paired), size=_REPLICATES)
    found = _alpha(drawn @ kinds, drawn @ disagreement[which])
    # A resample with one category only has no alpha and says nothing about it.
    low, high = np.nanquantile(found, [0.025, 0.975])
    return float(low), float(high)
