"""How people work with AI: work handed over (automation), or done with its help (augmentation)."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.language import tr
from taskmix.measures.rows import TRUNCATE, labelled, period_names
from taskmix.measures.weeks import collected
from taskmix.periods import Frequency
from taskmix.taxonomy import AiMode

#: A person hands the task over, once or with feedback until it is done …
AUTOMATION: tuple[str, ...] = (AiMode.DIRECTIVE.value, AiMode.FEEDBACK_LOOP.value)
#: … or works on it with AI: refines it, learns from it, has it checked.
AUGMENTATION: tuple[str, ...] = (
    AiMode.TASK_ITERATION.value, AiMode.LEARNING.value, AiMode.VALIDATION.value,
)  # fmt: skip
MODES: tuple[str, ...] = (*AUTOMATION, *AUGMENTATION)
#: Shares of fewer tasks are not told.
MIN_TASKS = 30


def ai_modes(
    tasks: Any,
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    by: tuple[str, ...] = ("period",),
    team: str | None = None,
) -> pd.DataFrame:
    """Count the tasks that AI took part in by how people worked with it.

    An agent's sub-tasks count as one with their parent. Five modes, of Handa et al. 2025 (*Which
    economic tasks are performed with AI?*, arXiv 2503.04761): directive and feedback loop are
    automation; task iteration, learning and validation are augmentation.

    Parameters
    ----------
    tasks, sorted_tasks : frames that narwhals knows
        The tables ``tasks`` and ``sorted``.
    frequency : {"month", "quarter", "year"}
    by : tuple of str
        ``period``, and ``team`` or ``label`` (the category; unsure apart).
    team : str, optional
        Only this team's tasks.

    Returns
    -------
    pandas.DataFrame
        One row a group with any task that AI took part in: `by`, ``n_with_ai`` (tasks of
        performer ai or both, or with a mode), ``n_known`` (those of them with a mode: what every
        share is of), ``known`` (0–1, the coverage); for each of `MODES` ``n_<mode>`` and its
        share of ``n_known`` under its own name; ``automation`` and ``augmentation`` (0–1, sum to
        1). Shares are missing below 30 tasks with a mode, and ``why_not`` says so.
    """
    rows = labelled(nw.from_native(tasks).lazy(), nw.from_native(sorted_tasks).lazy())
    has_mode = ~nw.col("ai_mode").is_null()
    if team is not None:
        rows = rows.filter(nw.col("team") == team)
    rows = rows.filter(nw.col("performer").is_in(["ai", "both"]) | has_mode).with_columns(
        period_start=nw.col("local_date").dt.truncate(TRUNCATE[frequency]),
        ai_mode=nw.col("ai_mode").fill_null(""),
    )
    keys = ["period_start", *(name for name in by if name != "period")]
    kinds = {"period_start": "datetime64[us]", **dict.fromkeys([*keys[1:], "ai_mode"], "str")}
    counts = collected(
        rows.group_by(*keys, "ai_mode").agg(nw.col("n_units").sum()), {**kinds, "n_units": "int64"}
    )
    counts = counts.assign(period=period_names(counts["period_start"], frequency))
    counts = counts[counts["n_units"] > 0]
    wide = counts.pivot_table(
        index=list(by), columns="ai_mode", values="n_units", aggfunc="sum", fill_value=0
    ).reindex(columns=["", *MODES], fill_value=0).astype("int64")  # fmt: skip
    return _with_shares(wide, by)


def _with_shares(wide: pd.DataFrame, by: tuple[str, ...]) -> pd.DataFrame:
    n_known, n_with_ai = wide[list(MODES)].sum(axis=1), wide.sum(axis=1)
    enough = n_known >= MIN_TASKS
    parts = wide[list(MODES)].div(n_known.where(enough), axis=0)
    table = wide[list(MODES)].add_prefix("n_").assign(
        n_with_ai=n_with_ai,
        n_known=n_known,
        known=n_known / n_with_ai,
        **{mode: parts[mode] for mode in MODES},
        automation=parts[list(AUTOMATION)].sum(axis=1, skipna=False),
        augmentation=parts[list(AUGMENTATION)].sum(axis=1, skipna=False),
    )  # fmt: skip
    table["why_not"] = [
        "" if n >= MIN_TASKS
        else tr("not enough data: has {n} tasks with a mode, needs {least}", n=n, least=MIN_TASKS)
        for n in n_known
    ]  # fmt: skip
    table.columns.name = None
    columns = [*by, "n_with_ai", "n_known", "known", *(f"n_{mode}" for mode in MODES), *MODES,
               "automation", "augmentation", "why_not"]  # fmt: skip
    return table.reset_index()[columns].astype({"why_not": "str"})
