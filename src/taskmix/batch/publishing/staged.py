"""A notebook that was run, with its page, and how its files are written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taskmix.report import link_pages
from taskmix.report.assets import write_atomically

#: The notebooks whose pages may be published, in the order in which a report shows them.
REPORT_NOTEBOOKS = ("3_task_mix", "4_ai_shift", "5_meaningful_work")


@dataclass(frozen=True)
class Staged:
    """A notebook that was run, and its page, tables and PDF, not yet placed.

    `for_site` tells the form that the page has: one of the site, or the analyst's. `making` is
    what the manifest says of it: parameters, fingerprint, what it cost.
    """

    notebook: str
    executed: bytes
    facts: dict[str, Any]
    html: str = ""
    tables: bytes = b""
    pdf: bytes = b""
    for_site: bool = False
    making: Mapping[str, Any] = field(default_factory=dict)


def write_page(stem: Path, page: Staged) -> None:
    """Write notebook, tables, PDF and page; each file appears whole, and none is written into."""
    write_atomically(stem.with_suffix(".ipynb"), page.executed)
    write_atomically(stem.with_suffix(".xlsx"), page.tables)
    if page.pdf:
        write_atomically(stem.with_suffix(".pdf"), page.pdf)
    else:
        # That of the page before would pass for this one's.
        stem.with_suffix(".pdf").unlink(missing_ok=True)
    write_atomically(stem.with_suffix(".html"), page.html.encode("utf-8"))


def remove_page(stem: Path) -> None:
    """Remove a page's files, its record first: the index never lists a page that is not there."""
    for ending in (".json", ".html", ".ipynb", ".xlsx", ".pdf"):
        stem.with_suffix(ending).unlink(missing_ok=True)


def link_neighbours(folder: Path) -> None:
    """Let the pages of a folder link to one another, those that lay there before too."""
    beside = [name for name in REPORT_NOTEBOOKS if (folder / f"{name}.html").is_file()]
    for name in beside:
        path = folder / f"{name}.html"
        page = path.read_text("utf-8")
        linked = link_pages(page, notebook=name, beside=beside)
        if linked != page:
            write_atomically(path, linked.encode("utf-8"))
