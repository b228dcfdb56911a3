"""From an executed notebook to what lies in a report: its page, its tables, its PDF."""

from dataclasses import replace

import nbformat

from taskmix.batch.publishing.staged import Staged
from taskmix.report import export_page, export_workbook, print_page

_ASSETS_FROM_PAGE = "../../assets/"
_HOME_FROM_PAGE = "../../index.html"


def dress(page: Staged, *, on_site: bool, alone: bool, browser: str = "") -> Staged:
    """Make the page of a notebook that was run, its tables as a workbook, and its PDF.

    Parameters
    ----------
    on_site : bool
        Whether the page may be published.
    alone : bool
        Make a single file, which has nothing beside it.
    browser : str
        The browser that prints the PDF; empty for none.

    Raises
    ------
    ReportError
        If the notebook is broken, or nothing can be printed.
    """
    notebook = nbformat.reads(page.executed.decode("utf-8"), as_version=4)
    name = page.notebook
    html = export_page(
        notebook,
        name=name,
        site=on_site and not alone,
        assets_url=_ASSETS_FROM_PAGE,
        # A page that is mailed has nothing beside it.
        home_url=_HOME_FROM_PAGE if on_site and not alone else "",
        tables_url="" if alone else f"{name}.xlsx",
        pdf_url=f"{name}.pdf" if browser and not alone else "",
        linked=not alone,
    )
    pdf = b""
    if browser:
        pdf = print_page(export_page(notebook, name=name, site=False), browser=browser)
    return replace(page, html=html, tables=export_workbook(notebook), pdf=pdf, for_site=on_site)
