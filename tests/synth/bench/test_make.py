import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.measures import headcount, rollup
from taskmix.schema import TASK_COLUMNS, TaskLog, check_frame
from taskmix.store.tables import TABLES, to_arrow, to_pandas
from taskmix.synth.bench import make_bench
from taskmix.synth.bench._options import default_diary_weeks


def test_the_tasks_are_a_frame_of_the_store_column_by_column(make_small):
    bench = make_small()
    check_frame(bench.tasks[list(TASK_COLUMNS)], TaskLog, where="bench")
    stored = to_pandas(to_arrow(bench.tasks, TABLES["tasks"]))
    pd.testing.assert_frame_equal(bench.tasks, stored)


def test_the_truth_stands_beside_the_log_row_by_row(bench):
    assert bench.truth["task_id"].equals(bench.tasks["task_id"])
    known = bench.tasks["hours"].notna()
    assert bench.tasks.loc[known, "hours"].equals(bench.truth.loc[known, "hours"])
    assert 0.005 < (~known).mean() < 0.015
    told = bench.tasks["performer"] != "unknown"
    assert bench.tasks.loc[told, "performer"].equals(bench.truth.loc[told, "performer"])
    assert bench.truth["parent_id"].equals(bench.tasks["parent_id"])


def test_the_roll_up_holds_every_hour_that_the_log_has(make_small):
    bench = make_small()
    cells = rollup(bench.tasks, bench.sorted_by_truth(noise=0), frequency="month")
    by_people = bench.truth["performer"] != "ai"
    logged = bench.tasks.loc[by_people, "hours"].sum()
    assert cells["hours"].sum() == pytest.approx(logged)
    assert set(cells["period"]) == set(bench.parameters.effort["month"])


def test_those_who_log_in_a_month_are_those_of_the_parameters(bench):
    counted = headcount(bench.tasks, frequency="month").dropna(subset=["team"])
    effort = bench.parameters.effort.query("n_people > 0")
    both = counted.merge(effort, left_on=["period", "team"], right_on=["month", "team"])
    assert len(both) == len(effort)
    # who works past midnight at the end of a month logs in the next one, too
    assert (both["n_people_x"] - both["n_people_y"]).between(0, 1).all()
    assert (both["n_people_x"] == both["n_people_y"]).mean() > 0.95


def test_the_same_options_give_the_same_frames_and_another_seed_gives_others():
    options = {"people": 30, "teams": 3, "months": 3}
    first, again, other = (make_bench(**options, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first.tasks, again.tasks)
    pd.testing.assert_frame_equal(first.truth, again.truth)
    pd.testing.assert_frame_equal(first.roster, again.roster)
    pd.testing.assert_frame_equal(first.parameters.mix, again.parameters.mix)
    assert set(first.tasks["task_id"]).isdisjoint(other.tasks["task_id"])
    assert not first.parameters.teams.equals(other.parameters.teams)


def test_a_bench_that_is_not_told_its_diaries_has_about_a_million_tasks_at_most(bench):
    assert bench.options.diary_weeks == 1
    # as many tasks as it has, were there so many people and months
    weeks = default_diary_weeks(2000, 36)
    expected = len(bench.tasks) * (2000 * 36) / (200 * 24) / weeks
    assert 900_000 < expected < 1_200_000


def test_a_diary_of_every_fourth_week_is_in_full_in_that_week(make_small):
    every, fourth = (make_small(diary_weeks=n, placebo=True) for n in (2, 4))
    hours = [bench.truth["hours"].sum() for bench in (every, fourth)]
    assert 0.45 < hours[1] / hours[0] < 0.55
    per_week = [
        bench.truth.assign(week=bench.tasks["local_date"].dt.to_period("W-SUN"))
        .groupby(["person", "week"])["hours"].sum().median()
        for bench in (every, fourth)
    ]  # fmt: skip
    assert per_week[1] == pytest.approx(per_week[0], rel=0.02)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"last_month": "September"}, r"last_month 'September' is no month"),
        ({"months": 1}, r"months is 1; a bench needs at least 2"),
        ({"teams": 41}, r"teams is 41; it must be from 1 to 40"),
        ({"people": 8}, r"people is 8, too few for 3 teams; ask for 9 or more people"),
        ({"never": 4}, r"never is 4; it must be from 0 to 3 teams"),
        ({"effect": 1.5}, r"effect is 1.5; it must be from 0 to 1"),
        ({"drift": -0.1}, r"drift is -0.1; it must be from 0 to 1"),
        ({"diary_weeks": 0}, r"diary_weeks is 0; it must be 1 or more"),
        ({"size_spread": -1}, r"size_spread is -1; it must be 0 or more"),
    ],
)
def test_what_cannot_be_is_named(options, sentence):
    with pytest.raises(TaskmixError, match=sentence):
        make_bench(**{"people": 30, "teams": 3, "months": 2, **options})
