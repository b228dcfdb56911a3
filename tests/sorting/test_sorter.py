import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError
from sklearn.utils.estimator_checks import parametrize_with_checks

from taskmix.errors import SortingError
from taskmix.sorting import TaskSorter
from taskmix.sorting.sorter import _EDITION
from taskmix.taxonomy import CATEGORIES, load_codebook

#: Check → why the sorter cannot pass it. None at present.
EXPECTED_FAILED_CHECKS: dict[str, str] = {}


@parametrize_with_checks([TaskSorter()], expected_failed_checks=lambda _: EXPECTED_FAILED_CHECKS)
def test_the_sorter_is_a_scikit_learn_estimator(estimator, check):
    check(estimator)


@pytest.fixture(scope="module")
def log() -> pd.DataFrame:
    """80 tasks whose made-up words tell the category; no cue word is among them."""
    words = dict(zip(CATEGORIES, ("florp", "quindle", "zabbet", "mivvo"), strict=True))
    rows = [
        {
            "title": f"{words[category]} {n % 7} ticket {n}",
            "project": "red" if n % 2 else None,
            "hours": 0.5 + n % 3,
            "tag": category,
        }
        for n in range(20)
        for category in CATEGORIES
    ]
    return pd.DataFrame(rows).astype({"title": "str", "project": "str", "tag": "str"})


def test_without_a_tag_the_cue_words_decide():
    sorter = TaskSorter().fit(["anything"], [None])
    assert sorter.cold_start_
    assert sorter.classes_.tolist() == ["connective", "creative", "execution", "judgment"]
    # base 0.2 and two counts of e^1.3 against 0.8: see test_cues
    assert sorter.predict_proba(["Review contract"])[0, 3] == pytest.approx(0.77095, abs=1e-4)
    assert sorter.predict(["no such cue"]).tolist() == ["execution"]


def test_cue_words_name_most_examples_of_the_codebook():
    sorter = TaskSorter().fit(["anything"])
    pairs = [
        (title, entry.category) for entry in load_codebook().entries for title in entry.examples
    ]
    titles, categories = zip(*pairs, strict=True)
    assert (sorter.predict(list(titles)) == np.array(categories)).mean() > 0.75


def test_tags_teach_words_that_no_cue_knows(log: pd.DataFrame):
    sorter = TaskSorter().fit(log, log["tag"])
    assert not sorter.cold_start_
    new = ["florp 3 for ann", "quindle 3 for ann", "zabbet 3 for ann", "mivvo 3 for ann"]
    frame = pd.DataFrame({"title": new, "project": "red", "hours": 1.0})
    assert sorter.predict(frame).tolist() == list(CATEGORIES)


def test_tags_outweigh_a_cue_word_as_they_come():
    titles = [f"review {n} florp" for n in range(120)] + [f"quux {n}" for n in range(120)]
    tags = ["creative"] * 120 + ["execution"] * 120
    p = [
        TaskSorter()
        .fit(titles, pd.Series(tags).where(np.arange(240) % 120 < n))
        .predict_proba(["review 7 florp"])[0, 1]
        for n in (0, 20, 120)
    ]
    assert p[0] < 0.1
    assert p[0] < p[1] < p[2]
    assert p[2] > 0.9


def test_a_category_without_tags_keeps_its_cue_words(log: pd.DataFrame):
    tagged = log[log["tag"] != "connective"]
    sorter = TaskSorter().fit(tagged[["title"]], tagged["tag"])
    assert sorter.predict(["Stand-up meeting with the client"]).tolist() == ["connective"]


def test_untagged_rows_teach_their_words_but_no_category(log: pd.DataFrame):
    log = log.assign(title=log["title"] + [" early" if n < 40 else " late" for n in range(80)])
    tags = log["tag"].where(log.index < 40)
    with_others = TaskSorter().fit(log[["title"]], tags)
    alone = TaskSorter().fit(log.loc[:39, ["title"]], tags[:40])
    assert with_others.features_.titles[0].terms != alone.features_.titles[0].terms
    assert with_others.classes_.tolist() == alone.classes_.tolist()


def test_labels_that_are_no_categories_are_learned_without_the_guess():
    sorter = TaskSorter().fit(["review a", "review b", "call a", "call b"], ["x", "x", "y", "y"])
    assert sorter.classes_.tolist() == ["x", "y"]
    assert sorter.predict(["review c", "call c"]).tolist() == ["x", "y"]
    assert sorter.cues_ is None


def test_the_order_of_rows_does_not_matter(log: pd.DataFrame):
    mixed = log.sample(frac=1, random_state=3)
    one, other = TaskSorter().fit(log, log["tag"]), TaskSorter().fit(mixed, mixed["tag"])
    assert one.model_id_ == other.model_id_
    assert np.array_equal(one.predict_proba(log), other.predict_proba(log))


def test_a_repeated_row_is_a_weight(log: pd.DataFrame):
    twice = pd.concat([log, log[:10]])
    weight = np.where(log.index < 10, 2.0, 1.0)
    one = TaskSorter().fit(twice, twice["tag"])
    other = TaskSorter().fit(log, log["tag"], sample_weight=weight)
    assert one.model_id_ == other.model_id_
    assert np.array_equal(one.predict_proba(log), other.predict_proba(log))


def test_the_model_id_changes_with_tags_texts_and_parameters(log: pd.DataFrame):
    ids = {
        TaskSorter().fit(log, log["tag"]).model_id_,
        TaskSorter().fit(log, log["tag"].where(log.index > 0)).model_id_,
        TaskSorter().fit(log.assign(title=log["title"] + "x"), log["tag"]).model_id_,
        TaskSorter(strength=5.0).fit(log, log["tag"]).model_id_,
        TaskSorter(context=()).fit(log, log["tag"]).model_id_,
    }
    assert len(ids) == 5
    assert all(len(model_id) == 12 for model_id in ids)


def test_the_callers_frame_is_untouched(log: pd.DataFrame):
    before = log.copy()
    TaskSorter().fit(log, log["tag"]).predict(log)
    pd.testing.assert_frame_equal(log, before)


@pytest.mark.parametrize("tagged", [False, True])
def test_strange_titles_get_probabilities(log: pd.DataFrame, tagged: bool):
    sorter = TaskSorter().fit(log["title"], log["tag"] if tagged else None)
    strange = ["", None, "🦊🦊", "\u200f\u202e", "x" * 300, "wort " * 60, "\ud83d", "日本語の会議"]
    p = sorter.predict_proba(strange)
    assert p.sum(axis=1) == pytest.approx(np.ones(len(strange)))
    assert set(sorter.predict(strange)) <= set(CATEGORIES)


def test_strange_titles_can_be_learned_from():
    titles = ["", None, "🦊", "\u200f", "x" * 300]
    sorter = TaskSorter().fit(titles, ["creative"] * 3 + [None] * 2)
    assert sorter.predict_proba(titles).sum(axis=1) == pytest.approx(np.ones(5))


def test_no_tasks_are_sorted_into_no_rows(log: pd.DataFrame):
    assert TaskSorter().fit(log, log["tag"]).predict_proba(log[:0]).shape == (0, 4)
    assert TaskSorter().fit(log).predict(log[:0]).shape == (0,)


def test_a_context_column_that_is_missing_later_is_named(log: pd.DataFrame):
    sorter = TaskSorter().fit(log, log["tag"])
    with pytest.raises(SortingError, match="The tasks lack 'project', which the sorter"):
        sorter.predict(log.drop(columns="project"))
    with pytest.raises(SortingError, match="X has 1 features, but TaskSorter is expecting 3"):
        sorter.predict(log["title"])


def test_columns_that_were_not_there_at_fit_are_left_out(log: pd.DataFrame):
    sorter = TaskSorter().fit(log[["title"]], log["tag"])
    assert sorter.feature_names_in_.tolist() == ["title"]
    assert np.array_equal(sorter.predict_proba(log), sorter.predict_proba(log["title"]))


def test_nothing_to_learn_from_is_an_error():
    with pytest.raises(SortingError, match="no task to learn from"):
        TaskSorter().fit(pd.DataFrame({"title": pd.Series([], dtype="str")}))
    with pytest.raises(SortingError, match="neither a title nor a tag"):
        TaskSorter().fit([[1.0], [2.0]], [None, None])


def test_predicting_before_fitting_is_an_error():
    with pytest.raises(NotFittedError, match="not fitted yet"):
        TaskSorter().predict(["x"])


def test_a_clone_keeps_the_parameters():
    assert clone(TaskSorter(strength=2.0)).get_params()["strength"] == 2.0


def test_a_sorter_that_learns_otherwise_has_another_edition():
    # Features are made anew when a kept model sorts: without another edition an old model would
    # be loaded and would sort otherwise than it did. Where this fails, raise _EDITION and write
    # down what it learns now.
    learned = {
        6: [
            [-2.110, -1.872, -0.026, -1.732],
            [-1.950, -1.989, -1.062, 0.559],
            [-1.775, -0.525, -1.379, -2.062],
            [-0.407, -1.718, -1.566, -2.049],
        ]
    }
    titles = ["see florp 1", "[bot] quindle review", "WEB-12: zabbet the florp", "mivvo quindle"]
    log = pd.DataFrame(
        {
            "title": titles * 3,
            "project": ["red", "blue", "red", None] * 3,
            "performer": ["human", "human", "ai", "both"] * 3,
            "hours": [0.5, 1.0, 2.5, 8.0] * 3,
        }
    )
    sorter = TaskSorter().fit(log, ["execution", "judgment", "creative", "connective"] * 3)
    found = sorter.decision_function(log.head(4))
    assert found == pytest.approx(np.array(learned[_EDITION]), abs=0.003)
