"""The pages, notebooks and sheets that show a person: what goes whole, and what loses rows."""

import html
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from taskmix.batch.forgetting.roster import spellings
from taskmix.batch.forgetting.search import files_under, holds, needles_of
from taskmix.batch.forgetting.sheets import SHEETS, rows_to_change, without_person
from taskmix.batch.forgetting.traces import Purpose, Traces
from taskmix.batch.my import MY_FOLDER
from taskmix.batch.overnight.staging import STAGED
from taskmix.batch.publishing.staged import REPORT_NOTEBOOKS
from taskmix.batch.workspace import notebook_sources
from taskmix.errors import ReportError
from taskmix.settings import Settings

_PAGES = (".html", ".ipynb")
_COPY = "-checkpoint"
_FAILED = "failed"
_STAGING = ".staging-"


@dataclass(frozen=True)
class Papers:
    """What lies in the workspace and shows the person.

    Attributes
    ----------
    removed : tuple of pathlib.Path
        Pages and notebooks that go whole; a command makes those of taskmix anew.
    sheets : dict of pathlib.Path to int
        Sheets, and exports of refused records, and how many rows of them change.
    """

    removed: tuple[Path, ...]
    sheets: dict[Path, int]


def find_papers(purpose: Purpose) -> Papers:
    """Find what shows a person: every page for the analyst, and sheets with rows of theirs.

    Pages and executed notebooks of taskmix in ``data/analyst`` show rows and titles, and go all;
    those of one other person stay. Of other people's own pages and notebooks there, those go that
    hold a name, a pseudonym, a task or a title of the person.
    """
    removed = tuple(_pages(purpose))
    sheets = (path for path in _sheets(purpose.settings) if path not in removed)
    return Papers(removed, {p: n for p in sheets if (n := rows_to_change(p, purpose))})


def clear_papers(papers: Papers, purpose: Purpose) -> None:
    """Remove the pages, and the person's rows from the sheets.

    Raises
    ------
    ReportError
        If one cannot be removed or written.
    """
    analyst = purpose.settings.analyst
    try:
        for path in papers.removed:
            path.unlink(missing_ok=True)
        for path in papers.sheets:
            without_person(path, purpose)
        # What runs that were cut off have left; a batch makes it anew.
        for folder in [*analyst.glob(f"{_STAGING}*"), *analyst.glob(STAGED)]:
            shutil.rmtree(folder)
        _remove_empty(analyst)
    except OSError as error:
        raise ReportError(
            f"{error.filename}: cannot be removed or written ({error.strerror or error}), and "
            "shows the person; remove it, and run the same command again"
        ) from error


def shown_texts(traces: Traces) -> list[str]:
    """Return texts of which a page that shows the person's tasks holds one: ids, own titles."""
    titles = [{title, html.escape(title), json.dumps(title)[1:-1]} for title in traces.titles]
    return [*traces.task_ids, *(form for forms in titles for form in forms)]


def shows(path: Path, texts: list[str]) -> bool:
    """Tell whether a page or notebook holds one of some texts; another file does not."""
    if path.suffix not in _PAGES:
        return False
    page = path.read_text(encoding="utf-8", errors="replace")
    return any(text in page for text in texts)


def _pages(purpose: Purpose) -> Iterator[Path]:
    person, traces, analyst = purpose.person, purpose.traces, purpose.settings.analyst
    made = {*REPORT_NOTEBOOKS, *(path.stem for path in notebook_sources().glob("*.ipynb"))}
    names = spellings(purpose.settings.roster, person)
    needles = needles_of([*names, *person.pseudonyms])
    shown = shown_texts(traces)
    for path in files_under(analyst):
        place = path.relative_to(analyst).parts
        if place[0] == MY_FOLDER and len(place) > 1 and place[1] not in person.pseudonyms:
            continue
        is_page = path.suffix in _PAGES
        goes = place[0] in (MY_FOLDER, _FAILED)
        # Whatever its ending: page, notebook, PDF, tables.
        goes = goes or path.stem.removesuffix(_COPY) in made
        goes = goes or (is_page and holds(path, needles))
        if goes or (is_page and shows(path, shown)):
            yield path


def _sheets(settings: Settings) -> Iterator[Path]:
    elsewhere = [settings.raw, settings.processed, settings.reports]
    for path in files_under(settings.project, without=elsewhere):
        if path.suffix.lower() in SHEETS and path != settings.roster:
            yield path


def _remove_empty(folder: Path) -> None:
    for inside in sorted(folder.rglob("*"), reverse=True):
        if inside.is_dir() and not any(inside.iterdir()):
            inside.rmdir()
