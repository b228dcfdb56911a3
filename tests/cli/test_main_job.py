"""The main job as people run it: logs in, a page out, and the truth about each step."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pandas as pd
import papermill
import pytest

from taskmix.batch import REPORT_NOTEBOOKS
from taskmix.report import read_result
from taskmix.settings import load_settings
from taskmix.store import read_table
from taskmix.taxonomy import CATEGORIES, LABELS

# One worker makes the demo workspace, and runs all tests that use it.
pytestmark = pytest.mark.xdist_group("demo")

#: One page is enough for what is true of each, and takes one kernel.
MIX = ("--notebook", "3_task_mix")


@pytest.fixture(scope="module")
def report(taskmix, demo):
    made = taskmix("report", "--period", "2026-Q3", "--project", demo, "--json")
    assert made.code == 0, made.err
    return made.json


def published(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in (folder / "reports").rglob("*") if p.is_file()}


def changed_since(before: dict[str, bytes], folder: Path) -> set[str]:
    now = published(folder)
    assert now.keys() == before.keys()
    return {Path(name).name for name in now if now[name] != before[name]}


def test_the_report_says_what_it_promises(report, demo):
    assert (report["period"], report["team"], report["audited"]) == ("2026-Q3", None, False)
    assert set(report["hours"]) == set(LABELS)
    assert sum(report["hours"].values()) == pytest.approx(report["total_hours"], abs=1e-6)
    assert set(report["shares"]) == set(CATEGORIES)
    # Each of the four is rounded to nine decimals.
    assert sum(report["shares"].values()) == pytest.approx(1, abs=4 * 0.5e-9 + 1e-12)
    assert 0 < report["ai_share_of_execution"] < 1
    assert 0 < report["performer_known"] < 1
    assert report["failed"] == []


def test_a_report_has_three_pages_in_one_place_each_with_figures_of_its_own(report):
    assert [page["notebook"] for page in report["pages"]] == list(REPORT_NOTEBOOKS)
    (folder,) = {Path(page[key]).parent for page in report["pages"] for key in ("html", "executed")}
    for page in report["pages"]:
        assert (folder / f"{page['notebook']}.json").is_file()
        assert page["headline"] in (folder / f"{page['notebook']}.html").read_text()
    mix, shift, meaning = (page["figures"] for page in report["pages"])
    assert mix["hours"] == report["hours"]
    assert shift["ai_share_of_execution"] == report["ai_share_of_execution"]
    assert meaning["shares"] == {
        name: report["shares"][name] for name in ("judgment", "creative", "connective")
    }


def test_the_reports_hours_are_the_logs_own(report, demo):
    tasks = read_table(load_settings(demo).processed, "tasks")
    now = tasks[tasks["local_date"].between("2026-07-01", "2026-09-30")]
    human = now[now["performer"] != "ai"]
    assert report["total_hours"] == pytest.approx(human["hours"].sum(), abs=1e-6)
    assert report["n_people"] == now["person"].nunique()
    tagged = human[human["tag"] == "creative"]["hours"].sum()
    assert report["hours"]["creative"] >= tagged > 0


@pytest.fixture(scope="module")
def again(taskmix, demo):
    """What a second run over the same files says, and the tables before it."""
    settings = load_settings(demo)
    before = {name: read_table(settings.processed, name) for name in ("tasks", "sorted", "runs")}
    ingested = taskmix("ingest", "--project", demo, "--json").json
    return SimpleNamespace(
        before=before, ingested=ingested, sorted=taskmix("sort", "--project", demo, "--json").json
    )


def test_the_same_files_again_change_nothing(again, demo):
    said, settings = again.ingested, load_settings(demo)
    refused = said["quarantined"] + said["skipped"]
    assert said["read"] == said["unchanged"] + refused > 0
    assert said["accepted"] == said["updated"] == said["removed"] == 0
    assert said["table_version"] == 0
    for name, frame in again.before.items():
        pd.testing.assert_frame_equal(read_table(settings.processed, name), frame)


def test_counts_add_up_for_each_file_and_in_all(taskmix, own_copy):
    shutil.rmtree(own_copy / "data" / "processed")
    counted = taskmix("ingest", "--project", own_copy, "--json").json
    keys = ("accepted", "updated", "unchanged", "quarantined", "skipped")
    for part in (counted, *counted["files"]):
        assert part["read"] == sum(part[key] for key in keys)
    assert counted["read"] == sum(file["read"] for file in counted["files"])


def test_sort_counts_every_task_once(again, demo):
    summary = again.sorted
    tasks = read_table(load_settings(demo).processed, "tasks")
    assert summary["tagged"] == tasks["tag"].notna().sum()
    assert summary["tagged"] + summary["sorted"] + summary["unsure"] == len(tasks)
    assert summary["cold_start"] is False


def test_a_team_has_a_page_of_its_own(taskmix, demo):
    tasks = read_table(load_settings(demo).processed, "tasks")
    team = tasks.groupby("team")["person"].nunique().idxmax()
    made = taskmix(
        "report", "--period", "2026-Q3", "--team", team, *MIX, "--project", demo, "--json"
    ).json
    assert made["team"] == team
    own = tasks[(tasks["team"] == team) & tasks["local_date"].between("2026-07-01", "2026-09-30")]
    human = own[own["performer"] != "ai"]
    assert made["total_hours"] == pytest.approx(human["hours"].sum(), abs=1e-6)


@pytest.mark.parametrize("name", REPORT_NOTEBOOKS)
def test_stock_papermill_gives_the_same_figures(report, demo, tmp_path, name):
    executed = tmp_path / "out.ipynb"
    papermill.execute_notebook(
        str(demo / "notebooks" / f"{name}.ipynb").replace("{", "{{").replace("}", "}}"),
        str(executed), parameters={"period": "2026-Q3"}, cwd=str(demo / "notebooks"),
        progress_bar=False, kernel_name="python3",
    )  # fmt: skip
    facts = read_result(executed)
    page = next(page for page in report["pages"] if page["notebook"] == name)
    assert {key: facts[key] for key in page["figures"]} == page["figures"]
    assert (facts["headline"], facts["n_people"]) == (page["headline"], report["n_people"])
    assert (facts["complete"], facts["stale"], facts["remarks"]) == (True, [], [])


def test_an_analysts_words_and_figure_are_on_the_page(taskmix, own_copy):
    path = own_copy / "notebooks" / "3_task_mix.ipynb"
    notebook = nbformat.read(path, as_version=4)
    figure = 'import plotly.express as px\npx.bar(x=["a", "b"], y=[1, 2], title="Mine")'
    notebook.cells[-2:-2] = [
        nbformat.v4.new_markdown_cell("## A word of my own"),
        nbformat.v4.new_code_cell(figure),
    ]
    nbformat.write(notebook, path)
    made = taskmix("report", "--period", "2026-Q3", *MIX, "--project", own_copy, "--json")
    assert made.code == 0, made.err
    page = Path(made.json["pages"][0]["html"]).read_text()
    assert "A word of my own" in page
    assert ">Mine<" in page


def test_a_notebook_that_ends_early_is_no_success(taskmix, own_copy):
    before = published(own_copy)
    path = own_copy / "notebooks" / "3_task_mix.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(4, nbformat.v4.new_code_cell("import sys\nsys.exit(0)"))
    nbformat.write(notebook, path)
    made = taskmix("report", "--period", "2026-Q3", *MIX, "--project", own_copy)
    assert made.code == 1
    assert "SystemExit: 0" in made.err
    assert "its result does not count (the page published before stays)" in made.err
    assert changed_since(before, own_copy) == {"index.html", "manifest.json", "3_task_mix.json"}
    record = own_copy / "reports" / "2026-Q3" / "organisation" / "3_task_mix.json"
    assert json.loads(record.read_text("utf-8"))["status"] == "failed"
    assert (own_copy / "data" / "analyst" / "failed" / "3_task_mix.ipynb").is_file()


def test_a_notebook_that_fails_does_so_alone(taskmix, own_copy):
    before = published(own_copy)
    path = own_copy / "notebooks" / "4_ai_shift.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(2, nbformat.v4.new_code_cell("raise ValueError('no more')"))
    nbformat.write(notebook, path)
    words = ("--notebook", "4_ai_shift", "--notebook", "5_meaningful_work", "--json")
    made = taskmix("report", "--period", "2026-Q3", *words, "--project", own_copy)
    assert made.code == 1
    assert "4_ai_shift.ipynb: cell 3 failed: ValueError: no more" in made.err
    assert "5_meaningful_work" not in made.err
    assert [page["notebook"] for page in made.json["pages"]] == ["5_meaningful_work"]
    assert [failed["notebook"] for failed in made.json["failed"]] == ["4_ai_shift"]
    changed = changed_since(before, own_copy)
    assert {"5_meaningful_work.html", "index.html", "4_ai_shift.json"} <= changed
    assert not [name for name in changed if name.startswith("3_task_mix")]
    assert [name for name in changed if name.startswith("4_ai_shift")] == ["4_ai_shift.json"]


def test_an_unknown_error_in_a_notebook_keeps_its_traceback(taskmix, own_copy):
    path = own_copy / "notebooks" / "3_task_mix.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(4, nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(notebook, path)
    made = taskmix("report", "--period", "2026-Q3", *MIX, "--project", own_copy)
    assert made.code == 1
    assert "ZeroDivisionError: division by zero" in made.err
    assert "1 / 0" in made.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--period", "2031-Q1"], "2031-Q1 holds no data"),
        (["--period", "Q3"], "is not understood; write a month as 2026-09"),
        (["--period", "last-quater"], "did you mean last-quarter?"),
        (["--period", "2026-Q3", "--team", "../../etc"], "is not in the log"),
        (["--period", "2026-Q3", "--team", "<script>alert(1)</script>" * 20], "is not in the log"),
        (["--period", "2026-Q3", "-p", "colour=red"], "unknown parameter 'colour'; it has project"),
        (["--period", "2026-Q3", "-p", "n_history=many"], "which is no int"),
        (["--period", "2026-Q3", "--notebook", "1_intake"], "no notebook whose page may be publ"),
    ],
)
def test_what_cannot_be_reported_is_one_line_and_publishes_nothing(taskmix, demo, words, says):
    before = published(demo)
    made = taskmix("report", *words, "--project", demo)
    assert made.code == 1
    assert says in made.err
    assert len(made.err.strip().splitlines()) == 1
    assert "Traceback" not in made.err
    assert published(demo) == before


def test_a_log_that_was_not_sorted_asks_for_it(taskmix, own_copy):
    shutil.rmtree(own_copy / "data" / "processed" / "sorted")
    made = taskmix("report", "--period", "2026-Q3", *MIX, "--project", own_copy)
    assert made.code == 1
    assert "are neither tagged nor sorted; run `taskmix sort` first" in made.err


def test_the_demo_refuses_a_log_of_somebodys_own(taskmix, tmp_path):
    assert taskmix("init", tmp_path / "mine").code == 0
    made = taskmix("demo", tmp_path / "mine")
    assert made.code == 1
    assert "is a workspace with a log of its own" in made.err


def test_the_index_lists_every_report(report, demo):
    index = (demo / "reports" / "index.html").read_text()
    records = [json.loads(p.read_text()) for p in (demo / "reports").glob("*/*/*.json")]
    assert len(records) >= 2
    for record in records:
        assert record["html"] in index
