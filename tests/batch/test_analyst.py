"""The analyst's pages: made whole, for their owner alone, and never under reports/."""

import json
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
import typer
from typer.testing import CliRunner

from taskmix.batch import init_workspace, sort_log
from taskmix.batch.analyst import INTAKE_NOTEBOOK, QUALITY_NOTEBOOK, make_analyst_page
from taskmix.cli import analyst as commands
from taskmix.errors import PeriodError, ReportError
from taskmix.ingest import ingest
from taskmix.measures import NOT_ON_ROSTER, files_read, noticed
from taskmix.report import read_result
from taskmix.settings import load_settings
from taskmix.store import read_table

# One worker makes the workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("analyst")

EVIL = "<img src=x onerror=alert(1)>\u202e"
HEADER = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags"
)
#: Monday 6 July 2026 to Friday 24 July: ana 2 h and bo 3 h each Monday, but for the second week.
ROWS = [
    *[f"Ana,ana@x.org,,Site,,Post invoices,No,2026-07-{day},09:00:00,2026-07-{day},11:00:00,"
      "02:00:00," for day in ("06", "20")],
    *[f"Bo,bo@x.org,,Site,,Draft the campaign,No,2026-07-{day},09:00:00,2026-07-{day},12:00:00,"
      "03:00:00,Creative" for day in ("06", "20")],
    # Half an hour of it is Ana's second time.
    "Ana,ana@x.org,,Site,,Call,No,2026-07-06,10:30:00,2026-07-06,11:30:00,01:00:00,",
    f"Ana,ana@x.org,,Site,,{EVIL},No,2026-07-24,09:00:00,2026-07-24,10:00:00,01:00:00,",
    # Refused: the duration is no duration.
    "Ana,ana@x.org,,Site,,Broken,No,2026-07-21,09:00:00,2026-07-21,10:00:00,half an hour,",
]  # fmt: skip
ROSTER = "person,aliases,team,weekly_hours\nAna,,Red,10\nBo,,Blue,\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """A small shared workspace, ingested and sorted; tests leave it as it is."""
    folder = tmp_path_factory.mktemp("analyst") / "atlas {ö}"
    settings = init_workspace(folder, name="Atlas", tables='[tags]\n"Creative" = "creative"\n')
    settings.roster.write_text(ROSTER)
    (settings.raw / "toggl.csv").write_text("\n".join([HEADER, *ROWS]) + "\n")
    assert ingest(settings).counts.quarantined == 1
    sort_log(settings)
    return settings


@pytest.fixture(scope="module")
def pages(workspace):
    names = {"intake": INTAKE_NOTEBOOK, "quality": QUALITY_NOTEBOOK}
    return SimpleNamespace(
        **{
            key: make_analyst_page(workspace, notebook=name, period="2026-Q3")
            for key, name in names.items()
        }
    )


@pytest.fixture
def own_copy(workspace, tmp_path):
    """A copy of the workspace that a test may change."""
    shutil.copytree(workspace.project, tmp_path / "copy")
    return load_settings(tmp_path / "copy")


def held(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def add_cell(settings, notebook, source, *, at):
    path = settings.project / "notebooks" / f"{notebook}.ipynb"
    found = nbformat.read(path, as_version=4)
    found.cells.insert(at, nbformat.v4.new_code_cell(source))
    nbformat.write(found, path)


def test_the_pages_are_their_owners_alone_and_not_published(workspace, pages):
    folder = workspace.analyst / "2026-Q3"
    assert {p.name for p in folder.iterdir()} == {
        "1_intake.html", "1_intake.ipynb", "2_sorting.html", "2_sorting.ipynb"}  # fmt: skip
    assert {mode(path) for path in folder.iterdir()} == {0o600}
    assert mode(folder) == mode(workspace.analyst) == 0o700
    assert not list(workspace.analyst.glob(".staging-*"))
    assert held(workspace.reports) == {}


def test_the_executed_notebook_keeps_the_proof_and_no_path(workspace, pages):
    assert read_result(pages.intake.executed) == pages.intake.facts
    assert str(workspace.project) not in pages.intake.executed.read_text()


def test_intake_says_what_arrived_in_figures(pages):
    facts = pages.intake.facts
    assert facts["files"]["read"] == 7
    assert (facts["files"]["accepted"], facts["quarantined_now"]) == (6, 1)
    assert facts["reasons"] == {"hours_unreadable": 1}
    assert facts["weeks"] == ["2026-07-06", "2026-07-20"]
    assert facts["data_through"] == "2026-07-24"
    # Of Red's 10 hours a week 3, 0 and 3; of Blue nothing can be expected.
    assert facts["coverage"] == pytest.approx(6 / 30)
    # The second week of both teams.
    assert facts["gap_weeks"] == 2
    assert (facts["overlapping_entries"], facts["hours_counted_twice"]) == (1, 0.5)
    assert facts["unknown_performer"] == 1.0
    assert facts["untagged"] == pytest.approx(4 / 6)
    assert facts["publishable"] is False


def test_quality_says_what_was_sorted_in_figures(workspace, pages):
    facts = pages.quality.facts
    tasks, hours = facts["tasks"], facts["hours"]
    assert (tasks["tagged"], hours["tagged"]) == (2, 6.0)
    assert tasks["sorted"] + tasks["unsure"] == 4
    assert sum(hours.values()) == 12.0
    model = read_table(workspace.processed, "models").iloc[-1]
    assert facts["n_held_out"] == model["n_held_out"]
    assert facts["audited"] is False


def test_the_pages_say_at_the_top_that_they_stay_with_the_analyst(pages):
    for made in (pages.intake, pages.quality):
        page = made.html.read_text()
        head = page[page.index("<h1") :][:1500]
        assert "For the analyst." in head
        assert "not for publication" in head


def test_titles_are_shown_and_harmless(pages):
    page = pages.quality.html.read_text()
    assert "Draft the campaign" not in page  # tagged, so there is nothing to sort
    assert "Post invoices" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page
    assert "\u202e" not in page


def test_the_quality_page_explains_an_unsure_task_where_nothing_was_predicted(workspace, pages):
    page = pages.quality.html.read_text()
    section = page[page.index("Why was a task sorted so?") :]
    tasks = read_table(workspace.processed, "tasks", columns=["task_id", "title"])
    by_sorter = read_table(workspace.processed, "sorted", columns=["task_id", "category"])
    unsure = tasks.merge(by_sorter[by_sorter["category"] == "unsure"], on="task_id")
    named = [row.task_id for row in unsure.itertuples() if f"Task {row.task_id}, " in section]
    assert len(named) == 1
    assert "Unsure: " in section
    assert "Weights (log-odds) for " in section


def test_a_model_of_an_older_taskmix_costs_the_page_its_explanation_alone(own_copy):
    for card in (own_copy.processed / "sorters").glob("*.json"):
        card.unlink()
    made = make_analyst_page(own_copy, notebook=QUALITY_NOTEBOOK, period="2026-Q3")
    page = made.html.read_text()
    section = page[page.index("Why was a task sorted so?") :]
    assert "the model has no card; an older taskmix made it" in section
    assert "Weights (log-odds)" not in section
    assert str(own_copy.project) not in page


@pytest.mark.parametrize(
    ("meaning", "says"),
    [
        ("untagged", "“Misc”. Unsure: execution is likeliest at 40%, assigned from 60% on."),
        ("creative", "No task was predicted wrong and none is unsure"),
    ],
)
def test_a_log_without_a_tag_and_one_without_an_untagged_task_have_their_page(
    tmp_path, meaning, says
):
    tables = f'[tags]\n"Creative" = "{meaning}"\n'
    settings = init_workspace(tmp_path / "w", personal=True, tables=tables)
    rows = [f"{title},2026-07-06,{at}:00:00,2026-07-06,{at}:30:00,00:30:00,Creative"
            for title, at in (("Misc", "09"), ("Misc", "10"), ("Draw", "11"))]  # fmt: skip
    header = "Description,Start date,Start time,End date,End time,Duration,Tags"
    (settings.raw / "toggl.csv").write_text("\n".join([header, *rows]) + "\n")
    ingest(settings)
    sort_log(settings)
    made = make_analyst_page(settings, notebook=QUALITY_NOTEBOOK, period="2026-Q3")
    assert made.facts["cold_start"] is (meaning == "untagged")
    assert says in made.html.read_text().partition("Why was a task sorted so?")[2]


def test_the_task_that_is_asked_for_is_explained_and_an_unknown_one_is_an_error(own_copy):
    tagged = read_table(own_copy.processed, "tasks", columns=["task_id", "tag"]).dropna()
    asked = tagged["task_id"].iloc[0]
    made = make_analyst_page(
        own_copy, notebook=QUALITY_NOTEBOOK, period="2026-Q3", parameters={"task_id": asked}
    )
    section = made.html.read_text().partition("Why was a task sorted so?")[2]
    assert f"Task {asked}, “Draft the campaign”." in section
    assert "A person’s tag, creative, counts, whatever the sorter says." in section
    with pytest.raises(ReportError, match="task 'zzz' is not in the log"):
        make_analyst_page(
            own_copy, notebook=QUALITY_NOTEBOOK, period="2026-Q3", parameters={"task_id": "zzz"}
        )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1180])
def test_every_chart_is_drawn_and_everything_readable(pages, visit, probes, scheme, width):
    for made in (pages.intake, pages.quality):
        seen = visit(made.html.as_uri(), width=width, color_scheme=scheme)
        states = seen.page.evaluate(probes.states)
        assert len(states) >= 3
        assert set(states) == {"drawn"}
        assert seen.complaints == seen.dialogs == []
        assert not seen.page.evaluate(probes.sideways)
        assert seen.page.evaluate(probes.small_texts) == []


def test_a_notebook_that_fails_keeps_the_page_before_and_its_half_run(own_copy, pages):
    before = held(own_copy.analyst / "2026-Q3")
    add_cell(own_copy, INTAKE_NOTEBOOK, "1 / 0", at=6)
    with pytest.raises(ReportError, match="ZeroDivisionError: division by zero"):
        make_analyst_page(own_copy, notebook=INTAKE_NOTEBOOK, period="2026-Q3")
    assert held(own_copy.analyst / "2026-Q3") == before
    kept = own_copy.analyst / "failed" / "1_intake.ipynb"
    assert mode(kept) == 0o600
    assert mode(kept.parent) == 0o700
    assert not list(own_copy.analyst.glob(".staging-*"))


def test_a_log_that_was_not_sorted_asks_for_it(own_copy):
    shutil.rmtree(own_copy.processed / "sorted")
    with pytest.raises(ReportError, match="neither tagged nor sorted; run `taskmix sort` first"):
        make_analyst_page(own_copy, notebook=QUALITY_NOTEBOOK, period="2026-Q3")


def test_only_a_period_names_a_folder(own_copy, monkeypatch):
    facts = {"period": "../../reports"}

    def run(_source, *, output, parameters):
        nbformat.write(nbformat.v4.new_notebook(), output)
        return facts

    monkeypatch.setattr("taskmix.batch.analyst.run_notebook", run)
    with pytest.raises(PeriodError, match="is not understood"):
        make_analyst_page(own_copy, notebook=INTAKE_NOTEBOOK, period="latest")
    facts.clear()
    with pytest.raises(ReportError, match="its last cell leaves no 'period'"):
        make_analyst_page(own_copy, notebook=INTAKE_NOTEBOOK, period="latest")
    assert held(own_copy.reports) == {}


def test_a_folder_that_was_open_to_others_is_closed(own_copy, monkeypatch):
    def run(_source, *, output, parameters):
        nbformat.write(nbformat.v4.new_notebook(), output)
        return {"period": "2026-Q2"}

    monkeypatch.setattr("taskmix.batch.analyst.run_notebook", run)
    own_copy.analyst.mkdir(exist_ok=True)
    own_copy.analyst.chmod(0o755)
    made = make_analyst_page(own_copy, notebook=INTAKE_NOTEBOOK, period="2026-Q2")
    assert mode(own_copy.analyst) == 0o700
    assert mode(made.html) == 0o600


def test_the_ledger_names_people_outside_the_roster_as_the_measures_expect(own_copy):
    own_copy.roster.write_text("person,team\nAna,Red\n")
    ingest(own_copy)
    remarks = noticed(files_read(read_table(own_copy.processed, "runs")))
    assert remarks.set_index("remark")["count"].get(NOT_ON_ROSTER) == 1


def test_an_unknown_parameter_or_notebook_is_an_error(workspace):
    with pytest.raises(ReportError, match="unknown parameter 'colour'"):
        make_analyst_page(
            workspace, notebook=INTAKE_NOTEBOOK, period="latest", parameters={"colour": "red"}
        )
    with pytest.raises(ReportError, match="no such notebook"):
        make_analyst_page(workspace, notebook="9_none", period="latest")


@pytest.fixture
def command(monkeypatch, pages):
    """Run the commands as the command line does, on the pages made before."""
    asked = []

    def made(settings, *, notebook, period, progress):
        asked.append((settings.project, notebook, period))
        return pages.intake if notebook == INTAKE_NOTEBOOK else pages.quality

    monkeypatch.setattr("taskmix.batch.analyst.make_analyst_page", made)
    app = typer.Typer(rich_markup_mode=None)
    app.command(epilog=commands.INTAKE_EPILOG)(commands.intake)
    app.command(epilog=commands.QUALITY_EPILOG)(commands.quality)

    def run(*words):
        done = CliRunner().invoke(app, [str(word) for word in words])
        assert done.exit_code == 0, done.output
        return done.output.splitlines(), asked

    return run


@pytest.mark.parametrize("name", ["intake", "quality"])
def test_the_commands_print_the_page_and_its_figures(command, workspace, pages, name):
    made = getattr(pages, name)
    lines, asked = command(name, "--project", workspace.project, "--json")
    notebook = made.facts["notebook"]
    assert asked == [(workspace.project, notebook, "latest")]
    assert lines[0] == made.facts["headline"]
    assert str(made.html) in lines
    told = json.loads(lines[-1])
    assert (told["notebook"], told["html"]) == (notebook, str(made.html))
    assert told["executed"] == str(made.executed)
    assert None not in [made.facts.get(key, "there") for key in ("weeks", "tasks")]
    assert set(told) > {"period", "headline", "table_version"}
    assert not [key for key in told if key not in made.facts and key not in {"html", "executed"}]


@pytest.mark.parametrize("name", ["intake", "quality"])
def test_every_command_has_help_with_an_example(command, name):
    lines, _ = command(name, "--help")
    assert any(f"Example: taskmix {name}" in line for line in lines)
