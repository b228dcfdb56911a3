from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from taskmix.synth import SynthSummary, truth_frame, write_logs

SMALL = {"people": 60, "months": 9, "seed": 3}
#: Enough dirt for every kind in every tool.
DIRTY = {"people": 60, "months": 4, "seed": 5, "dirt": 0.02}


@dataclass(frozen=True)
class Written:
    folder: Path
    summary: SynthSummary
    tracker: pd.DataFrame
    toggl: pd.DataFrame
    clockify: pd.DataFrame
    jira: pd.DataFrame
    roster: pd.DataFrame
    truth: pd.DataFrame


def read_logs(folder: Path, pattern: str) -> pd.DataFrame:
    """Read files of one tool as text."""
    options = {"dtype": str, "keep_default_na": False, "encoding": "utf-8-sig"}
    files = sorted(folder.glob(pattern))
    return pd.concat([pd.read_csv(file, **options) for file in files], ignore_index=True)


def _write(folder: Path, options: dict) -> Written:
    summary = write_logs(
        folder / "raw",
        **options,
        truth_path=folder / "truth.csv",
        roster_path=folder / "people.csv",
    )
    raw = folder / "raw"
    return Written(
        raw,
        summary,
        tracker=read_logs(raw, "demo_tasks_*.csv"),
        toggl=read_logs(raw, "demo_toggl_*.csv"),
        clockify=read_logs(raw, "demo_clockify_*.csv"),
        jira=read_logs(raw, "demo_jira_*.csv"),
        roster=read_logs(folder, "people.csv"),
        truth=truth_frame(**options),
    )


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Logs without dirt, for what is true of every clean row."""
    return _write(tmp_path_factory.mktemp("synth"), {**SMALL, "dirt": 0})


@pytest.fixture(scope="session")
def demo_truth() -> pd.DataFrame:
    """The truth of the organisation that `taskmix demo` invents."""
    return truth_frame()


@pytest.fixture(scope="session")
def dirty_truth() -> pd.DataFrame:
    return truth_frame(**DIRTY)


@pytest.fixture(scope="session")
def dirty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dirty")
    write_logs(folder, **DIRTY)
    return folder
