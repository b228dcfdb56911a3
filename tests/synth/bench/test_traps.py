"""What a measure must not fall for, each with the control without the trap."""

import numpy as np
import pandas as pd
import pytest

from taskmix.synth.bench import STILL_LOGGED

LATER = "2026-05"


def _human(bench) -> pd.DataFrame:
    rows = bench.truth[bench.truth["performer"] != "ai"]
    return rows.rename(columns={"hours": "true_hours"})


def _hours_per_week(bench) -> tuple[float, float]:
    hours = _human(bench).groupby("month")["true_hours"].sum()
    weeks = bench.parameters.effort.groupby("month")["full_weeks"].sum()
    return tuple(
        hours[mask].sum() / weeks[mask].sum()
        for mask in (hours.index < LATER, hours.index >= LATER)
    )


def test_less_complete_logs_look_like_freed_hours_and_nothing_was_freed(make_small):
    plain, trap = make_small(placebo=True), make_small(placebo=True, completeness_change=True)
    before, later = _hours_per_week(plain)
    assert later / before == pytest.approx(1, abs=0.03)
    before, later = _hours_per_week(trap)
    assert later / before < 0.85
    pd.testing.assert_frame_equal(plain.parameters.effort, trap.parameters.effort)
    assert (trap.parameters.effort["released"] == 0).all()


def test_the_part_that_is_still_logged_is_the_one_that_is_told(make_small):
    trap = make_small(placebo=True, completeness_change=True)
    told = trap.parameters.completeness.set_index("month")
    ratio = (told.loc[LATER:].mean() / told.loc[:"2026-04"].mean()).to_numpy()
    assert ratio == pytest.approx(STILL_LOGGED)
    given = trap.parameters.mix.groupby(["month", "category"])["given_hours"].sum()
    drawn = _human(trap).groupby(["month", "category"])["true_hours"].sum() / given
    later = drawn.unstack()[list(told.columns)].loc[LATER:].mean()
    assert later.to_numpy() == pytest.approx(STILL_LOGGED, abs=0.05)
    logged = trap.tasks["hours"].sum()
    assert logged == pytest.approx(trap.parameters.mix["given_logged_hours"].sum(), rel=0.01)


def test_a_placebo_has_no_ai_and_no_change(make_small, scatter):
    placebo = make_small(placebo=True)
    assert set(placebo.truth["performer"]) == {"human"}
    assert placebo.truth["oversight"].isna().all()
    teams = placebo.parameters.teams
    assert teams["midpoint"].isna().all()
    assert teams["rollout_month"].notna().sum() == 5
    numbers = placebo.parameters.effort.drop(columns=["full_weeks", "n_people"])
    numbers = numbers.drop(columns=[n for n in numbers if n.startswith("given_")])
    assert (numbers.groupby("team").nunique().drop(columns="month") == 1).all(axis=None)
    z = scatter(_human(placebo), placebo.parameters.mix, "given_hours")
    assert 0.8 < z.std() < 1.1
    assert abs(z[z.index.get_level_values("month") >= LATER].mean()) < 0.35


def test_with_ai_the_same_people_change(make_small):
    change = {}
    for placebo in (True, False):
        rows = _human(make_small(placebo=placebo))
        late = rows["month"] >= "2026-07"
        share = [
            r.loc[r["category"] == "execution", "true_hours"].sum() / r["true_hours"].sum()
            for r in (rows[rows["month"] < "2025-12"], rows[late])
        ]
        change[placebo] = share[1] - share[0]
    assert abs(change[True]) < 0.03
    assert change[False] < -0.06


def test_options_leave_people_and_their_days_alone(make_small):
    plain = make_small()
    for options in ({"placebo": True}, {"effect": 0.0}, {"completeness_change": True}):
        other = make_small(**options)
        pd.testing.assert_frame_equal(plain.roster, other.roster)
        for column in ("full_weeks", "n_people"):
            assert plain.parameters.effort[column].equals(other.parameters.effort[column])


def test_ai_without_effect_is_used_and_frees_nothing(make_small):
    idle = make_small(effect=0.0)
    late = idle.truth[idle.truth["month"] >= "2026-07"]
    assert (late["performer"] == "ai").mean() > 0.05
    assert late["oversight"].isna().all()
    assert (idle.parameters.effort["released"] == 0).all()
    assert idle.parameters.effort["adoption"].max() > 0.6
    before, later = _hours_per_week(idle)
    assert later / before == pytest.approx(1, abs=0.03)


def test_a_reorganisation_moves_people_and_no_team_s_mix(make_small, scatter):
    plain, moved = (make_small(placebo=True, reorganisation=r) for r in (False, True))
    shares = [bench.parameters.mix.set_index(["team", "month", "category"])["share"]
              for bench in (plain, moved)]  # fmt: skip
    pd.testing.assert_series_equal(*shares)
    z = scatter(_human(moved), moved.parameters.mix, "given_hours")
    assert 0.8 < z.std() < 1.1
    assert (plain.parameters.reorganisation["between"] == 0).all()
    assert (
        moved.parameters.people["reorganised"].sum()
        == (moved.parameters.reorganisation["n_moved"].iloc[0])
    )
    assert moved.parameters.people["reorganised"].sum() > 10


def test_what_a_reorganisation_does_to_the_whole_is_the_shift_of_hours_times_the_mixes(make_small):
    moved = make_small(placebo=True, reorganisation=True)
    told = moved.parameters.reorganisation.set_index("category")
    day = pd.Timestamp(told["month"].iloc[0] + "-01")
    roster = moved.roster.assign(
        first=pd.to_datetime(moved.roster["from"]),
        last=pd.to_datetime(moved.roster["to"].replace("", "2100-01-01")),
        hours=moved.roster["weekly_hours"].astype(float),
    )
    shares = []
    for at in (day - pd.Timedelta(days=1), day):
        there = roster[(roster["first"] <= at) & (roster["last"] >= at)]
        hours = there.groupby("team")["hours"].sum()
        shares.append(hours / hours.sum())
    base = moved.parameters.teams.set_index("team").filter(like="base_")
    by_hand = base.mul(shares[1] - shares[0], axis=0).sum()
    assert told["between"].to_numpy() == pytest.approx(by_hand.to_numpy(), abs=1e-12)
    assert told.loc["execution", "between"] < -0.02
    assert np.sum(told["between"]) == pytest.approx(0, abs=1e-12)


def test_the_log_s_mix_shifts_at_the_reorganisation_and_not_without_it(make_small):
    for reorganised in (True, False):
        bench = make_small(placebo=True, reorganisation=reorganised, diary_weeks=1)
        expected = bench.parameters.mix.groupby(["month", "category"])["expected_hours"].sum()
        share = (expected / expected.groupby("month").sum()).unstack()["execution"]
        # the reorganisation is in 2026-05
        shift = share["2026-05":"2026-07"].mean() - share["2026-02":"2026-04"].mean()
        told = bench.parameters.reorganisation.set_index("category")["between"]["execution"]
        assert shift == pytest.approx(told, abs=0.012)
