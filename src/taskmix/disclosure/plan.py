"""The release plan, as pages read it: which groups may be shown, whatever page asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from taskmix.disclosure.decide import Decision
from taskmix.disclosure.nodes import DEPARTMENT, ORGANISATION, TEAM, frequency_named
from taskmix.disclosure.primary import CHANGED, TOO_FEW
from taskmix.measures import Scope


@dataclass(frozen=True)
class ReleasePlan:
    """What a page may show.

    Attributes
    ----------
    min_people : int
        The smallest group that is shown.
    teams : frozenset of (str, str)
        Period and team that may be shown by name.
    totals : frozenset of str
        Periods whose total over all teams may be shown.
    suppressed : list of dict
        ``period``, ``team`` and ``department`` (None for a total), ``outcome`` (merged: shown as a
        part of other teams; hidden) and ``reason``; never a value.
    publishable : bool
        False where all teams together may not be shown in the plan's own period: such a page is
        for the analyst alone and never on the site.
    n_people : mapping of (str, str or None) to int
        People by period and team (None for all teams), of the groups that may be shown.
    departments : frozenset of (str, str)
        Period and department that may be shown.
    merged : mapping of (str, str) to str
        Period and team → the group that it is shown in, such as "other teams".
    plan_id : str
        The same for the same decisions on the same log.
    stored : bool
        False for a plan that was only computed: its pages are not for publication.
    withheld : str
        Why it is not publishable; empty where it is.
    refused : bool
        True where the plan's own period was published and a few people's data changed since.
    decisions : sequence of Decision
        All that was decided, of the periods beside this page's too.
    """

    min_people: int
    teams: frozenset[tuple[str, str]]
    totals: frozenset[str]
    suppressed: list[dict[str, str | None]] = field(default_factory=list)
    publishable: bool = True
    n_people: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    departments: frozenset[tuple[str, str]] = frozenset()
    merged: Mapping[tuple[str, str], str] = field(default_factory=dict)
    plan_id: str = ""
    stored: bool = False
    withheld: str = ""
    refused: bool = False
    decisions: Sequence[Decision] = field(default=(), repr=False, compare=False)

    def over(self, scope: Scope) -> "ReleasePlan":
        """Look at the same plan over other periods: a scope's months, or years."""
        return view_of(
            self.decisions, scope, min_people=self.min_people, plan_id=self.plan_id,
            stored=self.stored, withheld=self.withheld, refused=self.refused,
        )  # fmt: skip

    def regrouped(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Name the teams of a frame as they are shown, before anything is added up.

        Parameters
        ----------
        frame : pandas.DataFrame
            With ``period`` and ``team``, such as a roll-up.

        Returns
        -------
        pandas.DataFrame
            A new frame: merged teams bear the name of the group that they are shown in.
        """
        keys = zip(frame["period"], frame["team"], strict=True)
        teams = [self.merged.get(key, key[1]) for key in keys]
        return frame.assign(team=pd.Series(teams, index=frame.index, dtype="str"))

    def counts(self) -> list[dict[str, str | int]]:
        """Count the groups and periods that are not shown by name, and why; never which.

        Returns
        -------
        list of dict
            ``kind`` (organisation, department, team), ``outcome`` (merged, hidden), ``reason``,
            ``n``; sorted.
        """
        found: dict[tuple[str, str, str], int] = {}
        for entry in self.suppressed:
            department = DEPARTMENT if entry.get("department") else ORGANISATION
            kind = TEAM if entry["team"] else department
            key = (kind, str(entry.get("outcome", "hidden")), str(entry["reason"]))
            found[key] = found.get(key, 0) + 1
        return [
            {"kind": kind, "outcome": outcome, "reason": reason, "n": n}
            for (kind, outcome, reason), n in sorted(found.items())
        ]


def view_of(
    decisions: Sequence[Decision],
    scope: Scope,
    *,
    min_people: int,
    plan_id: str = "",
    stored: bool = False,
    withheld: str | None = None,
    refused: bool | None = None,
) -> ReleasePlan:
    """Look at what was decided from a page: its periods, whatever its team.

    Parameters
    ----------
    withheld, refused : optional
        Where the plan's own period is not the scope's; by default they follow from the latter's.
    """
    wanted = {p for p in scope.history if frequency_named(p) == scope.frequency}
    own = next((d for d in decisions if _is_total(d) and d.node.period == scope.period), None)
    reason = TOO_FEW if own is None else own.reason
    if refused is None:
        refused = reason == CHANGED
    if withheld is None:
        withheld = "" if refused else reason
    publishable = not withheld
    inside = [d for d in decisions if d.node.period in wanted]
    # A page that is not for publication anyway would lose its only chart without protecting anyone.
    shown = [d for d in inside if d.outcome == "shown" or (_is_total(d) and not publishable)]
    hidden = [d for d in inside if d not in shown]
    by_kind = {
        kind: frozenset((d.node.period, d.node.name) for d in shown if d.node.kind == kind)
        for kind in (TEAM, DEPARTMENT)
    }
    return ReleasePlan(
        min_people=min_people,
        teams=by_kind[TEAM],
        totals=frozenset(d.node.period for d in shown if _is_total(d)),
        suppressed=[_entry(d) for d in hidden],
        publishable=publishable,
        n_people={
            (d.node.period, d.node.name or None): d.n_people
            for d in shown
            if d.node.kind != DEPARTMENT
        },
        departments=by_kind[DEPARTMENT],
        merged={(d.node.period, d.node.name): d.shown_as for d in hidden if d.shown_as},
        plan_id=plan_id,
        stored=stored,
        withheld=withheld,
        refused=refused,
        decisions=tuple(decisions),
    )


def _is_total(decision: Decision) -> bool:
    return decision.node.kind == ORGANISATION


def _entry(decision: Decision) -> dict[str, str | None]:
    kind, name, period = decision.node
    return {
        "period": period,
        "team": name if kind == TEAM else None,
        "department": name if kind == DEPARTMENT else decision.department or None,
        "outcome": decision.outcome,
        "reason": decision.reason,
    }
