"""Put the pages of a report where they belong, together: on the site, or with the analyst.

On the site (``reports/``) goes what may be published and is new. What may not, because too few
people logged, and what was made again from an older version of the table, is the analyst's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock

from taskmix.batch.private import make_private
from taskmix.errors import ReportError
from taskmix.language import speaking
from taskmix.measures import Scope
from taskmix.report import install_assets, link_pages, team_folder, write_site_index
from taskmix.report.assets import write_atomically
from taskmix.settings import Settings
from taskmix.store import Log

#: The notebooks whose pages may be published, in the order in which a report shows them.
REPORT_NOTEBOOKS = ("3_task_mix", "4_ai_shift", "5_meaningful_work")


@dataclass(frozen=True)
class Staged:
    """A notebook that was run, and its page, tables and PDF, not yet placed.

    `for_site` tells the form that the page has: one of the site, or the analyst's.
    """

    notebook: str
    executed: bytes
    facts: dict[str, Any]
    html: str = ""
    tables: bytes = b""
    pdf: bytes = b""
    for_site: bool = False


@dataclass(frozen=True)
class Page:
    """One page of a report.

    Attributes
    ----------
    notebook : str
        Such as ``3_task_mix``.
    html, executed, tables : pathlib.Path
        The page, the executed notebook, and the page's tables as an Excel workbook.
    pdf : pathlib.Path or None
        The page as PDF, where that was asked for.
    facts : dict
        What its notebook left; see `taskmix.report.facts.page_result`.
    """

    notebook: str
    html: Path
    executed: Path
    tables: Path
    pdf: Path | None
    facts: dict[str, Any]


@dataclass(frozen=True)
class Placed:
    """Where the pages lie, the site's index, and what is to be said of that."""

    pages: tuple[Page, ...]
    index: Path
    remarks: tuple[str, ...] = ()


def place(
    settings: Settings,
    scope: Scope,
    log: Log,
    staged: Sequence[Staged],
    *,
    on_site: bool,
    failed: Sequence[str] = (),
) -> Placed:
    """Write pages, notebooks and records where they belong, and the index anew.

    Parameters
    ----------
    staged : sequence of Staged
        Pages of one scope and version of the table.
    on_site : bool
        True where all of them may be published.
    failed : sequence of str
        The notebooks that failed. On the site each gets a record of that; its page from before
        stays.

    Raises
    ------
    ReportError
        If a file cannot be written.
    """
    folder = _folder(settings, scope, log, on_site=on_site)
    too_few = not all(page.facts["publishable"] for page in staged)
    remarks: list[str] = []
    try:
        settings.reports.mkdir(parents=True, exist_ok=True)
        lock = FileLock(settings.reports / ".lock", timeout=60)
        with lock, speaking(settings.workspace.locale):
            if on_site:
                install_assets(settings.reports / "assets")
            elif staged:
                make_private(folder, under=settings.analyst)
            for page in staged:
                _write(folder / page.notebook, page)
            _link(folder)
            # The records, by which the index finds the pages, come last.
            if on_site:
                for page in staged:
                    _write_record(settings, folder / page.notebook, page)
                for notebook in failed:
                    _record_failure(settings, scope, folder / notebook)
            if too_few and not log.is_old:
                remarks += _withdraw(settings, scope)
            index = write_site_index(
                settings.reports,
                organisation=settings.workspace.name,
                made_at=_now(settings),
                time_zone=settings.workspace.time_zone,
            )
    except OSError as error:
        raise ReportError(
            f"{folder}: cannot be written ({error.strerror}); free space and permissions?"
        ) from error
    return Placed(tuple(_placed(folder, page) for page in staged), index, tuple(remarks))


def _placed(folder: Path, page: Staged) -> Page:
    stem = folder / page.notebook
    pdf = stem.with_suffix(".pdf") if page.pdf else None
    html, executed, tables = (stem.with_suffix(end) for end in (".html", ".ipynb", ".xlsx"))
    return Page(page.notebook, html, executed, tables, pdf, page.facts)


def is_published(settings: Settings, scope: Scope, notebook: str) -> bool:
    """Tell whether the site holds a page of this notebook for the scope."""
    folder = settings.reports / scope.period / team_folder(scope.team)
    return (folder / f"{notebook}.html").is_file()


def _folder(settings: Settings, scope: Scope, log: Log, *, on_site: bool) -> Path:
    name, group = scope.period, team_folder(scope.team)
    if on_site:
        return settings.reports / name / group
    if log.is_old:
        return settings.analyst / "old" / f"{name}-v{log.version}" / group
    return settings.analyst / name / group


def _write(stem: Path, page: Staged) -> None:
    """Write notebook, tables, PDF and page; each file appears whole."""
    write_atomically(stem.with_suffix(".ipynb"), page.executed)
    write_atomically(stem.with_suffix(".xlsx"), page.tables)
    if page.pdf:
        write_atomically(stem.with_suffix(".pdf"), page.pdf)
    else:
        # That of the page before would pass for this one's.
        stem.with_suffix(".pdf").unlink(missing_ok=True)
    write_atomically(stem.with_suffix(".html"), page.html.encode("utf-8"))


def _link(folder: Path) -> None:
    """Let the pages of a folder link to one another, those that lay there before too."""
    beside = [name for name in REPORT_NOTEBOOKS if (folder / f"{name}.html").is_file()]
    for name in beside:
        path = folder / f"{name}.html"
        page = path.read_text("utf-8")
        linked = link_pages(page, notebook=name, beside=beside)
        if linked != page:
            write_atomically(path, linked.encode("utf-8"))


def _write_record(settings: Settings, stem: Path, page: Staged) -> None:
    keys = ("period", "team", "headline", "made_at", "data_through", "table_version", "n_people",
            "audited", "publishable", "complete", "stale", "execution_share",
            "execution_over_time", "execution_compared")  # fmt: skip
    record = {
        "notebook": page.notebook,
        **{key: page.facts.get(key) for key in keys},
        "html": stem.with_suffix(".html").relative_to(settings.reports).as_posix(),
        "executed": stem.with_suffix(".ipynb").relative_to(settings.reports).as_posix(),
        "status": "ok",
    }
    _write_json(stem, record)


def _record_failure(settings: Settings, scope: Scope, stem: Path) -> None:
    """Record that a notebook failed, beside what is known of its page from before.

    The record says when and never why: an error may quote titles and names.
    """
    known: dict[str, Any] = {}
    if stem.with_suffix(".html").is_file():
        try:
            known = dict(json.loads(stem.with_suffix(".json").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            # The page is there; only what was known of it is lost.
            known = {"html": stem.with_suffix(".html").relative_to(settings.reports).as_posix()}
    failed = {"notebook": stem.name, "period": scope.period, "team": scope.team,
              "status": "failed", "failed_at": _now(settings)}  # fmt: skip
    _write_json(stem, {**known, **failed})


def _write_json(stem: Path, record: dict[str, Any]) -> None:
    text = json.dumps(record, ensure_ascii=False, indent=1)
    write_atomically(stem.with_suffix(".json"), text.encode("utf-8"))


def _now(settings: Settings) -> str:
    return (
        f"{datetime.now(tz=UTC).astimezone(ZoneInfo(settings.workspace.time_zone)):%Y-%m-%d %H:%M}"
    )


def _withdraw(settings: Settings, scope: Scope) -> list[str]:
    """Take this period's pages off the site, where fewer people are left than when they came.

    No team of an organisation that is too small can be large enough.
    """
    gone = [
        page
        for name in REPORT_NOTEBOOKS
        for page in settings.reports.glob(f"{scope.period}/*/{name}.html")
    ]
    # Where a notebook failed at first there is a record alone.
    alone = settings.reports.glob(f"{scope.period}/*/*.json")
    for page in [*gone, *(path for path in alone if path.stem in REPORT_NOTEBOOKS)]:
        # The record first: the index never lists a page that is not there.
        for ending in (".json", ".html", ".ipynb", ".xlsx", ".pdf"):
            page.with_suffix(ending).unlink(missing_ok=True)
    names = sorted({page.parent.relative_to(settings.reports).as_posix() for page in gone})
    return [f"taken off the site, being too small now: {', '.join(names)}"] if names else []
