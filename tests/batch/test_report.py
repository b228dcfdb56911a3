"""A report's pages are placed together, one that fails alone, and all link to those beside them.

No kernel starts here: a stand-in leaves what an executed notebook would.
"""

import json
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from taskmix.batch import (
    REPORT_NOTEBOOKS,
    dressing,
    init_workspace,
    make_report,
    making,
    sort_log,
)
from taskmix.batch.report import UnfinishedReportError
from taskmix.disclosure import plan_for
from taskmix.errors import DisclosureError, ReportError
from taskmix.ingest import ingest
from taskmix.measures import choose_scope
from taskmix.report import headline, result
from taskmix.report.release import release_manifest
from taskmix.settings import load_settings
from taskmix.store import open_log

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("publish")

MIX, SHIFT, MEANING = REPORT_NOTEBOOKS
MAPPING = '[mapping.log]\nfiles = ["*.csv"]\n[mapping.log.columns]\n' + "\n".join(
    f'{name} = "{name}"' for name in ("person", "team", "title", "hours", "tag", "started_at")
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Twelve people of one team and three of another, in 2026-Q3."""
    settings = init_workspace(tmp_path_factory.mktemp("publish") / "atlas {ö}", tables=MAPPING)
    rows = ["person,team,title,hours,tag,started_at"]
    for n in range(15):
        team = "large" if n < 12 else "small"
        rows.append(f"p{n},{team},Review contract {n},1,judgment,2026-07-0{1 + n % 9}")
    (settings.raw / "log.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert ingest(settings).counts.accepted == 15
    sort_log(settings)
    return settings


@pytest.fixture
def settings(made, tmp_path):
    """A copy of the workspace that a test may change."""
    return load_settings(shutil.copytree(made.project, tmp_path / "copy"))


@pytest.fixture
def runs(monkeypatch):
    """Stand in for papermill: the notebooks that ran, with what they were given.

    ``failing`` holds what a notebook raises, ``saying`` the headline of all others.
    """
    seen = {"ran": [], "failing": {}, "saying": "All is well"}

    def run(source, output, parameters):
        notebook = Path(source)
        seen["ran"].append((notebook.stem, parameters))
        if notebook.stem in seen["failing"]:
            raise seen["failing"][notebook.stem]
        settings = load_settings(notebook.parent.parent)
        log = open_log(settings.processed, version=parameters["table_version"])
        plan = plan_for(log, choose_scope(log, period=parameters["period"]), settings)
        facts = {
            "notebook": "whatever the notebook says", "period": parameters["period"],
            "team": parameters["team"] or None, "headline": seen["saying"], "n_people": 15,
            "publishable": plan.publishable, "release": release_manifest(plan),
            "made_at": "2026-10-01 08:00", "remarks": ["a remark"],
            "stale": [], "complete": True, "figures": [],
        }  # fmt: skip
        shown = [headline(seen["saying"]), result(facts)]
        cells = [
            v4.new_code_cell(
                "1", outputs=[v4.new_output("display_data", data=item._repr_mimebundle_())]
            )
            for item in shown
        ]
        nbformat.write(v4.new_notebook(cells=cells), output)
        return facts

    # As where processes cannot be forked: the stand-in has to be met in this one.
    monkeypatch.setattr(making, "can_fork", lambda: False)
    monkeypatch.setattr(making, "execute", run)
    return seen


def report(settings, **options):
    return make_report(settings, period="2026-Q3", **options)


def links(path):
    nav = re.search(r'<nav class="tm-beside".*?</nav>', path.read_text("utf-8"))
    return re.findall(r'href="([^"]+)"', nav[0]) if nav else []


def test_all_pages_are_made_of_one_version_and_linked(settings, runs):
    made = report(settings)
    assert [name for name, _ in runs["ran"]] == list(REPORT_NOTEBOOKS)
    assert {values["table_version"] for _, values in runs["ran"]} == {0}
    assert [page.notebook for page in made.pages] == list(REPORT_NOTEBOOKS)
    assert links(made.pages[1].html) == [f"{MIX}.html", f"{MEANING}.html"]
    assert made.remarks == ("a remark",)
    for page in made.pages:
        record = json.loads(page.html.with_suffix(".json").read_text("utf-8"))
        assert record["notebook"] == page.notebook
        assert record["html"] == f"2026-Q3/organisation/{page.notebook}.html"
    assert made.index.read_text("utf-8").count("<h3>") == 1


def test_the_tables_lie_beside_the_page_and_go_with_it(settings, runs):
    (page,) = report(settings, notebooks=[MIX]).pages
    assert page.tables.read_bytes().startswith(b"PK")
    assert f'href="{MIX}.xlsx"' in page.html.read_text("utf-8")
    assert page.pdf is None
    (alone,) = report(settings, notebooks=[MIX], single_file=True).pages
    assert ".xlsx" not in alone.html.read_text("utf-8")


def test_the_pdf_lies_beside_the_page_it_was_printed_from_and_beside_no_later_one(
    settings, runs, monkeypatch
):
    monkeypatch.setattr("taskmix.batch.report.find_chromium", lambda: "a browser")
    printed = []
    monkeypatch.setattr(
        dressing, "print_page", lambda html, *, browser: printed.append(html) or b"%PDF"
    )
    (page,) = report(settings, notebooks=[MIX], pdf=True).pages
    assert page.pdf.read_bytes() == b"%PDF"
    assert f'href="{MIX}.pdf"' in page.html.read_text("utf-8")
    assert ".xlsx" not in printed[0]
    (later,) = report(settings, notebooks=[MIX]).pages
    assert later.pdf is None
    assert not page.pdf.exists()
    assert ".pdf" not in later.html.read_text("utf-8")


def test_without_a_browser_no_notebook_runs_for_a_pdf(settings, runs, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReportError, match="printed by Chromium, and there is none here"):
        report(settings, pdf=True)
    assert runs["ran"] == []


def test_a_page_made_later_is_linked_from_those_that_lay_there(settings, runs):
    (first,) = report(settings, notebooks=[MIX]).pages
    assert links(first.html) == []
    before = first.html.read_text("utf-8")
    (second,) = report(settings, notebooks=[MEANING]).pages
    assert links(first.html) == [f"{MEANING}.html"]
    assert links(second.html) == [f"{MIX}.html"]
    after = re.sub(r'<nav class="tm-beside".*?</nav>', "", first.html.read_text("utf-8"))
    assert after == before


def test_pages_run_in_their_own_order_and_once(settings, runs):
    made = report(settings, notebooks=[MEANING, MIX, MEANING])
    assert [page.notebook for page in made.pages] == [MIX, MEANING]


def test_one_that_fails_leaves_its_page_and_the_others_are_published(settings, runs):
    pages = {page.notebook: page for page in report(settings).pages}
    before = {name: page.html.read_bytes() for name, page in pages.items()}
    runs["failing"][SHIFT] = ReportError(f"{SHIFT}.ipynb: a cell took longer than 900 s")
    runs["saying"] = "All is better"
    with pytest.raises(UnfinishedReportError, match=r"took longer than 900 s") as failed:
        report(settings)
    assert failed.value.failed == {
        SHIFT: f"{SHIFT}.ipynb: a cell took longer than 900 s (the page published before stays)"
    }
    assert [page.notebook for page in failed.value.report.pages] == [MIX, MEANING]
    assert pages[SHIFT].html.read_bytes() == before[SHIFT]
    assert "All is better" in pages[MIX].html.read_text("utf-8")
    assert links(pages[MIX].html) == [f"{SHIFT}.html", f"{MEANING}.html"]
    index = failed.value.report.index.read_text("utf-8")
    # Two pages say it, and the first one's leads the site.
    assert index.count("All is better") == 3
    assert index.count("All is well") == 1
    assert index.count("The last run failed") == 1
    record = json.loads(pages[SHIFT].html.with_suffix(".json").read_text("utf-8"))
    assert (record["status"], record["headline"]) == ("failed", "All is well")
    assert record["made_at"] == "2026-10-01 08:00" < record["failed_at"]
    # Why is for whoever ran it: an error may quote what the site must not show.
    assert "took longer" not in index + json.dumps(record)


def test_a_run_that_succeeds_takes_the_mark_of_a_failure_away(settings, runs):
    runs["failing"][SHIFT] = ReportError("no")
    with pytest.raises(UnfinishedReportError, match="there is no page of it"):
        report(settings)
    del runs["failing"][SHIFT]
    index = report(settings).index.read_text("utf-8")
    assert "failed" not in index.split("<script>")[0].split("</style>")[1]


def test_a_damaged_record_of_a_page_does_not_hide_it_after_a_failure(settings, runs):
    page = report(settings, notebooks=[SHIFT]).pages[0]
    page.html.with_suffix(".json").write_text("{")
    runs["failing"][SHIFT] = ReportError("no")
    with pytest.raises(UnfinishedReportError, match="the page published before stays") as failed:
        report(settings, notebooks=[SHIFT])
    index = failed.value.report.index.read_text("utf-8")
    assert f'href="2026-Q3/organisation/{SHIFT}.html"' in index


def test_one_that_fails_at_first_has_no_page_and_no_link(settings, runs):
    runs["failing"][SHIFT] = ReportError("tags: the table is damaged")
    with pytest.raises(UnfinishedReportError, match=r"4_ai_shift.ipynb: tags: .* no page of it"):
        report(settings)
    folder = settings.reports / "2026-Q3" / "organisation"
    assert links(folder / f"{MIX}.html") == [f"{MEANING}.html"]
    assert [path.suffix for path in folder.glob(f"{SHIFT}.*")] == [".json"]
    assert "There is no page yet." in (settings.reports / "index.html").read_text("utf-8")


def test_where_all_fail_no_page_is_published_and_the_index_says_so(settings, runs):
    runs["failing"] = {name: ReportError(f"{name}.ipynb: no\nmore") for name in REPORT_NOTEBOOKS}
    with pytest.raises(UnfinishedReportError, match="there is no page of it") as failed:
        report(settings)
    assert list(failed.value.failed) == list(REPORT_NOTEBOOKS)
    assert failed.value.report.pages == ()
    assert list(settings.reports.rglob("*.html")) == [failed.value.report.index]
    assert failed.value.report.index.read_text("utf-8").count("The last run failed") == 1


def test_a_report_that_may_not_be_published_leaves_no_word_of_its_failure_on_the_site(
    settings, runs
):
    toml = settings.project / "taskmix.toml"
    toml.write_text(toml.read_text("utf-8").replace("min_people = 10", "min_people = 20"))
    runs["failing"] = {name: ReportError("no") for name in REPORT_NOTEBOOKS}
    with pytest.raises(UnfinishedReportError, match="there is no page of it") as failed:
        report(load_settings(settings.project))
    assert failed.value.report.index is None
    assert not list(settings.reports.glob("*/*/*"))


def test_records_of_failures_leave_the_site_with_the_pages(settings, runs):
    runs["failing"][SHIFT] = ReportError("no")
    with pytest.raises(UnfinishedReportError, match="there is no page of it"):
        report(settings)
    toml = settings.project / "taskmix.toml"
    toml.write_text(toml.read_text("utf-8").replace("min_people = 10", "min_people = 20"))
    report(load_settings(settings.project), notebooks=[MIX])
    assert not list(settings.reports.glob("*/*/*"))


def test_a_page_that_cannot_be_written_out_fails_alone(settings, runs, monkeypatch):
    export = dressing.export_page

    def broken(notebook, *, name, **options):
        if name == MEANING:
            raise ReportError("the figure in cell 4 is broken")
        return export(notebook, name=name, **options)

    monkeypatch.setattr(dressing, "export_page", broken)
    with pytest.raises(UnfinishedReportError, match=r"5_meaningful_work.ipynb: the figure"):
        report(settings)
    assert len(list(settings.reports.glob("*/*/*.html"))) == 2


def test_a_notebook_that_the_workspace_lacks_is_left_out_and_named(settings, runs):
    (settings.project / "notebooks" / f"{SHIFT}.ipynb").unlink()
    made = report(settings)
    assert [page.notebook for page in made.pages] == [MIX, MEANING]
    assert any("no page of 4_ai_shift: it is not among" in remark for remark in made.remarks)
    with pytest.raises(ReportError, match=r"4_ai_shift.ipynb: no such notebook"):
        report(settings, notebooks=[SHIFT])


@pytest.mark.parametrize("name", ["1_intake", "tagging", "../../etc/passwd", "4_ai_shift.ipynb"])
def test_only_notebooks_whose_pages_may_be_published_are_run(settings, runs, name):
    with pytest.raises(ReportError, match="is no notebook whose page may be published; choose"):
        report(settings, notebooks=[MIX, name])
    assert runs["ran"] == []


def test_a_team_that_is_too_small_is_refused_before_anything_runs(settings, runs):
    with pytest.raises(DisclosureError, match="team 'small' is not shown for 2026-Q3"):
        report(settings, team="small")
    assert runs["ran"] == []


def test_each_notebook_gets_the_parameters_that_it_declares(settings, runs):
    path = settings.project / "notebooks" / f"{SHIFT}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source += "\nn_months: int = 24  # how many months"
    nbformat.write(notebook, path)
    report(settings, parameters={"n_months": "12", "n_history": "4"})
    given = {name: values.get("n_months") for name, values in runs["ran"]}
    assert given == {MIX: None, SHIFT: 12, MEANING: None}
    assert {values["n_history"] for _, values in runs["ran"]} == {4}
    with pytest.raises(ReportError, match="unknown parameter 'n_months'; it has project"):
        report(settings, parameters={"n_months": "12"}, notebooks=[MIX])


def test_what_may_not_be_published_is_the_analysts_and_leaves_the_site(settings, runs):
    report(settings)
    toml = settings.project / "taskmix.toml"
    toml.write_text(toml.read_text("utf-8").replace("min_people = 10", "min_people = 20"))
    made = report(load_settings(settings.project), notebooks=[SHIFT])
    assert made.on_site is False
    assert made.pages[0].html.is_relative_to(settings.analyst / "2026-Q3" / "organisation")
    assert made.remarks[-1] == "taken off the site, being too small now: 2026-Q3/organisation"
    assert not list(settings.reports.glob("*/*/*"))
    assert "2026-Q3" not in made.index.read_text("utf-8")


def test_a_page_to_be_mailed_leads_nowhere(settings, runs):
    report(settings)
    (alone,) = report(settings, notebooks=[MIX], single_file=True).pages
    assert "<a " not in alone.html.read_text("utf-8")
    # On the site the others still lead to it.
    assert links(alone.html.with_name(f"{SHIFT}.html")) == [f"{MIX}.html", f"{MEANING}.html"]
