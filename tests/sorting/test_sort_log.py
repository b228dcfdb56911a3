from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.schema import SortedTasks, check_frame
from taskmix.sorting import PROBABILITIES, TaskSorter, sort_tasks
from taskmix.taxonomy import CATEGORIES

WORDS = dict(zip(CATEGORIES, ("florp", "quindle", "zabbet", "mivvo"), strict=True))


@pytest.fixture(scope="module")
def log(make_log: Callable[..., pd.DataFrame]) -> pd.DataFrame:
    """120 tasks of 40 titles whose made-up words tell the category; 60 are tagged."""
    return make_log(
        *(
            {
                "task_id": f"t{(n * 37) % 120:03d}",
                "title": f"{WORDS[category]} alpha {n % 10}",
                "tag": category if n % 2 else None,
                "hours": 1.0 + n % 3,
            }
            for n in range(30)
            for category in (CATEGORIES[n % 4],)
            for n in (n, n + 30, n + 60, n + 90)
        )
    )


def test_every_task_has_one_row_of_the_schema_in_the_order_of_the_log(log: pd.DataFrame):
    result = sort_tasks(log)
    check_frame(result.sorted, SortedTasks, where="sort_tasks")
    assert result.sorted["task_id"].tolist() == log["task_id"].tolist()
    assert result.sorted["model_id"].unique().tolist() == [result.model.model_id]


def test_untagged_tasks_are_predicted_by_the_sorter_of_all_tags(log: pd.DataFrame):
    result = sort_tasks(log)
    untagged = log["tag"].isna()
    expected = TaskSorter().fit(log, log["tag"]).predict_share(log[untagged])
    columns = [f"p_{category}" for category in result.sorter.classes_]
    assert np.array_equal(result.sorted.loc[untagged, columns].to_numpy(), expected)


def test_counts_add_up_to_all_tasks(log: pd.DataFrame):
    result = sort_tasks(log, sure_at=0.6)
    assert result.n_tagged == log["tag"].notna().sum()
    labels = result.sorted.loc[log["tag"].isna(), "category"]
    assert result.n_unsure == (labels == "unsure").sum()
    assert result.n_sorted == (labels != "unsure").sum()
    assert result.n_tagged + result.n_sorted + result.n_unsure == len(log)


def test_tagged_tasks_are_judged_by_tags_of_other_titles(log: pd.DataFrame):
    result = sort_tasks(log)
    assert result.n_held_out == result.n_tagged
    assert result.held_out_accuracy == pytest.approx(1.0)
    assert result.sorted["out_of_sample"].all()
    assert not result.sorted["cold_start"].any()


def test_held_out_accuracy_does_not_know_the_tags(log: pd.DataFrame):
    # A title's tag is drawn at random: from other titles nothing can be known about it.
    rng = np.random.default_rng(2)
    tag_of = {title: rng.choice(CATEGORIES) for title in sorted(log["title"].unique())}
    noise = log.assign(tag=log["title"].map(tag_of).astype("str"))
    assert sort_tasks(noise).held_out_accuracy < 0.5


def test_the_order_of_the_log_does_not_matter(log: pd.DataFrame):
    mixed = log.sample(frac=1, random_state=1)
    one = sort_tasks(log).sorted.set_index("task_id").sort_index()
    other = sort_tasks(mixed).sorted.set_index("task_id").sort_index()
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_the_callers_frame_is_untouched(log: pd.DataFrame):
    before = log.copy()
    sort_tasks(log)
    pd.testing.assert_frame_equal(log, before)


def test_a_day_on_which_all_tasks_lie_earns_no_threshold(log: pd.DataFrame):
    # make_log gives all tasks one date: there is no before and after
    result = sort_tasks(log, sure_at=0.6)
    assert set(result.model.thresholds.values()) == {0.6}
    assert (result.model.earned, result.model.calibration.n_tasks) == ((), 0)
    undated = sort_tasks(log.drop(columns="local_date"), sure_at=0.6)
    p = list(PROBABILITIES)
    pd.testing.assert_frame_equal(undated.sorted[p], result.sorted[p], check_exact=True)


def test_an_index_of_any_kind_is_accepted(log: pd.DataFrame):
    repeated = log.set_axis([0] * len(log), axis=0)
    pd.testing.assert_frame_equal(sort_tasks(repeated).sorted, sort_tasks(log).sorted)


def test_without_tags_all_is_a_cold_start(log: pd.DataFrame):
    result = sort_tasks(log.assign(tag=pd.Series(pd.NA, index=log.index, dtype="str")))
    assert result.sorted["cold_start"].all()
    assert result.n_tagged == 0
    assert result.held_out_accuracy is None


def test_a_few_tagged_tasks_are_judged_by_cue_words_alone(make_log: Callable[..., pd.DataFrame]):
    few = make_log(
        {"title": "Review contract", "tag": "creative"},
        {"title": "Sketch logo", "tag": "judgment"},
        {"title": "Review budget"},
    )
    result = sort_tasks(few)
    # base 0.2 and two counts of e^1.3 against 0.8: see test_cues; two tags hardly move it
    assert result.sorted["p_judgment"][0] == pytest.approx(0.77095, abs=1e-3)
    assert result.sorted["cold_start"].tolist() == [True, True, False]
    assert result.sorted["category"][0] == "judgment"
    assert (result.n_held_out, result.held_out_accuracy) == (0, None)


def test_an_empty_log_gives_an_empty_frame(log: pd.DataFrame):
    result = sort_tasks(log[:0])
    check_frame(result.sorted, SortedTasks, where="sort_tasks")
    assert result.sorter is None
    assert result.forward.empty
    assert result.n_tagged == result.n_sorted == result.n_unsure == 0


def test_a_log_that_is_tagged_throughout_is_sorted_too(log: pd.DataFrame):
    result = sort_tasks(log[log["tag"].notna()])
    assert result.n_sorted == result.n_unsure == 0
    assert result.n_held_out == result.n_tagged == len(result.sorted)


def test_missing_titles_and_hours_are_sorted(make_log: Callable[..., pd.DataFrame]):
    bare = make_log({"title": None, "hours": None}, {"title": "🦊"}, {"title": "x" * 300})
    p = sort_tasks(bare).sorted[list(PROBABILITIES)]
    assert p.sum(axis=1).tolist() == pytest.approx([1, 1, 1])


def test_a_missing_column_is_named(log: pd.DataFrame):
    with pytest.raises(SortingError, match="lacks the columns title, tag; found task_id"):
        sort_tasks(log[["task_id", "hours"]])


def test_task_ids_must_be_there_and_differ(log: pd.DataFrame):
    with pytest.raises(SortingError, match="a task_id of its own; found 't000'"):
        sort_tasks(log.assign(task_id="t000"))
    with pytest.raises(SortingError, match="a task_id of its own; found a missing one"):
        sort_tasks(log.assign(task_id=log["task_id"].where(log.index > 0)))


def test_a_tag_that_is_no_category_is_an_error(log: pd.DataFrame):
    with pytest.raises(SortingError, match="The tags 'fun' are no categories"):
        sort_tasks(log.assign(tag="fun"))


@pytest.mark.parametrize("level", [-0.1, 1.1, float("nan")])
def test_a_level_that_is_no_probability_is_an_error(log: pd.DataFrame, level: float):
    with pytest.raises(SortingError, match="it is a probability between 0 and 1"):
        sort_tasks(log, sure_at=level)
    with pytest.raises(SortingError, match="it is a probability between 0 and 1"):
        sort_tasks(log, precision=level)
