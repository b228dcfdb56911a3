"""The site's index over years of reports: its bytes, and the time to write and to search it.

Records and pages are invented; the pages are empty, as the index reads records alone.
"""

import argparse
import gzip
import json
import shutil
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from taskmix.periods import history, parse_period
from taskmix.report import team_folder, write_site_index

NOTEBOOKS = ("3_task_mix", "4_ai_shift", "5_meaningful_work")
HEADLINE = "Execution takes about 41% of {} hours in {}; judgment comes next with 29%."
#: Fills the box, asks for the layout that follows, and tells how long both took.
SEARCH = """() => {
  const box = document.getElementById("tm-words"), start = performance.now();
  box.value = "team 17 2026";
  box.dispatchEvent(new Event("input"));
  document.body.offsetHeight;
  return performance.now() - start;
}"""
LOADED = "() => performance.getEntriesByType('navigation')[0].domInteractive"


def write_records(root: Path, *, teams: int, months: int) -> None:
    names = history(parse_period("2026-09"), count=months + 8)
    for n, period in enumerate(names[8:], start=8):
        shares = dict.fromkeys(names[n - 7 : n + 1], 0.41) | {names[n - 7]: 0.5}
        for team in [None, *(f"team {n}" for n in range(teams))]:
            folder = root / period / team_folder(team)
            folder.mkdir(parents=True)
            for name in NOTEBOOKS:
                (folder / f"{name}.html").touch()
                record = {
                    "notebook": name, "period": period, "team": team, "status": "ok",
                    "html": f"{period}/{folder.name}/{name}.html", "n_people": 40,
                    "headline": HEADLINE.format("people’s" if team is None else team, period),
                    "made_at": "2026-10-02 04:10", "data_through": "2026-09-30",
                    "table_version": n, "audited": True, "execution_share": 0.41,
                    "execution_over_time": shares, "execution_compared": "audit",
                }  # fmt: skip
                (folder / f"{name}.json").write_text(json.dumps(record), "utf-8")


def in_browser(index: Path) -> dict[str, float]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_context(offline=True).new_page()
        page.goto(index.as_uri())
        figures = {"ms_until_usable": page.evaluate(LOADED), "ms_search": page.evaluate(SEARCH)}
        browser.close()
    return figures


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--teams", type=int, default=40)
    words.add_argument("--months", type=int, default=36)
    words.add_argument("--json", action="store_true")
    asked = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_records(root, teams=asked.teams, months=asked.months)
        start = time.perf_counter()
        index = write_site_index(root, organisation="Atlas", made_at="2026-10-02 04:10")
        seconds = time.perf_counter() - start
        content = index.read_bytes()
        n_reports = (asked.teams + 1) * asked.months
        figures = {
            "reports": n_reports,
            "pages": n_reports * len(NOTEBOOKS),
            "bytes": len(content),
            "bytes_a_report": round(len(content) / n_reports),
            "bytes_gzipped": len(gzip.compress(content)),
            "s_to_write": round(seconds, 2),
            **{name: round(value) for name, value in in_browser(index).items()},
        }
    if asked.json:
        print(json.dumps(figures))
    else:
        print("\n".join(f"{name:>16} {value:>12,}" for name, value in figures.items()))


if __name__ == "__main__":
    main()
