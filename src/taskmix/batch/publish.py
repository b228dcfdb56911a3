"""Make a report and put it where it belongs, whole or not at all.

On the site (``reports/``) goes what may be published and is new. What may not, because too few
people logged, and what was made again from an older version of the table, is the analyst's.
"""

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from taskmix.batch.notebooks import notebook_parameters, run_notebook
from taskmix.batch.private import keep_half_run, make_private
from taskmix.errors import ReportError
from taskmix.measures import Scope, check_sorted, choose_scope
from taskmix.report import export_page, install_assets, team_folder, write_site_index
from taskmix.report.assets import write_atomically
from taskmix.settings import Settings
from taskmix.store import Log, open_log

REPORT_NOTEBOOK = "3_task_mix"
_ASSETS_FROM_PAGE = "../../assets/"
_HOME_FROM_PAGE = "../../index.html"


@dataclass(frozen=True)
class Report:
    """A report: where it lies, and the facts its notebook left.

    Attributes
    ----------
    html, executed : pathlib.Path
        The page and the executed notebook.
    index : pathlib.Path
        The site's index.
    facts : dict
        See `taskmix.report.facts.mix_result`.
    on_site : bool
        False where the page is the analyst's alone.
    remarks : tuple of str
        What whoever asked for the report must know: that the period is not complete, which data
        are missing, why the page is not on the site.
    """

    html: Path
    executed: Path
    index: Path
    facts: dict[str, Any]
    on_site: bool = True
    remarks: tuple[str, ...] = ()


def make_report(
    settings: Settings,
    *,
    period: str,
    team: str | None = None,
    table_version: int | None = None,
    parameters: dict[str, str] | None = None,
    single_file: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Run ``3_task_mix`` for one period and group and publish its page.

    Parameters
    ----------
    period : str
        Such as ``2026-Q3``, ``last-month``, or ``latest`` for the last complete quarter.
    team : str, optional
        One team instead of all.
    table_version : int, optional
        An older version of the table of tasks, whose report is made again. Its page goes to
        ``data/analyst/old``, never over the published one.
    parameters : dict of str to str, optional
        Further parameters of the notebook.
    single_file : bool
        Put plotly.js into the page, for mail; the site's pages share one copy otherwise.

    Raises
    ------
    TaskmixError
        If there is nothing to report, no such version, a parameter is unknown, the notebook
        fails, or the page cannot be written. What was published before stays as it was.
    """
    say = progress or (lambda _: None)
    notebook = settings.project / "notebooks" / f"{REPORT_NOTEBOOK}.ipynb"
    log = open_log(settings.processed, version=table_version)
    check_sorted(log)
    scope = choose_scope(
        log, period=period, team=team or "", time_zone=settings.workspace.time_zone
    )
    values = _values(notebook, scope, log, parameters or {}, asked=table_version is not None)
    settings.analyst.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Not under reports/: only the notebook's end tells whether the page may be there.
    with tempfile.TemporaryDirectory(prefix=".staging-", dir=settings.analyst) as staging:
        executed = Path(staging) / f"{REPORT_NOTEBOOK}.ipynb"
        say(f"running {REPORT_NOTEBOOK} for {scope.team or 'all teams'}, {scope.period}")
        try:
            facts = run_notebook(notebook, output=executed, parameters=values)
        except ReportError:
            keep_half_run(settings, executed)
            raise
        say("writing the page")
        on_site = bool(facts["publishable"]) and not log.is_old
        page = export_page(
            executed,
            site=on_site and not single_file,
            assets_url=_ASSETS_FROM_PAGE,
            home_url=_HOME_FROM_PAGE if on_site else "",
        )
        files = {".ipynb": executed.read_bytes(), ".html": page.encode("utf-8")}
    return _put(settings, scope, log, files, facts, on_site=on_site)


def _values(
    notebook: Path, scope: Scope, log: Log, parameters: dict[str, str], *, asked: bool
) -> dict[str, Any]:
    """Return the notebook's parameters; they name what was found, not `latest`.

    So the notebook reports what was checked here, whatever is ingested meanwhile, and the
    executed copy can be run again.
    """
    owned = {"period": scope.period, "team": scope.team or "", "table_version": log.version}
    for name in owned.keys() & parameters.keys():
        option = name.replace("_", "-")
        raise ReportError(f"parameter {name} is given as --{option}, not among the parameters")
    # A workspace may keep an older copy of the notebook, which knows the newest table only.
    if not asked and "table_version" not in notebook_parameters(notebook):
        del owned["table_version"]
    return {**parameters, **owned}


def _put(
    settings: Settings,
    scope: Scope,
    log: Log,
    files: dict[str, bytes],
    facts: dict[str, Any],
    *,
    on_site: bool,
) -> Report:
    """Write page, notebook and record where they belong, and the index anew."""
    name, group = scope.period, team_folder(scope.team)
    if on_site:
        folder = settings.reports / name / group
    elif log.is_old:
        folder = settings.analyst / "old" / f"{name}-v{log.version}" / group
    else:
        folder = settings.analyst / name / group
    html = folder / f"{REPORT_NOTEBOOK}.html"
    remarks = [str(text) for text in facts.get("remarks", ())]
    if not facts["publishable"]:
        remarks.append(
            f"not for publication: {facts['n_people']} people are fewer than the "
            f"{settings.min_people} of [privacy] min_people; the page is not on the site"
        )
    elif log.is_old:
        remarks.append("a report made again is not on the site; what is published stays")
    try:
        settings.reports.mkdir(parents=True, exist_ok=True)
        with FileLock(settings.reports / ".lock", timeout=60):
            if on_site:
                install_assets(settings.reports / "assets")
                files = {**files, ".json": _record(settings, html, facts)}
            else:
                make_private(folder, under=settings.analyst)
            # Each file appears whole; the record, by which the index finds the page, last.
            for ending, content in files.items():
                write_atomically(html.with_suffix(ending), content)
            if not facts["publishable"] and not log.is_old:
                remarks += _withdraw(settings, scope)
            index = write_site_index(
                settings.reports,
                organisation=settings.workspace.name,
                made_at=str(facts["made_at"]),
            )
    except OSError as error:
        raise ReportError(
            f"{folder}: cannot be written ({error.strerror}); free space and permissions?"
        ) from error
    return Report(html, html.with_suffix(".ipynb"), index, facts, on_site, tuple(remarks))


def _record(settings: Settings, html: Path, facts: dict[str, Any]) -> bytes:
    keys = ("notebook", "period", "team", "headline", "made_at", "data_through", "table_version",
            "n_people", "audited", "publishable", "complete", "stale")  # fmt: skip
    record = {
        **{key: facts.get(key) for key in keys},
        "html": html.relative_to(settings.reports).as_posix(),
        "executed": html.with_suffix(".ipynb").relative_to(settings.reports).as_posix(),
        "status": "ok",
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8")


def _withdraw(settings: Settings, scope: Scope) -> list[str]:
    """Take this period's pages off the site, where fewer people are left than when they came.

    No team of an organisation that is too small can be large enough.
    """
    gone = sorted(settings.reports.glob(f"{scope.period}/*/{REPORT_NOTEBOOK}.html"))
    for page in gone:
        # The record first: the index never lists a page that is not there.
        for ending in (".json", ".html", ".ipynb"):
            page.with_suffix(ending).unlink(missing_ok=True)
    names = [page.parent.relative_to(settings.reports).as_posix() for page in gone]
    return [f"taken off the site, being too small now: {', '.join(names)}"] if names else []
