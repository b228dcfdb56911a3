"""A batch makes what is due and publishes it at once; what fails does so alone."""

import json
import re
from textwrap import indent

import pytest

from taskmix.batch.overnight import Options, Watching, run_batch
from taskmix.batch.overnight.gate import IncompleteError
from taskmix.batch.overnight.locking import BatchLockedError, one_batch
from taskmix.batch.plans import stored_plans
from taskmix.errors import DisclosureError, PeriodError, ReportError
from taskmix.report import team_folder
from taskmix.settings import load_settings
from tests.batch.overnight.conftest import MIX, SHIFT, TEAMS, write_notebook

pytestmark = pytest.mark.xdist_group("overnight")

#: Team and notebook → how it fails, and what is said of that.
FAULTS = {
    ("red", MIX): ("raise ValueError('no more')", "ValueError: no more"),
    ("blue", MIX): ("sys.exit(0)", "SystemExit: 0"),
    ("green", MIX): ("os._exit(0)", "ended by itself"),
    ("red", SHIFT): ("import ctypes; ctypes.string_at(0)", "it crashed (signal 11)"),
    ("blue", SHIFT): ("os.kill(os.getpid(), 9)", "it was killed (signal 9)"),
    ("green", SHIFT): (
        "while True:\n    try:\n        time.sleep(60)\n    except Exception:\n        pass",
        "took longer than 5 s",
    ),
}


SECOND = "tm.report.headline(f\"Edition two of {team or 'all'}\")"


def manifest(settings):
    path = settings.reports / "2026-Q3" / "manifest.json"
    return json.loads(path.read_text("utf-8"))


def test_each_notebook_is_made_for_all_and_for_each_team(unpublished):
    done = run_batch(unpublished, Options("2026-Q3"))
    assert (done.planned, done.succeeded, done.skipped, done.failed) == (8, 8, 0, 0)
    assert {(r.team, r.notebook) for r in done.reports} == {
        (team, name) for team in (None, *TEAMS) for name in (MIX, SHIFT)
    }
    assert done.headline == "Edition one"
    root = unpublished.reports
    pages = {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in root.rglob("*.html")}
    assert len(pages) == 9
    assert "Edition one of red" in pages["2026-Q3/team-red/3_task_mix.html"]
    index = pages["index.html"]
    assert all(f"2026-Q3/{team_folder(team)}/{MIX}.html" in index for team in (None, *TEAMS))


def test_the_manifest_tells_what_each_page_was_made_from(settings):
    told = manifest(settings)
    assert {"plan", "basis", "libraries", "written_at"} <= told.keys()
    assert {"taskmix", "pandas", "plotly"} <= told["libraries"].keys()
    assert len(told["pages"]) == 8
    (page,) = (p for p in told["pages"] if (p["team"], p["notebook"]) == ("red", MIX))
    assert page["parameters"] == {"period": "2026-Q3", "team": "red", "table_version": 0}
    assert page["html"] == "team-red/3_task_mix.html"
    assert page["sha256"].keys() == {".html", ".ipynb", ".xlsx"}
    assert page["cpu_s"] > 0
    assert page["peak_mb"] > 0


def test_nothing_is_left_beside_the_site(settings):
    hidden = {path.name for path in settings.analyst.rglob(".*")}
    assert hidden == {".batch.lock"}
    assert {path.name for path in settings.reports.iterdir()} == {
        ".lock", "assets", "index.html", "2026-Q3",
    }  # fmt: skip


def test_what_is_up_to_date_is_not_run_again_unless_it_must(batch):
    again = batch()
    assert (again.skipped, again.succeeded) == (8, 0)
    forced = batch(force=True, notebooks=[MIX], teams=["red"])
    assert (forced.skipped, forced.succeeded) == (0, 1)


def test_a_changed_notebook_makes_its_own_pages_anew(settings, batch):
    write_notebook(settings, SHIFT, headline="tm.report.headline('Edition two')")
    done = batch()
    assert (done.skipped, done.succeeded) == (4, 4)
    assert {r.notebook for r in done.reports if r.status == "succeeded"} == {SHIFT}


def test_a_page_that_was_touched_is_made_again(settings, batch):
    page = settings.reports / "2026-Q3" / "team-red" / f"{MIX}.html"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    (settings.reports / "2026-Q3" / "team-blue" / f"{SHIFT}.ipynb").unlink()
    made = {(r.team, r.notebook) for r in batch().reports if r.status == "succeeded"}
    assert made == {("red", MIX), ("blue", SHIFT)}


def test_other_settings_make_all_pages_anew(settings, monkeypatch):
    monkeypatch.setenv("TASKMIX_COUNTING__BOTH_HUMAN_SHARE", "0.5")
    done = run_batch(load_settings(settings.project), Options("2026-Q3"))
    assert (done.skipped, done.succeeded) == (0, 8)


def test_an_unknown_parameter_stops_the_batch_before_it_starts(settings, batch):
    with pytest.raises(ReportError, match=r"unknown parameter 'colour'; it has project"):
        batch(parameters={"colour": "red"})
    with pytest.raises(ReportError, match="parameter team is given as --team"):
        batch(parameters={"team": "red"})
    assert not (settings.analyst / ".batch").exists()


def test_a_parameter_that_names_a_person_is_refused(settings, batch):
    settings.roster.write_text("person,aliases,team\nAnabel Quintero,aq,red\n", "utf-8")
    said = r"parameter project is a person's name in people\.csv"
    for value in ("Anabel Quintero", " anabel  QUINTERO", "aq"):
        with pytest.raises(ReportError, match=said):
            batch(parameters={"project": value})


def test_some_teams_alone(unpublished):
    options = Options("2026-Q3", teams=["red", "blue"], notebooks=[SHIFT])
    done = run_batch(unpublished, options)
    assert {r.team for r in done.reports} == {"red", "blue"}
    assert {p.relative_to(unpublished.reports).as_posix()
            for p in unpublished.reports.rglob("*.html")} == {
        "index.html", "2026-Q3/team-red/4_ai_shift.html", "2026-Q3/team-blue/4_ai_shift.html",
    }  # fmt: skip
    with pytest.raises(PeriodError, match="team 'pink' is not in the log"):
        run_batch(unpublished, Options("2026-Q3", teams=["pink"]))


def test_reports_that_fail_do_so_alone(settings, batch, site):
    before = site()
    for name in (MIX, SHIFT):
        faults = "\n".join(
            f"if team == {team!r}:\n" + indent(code, "    ")
            for (team, of), (code, _) in FAULTS.items() if of == name
        )  # fmt: skip
        write_notebook(settings, name, fault=faults, headline=SECOND)
    done = batch(time_limit=5.0)
    assert (done.succeeded, done.skipped, done.failed) == (2, 0, 6)
    after = site()
    why = {(r.team, r.notebook): r.why for r in done.with_status("failed")}
    for (team, name), (_, said) in FAULTS.items():
        assert said in why[team, name]
        page = f"2026-Q3/team-{team}/{name}.html"
        assert f"Edition one of {team}" in after[page]
        assert after[page] == before[page]
        kept = settings.analyst / "failed" / "2026-Q3" / f"team-{team}"
        half_run = json.loads((kept / f"{name}.ipynb").read_text("utf-8"))
        assert len(half_run["cells"]) >= 5
        assert said in (kept / f"{name}.log").read_text("utf-8")
        assert kept.stat().st_mode & 0o077 == 0
    assert "Edition two of all" in after["2026-Q3/organisation/3_task_mix.html"]
    assert "3 reports failed in their last run" in after["index.html"]
    # The next run tries those again, and only those.
    for name in (MIX, SHIFT):
        write_notebook(settings, name, headline=SECOND)
    assert {r.status for r in batch().reports} == {"succeeded"}
    assert all(
        f"Edition two of {team}" in site()[f"2026-Q3/team-{team}/{MIX}.html"] for team in TEAMS
    )


def test_why_a_report_failed_is_not_on_the_site(settings, batch):
    write_notebook(settings, MIX, fault="raise ValueError('Ana reviewed the secret plan')")
    batch()
    for path in settings.reports.rglob("*"):
        if path.is_file():
            assert b"secret plan" not in path.read_bytes(), path


def test_where_all_fail_nothing_is_marked_as_released(unpublished):
    write_notebook(unpublished, MIX, fault="1 / 0")
    done = run_batch(unpublished, Options("2026-Q3", notebooks=[MIX]))
    assert (done.failed, done.succeeded, done.headline) == (4, 0, None)
    assert [plan.released_at for plan in stored_plans(unpublished)] == [None]


def test_a_page_made_without_a_stored_plan_is_no_success(settings, batch):
    end = "tm.report.result({'publishable': True, 'headline': 'x', 'figures': []})"
    write_notebook(settings, MIX, fault=end)
    path = settings.project / "notebooks" / f"{MIX}.ipynb"
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].pop()
    path.write_text(json.dumps(notebook), "utf-8")
    done = batch(notebooks=[MIX], teams=["red"])
    (failed,) = done.with_status("failed")
    assert "leaves no stored release plan" in failed.why


def test_a_period_that_may_not_be_published_is_refused(unpublished, monkeypatch):
    monkeypatch.setenv("TASKMIX_PRIVACY__MIN_PEOPLE", "50")
    with pytest.raises(DisclosureError, match="2026-Q3 may not be published"):
        run_batch(load_settings(unpublished.project), Options("2026-Q3"))
    assert not list(unpublished.reports.glob("*/*/*.html"))


def test_an_incomplete_period_is_refused_and_who_is_missing_is_said(settings, batch):
    with pytest.raises(IncompleteError, match=r"2026-Q3: the logs hold \d+% .*missing since 2026"):
        batch(least_complete=1.0)
    assert not (settings.analyst / ".batch").exists()
    assert batch(least_complete=0.1).skipped == 8


def test_a_second_batch_says_who_is_at_work(settings, batch):
    with (
        one_batch(settings),
        pytest.raises(
            BatchLockedError, match=r"a batch is at work here \(process \d+ on .+, since 20"
        ),
    ):
        batch()
    assert batch().skipped == 8


def test_whoever_watches_is_told_of_each_report(settings):
    told, totals = [], []
    watching = Watching(planned=totals.append, ended=told.append)
    (settings.reports / "2026-Q3" / "team-red" / f"{MIX}.html").unlink()
    run_batch(settings, Options("2026-Q3", notebooks=[MIX]), watching=watching)
    assert totals == [1]
    assert [(r.team, r.status) for r in told] == [
        (None, "skipped"), ("blue", "skipped"), ("green", "skipped"), ("red", "succeeded"),
    ]  # fmt: skip


def test_pages_link_to_one_another_and_back(site):
    page = site()["2026-Q3/team-red/3_task_mix.html"]
    assert re.search(r'href="4_ai_shift\.html"', page)
    assert re.search(r'href="\.\./\.\./index\.html"', page)
