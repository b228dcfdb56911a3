"""Make a page that shows rows, titles or people: the analyst's, never on the site."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from filelock import FileLock

from taskmix.batch.notebooks import run_notebook
from taskmix.batch.private import OWNER_FILE, keep_half_run, make_private
from taskmix.errors import ReportError
from taskmix.periods import format_period, parse_period
from taskmix.report import export_page
from taskmix.settings import Settings

INTAKE_NOTEBOOK = "1_intake"
QUALITY_NOTEBOOK = "2_sorting"


@dataclass(frozen=True)
class AnalystPage:
    """A page of the analyst's: where it lies, and the facts its notebook left."""

    html: Path
    executed: Path
    facts: dict[str, Any]


def make_analyst_page(
    settings: Settings,
    *,
    notebook: str,
    period: str,
    parameters: dict[str, str] | None = None,
    place: str = "",
    progress: Callable[[str], None] | None = None,
) -> AnalystPage:
    """Run one of the analyst's notebooks and keep its page under ``data/analyst``.

    Parameters
    ----------
    notebook : str
        Name of a notebook of the workspace, without its ending, such as `INTAKE_NOTEBOOK`.
    period : str
        Such as ``2026-Q3``, or ``latest``.
    parameters : dict of str to str, optional
        Further parameters of the notebook.
    place : str
        A folder under ``data/analyst`` for the page's own; there by default.

    Returns
    -------
    AnalystPage
        ``<period>/<notebook>.html`` (one file, plotly.js inside) and the executed notebook, both
        for their owner alone.

    Raises
    ------
    TaskmixError
        If there is nothing to show, a parameter is unknown, the notebook fails, or the page
        cannot be written. The page made before stays as it was; a notebook that failed on its
        way is kept under ``failed``.
    """
    say = progress or (lambda _: None)
    source = settings.project / "notebooks" / f"{notebook}.ipynb"
    values: dict[str, Any] = {**(parameters or {}), "period": period}
    with _naming_what_cannot_be_written(settings.analyst):
        make_private(settings.analyst, under=settings.analyst)
        staging = tempfile.TemporaryDirectory(prefix=".staging-", dir=settings.analyst)
    with staging as folder:
        executed = Path(folder) / source.name
        say(f"running {notebook} for {period}")
        try:
            facts = run_notebook(source, output=executed, parameters=values)
        except ReportError:
            keep_half_run(settings, executed)
            raise
        say("writing the page")
        page = export_page(executed, site=False)
        return _put(settings, executed, page, facts, place=place)


def _put(
    settings: Settings, executed: Path, page: str, facts: dict[str, Any], *, place: str
) -> AnalystPage:
    """Move page and notebook to their folder; each appears whole, and for its owner alone."""
    folder = settings.analyst / place / _folder_name(facts, executed.name)
    staged = executed.with_suffix(".html")
    with _naming_what_cannot_be_written(folder):
        staged.write_text(page, encoding="utf-8")
        with FileLock(settings.analyst / ".lock", timeout=60, mode=OWNER_FILE):
            make_private(folder, under=settings.analyst)
            for file in (executed, staged):
                file.chmod(OWNER_FILE)
                file.replace(folder / file.name)
    return AnalystPage(folder / staged.name, folder / executed.name, facts)


def _folder_name(facts: dict[str, Any], notebook: str) -> str:
    """Return the period that the notebook says its page is of; nothing else names a folder."""
    if "period" not in facts:
        raise ReportError(
            f"{notebook}: its last cell leaves no 'period'; pass it to `analyst.analyst_facts`"
        )
    return format_period(parse_period(str(facts["period"])))


@contextlib.contextmanager
def _naming_what_cannot_be_written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ReportError(
            f"{error.filename or folder}: cannot be written ({error.strerror or error}); free "
            "space and permissions?"
        ) from error
