"""The stored release plans, for the analyst: what was decided, on whom, and what was released."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from taskmix.batch.releases import store_plan
from taskmix.disclosure import ORGANISATION, RELEASED
from taskmix.errors import DisclosureError
from taskmix.measures import choose_scope
from taskmix.periods import parse_period
from taskmix.settings import Settings
from taskmix.store import open_log, read_table, table_version

_KINDS = ("shown", "merged", "hidden")


@dataclass(frozen=True)
class StoredPlan:
    """A plan as it was stored.

    Attributes
    ----------
    plan_id, period : str
    table_version : int
        The version of the log that it was made from.
    made_at : pandas.Timestamp
    released_at : pandas.Timestamp or None
        When pages made with it were first published.
    rows : pandas.DataFrame
        One row a group and period: ``period``, ``frequency``, ``kind``, ``department``, ``team``,
        ``decision`` (shown, merged, hidden), ``reason``, ``shown_as``, ``n_people``, ``exposed``.
    """

    plan_id: str
    period: str
    table_version: int
    made_at: pd.Timestamp
    released_at: pd.Timestamp | None
    rows: pd.DataFrame

    @property
    def counts(self) -> dict[str, int]:
        """How many groups and periods were decided so, by decision."""
        found = self.rows["decision"].value_counts()
        return {kind: int(found.get(kind, 0)) for kind in _KINDS}

    @property
    def reasons(self) -> dict[str, int]:
        """How many groups and periods are not shown by name, by reason."""
        found = self.rows.loc[self.rows["reason"] != "", "reason"].value_counts()
        return {str(reason): int(n) for reason, n in sorted(found.items())}

    @property
    def publishable(self) -> bool:
        """Whether the organisation is shown in the plan's own period."""
        own = self.own
        return bool((own.loc[own["kind"] == ORGANISATION, "decision"] == "shown").any())

    @property
    def own(self) -> pd.DataFrame:
        """The groups of the plan's own period."""
        return self.rows[self.rows["period"] == self.period]


def make_plan(
    settings: Settings, *, period: str, progress: Callable[[str], None] | None = None
) -> StoredPlan:
    """Decide on all groups for a period and store it, as a report does before its notebooks run.

    Parameters
    ----------
    period : str
        As `taskmix.measures.choose_scope` reads it.

    Raises
    ------
    TaskmixError
        If there is no data, or nothing can be stored.
    """
    say = progress or (lambda _: None)
    log = open_log(settings.processed)
    scope = choose_scope(log, period=period, time_zone=settings.workspace.time_zone)
    say(f"deciding on all groups for {scope.period}")
    plan = store_plan(log, scope, settings)
    return next(p for p in stored_plans(settings) if p.plan_id == plan.plan_id)


def stored_plans(settings: Settings, *, period: str | None = None) -> list[StoredPlan]:
    """List the plans that are stored, the newest first.

    Parameters
    ----------
    period : str, optional
        Those of this period alone.

    Raises
    ------
    DisclosureError
        If none is stored for the period.
    """
    if table_version(settings.processed, "releases") is None:
        return _none(period)
    rows = read_table(settings.processed, "releases")
    marks = rows[rows["decision"] == RELEASED].groupby("plan_id")["released_at"].min()
    decided = rows[rows["decision"] != RELEASED]
    if period is not None:
        wanted = parse_period(period)
        of_period = decided["plan_period"].map(lambda name: parse_period(name) == wanted)
        decided = decided[of_period.astype(bool)]
    plans = [
        StoredPlan(
            plan_id=str(name),
            period=str(part["plan_period"].iloc[0]),
            table_version=int(part["table_version"].iloc[0]),
            made_at=part["made_at"].iloc[0],
            released_at=marks.get(name),
            rows=part.drop_duplicates(["period", "kind", "department", "team"], keep="last"),
        )
        for name, part in decided.groupby("plan_id", sort=False)
    ]
    if not plans:
        return _none(period)
    return sorted(plans, key=lambda plan: plan.made_at, reverse=True)


def _none(period: str | None) -> list[StoredPlan]:
    if period is None:
        return []
    raise DisclosureError(
        f"no release plan is stored for {period[:40]}; `taskmix release plan --period "
        f"{period[:40]}` makes one, and so does `taskmix report`"
    )
