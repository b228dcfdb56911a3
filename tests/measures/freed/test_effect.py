"""AI's own effect is told only where its conditions hold, and then rightly."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.freed import DESTINATIONS, PARTS, freed_effect, team_months

MONTHS = [f"{name}" for name in pd.period_range("2025-01", "2026-06", freq="M")]
NAMES = ["execution", "judgment", "creative", "connective", "oversight", "unsure"]
BASE = np.array([18.0, 7.0, 4.0, 5.0, 0.0, 2.0])
#: What AI does to each part a person-week: 4 hours less of execution, 1 of them left work.
EFFECT = np.array([-4.0, 1.5, 0.5, 0.0, 1.0, 0.0])


def panel(*, n_with=10, n_without=8, first=8, effect=EFFECT, noise=0.3, seed=1, months=MONTHS):
    """Teams whose AI comes from the month numbered `first` on, a month later for every second."""
    rng = np.random.default_rng(seed)
    teams = [f"t{number:02d}" for number in range(n_with + n_without)]
    starts = {team: first + number % 2 for number, team in enumerate(teams[:n_with])}
    rows = []
    for team in teams:
        level = BASE + rng.normal(0, 1, 6) * [1, 1, 1, 1, 0, 1]
        for number, month in enumerate(months):
            on = number >= starts.get(team, 10_000)
            hours = level + np.sin(number) + effect * on + rng.normal(0, noise, 6)
            rows.append((month, team, rng.uniform(20, 60), 0.9, 0.2, *hours, hours.sum()))
    columns = ["period", "team", "person_weeks", "hours_logged", "tagged", *NAMES, "all"]
    frame = pd.DataFrame(rows, columns=columns).astype({"period": "str", "team": "str"})
    at = [months[starts[team]] if starts.get(team, 99) < len(months) else None for team in teams]
    status = ["without AI" if month is None else "with AI" for month in at]
    roll_outs = pd.DataFrame({"team": teams, "status": status, "roll_out": at}).astype("str")
    return frame, roll_outs


def effect_of(months, roll_outs, period="2026-Q2"):
    return freed_effect(months, roll_outs, period=period).set_index("part")


def why_not(months, roll_outs, period="2026-Q2"):
    table = effect_of(months, roll_outs, period)
    assert table[["hours", "low", "high"]].isna().to_numpy().all()
    (reason,) = set(table["why_not"])
    return reason


def test_an_effect_is_found_with_its_destinations():
    table = effect_of(*panel())
    wanted = {"released": 4, "judgment": 1.5, "creative": 0.5, "connective": 0, "oversight": 1,
              "unsure": 0, "left_work": 1}  # fmt: skip
    assert table["hours"].to_dict() == pytest.approx(wanted, abs=0.4)
    inside = (table["low"] <= pd.Series(wanted)) & (pd.Series(wanted) <= table["high"])
    assert inside.all()
    assert table[["n_with", "n_without", "n_before"]].iloc[0].tolist() == [10, 8, 8]
    assert set(table["why_not"]) == {""}
    assert table["tagged"].to_numpy() == pytest.approx(0.2)


def test_the_destinations_sum_to_what_was_released():
    hours = effect_of(*panel(seed=3))["hours"]
    assert hours[list(DESTINATIONS)].sum() == pytest.approx(hours["released"], abs=1e-9)


def test_only_the_periods_own_months_are_asked_for():
    months, roll_outs = panel(noise=0.01)
    twice = months["period"] >= "2026-04"
    months.loc[twice & (months["team"] < "t10"), "execution"] -= 3.0
    assert effect_of(months, roll_outs).loc["released", "hours"] == pytest.approx(7, abs=0.1)
    before = effect_of(months, roll_outs, "2026-Q1").loc["released", "hours"]
    assert before == pytest.approx(4, abs=0.1)
    assert effect_of(months, roll_outs, "2026").loc["released", "hours"] == pytest.approx(
        5.5, abs=0.2
    )


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"n_without": 7}, "not enough data: has 7 teams without AI, needs 8"),
        ({"n_with": 4}, "not enough data: has 4 teams with AI, needs 5"),
        ({"first": 2}, "not enough data: has 3 months before the roll-out, needs 4"),
        ({"first": 99}, "not enough data: has 0 teams with AI, needs 5"),
    ],
)
def test_without_its_conditions_there_is_no_effect(options, reason):
    assert why_not(*panel(**options)) == reason


def test_a_period_that_nobody_logged_in_has_no_teams():
    assert why_not(*panel(), "2027-Q1") == "not enough data: has 0 teams without AI, needs 8"


def test_teams_with_too_few_months_before_are_left_out():
    months, roll_outs = panel(n_with=12)
    early = roll_outs["team"].isin(["t00", "t01", "t02"])
    roll_outs["roll_out"] = roll_outs["roll_out"].mask(early, "2025-03")
    table = effect_of(months, roll_outs)
    assert table["n_with"].iloc[0] == 9
    without = effect_of(months[~months["team"].isin(["t00", "t01", "t02"])], roll_outs)
    pd.testing.assert_frame_equal(table, without)


def test_teams_of_unknown_performers_are_on_neither_side():
    months, roll_outs = panel(n_without=9)
    unknown = roll_outs["team"].isin(["t00", "t18"])
    roll_outs.loc[unknown, "status"] = "not known"
    roll_outs.loc[unknown, "roll_out"] = None
    table = effect_of(months, roll_outs)
    assert table[["n_with", "n_without"]].iloc[0].tolist() == [9, 8]


def test_a_log_that_became_less_complete_with_ai_is_void():
    months, roll_outs = panel()
    has_ai = months["team"] < "t10"
    later = has_ai & (months["period"] >= "2025-10")
    months["hours_logged"] = months["hours_logged"].mask(later, 0.84)
    assert why_not(months, roll_outs) == (
        "with AI the log became 7% less complete, which is more than 5%"
    )
    months["hours_logged"] = months["hours_logged"].mask(later, 0.87)
    assert effect_of(months, roll_outs)["hours"].notna().all()


def test_a_log_that_became_less_complete_for_all_is_void():
    months, roll_outs = panel()
    months["hours_logged"] = months["hours_logged"].mask(months["period"] >= "2025-12", 0.8)
    assert why_not(months, roll_outs).startswith("in the teams without AI the log became 11% less")


def test_a_season_is_no_change_of_completeness():
    months, roll_outs = panel()
    summer = months["period"].str[-2:].isin(["04", "05", "06"])
    months["hours_logged"] = months["hours_logged"].mask(summer, 0.7)
    assert effect_of(months, roll_outs)["hours"].notna().all()


def test_where_completeness_is_not_known_it_makes_nothing_void():
    months, roll_outs = panel()
    months["hours_logged"] = float("nan")
    assert effect_of(months, roll_outs)["hours"].notna().all()


def test_teams_that_moved_apart_before_ai_came_show_no_effect():
    months, roll_outs = panel()
    drifts = (months["team"] < "t10") & months["period"].between("2025-07", "2025-08")
    months.loc[drifts, "execution"] -= 3.0
    assert why_not(months, roll_outs).startswith(
        "in the 2 months before AI came execution already moved by -"
    )


def test_false_alarms_are_few_where_ai_does_nothing():
    alarms = [
        (table["low"] > 0) | (table["high"] < 0)
        for seed in range(20)
        if (table := effect_of(*panel(effect=0 * EFFECT, seed=seed)))["hours"].notna().all()
    ]
    # Some luckless panels already moved before; most did not.
    assert len(alarms) >= 17
    assert pd.DataFrame(alarms).drop(columns=["oversight"]).to_numpy().mean() <= 0.07


def test_team_months_lay_hours_out_per_person_week():
    cells = pd.DataFrame(
        [("2026-01", "red", "execution", "none", "tagged", 30.0),
         ("2026-01", "red", "execution", "rework", "sorted", 6.0),
         ("2026-01", "red", "judgment", "none", "sorted", 4.0),
         ("2026-02", "red", "unsure", "none", "unsure", 7.0),
         ("2026-01", "blue", "judgment", "none", "tagged", 5.0)],
        columns=["period", "team", "label", "oversight", "basis", "hours"],
    )  # fmt: skip
    weeks = pd.DataFrame(
        [("2026-01", "blue", 0.0, 0.9), ("2026-01", "red", 2.0, 0.8), ("2026-02", "red", 1.0, 0.9),
         ("2026-03", "red", 4.0, 0.9)],
        columns=["period", "team", "person_weeks", "hours_logged"],
    )  # fmt: skip
    table = team_months(cells, weeks).set_index("period")
    assert table.index.tolist() == ["2026-01", "2026-02", "2026-03"]
    assert table.loc["2026-01", [*PARTS, "all"]].tolist() == [15, 2, 0, 0, 3, 0, 20]
    assert table.loc["2026-02", ["unsure", "all"]].tolist() == [7, 7]
    assert table["tagged"].fillna(-1).tolist() == [0.75, 0, -1]
    assert table.loc["2026-03", "all"] == 0


def test_the_callers_frames_are_untouched():
    months, roll_outs = panel()
    before = months.copy(deep=True), roll_outs.copy(deep=True)
    effect_of(months, roll_outs)
    pd.testing.assert_frame_equal(months, before[0])
    pd.testing.assert_frame_equal(roll_outs, before[1])
