"""Whether a period's data are all there: over, reached to its end, and by every source and team."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from taskmix.disclosure import ReleasePlan
from taskmix.language import day_and_month, full_date, noted, number, tr, trn
from taskmix.measures import Scope, last_days
from taskmix.periods import working_days_between
from taskmix.store import Log

#: Working days without an entry, while others go on, after which a source or team is stale: a
#: weekly export that is late, or a week's holiday of a whole team, is not called stale.
STALE_AFTER = 5
_NOT_A_TEAM = "unassigned"
_NAMED_AT_MOST = 3
_UNFINISHED = {
    "month": noted("not complete: the month ends on {end}, today is {today}"),
    "quarter": noted("not complete: the quarter ends on {end}, today is {today}"),
    "year": noted("not complete: the year ends on {end}, today is {today}"),
}


@dataclass(frozen=True)
class Stale:
    """A source or team whose data stop while others go on.

    Attributes
    ----------
    kind : str
        ``source`` or ``team``.
    name : str
    last_day : pandas.Timestamp
        The last day on which one of its tasks began or ended.
    working_days : int
        Mondays to Fridays from then to the period's end, or to the end of all data.
    """

    kind: str
    name: str
    last_day: pd.Timestamp
    working_days: int

    @property
    def label(self) -> str:
        """Name it in a sentence."""
        if self.kind == "source":
            return tr("source {name}", name=self.name)
        return tr("team {name}", name=self.name)

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON values."""
        return {
            "kind": self.kind,
            "name": self.name,
            "last_day": f"{self.last_day:%Y-%m-%d}",
            "working_days": self.working_days,
        }


def stale_groups(log: Log, *, scope: Scope, plan: ReleasePlan) -> list[Stale]:
    """Find the sources and teams that stop more than `STALE_AFTER` working days too early.

    Too early is before the period's end, or before the day that all data end where that is
    earlier: what everything lacks makes the period incomplete and nothing stale.

    Returns
    -------
    list of Stale
        Those that stopped first come first. Only teams that the plan shows, in the period or,
        where they stopped before it, in the one before; and only sources that at least
        `ReleasePlan.min_people` people logged with: the day on which a handful of people stopped
        is not for the page.
    """
    ends = [day for day in (scope.last_day, scope.data_through, scope.today) if day is not None]
    found = [
        Stale(row.kind, str(row.name), row.last_day, working_days_between(row.last_day, min(ends)))
        for row in last_days(log, scope).itertuples(index=False)
        if _may_be_named(row, scope, plan)
    ]
    stale = [group for group in found if group.working_days > STALE_AFTER]
    return sorted(stale, key=lambda group: (group.last_day, group.kind, group.name))


def _may_be_named(row: Any, scope: Scope, plan: ReleasePlan) -> bool:
    if row.kind == "source":
        return bool(row.n_people >= plan.min_people)
    if row.name == _NOT_A_TEAM:
        return False
    period = scope.period if row.last_day >= scope.first_day else scope.before
    return (period, row.name) in plan.teams


def is_behind(scope: Scope) -> bool:
    """Tell whether the data end long before today, or before the end of a period that is over."""
    if scope.complete or scope.today is None or scope.data_through is None:
        return False
    return scope.over or working_days_between(scope.data_through, scope.today) > STALE_AFTER


def incomplete_sentence(scope: Scope) -> str:
    """Say why the period is not complete; empty where it is.

    Examples
    --------
    >>> day = pd.Timestamp
    >>> scope = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",), day("2026-09-12"))
    >>> incomplete_sentence(scope)
    'not complete: the quarter ends on 30 Sep, today is 12 Sep'
    """
    if scope.complete:
        return ""
    end = scope.last_day
    if scope.today is not None and not scope.over:
        day = day_and_month if end.year == scope.today.year else full_date
        days = {"end": day(end), "today": day(scope.today)}
        said = tr(_UNFINISHED[scope.frequency], **days)
        if scope.data_through is None or not is_behind(scope):
            return said
        return said + tr(", and data end on {day}", day=full_date(scope.data_through))
    assert scope.data_through is not None  # else the period would count as complete
    n_days = (end - scope.data_through).days
    return trn(
        "not complete: data end on {day}, {n} day before the period’s end",
        "not complete: data end on {day}, {n} days before the period’s end",
        n_days,
        day=full_date(scope.data_through),
    )


def stale_sentences(stale: Sequence[Stale], *, scope: Scope) -> list[str]:
    """Say of each stale source and team since when nothing came; of many, only how many more."""
    end = tr("the period’s end") if scope.complete else tr("the end of the data")
    sentences = [
        tr(
            "{group}: nothing after {day}, {n} working days before {end}",
            group=group.label,
            day=full_date(group.last_day),
            n=number(group.working_days),
            end=end,
        )
        for group in stale[:_NAMED_AT_MOST]
    ]
    more = len(stale) - len(sentences)
    others = trn(
        "{n} more source or team stopped early", "{n} more sources or teams stopped early", more
    )
    return [*sentences, *([others] if more else [])]


def shortfall(scope: Scope, stale: Sequence[Stale]) -> str:
    """Say in few words why a comparison with the period before is not one of like with like."""
    if not scope.complete:
        return tr("{period} is not complete", period=scope.period)
    return tr("some data are missing") if stale else ""
