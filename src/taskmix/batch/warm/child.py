"""What a forked child does: one call, whose outcome it leaves in a file."""

import faulthandler
import json
import os
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from taskmix.errors import TaskmixError

OUTCOME, LOG = "outcome.json", "log.txt"


def run_child(order: dict[str, Any]) -> NoReturn:
    """Do the work of an order and end this process.

    Parameters
    ----------
    order : dict
        ``task`` (``module:function``), ``arguments`` (its keywords), ``folder`` (for the outcome
        and the log), ``environment``, ``cwd``.
    """
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        folder = Path(order["folder"])
        _log_into(folder / LOG)
        os.environ.clear()
        os.environ.update(order["environment"])
        os.chdir(order["cwd"])
        leave_outcome(folder, outcome_of(order["task"], order["arguments"]))
        code = 0
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        # Nothing that a notebook left, a thread or a handler at exit, may keep or change the end.
        os._exit(code)


def outcome_of(task: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Call ``module:function``; what it returns, or the error it raised, as plain values."""
    module, _, function = task.partition(":")
    try:
        return {"value": getattr(import_module(module), function)(**arguments)}
    except TaskmixError as error:
        return {"error": str(error), "kind": type(error).__name__}
    except Exception:  # noqa: BLE001 - told in full by who waits for the outcome
        return {"error": traceback.format_exc(), "kind": ""}


def leave_outcome(folder: Path, outcome: dict[str, Any]) -> None:
    """Write the outcome in one step: half a file would pass for a whole one."""
    draft = folder / f".{OUTCOME}"
    draft.write_text(json.dumps(outcome), "utf-8")
    draft.replace(folder / OUTCOME)


def _log_into(path: Path) -> None:
    """Send what is printed, by libraries in C too, to a file; read nothing."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    faulthandler.enable(file=2)
