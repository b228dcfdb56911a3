"""How fresh and how complete the data of a page are, each fact with its state."""

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from taskmix.disclosure import ReleasePlan
from taskmix.language import capital, number, padded_date, tr
from taskmix.measures import Scope
from taskmix.report.auditwords import audit_item
from taskmix.report.completeness import (
    Stale,
    incomplete_sentence,
    is_behind,
    stale_sentences,
)
from taskmix.report.release import withheld_because
from taskmix.store import Log

State = Literal["ok", "amber", "red"]


def freshness_items(
    log: Log,
    *,
    scope: Scope,
    plan: ReleasePlan,
    stale: Sequence[Stale] = (),
    shares: pd.DataFrame | None = None,
) -> list[tuple[str, State]]:
    """Say how fresh and how complete the data are, each with its state.

    Parameters
    ----------
    shares : pandas.DataFrame, optional
        As `taskmix.measures.estimation.audited_shares` makes it; without it nothing is audited.
    """
    n_refused = len(log.read("quarantine", columns=["file"]))
    n_tasks = int(log.tasks.aggregate("count(*)").fetchall()[0][0])
    items: list[tuple[str, State]] = [
        (
            tr("Data through {day}", day=padded_date(log.last_date)),
            "amber" if is_behind(scope) else "ok",
        )
    ]
    if not scope.complete:
        items.append((capital(incomplete_sentence(scope)), "amber"))
    items += [(capital(text), "red") for text in stale_sentences(stale, scope=scope)]
    items += [
        (
            tr(
                "{rows} rows in the log, {refused} refused",
                rows=number(n_tasks),
                refused=number(n_refused),
            ),
            "ok" if n_refused <= 0.01 * max(n_tasks, 1) else "amber",
        ),
        (
            capital(old_version_sentence(log))
            or tr("Table version {version}", version=log.version),
            "amber" if log.is_old else "ok",
        ),
        audit_item(shares, scope=scope),
    ]
    model = latest_model(log)
    if model is not None and model["cold_start"]:
        items.append((tr("Sorted by cue words alone: nobody has tagged a task"), "amber"))
    if not plan.publishable:
        items.append(
            (tr("Not for publication: {because}", because=withheld_because(plan)), "amber")
        )
    return items


def old_version_sentence(log: Log) -> str:
    """Say that a report was made from an older version of the table; empty where it was not."""
    if not log.is_old:
        return ""
    return tr(
        "made from version {version} of the table, an older one; the newest is {newest}",
        version=log.version,
        newest=log.newest,
    )


def latest_model(log: Log) -> dict[str, Any] | None:
    """Return what is known of the sorter that made the table ``sorted``; None before."""
    models = log.read("models")
    if models.empty:
        return None
    return {str(k): v for k, v in models.sort_values("at").iloc[-1].to_dict().items()}
