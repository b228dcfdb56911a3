"""The account adds up exactly, is void where the log changed, and shows no unearned interval."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures import rollup_people
from taskmix.measures.freed import DESTINATIONS, PARTS, freed_hours, person_weeks

LABELLED = [part for part in PARTS if part != "oversight"]
EVEN = pd.DataFrame({"period": ["2025", "2026"], "completeness": [0.9, 0.9]})
HOURS_COLUMNS = ["period", "person", "label", "oversight", "hours"]


def logged(*rows, basis="tagged"):
    """Rows of (period, person, part, hours)."""
    filled = [
        (period, person, *(("judgment", "checking") if part == "oversight" else (part, "none")), h)
        for period, person, part, h in rows
    ]
    frame = pd.DataFrame(filled, columns=HOURS_COLUMNS).assign(team="red", basis=basis)
    return frame.astype(dict.fromkeys([*HOURS_COLUMNS[:4], "team", "basis"], "str"))


def present(*rows):
    frame = pd.DataFrame(rows, columns=["period", "person", "person_weeks"])
    return frame.astype({"period": "str", "person": "str"}).assign(team="red")


def account(people, weeks, completeness=EVEN):
    table = freed_hours(people, weeks, completeness, period="2026", against="2025")
    return table.set_index("part")


def test_released_hours_are_found_where_they_went_by_hand():
    people = logged(
        ("2025", "a", "execution", 200), ("2025", "a", "judgment", 100),
        ("2025", "b", "execution", 100),
        ("2026", "a", "execution", 60), ("2026", "a", "judgment", 80), ("2026", "a", "unsure", 10),
        ("2026", "b", "execution", 30), ("2026", "b", "oversight", 40),
        ("2026", "b", "creative", 5),
    )  # fmt: skip
    weeks = present(("2025", "a", 6), ("2025", "b", 4), ("2026", "a", 3), ("2026", "b", 2))
    table = account(people, weeks)
    # Ten person-weeks, then five.
    assert table["before"].to_dict() == {
        "released": 30, "judgment": 10, "creative": 0, "connective": 0, "oversight": 0,
        "unsure": 0, "left_work": 40,
    }  # fmt: skip
    assert table["hours"].to_dict() == {
        "released": 12, "judgment": 6, "creative": 1, "connective": 0, "oversight": 8,
        "unsure": 2, "left_work": -5,
    }  # fmt: skip
    assert table.loc["left_work", "now"] == 45
    assert table["rest"].tolist() == [12, 6, 5, 5, -3, -5, 0]


def test_overseeing_ai_is_apart_whatever_its_label(make_log, make_sorted):
    facts = {"performer": "human", "hours": 1.0}
    log = make_log(
        {**facts, "tag": "execution", "local_date": "2025-03-03"},
        {**facts, "tag": "execution", "oversight": "rework", "local_date": "2026-03-02"},
        {**facts, "tag": "judgment", "oversight": "checking", "local_date": "2026-03-02"},
        {**facts, "oversight": "waiting", "local_date": "2026-03-02"},
        {"performer": "ai", "tag": "execution", "hours": 50.0, "local_date": "2026-03-02"},
    )
    people = rollup_people(log, make_sorted({}), frequency="year")
    table = account(people, person_weeks(log, frequency="year"))
    # The log holds the Monday alone of either week.
    assert table["now"].to_dict() == pytest.approx({
        "released": 0, "judgment": 0, "creative": 0, "connective": 0, "oversight": 15,
        "unsure": 0, "left_work": 15,
    })  # fmt: skip


row = st.tuples(
    st.sampled_from(["2025", "2026"]), st.sampled_from("abcdefghijkl"), st.sampled_from(PARTS),
    st.floats(0, 1e5, allow_subnormal=False),
)  # fmt: skip
week = st.tuples(st.sampled_from(["2025", "2026"]), st.sampled_from("abcdefghijklm"),
                 st.floats(0.2, 60))  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(row, max_size=30), st.lists(week, max_size=12))
def test_the_destinations_sum_to_what_was_released(rows, weeks):
    both = [("2025", "a", 3.0), ("2026", "b", 0.4), *weeks]
    table = account(logged(("2025", "a", "execution", 1), ("2026", "b", "unsure", 1), *rows),
                    present(*both))  # fmt: skip
    largest = table[["before", "now"]].to_numpy().max()
    assert table.loc[list(DESTINATIONS), "hours"].sum() == pytest.approx(
        table.loc["released", "hours"], abs=1e-9 * max(largest, 1)
    )
    for column in ("before", "now"):
        parts = table[column].drop("left_work").sum()
        assert parts == pytest.approx(table.loc["left_work", column], abs=1e-9 * max(largest, 1))


def test_a_change_of_completeness_makes_the_account_void():
    people = logged(*((year, f"p{n}", "execution", 30) for n in range(12)
                      for year in ("2025", "2026")))  # fmt: skip
    weeks = present(*((year, f"p{n}", 1) for n in range(12) for year in ("2025", "2026")))
    sound = account(people, weeks)
    assert sound[["hours", "low", "high"]].notna().to_numpy().all()
    assert set(sound["why_not"]) == {""}
    fell = pd.DataFrame({"period": ["2025", "2026"], "completeness": [0.9, 0.8]})
    void = account(people, weeks, fell)
    assert void[["hours", "rest", "low", "high"]].isna().to_numpy().all()
    assert void["why_not"].iloc[0].startswith("the log holds 80% of the declared hours in 2026")
    unknown = EVEN.assign(completeness=float("nan"))
    pd.testing.assert_frame_equal(account(people, weeks, unknown), sound)


def test_a_period_without_hours_has_no_account():
    table = account(logged(("2026", "a", "execution", 1)), present(("2026", "a", 1)))
    assert table["hours"].isna().all()
    assert set(table["why_not"]) == {"no hours are logged in 2025"}
    silent = logged(("2025", "a", "execution", 0.0), ("2026", "a", "execution", 0.0))
    table = account(silent, present(("2025", "a", 1), ("2026", "a", 1)))
    assert table["hours"].isna().all()
    assert set(table["why_not"]) == {"no hours are logged in 2025 and 2026"}


def test_an_interval_needs_people_and_what_labels_decide_needs_tags():
    people = logged(*((year, f"p{n}", "execution", 30 + n) for n in range(12)
                      for year in ("2025", "2026")))  # fmt: skip
    weeks = present(*((year, f"p{n}", 1) for n in range(12) for year in ("2025", "2026")))
    labelled = account(people.assign(basis="sorted"), weeks)
    has_interval = labelled["low"].notna()
    assert has_interval[has_interval].index.tolist() == ["oversight", "left_work"]
    assert labelled.loc["released", "no_interval"].startswith(
        "not enough data: people tagged 0% of the hours, needs 95%"
    )
    few = account(people[people["person"] < "p2"], weeks[weeks["person"] < "p2"])
    assert few["low"].isna().all()
    assert set(few["no_interval"]) == {"not enough data: has 4 people, needs 10"}


LABELS = np.array(["execution", "judgment", "creative", "connective"])
FREED = 3.0 * np.array([-1, 0.5, 0.25, 0.1])


def drawn(rng, *, n_people=40, keep=0.7, as_weeks=False):
    """Two periods of people who differ, in how they work and how long they are there.

    As people of one to eight weeks, or for the negative control each week as a person.
    """
    first, other = (rng.dirichlet([6, 3, 2, 2], n_people) for _ in range(2))
    mixes = {"2025": 36 * first, "2026": 36 * (keep * first + (1 - keep) * other) + FREED}
    rows, weeks = [], []
    for year, mix in mixes.items():
        there = rng.integers(1, 9, n_people)
        who, length = np.arange(n_people), there.astype(float)
        if as_weeks:
            who, length = np.repeat(who, there), np.ones(there.sum())
        hours = mix[who] * length[:, None] + rng.normal(0, length[:, None] ** 0.5, (len(who), 4))
        names = np.array([f"{number:04d}" for number in range(len(who))])
        rows.append(
            pd.DataFrame(
                {"period": year, "person": np.repeat(names, 4), "label": np.tile(LABELS, len(who)),
                 "hours": hours.ravel(), "oversight": "none", "basis": "tagged"}
            )
        )  # fmt: skip
        weeks.append(pd.DataFrame({"period": year, "person": names, "person_weeks": length}))
    return pd.concat(rows, ignore_index=True), pd.concat(weeks, ignore_index=True)


def test_intervals_over_people_cover_at_their_nominal_rate():
    truth = pd.Series(
        {"released": 3.0, "judgment": 1.5, "creative": 0.75, "connective": 0.3, "left_work": 0.45}
    )
    rng = np.random.default_rng(5)
    found = []
    for _ in range(120):
        table = account(*drawn(rng)).loc[truth.index]
        found.append((table["low"] <= truth) & (truth <= table["high"]))
    covered = pd.DataFrame(found).mean()
    assert 0.925 <= covered.mean() <= 0.975
    assert covered.min() >= 0.90


def test_weeks_taken_for_independent_would_cover_far_too_seldom():
    rng = np.random.default_rng(6)
    found = {False: [], True: []}
    for _ in range(30):
        for as_weeks, covered in found.items():
            row = account(*drawn(rng, keep=0, as_weeks=as_weeks)).loc["released"]
            covered.append(row["low"] <= 3.0 <= row["high"])
    assert np.mean(found[True]) < 0.85 < np.mean(found[False])


def test_the_callers_frames_are_untouched():
    people, weeks = drawn(np.random.default_rng(7), n_people=10)
    before = people.copy(deep=True), weeks.copy(deep=True)
    account(people, weeks)
    pd.testing.assert_frame_equal(people, before[0])
    pd.testing.assert_frame_equal(weeks, before[1])
