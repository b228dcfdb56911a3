"""An evaluation's frames belong together, whatever the log holds."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting.evaluation import ALL_TASKS, METHODS, NEW_PEOPLE, NEW_TITLES, evaluate_tasks


@pytest.fixture(scope="module")
def found(log):
    return evaluate_tasks(log, n_origins=3)


def by_method(found, view, column="macro_f1"):
    return found.methods[found.methods["view"] == view].set_index("method")[column]


def test_every_view_scores_every_method(found, log):
    assert found.n_tagged == log["tag"].notna().sum() == 257
    assert (found.n_people, found.clustered_by) == (12, "person")
    assert found.methods["view"].unique().tolist() == [NEW_TITLES, ALL_TASKS, NEW_PEOPLE]
    assert found.methods.groupby("view").size().tolist() == [len(METHODS)] * 3
    assert found.n_tested == found.probabilities.set_index("view").loc[ALL_TASKS, "n_tasks"]
    counted = found.confusion.groupby("view")["n_tasks"].sum()
    told = found.probabilities.set_index("view")["n_tasks"]
    assert counted[told.index].tolist() == told.tolist()


def test_words_that_only_tags_explain_are_found_and_the_rules_beaten(found):
    assert by_method(found, NEW_TITLES)["sorter"] > 0.8
    assert by_method(found, NEW_TITLES, "beaten").drop("sorter").all()
    assert by_method(found, ALL_TASKS, "beaten").drop("sorter").all()
    assert "it beats all four simple rules on new titles and on all tasks." in found.verdict


def test_tags_without_meaning_are_not_good_enough(log):
    rng = np.random.default_rng(1)
    noise = log.dropna(subset="tag")
    noise = noise.assign(tag=rng.permutation(noise["tag"]))
    found = evaluate_tasks(noise, n_origins=3)
    assert by_method(found, NEW_TITLES)["sorter"] < 0.4
    assert not found.labels["alone"].fillna(False).any()
    assert "Good enough to" not in found.verdict


@pytest.fixture(scope="module")
def rare():
    """Of 25 tasks a day two are judgment, two in five of those called quill, and no other."""
    places = ["alder", "birch", "cedar", "dogwood", "elm", "fir", "grove", "heath", "isle", "knoll"]
    words = ["zarn"] * 9 + ["belk"] * 11 + ["quill"] * 5
    rows = [
        {"task_id": f"t{25 * day + n:04d}", "title": f"{word} {places[(day + n) % 10]}",
         "tag": "judgment" if n >= 23 else "execution", "person": f"p{n % 12:02d}",
         "local_date": pd.Timestamp("2026-05-04") + pd.Timedelta(days=day), "human_hours": 1.0}
        for day in range(40)
        for n, word in enumerate(words)
    ]  # fmt: skip
    text = dict.fromkeys(["task_id", "title", "tag", "person"], "str")
    return pd.DataFrame(rows).astype(text)


def test_a_rare_category_is_scored_as_it_is_named_and_not_by_what_is_likeliest(rare):
    found = evaluate_tasks(rare, n_origins=1)
    # 500 tasks are tested; the 100 called quill are named judgment, and 40 of them are:
    # F1 of execution 2·400/(400 + 460), of judgment 2·40/(100 + 40)
    expected = (800 / 860 + 80 / 140) / 2
    for view in (ALL_TASKS, NEW_PEOPLE):
        scores = by_method(found, view)
        assert scores["sorter"] == pytest.approx(expected)
        # by probability all are execution, 2·460/(500 + 460) and 0, as the majority says
        assert scores["majority"] == pytest.approx(920 / 960 / 2)
    assert (found.rows["likeliest"] == "execution").all()
    assert found.learning.curve["macro_f1"].iloc[-1] == pytest.approx(expected)
    assert found.origins["macro_f1"].tolist() == pytest.approx([expected])
    counts = found.categories.set_index(["view", "category"]).loc[(ALL_TASKS, "judgment")]
    assert counts[["n_tagged", "n_found", "n_right"]].tolist() == [40, 100, 40]
    # what is added up to shares knows of no lift
    shares = found.shares.set_index(["view", "category"])["predicted"]
    assert shares[(ALL_TASKS, "judgment")] == pytest.approx(40 / 500, abs=0.01)
    assert found.errors["found"].unique().tolist() == ["execution"]
    assert found.labels.set_index("category").loc["judgment", "n_found"] == 0


def test_neither_the_order_nor_the_caller_matters(found, log):
    shuffled = log.sample(frac=1, random_state=2)
    before = shuffled.copy()
    again = evaluate_tasks(shuffled, n_origins=3)
    pd.testing.assert_frame_equal(shuffled, before)
    assert again.verdict == found.verdict
    for field in ("methods", "shares", "coverage", "labels", "origins", "words", "errors"):
        pd.testing.assert_frame_equal(getattr(again, field), getattr(found, field))
    pd.testing.assert_frame_equal(again.learning.gain, found.learning.gain)


def test_one_persons_log_is_resampled_by_week_and_has_no_new_people(log):
    found = evaluate_tasks(log.assign(person="ana"), n_origins=3)
    assert found.clustered_by == "week"
    assert found.methods["view"].unique().tolist() == [NEW_TITLES, ALL_TASKS]
    assert found.remarks[ALL_TASKS].endswith("weeks: the log is one person's")


def test_with_few_people_there_is_no_interval_and_that_is_said(log):
    found = evaluate_tasks(log.assign(person=log["person"].str[:2]), n_origins=3)
    assert found.remarks[ALL_TASKS] == "no intervals: not enough people: has 2, needs 10"
    assert found.methods["beaten"].isna().all()
    assert found.verdict.endswith("; whether it beats simple rules cannot be told.")


@pytest.mark.parametrize("n_tagged", [0, 39])
def test_too_few_tags_are_told_and_every_frame_has_its_columns(log, found, n_tagged):
    kept = log["tag"].notna().cumsum() <= n_tagged
    few = evaluate_tasks(log.assign(tag=log["tag"].where(kept)), n_origins=3)
    assert (few.n_tested, few.n_tagged) == (0, n_tagged)
    assert "cannot be told" in few.verdict or "Too few tags" in few.verdict
    for field in dataclasses.fields(found):
        value, other = getattr(few, field.name), getattr(found, field.name)
        if isinstance(value, pd.DataFrame):
            assert set(other.columns) - {"origin"} <= set(value.columns), field.name
    assert few.methods["macro_f1"].isna().all()
    assert few.learning.curve.empty


def test_the_fewest_tags_that_can_be_scored_are(log):
    forty = log[log["tag"].notna()].head(40)
    found = evaluate_tasks(forty, n_origins=1)
    assert 0 < found.n_tested < 40
    assert found.learning.curve["n_tags"].unique().tolist() == [40 - found.n_tested]
    assert found.learning.gain["gain"].isna().all()
    assert found.labels["alone"].isna().all()


def test_an_audit_is_told_and_too_small_a_one_is_not_believed(log):
    n = 30
    audited = pd.DataFrame(
        {"person": [f"p{k % 10}" for k in range(n)], "pi": 0.1, "hours": 1.0, "tag": "judgment",
         "p_execution": 0.9, "p_judgment": 0.1, "p_creative": 0.0, "p_connective": 0.0}
    )  # fmt: skip
    found = evaluate_tasks(log[:90], audited=audited, n_origins=1)
    assert found.audit.set_index("category")["error"]["judgment"] == pytest.approx(0.9)
    assert found.audit_remark == ""
    assert "its shares need the audit’s correction, which moves execution by 90 points" in (
        found.verdict
    )
    few = evaluate_tasks(log[:90], audited=audited[:3], n_origins=1)
    assert few.audit.empty
    assert (
        few.audit_remark == "the newest audit has answers of 3 people to 3 tasks; it takes 20 of 2"
    )


def test_a_log_without_dates_or_with_unknown_tags_is_an_error(log):
    with pytest.raises(SortingError, match="n_origins is 0"):
        evaluate_tasks(log, n_origins=0)
    with pytest.raises(SortingError, match="'admin' are no categories"):
        evaluate_tasks(log.assign(tag="admin"))
