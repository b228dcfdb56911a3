"""Make a report and put it on the site, whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from taskmix.batch.notebooks import run_notebook
from taskmix.errors import ReportError, SortingError
from taskmix.measures import choose_scope
from taskmix.report import export_page, install_assets, team_folder, write_site_index
from taskmix.settings import Settings
from taskmix.store import open_log

REPORT_NOTEBOOK = "3_task_mix"
_ASSETS_FROM_PAGE = "../../assets/"
_HOME_FROM_PAGE = "../../index.html"


@dataclass(frozen=True)
class Report:
    """A published report: where it lies, and the facts its notebook left."""

    html: Path
    executed: Path
    index: Path
    facts: dict[str, Any]


def make_report(
    settings: Settings,
    *,
    period: str,
    team: str | None = None,
    parameters: dict[str, str] | None = None,
    single_file: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Report:
    """Run ``3_task_mix`` for one period and group and publish its page.

    Parameters
    ----------
    period : str
        Such as ``2026-Q3``; ``latest`` for the last complete quarter.
    team : str, optional
        One team instead of all.
    parameters : dict of str to str, optional
        Further parameters of the notebook.
    single_file : bool
        Put plotly.js into the page, for mail; the site's pages share one copy otherwise.

    Raises
    ------
    TaskmixError
        If there is nothing to report, a parameter is unknown, the notebook fails, or the
        page cannot be written. What was published before stays as it was.
    """
    say = progress or (lambda _: None)
    notebook = settings.project / "notebooks" / f"{REPORT_NOTEBOOK}.ipynb"
    values: dict[str, Any] = {**(parameters or {}), "period": period, "team": team or ""}
    log = open_log(settings.processed)
    _check_sorted(settings, log)
    scope = choose_scope(log, period=period, team=team or "")
    folder = settings.reports / scope.period / team_folder(scope.team)
    settings.reports.mkdir(parents=True, exist_ok=True)
    settings.analyst.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(prefix=".staging-", dir=settings.reports) as staging:
        executed = Path(staging) / f"{REPORT_NOTEBOOK}.ipynb"
        say(f"running {REPORT_NOTEBOOK} for {scope.team or 'all teams'}, {scope.period}")
        try:
            facts = run_notebook(notebook, output=executed, parameters=values)
        except ReportError:
            _keep_half_run(settings, executed)
            raise
        say("writing the page")
        page = export_page(
            executed, site=not single_file, assets_url=_ASSETS_FROM_PAGE, home_url=_HOME_FROM_PAGE
        )
        return _publish(settings, folder, executed, page, facts)


def _publish(
    settings: Settings, folder: Path, executed: Path, page: str, facts: dict[str, Any]
) -> Report:
    html = folder / f"{REPORT_NOTEBOOK}.html"
    record = {
        **{key: facts.get(key) for key in (
            "notebook", "period", "team", "headline", "made_at", "data_through", "table_version",
            "n_people", "audited", "publishable")},
        "html": html.relative_to(settings.reports).as_posix(),
        "executed": html.with_suffix(".ipynb").relative_to(settings.reports).as_posix(),
        "status": "ok",
    }  # fmt: skip
    try:
        with FileLock(settings.reports / ".lock", timeout=60):
            install_assets(settings.reports / "assets")
            folder.mkdir(parents=True, exist_ok=True)
            staged_page = executed.with_suffix(".html")
            staged_page.write_text(page, encoding="utf-8")
            staged_record = executed.with_suffix(".json")
            staged_record.write_text(
                json.dumps(record, ensure_ascii=False, indent=1), encoding="utf-8"
            )
            # Each file appears whole; the record, by which the index finds the page, last.
            for staged in (executed, staged_page, staged_record):
                staged.replace(folder / staged.name)
            index = write_site_index(
                settings.reports,
                organisation=settings.workspace.name,
                made_at=str(facts["made_at"]),
            )
    except OSError as error:
        raise ReportError(
            f"{folder}: cannot be written ({error.strerror}); free space and permissions?"
        ) from error
    return Report(html, html.with_suffix(".ipynb"), index, facts)


def _check_sorted(settings: Settings, log: Any) -> None:
    untagged = log.tasks.filter("tag IS NULL").project("task_id")
    n_left = len(untagged.except_(log.sorted.project("task_id")).fetchall())
    if n_left:
        raise SortingError(
            f"{n_left:,} tasks of {settings.project.name} are neither tagged nor sorted; run "
            "`taskmix sort` first"
        )


def _keep_half_run(settings: Settings, executed: Path) -> None:
    if executed.exists():
        failed = settings.analyst / "failed"
        failed.mkdir(exist_ok=True, mode=0o700)
        shutil.copyfile(executed, failed / executed.name)
