"""Make all reports of a period that are due, side by side, and publish them at once."""

import time

from taskmix.batch.making import Form
from taskmix.batch.overnight.due import Planned, plan_due
from taskmix.batch.overnight.fingerprint import library_versions
from taskmix.batch.overnight.gate import require_complete
from taskmix.batch.overnight.locking import one_batch
from taskmix.batch.overnight.options import Options, Watching
from taskmix.batch.overnight.pages import groups_to_publish, made_pages
from taskmix.batch.overnight.staging import staging_of
from taskmix.batch.publishing.edition import Edition, publish, site_lock, write_index
from taskmix.batch.releases import mark_released, store_plan
from taskmix.batch.summary import BatchSummary, ReportOutcome, published_headline
from taskmix.disclosure import ReleasePlan
from taskmix.errors import DisclosureError, ReportError
from taskmix.measures import Scope, check_sorted, choose_scope
from taskmix.report import find_chromium
from taskmix.settings import Settings
from taskmix.store import Log, open_log


def run_batch(
    settings: Settings, options: Options, *, watching: Watching | None = None
) -> BatchSummary:
    """Make what is due in a period, each notebook in a process of its own, and publish it at once.

    A notebook that fails does so alone: its page from before stays, the site says when it failed,
    and its half-run notebook and log are kept under ``data/analyst/failed``. A batch that was cut
    off is completed by the same call, which makes only what is missing.

    Raises
    ------
    BatchLockedError
        If another batch is at work in the workspace.
    IncompleteError
        If too little of the period's logs is in.
    TaskmixError
        If there is nothing to report, nothing may be published, a team, notebook or parameter is
        unknown, or the site cannot be written. Nothing was published then.
    """
    begun, watch = time.monotonic(), watching or Watching()
    with one_batch(settings, wait=options.wait):
        log = open_log(settings.processed)
        check_sorted(log)
        zone = settings.workspace.time_zone
        scope = choose_scope(log, period=options.period, time_zone=zone)
        if options.least_complete:
            require_complete(log, scope, least=options.least_complete)
        plan = _plan(log, scope, settings)
        form = Form(on_site=True, browser=find_chromium() if options.pdf else "")
        planned = plan_due(
            settings, log, scope, plan, form=form, teams=options.teams,
            notebooks=options.notebooks, parameters=options.parameters, force=options.force,
        )  # fmt: skip
        outcomes = _skipped(planned, scope, watch)
        if len(outcomes) < len(planned.due):
            outcomes += _make_and_publish(settings, options, scope, plan, planned, form, watch)
        else:
            # One that was cut off may have published pages that the index does not know yet.
            with site_lock(settings):
                write_index(settings)
        return BatchSummary(
            period=scope.period,
            headline=published_headline(settings, scope.period),
            seconds=time.monotonic() - begun,
            reports=tuple(outcomes),
        )


def _plan(log: Log, scope: Scope, settings: Settings) -> ReleasePlan:
    """Decide once, for all pages; each notebook reads what is stored."""
    plan = store_plan(log, scope, settings)
    if not plan.publishable:
        raise DisclosureError(
            f"{scope.period} may not be published ({plan.withheld or 'it changed since it was'}); "
            "`taskmix report` makes its pages for the analyst, and `taskmix release show "
            f"--period {scope.period}` says more"
        )
    return plan


def _skipped(planned: Planned, scope: Scope, watch: Watching) -> list[ReportOutcome]:
    outcomes = [
        ReportOutcome(due.notebook.stem, due.team, scope.period, "skipped")
        for due in planned.due if due.up_to_date
    ]  # fmt: skip
    for outcome in outcomes:
        watch.ended(outcome)
    return outcomes


def _make_and_publish(
    settings: Settings,
    options: Options,
    scope: Scope,
    plan: ReleasePlan,
    planned: Planned,
    form: Form,
    watch: Watching,
) -> list[ReportOutcome]:
    wanted = [due for due in planned.due if not due.up_to_date]
    watch.planned(len(wanted))
    with staging_of(settings, scope.period) as staging:
        outcomes, costs = [], dict[tuple[str | None, str], dict[str, float]]()
        for due, outcome, cost in made_pages(
            settings, options, scope, staging, wanted, planned, form
        ):
            outcomes.append(outcome)
            if outcome.status == "succeeded":
                costs[due.team, due.notebook.stem] = cost
            watch.ended(outcome)
        if costs:
            # Before they are out: what is published and not in the ledger could be subtracted from.
            mark_released(settings, plan.plan_id)
        about = {"basis": planned.basis, "plan": plan.plan_id, "libraries": library_versions()}
        try:
            publish(
                settings, Edition(scope.period, groups_to_publish(staging, wanted, costs), about)
            )
        except OSError as error:
            raise ReportError(
                f"{settings.reports}: cannot be written ({error.strerror}); free space and "
                "permissions? What was made is kept, and the same command goes on from there"
            ) from error
    return outcomes
