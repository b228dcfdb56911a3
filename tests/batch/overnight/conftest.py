"""A small organisation, and notebooks that do little and can be told to fail."""

import shutil
from collections.abc import Callable

import nbformat
import pytest
from nbformat import v4

from taskmix.batch import init_workspace, sort_log
from taskmix.batch.overnight import Options, run_batch
from taskmix.ingest import ingest
from taskmix.settings import load_settings

MIX, SHIFT = "3_task_mix", "4_ai_shift"
TEAMS = ("blue", "green", "red")
MAPPING = '[mapping.log]\nfiles = ["*.csv"]\n[mapping.log.columns]\n' + "\n".join(
    f'{name} = "{name}"' for name in ("person", "team", "title", "hours", "tag", "started_at")
)
KINDS = ("execution", "judgment", "creative", "connective")
PARAMETERS = 'project: str = "."\nperiod: str = "latest"\nteam: str = ""\ntable_version: int = -1'
BEGIN = """import os, sys, time
import taskmix as tm
from taskmix.report import facts
settings = tm.load_settings(project)
log = tm.open_log(settings.processed, version=table_version)
scope = tm.choose_scope(log, period=period, team=team)
plan = tm.plan_for(log, scope, settings)"""
HEADLINE = "tm.report.headline(f\"Edition one of {team or 'all'}\")"
END = """tm.report.result(facts.page_result(
    settings, log, notebook=NAME, scope=scope, plan=plan, n_people=12, headline="Edition one",
    stale=[], figures={}))"""


def write_notebook(settings, name: str, *, fault: str = "", headline: str = HEADLINE) -> None:
    """Write a notebook whose `fault` runs before its page is complete."""
    sources = [PARAMETERS, BEGIN, headline, fault or "pass", END.replace("NAME", repr(name))]
    cells = [v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    about = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    folder = settings.project / "notebooks"
    nbformat.write(v4.new_notebook(cells=cells, metadata=about), folder / f"{name}.ipynb")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """Three teams of twelve people, who log each kind of work in 2026-Q2 and 2026-Q3."""
    settings = init_workspace(tmp_path_factory.mktemp("overnight") / "atlas {ö}", tables=MAPPING)
    rows = ["person,team,title,hours,tag,started_at"]
    for month in (4, 5, 6, 7, 8, 9):
        for place, team in enumerate(TEAMS):
            for n in range(12):
                kind = KINDS[(n + month) % 4]
                for day in (3, 10, 17, 24, 28):
                    rows.append(
                        f"{team}{n},{team},Some {kind} work {n},{1 + n % 3 + place},{kind},"
                        f"2026-0{month}-{day:02}"
                    )
    (settings.raw / "log.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert ingest(settings).counts.accepted == len(rows) - 1
    sort_log(settings)
    for name in ("1_intake", "2_sorting", MIX, SHIFT, "5_meaningful_work", "my", "tagging"):
        (settings.project / "notebooks" / f"{name}.ipynb").unlink()
    for name in (MIX, SHIFT):
        write_notebook(settings, name)
    return settings


@pytest.fixture(scope="session")
def published(small, tmp_path_factory):
    """The same after a batch of all."""
    folder = tmp_path_factory.mktemp("published") / "atlas {ö}"
    settings = load_settings(shutil.copytree(small.project, folder))
    assert run_batch(settings, Options("2026-Q3")).succeeded == 8
    return settings


@pytest.fixture
def settings(published, tmp_path):
    """A copy of the published workspace that a test may change."""
    return load_settings(shutil.copytree(published.project, tmp_path / "copy"))


@pytest.fixture
def unpublished(small, tmp_path):
    """A copy of the workspace before any batch."""
    return load_settings(shutil.copytree(small.project, tmp_path / "copy"))


@pytest.fixture
def batch(settings) -> Callable:
    """Run a batch of 2026-Q3."""

    def run(**options):
        return run_batch(settings, Options("2026-Q3", **options))

    return run


@pytest.fixture
def site(settings):
    """Read what lies on the site: page → its text."""

    def read() -> dict[str, str]:
        root = settings.reports
        return {
            path.relative_to(root).as_posix(): path.read_text("utf-8")
            for path in sorted(root.rglob("*.html"))
        }

    return read
