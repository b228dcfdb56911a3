"""Store a release plan before pages are made with it, and write down that they were published."""

import pandas as pd

from taskmix.disclosure import (
    RELEASED,
    ReleasePlan,
    decide_for,
    plan_id,
    plan_rows,
    read_plan,
    view_of,
)
from taskmix.measures import Scope
from taskmix.settings import Settings
from taskmix.store import TABLES, Log, append_rows, join_files, read_table, writing


def store_plan(log: Log, scope: Scope, settings: Settings) -> ReleasePlan:
    """Decide on all groups for a scope's period, and keep the plan in the table ``releases``.

    A plan that says the same as the newest one of its period and version is not stored twice.

    Returns
    -------
    ReleasePlan
        As the notebooks will read it.

    Raises
    ------
    StoreError
        If another process writes for too long, or the table cannot be written.
    """
    with writing(settings.processed):
        decisions = decide_for(log, scope.period, settings)
        name = plan_id(log, scope.period, settings, decisions)
        there = read_plan(log, scope, settings)
        if there is None or there.plan_id != name:
            made_at = pd.Timestamp.now(tz="UTC").as_unit("us")
            rows = plan_rows(log, scope.period, settings, decisions, made_at=made_at)
            append_rows(settings.processed, "releases", rows, run_id=name)
            join_files(settings.processed, "releases")
    return view_of(decisions, scope, min_people=settings.min_people, plan_id=name, stored=True)


def mark_released(settings: Settings, name: str) -> None:
    """Write down that pages made with a plan are published; twice says nothing new."""
    with writing(settings.processed):
        rows = read_table(settings.processed, "releases")
        rows = rows[rows["plan_id"] == name]
        if not (rows["decision"] == RELEASED).any():
            append_rows(settings.processed, "releases", _mark(rows.iloc[[0]]), run_id=name)


def _mark(row: pd.DataFrame) -> pd.DataFrame:
    blank = {
        field.name: [None] for field in TABLES["releases"].fields
        if field.name in {"period", "frequency", "kind", "department", "team", "content"}
    }  # fmt: skip
    return row.assign(
        **blank, decision=RELEASED, reason="", shown_as="", n_people=0, exposed=False,
        members=pd.Series([[]], index=row.index),
        released_at=pd.Timestamp.now(tz="UTC").as_unit("us"),
    )  # fmt: skip
