"""Who did not answer is represented by those of the same team and workload who did."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.estimation import response, weigh_answers


def audit(make_people, make_drawn, rows, **more):
    """Draw tasks of one hour with π ½: (person, its hours in the period, answers, how often)."""
    people = make_people(*[(person, hours, (1.0,)) for person, hours, _, _ in rows], **more)
    tasks = [
        (person, 1.0, 0.5, "execution" if answers else None, (1.0,))
        for person, _, answers, times in rows
        for _ in range(times)
    ]
    return people, make_drawn(*tasks, **more)


def test_all_answered_weighs_a_task_by_one_over_pi(make_people, make_drawn):
    people, drawn = audit(make_people, make_drawn, [("ana", 10, True, 6)])
    weighed = weigh_answers(drawn, people)
    assert weighed["weight"].tolist() == [2.0] * 6
    assert weighed["rate"].tolist() == [1.0] * 6


def test_answers_of_the_busy_stand_for_the_busy(make_people, make_drawn):
    rows = [("calm", 10, True, 30), ("busy", 90, True, 10), ("busier", 95, False, 20)]
    weighed = weigh_answers(*reversed(audit(make_people, make_drawn, rows)))
    weight = weighed.groupby("person")["weight"].first()
    assert weight["calm"] == 2.0
    assert weight["busy"] == pytest.approx(2.0 * 3)
    assert weight["busier"] == 0.0


def test_weights_times_hours_add_up_to_what_was_drawn_in_each_cell(log):
    people, drawn = log(3, n=200)
    weighed = weigh_answers(drawn, people)
    by_cell = weighed.assign(
        given=weighed["weight"] * weighed["hours"], asked=weighed["hours"] / weighed["pi"]
    ).groupby("cell")[["given", "asked"]].sum()  # fmt: skip
    assert len(by_cell) > 4
    assert by_cell["given"].to_numpy() == pytest.approx(by_cell["asked"].to_numpy())


def test_small_teams_are_one_cell_and_a_cell_with_few_answers_is_joined(make_people, make_drawn):
    parts = [
        audit(make_people, make_drawn, [("ana", 10, True, 12)], team="red"),
        audit(make_people, make_drawn, [("bo", 10, True, 12)], team="blue"),
        audit(make_people, make_drawn, [("cy", 10, False, 30)], team="green"),
    ]
    people, drawn = (pd.concat(frames) for frames in zip(*parts, strict=True))
    weighed = weigh_answers(drawn.reset_index(drop=True), people)
    # Green answered nothing, so that all three are weighed together: 24 of 54.
    assert weighed["cell"].nunique() == 1
    assert weighed.loc[weighed["team"] == "red", "weight"].iloc[0] == pytest.approx(2 * 54 / 24)


def test_weighing_for_silence_removes_the_bias_that_ignoring_it_has(make_people, make_drawn):
    """The busy execute and answer rarely; without weights their share would be too small."""
    rng = np.random.default_rng(2)
    people = make_people(
        *[(f"calm{i}", 10.0, ()) for i in range(20)], *[(f"busy{i}", 40.0, ()) for i in range(20)]
    )
    tasks = [("calm", 1.0, 0.1, "judgment", ())] * 200 + [("busy", 1.0, 0.1, "execution", ())] * 200
    drawn = make_drawn(*tasks)
    drawn["person"] += pd.Series(rng.integers(0, 20, 400).astype(str))
    silent = rng.random(400) > np.where(drawn["answer"] == "execution", 0.3, 0.9)
    asked = drawn.assign(answer=drawn["answer"].mask(silent))
    weighed = weigh_answers(asked, people)
    is_execution = weighed["answer"] == "execution"
    naive = (is_execution.sum()) / weighed["answer"].notna().sum()
    weighted = weighed["weight"][is_execution].sum() / weighed["weight"].sum()
    assert naive < 0.3
    assert weighted == pytest.approx(0.5)


def test_the_rate_is_published_by_stratum(log):
    people, drawn = log(1)
    drawn["is_tagged"] = np.arange(len(drawn)) % 3 == 0
    told = response(drawn).set_index(["period", "is_tagged"])
    rows = drawn[(drawn["period"] == "2026-Q3") & drawn["is_tagged"]]
    assert told.loc[("2026-Q3", True)].tolist() == [
        20, rows["answer"].notna().sum(), pytest.approx(rows["answer"].notna().mean())
    ]  # fmt: skip
    assert set(weigh_answers(drawn, people)) - set(drawn) == {"cell", "rate", "weight"}
