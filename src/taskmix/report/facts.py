"""The facts a report leaves behind: freshness, trust, and the result that tools read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd

from taskmix.disclosure import ReleasePlan
from taskmix.errors import ReportError
from taskmix.language import number, percentage, spoken, tr, trn
from taskmix.measures import Scope
from taskmix.report.auditwords import audited_fact
from taskmix.report.completeness import (
    Stale,
    incomplete_sentence,
    stale_sentences,
)
from taskmix.report.freshwords import (  # noqa: F401  notebooks ask for one of them here
    freshness_items,
    latest_model,
    old_version_sentence,
)
from taskmix.report.mixfigures import (
    execution_figures,
    execution_over_time,
    json_number,
    of_period,
    period_values,
)
from taskmix.report.release import release_manifest, suppressed_fields, withheld_because
from taskmix.report.sharewords import intervals_of, is_audited
from taskmix.settings import Settings
from taskmix.store import Log
from taskmix.taxonomy import LABELS

# Far finer than anything logged, and coarser than what the order of adding up changes.
_DECIMALS = 9


def trust_items(log: Log, *, shares: pd.DataFrame | None = None) -> list[tuple[str, str]]:
    """Say what is known of the sorter's quality, and of an audit of the period.

    Parameters
    ----------
    shares : pandas.DataFrame, optional
        The period's own rows of `taskmix.measures.estimation.audited_shares`.
    """
    model = latest_model(log)
    if model is None:
        held_out = tr("not known: nothing was sorted")
    elif pd.isna(model["held_out_accuracy"]):
        held_out = tr("not known: too few tags to hold some back")
    else:
        accuracy, n = float(model["held_out_accuracy"]), int(model["n_held_out"])
        held_out = tr(
            "{accuracy} agree, on {n} tagged tasks (no random sample)",
            accuracy=percentage(accuracy),
            n=number(n),
        )
    return [
        (tr("Sorter against tags it had not seen"), held_out),
        (tr("Audited"), audited_fact(shares)),
        (tr("Not for"), tr("evaluating individuals")),
    ]


def privacy_sentence(settings: Settings, plan: ReleasePlan) -> str:
    """Say what the page is not for, and whom it does not show."""
    if settings.workspace.personal:
        return tr(
            "A personal workspace: this page shows one person’s own log and hides no "
            "small group. It is not for evaluating individuals."
        )
    if not plan.publishable:
        return tr(
            "Not for publication: {because}. Keep this page among those who may see the "
            "log. It is not for evaluating individuals.",
            because=withheld_because(plan),
        )
    hidden = len({entry["team"] for entry in plan.suppressed if entry["team"]})
    also = "" if not hidden else trn(
        " {n} team is not shown by name in every period.",
        " {n} teams are not shown by name in every period.",
        hidden,
    )  # fmt: skip
    return tr(
        "This page is not for evaluating individuals. Groups of fewer than {min_people} "
        "people are shown together or not at all, and so is a group by which a small one "
        "could be found.{also}",
        min_people=plan.min_people,
        also=also,
    )


def page_result(
    settings: Settings,
    log: Log,
    *,
    notebook: str,
    scope: Scope,
    plan: ReleasePlan,
    n_people: int,
    headline: str,
    stale: Sequence[Stale] = (),
    audited: bool = False,
    figures: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Collect what any published page says of itself; its last cell leaves this as proof.

    Parameters
    ----------
    notebook : str
        The notebook's name, such as ``4_ai_shift``.
    audited : bool
        Whether an audit corrects the period's shares.
    figures : mapping of str to JSON value, optional
        The page's own figures, such as `period_values` makes them; they stand beside the facts
        that all pages have, and ``taskmix report --json`` prints them.

    Returns
    -------
    dict
        ``complete`` and ``stale`` tell whether all data of the period are there, ``remarks`` says
        in words what a reader of the figures must know, ``suppressed`` names the fields that are
        None because a period may not be shown, ``release`` counts what is not shown, and why.

    Raises
    ------
    ReportError
        If a figure bears the name of one of the facts.
    """
    remarks = [
        incomplete_sentence(scope), *stale_sentences(stale, scope=scope), old_version_sentence(log)
    ]  # fmt: skip
    made = datetime.now(tz=UTC).astimezone(ZoneInfo(settings.workspace.time_zone))
    figures = _settled(dict(figures or {}))
    own = {
        "notebook": notebook,
        "organisation": settings.workspace.name,
        "period": scope.period,
        "team": scope.team,
        "headline": headline,
        "audited": audited,
        "n_people": n_people,
        "suppressed": suppressed_fields(figures, plan, scope=scope),
        "release": release_manifest(plan),
        "publishable": plan.publishable,
        "table_version": log.version,
        "newest_version": log.newest,
        "sorted_version": log.beside.get("sorted"),
        "data_through": f"{log.last_date:%Y-%m-%d}",
        "complete": scope.complete,
        "stale": [group.as_dict() for group in stale],
        "remarks": [text for text in remarks if text],
        "locale": spoken(),
        "made_at": f"{made:%Y-%m-%d %H:%M}",
        "time_zone": settings.workspace.time_zone,
        "taskmix_version": version("taskmix"),
    }
    taken = own.keys() & figures.keys()
    if taken:
        raise ReportError(
            f"page_result: figures hold {min(taken)!r}, which every page has already; rename it"
        )
    return {**own, "figures": sorted(figures), **figures}


def mix_result(
    settings: Settings,
    log: Log,
    *,
    scope: Scope,
    plan: ReleasePlan,
    hours: pd.DataFrame,
    shares: pd.DataFrame,
    performers: pd.DataFrame,
    n_people: int,
    headline: str,
    stale: Sequence[Stale] = (),
    basis: pd.DataFrame | None = None,
) -> dict[str, Any]:
    """Collect what the page of the mix says as plain JSON values; see `page_result`.

    Parameters
    ----------
    basis : pandas.DataFrame, optional
        As `taskmix.measures.basis_of_labels` makes it: where most hours are unsure, the site's
        index shows no share.
    """
    accounts = period_values(hours, scope, key="label", value="hours")
    figures = {
        "hours": {label: accounts[label] for label in LABELS},
        "total_hours": json_number(of_period(hours, scope)["hours"].sum()),
        "shares": period_values(shares, scope, key="category", value="share"),
        "intervals": intervals_of(shares, scope=scope),
        **execution_figures(performers, scope),
        **execution_over_time(shares, basis, scope=scope),
    }
    return page_result(
        settings, log, notebook="3_task_mix", scope=scope, plan=plan, n_people=n_people,
        headline=headline, stale=stale, audited=is_audited(shares, scope=scope), figures=figures,
    )  # fmt: skip


def people_in_scope(plan: ReleasePlan, scope: Scope) -> int:
    """Return how many people logged anything in the scope's period."""
    return plan.n_people.get((scope.period, scope.team), 0)


def _settled(figure: Any) -> Any:
    """Round every number in a figure to what is the same in each run of the same table.

    The engine adds rows up on several threads, in another order each time.
    """
    if isinstance(figure, dict):
        return {key: _settled(value) for key, value in figure.items()}
    if isinstance(figure, list | tuple):
        return [_settled(value) for value in figure]
    return round(figure, _DECIMALS) if isinstance(figure, float) else figure
