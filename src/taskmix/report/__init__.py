"""The report: blocks to write it with in a notebook, and the page that a leader reads.

A report notebook shows blocks and Plotly figures; :class:`TaskmixExporter` turns its executed
copy into one HTML page, in the notebook's order and with the code hidden. Cells tagged
``notebook-only`` stay out of the page; what cells tagged ``more`` show is folded away together,
where the last of them stands, until it is opened or printed.

A chart speaks to the page through its layout; every key is optional and a figure without any
is dressed too::

    figure.layout.meta = {"taskmix": {
        "title": str,          # the finding; plain text, the page's heading for the chart
        "subtitle": str,       # unit and base
        "takeaway": str,       # one sentence for who cannot see the chart
        "note": str,           # a remark below it, such as "2 small teams merged"
        "columns": [str],      # the table behind it, also offered as CSV
        "rows": [[cell]],      # text, numbers, None
        "csv": str,            # the CSV's file name
        "half": bool,          # may stand beside another half chart on a wide screen
        "narrow": dict,        # layout overrides below 600 px; dicts merge, lists replace
    }}

Set ``layout.height`` for a chart's height (360 by default). Use the light colours of
``taskmix.taxonomy.COLOURS`` (as ``#rrggbb``, ``#rrggbbaa`` or ``rgba(r, g, b, a)``): the page swaps
them for their dark twins. Leave out template, width, backgrounds and title. Labels are Plotly
pseudo-HTML, so names in them must be escaped by the chart; links in them are removed.
"""

from typing import TYPE_CHECKING, Any

from taskmix.report.assets import install_assets
from taskmix.report.beside import link_pages
from taskmix.report.blocks import Block, Tile, findings, freshness, headline, tiles
from taskmix.report.pdf import find_chromium, print_page
from taskmix.report.proof import read_result, result
from taskmix.report.site import team_folder, write_site_index
from taskmix.report.trust import confidence, glossary, method, privacy_note

if TYPE_CHECKING:
    from taskmix.report.exporter import TaskmixExporter, export_page
    from taskmix.report.workbook import export_workbook

__all__ = [
    "Block",
    "TaskmixExporter",
    "Tile",
    "confidence",
    "export_page",
    "export_workbook",
    "find_chromium",
    "findings",
    "freshness",
    "glossary",
    "headline",
    "install_assets",
    "link_pages",
    "method",
    "print_page",
    "privacy_note",
    "read_result",
    "result",
    "team_folder",
    "tiles",
    "write_site_index",
]


def __getattr__(name: str) -> Any:
    # nbconvert takes seconds to import, and a notebook that shows blocks has no need of it.
    if name in ("TaskmixExporter", "export_page"):
        from taskmix.report import exporter  # noqa: PLC0415

        return getattr(exporter, name)
    if name == "export_workbook":
        from taskmix.report.workbook import export_workbook  # noqa: PLC0415

        return export_workbook
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
