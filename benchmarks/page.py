"""Bytes of a report's pages in each form, and the time to the first chart in Chromium.

Each form opens from ``file://``, offline, in a browser context that has cached nothing. Beside them
stands the same executed notebook as plain nbconvert makes it, code hidden, with plotly.js inlined
once and a figure in each output; ``ratio`` is to that page, measured in the same run and in turn.

Without ``--workspace`` a small demo is made first, which takes a minute or two. With ``--json`` one
JSON object last: ``rows`` with ``page``, ``form``, ``bytes``, ``beside_bytes`` (plotly.js of the
site, which all its pages share), ``first_chart_ms`` (median) and the two ratios.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import plotly.io
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import Browser, sync_playwright

from taskmix.batch import REPORT_NOTEBOOKS, run_demo
from taskmix.report import export_page, export_workbook, find_chromium, install_assets, print_page

PLOTLY = "application/vnd.plotly.v1+json"
#: Notes when the first chart has marks on the screen: two frames on, it has been painted.
FIRST_CHART = """new MutationObserver((_, watcher) => {
  if (window.firstChart || !document.querySelector(".main-svg .cartesianlayer path")) return;
  window.firstChart = true;
  watcher.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.dataset.firstChart = performance.now();
  }));
}).observe(document, {childList: true, subtree: true});"""


def plain_page(notebook: nbformat.NotebookNode) -> str:
    """Return the page as nbconvert alone makes it of figures that were shown as HTML."""
    copy = deepcopy(notebook)
    is_first = True
    for cell in copy.cells:
        for output in cell.get("outputs", ()):
            figure = output.get("data", {}).get(PLOTLY)
            if figure is not None:
                given = {key: figure[key] for key in ("data", "layout")}
                html = plotly.io.to_html(
                    given, full_html=False, include_plotlyjs=is_first, validate=False
                )
                output["data"] = {"text/html": html}
                is_first = False
    return HTMLExporter(exclude_input=True).from_notebook_node(copy)[0]


def written(folder: Path, name: str, notebook: nbformat.NotebookNode) -> dict[str, Path]:
    """Write all forms of a page; the site's lies where a publisher would put it."""
    site = folder / "2026-Q3" / "organisation"
    site.mkdir(parents=True, exist_ok=True)
    install_assets(folder / "assets")
    single = export_page(notebook, site=False, name=name)
    texts = {
        "site": export_page(notebook, site=True, name=name, assets_url="../../assets/"),
        "single file": single,
        "plain nbconvert": plain_page(notebook),
    }
    paths = {form: site / f"{name} {form}.html" for form in texts}
    for form, text in texts.items():
        paths[form].write_text(text, "utf-8")
    paths["PDF"] = site / f"{name}.pdf"
    paths["PDF"].write_bytes(print_page(single, browser=find_chromium()))
    paths["Excel"] = site / f"{name}.xlsx"
    paths["Excel"].write_bytes(export_workbook(notebook))
    return paths


def first_chart_ms(browser: Browser, path: Path) -> float:
    """Open a page once and return when its first chart was on the screen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.add_init_script(FIRST_CHART)
    page.goto(path.as_uri())
    page.locator("html[data-first-chart]").wait_for(state="attached")
    took = float(page.locator("html").get_attribute("data-first-chart") or "nan")
    context.close()
    return took


def measured(browser: Browser, paths: dict[str, Path], *, repeats: int) -> list[dict[str, Any]]:
    """Return a row a form; the forms are opened in turn, so that none has the machine's best."""
    took: dict[str, list[float]] = {form: [] for form in paths if form not in ("PDF", "Excel")}
    for _ in range(repeats):
        for form, times in took.items():
            times.append(first_chart_ms(browser, paths[form]))
    size = {form: path.stat().st_size for form, path in paths.items()}
    ms = {form: statistics.median(times) for form, times in took.items()}
    plain = "plain nbconvert"
    assets = paths["site"].parents[2] / "assets"
    return [
        {
            "form": form,
            "bytes": size[form],
            "beside_bytes": sum(path.stat().st_size for path in assets.iterdir())
            if form == "site"
            else 0,
            "bytes_ratio": size[form] / size[plain],
            "first_chart_ms": ms.get(form),
            "first_chart_ratio": ms[form] / ms[plain] if form in ms else None,
        }
        for form in paths
    ]


def show(rows: list[dict[str, Any]]) -> None:
    """Print the rows as a table."""
    print(f"{'page':18} {'form':16} {'bytes':>10} {'ratio':>6} {'first chart':>12} {'ratio':>6}")
    for row in rows:
        at = row["first_chart_ms"]
        drawn = f"{at:9,.0f} ms {row['first_chart_ratio']:6.2f}" if at is not None else ""
        print(
            f"{row['page']:18} {row['form']:16} {row['bytes']:10,} {row['bytes_ratio']:6.2f} "
            f"{drawn}".rstrip()
        )
    shared = max(row["beside_bytes"] for row in rows)
    print(f"plotly.js of the site, once for all its pages: {shared:,} bytes")


def main() -> None:
    """Measure the pages of a workspace's newest report of all teams."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workspace", type=Path, help="a workspace with published reports")
    parser.add_argument("--repeats", type=int, default=5, help="how often each page is opened")
    parser.add_argument("--json", action="store_true", help="print one JSON object last")
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        workspace = options.workspace
        if workspace is None:
            workspace = Path(scratch) / "demo"
            print("making a small demo …", file=sys.stderr)
            run_demo(workspace, people=60, months=9, seed=1)
        folder = sorted((workspace / "reports").glob("*/organisation"))[-1]
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name in REPORT_NOTEBOOKS:
            notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
            target = Path(scratch) / "pages" / name
            paths = written(target, name, notebook)
            found = measured(browser, paths, repeats=options.repeats)
            rows += [{"page": name, **row} for row in found]
            shutil.rmtree(target)
        browser.close()
    show(rows)
    if options.json:
        print(json.dumps({"rows": rows}))


if __name__ == "__main__":
    main()
