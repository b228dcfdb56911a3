"""Take the pictures of a report that README and docs show: desk, dark, phone and paper.

``make pictures`` runs it: on a new demo, which takes minutes, or on ``--workspace DIR``. Pictures
go to ``docs/pictures``; look at them beside the pages before they are committed.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from taskmix.batch import run_demo
from taskmix.report import find_chromium

#: Picture → page, width and height in pixels, scheme, and whether it is paper: the first sheet.
_PICTURES = {
    "desk": ("3_task_mix", 1180, 1120, "light", False),
    "dark": ("4_ai_shift", 1180, 1120, "dark", False),
    "phone": ("5_meaningful_work", 390, 1250, "light", False),
    "paper": ("3_task_mix", 794, 1060, "light", True),
}
#: What a sheet of paper keeps free around the page, as the print stylesheet has it.
_MARGINS = "body{padding:12mm 14mm}"


def take(browser: Browser, page_file: Path, picture: Path) -> None:
    """Take one picture of a page's beginning."""
    _, width, height, scheme, is_paper = _PICTURES[picture.stem]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, offline=True
    )
    page = context.new_page()
    page.goto(page_file.as_uri())
    drawn = page.locator("html[data-charts=drawn]")
    drawn.wait_for(state="attached")
    if is_paper:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        page.add_style_tag(content=_MARGINS)
        page.locator(".tm-plot:not([data-state])").first.wait_for(state="detached")
    page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": width, "height": height})
    context.close()
    print(f"{picture} ({picture.stat().st_size:,} bytes)")


def main() -> None:
    """Take all pictures of the newest report of all teams."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workspace", type=Path, help="a workspace with published reports")
    parser.add_argument("--to", type=Path, default=Path(__file__).with_name("pictures"))
    options = parser.parse_args()
    options.to.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        workspace = options.workspace
        if workspace is None:
            workspace = Path(scratch) / "demo"
            run_demo(workspace)
        folder = sorted((workspace / "reports").glob("*/organisation"))[-1]
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name, (notebook, *_) in _PICTURES.items():
            take(browser, (folder / f"{notebook}.html").resolve(), options.to / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
