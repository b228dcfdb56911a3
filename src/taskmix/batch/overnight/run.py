"""Make all reports of a period that are due, side by side, and publish them at once."""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from taskmix.batch.making import TIME_LIMIT, Form, Made, PageJob, make_pages, may_be_on_site
from taskmix.batch.overnight.due import Due, Planned, plan_due
from taskmix.batch.overnight.fingerprint import library_versions
from taskmix.batch.overnight.gate import require_complete
from taskmix.batch.overnight.locking import one_batch
from taskmix.batch.overnight.staging import Staging, staging_of
from taskmix.batch.private import OWNER_FILE, make_private
from taskmix.batch.publishing.edition import Edition, GroupPages, publish, site_lock, write_index
from taskmix.batch.releases import mark_released, store_plan
from taskmix.batch.summary import BatchSummary, ReportOutcome, Status, published_headline
from taskmix.disclosure import ReleasePlan
from taskmix.errors import DisclosureError, ReportError
from taskmix.measures import Scope, check_sorted, choose_scope
from taskmix.report import find_chromium, team_folder
from taskmix.settings import Settings
from taskmix.store import Log, open_log


@dataclass(frozen=True)
class Options:
    """What a batch is asked for.

    Attributes
    ----------
    period : str
        As `taskmix.measures.choose_scope` reads it.
    teams, notebooks : sequence of str, optional
        Some of them; see `taskmix.batch.overnight.due.plan_due`.
    parameters : mapping of str to str
        Further parameters; each notebook gets those that it declares.
    n_workers : int
        How many notebooks run at once.
    force : bool
        Run what is up to date too.
    least_complete : float
        The part (0–1) of people's working days that the log has to hold; 0 asks for nothing.
    time_limit : float
        Seconds that a notebook may take.
    wait : float
        Seconds to wait for another batch of the workspace.
    pdf : bool
        Print each page to a PDF beside it.
    """

    period: str
    teams: Sequence[str] | None = None
    notebooks: Sequence[str] | None = None
    parameters: Mapping[str, str] | None = None
    n_workers: int = 2
    force: bool = False
    least_complete: float = 0.0
    time_limit: float = TIME_LIMIT
    wait: float = 0.0
    pdf: bool = False


@dataclass(frozen=True)
class Watching:
    """Who is told how a batch goes.

    Attributes
    ----------
    planned : callable of int
        Told how many pages are to be made.
    ended : callable of ReportOutcome
        Told of each report that ended.
    """

    planned: Callable[[int], None] = lambda _: None
    ended: Callable[[ReportOutcome], None] = lambda _: None


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
        for due, outcome, cost in _make(settings, options, scope, staging, wanted, planned, form):
            outcomes.append(outcome)
            if outcome.status == "succeeded":
                costs[due.team, due.notebook.stem] = cost
            watch.ended(outcome)
        if costs:
            # Before they are out: what is published and not in the ledger could be subtracted from.
            mark_released(settings, plan.plan_id)
        about = {"basis": planned.basis, "plan": plan.plan_id, "libraries": library_versions()}
        try:
            publish(settings, Edition(scope.period, _groups(staging, wanted, costs), about))
        except OSError as error:
            raise ReportError(
                f"{settings.reports}: cannot be written ({error.strerror}); free space and "
                "permissions? What was made is kept, and the same command goes on from there"
            ) from error
    return outcomes


def _make(
    settings: Settings,
    options: Options,
    scope: Scope,
    staging: Staging,
    wanted: Sequence[Due],
    planned: Planned,
    form: Form,
) -> Iterator[tuple[Due, ReportOutcome, dict[str, float]]]:
    """Make what is wanted and not kept from a batch that was cut off; tell how each ended."""
    jobs: dict[Path, Due] = {}
    for due in wanted:
        name = due.notebook.stem
        if not options.force and staging.find(due.team, name, due.fingerprint) is not None:
            yield due, _outcome(due, scope, "succeeded"), {}
            continue
        jobs[staging.place(due.team, name)] = due
    shared = staging.shared(planned.basis)
    todo = [PageJob(due.notebook, due.values, form, folder, shared) for folder, due in jobs.items()]
    for job, made in make_pages(todo, n_workers=options.n_workers, time_limit=options.time_limit):
        due, error = jobs[job.folder], made.error
        if made.page is not None and not may_be_on_site(made.page.facts):
            error = ReportError(_unplanned(due))
        if error is not None:
            _keep(settings, scope, due, job.folder, error, made.log)
        else:
            staging.mark(due.team, due.notebook.stem, due.fingerprint)
        cost = {name: round(getattr(made, name), 3) for name in ("seconds", "cpu_s", "peak_mb")}
        yield due, _outcome(due, scope, "failed" if error else "succeeded", made, error), cost


def _groups(
    staging: Staging, wanted: Sequence[Due], costs: Mapping[tuple[str | None, str], Any]
) -> Iterator[GroupPages]:
    """Read the pages of a group when it is their turn: all at once would fill the memory."""
    for team in dict.fromkeys(due.team for due in wanted):
        pages, failed = [], []
        for due in wanted:
            name = due.notebook.stem
            if due.team != team:
                continue
            page = staging.find(team, name, due.fingerprint) if (team, name) in costs else None
            if page is None:
                failed.append(name)
                continue
            given = {"parameters": due.values, "fingerprint": due.fingerprint}
            pages.append(replace(page, making={**given, **costs[team, name]}))
        yield GroupPages(team, pages, failed)


def _unplanned(due: Due) -> str:
    return (
        f"{due.notebook.name}: its last cell leaves no stored release plan, so its page is not for "
        "publication; end it as a new workspace's does, with facts.page_result"
    )


def _outcome(
    due: Due,
    scope: Scope,
    status: Status,
    made: Made | None = None,
    error: Exception | None = None,
) -> ReportOutcome:
    return ReportOutcome(
        due.notebook.stem, due.team, scope.period, status,
        seconds=0.0 if made is None else round(made.seconds, 3),
        why="" if error is None else str(error),
    )  # fmt: skip


def _keep(
    settings: Settings, scope: Scope, due: Due, folder: Path, error: Exception, log_text: str
) -> None:
    """Keep the half-run notebook of a report that failed, and its log, for the analyst."""
    place = settings.analyst / "failed" / scope.period / team_folder(due.team)
    make_private(place, under=settings.analyst)
    half_run = folder / due.notebook.name
    if half_run.is_file():
        half_run.chmod(OWNER_FILE)
        shutil.move(half_run, place / due.notebook.name)
    log = place / f"{due.notebook.stem}.log"
    log.write_text(f"{error}\n\n{log_text}".strip() + "\n", "utf-8")
    log.chmod(OWNER_FILE)
