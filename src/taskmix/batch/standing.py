"""How the tagging stands: what was answered, how far people agree, what to look at again."""

from dataclasses import dataclass

import pandas as pd

from taskmix.batch.population import look_again, read_tagged_log
from taskmix.settings import Settings
from taskmix.sorting.agreement import Agreement, conflicting_tags, measure_agreement
from taskmix.sorting.queue import AUDIT_KINDS
from taskmix.store import read_table
from taskmix.store.tags import latest_tags_by_sheet

_TOLD = ["task_id", "local_date", "project", "title"]


@dataclass(frozen=True)
class Standing:
    """How the tagging stands.

    Attributes
    ----------
    draws : pandas.DataFrame
        One row a draw and kind, the newest draw first: ``draw_id``, ``period``, ``kind``,
        ``n_drawn``, ``n_answered`` and ``rate`` (0–1).
    agreement : Agreement
        Of all taggers, the log's own among them, on the tasks of the audits.
    conflicting : pandas.DataFrame
        See `taskmix.sorting.agreement.conflicting_tags`; with date, project and title.
    suspicious : pandas.DataFrame
        See `taskmix.sorting.suspicion.suspicious_tags`; with date, project and title.
    """

    draws: pd.DataFrame
    agreement: Agreement
    conflicting: pd.DataFrame
    suspicious: pd.DataFrame


def queue_standing(settings: Settings) -> Standing:
    """Tell how the tagging stands; nothing is written.

    Raises
    ------
    SortingError
        If the log is empty.
    """
    log = read_tagged_log(settings)
    told = log.tasks[_TOLD]
    draws, tags = (read_table(settings.processed, name) for name in ("draws", "tags"))
    # What was chosen for being a close call or suspicious is harder to agree on than the log.
    at_random = draws.loc[draws["kind"].isin(AUDIT_KINDS), "task_id"]
    return Standing(
        draws=_answered(draws, tags),
        agreement=measure_agreement(log.votes[log.votes["task_id"].isin(at_random)]),
        conflicting=conflicting_tags(log.votes).merge(told, on="task_id", how="left"),
        suspicious=look_again(log).merge(told, on="task_id", how="left"),
    )


def _answered(draws: pd.DataFrame, tags: pd.DataFrame) -> pd.DataFrame:
    answered = pd.MultiIndex.from_frame(latest_tags_by_sheet(tags)[["sheet", "task_id"]])
    rows = pd.MultiIndex.from_frame(draws[["draw_id", "task_id"]])
    by_kind = draws.assign(is_answered=rows.isin(answered)).groupby(["draw_id", "period", "kind"])
    table = by_kind.agg(
        at=("at", "min"), n_drawn=("is_answered", "size"), n_answered=("is_answered", "sum")
    ).reset_index()
    table = table.astype({"n_drawn": "int64", "n_answered": "int64"})
    table = table.assign(rate=table["n_answered"] / table["n_drawn"])
    order = table.sort_values(["at", "draw_id", "kind"], ascending=[False, True, True])
    return order.drop(columns="at").reset_index(drop=True)
