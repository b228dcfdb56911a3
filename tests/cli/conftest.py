"""One small invented organisation, made once by the command line itself."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import Ran, run_here, run_installed


@pytest.fixture(scope="session")
def taskmix() -> Callable[..., Ran]:
    """Run the command line in this process."""
    return run_here


@pytest.fixture(scope="session")
def installed() -> Callable[..., Ran]:
    """Run the installed command, in a process of its own."""
    return run_installed


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
