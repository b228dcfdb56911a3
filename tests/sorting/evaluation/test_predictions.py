"""What is scored was predicted from earlier days, and for new people from other people."""

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation import predictions
from taskmix.sorting.evaluation.baselines import BASELINES
from taskmix.sorting.evaluation.predictions import (
    predict_new_people,
    predict_tagged,
    thin_untagged,
)
from taskmix.sorting.evaluation.views import ALL_TASKS, NEW_PEOPLE, NEW_TITLES, of_view


@pytest.fixture(scope="module")
def rows(log):
    return predict_tagged(log, n_origins=3)


def test_the_rules_learn_from_exactly_the_tags_that_the_sorter_had(log, monkeypatch):
    seen = []

    def record(learned, asked):
        seen.append((len(learned), learned["tag"].isna().any(), learned["local_date"].max()))
        return found(learned, asked)

    found = predictions.predict_baselines
    monkeypatch.setattr(predictions, "predict_baselines", record)
    rows = predict_tagged(log, n_origins=3)
    by_origin = rows.groupby("origin")[["n_trained", "from_date"]].first()
    assert [n for n, *_ in seen] == by_origin["n_trained"].tolist()
    assert not any(untagged for _, untagged, _ in seen)
    for (*_, newest), begin in zip(seen, by_origin["from_date"], strict=True):
        assert newest < begin


def test_each_predicted_task_has_its_facts_and_what_every_method_says(log, rows):
    facts = log.set_index("task_id").loc[rows["task_id"]]
    for name in ("tag", "title", "person", "local_date", "human_hours"):
        assert rows[name].tolist() == facts[name].tolist()
    assert rows[["named", *BASELINES]].notna().all(axis=None)
    assert rows["task_id"].is_unique
    best = rows[[f"p_{name}" for name in ("execution", "judgment", "creative", "connective")]]
    assert (best.idxmax(axis=1) == "p_" + rows["likeliest"]).all()
    assert not rows.loc[rows["origin"] == 1, "calibrated"].any()


def test_views_part_new_titles_from_all_tasks_and_keep_people_apart(rows):
    both = pd.concat([rows, rows[:5].assign(of_new_people=True)])
    assert len(of_view(both, ALL_TASKS)) == len(rows)
    assert len(of_view(both, NEW_TITLES)) == (~rows["seen_title"]).sum() > 0
    assert len(of_view(both, NEW_PEOPLE)) == 5


def test_new_people_are_predicted_by_sorters_that_saw_nothing_of_theirs(log, monkeypatch):
    pairs = []

    def record(asked, known, *, sorter=None):
        pairs.append((set(asked["person"]), set(known["person"]), known["local_date"].max()))
        return found(asked, known, sorter=sorter)

    found = predictions.predict_categories
    monkeypatch.setattr(predictions, "predict_categories", record)
    begin = pd.Timestamp("2026-07-20")
    rows = predict_new_people(log, begin=begin)
    assert len(pairs) == 3
    for asked, known, newest in pairs:
        assert not asked & known
        assert known
        assert newest < begin
    wanted = log[log["tag"].notna() & (log["local_date"] >= begin)]
    assert sorted(rows["task_id"]) == wanted["task_id"].tolist()
    assert rows["of_new_people"].all()


def test_tasks_without_a_person_are_not_anybodys(log):
    nobody = log.assign(person=log["person"].mask(log["task_id"] > "t250"))
    rows = predict_new_people(nobody, begin=pd.Timestamp("2026-07-01"))
    assert rows["person"].notna().all()
    assert rows["task_id"].max() <= "t250"


def test_few_people_are_not_dealt_into_groups(log):
    few = log[log["person"] < "p09"]
    found = predict_new_people(few, begin=pd.Timestamp("2026-07-20"))
    assert found.empty
    assert found["tag"].tolist() == []


def test_thinning_keeps_every_tag_and_does_not_depend_on_the_order(log):
    thin = thin_untagged(log, n=7, seed=1)
    assert thin["tag"].notna().sum() == log["tag"].notna().sum()
    assert thin["tag"].isna().sum() == 7
    shuffled = log.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(thin_untagged(shuffled, n=7, seed=1), thin)
    assert len(thin_untagged(log, n=1000, seed=1)) == len(log)
    assert not np.array_equal(thin_untagged(log, n=7, seed=2)["task_id"], thin["task_id"])
