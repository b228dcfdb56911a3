"""A batch's pages say what a report's say, though they share what is the same for all."""

import pytest

from taskmix.report import read_result

pytestmark = pytest.mark.xdist_group("demo")

#: When it was made, and by which run.
APART = {"made_at"}


def test_a_batch_and_a_report_leave_the_same_figures(taskmix, own_copy):
    words = ("--period", "2026-Q3", "--project", own_copy, "--json")
    team = sorted(p.name for p in (own_copy / "reports" / "2026-Q3").glob("team-*"))
    made = taskmix("report", *words)
    assert made.code == 0, made.err
    alone = {page["notebook"]: read_result(page["executed"]) for page in made.json["pages"]}
    done = taskmix("batch", *words, "--force")
    assert done.code == 0, done.err
    assert done.json["succeeded"] == done.json["planned"] > 3 * len(team)
    for notebook, figures in alone.items():
        folder = own_copy / "reports" / "2026-Q3" / "organisation"
        shared = read_result(folder / f"{notebook}.ipynb")
        assert shared.keys() == figures.keys()
        assert [k for k in figures if k not in APART and shared[k] != figures[k]] == []
    again = taskmix("batch", *words)
    assert again.json["skipped"] == again.json["planned"] == done.json["planned"]
