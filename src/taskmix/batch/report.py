"""Make a report: one page for each of its notebooks, put where they belong together."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from taskmix.batch.chosen import check_nobody_named, choose_notebooks, notebook_values
from taskmix.batch.dressing import dress
from taskmix.batch.making import Form, PageJob, make_pages, may_be_on_site
from taskmix.batch.private import keep_half_run
from taskmix.batch.publishing.placing import Page, is_published, place
from taskmix.batch.publishing.staged import Staged
from taskmix.batch.releases import mark_released, store_plan
from taskmix.batch.warm.work import can_fork
from taskmix.batch.warm.workers import shared_workers
from taskmix.disclosure import check_team_may_be_shown
from taskmix.errors import ReportError
from taskmix.measures import Scope, check_sorted, choose_scope
from taskmix.report import find_chromium
from taskmix.settings import Settings
from taskmix.store import Log, open_log

#: How many of a report's notebooks run at once.
_AT_ONCE = 2


@dataclass(frozen=True)
class Report:
    """The pages of one period and group.

    Attributes
    ----------
    period : str
    team : str or None
        None for all teams.
    pages : tuple of Page
        In the order of `taskmix.batch.REPORT_NOTEBOOKS`; those of notebooks that failed are not
        among them.
    index : pathlib.Path or None
        The site's index; None where it was not written, since no page was made.
    on_site : bool
        False where the pages are the analyst's alone.
    remarks : tuple of str
        What whoever asked for the report must know: that the period is not complete, which data
        are missing, why the pages are not on the site.
    """

    period: str
    team: str | None
    pages: tuple[Page, ...]
    index: Path | None = None
    on_site: bool = False
    remarks: tuple[str, ...] = ()


class UnfinishedReportError(ReportError):
    """Some pages of a report could not be made; the others were published.

    Attributes
    ----------
    report : Report
        The pages that were made.
    failed : dict of str to str
        Notebook → why it failed.
    """

    def __init__(self, report: Report, failed: Mapping[str, str]) -> None:
        super().__init__("\n".join(failed.values()))
        self.report = report
        self.failed = dict(failed)


def make_report(
    settings: Settings,
    *,
    period: str,
    team: str | None = None,
    notebooks: Sequence[str] | None = None,
    table_version: int | None = None,
    parameters: Mapping[str, str] | None = None,
    single_file: bool = False,
    pdf: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Run the report notebooks for one period and group and publish their pages together.

    Parameters
    ----------
    period : str
        Such as ``2026-Q3``, ``last-month``, or ``latest`` for the last complete quarter.
    team : str, optional
        One team instead of all.
    notebooks : sequence of str, optional
        Some of `taskmix.batch.REPORT_NOTEBOOKS`; by default all that the workspace has.
    table_version : int, optional
        An older version of the table of tasks, whose report is made again. Its pages go to
        ``data/analyst/old``, never over the published ones.
    parameters : mapping of str to str, optional
        Further parameters; each notebook gets those that it declares.
    single_file : bool
        Put plotly.js into each page, for mail; the site's pages share one copy otherwise.
    pdf : bool
        Print each page to a PDF beside it, with an installed Chromium.

    Raises
    ------
    UnfinishedReportError
        If a notebook failed or its page could not be written out. The other pages are
        published; of the one that failed, what was published before stays as it was, and the
        site's index says when it failed.
    TaskmixError
        If there is nothing to report, no such version or notebook, the team may not be shown, a
        parameter is unknown, there is no Chromium for `pdf`, or nothing can be written. Nothing
        was published then.
    """
    say = progress or (lambda _: None)
    if can_fork():
        # It imports while the plan is made.
        shared_workers().start()
    log = open_log(settings.processed, version=table_version)
    check_sorted(log)
    zone = settings.workspace.time_zone
    scope = choose_scope(log, period=period, team=team or "", time_zone=zone)
    # Here, for all pages at once; each notebook reads what is stored.
    plan = store_plan(log, scope, settings)
    check_team_may_be_shown(plan, period=scope.period, team=scope.team)
    chosen, absent = choose_notebooks(settings, notebooks)
    check_nobody_named(settings, parameters or {})
    values = notebook_values(chosen, scope, log, parameters or {}, asked=table_version is not None)
    form = Form(
        on_site=plan.publishable and not log.is_old,
        alone=single_file,
        browser=find_chromium() if pdf else "",
    )
    staged, failed = _make(settings, chosen, values, form, scope=scope, say=say)
    # Only the notebooks' ends tell whether their pages may be on the site.
    on_site = form.on_site and all(may_be_on_site(page.facts) for page in staged)
    if not on_site:
        staged = [
            dress(page, on_site=False, alone=single_file, browser=form.browser)
            if page.for_site else page
            for page in staged
        ]  # fmt: skip
    if on_site and staged:
        # Before they are out: what is published and not in the ledger could be subtracted from.
        mark_released(settings, plan.plan_id)
    report = _place(
        settings, scope, log, staged, absent=absent, on_site=on_site, failed=sorted(failed)
    )
    if failed:
        why = {name: _why(settings, scope, name, failed[name]) for name in sorted(failed)}
        raise UnfinishedReportError(report, why)
    return report


def _make(
    settings: Settings,
    notebooks: Sequence[Path],
    values: Mapping[str, dict[str, Any]],
    form: Form,
    *,
    scope: Scope,
    say: Callable[[str], None],
) -> tuple[list[Staged], dict[str, Exception]]:
    """Run the notebooks; what they leave is for nobody to see yet."""
    settings.analyst.mkdir(parents=True, exist_ok=True, mode=0o700)
    made: dict[str, Staged] = {}
    failed: dict[str, Exception] = {}
    with tempfile.TemporaryDirectory(prefix=".staging-", dir=settings.analyst) as staging:
        jobs = []
        for notebook in notebooks:
            folder = Path(staging) / notebook.stem
            folder.mkdir()
            jobs.append(PageJob(notebook, values[notebook.stem], form, folder))
        say(f"running {', '.join(values)} for {scope.team or 'all teams'}, {scope.period}")
        for job, outcome in make_pages(jobs, n_workers=_AT_ONCE):
            name = job.notebook.stem
            if outcome.page is not None:
                made[name] = outcome.page
                say(f"made {name} for {scope.team or 'all teams'}, {scope.period}")
                continue
            if not isinstance(outcome.error, ReportError):
                raise outcome.error or RuntimeError(f"{name} ended without a page or an error")
            failed[name] = outcome.error
            keep_half_run(settings, job.folder / job.notebook.name)
    return [made[n.stem] for n in notebooks if n.stem in made], failed


def _place(
    settings: Settings,
    scope: Scope,
    log: Log,
    staged: Sequence[Staged],
    *,
    absent: Sequence[str],
    on_site: bool,
    failed: Sequence[str],
) -> Report:
    remarks = [str(text) for page in staged for text in page.facts.get("remarks", ())]
    remarks += [
        f"no page of {name}: it is not among the workspace's notebooks; copy it from a new "
        "workspace (`taskmix init DIR`)"
        for name in absent
    ]
    withheld = [page.facts for page in staged if not page.facts["publishable"]]
    if withheld:
        n_people, least = withheld[0]["n_people"], settings.min_people
        why = (
            f"{n_people} people are fewer than the {least} of [privacy] min_people"
            if n_people < least
            else withheld[0].get("release", {}).get("withheld") or "it may not be shown"
        )
        remarks.append(f"not for publication: {why}; the pages are not on the site")
    elif log.is_old:
        remarks.append("a report made again is not on the site; what is published stays")
    elif staged and not on_site:
        remarks.append(
            "not for publication: a notebook's last cell leaves no stored release plan (end it as "
            "a new workspace's does, with facts.page_result); the pages are not on the site"
        )
    report = Report(scope.period, scope.team, (), remarks=tuple(dict.fromkeys(remarks)))
    if not staged and not on_site:
        return report
    placed = place(settings, scope, log, staged, on_site=on_site, failed=failed)
    return replace(
        report, pages=placed.pages, index=placed.index, on_site=on_site,
        remarks=(*report.remarks, *placed.remarks),
    )  # fmt: skip


def _why(settings: Settings, scope: Scope, notebook: str, error: Exception) -> str:
    """Say which notebook failed and why, and what is there of it."""
    text, name = str(error), f"{notebook}.ipynb"
    named = text if text.startswith(name) else f"{name}: {text}"
    left = (
        "the page published before stays"
        if is_published(settings, scope, notebook)
        else "there is no page of it"
    )
    # After a traceback it would be taken for a part of it.
    return f"{named}\n{name}: {left}" if "\n" in named else f"{named.rstrip('.')} ({left})"
