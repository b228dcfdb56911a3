"""The nbconvert exporter that turns an executed notebook into a report page."""

from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from traitlets import Bool, Unicode, default

from taskmix.language import ENGLISH, speaking
from taskmix.report.outputs import find_failure, read_pieces
from taskmix.report.page import Form, report_page
from taskmix.report.proof import find_result, read_notebook


class TaskmixExporter(Exporter):
    """Export a notebook as a taskmix report: one HTML page, the code hidden.

    Registered as ``taskmix``, so that ``jupyter nbconvert --to taskmix`` and JupyterLab's export
    menu know it. By default the page is a single file with plotly.js inside, for mail.
    """

    export_from_notebook = "taskmix report (HTML)"
    output_mimetype = "text/html"

    site = Bool(False, help="Make a page of a site, which shares plotly.js with its neighbours.")
    site.tag(config=True)
    assets_url = Unicode("", help="Relative address of the site's assets folder.")
    assets_url.tag(config=True)
    home_url = Unicode("", help="Relative address of the site's index; empty for no link.")
    home_url.tag(config=True)
    tables_url = Unicode("", help="Relative address of the page's workbook; empty for no link.")
    tables_url.tag(config=True)
    pdf_url = Unicode("", help="Relative address of the page as PDF; empty for no link.")
    pdf_url.tag(config=True)
    linked = Bool(False, help="Leave room for links to the pages of the same report beside it.")
    linked.tag(config=True)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    def from_notebook_node(
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and nbconvert's resources.

        Parameters
        ----------
        nb : NotebookNode
            The executed notebook.
        resources : dict, optional
            nbconvert's resources; ``metadata.name`` names the notebook.
        **kw
            Handed on to nbconvert.

        Raises
        ------
        ReportError
            If a figure or an attachment in the notebook is broken.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        cells = notebook["cells"]
        form = Form(
            site=self.site,
            assets_url=self.assets_url,
            home_url=self.home_url,
            name=str((resources or {}).get("metadata", {}).get("name") or ""),
            tables_url=self.tables_url,
            pdf_url=self.pdf_url,
            linked=self.linked,
        )
        facts = find_result(cells)
        # The words around the blocks are in the language that the blocks are in.
        with speaking(str((facts or {}).get("locale") or ENGLISH)):
            page = report_page(read_pieces(cells), facts, find_failure(cells), form)
        return page, resources or {}


def export_page(
    notebook: Any,
    *,
    site: bool,
    assets_url: str = "",
    home_url: str = "",
    name: str = "",
    tables_url: str = "",
    pdf_url: str = "",
    linked: bool = False,
) -> str:
    """Return an executed notebook as a report page.

    Parameters
    ----------
    notebook : path or NotebookNode
        The executed notebook.
    site : bool
        True for a page that shares plotly.js with a site, False for a single file.
    assets_url : str
        Relative address of the site's assets folder, such as ``"../../assets/"``.
    home_url : str
        Relative address of the site's index; empty for no link.
    name : str
        The notebook's file name without its ending, for the link to it; taken from a path.
    tables_url, pdf_url : str
        Relative addresses of the page's tables as a workbook, and of the page as PDF; empty for
        no link.
    linked : bool
        Leave room for links to the pages beside it, which `link_pages` fills in.

    Returns
    -------
    str
        The HTML.

    Raises
    ------
    ReportError
        If the notebook cannot be read, or a figure in it is broken.
    """
    if isinstance(notebook, str | Path):
        name = name or Path(notebook).stem
    exporter = TaskmixExporter(
        site=site, assets_url=assets_url, home_url=home_url, tables_url=tables_url,
        pdf_url=pdf_url, linked=linked,
    )  # fmt: skip
    page, _ = exporter.from_notebook_node(
        read_notebook(notebook), resources={"metadata": {"name": name}}
    )
    return str(page)
