"""Drift: scores of stretches compared, and an audit's shares beside the sorter's."""

import numpy as np
import pandas as pd
import pytest

from taskmix.sorting.evaluation.drift import MIN_AUDITED, rectify, scores_by_origin
from taskmix.sorting.evaluation.intervals import choose_clusters
from taskmix.taxonomy import CATEGORIES

P = [f"p_{category}" for category in CATEGORIES]


def stretches(*right, n_people=12):
    """Four tasks of each person in each stretch, so many of which are right."""
    rows = []
    for origin, n_right in enumerate(right, start=1):
        for person in range(n_people):
            for n, tag in enumerate(["execution", "judgment"] * 2):
                other = "judgment" if tag == "execution" else "execution"
                found = tag if n < n_right else other
                rows.append((origin, f"p{person}", tag, found, 10 * origin))
    table = pd.DataFrame(rows, columns=["origin", "person", "tag", "named", "n_trained"])
    days = table["origin"].map(lambda n: pd.Timestamp("2026-06-01") + pd.DateOffset(months=n))
    return table.assign(from_date=days, local_date=days)


def compared(*right, n_people=12):
    rows = stretches(*right, n_people=n_people)
    return scores_by_origin(rows, clusters=choose_clusters(rows))


def test_each_stretch_has_its_own_score_and_its_change_since_the_first():
    table = compared(4, 2)
    assert table["macro_f1"].tolist() == [1.0, 0.5]
    assert table["n_tasks"].tolist() == [48, 48]
    assert table["n_trained"].tolist() == [10, 20]
    assert np.isnan(table.loc[0, "change"])
    assert table.loc[1, ["change", "change_low", "change_high"]].tolist() == [-0.5, -0.5, -0.5]


def test_without_enough_people_a_change_has_no_interval():
    table = compared(4, 2, n_people=4)
    assert table.loc[1, "change"] == -0.5
    assert table[["low", "high", "change_low", "change_high"]].isna().all(axis=None)


def audit(*, n=40, n_people=20, said=None, found=(0.7, 0.1, 0.1, 0.1), hours=1.0, pi=0.1):
    said = said or (["execution"] * 7 + ["judgment", "creative", "connective"])
    table = pd.DataFrame({"tag": (said * n)[:n]})
    p = dict(zip(P, found, strict=True))
    people = [f"p{row // (n // n_people)}" for row in range(n)]
    return table.assign(person=people, hours=hours, pi=pi, **p)


def test_the_rectifier_is_the_audits_share_minus_the_sorters():
    table = rectify(audit(found=(0.5, 0.3, 0.1, 0.1))).set_index("category")
    assert table["audited"].tolist() == pytest.approx([0.7, 0.1, 0.1, 0.1])
    assert table["error"].tolist() == pytest.approx([0.2, -0.2, 0, 0])
    assert table["error"].sum() == pytest.approx(0)
    assert table[["n_tasks", "n_people"]].iloc[0].tolist() == [40, 20]


def test_tasks_weigh_their_hours_over_their_chance_of_being_drawn():
    rows = audit(n=20, said=["execution", "judgment"], n_people=20)
    rows["hours"] = np.where(rows["tag"] == "execution", 6.0, 1.0)
    rows["pi"] = np.where(rows["tag"] == "execution", 0.6, 0.3)
    # hours over chance are 10, and 10/3
    assert rectify(rows).set_index("category").loc["execution", "audited"] == pytest.approx(0.75)


def test_the_interval_is_student_t_over_people():
    rows = audit(n=20, n_people=2, said=["execution"] * 10 + ["judgment"] * 10)
    found = rectify(rows).set_index("category").loc["judgment"]
    # B = 0.5 − 0.1; each person's Σ z is ±10/20 · 0.5; V = 2/1 · 2 · 0.25²; t(1) = 12.706
    assert found["error"] == pytest.approx(0.4)
    assert found["high"] - found["error"] == pytest.approx(12.7062 * 0.5, rel=1e-4)
    assert not found["alarm"]


def test_small_or_unsure_errors_raise_no_alarm():
    every = ["execution"] * 7 + ["judgment", "creative", "connective"]
    # everybody alike, so the interval has no width: 2 points are off, surely
    small = rectify(audit(n=200, n_people=20, said=every, found=(0.72, 0.08, 0.1, 0.1)))
    assert (small["low"] > 0).any()
    assert not small["alarm"].any()
    large = rectify(audit(n=200, n_people=20, said=every, found=(0.75, 0.05, 0.1, 0.1)))
    assert large.set_index("category")["alarm"].to_dict() == {
        "execution": True, "judgment": True, "creative": False, "connective": False
    }  # fmt: skip


def test_too_few_answers_or_people_say_nothing():
    assert rectify(audit(n=MIN_AUDITED - 1, n_people=19)).empty
    assert rectify(audit(n=40, n_people=1)).empty
    assert not rectify(audit(n=MIN_AUDITED, n_people=20)).empty


def simulate(seed: int, *, clustered: bool) -> bool:
    """Tell whether the interval holds a bias of 10 points, of people who word things alike."""
    rng = np.random.default_rng(seed)
    n_people, a_person = 40, 6
    truth = rng.beta(1.5, 1.5, size=n_people)  # a person's share of execution, 0.5 on average
    tags = np.where(rng.random((n_people, a_person)) < truth[:, None], "execution", "judgment")
    people = np.repeat(np.arange(n_people), a_person).astype(str)
    rows = pd.DataFrame({"tag": tags.ravel(), "hours": 1.0, "pi": 0.1})
    rows["person"] = people if clustered else np.arange(len(rows)).astype(str)
    rows = rows.assign(p_execution=0.4, p_judgment=0.6, p_creative=0.0, p_connective=0.0)
    found = rectify(rows).set_index("category").loc["execution"]
    return bool(found["low"] <= 0.1 <= found["high"])


def test_the_interval_holds_the_bias_as_often_as_it_says():
    held = np.mean([simulate(seed, clustered=True) for seed in range(300)])
    assert 0.92 <= held <= 0.985
    # the negative control: answers of one person taken for independent
    assert np.mean([simulate(seed, clustered=False) for seed in range(300)]) < 0.9
