import math

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting import PROBABILITIES, sort_tasks
from taskmix.sorting.calibration import fit_on_latest
from taskmix.sorting.forward import predict_forward
from taskmix.sorting.model import SortingModel, predict_categories, train_model
from taskmix.sorting.sort_log import sort_with
from taskmix.sorting.temperature import apply_calibration
from taskmix.taxonomy import CATEGORIES

WORDS = dict(zip(CATEGORIES, ("florp", "quindle", "zabbet", "mivvo"), strict=True))


def make_log(n: int = 1600, *, seed: int = 0) -> pd.DataFrame:
    """Tasks of 100 days, half of them tagged; one in fifty titles belies its category."""
    rng = np.random.default_rng(seed)
    category = rng.choice(CATEGORIES, n)
    told = np.where(rng.random(n) < 0.02, rng.choice(CATEGORIES, n), category)
    word = [WORDS[c] for c in told]
    return pd.DataFrame(
        {
            "task_id": [f"t{k:04d}" for k in range(n)],
            "title": [f"{w} {k % 97}" for w, k in zip(word, range(n), strict=True)],
            "tag": pd.Series(np.where(np.arange(n) % 2 == 0, category, None), dtype="str"),
            "local_date": pd.Timestamp("2026-01-01") + pd.to_timedelta(np.arange(n) // 16, "D"),
            "hours": 1.0 + np.arange(n) % 3,
        }
    )


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    return make_log()


@pytest.fixture(scope="module")
def trained(log) -> tuple[SortingModel, pd.DataFrame]:
    return train_model(log)


@pytest.fixture(scope="module")
def model(trained) -> SortingModel:
    return trained[0]


def test_what_is_calibrated_and_earned_comes_from_forward_predictions(log, model, trained):
    forward = trained[1]
    # 800 tags in five stretches, of which four are predicted and the last two calibrate
    assert (len(forward), model.calibration.n_tasks) == (640, 320)
    assert model.calibration == fit_on_latest(predict_forward(log))
    # 98 of 100 titles tell their category: any probability is good enough
    assert model.earned == tuple(CATEGORIES)
    assert model.thresholds == dict.fromkeys(CATEGORIES, 0.25)
    assert (model.sort(log)["category"] != "unsure").all()


def test_untagged_tasks_have_the_sorters_calibrated_shares(log, model):
    untagged = log["tag"].isna()
    expected = apply_calibration(predict_categories(model.sorter, log[untagged]), model.calibration)
    found = model.sort(log).loc[untagged, list(PROBABILITIES)].to_numpy()
    assert np.array_equal(found, expected)


def test_a_category_that_is_wrong_too_often_is_never_assigned_alone(log):
    # what is tagged judgment or creative has the same words
    mixed = log.assign(title=log["title"].str.replace("zabbet", "quindle"))
    model, _ = train_model(mixed)
    assert {model.thresholds[c] for c in ("judgment", "creative")} == {math.inf}
    assert set(model.sort(mixed)["category"]) == {"execution", "connective", "unsure"}
    # a lower target lets one of them in again
    eased, _ = train_model(mixed, precision=0.3)
    assert set(eased.sort(mixed)["category"]) & {"judgment", "creative"}


def test_sure_at_counts_where_precision_cannot_be_measured(log):
    few = log.assign(tag=log["tag"].where(log.index < 60))
    model, forward = train_model(few, sure_at=0.7)
    assert forward.empty
    assert set(model.thresholds.values()) == {0.7}
    assert model.earned == ()


def test_the_same_log_gives_the_same_model_in_whatever_order(log, model):
    other, _ = train_model(log.sample(frac=1, random_state=1))
    assert other.model_id == model.model_id
    assert (other.calibration, other.thresholds) == (model.calibration, model.thresholds)
    pd.testing.assert_frame_equal(other.sort(log), model.sort(log), check_exact=True)


def test_another_tag_date_or_setting_gives_another_model():
    log = make_log(120)
    base = train_model(log)[0].model_id
    tags = log["tag"].mask(
        log.index == 0, "creative" if log["tag"][0] != "creative" else "judgment"
    )
    moved = log["local_date"].mask(log.index == 0, pd.Timestamp("2026-02-02"))
    others = {
        train_model(log.assign(tag=tags))[0].model_id,
        train_model(log.assign(local_date=moved))[0].model_id,
        train_model(log, sure_at=0.5)[0].model_id,
        train_model(log, precision=0.9)[0].model_id,
        train_model(log, seed=1)[0].model_id,
    }
    assert len({base, *others}) == 6
    assert train_model(log)[0].model_id == base


def test_two_tasks_that_change_titles_give_another_model():
    log = make_log(120)
    alike = (log["tag"] == log["tag"][0]) & (log["hours"] == log["hours"][0])
    twin = log.index[alike & (log["title"] != log["title"][0])][0]
    swapped = log.copy()
    swapped.loc[[0, twin], "title"] = log.loc[[twin, 0], "title"].array
    model, other = train_model(log)[0], train_model(swapped)[0]
    # the sorter is the same, but not what is known of the tasks that it learned from
    assert other.sorter.model_id_ == model.sorter.model_id_
    assert not other.held_out.equals(model.held_out)
    assert other.model_id != model.model_id


def test_a_model_sorts_its_log_as_it_did_after_tasks_and_tags_were_added(log, model):
    then = sort_tasks(log).sorted
    new = make_log(40, seed=9).assign(task_id=[f"n{k}" for k in range(40)])
    later = pd.concat([new, log.sample(frac=1, random_state=2)], ignore_index=True)
    later["tag"] = later["tag"].fillna("creative")
    now = sort_with(model, later)
    old = now.sorted[now.sorted["task_id"].isin(log["task_id"])]
    old = old.set_index("task_id").loc[log["task_id"]].reset_index()
    pd.testing.assert_frame_equal(old, then, check_exact=True)
    assert now.n_tagged == len(later)
    assert now.forward.empty
    # what was tagged since is predicted by the sorter, as if it were not
    p = now.sorted.set_index("task_id").loc[new["task_id"], list(PROBABILITIES)].to_numpy()
    expected = apply_calibration(predict_categories(model.sorter, new), model.calibration)
    assert p == pytest.approx(expected, abs=1e-12)


def test_newer_tags_are_those_that_the_model_did_not_learn(log, model):
    assert model.newer_tags(log) == 0
    more = log.copy()
    more.loc[more["tag"].isna().idxmax(), "tag"] = "creative"
    changed = more["tag"].notna() & (more["tag"] != "judgment")
    more.loc[changed.idxmax(), "tag"] = "judgment"
    assert model.newer_tags(more) == 2
    # a tag that was taken back is none
    assert model.newer_tags(log.assign(tag=log["tag"].where(log.index > 99))) == 0


def test_a_learned_task_under_another_title_is_predicted_and_marked(log, model):
    renamed = log.assign(title=log["title"].mask(log.index == 2, "mivvo other"))
    found = model.sort(renamed)
    assert found.index[~found["out_of_sample"]].tolist() == [2]
    expected = apply_calibration(predict_categories(model.sorter, renamed[2:3]), model.calibration)
    assert found.loc[2, list(PROBABILITIES)].tolist() == pytest.approx(expected[0].tolist())
    # case and blanks make no other title
    shouted = log.assign(title=log["title"].mask(log.index == 2, log["title"].str.upper() + "  "))
    assert model.sort(shouted)["out_of_sample"].all()


def test_tags_of_the_log_at_hand_are_not_looked_at(log, model):
    pd.testing.assert_frame_equal(
        model.sort(log.drop(columns="tag")), model.sort(log), check_exact=True
    )


def test_the_callers_frames_stay_as_they_are(log, model):
    before, kept = log.copy(), model.held_out.copy()
    train_model(log[:200])
    model.sort(log)
    pd.testing.assert_frame_equal(log, before)
    pd.testing.assert_frame_equal(model.held_out, kept)


def test_a_column_that_the_model_was_trained_with_must_be_there(log, model):
    with pytest.raises(SortingError, match="hours"):
        model.sort(log.drop(columns="hours"))
    with pytest.raises(SortingError, match="lacks the columns title"):
        model.sort(log.drop(columns="title"))
