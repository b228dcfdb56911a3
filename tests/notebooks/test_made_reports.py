"""Reports made again, of too few people, of a period that goes on: where they go, what they say.

The notebook's kernel knows only the real today, so rows are of last year, or of this very month.
"""

import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pandas as pd
import papermill
import pytest

from taskmix.batch import init_workspace, make_report, sort_log
from taskmix.errors import PeriodError, ReportError, SortingError, StoreError
from taskmix.ingest import ingest
from taskmix.report import read_result
from taskmix.settings import load_settings
from taskmix.store import table_version

pytestmark = pytest.mark.xdist_group("made_reports")

TABLES = "".join(
    f"""
[mapping.{name}]
files = ["{name}*.csv"]
[mapping.{name}.columns]
person = "person"
team = "team"
title = "title"
hours = "hours"
tag = "tag"
started_at = "day"
"""
    for name in ("tracker", "planner")
)
TITLES = {"execution": "Deploy release", "judgment": "Decide on vendor",
          "creative": "Sketch new page", "connective": "Weekly meeting"}  # fmt: skip
YEAR = datetime.now(tz=UTC).year - 1
QUARTER = f"{YEAR}-Q3"
FIGURES = ("headline", "hours", "total_hours", "shares", "ai_share_of_execution",
           "execution_tasks", "performer_known", "n_people", "suppressed", "complete", "stale",
           "data_through", "table_version", "sorted_version")  # fmt: skip


def write(settings, name, team, people, days):
    path = settings.raw / f"{name}.csv"
    lines = path.read_text().splitlines() if path.exists() else ["person,team,title,hours,tag,day"]
    for at, day in enumerate(days):
        for n in range(people):
            tag = list(TITLES)[(n * n + at) % 4]
            shown = tag if n % 3 else ""
            lines.append(f"{team}{n},{team},{TITLES[tag]} {n},{1 + n % 2},{shown},{day:%Y-%m-%d}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def days(first, last):
    return pd.bdate_range(f"{YEAR}-{first}", f"{YEAR}-{last}", freq="5B")


def take_in(settings):
    assert not [file.error for file in ingest(settings).files if file.error]
    sort_log(settings)


def published(settings):
    return {p: p.read_bytes() for p in settings.reports.glob("*/*/*")}


def make_page(settings, **options):
    """Make the page of the mix alone: the page, and what is said of its report."""
    report = make_report(settings, period=QUARTER, notebooks=["3_task_mix"], **options)
    (page,) = report.pages
    return SimpleNamespace(**{**vars(report), **vars(page)})


def main_of(page):
    """The page without its header and footer, which say when it was made and what is beside it."""
    return page[page.index("<main>") : page.index("</main>")]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """One period's report, made, then made of more data, then made again of the first."""
    settings = init_workspace(tmp_path_factory.mktemp("made") / "w", tables=TABLES)
    write(settings, "tracker", "red", 14, days("05-05", "10-10"))
    write(settings, "planner", "blue", 12, days("05-05", "08-22"))
    take_in(settings)
    first = make_page(settings, single_file=True)
    first_page = first.html.read_text("utf-8")
    write(settings, "planner", "blue", 12, days("08-25", "10-10"))
    write(settings, "tracker", "red", 20, days("08-04", "08-22"))
    take_in(settings)
    second = make_page(settings)
    before = published(settings)
    again = make_page(settings, table_version=0)
    return SimpleNamespace(
        settings=settings, first=first, first_page=first_page, second=second, again=again,
        before=before,
    )  # fmt: skip


def test_a_report_made_again_has_the_same_figures(made):
    assert {key: made.again.facts[key] for key in FIGURES} == {
        key: made.first.facts[key] for key in FIGURES
    }
    assert made.second.facts["total_hours"] > made.first.facts["total_hours"]
    assert made.second.facts["shares"] != made.first.facts["shares"]
    assert (made.second.facts["table_version"], made.second.facts["sorted_version"]) == (1, 1)


def test_its_page_differs_only_in_saying_that_it_is_old(made):
    page = main_of(made.again.html.read_text("utf-8"))
    said = re.compile(r'<li class="tm-amber">[^/]*</span><bdi>Made from version 0 of the table, an '
                      r"older one; the newest is 1</bdi></li>")  # fmt: skip
    assert len(said.findall(page)) == 1
    fresh = re.compile(r'<li class="tm-ok">[^/]*</span><bdi>Table version 0</bdi></li>')
    assert len(fresh.findall(made.first_page)) == 1
    assert said.sub("", page) == fresh.sub("", main_of(made.first_page))


def test_it_is_the_analysts_and_what_is_published_stays(made):
    settings, page = made.settings, made.again.html
    folder = settings.analyst / "old" / f"{QUARTER}-v0" / "organisation"
    assert page == folder / "3_task_mix.html"
    assert not made.again.on_site
    assert {part.stat().st_mode & 0o777 for part in (folder, *folder.parents[:3])} == {0o700}
    assert published(settings) == made.before
    assert made.again.index.read_text().count("<a href=") == 2  # its headline and the page
    assert "assets/plotly" not in page.read_text("utf-8")
    assert any("made from version 0 of the table" in remark for remark in made.again.remarks)
    assert any("is not on the site" in remark for remark in made.again.remarks)


def test_a_stale_source_and_team_are_on_the_page_in_the_facts_and_the_index(made):
    stale = [(group["kind"], group["name"]) for group in made.first.facts["stale"]]
    assert stale == [("source", "planner"), ("team", "blue")]
    assert "Source planner: nothing after" in main_of(made.first_page)
    assert made.first.remarks[0].startswith("source planner: nothing after")
    assert (made.second.facts["stale"], made.second.facts["complete"]) == ([], True)
    assert made.second.remarks == ()
    assert "Stale" not in made.second.index.read_text()


def test_a_version_that_is_not_there_or_was_never_sorted_is_an_error(made):
    settings = made.settings
    with pytest.raises(StoreError, match=r"the log has no version 7; it has versions 0 to 1"):
        make_report(settings, period=QUARTER, table_version=7)
    with pytest.raises(ReportError, match="parameter table_version is given as --table-version"):
        make_report(settings, period=QUARTER, parameters={"table_version": "0"})
    with pytest.raises(PeriodError, match="did you mean last-quarter"):
        make_report(settings, period="last-quater")
    assert published(settings) == made.before


def test_the_newest_version_by_its_number_is_published(made):
    report = make_page(made.settings, table_version=1)
    assert report.on_site
    assert report.html == made.second.html
    assert report.remarks == ()


@pytest.fixture
def small(tmp_path):
    settings = init_workspace(tmp_path / "w", tables=TABLES)
    write(settings, "tracker", "red", 7, days("05-05", "10-10"))
    take_in(settings)
    return settings


def test_a_report_on_too_few_people_goes_to_the_analyst_and_leaves_the_site(small):
    toml = small.project / "taskmix.toml"
    text = toml.read_text()
    toml.write_text(text.replace("min_people = 10", "min_people = 6"))
    shown = make_page(load_settings(small.project))
    assert shown.on_site
    assert QUARTER in shown.index.read_text()

    toml.write_text(text)
    report = make_page(load_settings(small.project))
    assert report.facts["publishable"] is False
    folder = small.analyst / QUARTER / "organisation"
    assert report.html == folder / "3_task_mix.html"
    assert (folder.stat().st_mode & 0o777, folder.parent.stat().st_mode & 0o777) == (0o700, 0o700)
    assert published(small) == {}
    assert QUARTER not in report.index.read_text()
    page = report.html.read_text("utf-8")
    assert "Not for publication: fewer than 10 people" in page
    assert "assets/plotly" not in page
    assert report.remarks == (
        "not for publication: 7 people are fewer than the 10 of [privacy] min_people; the pages "
        "are not on the site",
        f"taken off the site, being too small now: {QUARTER}/organisation",
    )


def test_a_version_that_was_never_sorted_makes_no_report(small):
    write(small, "planner", "blue", 6, days("08-04", "08-22"))
    ingest(small)
    write(small, "planner", "blue", 6, days("08-25", "09-12"))
    take_in(small)
    assert table_version(small.processed, "tasks") == 2
    with pytest.raises(SortingError, match=r"version 1: .* no report was made from it"):
        make_report(small, period=QUARTER, table_version=1)


def test_under_papermill_a_word_is_a_period_and_this_month_is_not_complete(tmp_path):
    settings = init_workspace(tmp_path / "w", personal=True, tables=TABLES)
    write(settings, "tracker", "red", 1, [pd.Timestamp.now(tz="UTC")])
    take_in(settings)
    executed = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        str(settings.project / "notebooks" / "3_task_mix.ipynb"), str(executed),
        parameters={"period": "this-month"}, cwd=str(settings.project / "notebooks"),
        progress_bar=False, kernel_name="python3",
    )  # fmt: skip
    facts = read_result(executed)
    assert facts["complete"] is False
    assert facts["remarks"][0].startswith("not complete: the month ends on ")
    assert facts["headline"].endswith(" so far.")
    assert facts["publishable"] is True
