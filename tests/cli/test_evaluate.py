"""``taskmix evaluate`` on the invented organisation: the sorter beats every simple rule."""

import pytest

from taskmix.store import read_table

pytestmark = pytest.mark.xdist_group("demo")


def held(folder):
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def made(taskmix, demo):
    before = held(demo / "data")
    made = taskmix("evaluate", "--origins", "3", "--project", demo, "--json")
    assert made.code == 0, made.err
    assert held(demo / "data") == before
    return made


def test_the_sorter_beats_every_rule_on_new_titles_and_on_all_tasks(made):
    figures = made.json
    for view in ("new titles", "all tasks"):
        assert all(figures["views"][view]["beats"].values()), figures["views"][view]["baselines"]
    assert figures["view"] == "new titles"
    assert figures["macro_f1"] > max(row["macro_f1"] for row in figures["baselines"].values())
    low, high = figures["macro_f1_interval"]
    assert 0.5 < low < figures["macro_f1"] < high
    assert figures["log_loss"] < figures["log_loss_by_frequency"]
    assert figures["n_people"] == 60
    assert (
        sum(sum(row.values()) for row in figures["confusion"].values())
        == (figures["views"]["new titles"]["n_tasks"])
    )


def test_the_table_the_gain_and_the_verdict_are_printed(made):
    lines = made.out.splitlines()
    assert any(line.startswith("the sorter  ") and "(" in line for line in lines)
    assert any(line.startswith("keyword rules") and line.endswith("yes") for line in lines)
    assert any("100 more tags" in line for line in lines)
    assert lines[-2] == made.json["verdict"]


def test_the_json_holds_no_title_and_no_person(made, demo):
    text = made.out.splitlines()[-1]
    tasks = read_table(demo / "data" / "processed", "tasks", columns=["title", "person"])
    names = {*tasks["person"].dropna(), *tasks["title"][tasks["title"].str.len() > 12]}
    assert len(names) > 1000
    assert not [name for name in names if name in text]


def test_too_few_tags_are_a_verdict_and_no_error(taskmix, tmp_path):
    folder = tmp_path / "few"
    taskmix("init", folder, "--personal")
    rows = "Review,2026-01-05,09:00:00,2026-01-05,10:00:00,01:00:00,Judgment"
    header = "Description,Start date,Start time,End date,End time,Duration,Tags"
    (folder / "data" / "raw" / "toggl.csv").write_text(f"{header}\n{rows}\n")
    assert taskmix("ingest", "--project", folder).code == 0
    made = taskmix("evaluate", "--project", folder, "--json")
    assert made.code == 0, made.err
    assert made.json["n_test"] == 0
    assert made.json["macro_f1"] is None
    assert made.out.splitlines()[0] == made.json["verdict"]
    assert "it takes 40" in made.json["verdict"]


def test_an_empty_log_is_one_clean_line(taskmix, tmp_path):
    taskmix("init", tmp_path / "w")
    made = taskmix("evaluate", "--project", tmp_path / "w")
    assert made.code == 1
    assert made.err.strip() == "taskmix: the log holds no tasks yet; run `taskmix ingest` first"
