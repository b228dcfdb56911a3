"""Give work to processes forked from a warmed one, and wait for how each ended."""

import atexit
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future
from pathlib import Path
from typing import IO, Any

from taskmix.batch.warm.child import LOG, OUTCOME
from taskmix.batch.warm.work import Ended, Work, WorkersError, how_it_ended

# jsonschema, which everything imports, would have 38 grammars compiled that nothing here uses.
_SERVER = """
import sys
sys.modules.setdefault("rfc3987_syntax", None)
from taskmix.batch.warm.server import main
main()
"""


class Workers:
    """A warmed process, started when first needed, and the work that runs in its children."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._waiting: dict[str, tuple[Work, Future[Ended], threading.Timer, float]] = {}
        self._late: set[str] = set()
        self._listener: threading.Thread | None = None

    def start(self) -> None:
        """Start the process that imports, without waiting until it has."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return
            # No pipe: nobody reads it while all is well, and a full one would stop the server.
            errors = tempfile.TemporaryFile()  # noqa: SIM115 - `_listen` closes it
            self._process = subprocess.Popen(
                # -P: a file in the working folder must not stand in for a library.
                [sys.executable, "-P", "-c", _SERVER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=_environment(),
                # Ctrl-C reaches who waits; it ends the server by closing its input.
                start_new_session=True,
            )
            self._listener = threading.Thread(
                target=self._listen, args=[self._process, errors], daemon=True
            )
            self._listener.start()

    def submit(self, work: Work) -> "Future[Ended]":
        """Run a piece of work as soon as the process is warm.

        Returns
        -------
        concurrent.futures.Future of Ended
            It raises `WorkersError` where the warmed process itself ended.
        """
        self.start()
        future: Future[Ended] = Future()
        order = {
            "name": work.name,
            "task": work.task,
            "arguments": work.arguments,
            "folder": str(work.folder.resolve()),
            "cwd": str(Path.cwd()),
            "environment": _environment(),
        }  # fmt: skip
        timer = threading.Timer(work.limit, self._end_late, args=[work.name])
        timer.daemon = True
        with self._lock:
            self._waiting[work.name] = (work, future, timer, time.monotonic())
        timer.start()
        self._tell(order)
        return future

    def end(self, name: str) -> None:
        """End a piece of work; its future tells of a process that was killed."""
        self._tell({"end": name})

    def close(self) -> None:
        """End the warmed process and all that runs in its children."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
        if self._listener is not None:
            self._listener.join(timeout=10)

    def _tell(self, order: dict[str, Any]) -> None:
        with self._lock:
            process = self._process
            try:
                process.stdin.write(json.dumps(order) + "\n")  # type: ignore[union-attr]
                process.stdin.flush()  # type: ignore[union-attr]
            except (OSError, ValueError, AttributeError):
                # `_listen` tells everybody who waits.
                return

    def _listen(self, process: "subprocess.Popen[str]", errors: IO[bytes]) -> None:
        with process:
            for line in process.stdout:  # type: ignore[union-attr]
                told = json.loads(line)
                if "name" in told:
                    self._settle(told)
        with errors:
            errors.seek(0)
            said = errors.read().decode("utf-8", errors="replace")
        with self._lock:
            left, self._waiting = list(self._waiting.values()), {}
        how = how_it_ended(process.returncode)
        why = f"the process that notebooks are forked from ended ({how}); {said.strip()[-2000:]}"
        for work, future, timer, _ in left:
            timer.cancel()
            future.set_exception(WorkersError(f"{work.name}: {why}"))

    def _settle(self, told: dict[str, Any]) -> None:
        with self._lock:
            work, future, timer, given = self._waiting.pop(told["name"])
            late = told["name"] in self._late
            self._late.discard(told["name"])
        timer.cancel()
        outcome, log = _read(work.folder)
        died = outcome is None
        if outcome is None:
            how = f"it took longer than {work.limit:g} s" if late else how_it_ended(told["exit"])
            outcome = {"error": f"its process did not reach the end: {how}", "kind": "Died"}
        future.set_result(
            Ended(
                value=outcome.get("value"),
                error=outcome.get("error", ""),
                known=bool(outcome.get("kind", "known")),
                died=died,
                seconds=time.monotonic() - given,
                cpu_s=told["cpu_s"],
                peak_mb=told["peak_mb"],
                log=log,
            )
        )

    def _end_late(self, name: str) -> None:
        with self._lock:
            if name not in self._waiting:
                return
            self._late.add(name)
        self.end(name)


def _read(folder: Path) -> tuple[dict[str, Any] | None, str]:
    path, log = folder / OUTCOME, folder / LOG
    outcome = json.loads(path.read_text("utf-8")) if path.is_file() else None
    return outcome, log.read_text("utf-8", errors="replace") if log.is_file() else ""


def _environment() -> dict[str, str]:
    """Return the environment for notebooks: one thread for numerics, no passwords of messages."""
    own = {
        name: value for name, value in os.environ.items()
        if not name.upper().startswith("TASKMIX_NOTIFY__")
    }  # fmt: skip
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return {**own, **threads, "PLOTLY_RENDERER": "plotly_mimetype"}


_SHARED = Workers()
atexit.register(_SHARED.close)


def shared_workers() -> Workers:
    """Return the workers of this process, which stay warm from one report to the next."""
    return _SHARED
