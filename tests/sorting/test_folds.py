import numpy as np
import pandas as pd
import pytest

from taskmix.sorting import TaskSorter
from taskmix.sorting._folds import out_of_fold


def tagged(titles: list[str], tags: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"title": titles, "tag": tags}, dtype="str")


@pytest.fixture(scope="module")
def noise() -> pd.DataFrame:
    """200 tasks of 100 titles whose words say nothing about their tag, and no cue word."""
    rng = np.random.default_rng(5)
    titles = [f"{a}{b}{c}" for a, b, c in rng.choice(list("bdfgklmnprst"), (100, 3))]
    titles = [f"{title}{n}" for n, title in enumerate(titles)]
    tags = rng.choice(["execution", "judgment", "creative", "connective"], 100)
    return tagged(titles * 2, list(tags) * 2)


def test_a_tag_does_not_reach_rows_of_the_same_title(noise: pd.DataFrame):
    sorter = TaskSorter().fit(noise, noise["tag"])
    p, held_out = out_of_fold(sorter, noise, seed=0)
    right = sorter.classes_[p.argmax(axis=1)] == noise["tag"].to_numpy(dtype=object)
    assert held_out.all()
    assert right.mean() < 0.4
    # the negative control: the sorter fitted on these rows knows their titles
    assert (sorter.predict(noise) == noise["tag"].to_numpy(dtype=object)).mean() > 0.8


def test_titles_that_differ_in_case_are_held_out_together(noise: pd.DataFrame):
    shouted = noise.assign(
        title=noise["title"].where(noise.index < 100, noise["title"].str.upper())
    )
    sorter = TaskSorter().fit(noise, noise["tag"])
    one, _ = out_of_fold(sorter, noise, seed=0)
    other, _ = out_of_fold(TaskSorter().fit(shouted, shouted["tag"]), shouted, seed=0)
    assert np.array_equal(one, other)


def test_changing_a_tag_leaves_the_probabilities_of_its_own_title(noise: pd.DataFrame):
    # 100 titles in 5 folds: a row's own fold is fitted without it, whatever its tag says
    changed = noise.copy()
    same_title = changed["title"] == changed["title"][0]
    others = [t for t in sorted(set(noise["tag"])) if t != noise["tag"][0]]
    changed.loc[same_title, "tag"] = others[0]
    one, _ = out_of_fold(TaskSorter().fit(noise, noise["tag"]), noise, seed=0)
    other, _ = out_of_fold(TaskSorter().fit(changed, changed["tag"]), changed, seed=0)
    assert one[0] == pytest.approx(other[0], abs=1e-12)


def test_too_few_titles_get_the_first_guess():
    few = tagged(["Review contract"] * 5 + ["Sketch logo"] * 5, ["creative", "judgment"] * 5)
    # a first guess that does not fade is the cold start's
    sorter = TaskSorter(fade=np.inf).fit(few, few["tag"])
    p, held_out = out_of_fold(sorter, few, seed=0)
    assert not held_out.any()
    assert p == pytest.approx(TaskSorter().fit(few).predict_proba(few))


def test_one_category_alone_gets_the_first_guess():
    same = tagged([f"thing {n}" for n in range(40)], ["creative"] * 40)
    _, held_out = out_of_fold(TaskSorter().fit(same, same["tag"]), same, seed=0)
    assert not held_out.any()
