"""A tie has two ends: the variance that follows from it, by hand and in simulation."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.markers.cells import estimate
from taskmix.measures.markers.dyads import pair_squares

N_TEAMS, SIZE, PERIODS = 600, 14, ("2026-Q2", "2026-Q3")


def test_pairs_that_share_a_person_vary_together():
    # ana: 1 of 2 days across with bo, none of 2 with cy; bo: 2 of 4 with ana. R = 3/8.
    met = [("ana", "bo", 1, 2), ("ana", "cy", 0, 2), ("bo", "ana", 2, 4)]
    pairs = pd.DataFrame(met, columns=["person", "met", "x", "y"]).assign(
        period="2026-Q3", marker="ties_across"
    )
    known = pd.DataFrame({"period": "2026-Q3", "marker": "ties_across", "person": ["ana", "bo"],
                          "x_all": 3.0, "y_all": 8.0})  # fmt: skip
    table = pair_squares([pairs], known)
    with_bo, with_cy = (1 + 2 - 3 / 8 * 6) / 8, (0 - 3 / 8 * 2) / 8
    by_hand = with_bo**2 + with_cy**2 + 2 * with_bo * with_cy
    assert table["ends_squares"].tolist() == pytest.approx([by_hand])
    # by sides, ana's and bo's word about each other is two things
    to_bo, to_ana = (1 - 3 / 8 * 2) / 8, (2 - 3 / 8 * 4) / 8
    by_hand = to_bo**2 + with_cy**2 + 2 * to_bo * with_cy + to_ana**2
    assert table["sides_squares"].tolist() == pytest.approx([by_hand])
    # who is no part of the figure adds nothing
    alone = pair_squares([pairs], known.iloc[:0])
    assert alone.empty


def test_pairs_vary_with_themselves_in_the_period_before():
    told = [("2026-Q2", "bo", 2, 2), ("2026-Q2", "cy", 0, 2), ("2026-Q3", "bo", 1, 2),
            ("2026-Q3", "dee", 0, 2)]  # fmt: skip
    pairs = pd.DataFrame(told, columns=["period", "met", "x", "y"]).assign(
        person="ana", marker="ties_across"
    )
    known = pd.DataFrame({"period": PERIODS, "marker": "ties_across", "person": "ana",
                          "x_all": [2.0, 1.0], "y_all": 4.0})  # fmt: skip
    found = pair_squares([pairs], known).set_index("period")
    u = {("Q2", "bo"): 1 / 4, ("Q2", "cy"): -1 / 4, ("Q3", "bo"): 1 / 8, ("Q3", "dee"): -1 / 8}
    # ana has bo and another in both: her own sums are 0, and bo's pair is counted once
    sums = {q: u[q, "bo"] + u[q, "cy" if q == "Q2" else "dee"] for q in ("Q2", "Q3")}
    bo, pair = u["Q2", "bo"] * u["Q3", "bo"], u["Q2", "bo"] * u["Q3", "bo"]
    for way in ("ends_products", "sides_products"):
        assert found.loc["2026-Q3", way] == pytest.approx(sums["Q2"] * sums["Q3"] + bo - pair)
        assert found.loc["2026-Q2", way] == 0


@pytest.fixture(scope="module")
def teams():
    """Ties of which nothing changes: 0.3 of them go to another team in each period.

    Half of them by themselves; the other half since somebody is of another team in that period,
    for all who work with them.
    """
    rng = np.random.default_rng(0)
    index = np.indices((N_TEAMS, 2, SIZE, SIZE)).reshape(4, -1)
    team, period, person, met = index
    is_away = rng.random((N_TEAMS, 2, SIZE)) < 0.3
    days = rng.poisson(3, team.size)
    rows = pd.DataFrame({
        "team": [f"{n:03d}" for n in team], "period": np.array(PERIODS)[period],
        "person": [f"{t}-{p}" for t, p in zip(team, person, strict=True)],
        "met": [f"{t}-{p}" for t, p in zip(team, met, strict=True)],
        "x": days * np.where(rng.random(team.size) < 0.5, is_away[team, period, met],
                             rng.random(team.size) < 0.3), "y": days, "marker": "ties_across",
    })  # fmt: skip
    rows = rows[(rows["person"] != rows["met"]) & (rows["y"] > 0)]
    return rows.astype({"x": "float64", "y": "float64", "period": "str"})


def alarms(teams, pairs):
    keys = ["period", "team", "person"]
    people = teams.groupby([*keys, "marker"], as_index=False)[["x", "y"]].sum()
    days = people[keys].assign(n_days=30)
    table = estimate(
        [people],
        days,
        ["ties_across"],
        by="team",
        min_people=10,
        min_days=20,
        tagged=people[keys[:2]].drop_duplicates().assign(tagged=0.0),
        pairs=pairs,
    )
    last = table[table["period"] == PERIODS[1]]
    holds = (last["low"] < 0.3) & (last["high"] > 0.3)
    return ((last["change_low"] > 0) | (last["change_high"] < 0)).mean(), holds.mean()


def test_a_colleague_who_comes_and_goes_is_no_change_of_everybody(teams):
    false, holds = alarms(teams, [teams])
    assert false <= 0.07
    assert holds > 0.93
    # with people taken for independent of each other, most of it is a false alarm
    false, holds = alarms(teams, [])
    assert false > 0.2
    assert holds < 0.85
