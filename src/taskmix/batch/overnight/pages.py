"""The pages of a batch: made or found made, kept aside, and read again when they are published."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from taskmix.batch.making import Form, Made, PageJob, make_pages, may_be_on_site
from taskmix.batch.overnight.due import Due, Planned
from taskmix.batch.overnight.options import Options
from taskmix.batch.overnight.staging import Staging
from taskmix.batch.private import OWNER_FILE, make_private
from taskmix.batch.publishing.edition import GroupPages
from taskmix.batch.summary import ReportOutcome, Status
from taskmix.errors import ReportError
from taskmix.measures import Scope
from taskmix.report import team_folder
from taskmix.settings import Settings


def made_pages(
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


def groups_to_publish(
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
