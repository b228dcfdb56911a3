"""What a page says of its release plan: for machines in numbers, for people in a banner."""

from collections.abc import Mapping
from typing import Any

from taskmix.disclosure import ReleasePlan
from taskmix.disclosure.primary import TOO_FEW
from taskmix.language import capital, noted, number, tr
from taskmix.measures import Scope

#: What a notebook leaves as its ``audience`` where no plan could make its page publishable.
OWNER = "owner"
_NO_PLAN = noted(
    "It follows no stored release plan: nobody checked here which groups are too small "
    "to show. `taskmix report` makes pages that may be published"
)
_OWNERS = noted("It shows rows of the log and their titles, and is for its owner alone.")
_NOT_SHOWN = noted("its group may not be shown")


def release_manifest(plan: ReleasePlan) -> dict[str, Any]:
    """Return what a page tells of its plan: counts and reasons, never values or names.

    Returns
    -------
    dict
        ``plan`` (its id), ``stored``, ``publishable``, ``min_people`` and ``not_shown``: see
        `ReleasePlan.counts`.
    """
    return {
        "plan": plan.plan_id,
        "stored": plan.stored,
        "publishable": plan.publishable,
        "withheld": withheld_because(plan),
        "min_people": plan.min_people,
        "not_shown": plan.counts(),
        "not_for": "evaluating individuals",
    }


def page_manifest(facts: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the manifest of a page by what its notebook left; without a plan it says so."""
    known = (facts or {}).get("release")
    told = dict(known) if isinstance(known, Mapping) else {"stored": False, "publishable": False}
    suppressed = (facts or {}).get("suppressed")
    told["suppressed"] = suppressed if isinstance(suppressed, list) else []
    told["for_publication"] = not release_notice(facts)
    return told


def release_notice(facts: Mapping[str, Any] | None) -> str:
    """Say why a page is not for publication; empty where it is."""
    if (facts or {}).get("audience") == OWNER:
        return tr(_OWNERS)
    release = (facts or {}).get("release")
    if not isinstance(release, Mapping) or not release.get("stored"):
        return f"{tr(_NO_PLAN)}."
    if not release.get("publishable"):
        withheld = str(release.get("withheld") or _NOT_SHOWN)
        because = tr(withheld)
        return f"{capital(because)}."
    return ""


def withheld_because(plan: ReleasePlan) -> str:
    """Say why a plan's own period may not be published; empty where it may."""
    if plan.withheld == TOO_FEW:
        return tr("fewer than {n} people", n=number(plan.min_people))
    return tr(plan.withheld)


def suppressed_fields(figures: Mapping[str, Any], plan: ReleasePlan, *, scope: Scope) -> list[str]:
    """Name the fields of a page's figures that are None because a period may not be shown.

    Parameters
    ----------
    figures : mapping of str to JSON value
        Those by period are mappings of period to value.

    Returns
    -------
    list of str
        Such as ``execution_over_time.2025-Q1``.
    """
    shown = plan.totals
    if scope.team is not None:
        shown = frozenset(period for period, team in plan.teams if team == scope.team)
    return [
        f"{name}.{period}"
        for name, values in sorted(figures.items())
        if isinstance(values, Mapping)
        for period in scope.history
        if period not in shown and period in values and values[period] is None
    ]
