import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.exceptions import NotFittedError

from taskmix.errors import SortingError
from taskmix.sorting import TaskSorter
from taskmix.sorting.explaining import KINDS, contributions, weigh_decision
from taskmix.taxonomy import CATEGORIES, load_codebook


def tasks(n: int = 160) -> pd.DataFrame:
    """Titles of the codebook with a number, in two projects, with a tag each."""
    pairs = [(t, e.category) for e in load_codebook().entries for t in e.examples]
    rows = [pairs[k % len(pairs)] for k in range(n)]
    frame = pd.DataFrame(rows, columns=["title", "tag"]).astype("str")
    frame["title"] += [f" {k // len(pairs)}" for k in range(n)]
    return frame.assign(
        project=[("red", "blue", None)[k % 3] for k in range(n)],
        hours=[0.5 + k % 4 for k in range(n)],
    )


@pytest.fixture(scope="module")
def fitted() -> TaskSorter:
    log = tasks()
    return TaskSorter().fit(log, log["tag"])


def total(parts: pd.DataFrame, sorter: TaskSorter) -> np.ndarray:
    return parts[[str(name) for name in sorter.classes_]].to_numpy().sum(axis=0)


@given(
    st.lists(st.sampled_from(["review", "Review", "team", "of", "draft", "zzz", "42", "plan"]))
    .map(" ".join)
    .filter(str.strip)
    | st.text(max_size=40),
    st.sampled_from(["red", "blue", "new", None]),
    st.floats(0, 900) | st.just(float("nan")),
)
@settings(max_examples=150, deadline=None)
def test_contributions_add_up_to_the_decision_function(fitted, title, project, hours):
    row = pd.DataFrame({"title": [title], "project": [project], "hours": [hours]})
    parts = contributions(fitted, row)
    assert total(parts, fitted) == pytest.approx(fitted.decision_function(row)[0], abs=1e-6)
    assert set(parts["kind"]) <= set(KINDS)


def test_they_add_up_without_any_tag_too_where_other_words_carry_the_guess():
    titles = [f"{cue} of the quarterly zebra" for e in load_codebook().entries
              for cue in e.cue_words]  # fmt: skip
    cold = TaskSorter().fit(titles)
    assert cold.guess_coef_.any()
    parts = contributions(cold, ["Quarterly zebra meeting"])
    assert total(parts, cold) == pytest.approx(
        cold.decision_function(["Quarterly zebra meeting"])[0], abs=1e-9
    )


def test_a_cue_that_leads_a_title_counts_twice():
    cold = TaskSorter().fit(["anything"])
    parts = contributions(cold, ["Review of the draft"]).set_index(["kind", "term"])
    # one cue adds 1.3, see test_cues; the first word once more
    assert parts.loc[("cue", "review"), "judgment"] == pytest.approx(2.6)
    assert parts.loc[("cue", "draft"), "creative"] == pytest.approx(1.3)
    assert parts.loc[("intercept", ""), "execution"] == pytest.approx(np.log(0.4))


def test_the_word_that_the_tags_point_to_weighs_most():
    made_up = dict(zip(CATEGORIES, ("florp", "quindle", "zabbet", "mivvo"), strict=True))
    rows = [(f"see {word} {n}", category) for n in range(30) for category, word in made_up.items()]
    titles, tags = zip(*rows, strict=True)
    sorter = TaskSorter().fit(list(titles), list(tags))
    parts = contributions(sorter, ["see quindle 99"])
    weighed = weigh_decision(parts, category="judgment", against="execution")
    assert weighed.loc[0, "term"] == "quindle"
    assert weighed.loc[0, "weight"] > 0
    scores = dict(
        zip(sorter.classes_, sorter.decision_function(["see quindle 99"])[0], strict=True)
    )
    assert weighed["weight"].sum() == pytest.approx(scores["judgment"] - scores["execution"])


def test_context_is_named_with_its_value(fitted: TaskSorter):
    row = pd.DataFrame({"title": ["x"], "project": [None], "hours": [2.0]})
    terms = contributions(fitted, row).query("kind == 'context'")["term"].tolist()
    # log(1 + 2 h) rounds to the step 1, which reaches from exp(0.75) − 1 to exp(1.25) − 1 hours
    assert terms == ["hours = 1.1 to 2.5", "project = not given"]


def test_hours_that_are_missing_decide_nothing(fitted: TaskSorter):
    row = pd.DataFrame({"title": ["x"], "project": ["red"], "hours": [np.nan]})
    terms = contributions(fitted, row).query("kind == 'context'")["term"].tolist()
    assert terms == ["project = red"]


def test_the_project_of_an_ais_task_is_said_to_be_passed_over_not_to_be_missing():
    log = tasks().assign(performer=["human", "ai"] * 80)
    sorter = TaskSorter().fit(log, log["tag"])
    row = pd.DataFrame({"title": ["x"], "project": ["red"], "hours": [2.0], "performer": ["ai"]})
    terms = contributions(sorter, row).query("kind == 'context'")["term"].tolist()
    assert "project = any, for an AI did it" in terms
    by_hand = contributions(sorter, row.assign(performer="human"))["term"].tolist()
    assert "project = red" in by_hand


def test_the_callers_frame_is_left_as_it_was(fitted: TaskSorter):
    row = tasks(1)
    before = row.copy()
    contributions(fitted, row)
    pd.testing.assert_frame_equal(row, before)


def test_two_tasks_at_once_are_refused(fitted: TaskSorter):
    with pytest.raises(SortingError, match="There are 2 tasks; explain one at a time"):
        contributions(fitted, tasks(2))


def test_an_unknown_class_is_refused(fitted: TaskSorter):
    parts = contributions(fitted, tasks(1))
    with pytest.raises(SortingError, match="'unsure' is no class of the sorter; it has conn"):
        weigh_decision(parts, category="execution", against="unsure")


def test_a_sorter_that_was_not_fitted_is_refused():
    with pytest.raises(NotFittedError, match="not fitted"):
        contributions(TaskSorter(), ["a"])
