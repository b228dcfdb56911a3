import numpy as np
import pandas as pd
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_pipeline
from threadpoolctl import threadpool_limits

from taskmix.errors import SchemaError
from taskmix.synth import truth_ai_share, truth_frame, truth_shares
from taskmix.taxonomy import CATEGORIES


def _macro_f1(train: pd.DataFrame, labels: np.ndarray, test: pd.DataFrame) -> float:
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(max_iter=1000))
    # the matrices are small: more threads than one cost ten times the time
    with threadpool_limits(1):
        model.fit(train["title"].to_numpy(), labels)
    return f1_score(test["category"], model.predict(test["title"].to_numpy()), average="macro")


@pytest.fixture(scope="module")
def two_years() -> pd.DataFrame:
    return truth_frame(people=100, months=24, seed=0, dirt=0)


def test_a_plain_classifier_reaches_the_band_and_not_on_shuffled_labels(written):
    tasks = written.truth[written.truth["fate"] == "accepted"]
    train, test = tasks[tasks["tagged"]], tasks[~tasks["tagged"]]
    labels = train["category"].to_numpy()
    assert 0.70 < _macro_f1(train, labels, test) < 0.82
    assert _macro_f1(train, np.random.default_rng(0).permutation(labels), test) < 0.35


def test_execution_falls_and_the_other_three_rise_over_two_years(two_years):
    shares = truth_shares(two_years).pivot(index="month", columns="category", values="share")
    first, last = shares.iloc[:3].mean(), shares.iloc[-3:].mean()
    assert 0.50 < first["execution"] < 0.60
    assert 0.36 < last["execution"] < 0.46
    assert last["judgment"] - first["judgment"] > 0.04
    assert last["creative"] > first["creative"] + 0.01
    assert last["connective"] > first["connective"] + 0.01


def test_the_share_of_agents_hours_rises(two_years):
    by_month = two_years.groupby(["month", "performer"])["hours"].sum().unstack(fill_value=0)
    share = by_month["ai"] / by_month.sum(axis=1)
    assert share.iloc[:3].mean() < 0.01
    assert share.iloc[-3:].mean() > 0.04


def test_the_team_that_ai_reaches_last_keeps_its_execution(two_years):
    shares = truth_shares(two_years, by=["team", "month"])
    execution = shares[shares["category"] == "execution"].pivot(
        index="month", columns="team", values="share"
    )
    fallen = execution.iloc[:3].mean() - execution.iloc[-3:].mean()
    assert fallen["Field Service"] < 0.05
    assert fallen.drop("Field Service").mean() > 0.10


def test_shares_of_human_hours_are_those_counted_by_hand():
    truth = pd.DataFrame(
        {
            "month": ["2026-01", "2026-01", "2026-01", "2026-01", "2026-02"],
            "category": ["execution", "judgment", "execution", "judgment", "creative"],
            "performer": ["human", "both", "ai", "human", "human"],
            "hours": [3.0, 1.0, 50.0, np.nan, 2.0],
            "fate": "accepted",
        }
    )
    shares = truth_shares(truth)
    assert shares["category"].tolist() == list(CATEGORIES) * 2
    assert shares["share"].tolist() == [0.75, 0.25, 0, 0, 0, 0, 1, 0]
    assert shares["hours"].tolist() == [3, 1, 0, 0, 0, 0, 2, 0]
    assert truth_shares(truth, by=[])["share"].tolist() == pytest.approx([0.5, 1 / 6, 1 / 3, 0])


def test_tags_alone_overstate_creative_work(two_years):
    tagged = truth_shares(two_years[two_years["tagged"]], by=[]).set_index("category")["share"]
    true = truth_shares(two_years, by=[]).set_index("category")["share"]
    assert tagged["creative"] > true["creative"] + 0.03
    assert tagged["execution"] < true["execution"] - 0.05


def test_rows_that_are_not_accepted_have_no_share(two_years):
    refused = two_years.head(50).assign(fate="quarantined", category="creative", hours=1000.0)
    both = pd.concat([two_years, refused])
    pd.testing.assert_frame_equal(truth_shares(both), truth_shares(two_years))
    pd.testing.assert_frame_equal(truth_ai_share(both), truth_ai_share(two_years))


def test_the_ai_share_of_execution_is_that_counted_by_hand():
    def task(performer, *, ticket="", parent="", category="execution", month="2026-07"):
        return {"team": "red", "month": month, "category": category, "performer_logged": performer,
                "ticket": ticket, "parent": parent, "fate": "accepted"}  # fmt: skip

    truth = pd.DataFrame(
        [
            task("human", ticket="T1"),
            task("ai", ticket="T2", parent="T1"),  # a step of T1: no task of its own
            task("ai", ticket="T3"),
            task("ai", ticket="T4", parent="lost", month="2026-08"),  # two steps, one task
            task("ai", ticket="T5", parent="lost", month="2026-08"),
            task("both"),
            task("unknown"),
            task("ai", category="judgment"),
            task("human", month="2026-10"),
        ]
    )
    third, fourth = truth_ai_share(truth).to_dict("records")
    assert third["quarter"] == "2026-Q3"
    assert [third[f"n_{name}"] for name in ("ai", "both", "human", "unknown")] == [2, 1, 1, 1]
    assert [third[name] for name in ("ai", "both", "human", "known")] == [0.5, 0.25, 0.25, 0.8]
    assert (fourth["quarter"], fourth["ai"]) == ("2026-Q4", 0)


def test_where_no_performer_is_known_there_is_no_ai_share():
    truth = pd.DataFrame(
        {"team": ["red"], "category": ["execution"], "performer_logged": ["unknown"],
         "ticket": [""], "parent": [""], "fate": ["accepted"]}
    )  # fmt: skip
    only = truth_ai_share(truth, by=["team"]).iloc[0]
    assert np.isnan(only["ai"])
    assert only["known"] == 0


def test_the_ai_share_of_execution_follows_an_s_curve_in_every_team_but_the_last_reached(two_years):
    shares = truth_ai_share(two_years).pivot(index="quarter", columns="team", values="ai")
    late = shares.pop("Field Service")
    assert late.max() < 0.03
    assert (shares.iloc[0] < 0.05).all()
    assert (shares.iloc[-1] > 0.08).all()
    middle = shares.mean(axis=1).diff()
    assert middle.iloc[2:6].max() > 2 * max(middle.iloc[1], middle.iloc[-1])


def test_agents_are_logged_alike_in_all_tools(two_years):
    last = two_years[two_years["month"] >= "2026-07"]
    reached = last[last["team"] != "Field Service"]
    by_tool = truth_ai_share(reached, by=["source"]).set_index("source")["ai"]
    assert by_tool.max() - by_tool.min() < 0.05


def test_only_the_tracker_knows_parents(two_years):
    with_parent = two_years[two_years["parent"] != ""]
    assert set(with_parent["source"]) == {"tracker"}
    assert set(with_parent["parent"]) <= set(two_years["ticket"])


def test_a_column_that_the_truth_lacks_is_named():
    empty = pd.DataFrame(columns=["month", "category"])
    for measure in (truth_shares, truth_ai_share):
        with pytest.raises(SchemaError, match="no column 'squad'; found month, category"):
            measure(empty, by=["squad"])
