"""``taskmix batch`` and ``taskmix prune``: exit status, lines, JSON."""

import json

import pytest

from taskmix.batch.overnight.locking import one_batch
from tests.batch.overnight.conftest import MIX, SHIFT, write_notebook
from tests.commands import run_here

pytestmark = pytest.mark.xdist_group("overnight")

PERIOD = ("--period", "2026-Q3")
KEYS = {"planned", "skipped", "succeeded", "failed", "seconds", "reports"}


def batch(settings, *words):
    return run_here("batch", *PERIOD, "--project", settings.project, *words)


def test_all_is_well(settings):
    done = batch(settings, "--json")
    assert done.code == 0
    assert done.json.keys() >= KEYS
    assert (done.json["planned"], done.json["skipped"]) == (8, 8)
    assert {r["status"] for r in done.json["reports"]} == {"skipped"}
    assert "2026-Q3: 8 reports planned: 8 up to date\nEdition one\n" in done.out
    assert len(done.err.splitlines()) == 8
    assert "skipped 3_task_mix for red, 2026-Q3" in done.err


def test_some_failed_and_which(settings):
    write_notebook(settings, SHIFT, fault="if team == 'red': raise ValueError('no more')")
    done = batch(settings, "--notebooks", SHIFT, "--json")
    assert done.code == 3
    assert (done.json["succeeded"], done.json["failed"]) == (3, 1)
    (failed,) = (r for r in done.json["reports"] if r["status"] == "failed")
    assert (failed["team"], failed["notebook"], failed["period"]) == ("red", SHIFT, "2026-Q3")
    assert "ValueError: no more" in failed["why"]
    assert "taskmix: 4_ai_shift for red, 2026-Q3: 4_ai_shift.ipynb: cell 5 failed" in done.err
    assert "2026-Q3: 4 reports planned: 3 made, 1 failed" in done.out


def test_a_log_of_objects(settings):
    (settings.reports / "2026-Q3" / "team-red" / f"{MIX}.html").unlink()
    done = batch(settings, "--notebooks", MIX, "--log", "json")
    assert done.code == 0
    lines = [json.loads(line) for line in done.err.splitlines()]
    assert [(line["team"], line["status"]) for line in lines] == [
        (None, "skipped"), ("blue", "skipped"), ("green", "skipped"), ("red", "succeeded"),
    ]  # fmt: skip
    assert lines[-1]["seconds"] > 0
    assert all({"at", "notebook", "period", "why"} <= line.keys() for line in lines)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--period", "2031-Q1"), "2031-Q1 holds no data"),
        (("--teams", "pink"), "team 'pink' is not in the log"),
        (("--notebooks", "1_intake"), "no notebook whose page may be published"),
        (("-p", "colour=red"), "unknown parameter 'colour'"),
        (("--require-complete", "1"), "people's working days"),
    ],
)
def test_what_could_not_start_is_one_line(settings, words, says):
    done = batch(settings, *words)
    assert done.code == 1
    assert says in done.err
    assert len(done.err.splitlines()) == 1


def test_another_batch_is_at_work(settings):
    with one_batch(settings):
        done = batch(settings)
    assert done.code == 1
    assert "a batch is at work here" in done.err


def test_a_message_that_does_not_get_through_fails_nothing(settings, monkeypatch):
    told = []

    def refused(settings, summary):
        told.append((settings.workspace.name, summary.skipped))
        return ["webhook: refused"]

    monkeypatch.setattr("taskmix.batch.notifying.notify", refused)
    done = batch(settings)
    assert done.code == 0
    assert told == [(settings.workspace.name, 8)]
    assert "taskmix: webhook: refused" in done.err


def test_old_reports_go_after_a_batch_where_the_settings_say_so(settings, monkeypatch):
    for period in ("2025-Q3", "2025-Q4"):
        (settings.reports / period / "organisation").mkdir(parents=True)
    monkeypatch.setenv("TASKMIX_RETENTION__KEEP", "2")
    assert batch(settings).code == 0
    assert sorted(p.name for p in settings.reports.glob("20*")) == ["2025-Q4", "2026-Q3"]


def test_prune_says_what_it_would_take_and_then_takes_it(settings):
    (settings.reports / "2025-Q3" / "organisation").mkdir(parents=True)
    words = ("prune", "--keep", "1", "--project", settings.project)
    tried = run_here(*words, "--dry-run")
    assert (tried.code, tried.out) == (0, "would be taken off the site: 2025-Q3\n")
    assert (settings.reports / "2025-Q3").is_dir()
    done = run_here(*words, "--json")
    assert done.json == {"removed": ["2025-Q3"], "spared": [], "dry_run": False}
    assert not (settings.reports / "2025-Q3").exists()
