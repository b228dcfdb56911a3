"""Fifty files, and whatever may happen meanwhile: the table is whole, a rerun ends alike."""

import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.ingest import ingest
from taskmix.settings import load_settings
from taskmix.store import open_log, read_table

# Processes come from one that has all imports done: each start of Python took two seconds more.
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["taskmix.ingest", "taskmix.settings"])
N_FILES, N_ROWS, N_REFUSED = 50, 40, 1


#: An undisturbed run: where, what it left, how long it took; made by the first test that asks.
_CALM: dict[str, Any] = {}
pytestmark = pytest.mark.xdist_group("disturbed")


@pytest.fixture
def fill(workspace, put, plain):
    def make(folder: str, *, n_files: int = N_FILES):
        settings = workspace(folder=folder)
        for number in range(n_files):
            day = f"2026-{1 + number % 12:02d}-{1 + number % 28:02d}"
            rows = [f"p{n},T{number}-{n},P,{day},,1,," for n in range(N_ROWS)]
            put(settings, f"f{number:02d}.csv", plain(*rows, f"p0,R{number},P,never,,1,,"))
        return settings

    return make


@pytest.fixture
def calm(fill, everything) -> SimpleNamespace:
    """What an undisturbed run leaves (`project`, `tables`), and the seconds it takes (`took`)."""
    if not _CALM:
        settings = fill("calm")
        begun, started = begin(settings), time.monotonic()
        assert end(begun) == N_FILES * N_ROWS
        _CALM["took"] = time.monotonic() - started
        _CALM["tables"] = everything(settings)
        _CALM["project"] = settings.project
    return SimpleNamespace(**_CALM)


@pytest.fixture
def ingested(calm, workspace):
    """Give a workspace of the test's own in which the undisturbed run has been."""
    settings = workspace(folder="work")
    shutil.copytree(calm.project, settings.project, dirs_exist_ok=True)
    return settings


@dataclass
class Begun:
    """An ingest in a process of its own."""

    process: BaseProcess
    said: Connection


def run_ingest(project: Path, said: Connection) -> None:
    settings = load_settings(project)
    said.send("begin")
    counts = ingest(settings).counts
    said.send(counts.accepted + counts.unchanged)


def begin(settings) -> Begun:
    said, say = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=run_ingest, args=(settings.project, say))
    process.start()
    # Only the other process holds it now: when that ends, nothing more can be said.
    say.close()
    assert said.recv() == "begin"
    return Begun(process, said)


def end(begun: Begun) -> int:
    assert begun.said.poll(120)
    counted = int(begun.said.recv())
    begun.process.join(60)
    assert begun.process.exitcode == 0
    return counted


def test_killed_at_ten_random_moments_a_rerun_ends_as_an_undisturbed_run(
    fill, take, everything, calm
):
    expected = calm.tables
    moments = random.Random(20261122)
    killed, settings = 0, fill("killed0")
    while killed < 10:
        begun = begin(settings)
        time.sleep(moments.uniform(0, calm.took))
        begun.process.kill()
        begun.process.join()
        killed += 1
        found = len(read_table(settings.processed, "tasks"))
        assert found in {0, N_FILES * N_ROWS}
        # What one kill leaves, the next run meets, and is killed too; the third goes on to its end.
        if found or killed in {3, 6, 10}:
            outcome = take(settings)
            assert outcome.counts.read == N_FILES * (N_ROWS + N_REFUSED)
            after = everything(settings)
            for name in ("tasks", "quarantine"):
                pd.testing.assert_frame_equal(after[name], expected[name], check_dtype=False)
            assert sorted(after["runs"]["content"]) == sorted(expected["runs"]["content"])
            settings = fill(f"killed{killed}")


def test_two_ingests_at_once_end_as_one(fill, everything, calm):
    both = fill("both")
    first, second = begin(both), begin(both)
    assert end(first) == end(second) == N_FILES * N_ROWS
    left, right = everything(both), calm.tables
    for name in ("tasks", "quarantine"):
        pd.testing.assert_frame_equal(left[name], right[name], check_dtype=False)
    assert len(left["runs"]) == N_FILES


def test_a_log_can_be_opened_at_any_time_while_an_ingest_runs(ingested, put, plain):
    settings, whole = ingested, N_FILES * N_ROWS
    put(settings, "more.csv", plain(*(f"q{n},M{n},P,2026-05-05,,1,," for n in range(500))))
    begun = begin(settings)
    seen = set()
    while begun.process.is_alive():
        seen.add(open_log(settings.processed).tasks.count("*").fetchall()[0][0])
    end(begun)
    seen.add(open_log(settings.processed).tasks.count("*").fetchall()[0][0])
    assert seen <= {whole, whole + 500}
    assert whole + 500 in seen


def test_a_folder_that_cannot_be_written_changes_nothing(fill, take, everything, tmp_path):
    n_files = 5
    settings = fill("work", n_files=n_files)
    take(settings, settings.raw / "f00.csv")
    before = everything(settings)
    if os.geteuid() == 0:
        # Root may write anywhere, but not to what is mounted for reading only.
        mount("--bind", settings.processed, settings.processed)
        mount("-o", "remount,ro,bind", settings.processed, settings.processed)
    else:
        settings.processed.chmod(0o500)
    try:
        with pytest.raises(TaskmixError, match=r"cannot be written"):
            ingest(settings)
        assert everything(settings)["tasks"].equals(before["tasks"])
        tried = ingest(settings, dry_run=True)
        assert tried.counts.accepted == (n_files - 1) * N_ROWS
    finally:
        if os.geteuid() == 0:
            subprocess.run(["umount", str(settings.processed)], check=True)
        else:
            settings.processed.chmod(0o700)
    assert take(settings).counts.accepted == (n_files - 1) * N_ROWS


def test_on_a_full_disk_the_old_table_stays_whole(fill, take, everything, tmp_path, plain, put):
    settings = fill("work", n_files=1)
    disk = settings.processed
    fingerprint = (disk / "key.fingerprint").read_text()
    mount("-t", "tmpfs", "-o", "size=400k", "tmpfs", disk)
    try:
        (disk / "key.fingerprint").write_text(fingerprint)
        take(settings, settings.raw / "f00.csv")
        before = everything(settings)
        lines = [f"p{n},{'long title ' * 9}{n * 7919},P,2026-05-05,,1,," for n in range(9000)]
        big = put(settings, "big.csv", plain(*lines))
        with pytest.raises(TaskmixError, match=r"cannot be written .*table is as it was. Check fr"):
            ingest(settings, [big])
        after = everything(settings)
        for name, frame in before.items():
            pd.testing.assert_frame_equal(after[name], frame)
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        assert take(settings, big).counts.accepted == len(lines)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def mount(*arguments: object) -> None:
    """Mount, or skip where this account may not."""
    done = subprocess.run(["mount", *map(str, arguments)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"mounting is not allowed here: {done.stderr.decode().strip()}")


def test_a_killed_process_was_an_ingest(ingested, take):
    begun = begin(ingested)
    begun.process.kill()
    begun.process.join()
    assert begun.process.exitcode == -signal.SIGKILL
    assert take(ingested).counts.unchanged == N_FILES * N_ROWS
