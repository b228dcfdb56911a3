"""One small invented organisation, made once by the command line itself."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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


@pytest.fixture(scope="session")
def taskmix() -> Callable[..., Ran]:
    """Run the command line in this process, which spares each command its seconds of imports.

    What it prints, its exit status and its warnings are those of the installed command; that
    one is `installed`.
    """

    def run(*words: str | Path, cwd: Path | None = None) -> Ran:
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

    return run


@pytest.fixture(scope="session")
def installed() -> Callable[..., Ran]:
    """Run the installed command, in a process of its own."""

    def run(*words: str | Path, cwd: Path | None = None) -> Ran:
        done = subprocess.run(
            [_TASKMIX, *map(str, words)], capture_output=True, text=True, cwd=cwd, check=False,
            env={**os.environ, "PYTHONWARNINGS": "default"},
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def demo(installed, tmp_path_factory) -> Path:
    """A demo workspace; tests leave its log as it is."""
    folder = tmp_path_factory.mktemp("demo") / "atlas labs {ö}"
    made = installed("demo", folder, "--people", "60", "--months", "9", "--seed", "1")
    assert made.code == 0, made.err
    assert made.out.splitlines()[-1] == str(folder / "reports" / "index.html")
    # All pages of the organisation, one of each team.
    assert len(list((folder / "reports").glob("*/organisation/*.html"))) == 3
    assert {len(list(team.glob("*.html"))) for team in (folder / "reports").glob("*/team-*")} == {1}
    return folder


@pytest.fixture
def own_copy(demo, tmp_path) -> Path:
    """A copy of the demo workspace that a test may change."""
    return shutil.copytree(demo, tmp_path / "copy")


@pytest.fixture(scope="session")
def german(taskmix, demo, tmp_path_factory) -> Path:
    """A copy of the demo workspace in German, its report made anew."""
    folder = shutil.copytree(demo, tmp_path_factory.mktemp("german") / "atlas")
    settings = folder / "taskmix.toml"
    text = settings.read_text("utf-8")
    assert text.count('locale = "en"') == 1
    settings.write_text(text.replace('locale = "en"', 'locale = "de"'), "utf-8")
    made = taskmix("report", "--period", "2026-Q3", "--project", folder)
    assert made.code == 0, made.err
    return folder
