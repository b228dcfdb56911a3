"""Make a report: one page for each of its notebooks, put where they belong together."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from taskmix.batch.dressing import dress
from taskmix.batch.notebooks import check_parameters, notebook_parameters, run_notebook
from taskmix.batch.placing import REPORT_NOTEBOOKS, Page, Staged, is_published, place
from taskmix.batch.private import keep_half_run
from taskmix.batch.releases import mark_released, store_plan
from taskmix.disclosure import check_team_may_be_shown
from taskmix.errors import ReportError
from taskmix.measures import Scope, check_sorted, choose_scope
from taskmix.report import find_chromium
from taskmix.settings import Settings
from taskmix.store import Log, open_log


@dataclass(frozen=True)
class Report:
    """The pages of one period and group.

    Attributes
    ----------
    period : str
    team : str or None
        None for all teams.
    pages : tuple of Page
        In the order of `REPORT_NOTEBOOKS`; those of notebooks that failed are not among them.
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
        Some of `REPORT_NOTEBOOKS`; by default all that the workspace has.
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
    log = open_log(settings.processed, version=table_version)
    check_sorted(log)
    zone = settings.workspace.time_zone
    scope = choose_scope(log, period=period, team=team or "", time_zone=zone)
    # Here, for all pages at once; each notebook reads what is stored.
    plan = store_plan(log, scope, settings)
    check_team_may_be_shown(plan, period=scope.period, team=scope.team)
    chosen, absent = _chosen(settings, notebooks)
    values = _values(chosen, scope, log, parameters or {}, asked=table_version is not None)
    browser = find_chromium() if pdf else ""
    ran, failed = [], {}
    for notebook in chosen:
        say(f"running {notebook.stem} for {scope.team or 'all teams'}, {scope.period}")
        try:
            ran.append(_run(settings, notebook, values[notebook.stem]))
        except ReportError as error:
            failed[notebook.stem] = error
    say("writing the pages")
    # Only the notebooks' ends tell whether their pages may be on the site.
    publishable = plan.publishable and all(page.facts["publishable"] for page in ran)
    planned = [page for page in ran if page.facts.get("release", {}).get("stored")]
    on_site = publishable and not log.is_old and len(planned) == len(ran)
    staged = []
    for page in ran:
        try:
            staged.append(dress(page, on_site=on_site, alone=single_file, browser=browser))
        except ReportError as error:
            failed[page.notebook] = error
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


def _chosen(settings: Settings, asked: Sequence[str] | None) -> tuple[list[Path], list[str]]:
    """Return the notebooks to run, and the names of those that the workspace lacks."""
    unknown = [name for name in asked or () if name not in REPORT_NOTEBOOKS]
    if unknown:
        raise ReportError(
            f"{unknown[0][:60]!r} is no notebook whose page may be published; choose among "
            f"{', '.join(REPORT_NOTEBOOKS)}"
        )
    folder = settings.project / "notebooks"
    paths = [folder / f"{name}.ipynb" for name in REPORT_NOTEBOOKS if name in (asked or (name,))]
    # Not everybody wants every page, and an older workspace does not know the newer ones.
    there = [path for path in paths if path.is_file()]
    if asked or not there:
        return paths, []
    return there, [path.stem for path in paths if path not in there]


def _values(
    notebooks: Sequence[Path],
    scope: Scope,
    log: Log,
    parameters: Mapping[str, str],
    *,
    asked: bool,
) -> dict[str, dict[str, Any]]:
    """Return each notebook's parameters; they name what was found, not `latest`.

    So the notebook reports what was checked here, whatever is ingested meanwhile, and the
    executed copy can be run again.
    """
    owned = {"period": scope.period, "team": scope.team or "", "table_version": log.version}
    for name in owned.keys() & parameters.keys():
        option = name.replace("_", "-")
        raise ReportError(f"parameter {name} is given as --{option}, not among the parameters")
    declared = {notebook: notebook_parameters(notebook) for notebook in notebooks}
    known = {name for names in declared.values() for name in names}
    if not parameters.keys() <= known:
        check_parameters(notebooks[0], dict(parameters))
    values = {}
    for notebook, names in declared.items():
        own = {name: value for name, value in parameters.items() if name in names}
        # A workspace may keep an older copy of the notebook, which knows the newest table only.
        version = asked or "table_version" in names
        given = owned if version else {k: v for k, v in owned.items() if k != "table_version"}
        values[notebook.stem] = check_parameters(notebook, {**own, **given})
    return values


def _run(settings: Settings, notebook: Path, values: dict[str, Any]) -> Staged:
    """Run one notebook; what it left is for nobody to see yet."""
    settings.analyst.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".staging-", dir=settings.analyst) as staging:
        executed = Path(staging) / notebook.name
        try:
            facts = run_notebook(notebook, output=executed, parameters=values)
        except ReportError:
            keep_half_run(settings, executed)
            raise
        return Staged(notebook.stem, executed.read_bytes(), facts)


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


def _why(settings: Settings, scope: Scope, notebook: str, error: ReportError) -> str:
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
