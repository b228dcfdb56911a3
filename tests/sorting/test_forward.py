import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SortingError
from taskmix.sorting import PROBABILITIES, TaskSorter
from taskmix.sorting.forward import first_days, predict_forward
from taskmix.taxonomy import CATEGORIES

WORDS = dict(zip(CATEGORIES, ("florp", "quindle", "zabbet", "mivvo"), strict=True))
COLUMNS = ["task_id", "origin", "from_date", "tag", "named", *PROBABILITIES, "seen_title",
           "seen_person", "n_trained"]  # fmt: skip


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """Two hundred tasks, two a day, of eighty titles and ten people; every second day is tagged."""
    n = np.arange(200)
    category = np.array(CATEGORIES, dtype=object)[(n + n // 4) % 4]
    return pd.DataFrame(
        {
            "task_id": [f"t{k:03d}" for k in n],
            "title": [f"{WORDS[c]} {k % 80}" for c, k in zip(category, n, strict=True)],
            "tag": pd.Series(np.where(n // 2 % 2 == 0, category, None), dtype="str"),
            "local_date": pd.Timestamp("2026-01-01") + pd.to_timedelta(n // 2, unit="D"),
            "person": [f"p{k % 10}" for k in n],
        }
    )


def test_one_row_is_one_tagged_task_of_a_later_stretch(log):
    forward = predict_forward(log)
    assert forward.columns.tolist() == COLUMNS
    assert forward["task_id"].is_unique
    # 100 tagged tasks in five stretches of 20; the first one is only learned from
    assert forward.groupby("origin").size().to_dict() == {1: 20, 2: 20, 3: 20, 4: 20}
    assert forward.groupby("origin")["n_trained"].unique().str[0].tolist() == [20, 40, 60, 80]
    assert forward[list(PROBABILITIES)].sum(axis=1).to_numpy() == pytest.approx(np.ones(80))
    tags = log.set_index("task_id")["tag"]
    assert (forward["tag"] == forward["task_id"].map(tags)).all()


def test_no_day_lies_on_both_sides(log):
    forward = predict_forward(log).merge(log[["task_id", "local_date"]], on="task_id")
    last = forward.groupby("origin")["local_date"].max()
    begin = forward.groupby("origin")["from_date"].first()
    assert (forward["local_date"] >= forward["from_date"]).all()
    assert (last.iloc[:-1].to_numpy() < begin.iloc[1:].to_numpy()).all()


def test_what_comes_later_changes_nothing_earlier(log):
    # another title and tag for everything after the second origin's stretch began
    before = predict_forward(log)
    begin = before.loc[before["origin"] == 3, "from_date"].iloc[0]
    late = log["local_date"] >= begin
    other = log.assign(
        title=log["title"].mask(late, "something else"),
        tag=log["tag"].mask(late & log["tag"].notna(), "creative"),
    )
    early = before["origin"] < 3
    pd.testing.assert_frame_equal(predict_forward(other)[early], before[early], check_exact=True)


def test_what_came_before_is_learned(log):
    forward = predict_forward(log)
    best = np.array(CATEGORIES)[forward[list(PROBABILITIES)].to_numpy().argmax(axis=1)]
    assert (best == forward["tag"]).mean() == pytest.approx(1.0)
    # the negative control: one title for all tells nothing
    blind = predict_forward(log.assign(title="florp"))
    best = np.array(CATEGORIES)[blind[list(PROBABILITIES)].to_numpy().argmax(axis=1)]
    assert (best == blind["tag"]).mean() < 0.5


def test_probabilities_are_those_of_a_sorter_fitted_on_the_days_before(log):
    forward = predict_forward(log, n_origins=1)
    begin = forward["from_date"].iloc[0]
    known, asked = log[log["local_date"] < begin], log[log["task_id"].isin(forward["task_id"])]
    sorter = TaskSorter().fit(known, known["tag"])
    columns = [f"p_{category}" for category in sorter.classes_]
    assert np.array_equal(forward[columns].to_numpy(), sorter.predict_share(asked))


def test_what_is_named_is_what_that_sorter_predicts(log):
    forward = predict_forward(log, n_origins=1)
    known = log[log["local_date"] < forward["from_date"].iloc[0]]
    asked = log[log["task_id"].isin(forward["task_id"])]
    sorter = TaskSorter().fit(known, known["tag"])
    assert forward["named"].tolist() == sorter.predict(asked).tolist()


def test_a_title_is_seen_only_if_a_tag_of_it_was(log):
    # t080 is tagged, as t000 was
    changed = log.assign(title=log["title"].mask(log["task_id"] == "t196", "Never Seen"))
    forward = predict_forward(changed).set_index("task_id")
    assert forward.loc["t080", "seen_title"]
    assert not forward.loc["t196", "seen_title"]
    # upper case is the same title
    shouted = log.assign(title=log["title"].mask(log["task_id"] == "t080", "FLORP 0"))
    assert predict_forward(shouted).set_index("task_id").loc["t080", "seen_title"]


def test_a_person_is_seen_only_if_a_tag_of_theirs_was(log):
    changed = log.assign(person=log["person"].mask(log["task_id"] == "t196", "p-new"))
    forward = predict_forward(changed).set_index("task_id")
    assert not forward.loc["t196", "seen_person"]
    assert forward.drop("t196")["seen_person"].all()
    assert not predict_forward(log.drop(columns="person"))["seen_person"].any()


def test_the_order_and_index_of_the_log_do_not_matter_and_it_stays_as_it_is(log):
    mixed = log.sample(frac=1, random_state=1)
    before = mixed.copy()
    pd.testing.assert_frame_equal(predict_forward(mixed), predict_forward(log), check_exact=True)
    pd.testing.assert_frame_equal(mixed, before)


def test_too_few_tags_or_days_give_no_row_but_the_columns(log):
    few = log[log["tag"].notna()][:39]
    one_day = log.assign(local_date=pd.Timestamp("2026-01-01"))
    untagged = log.assign(tag=pd.Series(pd.NA, index=log.index, dtype="str"))
    for tasks in (few, one_day, untagged, log[:0]):
        forward = predict_forward(tasks)
        assert forward.columns.tolist() == COLUMNS
        assert forward.empty
    assert len(predict_forward(log[log["tag"].notna()][:40])) > 0


def test_tasks_without_a_date_take_no_part(log):
    undated = log.assign(local_date=log["local_date"].where(log.index < 150))
    expected = predict_forward(log[:150])
    pd.testing.assert_frame_equal(predict_forward(undated), expected, check_exact=True)


def test_days_are_cut_where_the_numbers_of_tasks_are_nearest():
    days = pd.Series(
        pd.to_datetime(["2026-01-01"] * 10 + ["2026-01-02"] * 50 + ["2026-01-05"] * 20)
    )
    # half of 80 is 40: 10 tasks lie before the 2nd, 60 before the 5th
    assert first_days(days, n_origins=1) == [pd.Timestamp("2026-01-05")]
    # thirds, 26.7 and 53.3: the 2nd is nearest to the one, the 5th to the other
    assert first_days(days, n_origins=2) == list(pd.to_datetime(["2026-01-02", "2026-01-05"]))
    # two begins that fall on one day are one
    assert len(first_days(days, n_origins=9)) == 2


def test_what_is_wrong_is_named(log):
    with pytest.raises(SortingError, match="lacks the columns local_date; found task_id"):
        predict_forward(log.drop(columns="local_date"))
    with pytest.raises(SortingError, match="n_origins is 0; it takes 1 at least"):
        predict_forward(log, n_origins=0)
    with pytest.raises(SortingError, match="local_date holds str, not dates"):
        predict_forward(log.assign(local_date=log["local_date"].astype("str")))
    with pytest.raises(SortingError, match="The tags 'fun' are no categories"):
        predict_forward(log.assign(tag="fun"))
