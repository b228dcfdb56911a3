"""``taskmix forget`` asks, says what it does, and prints JSON."""

import json
import shutil
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner

from taskmix.batch.forgetting import ForgettingError
from taskmix.batch.person import UnknownPersonError
from taskmix.cli import forget as commands
from taskmix.errors import TaskmixError
from taskmix.ingest import ingest
from taskmix.settings import load_settings
from taskmix.store import read_table, table_version

HEADER = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags"
)
ROW = "{},{},,Site,,{},No,2026-07-06,09:00:00,2026-07-06,10:00:00,01:00:00,"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two people in a workspace; tests leave it as it is."""
    project = tmp_path_factory.mktemp("cli-forget") / "w"
    (project / "data" / "raw").mkdir(parents=True)
    (project / "taskmix.toml").write_text("")
    (project / "people.csv").write_text("person,aliases\nana,ana@x.org\nbo,bo@x.org\n")
    rows = [ROW.format("Ana", "ana@x.org", "Plan"), ROW.format("Bo", "bo@x.org", "Call ana@x.org")]
    (project / "data" / "raw" / "t.csv").write_text("\n".join([HEADER, *rows]))
    ingest(load_settings(project))
    return project


@pytest.fixture
def project(made, tmp_path):
    return shutil.copytree(made, tmp_path / "copy")


@pytest.fixture
def run(project):
    """Call the command without a process of its own."""
    app = typer.Typer()
    app.command()(commands.forget)

    def call(*words, **options):
        return CliRunner().invoke(app, [*words, "--project", str(project)], **options)

    return call


@pytest.fixture
def on_terminal(monkeypatch):
    """Say that somebody sits there."""
    seat = SimpleNamespace(isatty=lambda: True, write=lambda _: None, flush=lambda: None)
    monkeypatch.setattr(commands, "sys", SimpleNamespace(stdin=seat, stderr=seat))


def n_tasks(project):
    return len(read_table(load_settings(project).processed, "tasks"))


def test_without_a_terminal_it_wants_yes_and_changes_nothing(run, project):
    done = run("--person", "ana")
    assert isinstance(done.exception, ForgettingError)
    assert "cannot be undone" in str(done.exception)
    assert "--dry-run" in str(done.exception)
    assert n_tasks(project) == 2


def test_asked_on_a_terminal_no_is_no(run, project, on_terminal):
    done = run("--person", "ana", input="n\n")
    assert isinstance(done.exception, ForgettingError)
    assert str(done.exception) == "nothing was changed"
    assert "Forget them? [y/N]" in done.output
    assert n_tasks(project) == 2
    assert not (project / "data" / "forgotten.json").exists()


def test_asked_on_a_terminal_yes_is_yes(run, project, on_terminal):
    done = run("--person", "ana", input="y\n")
    assert done.exception is None
    assert n_tasks(project) == 1


def test_a_dry_run_needs_no_yes_and_says_so(run, project):
    done = run("--person", "Ana@x.org", "--dry-run")
    lines = done.stdout.splitlines()
    assert lines[:3] == ["would be taken away:", "    1 of their tasks",
                         "    1 of the rows of people.csv"]  # fmt: skip
    assert lines[-1] == "nothing was written (--dry-run)"
    assert n_tasks(project) == 2


def test_json_is_one_object_with_every_documented_key(run, project):
    done = run("--person", "ana", "--yes", "--json")
    facts = json.loads(done.stdout.splitlines()[-1])
    assert facts == {
        "dry_run": False, "forgotten_before": None,
        "rows": {"tasks": 1, "tags": 0, "draws": 0, "sorted": 0, "quarantine": 0, "edited": 0},
        "roster_rows": 1, "models_removed": [], "models_kept": [], "pages_removed": [],
        "sheets": {}, "lost_versions": [0], "pages_of_lost_versions": [], "table_version": 1,
        "raw_files": ["t.csv"], "still_named": [], "mentions_in_others": 1,
    }  # fmt: skip
    assert "1 × a name of theirs in a title or project of somebody else's task" in done.stdout
    assert "`taskmix sort` trains without them" in done.stdout
    again = run("--person", "ana", "--yes", "--json")
    facts = json.loads(again.stdout.splitlines()[-1])
    assert facts["forgotten_before"] is not None
    assert set(facts["rows"].values()) == {0}
    assert again.stdout.startswith("forgotten already, on ")


def test_an_unknown_person_is_one_line_and_changes_nothing(run, project):
    version = table_version(load_settings(project).processed, "tasks")
    done = run("--person", "nobody", "--yes")
    assert isinstance(done.exception, UnknownPersonError)
    assert str(done.exception).startswith("nobody is known as 'nobody': looked in ")
    assert "\n" not in str(done.exception)
    assert table_version(load_settings(project).processed, "tasks") == version


def test_settings_and_notes_that_name_them_are_listed(run, project):
    (project / "taskmix.toml").write_text('[performer.person]\n"ana@x.org" = "human"\n')
    (project / "notes.md").write_text("ask Ana@X.org\n")
    done = run("--person", "ana", "--yes", "--json")
    facts = json.loads(done.stdout.splitlines()[-1])
    assert facts["still_named"] == ["notes.md", "taskmix.toml"]
    assert issubclass(ForgettingError, TaskmixError)
