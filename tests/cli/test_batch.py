"""A batch's pages say what a report's say, though they share what is the same for all."""

import json

import pytest

from taskmix.report import read_result, team_folder

pytestmark = pytest.mark.xdist_group("demo")

#: When it was made, and by which run.
APART = {"made_at"}


def test_a_batch_and_a_report_leave_the_same_figures(taskmix, own_copy):
    record = next((own_copy / "reports" / "2026-Q3").glob("team-*/3_task_mix.json"))
    team = json.loads(record.read_text("utf-8"))["team"]
    words = ("--period", "2026-Q3", "--project", own_copy, "--json")
    made = taskmix("report", *words, "--team", team)
    assert made.code == 0, made.err
    alone = {page["notebook"]: read_result(page["executed"]) for page in made.json["pages"]}
    done = taskmix("batch", *words, "--teams", team)
    assert done.code == 0, done.err
    assert done.json["succeeded"] == done.json["planned"] == 3
    for notebook, figures in alone.items():
        folder = own_copy / "reports" / "2026-Q3" / team_folder(team)
        shared = read_result(folder / f"{notebook}.ipynb")
        assert shared.keys() == figures.keys()
        assert [k for k in figures if k not in APART and shared[k] != figures[k]] == []
    again = taskmix("batch", *words, "--teams", team)
    assert again.json["skipped"] == again.json["planned"] == 3
