"""The audit's probabilities are what they say: by hand, by law and by simulation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.sorting.queue import design_audit, draw_sample


def people(*hours: list[float]) -> pd.DataFrame:
    """One list of hours a person."""
    rows = [(f"p{n}", value) for n, own in enumerate(hours) for value in own]
    frame = pd.DataFrame(rows, columns=["person", "hours"])
    return frame.assign(task_id=[f"t{n:04d}" for n in range(len(frame))])


@pytest.fixture(scope="module")
def skewed() -> pd.DataFrame:
    """Thirty-three people; a few tasks and people hold most hours, and long tasks are more `y`."""
    rng = np.random.default_rng(11)
    own = [rng.lognormal(rng.normal(0, 0.8), 1.0, size=rng.integers(2, 20)) for _ in range(30)]
    tasks = people(*(list(hours) for hours in own), [150.0, 1.0], [90.0], [5.0] * 60)
    chance = 1 / (1 + np.exp(-(np.log(tasks["hours"]) - 0.5)))
    return tasks.assign(y=(rng.random(len(tasks)) < chance).astype(float))


def test_chances_are_proportional_to_hours():
    design = design_audit(people([1, 3], [2], [2]), n=2)
    assert design["pi"].tolist() == pytest.approx([0.25, 0.75, 0.5, 0.5])


def test_what_would_reach_one_is_certain_and_the_rest_shared_out_anew():
    # 3 · 80/100 > 1: certain. Of the other 20 hours and 2 draws: 12 h would reach 1.2: certain.
    design = design_audit(people([80], [12], [5], [3]), n=3)
    assert design["pi"].tolist() == pytest.approx([1, 1, 5 / 8, 3 / 8])


def test_a_person_gives_at_most_two():
    # p0 holds 60 of 72 hours: 4 · 60/72 = 3.3 tasks; capped at 2, the others share 2.
    design = design_audit(people([6] * 10, [3] * 2, [3] * 2), n=4)
    assert design.groupby("person")["pi"].sum().tolist() == pytest.approx([2, 1, 1])


def test_the_cap_is_raised_where_more_than_two_a_person_are_needed():
    design = design_audit(people([2] * 40, [1] * 20), n=10)
    # twice the average of 5 is no limit to 10 · 80/100
    assert design.groupby("person")["pi"].sum().tolist() == pytest.approx([8, 2])


def test_one_person_alone_gives_all():
    assert design_audit(people([1.0] * 50), n=20)["pi"].tolist() == pytest.approx([0.4] * 50)


def test_where_there_are_fewer_tasks_all_are_taken():
    assert design_audit(people([1], [2]), n=5)["pi"].tolist() == [1, 1]


def test_tasks_without_hours_are_no_part_of_it():
    tasks = people([1, 0, float("nan")], [1])
    assert design_audit(tasks, n=1)["task_id"].tolist() == ["t0000", "t0003"]


def test_the_order_of_the_log_does_not_matter(skewed):
    shuffled = skewed.sample(frac=1, random_state=0)
    pd.testing.assert_frame_equal(design_audit(skewed, n=40), design_audit(shuffled, n=40))
    one, other = (
        draw_sample(design_audit(tasks, n=40), np.random.default_rng(3))
        for tasks in (skewed, shuffled)
    )
    pd.testing.assert_frame_equal(one, other)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.floats(0.01, 500), min_size=1, max_size=12), min_size=1, max_size=12),
    st.integers(1, 60),
    st.integers(0, 1000),
)
def test_every_design_adds_up_and_is_carried_out_as_it_says(hours, n, seed):
    tasks = people(*hours)
    design = design_audit(tasks, n=n)
    wanted = min(n, len(tasks))
    assert design["pi"].between(0, 1).all()
    assert (design["pi"] > 0).all()
    assert design["pi"].sum() == pytest.approx(wanted)
    sample = draw_sample(design, np.random.default_rng(seed))
    assert len(sample) == sample["task_id"].nunique() == wanted
    assert (sample["hours"] / sample["pi"]).sum() == pytest.approx(tasks["hours"].sum())
    assert set(design.loc[design["pi"] == 1, "task_id"]) <= set(sample["task_id"])
    rest = design[design["pi"] < 1]
    expected = rest.groupby("person")["pi"].sum()
    got = sample[sample["pi"] < 1].groupby("person").size().reindex(expected.index, fill_value=0)
    assert (got - expected).abs().max() < 1 + 1e-9 if len(expected) else True
    if len(rest) and wanted - (len(design) - len(rest)) <= 2 * rest["person"].nunique():
        assert got.max() <= 2


def test_tasks_are_drawn_as_often_as_their_probability_says(skewed):
    design = design_audit(skewed, n=40)
    rng = np.random.default_rng(7)
    numbered = design.assign(at=range(len(design)))[["at", "person", "pi"]]
    times = np.zeros(len(design))
    for _ in range(3000):
        times[draw_sample(numbered, rng)["at"].to_numpy()] += 1
    pi = design["pi"].to_numpy()
    assert (times[pi == 1] == 3000).all()
    z = (times / 3000 - pi)[pi < 1] / np.sqrt(pi * (1 - pi) / 3000)[pi < 1]
    assert np.abs(z).max() < 4.5
    assert z.std() == pytest.approx(1, abs=0.2)


@pytest.mark.parametrize("n", [25, 100])
def test_the_weighted_mean_is_unbiased_and_the_plain_one_is_not(skewed, n):
    design = design_audit(skewed, n=n).merge(skewed[["task_id", "y"]], on="task_id")
    truth = np.average(design["y"], weights=design["hours"])
    design = design[["person", "hours", "pi", "y"]]
    rng = np.random.default_rng(n)
    found = np.array([_means(draw_sample(design, rng), design["hours"].sum()) for _ in range(3000)])
    horvitz_thompson, hajek, equal = found.mean(axis=0)
    error = found.std(axis=0) / np.sqrt(len(found))
    assert abs(horvitz_thompson - truth) < 4 * error[0]
    assert abs(hajek - truth) < 4 * error[1]
    # The negative control: as if each task had been equally likely, weighted by its hours.
    assert abs(equal - truth) > 0.03 + 4 * error[2]


@pytest.mark.parametrize("n", [10, 25, 100, 200])
def test_each_sample_stands_for_all_hours(skewed, n):
    # Who is capped gives exactly as many tasks as the cap, and among the others π goes by hours.
    design = design_audit(skewed, n=n)
    for seed in range(20):
        sample = draw_sample(design, np.random.default_rng(seed))
        assert (sample["hours"] / sample["pi"]).sum() == pytest.approx(design["hours"].sum())


def test_dropping_a_surplus_afterwards_is_biased(skewed):
    # Why the cap is part of the design: draw without one, then keep two a person and the old π.
    alone = skewed.assign(person=skewed["task_id"])
    design = design_audit(alone, n=60).drop(columns="person")
    design = design.merge(skewed[["task_id", "person", "y"]], on="task_id")
    # The one who logs most does other work than the rest.
    design["y"] = design["y"].where(design["person"] != "p32", 0.0)
    truth = np.average(design["y"], weights=design["hours"])
    design = design[["person", "hours", "pi", "y"]]
    rng = np.random.default_rng(5)
    kept, whole = [], []
    for _ in range(500):
        drawn = draw_sample(design, rng).sample(frac=1, random_state=rng)
        two = drawn[(drawn["pi"] == 1) | (drawn.groupby("person").cumcount() < 2)]
        kept.append(_means(two, design["hours"].sum())[1])
        whole.append(_means(drawn, design["hours"].sum())[1])
    assert abs(np.mean(whole) - truth) < 0.02
    assert abs(np.mean(kept) - truth) > 0.03


def _means(sample: pd.DataFrame, total: float) -> tuple[float, float, float]:
    y, hours = sample["y"].to_numpy(), sample["hours"].to_numpy()
    weighted = hours / sample["pi"].to_numpy()
    return (
        float((weighted * y).sum() / total),
        float((weighted * y).sum() / weighted.sum()),
        float((hours * y).sum() / hours.sum()),
    )
