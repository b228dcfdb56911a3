import numpy as np
import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.store.tables import TABLES, to_arrow, to_pandas
from taskmix.synth.bench import TAGGERS, audit_answers
from taskmix.taxonomy import CATEGORIES

NEVER_ERRS = {"p-careful": np.eye(4)}


@pytest.fixture(scope="module")
def asked(bench):
    return bench.tasks.loc[bench.truth["performer"] != "ai", "task_id"].iloc[::8]


@pytest.fixture(scope="module")
def answers(bench, asked):
    rows = audit_answers(bench, asked, seed=2)
    return rows.merge(bench.truth[["task_id", "category", "hours", "busy"]], on="task_id",
                      suffixes=("", "_true"))  # fmt: skip


def test_answers_are_rows_of_the_table_of_tags(bench, asked):
    rows = audit_answers(bench, asked.iloc[:500], sheet="2026-Q3-a")
    pd.testing.assert_frame_equal(rows, to_pandas(to_arrow(rows, TABLES["tags"])))
    assert rows["tag_id"].is_unique
    assert set(rows["sheet"]) == {"2026-Q3-a"}
    assert set(rows["tagger"]) == set(TAGGERS)


@pytest.mark.parametrize("tagger", list(TAGGERS))
def test_each_tagger_errs_as_told(answers, tagger):
    mine = answers[answers["tagger"] == tagger]
    n = mine["category_true"].value_counts()[list(CATEGORIES)].to_numpy()[:, None]
    drawn = pd.crosstab(mine["category_true"], mine["category"]).loc[
        list(CATEGORIES), list(CATEGORIES)
    ]
    error = np.sqrt(TAGGERS[tagger] * (1 - TAGGERS[tagger]) / n)
    assert (np.abs(drawn.to_numpy() / n - TAGGERS[tagger]) < 4 * error).all(axis=None)
    others = [confusion for name, confusion in TAGGERS.items() if name != tagger]
    assert (np.abs(drawn.to_numpy() / n - others[0]) > 4 * error).any(axis=None)


def test_the_busy_answer_less_and_so_execution_is_undercounted(bench):
    truth = bench.truth[bench.truth["performer"] != "ai"].iloc[::3]
    executes, hours = truth["category"] == "execution", truth["hours"]

    def told(less_when_busy: float) -> pd.Series:
        rows = audit_answers(
            bench, truth["task_id"], seed=3, taggers=NEVER_ERRS, less_when_busy=less_when_busy
        )
        return truth["task_id"].isin(rows["task_id"])

    def execution(rows: pd.Series) -> float:
        return float(hours[rows & executes].sum() / hours[rows].sum())

    busy, even = told(0.3), told(0.0)
    assert busy.mean() == pytest.approx(0.65, abs=0.01)
    rate = busy.groupby(truth["busy"] > 1).mean()
    assert rate[True] < rate[False] - 0.25
    true = executes.mul(hours).sum() / hours.sum()
    assert execution(busy) < true - 0.008
    assert execution(even) == pytest.approx(true, abs=0.005)


def test_who_never_errs_and_always_answers_tells_the_truth(bench, asked):
    rows = audit_answers(bench, asked, taggers=NEVER_ERRS, answered=1, less_when_busy=0)
    assert rows["task_id"].tolist() == asked.tolist()
    assert rows["category"].tolist() == bench.truth.loc[asked.index, "category"].tolist()


def test_the_same_seed_gives_the_same_answers(bench, asked):
    few = asked.iloc[::10]
    first, again, other = (audit_answers(bench, few, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert len(first) != len(other) or not first.equals(other)


def test_a_task_of_another_bench_is_refused(bench):
    with pytest.raises(TaskmixError, match=r"the bench has no task 'abc'; draw from its own tasks"):
        audit_answers(bench, pd.Series(["abc"]))


@pytest.mark.parametrize("chances", [(1.2, 0.1), (0.2, 0.3), (0.5, -0.1)])
def test_a_chance_that_would_be_none_is_refused(bench, asked, chances):
    answered, less = chances
    with pytest.raises(TaskmixError, match=rf"answered is {answered} and less_when_busy is {less}"):
        audit_answers(bench, asked, answered=answered, less_when_busy=less)
