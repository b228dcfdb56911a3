"""A night's reports four ways, in one run and on the same teams.

(a) stock papermill and nbconvert, one notebook after the other; (b) the same on two processes;
(c) ``taskmix batch`` with two workers; (d) the floor: the notebooks' cells and the export in one
process that has imported everything, without isolation. (c) and (d) measure once what is the same
for all teams. An invented organisation is logged for it first, which takes some minutes.

Prints a line a way, and whether the pages of (c) are those of (a) but for times. With ``--json``
one JSON object last: ``serial_s``, ``two_processes_s``, ``batch_s``, ``batch_cpu_s``, ``floor_s``,
``floor_cpu_s``, ``peak_mb`` (of the largest report), ``parent_mb`` (of the batch's own process,
early and late), ``reports``, ``equal_pages``. ``--skip-serial`` leaves (a) and (b) out. With
``--flat N`` it runs N small notebooks instead, and tells the memory of whoever runs them
(``flat_mb``, early and late).
"""

import argparse
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import psutil
from nbformat import v4

from taskmix.batch import REPORT_NOTEBOOKS, init_workspace, sort_log
from taskmix.batch.making import Form, PageJob, make_page, make_pages
from taskmix.batch.releases import store_plan
from taskmix.batch.warm.imports import import_everything
from taskmix.ingest import ingest
from taskmix.measures import choose_scope
from taskmix.periods import format_period, latest_period
from taskmix.report import team_folder
from taskmix.settings import Settings, load_settings
from taskmix.store import open_log
from taskmix.synth import DEMO_MAPPING, write_logs

BIN = Path(sys.executable).parent
#: What differs between two runs: when a page was made, and the links to the pages beside it.
TIMES = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(?::\d\d)?Z?")
LINKS = re.compile(r"<nav\b.*?</nav>|<!--\s*pages.*?-->", re.S)


def organisation(folder: Path, *, people: int, months: int) -> Settings:
    settings = init_workspace(folder, name="Invented", sample=True, tables="\n" + DEMO_MAPPING)
    write_logs(settings.raw, people=people, months=months, seed=1, roster_path=settings.roster)
    divide_teams(settings.roster)
    ingest(settings)
    sort_log(settings)
    return load_settings(folder)


def divide_teams(roster: Path) -> None:
    """Make teams of about twenty people of the sixteen that are invented at most."""
    people = pd.read_csv(roster, dtype="str")
    first = people.drop_duplicates("person")
    place = first.groupby("team").cumcount() // 20
    part = people["person"].map(dict(zip(first["person"], place, strict=True)))
    people["team"] += " " + (part + 1).astype("str")
    people.to_csv(roster, index=False)


def teams_of(settings: Settings, n_teams: int) -> tuple[str, list[str]]:
    """Choose the last complete quarter, and some of the teams that its plan shows."""
    log = open_log(settings.processed)
    period = format_period(latest_period(log.last_date))
    plan = store_plan(log, choose_scope(log, period=period), settings)
    shown = sorted(team for at, team in plan.teams if at == period)
    return period, shown[:n_teams]


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Return the seconds by the clock, and of processors, that this and what it starts took."""

    def cpu() -> float:
        who = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return sum(u.ru_utime + u.ru_stime for u in who)

    begun, spent = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - begun, cpu() - spent


def stock(settings: Settings, out: Path, period: str, team: str, name: str) -> None:
    """Run a notebook as anybody would, and export it in the site's form."""
    folder = out / team_folder(team)
    folder.mkdir(parents=True, exist_ok=True)
    executed, notebooks = folder / f"{name}.ipynb", settings.project / "notebooks"
    given = ["-p", "period", period, "-p", "team", team]
    form = {"site": "True", "assets_url": "../../assets/", "home_url": "../../index.html",
            "tables_url": f"{name}.xlsx", "linked": "True"}  # fmt: skip
    flags = [f"--TaskmixExporter.{key}={value}" for key, value in form.items()]
    for words in (
        ["papermill", "--no-progress-bar", f"{name}.ipynb", executed, *given],
        ["jupyter-nbconvert", "--to", "taskmix", *flags, executed],
    ):
        done = subprocess.run(
            [BIN / words[0], *words[1:]], cwd=notebooks, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"{words}\n{done.stderr}")


def batch(settings: Settings, period: str, teams: Sequence[str], memory: list[float]) -> None:
    words = [word for team in teams for word in ("--teams", team)]
    process = subprocess.Popen(
        [BIN / "taskmix", "batch", "--period", period, *words, "--force", "--workers", "2",
         "--project", settings.project],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    watcher = threading.Thread(target=_watch, args=[process.pid, memory], daemon=True)
    watcher.start()
    _, said = process.communicate()
    if process.returncode:
        sys.exit(said)


def _watch(pid: int, memory: list[float]) -> None:
    try:
        process = psutil.Process(pid)
        while True:
            memory.append(process.memory_info().rss / 1e6)
            time.sleep(0.2)
    except psutil.Error:
        return


def floor(settings: Settings, out: Path, period: str, teams: Sequence[str]) -> None:
    shared = out / "shared"
    shared.mkdir(parents=True)
    for team in teams:
        for name in REPORT_NOTEBOOKS:
            folder = out / team_folder(team) / name
            folder.mkdir(parents=True)
            make_page(
                str(settings.project / "notebooks" / f"{name}.ipynb"),
                {"period": period, "team": team}, str(folder), {"on_site": True}, str(shared),
            )  # fmt: skip


def equal_pages(settings: Settings, out: Path, period: str, teams: Sequence[str]) -> int:
    """Count the pages of the batch that are stock papermill's but for times and links."""
    return sum(
        _told(out / team_folder(team) / f"{name}.html")
        == _told(settings.reports / period / team_folder(team) / f"{name}.html")
        for team in teams
        for name in REPORT_NOTEBOOKS
    )


def _told(path: Path) -> str:
    return LINKS.sub("", TIMES.sub("…", path.read_text("utf-8")))


def flat(folder: Path, n: int) -> dict[str, Any]:
    """Run N small notebooks; tell the memory of the processes that stay, early and late."""
    source = folder / "small.ipynb"
    cells = [
        "import taskmix as tm, numpy as np\nrows = np.ones(2_000_000)",
        "tm.report.headline('A small report')",
        "tm.report.result({'publishable': True, 'release': {'stored': True}})",
    ]
    nbformat.write(v4.new_notebook(cells=[v4.new_code_cell(text) for text in cells]), source)
    jobs = []
    for number in range(n):
        place = folder / f"{number}"
        place.mkdir()
        jobs.append(PageJob(source, {}, Form(on_site=True), place))
    own, sizes = psutil.Process(), []
    for job, made in make_pages(jobs, n_workers=2):
        if made.error is not None:
            sys.exit(str(made.error))
        shutil.rmtree(job.folder)
        (server,) = (c for c in own.children() if "warm.server" in " ".join(c.cmdline()))
        sizes.append([own.memory_info().rss / 1e6, server.memory_info().rss / 1e6])
    tenth = max(n // 10, 1)
    early, late = (np.max(part, axis=0) for part in (sizes[:tenth], sizes[-tenth:]))
    return {"reports": n, "flat_mb": {"early": early.tolist(), "late": late.tolist()}}


def measure(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    settings = organisation(folder / "work", people=options.people, months=options.months)
    period, teams = teams_of(settings, options.teams)
    if len(teams) < options.teams:
        sys.exit(f"only {len(teams)} teams are shown in {period}; give more --people")
    jobs = [(team, name) for team in teams for name in REPORT_NOTEBOOKS]
    found: dict[str, Any] = {"reports": len(jobs), "teams": len(teams)}
    out, memory = folder / "stock", list[float]()
    found["batch_s"], found["batch_cpu_s"] = timed(lambda: batch(settings, period, teams, memory))
    import_everything()
    found["floor_s"], found["floor_cpu_s"] = timed(
        lambda: floor(settings, folder / "floor", period, teams)
    )
    told = json.loads((settings.reports / period / "manifest.json").read_text("utf-8"))
    found["peak_mb"] = max(page["peak_mb"] for page in told["pages"])
    third = len(memory) // 3
    found["parent_mb"] = [max(memory[third : 2 * third]), max(memory[2 * third :])]
    if not options.skip_serial:
        found["serial_s"], _ = timed(lambda: [stock(settings, out, period, *job) for job in jobs])
        found["equal_pages"] = equal_pages(settings, out, period, teams)
        with ThreadPoolExecutor(2) as two:
            found["two_processes_s"], _ = timed(
                lambda: list(two.map(lambda job: stock(settings, out, period, *job), jobs))
            )
    return found


def tell_flat(found: dict[str, Any], *, json_too: bool) -> None:
    for when, (own, server) in found["flat_mb"].items():
        print(f"{when:<6} tenth of {found['reports']} reports: {own:.0f} MB who gives the work, "
              f"{server:.0f} MB the warmed process")  # fmt: skip
    if json_too:
        print(json.dumps(found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--teams", type=int, default=40)
    parser.add_argument("--people", type=int, default=1000, help="of the invented organisation")
    parser.add_argument("--months", type=int, default=6)
    parser.add_argument("--flat", type=int, metavar="N")
    parser.add_argument("--skip-serial", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.flat:
            tell_flat(flat(Path(folder), options.flat), json_too=options.json)
            return
        found = measure(Path(folder), options)
    lines = {
        "serial_s": "(a) stock, one after the other", "two_processes_s": "(b) stock, two at once",
        "batch_s": "(c) taskmix batch", "floor_s": "(d) the floor",
    }  # fmt: skip
    print(f"{found['reports']} reports of {found['teams']} teams")
    for key, what in lines.items():
        if key in found:
            print(f"{what:<32}{found[key]:>9.1f} s{found[key] / found['batch_s']:>8.2f} × (c)")
    ratio = found["batch_cpu_s"] / found["floor_cpu_s"]
    print(f"processor seconds: (c) {found['batch_cpu_s']:.1f}, (d) {found['floor_cpu_s']:.1f}, "
          f"{ratio:.2f} ×")  # fmt: skip
    early, late = found["parent_mb"]
    print(f"largest report {found['peak_mb']:.0f} MB; the batch's own process {early:.0f} MB in "
          f"the middle third, {late:.0f} MB in the last")  # fmt: skip
    if "equal_pages" in found:
        print(f"pages equal but for times: {found['equal_pages']} of {found['reports']}")
    if options.json:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
