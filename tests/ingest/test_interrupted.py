"""A process killed in the middle of an ingest leaves nothing half done."""

import os
import signal
import subprocess
import sys
import time

import pandas as pd
import pytest

from taskmix.store import open_table

PROGRAM = """
import sys, time
from taskmix.ingest import ingest
from taskmix.settings import load_settings
stop = sys.argv[2]
import taskmix.ingest.run as run
def pause(step):
    real = getattr(run, step)
    def wait(*args, **kwargs):
        print("here", flush=True)
        time.sleep(60)
    setattr(run, step, wait)
def progress(name, number, of):
    if stop == "reading" and number == 2:
        print("here", flush=True)
        time.sleep(60)
if stop != "reading":
    pause(stop)
ingest(load_settings(sys.argv[1]), progress=progress)
"""


@pytest.mark.parametrize("stop", ["reading", "merge_rows", "replace_table", "add_to_ledger"])
def test_a_killed_ingest_done_again_ends_like_an_undisturbed_one(
    stop, workspace, put, plain, toggl, take, everything
):
    disturbed, calm = workspace(), workspace(folder="calm")
    for settings in (disturbed, calm):
        put(settings, "a.csv", plain("ana,A,P,2026-07-01,,1,,", "ana,B,P,never,,1,,"))
        for name, title in (("t1.csv", "Old"), ("t2.csv", "New")):
            put(settings, name, toggl(
                ("cy", title, "2026-07-01", "09:00:00", "10:00:00", "1:00:00"),
                ("cy", "Same", "2026-07-02", "09:00:00", "10:00:00", "1:00:00"),
            ))  # fmt: skip
    take(calm)
    command = [sys.executable, "-c", PROGRAM, str(disturbed.project), stop]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    started = time.monotonic()
    outcome = take(disturbed)
    assert time.monotonic() - started < 20  # the lock died with its process
    assert outcome.counts.read == 6
    left, right = everything(disturbed), everything(calm)
    for name in ("tasks", "quarantine"):
        pd.testing.assert_frame_equal(left[name], right[name])
    assert left["runs"]["content"].tolist() == right["runs"]["content"].tolist()
    table = open_table(disturbed.processed, "tasks")
    assert table is not None
    assert table.version() == 0
