"""Old reports leave the site; a page that a newer failure depends on stays."""

import json

import pytest

from taskmix.batch import init_workspace
from taskmix.batch.pruning import prune
from taskmix.errors import ReportError
from taskmix.settings import load_settings

NAME = "3_task_mix"


@pytest.fixture
def settings(tmp_path):
    return init_workspace(tmp_path / "atlas")


def put(settings, period, *, team="organisation", status="ok", page=True):
    folder = settings.reports / period / team
    folder.mkdir(parents=True, exist_ok=True)
    record = {"notebook": NAME, "period": period, "team": None if team == "organisation" else team,
              "html": f"{period}/{team}/{NAME}.html" if page else None, "status": status,
              "headline": f"All of {period}"}  # fmt: skip
    (folder / f"{NAME}.json").write_text(json.dumps(record), "utf-8")
    if page:
        (folder / f"{NAME}.html").write_text("a page", "utf-8")
        (folder / f"{NAME}.xlsx").write_bytes(b"tables")


def periods(settings):
    return sorted(p.name for p in settings.reports.iterdir() if p.is_dir())


def test_the_newest_periods_of_each_length_stay(settings):
    for period in ("2025-12", "2026-01", "2026-02", "2025-Q4", "2026-Q1", "2025"):
        put(settings, period)
    done = prune(settings, keep=2)
    assert done.removed == ("2025-12",)
    assert periods(settings) == ["2025", "2025-Q4", "2026-01", "2026-02", "2026-Q1"]
    index = (settings.reports / "index.html").read_text("utf-8")
    assert "All of 2026-02" in index
    assert "2025-12" not in index


def test_a_dry_run_removes_nothing(settings):
    for period in ("2026-01", "2026-02"):
        put(settings, period)
    done = prune(settings, keep=1, dry_run=True)
    assert (done.removed, done.dry_run) == (("2026-01",), True)
    assert periods(settings) == ["2026-01", "2026-02"]


def test_a_page_stays_while_the_newest_run_of_its_report_failed(settings):
    for period in ("2026-01", "2026-02"):
        put(settings, period)
        put(settings, period, team="team-red")
    put(settings, "2026-03")
    put(settings, "2026-03", team="team-red", status="failed", page=False)
    done = prune(settings, keep=1)
    assert done.removed == ()
    assert done.spared == (f"2026-01/team-red/{NAME}", f"2026-02/team-red/{NAME}")
    assert not (settings.reports / "2026-01" / "organisation").exists()
    assert (settings.reports / "2026-02" / "team-red" / f"{NAME}.html").is_file()
    # Once it succeeds, they go.
    put(settings, "2026-03", team="team-red")
    assert prune(settings, keep=1).removed == ("2026-01", "2026-02")
    assert periods(settings) == ["2026-03"]


def test_a_newer_record_that_cannot_be_read_spares_the_older_page(settings):
    put(settings, "2026-01")
    put(settings, "2026-02")
    (settings.reports / "2026-02" / "organisation" / f"{NAME}.json").write_text("{", "utf-8")
    assert prune(settings, keep=1).spared == (f"2026-01/organisation/{NAME}",)


def test_what_is_no_period_is_not_touched(settings):
    for period in ("2026-01", "2026-02"):
        put(settings, period)
    for name in ("assets", "notes of mine"):
        (settings.reports / name).mkdir()
    prune(settings, keep=1)
    assert periods(settings) == ["2026-02", "assets", "notes of mine"]


def test_somebody_has_to_say_how_many_stay(settings, monkeypatch):
    with pytest.raises(ReportError, match=r"Give --keep N, or set \[retention\] keep"):
        prune(settings)
    with pytest.raises(ReportError, match="--keep is 0; at least 1 period stays"):
        prune(settings, keep=0)
    for period in ("2026-01", "2026-02"):
        put(settings, period)
    monkeypatch.setenv("TASKMIX_RETENTION__KEEP", "1")
    assert prune(load_settings(settings.project)).removed == ("2026-01",)
