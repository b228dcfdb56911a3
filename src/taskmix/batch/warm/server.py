"""A process that has imported everything, and forks a child for each piece of work.

`taskmix.batch.warm.workers` starts it. It reads one JSON object a line on standard input, and
writes one a line on standard output when a child has ended: how, with what it cost. It imports,
and rehearses on a page about nothing; it must never use what cannot be forked, such as delta-rs or
a pool of threads. When its input ends, it ends all children and itself.
"""

import contextlib
import ctypes
import gc
import json
import os
import select
import signal
import sys
from dataclasses import dataclass, field
from typing import Any

from taskmix.batch.warm.child import run_child

_PR_SET_PDEATHSIG = 1


@dataclass
class _Server:
    """The children that run: process id → name of the work."""

    running: dict[int, str] = field(default_factory=dict)

    def serve(self) -> None:
        """Work until the input ends."""
        ended, wakeup = os.pipe()
        os.set_blocking(wakeup, False)
        os.set_blocking(ended, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wakeup, warn_on_full_buffer=False)
        unread = b""
        while True:
            ready, _, _ = select.select([0, ended], [], [])
            if ended in ready:
                os.read(ended, 4096)
                self.reap()
            if 0 in ready:
                chunk = os.read(0, 65536)
                if not chunk:
                    return
                *lines, unread = (unread + chunk).split(b"\n")
                for line in lines:
                    self.obey(json.loads(line))

    def obey(self, order: dict[str, Any]) -> None:
        """Start a child, or end one."""
        if "end" in order:
            for pid, name in self.running.items():
                if name == order["end"]:
                    _end(pid)
            return
        sys.stdout.flush()
        pid = os.fork()
        if pid == 0:
            _become_child()
            run_child(order)
        self.running[pid] = order["name"]

    def reap(self) -> None:
        """Tell of the children that have ended."""
        while self.running:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                return
            # What it left running is of no use to anybody.
            _end(pid)
            told = {
                "name": self.running.pop(pid),
                "exit": os.waitstatus_to_exitcode(status),
                "cpu_s": usage.ru_utime + usage.ru_stime,
                "peak_mb": usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2),
            }
            print(json.dumps(told), flush=True)


def _become_child() -> None:
    """Set a forked process apart from the server."""
    # A group of its own, so that what it starts can be ended with it.
    os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if sys.platform == "linux":
        # A server that is killed takes its children along.
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        # Where memory runs out, this one goes before who waits for it.
        with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
            score.write("500")


def _end(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Import, then fork whenever asked."""
    # Ctrl-C is for who gave the work; the end of the input tells.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from taskmix.batch.warm.imports import import_everything  # noqa: PLC0415

    import_everything()
    # What was imported stays shared: no collection of a child touches it.
    gc.collect()
    gc.freeze()
    print(json.dumps({"ready": os.getpid()}), flush=True)
    server = _Server()
    try:
        server.serve()
    finally:
        for pid in list(server.running):
            _end(pid)
