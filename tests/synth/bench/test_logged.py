"""What people log of their tasks and what they leave out."""

import numpy as np
import pandas as pd
import pytest

from taskmix.synth.bench import TAG_CONFUSION, TAG_READINESS, UNKNOWN_PERFORMER
from taskmix.taxonomy import CATEGORIES


def test_people_tag_judgment_and_creative_work_more_readily_than_routine(own):
    strata = own.assign(is_busy=own["busy"] > 1)
    counts = (
        strata.groupby(["person", "is_busy", "category"])["tag"]
        .agg(["count", "size"])
        .unstack(fill_value=0)
    )
    tags, tasks = counts["count"], counts["size"]
    # people and weeks differ in both: the rate ratio of Mantel and Haenszel takes each by itself
    n = tasks.add(tasks["execution"], axis=0)
    more = (tags.mul(tasks["execution"], axis=0) / n).sum()
    fewer = (tasks.mul(tags["execution"], axis=0) / n).sum()
    ratio = (more / fewer)[list(CATEGORIES)].to_numpy()
    assert ratio == pytest.approx(TAG_READINESS / TAG_READINESS[0], rel=0.06)
    assert 0.07 < own["tag"].notna().mean() < 0.13


def test_tags_alone_understate_execution_by_many_points(own):
    hours = own.groupby("category")["true_hours"].sum()
    tagged = own[own["tag"].notna()].groupby("tag")["true_hours"].sum()
    gap = tagged / tagged.sum() - hours / hours.sum()
    assert gap["execution"] < -0.08
    assert gap["creative"] > 0.04


def test_people_tag_less_in_busy_weeks(own):
    tagged = own["tag"].notna()
    assert tagged[own["busy"] > 1.1].mean() < 0.6 * tagged[own["busy"] < 0.9].mean()


def test_a_persons_own_tags_err_as_told(own):
    tagged = own[own["tag"].notna()]
    drawn = pd.crosstab(tagged["category"], tagged["tag"], normalize="index")
    drawn = drawn.loc[list(CATEGORIES), list(CATEGORIES)].to_numpy()
    n = tagged["category"].value_counts()[list(CATEGORIES)].to_numpy()[:, None]
    error = np.sqrt(TAG_CONFUSION * (1 - TAG_CONFUSION) / n)
    assert (np.abs(drawn - TAG_CONFUSION) < 4 * error).all()
    assert drawn.diagonal().max() < 1


def test_the_tagger_is_the_task_s_own_person(bench):
    tagged = bench.tasks["tag"].notna()
    assert bench.tasks.loc[tagged, "tagger"].equals(bench.tasks.loc[tagged, "person"])
    assert bench.tasks.loc[~tagged, "tagger"].isna().all()
    assert not tagged[bench.truth["performer"] == "ai"].any()


def test_the_performer_is_missing_more_often_with_some_people_than_with_others(bench):
    by_people = bench.truth["performer"] != "ai"
    unknown = (bench.tasks["performer"] == "unknown")[by_people]
    by_person = unknown.groupby(bench.tasks["person"]).mean()
    assert unknown.mean() == pytest.approx(UNKNOWN_PERFORMER, rel=0.25)
    assert by_person.quantile(0.1) < 0.04
    assert by_person.quantile(0.9) > 0.14
    assert (bench.tasks.loc[~by_people, "performer"] == "ai").all()
    assert bench.tasks.loc[bench.tasks["performer"] == "unknown", "ai_mode"].isna().all()


def _stays(bench):
    days = {name: pd.to_datetime(bench.roster[column]).fillna(bench.tasks["local_date"].max())
            for name, column in (("first", "from"), ("last", "to"))}  # fmt: skip
    return bench.roster[["person", "team"]].assign(**days)


def test_company_is_of_other_people_there_and_is_across_teams_as_the_parameters_say(bench, own):
    log = bench.tasks.loc[bench.tasks["collaborators"].notna(),
                          ["person", "team", "local_date", "collaborators"]]  # fmt: skip
    ties = log.assign(other=log["collaborators"].str.split("; ")).explode("other")
    assert (ties["other"] != ties["person"]).all()
    assert not ties.reset_index().duplicated(["index", "other"]).any()
    there = ties.merge(_stays(bench), left_on="other", right_on="person", suffixes=("", "_other"))
    there = there[there["local_date"].between(there["first"], there["last"])]
    # whom the log names is there that day, in one team
    assert len(there) == len(ties)
    across = (there["team_other"] != there["team"]).groupby(there["team"]).mean()
    markers = bench.parameters.markers.set_index("team")
    assert across.corr(markers["across"], method="spearman") > 0.9
    often = log.groupby("team").size() / own.groupby("team").size()
    of_meetings = own["category"].eq("connective").groupby(own["team"]).mean()
    assert (often / of_meetings).corr(markers["company"], method="spearman") > 0.5


def test_wishes_are_asked_for_now_and_then_and_routine_is_wished_away(bench):
    asked = bench.tasks["wish"].notna()
    assert not asked[bench.truth["performer"] == "ai"].any()
    yes = (bench.tasks["wish"] == "yes")[asked].groupby(bench.truth["category"]).mean()
    assert yes["execution"] > 0.6
    assert yes.drop("execution").max() < 0.4
