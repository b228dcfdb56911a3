"""A small workspace in good health, made once; a test plants its own fault in a copy."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.ingest import ingest
from taskmix.settings import Settings, load_settings

MAPPING = '[mapping.log]\nfiles = ["*.csv"]\n[mapping.log.columns]\n' + "\n".join(
    f'{name} = "{name}"' for name in ("person", "team", "title", "hours", "tag", "started_at")
)
#: What no check may ever say.
PERSON, TITLE = "Ana Ruiz", "Fire the contractor"


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Settings:
    settings = init_workspace(tmp_path_factory.mktemp("doctor") / "atlas {ö}", tables=MAPPING)
    rows = ["person,team,title,hours,tag,started_at"]
    rows += [f"{PERSON},red,{TITLE} {n},1,judgment,2026-07-0{1 + n}" for n in range(6)]
    (settings.raw / "log.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    ingest(settings)
    sort_log(settings)
    return settings


@pytest.fixture
def settings(made, tmp_path) -> Settings:
    """A copy of the workspace that a test may harm."""
    return load_settings(shutil.copytree(made.project, tmp_path / "copy"))


@pytest.fixture
def publish() -> Callable[..., Path]:
    """Put a page with its record on the site, and the index."""

    def write(settings: Settings, group: str = "organisation", **facts: object) -> Path:
        stem = settings.reports / "2026-Q3" / group / "3_task_mix"
        stem.parent.mkdir(parents=True, exist_ok=True)
        stem.with_suffix(".html").write_text("page")
        record = {"status": "ok", "headline": TITLE, "html": f"2026-Q3/{group}/3_task_mix.html"}
        stem.with_suffix(".json").write_text(json.dumps({**record, **facts}))
        (settings.reports / "index.html").write_text("index")
        return stem

    return write
