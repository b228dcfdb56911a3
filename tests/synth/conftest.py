from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from taskmix.synth import SynthSummary, truth_frame, write_logs

SMALL = {"people": 60, "months": 9, "seed": 3}


@dataclass(frozen=True)
class Written:
    folder: Path
    summary: SynthSummary
    tracker: pd.DataFrame
    toggl: pd.DataFrame
    truth: pd.DataFrame


def _read(folder: Path, pattern: str, encoding: str) -> pd.DataFrame:
    options = {"dtype": str, "keep_default_na": False, "encoding": encoding}
    files = sorted(folder.glob(pattern))
    return pd.concat([pd.read_csv(file, **options) for file in files], ignore_index=True)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("synth") / "raw"
    summary = write_logs(folder, **SMALL, truth_path=folder.parent / "truth.csv")
    return Written(
        folder,
        summary,
        tracker=_read(folder, "demo_tasks_*.csv", "utf-8"),
        toggl=_read(folder, "demo_toggl_*.csv", "utf-8-sig"),
        truth=truth_frame(**SMALL),
    )
