"""The command line, run in the tests' own process or as it is installed."""

import contextlib
import io
import json
import os
import subprocess
import sys
import traceback
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from taskmix.cli import main

_TASKMIX = Path(sys.executable).parent / "taskmix"


@dataclass(frozen=True)
class Ran:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        """The object on the last line."""
        return json.loads(self.out.splitlines()[-1])


def run_here(*words: str | Path, cwd: Path | None = None) -> Ran:
    """Run a command in this process, which spares it its seconds of imports.

    What it prints, its exit status and its warnings are those of the installed command.
    """
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["taskmix", *map(str, words)]
    with (
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("default")
        try:
            main()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except Exception:  # noqa: BLE001 - as the interpreter does at its end
            traceback.print_exc()
            code = 1
        finally:
            sys.argv = before
    return Ran(code, out.getvalue(), err.getvalue())


def run_installed(*words: str | Path, cwd: Path | None = None) -> Ran:
    """Run the installed command, in a process of its own."""
    done = subprocess.run(
        [_TASKMIX, *map(str, words)], capture_output=True, text=True, cwd=cwd, check=False,
        env={**os.environ, "PYTHONWARNINGS": "default"},
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)
