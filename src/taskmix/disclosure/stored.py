"""A plan for an open log: the stored one of its period and version, or one computed now."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from taskmix.disclosure.cells import Cells, person_cells
from taskmix.disclosure.decide import Decision, decide
from taskmix.disclosure.ledger import Released
from taskmix.disclosure.nodes import DEPARTMENT, TEAM, Node, frequency_named, order_of
from taskmix.disclosure.plan import ReleasePlan, view_of
from taskmix.errors import TaskmixError
from taskmix.measures import Scope
from taskmix.settings import Settings
from taskmix.store import Log, open_log, read_table

#: Another number, another way to decide: plans stored before are not read again.
_RULES = 2
#: What a row of the table says instead of a decision: that its plan was released.
RELEASED = "released"
_MEMBERLESS = [
    "plan_id", "plan_period", "period", "frequency", "kind", "department", "team", "decision",
    "reason", "shown_as", "n_people", "content", "exposed", "table_version", "settings", "made_at",
    "released_at",
]  # fmt: skip


def plan_for(log: Log, scope: Scope, settings: Settings) -> ReleasePlan:
    """Read the release plan of a period, or compute it: the same plan for every page.

    The scope gives the periods; its team plays no part.

    Returns
    -------
    ReleasePlan
        The one that was stored for the scope's period, the log's version and the settings. Where
        there is none, one that is computed now and not marked as ``stored``: a page made with it
        is not for publication.
    """
    found = read_plan(log, scope, settings)
    if found is not None:
        return found
    decisions = decide_for(log, scope.period, settings)
    return view_of(
        decisions, scope, min_people=settings.min_people,
        plan_id=plan_id(log, scope.period, settings, decisions),
    )  # fmt: skip


def read_plan(log: Log, scope: Scope, settings: Settings) -> ReleasePlan | None:
    """Read the newest plan stored for this period, version and settings; None without any.

    A plan for a longer period holds its months too, and is read for them where they have none of
    their own.
    """
    rows = read_table(log.processed, "releases", columns=_MEMBERLESS)
    rows = rows[(rows["table_version"] == log.version) & (rows["decision"] != RELEASED)]
    rows = rows[rows["settings"] == basis_of(log, settings)]
    own = rows[rows["plan_period"] == scope.period]
    if own.empty:
        own = rows[rows["period"] == scope.period]
    if own.empty:
        return None
    newest = own.sort_values(["made_at", "plan_id"], kind="stable").iloc[-1]
    plan = rows[(rows["plan_id"] == newest["plan_id"]) & (rows["made_at"] == newest["made_at"])]
    decisions = [_decision(row) for row in plan.itertuples(index=False)]
    decisions.sort(key=lambda decision: order_of(decision.node))
    return view_of(
        decisions, scope, min_people=settings.min_people, plan_id=newest["plan_id"], stored=True
    )


def decide_for(log: Log, period: str, settings: Settings) -> list[Decision]:
    """Decide on all groups for a period of an open log, with the ledger of its workspace.

    A report of an older version is never on the site: it repeats what was shown of that version,
    and what was published since is not held against it.
    """
    past = Past(log, settings)
    released = [
        entry for entry in past.released()
        if not log.is_old or entry.table_version == log.version
    ]  # fmt: skip
    return decide(
        person_cells(log.tasks, log.sorted, **settings.counting.model_dump()),
        period=period,
        min_people=settings.min_people,
        released=released,
        earlier=past,
    )


def basis_of(log: Log, settings: Settings) -> str:
    """Return a digest of all that a plan follows from beside the log's version and the ledger."""
    facts = {
        "rules": _RULES,
        "min_people": settings.min_people,
        "counting": settings.counting.model_dump(),
        "sorted": log.beside.get("sorted"),
        "tags": log.beside.get("tags"),
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:16]


def plan_id(log: Log, period: str, settings: Settings, decisions: Sequence[Decision]) -> str:
    """Name a plan by its content: the same decisions on the same log have the same name."""
    told = [[*d.node, d.outcome, d.reason, d.shown_as, d.n_people, d.content] for d in decisions]
    facts = [period, log.version, basis_of(log, settings), told]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:12]


def plan_rows(
    log: Log,
    period: str,
    settings: Settings,
    decisions: Sequence[Decision],
    *,
    made_at: pd.Timestamp,
) -> pd.DataFrame:
    """Write a plan as rows of the table ``releases``."""
    rows = pd.DataFrame(
        [
            {
                "period": d.node.period,
                "frequency": frequency_named(d.node.period),
                "kind": d.node.kind,
                "department": d.node.name if d.node.kind == DEPARTMENT else d.department or None,
                "team": d.node.name if d.node.kind == TEAM else None,
                "decision": d.outcome,
                "reason": d.reason,
                "shown_as": d.shown_as,
                "n_people": d.n_people,
                "members": list(d.members),
                "content": d.content,
                "exposed": d.exposed,
            }
            for d in decisions
        ]
    )
    return rows.assign(
        plan_id=plan_id(log, period, settings, decisions), plan_period=period,
        table_version=log.version, settings=basis_of(log, settings), made_at=made_at,
        released_at=pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us, UTC]"),
    )  # fmt: skip


class Past:
    """What was released from a workspace, and who was in it.

    Parameters
    ----------
    log : Log
    settings : Settings
    """

    def __init__(self, log: Log, settings: Settings) -> None:
        self._processed = log.processed
        self._counting = settings.counting.model_dump()
        self._opened: dict[int, Cells | None] = {}

    def released(self) -> list[Released]:
        """List what was published, a line for each version of the log that it was made from."""
        rows = read_table(self._processed, "releases", columns=_MEMBERLESS)
        out = set(rows.loc[rows["decision"] == RELEASED, "plan_id"])
        shown = rows[(rows["decision"] == "shown") & rows["plan_id"].isin(out)]
        return list(
            dict.fromkeys(
                Released(_node(row), int(row.table_version), row.content)
                for row in shown.itertuples(index=False)
            )
        )

    def __call__(self, entry: Released) -> Mapping[str, float] | frozenset[str]:
        """Tell who was in what was published, with their hours where that version can be read."""
        cells = self._cells(entry.table_version)
        if cells is None:
            return self._members(entry)
        nodes = cells.nodes([entry.node.period], departments=True)
        return cells.people(nodes[entry.node]) if entry.node in nodes else {}

    def _cells(self, version: int) -> Cells | None:
        if version not in self._opened:
            try:
                log = open_log(self._processed, version=version)
                sums = person_cells(log.tasks, log.sorted, **self._counting)
                self._opened[version] = Cells.of(sums)
            except TaskmixError:
                # Vacuumed: what is known of that version is who was in it.
                self._opened[version] = None
        return self._opened[version]

    def _members(self, entry: Released) -> frozenset[str]:
        rows = read_table(self._processed, "releases")
        rows = rows[(rows["content"] == entry.content) & (rows["period"] == entry.node.period)]
        for row in rows.itertuples(index=False):
            if _node(row) == entry.node and row.table_version == entry.table_version:
                return frozenset(row.members)
        return frozenset()


def _node(row: Any) -> Node:
    named = row.kind in (TEAM, DEPARTMENT)
    return Node(row.kind, str(getattr(row, row.kind)) if named else "", row.period)


def _decision(row: Any) -> Decision:
    node = _node(row)
    return Decision(
        node=node,
        outcome=row.decision,
        reason=row.reason,
        shown_as=row.shown_as,
        department=str(row.department) if node.kind == TEAM and pd.notna(row.department) else "",
        n_people=int(row.n_people),
        content=row.content,
        exposed=bool(row.exposed),
    )
