"""Work is done in processes of their own, and how each ended is told."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from taskmix.batch.warm import workers as module
from taskmix.batch.warm.work import Work, WorkersError, can_fork, value_of
from taskmix.batch.warm.workers import Workers
from taskmix.errors import ReportError

pytestmark = pytest.mark.skipif(not can_fork(), reason="no process can be forked safely here")

TASKS = """
import os, subprocess, sys, time
from taskmix.errors import ReportError

STATE = []

def add(a, b):
    STATE.append(a)
    return {"sum": a + b, "seen": len(STATE), "cwd": os.getcwd(), "pid": os.getpid()}

def told(name):
    return os.environ.get(name)

def known():
    raise ReportError("that is known")

def fault():
    raise KeyError("that is none")

def leaves():
    print("some words", flush=True)
    os.write(2, b"and from below\\n")
    os._exit(0)

def starts():
    return subprocess.Popen(["sleep", "600"]).pid

def sleeps():
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def workers():
    made = Workers()
    yield made
    made.close()


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Make a piece of work of the tasks above."""
    (tmp_path / "worktasks.py").write_text(TASKS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def make(task, *, limit=60.0, **arguments):
        folder = tmp_path / f"{task}-{time.monotonic_ns()}"
        folder.mkdir()
        return Work(folder.name, f"worktasks:{task}", arguments, folder, limit)

    return make


@pytest.fixture(scope="module", autouse=True)
def _importable(tmp_path_factory):
    """The warmed process looks where it was told to when it was started."""
    folder = tmp_path_factory.mktemp("tasks")
    (folder / "worktasks.py").write_text(TASKS, "utf-8")
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(folder)
    yield
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before


def test_a_call_is_made_in_a_process_of_its_own(workers, work, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ended = [workers.submit(work("add", a=1, b=2)).result() for _ in range(2)]
    values = [value_of(one, of="add") for one in ended]
    # Each begins as the warmed process is, whatever one before it did.
    assert [(v["sum"], v["seen"]) for v in values] == [(3, 1), (3, 1)]
    assert len({os.getpid(), *(v["pid"] for v in values)}) == 3
    assert values[0]["cwd"] == str(tmp_path)
    assert ended[0].cpu_s > 0
    assert ended[0].peak_mb > 10


def test_it_has_the_environment_of_now_without_passwords(workers, work, monkeypatch):
    workers.submit(work("add", a=1, b=2)).result()
    monkeypatch.setenv("SAID_LATER", "yes")
    monkeypatch.setenv("TASKMIX_NOTIFY__SMTP_PASSWORD", "a secret")
    told = [
        workers.submit(work("told", name=name)).result().value
        for name in ("SAID_LATER", "TASKMIX_NOTIFY__SMTP_PASSWORD")
    ]
    assert told == ["yes", None]


def test_a_known_error_keeps_its_sentence_and_a_fault_its_traceback(workers, work):
    with pytest.raises(ReportError, match=r"^that is known$"):
        value_of(workers.submit(work("known")).result(), of="it")
    with pytest.raises(RuntimeError, match=r"it: Traceback[\s\S]*KeyError: 'that is none'"):
        value_of(workers.submit(work("fault")).result(), of="it")


def test_an_end_without_an_outcome_is_no_success_and_its_words_are_kept(workers, work):
    ended = workers.submit(work("leaves")).result()
    assert (ended.value, ended.died) == (None, True)
    assert ended.log == "some words\nand from below\n"
    with pytest.raises(ReportError, match="it: its process did not reach the end: it ended by"):
        value_of(ended, of="it")


def test_one_that_takes_too_long_is_ended(workers, work):
    ended = workers.submit(work("sleeps", limit=0.5)).result()
    assert "took longer than 0.5 s" in ended.error


def test_one_can_be_ended_while_others_go_on(workers, work):
    slow = work("sleeps")
    future = workers.submit(slow)
    quick = workers.submit(work("add", a=1, b=1))
    assert quick.result().value["sum"] == 2
    workers.end(slow.name)
    assert "was killed" in future.result().error


def test_what_it_started_ends_with_it(workers, work):
    pid = workers.submit(work("starts")).result().value
    end = time.monotonic() + 20
    while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_where_the_warmed_process_ends_it_is_told_and_started_anew(work):
    workers = Workers()
    future = workers.submit(work("sleeps"))
    workers._process.kill()
    with pytest.raises(WorkersError, match="the process that notebooks are forked from ended"):
        future.result(timeout=60)
    assert workers.submit(work("add", a=2, b=2)).result(timeout=120).value["sum"] == 4
    workers.close()


def test_one_that_cannot_start_says_why(work, monkeypatch):
    monkeypatch.setattr(module, "_SERVER", "raise SystemExit('no such library')")
    workers = Workers()
    with pytest.raises(WorkersError, match="no such library"):
        workers.submit(work("sleeps")).result(timeout=60)
    workers.close()


def test_closing_ends_all(work):
    workers = Workers()
    future = workers.submit(work("sleeps"))
    server = psutil.Process(workers._process.pid)
    while not server.children():
        time.sleep(0.05)
    children = server.children()
    workers.close()
    with pytest.raises(WorkersError, match="ended"):
        future.result(timeout=60)
    gone, alive = psutil.wait_procs(children, timeout=20)
    assert gone
    assert not alive


def test_the_rehearsal_starts_no_thread():
    # A thread would not be there in a forked process, and what it holds locked stays locked.
    counted = (
        "import os; from importlib import import_module as load\n"
        "from taskmix.batch.warm import imports\n"
        "for name in imports._MODULES: load(name)\n"
        "before = len(os.listdir('/proc/self/task'))\n"
        "imports.import_everything()\n"
        "print(before, len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", counted], capture_output=True, text=True, check=True
    )
    before, after = done.stdout.split()
    assert after == before
