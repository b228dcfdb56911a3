"""Intervals resample people, or the weeks of one person, and say when there are too few."""

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation.confusion import macro_f1
from taskmix.sorting.evaluation.intervals import MIN_CLUSTERS, choose_clusters, interval, resample


def rows(people, days=None):
    days = days or ["2026-07-01"] * len(people)
    return pd.DataFrame({"person": people, "local_date": pd.to_datetime(days)})


def test_rows_without_a_person_are_one_cluster():
    found = choose_clusters(rows(["ana", None, "bo", None, "ana"]))
    assert (found.by, found.n) == ("person", 3)
    assert found.codes[1] == found.codes[3]
    assert found.remark == "no intervals: not enough people: has 3, needs 10"


def test_one_persons_log_is_resampled_by_week_from_monday():
    # Sunday 5 July and Monday 6 July 2026 lie in two weeks
    found = choose_clusters(rows(["ana"] * 3, ["2026-07-05", "2026-07-06", "2026-07-12"]))
    assert (found.by, found.codes.tolist()) == ("week", [0, 1, 1])
    assert found.remark == "no intervals: not enough weeks: has 2, needs 10"


def test_what_is_resampled_is_said():
    many = choose_clusters(rows([f"p{n}" for n in range(MIN_CLUSTERS)]))
    assert many.enough
    assert many.remark == "95% intervals by resampling 10 people"
    weeks = choose_clusters(rows(["a"] * 70, list(pd.date_range("2026-01-05", periods=70))))
    assert weeks.remark == "95% intervals by resampling 10 weeks: the log is one person's"


def test_a_resample_holds_as_many_clusters_and_repeats_with_its_seed():
    counts = np.ones((12, 2, 3))
    drawn = resample(counts)
    assert drawn.shape == (2000, 2, 3)
    assert (drawn == 12).all()
    numbered = np.arange(12.0)
    assert resample(numbered).tolist() == resample(numbered).tolist()
    assert resample(numbered, seed=1).tolist() != resample(numbered).tolist()
    assert resample(numbered).mean() == pytest.approx(66, abs=1)


def test_an_interval_leaves_missing_replicates_out():
    drawn = np.stack([np.arange(1001.0), np.full(1001, np.nan)], axis=1)
    drawn[0, 0] = np.nan
    low, high = interval(drawn)
    # of 1 … 1000: 1 + 0.025 · 999
    assert (low[0], high[0]) == pytest.approx((25.975, 975.025))
    assert np.isnan(low[1])
    assert np.isnan(high[1])


def simulate(*, seed: int, cluster_of_each_row: bool) -> bool:
    """Tell whether the interval holds the truth, of people who differ in how well they are read."""
    rng = np.random.default_rng(seed)
    n_people, n_tasks = 30, 16
    # right in 0.7 of the tasks on average: F1 of two equally frequent, alike categories is 0.7
    skill = rng.beta(2.1, 0.9, size=n_people)
    tags = rng.integers(2, size=(n_people, n_tasks))
    right = rng.random((n_people, n_tasks)) < skill[:, None]
    found = np.where(right, tags, 1 - tags)
    counts = np.zeros((n_people, n_tasks, 4, 4))
    people, tasks = np.indices(tags.shape)
    counts[people, tasks, tags, found] = 1
    clustered = counts.reshape(-1, 4, 4) if cluster_of_each_row else counts.sum(axis=1)
    drawn = macro_f1(resample(clustered), occurring=np.array([True, True, False, False]))
    low, high = interval(drawn)
    return bool(low <= 0.7 <= high)


def test_intervals_by_people_hold_the_truth_and_intervals_by_task_do_not():
    by_people = np.mean([simulate(seed=n, cluster_of_each_row=False) for n in range(120)])
    assert by_people >= 0.88
    # the negative control: tasks of one person are no independent evidence
    by_task = np.mean([simulate(seed=n, cluster_of_each_row=True) for n in range(25)])
    assert by_task < 0.75
