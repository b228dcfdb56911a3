"""What is tagged, sorted and unsure adds up; certainty counts tasks."""

from types import SimpleNamespace

import duckdb
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.measures import (
    Scope,
    certainty,
    check_sorted,
    effort_by_basis,
    rollup,
    sorted_titles,
    surest_titles,
    unsure_titles,
)

SCOPE = Scope("2026-Q3", "2026-Q2", None, "quarter", ("2026-Q3",))
SURE = (0.9, 0.05, 0.03, 0.02)
UNSURE = (0.3, 0.25, 0.25, 0.2)


@pytest.fixture
def open_frames(make_sorted):
    """Stand in for an open log: two frames in the engine."""

    def make(tasks, chances, *, cold=()):
        said = make_sorted(chances)
        said["cold_start"] = said["task_id"].isin(list(cold))
        said["out_of_sample"] = True
        connection = duckdb.connect()
        return SimpleNamespace(
            is_old=False,
            tasks=connection.from_df(tasks),
            sorted=connection.from_df(said),
            on=connection,
        )

    return make


@pytest.fixture
def tasks(make_log):
    return make_log(
        {"tag": "judgment", "hours": 2.0, "title": "Decide"},
        {"hours": 3.0, "title": "Post  Invoices", "person": "bo"},
        {"hours": 4.0, "title": "post invoices"},
        {"hours": 1.0, "title": "Misc", "team": "blue"},
        {"hours": None, "title": "misc", "team": "blue"},
        {"hours": 1.0, "title": "Misc", "local_date": "2026-01-05"},
        {"hours": 5.0, "title": None, "performer": "ai"},
        {"hours": 1.0, "title": "misc", "part": 1},
    )


CHANCES = {
    "t0000": (0.2, 0.6, 0.1, 0.1), "t0001": SURE, "t0002": (0.7, 0.1, 0.1, 0.1),
    "t0003": UNSURE, "t0004": (0.1, 0.2, 0.59, 0.11), "t0005": UNSURE,
    "t0006": (0.0, 1.0, 0.0, 0.0), "t0007": UNSURE,
}  # fmt: skip


def test_tagged_sorted_and_unsure_add_up(tasks, make_sorted):
    cells = rollup(tasks, make_sorted(CHANCES), frequency="quarter")
    table = effort_by_basis(cells)
    now = table[table["period"] == "2026-Q3"]
    assert now["basis"].tolist() == ["tagged", "sorted", "unsure"]
    assert now["n_tasks"].tolist() == [1, 3, 2]
    # An AI's five hours are nobody's.
    assert now["hours"].tolist() == [2.0, 7.0, 2.0]
    assert now["share_of_hours"].tolist() == pytest.approx([2 / 11, 7 / 11, 2 / 11])
    assert now["share_of_tasks"].tolist() == pytest.approx([1 / 6, 3 / 6, 2 / 6])


def test_by_team_each_teams_shares_sum_to_one_and_no_hours_is_missing(make_log, make_sorted):
    log = make_log({"tag": "creative"}, {"hours": None, "team": "blue"})
    cells = rollup(log, make_sorted({}), frequency="quarter")
    table = effort_by_basis(cells, by=("period", "team"))
    sums = table.groupby("team")["share_of_hours"].sum(min_count=3)
    assert sums["red"] == 1.0
    assert pd.isna(sums["blue"])
    assert table.groupby("team")["share_of_tasks"].sum().tolist() == [1.0, 1.0]


def test_certainty_counts_the_periods_untagged_tasks_in_steps(tasks, open_frames):
    table = certainty(open_frames(tasks, CHANCES), scope=SCOPE)
    seen = table[table["n_tasks"] > 0]
    assert seen[["at_least", "sure", "n_tasks"]].to_numpy().tolist() == [
        [0.3, False, 1], [0.55, False, 1], [0.7, True, 1], [0.9, True, 1], [0.95, True, 1]
    ]  # fmt: skip
    assert table["share"].sum() == pytest.approx(1)
    assert table["at_least"].min() == 0.25


def test_a_period_without_untagged_tasks_has_steps_of_nothing(make_log, open_frames):
    table = certainty(open_frames(make_log({"tag": "creative"}), {"t0000": SURE}), scope=SCOPE)
    assert table["n_tasks"].sum() == 0
    assert table["share"].isna().all()


def test_a_task_neither_tagged_nor_sorted_asks_for_a_sort(make_log, open_frames):
    log = open_frames(make_log({"tag": "creative"}, {}, {}), {"t0001": SURE})
    with pytest.raises(SortingError, match=r"1 tasks? .* run `taskmix sort` first"):
        check_sorted(log)
    check_sorted(open_frames(make_log({"tag": "creative"}), {}))


def test_titles_are_gathered_whatever_their_case_and_blanks(tasks, open_frames):
    table = sorted_titles(
        open_frames(tasks, CHANCES), tasks[["task_id", "title"]], scope=SCOPE
    ).set_index("title")
    assert table.index.tolist() == ["Misc", "Post  Invoices", "(no title)"]
    assert table["n_tasks"].tolist() == [2, 2, 1]
    assert table["n_unsure"].tolist() == [2, 0, 0]
    assert table["hours"].tolist() == [1.0, 7.0, 5.0]
    assert table["n_people"].tolist() == [1, 2, 1]
    assert table["guess"].tolist() == ["creative", "execution", "judgment"]
    assert table["probability"].tolist() == pytest.approx([0.42, 0.8, 1.0])
    assert table["task_id"].tolist() == ["t0003", "t0001", "t0006"]


def test_the_id_beside_a_title_is_that_of_an_unsure_task_where_there_is_one(make_log, open_frames):
    tasks = make_log({"title": "Post"}, {"title": "post"}, {"title": "POST"})
    log = open_frames(tasks, {"t0000": SURE, "t0001": UNSURE, "t0002": UNSURE})
    table = sorted_titles(log, tasks[["task_id", "title"]], scope=SCOPE)
    assert table[["n_tasks", "n_unsure", "task_id"]].to_numpy().tolist() == [[3, 2, "t0001"]]


def test_unsure_titles_are_those_with_most_unsure_tasks(tasks, open_frames):
    titles = sorted_titles(open_frames(tasks, CHANCES), tasks[["task_id", "title"]], scope=SCOPE)
    assert unsure_titles(titles)["title"].tolist() == ["Misc"]
    assert unsure_titles(titles, n=0).empty
    assert surest_titles(titles, n=2)["probability"].tolist() == pytest.approx([1.0, 0.8])
    assert surest_titles(titles, n=1, surest=False)["title"].tolist() == ["Misc"]


def test_a_period_without_untagged_tasks_has_no_titles(make_log, open_frames):
    tasks = make_log({"tag": "creative", "title": "Draw"})
    titles = sorted_titles(
        open_frames(tasks, {"t0000": SURE}), tasks[["task_id", "title"]], scope=SCOPE
    )
    assert titles.empty
    assert unsure_titles(titles).empty
    assert surest_titles(titles).empty


def test_a_teams_scope_holds_its_titles_alone(tasks, open_frames):
    scope = Scope("2026-Q3", "2026-Q2", "blue", "quarter", ("2026-Q3",))
    log = open_frames(tasks, CHANCES)
    assert sorted_titles(log, tasks[["task_id", "title"]], scope=scope)["n_tasks"].tolist() == [2]
    assert certainty(log, scope=scope)["n_tasks"].sum() == 2
