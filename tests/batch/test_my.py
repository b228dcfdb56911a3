"""A person's own page shows them everything, nobody else anything, and names nobody."""

import json
import re
import stat
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from taskmix.batch import REPORT_NOTEBOOKS, init_workspace, my, sort_log
from taskmix.batch.forgetting import forget
from taskmix.batch.my import MY_NOTEBOOK, make_my_page
from taskmix.batch.person import UnknownPersonError
from taskmix.cli import my as commands
from taskmix.errors import ReportError
from taskmix.identity import load_key
from taskmix.ingest import ingest

# One worker makes the page, and runs all tests that look at it.
pytestmark = pytest.mark.xdist_group("my")

HEADER = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags"
)
ROW = '{},{},,Site,,"{}",No,2026-07-{:02},09:00:00,2026-07-{:02},11:00:00,{},{}'
EVIL = "<img src=x onerror=alert(1)>"
OTHERS = ("Secret merger of Bo", "p-of-bo", "bo@x.org")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """Ana, who is not in the roster, and Bo, ingested and sorted; tests leave it as it is."""
    settings = init_workspace(tmp_path_factory.mktemp("my") / "atlas {ö}", name="Atlas",
                              tables='[tags]\n"Creative" = "creative"\n')  # fmt: skip
    ana = ("Ana Ruiz", "ana@x.org")
    rows = [
        *(ROW.format(*ana, "Post invoices", day, day, "02:00:00", "") for day in (6, 7, 8)),
        ROW.format(*ana, EVIL, 9, 9, "02:00:00", "Creative"),
        ROW.format(*ana, "Broken", 10, 10, "half an hour", ""),
        *(ROW.format("Bo", "bo@x.org", OTHERS[0], day, day, "02:00:00", "") for day in (6, 7)),
    ]
    (settings.raw / "t.csv").write_text("\n".join([HEADER, *rows]))
    ingest(settings)
    sort_log(settings)
    return settings


@pytest.fixture(scope="module")
def page(workspace):
    """The page as the command makes it, with what it printed."""
    app = typer.Typer()
    app.command()(commands.my)
    words = ["--person", "Ana@X.org", "--period", "2026-Q3", "--json"]
    done = CliRunner().invoke(app, [*words, "--project", str(workspace.project)])
    assert done.exception is None, done.output
    facts = json.loads(done.stdout.splitlines()[-1])
    return SimpleNamespace(
        out=done.stdout, facts=facts, pseudonym=load_key(workspace, create=False).pseudonym,
        **{name: workspace.project / facts[name] for name in ("html", "executed")},
    )  # fmt: skip


def test_it_lies_in_a_folder_of_its_own_for_its_owner_alone(workspace, page):
    folder = workspace.analyst / "my" / page.pseudonym("ana@x.org") / "2026-Q3"
    assert page.html == folder / "my.html"
    assert page.executed == folder / "my.ipynb"
    for path in (page.html, page.executed):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for path in (folder, folder.parent, folder.parent.parent, workspace.analyst):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert not list(workspace.analyst.glob(".staging-*"))


def test_no_page_links_to_it_and_it_is_never_published(workspace, page):
    assert MY_NOTEBOOK not in REPORT_NOTEBOOKS
    assert not [p for p in workspace.reports.rglob("*") if p.is_file()]
    assert not re.search(r'<a [^>]*href="(?!data:)[^#"]', page.html.read_text())


def test_it_shows_their_own_figures_and_rows(page):
    html = page.html.read_text()
    assert page.facts["headline"] == (
        "You logged 8 hours in 2026-Q3 so far; "
        + page.facts["headline"].split("; ")[1]
    )  # fmt: skip
    assert page.facts["total_hours"] == 8.0
    assert sum(page.facts["tasks"].values()) == 4
    assert page.facts["tasks"]["creative"] == 1
    assert page.facts["held"] == {"n_tasks": 4, "sources": ["toggl"], "first_day": "2026-07-06",
                                  "last_day": "2026-07-09", "quarantined": 1}  # fmt: skip
    assert html.count("Post invoices") == 3
    assert "hours_unreadable" in html
    assert EVIL not in html


def test_nobody_else_is_on_it_and_no_name_is_in_its_record(page):
    for path in (page.html, page.executed):
        text = path.read_text()
        for other in (*OTHERS, page.pseudonym("bo@x.org"), "Ana Ruiz", "ana@x.org"):
            assert other.casefold() not in text.casefold()
    about = json.loads(page.executed.read_text())["metadata"]["papermill"]
    assert about["parameters"] == {"person": page.pseudonym("ana@x.org"), "period": "2026-Q3"}


def test_it_says_for_whom_it_is_and_what_it_is_not_for(page):
    text = page.html.read_text()
    said = ("For you alone.", page.pseudonym("ana@x.org"), "compares you with no one",
            "not for evaluating individuals", "How do I object?", "taskmix forget")  # fmt: skip
    assert all(words in text for words in said)
    assert "for this person alone, not for publication:" in page.out


def test_without_a_name_or_with_an_unknown_one_nothing_is_run(workspace):
    with pytest.raises(UnknownPersonError, match=r"whose page\? Name the person with --person"):
        make_my_page(workspace, person=None)
    with pytest.raises(UnknownPersonError, match=r"nobody is known as 'Cy'"):
        make_my_page(workspace, person="Cy")


@pytest.fixture
def asked(monkeypatch):
    """Take down what a page is asked for, and make none."""
    calls = []
    monkeypatch.setattr(my, "make_analyst_page", lambda _, **asked: calls.append(asked))
    return calls


def test_all_names_of_the_roster_are_one_person_on_it(tmp_path, asked):
    settings = init_workspace(tmp_path / "w")
    (settings.raw / "t.csv").write_text(
        "\n".join([HEADER, ROW.format("Ana", "ana@x.org", "A", 6, 6, "02:00:00", "")])
    )
    ingest(settings)
    settings.roster.write_text("person,aliases\nemp-1,ana@x.org\n")
    make_my_page(settings, person="emp-1")
    known_as = load_key(settings, create=False).pseudonym
    # The log, which was not read again since, still calls her by the alias.
    assert asked[0]["parameters"]["person"].split(";") == [known_as("ana@x.org"), known_as("emp-1")]
    assert asked[0]["place"] == f"my/{known_as('ana@x.org')}"
    forget(settings, "emp-1")
    with pytest.raises(UnknownPersonError, match=r"was forgotten on 20\d\d-\d\d-\d\d"):
        make_my_page(settings, person="emp-1")


def test_in_a_personal_workspace_no_name_is_needed(tmp_path, asked):
    settings = init_workspace(tmp_path / "w", personal=True)
    (settings.raw / "t.csv").write_text(
        "\n".join([HEADER, ROW.format("Ana", "ana@x.org", "A", 6, 6, "02:00:00", "")])
    )
    ingest(settings)
    make_my_page(settings, person=None)
    assert asked[0]["place"] == "my/me"
    assert "me" in asked[0]["parameters"]["person"].split(";")


def test_a_workspace_without_the_notebook_says_where_to_get_it(workspace, monkeypatch):
    monkeypatch.setattr(my, "MY_NOTEBOOK", "missing")
    with pytest.raises(ReportError, match=r"missing.ipynb: no such notebook; copy it from a new"):
        make_my_page(workspace, person="ana@x.org")
