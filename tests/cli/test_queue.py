"""``taskmix queue`` as a person types it."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from taskmix.batch import init_workspace, sort_log
from taskmix.cli.queue import queue
from taskmix.errors import SortingError
from taskmix.ingest import ingest

HEADER = "User,Email,Project,Description,Start date,Start time,End date,End time,Duration,Tags"


@pytest.fixture(scope="module")
def app() -> typer.Typer:
    """The sub-command under a root, as it is registered."""
    root = typer.Typer()
    root.add_typer(queue, name="queue")
    return root


@pytest.fixture(scope="module")
def run(app):
    def call(*words) -> SimpleNamespace:
        made = CliRunner().invoke(app, ["queue", *map(str, words)])
        if made.exception and not isinstance(made.exception, SystemExit):
            raise made.exception
        return SimpleNamespace(code=made.exit_code, out=made.output)

    return call


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    settings = init_workspace(tmp_path_factory.mktemp("cli") / "w")
    lines = [
        f"Ana,a@x.org,Site,Task {n},2026-07-{n % 28 + 1:02d},09:00:00,2026-07-{n % 28 + 1:02d},"
        "10:00:00,01:00:00," for n in range(40)
    ]  # fmt: skip
    (settings.raw / "toggl.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    assert ingest(settings).counts.accepted == 40
    sort_log(settings)
    return settings.project


@pytest.mark.parametrize("command", ["draw", "load", "status"])
def test_every_command_has_help_with_an_example(run, command):
    made = run(command, "--help")
    assert made.code == 0
    assert f"Example: taskmix queue {command}" in made.out


def test_the_way_of_a_sheet(run, project):
    made = run("draw", "--period", "2026-Q3", "--n", 12, "--project", project, "--json")
    facts = json.loads(made.out.splitlines()[-1])
    assert "12 drawn at random for the audit" in made.out
    assert (facts["audit"], facts["relabel"], facts["new"]) == (12, 0, True)
    sheet = pd.read_csv(facts["sheet"], dtype="str", keep_default_na=False)
    sheet["tag"] = ["fun", "", *["judgment"] * (len(sheet) - 2)]
    sheet.to_csv(facts["sheet"], index=False)

    made = run("load", facts["sheet"], "--tagger", "Ana", "--project", project, "--json")
    loaded = json.loads(made.out.splitlines()[-1])
    assert (loaded["added"], loaded["unanswered"]) == (len(sheet) - 2, 1)
    assert [(row["row"], row["reason"]) for row in loaded["refused"]] == [(2, "unknown_tag")]
    assert "    row 2: 'fun' is no tag; write" in made.out
    made = run("load", facts["sheet"], "--tagger", "Ana", "--project", project)
    assert f"0 tags added, 0 changed, {len(sheet) - 2} known" in made.out

    sheet["tag"] = "creative"
    sheet.to_csv(facts["sheet"], index=False)
    run("load", facts["sheet"], "--tagger", "Bo", "--project", project)
    made = run("status", "--list", "--project", project, "--json")
    standing = json.loads(made.out.splitlines()[-1])
    assert standing["conflicting"] == standing["tied"] == len(sheet) - 2
    assert standing["n_taggers"] == 2
    assert standing["alpha"] < 0
    assert "were not agreed on" in made.out
    assert made.out.count("creative 1, judgment 1") == len(sheet) - 2

    made = run("draw", "--period", "2026-Q3", "--n", 12, "--project", project)
    assert f"drawn before, as {facts['draw_id']}" in made.out


def test_before_a_draw_status_says_what_to_do(run, tmp_path, project):
    with pytest.raises(SortingError, match="run `taskmix ingest` first"):
        run("status", "--project", init_workspace(tmp_path / "empty").project)


def test_a_number_that_is_none_is_a_usage_error(run, project):
    assert run("draw", "--period", "2026-Q3", "--n", 0, "--project", project).code == 2
