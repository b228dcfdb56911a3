"""Put the pages of a report where they belong, together: on the site, or with the analyst.

On the site (``reports/``) goes what may be published and is new. What may not, because too few
people logged, and what was made again from an older version of the table, is the analyst's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskmix.batch.private import make_private
from taskmix.batch.publishing.edition import (
    Edition,
    GroupPages,
    page_stem,
    publish,
    site_lock,
    withdraw,
    write_index,
)
from taskmix.batch.publishing.staged import Staged, link_neighbours, write_page
from taskmix.errors import ReportError
from taskmix.measures import Scope
from taskmix.report import team_folder
from taskmix.settings import Settings
from taskmix.store import Log


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
    about: Mapping[str, Any] | None = None,
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
    about : mapping, optional
        What the manifest says of all pages.

    Raises
    ------
    ReportError
        If a file cannot be written.
    """
    folder = _folder(settings, scope, log, on_site=on_site)
    too_few = not all(page.facts["publishable"] for page in staged)
    remarks: list[str] = []
    try:
        if on_site:
            group = GroupPages(scope.team, staged, failed)
            index = publish(settings, Edition(scope.period, [group], about or {}))
        else:
            settings.reports.mkdir(parents=True, exist_ok=True)
            with site_lock(settings):
                if staged:
                    make_private(folder, under=settings.analyst)
                for page in staged:
                    write_page(folder / page.notebook, page)
                link_neighbours(folder)
                if too_few and not log.is_old:
                    # No team of an organisation that is too small can be large enough.
                    gone = withdraw(settings, scope.period)
                    remarks += [
                        f"taken off the site, being too small now: {', '.join(gone)}"
                    ] if gone else []  # fmt: skip
                index = write_index(settings)
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
    return page_stem(settings, scope.period, scope.team, notebook).with_suffix(".html").is_file()


def _folder(settings: Settings, scope: Scope, log: Log, *, on_site: bool) -> Path:
    name, group = scope.period, team_folder(scope.team)
    if on_site:
        return settings.reports / name / group
    if log.is_old:
        return settings.analyst / "old" / f"{name}-v{log.version}" / group
    return settings.analyst / name / group
