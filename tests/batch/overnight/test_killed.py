"""Killed anywhere, the same command completes what was begun and leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from taskmix.batch.overnight import Options, run_batch
from taskmix.batch.publishing import edition
from taskmix.errors import ReportError
from taskmix.report import team_folder
from tests.batch.overnight.conftest import MIX, SHIFT, TEAMS, write_notebook

pytestmark = pytest.mark.xdist_group("overnight")

TASKMIX = Path(sys.executable).parent / "taskmix"
WORDS = ("batch", "--period", "2026-Q3", "--json", "--workers", "2")


def start(settings):
    return subprocess.Popen(
        [TASKMIX, *WORDS, "--project", settings.project], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def wait_for(condition, *, what: str) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end, f"waited in vain for {what}"
        time.sleep(0.05)


def made(settings) -> set[str]:
    """The pages that wait to be published."""
    root = settings.analyst / ".batch" / "2026-Q3"
    marks = root.glob("*/*/fingerprint")
    return {path.parent.relative_to(root).as_posix() for path in marks}


def at_work(settings) -> list[psutil.Process]:
    """Processes that were started for this workspace, whoever their parent is now."""
    found = []
    for process in psutil.process_iter():
        try:
            files = [process.cwd(), *process.cmdline()]
            if any(str(settings.project) in text for text in files):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess):
            continue
    return found


def test_a_killed_batch_is_completed_and_leaves_nothing_running(unpublished):
    settings, go_on = unpublished, unpublished.project / "go-on"
    # One that waits is at work whenever the batch is killed.
    waiting = f"if team == 'red' and not os.path.exists({str(go_on)!r}): time.sleep(600)"
    for name in (MIX, SHIFT):
        write_notebook(settings, name, fault=waiting)
    batch = start(settings)
    wait_for(lambda: len(made(settings)) >= 3, what="three pages")
    wait_for(lambda: at_work(settings)[1:], what="processes of their own")
    before = made(settings)
    batch.send_signal(signal.SIGKILL)
    batch.communicate()
    wait_for(lambda: not at_work(settings), what="all processes to end")
    # Nobody saw any of it.
    assert not settings.reports.exists() or not list(settings.reports.glob("*/*/*.html"))
    assert made(settings) == before
    go_on.touch()
    done = start(settings)
    out, err = done.communicate(timeout=300)
    assert done.returncode == 0, err
    summary = json.loads(out.splitlines()[-1])
    assert (summary["planned"], summary["succeeded"]) == (8, 8)
    told = json.loads((settings.reports / "2026-Q3" / "manifest.json").read_text("utf-8"))
    kept = {f"{team_folder(p['team'])}/{p['notebook']}" for p in told["pages"] if "cpu_s" not in p}
    assert kept == before
    assert {p.parent.name for p in settings.reports.glob(f"2026-Q3/*/{MIX}.html")} == {
        team_folder(team) for team in (None, *TEAMS)
    }
    assert not (settings.analyst / ".batch").exists()
    assert not list(settings.reports.glob(".next*"))
    assert not at_work(settings)


def test_only_what_is_missing_is_made_after_an_end_before_publishing(unpublished, monkeypatch):
    settings, ran = unpublished, []

    def full_disk(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("taskmix.batch.overnight.run.publish", full_disk)
        with pytest.raises(ReportError, match=r"No space left on device.*goes on from there"):
            run_batch(settings, Options("2026-Q3"))
    assert len(made(settings)) == 8
    (settings.analyst / ".batch" / "2026-Q3" / "team-red" / MIX / "fingerprint").unlink()
    monkeypatch.setattr(
        "taskmix.batch.overnight.pages.make_pages", _noting(ran),
    )  # fmt: skip
    done = run_batch(settings, Options("2026-Q3"))
    assert (done.planned, done.succeeded) == (8, 8)
    assert ran == [("red", MIX)]
    assert not (settings.analyst / ".batch").exists()


def _noting(ran):
    from taskmix.batch.making import make_pages  # noqa: PLC0415

    def make(jobs, **options):
        ran.extend((job.values["team"], job.notebook.stem) for job in jobs)
        return make_pages(jobs, **options)

    return make


def test_an_end_between_the_pages_and_the_index_is_made_good(settings, monkeypatch):
    write_notebook(settings, MIX, headline="tm.report.headline('Edition two')")

    def killed(*_, **__):
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(edition, "write_index", killed)
        with pytest.raises(ReportError, match="Input/output error"):
            run_batch(settings, Options("2026-Q3"))
    (settings.reports / "index.html").unlink()
    done = run_batch(settings, Options("2026-Q3"))
    # The pages are out; what was missing is the index.
    assert (done.skipped, done.succeeded) == (8, 0)
    assert "Edition one" in (settings.reports / "index.html").read_text("utf-8")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no warmed process to be killed")
def test_a_killed_server_takes_its_children_along(settings):
    write_notebook(settings, MIX, fault="time.sleep(600)")
    batch = start(settings)
    wait_for(lambda: len(at_work(settings)) >= 3, what="children at work")
    server = next(p for p in psutil.Process(batch.pid).children() if "warm.server" in _words(p))
    children = server.children()
    assert children
    server.kill()
    wait_for(lambda: not any(_alive(child) for child in children), what="the children to end")
    batch.kill()
    batch.communicate()
    wait_for(lambda: not at_work(settings), what="all processes to end")


def _words(process: psutil.Process) -> str:
    return " ".join(process.cmdline())


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
