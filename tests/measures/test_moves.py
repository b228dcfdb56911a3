"""What moved the mix adds up exactly, and a reorganisation is no change of anybody's work."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taskmix.measures import shares
from taskmix.measures.moves import COMPONENTS, OTHER_TEAMS, mix_moves, mix_moves_by_team
from taskmix.taxonomy import CATEGORIES

EXPECTED = [f"expected_{category}" for category in CATEGORIES]


def rolled(*rows):
    """Cells of (period, team, execution, judgment, creative, connective) in hours."""
    frame = pd.DataFrame(rows, columns=["period", "team", *EXPECTED])
    frame[EXPECTED] = frame[EXPECTED].astype(float)
    return frame.assign(hours=frame[EXPECTED].sum(axis=1)).astype({"period": "str", "team": "str"})


def moved(cells, **options):
    table = mix_moves(cells, period="2026", against="2025", **options)
    return table.set_index("category")


def test_within_and_between_are_those_computed_by_hand():
    cells = rolled(
        ("2025", "red", 60, 20, 0, 0), ("2025", "blue", 5, 15, 0, 0),
        ("2026", "red", 25, 25, 0, 0), ("2026", "blue", 10, 40, 0, 0),
    )  # fmt: skip
    execution = moved(cells).loc["execution"]
    # Red: .8 of the hours, then .5; execution .75 of them, then .5. Blue: .2, .5; .25, .2.
    assert execution["change"] == pytest.approx(0.35 - 0.65)
    assert execution["within"] == pytest.approx(0.65 * -0.25 + 0.35 * -0.05)
    assert execution["between"] == pytest.approx((0.625 - 0.5) * -0.3 + (0.225 - 0.5) * 0.3)
    assert execution[["came", "went"]].tolist() == [0, 0]
    assert execution[["n_stayed", "n_came", "n_went"]].tolist() == [2, 0, 0]


def test_teams_that_came_and_went_are_told_apart():
    cells = rolled(
        ("2025", "red", 40, 10, 0, 0), ("2025", "old", 50, 0, 0, 0),
        ("2026", "red", 40, 10, 0, 0), ("2026", "new", 0, 50, 0, 0),
    )  # fmt: skip
    execution = moved(cells).loc["execution"]
    # The mean of both years is (.9 + .4) / 2.
    assert execution["within"] == 0
    assert execution["between"] == 0
    assert execution["came"] == pytest.approx(0.5 * (0.0 - 0.65))
    assert execution["went"] == pytest.approx(0.5 * (0.65 - 1.0))
    assert execution[["n_stayed", "n_came", "n_went"]].tolist() == [1, 1, 1]


def test_hours_that_move_between_teams_alone_are_all_between():
    mixes = {"red": np.array([8, 1, 0, 1]), "blue": np.array([2, 4, 3, 1])}
    sizes = {"2025": {"red": 9, "blue": 3}, "2026": {"red": 2, "blue": 10}}
    cells = rolled(
        *((period, team, *(size * mixes[team])) for period, teams in sizes.items()
          for team, size in teams.items())
    )  # fmt: skip
    table = moved(cells)
    assert table["within"].abs().max() < 1e-12
    assert table["between"].to_list() == pytest.approx(table["change"].to_list())
    assert table["change"].abs().max() > 0.3


hours = st.floats(0, 1e6, allow_subnormal=False)
cell = st.tuples(
    st.sampled_from(["2025", "2026"]), st.sampled_from("abcdef"), hours, hours, hours, hours
)


@settings(max_examples=30, deadline=None)
@given(st.lists(cell, min_size=1, max_size=20))
def test_the_four_parts_sum_to_the_change_of_the_shares(rows):
    cells = rolled(*rows)
    totals = cells.groupby("period")["hours"].sum().reindex(["2025", "2026"], fill_value=0.0)
    table = moved(cells)
    if (totals == 0).any():
        assert table[["before", "share", "change", *COMPONENTS]].isna().to_numpy().all()
        return
    sums = table[list(COMPONENTS)].sum(axis=1)
    assert sums.to_numpy() == pytest.approx(table["change"].to_numpy(), abs=1e-9)
    # Shares sum to 1, so their changes and each part of them sum to 0.
    assert table[["change", *COMPONENTS]].sum().to_numpy() == pytest.approx(0, abs=1e-9)
    estimated = shares(cells).set_index(["period", "category"])["share"]
    assert table["before"].to_list() == pytest.approx(estimated["2025"][list(CATEGORIES)].to_list())
    assert table["share"].to_list() == pytest.approx(estimated["2026"][list(CATEGORIES)].to_list())


def test_teams_not_told_apart_are_one():
    cells = rolled(
        ("2025", "red", 60, 20, 0, 0), ("2025", "s", 5, 5, 0, 0), ("2025", "t", 0, 10, 0, 0),
        ("2026", "red", 25, 25, 0, 0), ("2026", "s", 10, 40, 0, 0), ("2026", "u", 9, 1, 0, 0),
    )  # fmt: skip
    merged = cells.assign(team=cells["team"].where(cells["team"] == "red", OTHER_TEAMS))
    pd.testing.assert_frame_equal(moved(cells, apart={"red"}), moved(merged))
    by_team = mix_moves_by_team(cells, period="2026", against="2025", apart=["red"])
    assert set(by_team["team"]) == {"red", OTHER_TEAMS}
    assert moved(cells)["n_came"].tolist() == [1] * 4
    assert moved(cells, apart=["red"])["n_came"].tolist() == [0] * 4


def test_each_teams_part_sums_to_the_whole():
    cells = rolled(
        ("2025", "red", 60, 20, 0, 0), ("2025", "old", 5, 5, 0, 0),
        ("2026", "red", 25, 25, 3, 0), ("2026", "new", 10, 40, 0, 9),
    )  # fmt: skip
    teams = mix_moves_by_team(cells, period="2026", against="2025")
    assert teams.drop_duplicates("team").set_index("team")["status"].to_dict() == {
        "red": "stayed", "old": "went", "new": "came",
    }  # fmt: skip
    sums = teams.groupby("category")[list(COMPONENTS)].sum().reindex(list(CATEGORIES))
    assert sums.to_numpy() == pytest.approx(moved(cells)[list(COMPONENTS)].to_numpy())


def test_a_period_without_hours_has_nothing_to_compare():
    table = moved(rolled(("2026", "red", 1, 1, 1, 1)))
    assert table["change"].isna().all()
    assert table["n_stayed"].tolist() == [0] * 4


def test_the_callers_frame_is_untouched():
    cells = rolled(("2025", "red", 1, 2, 3, 4), ("2026", "blue", 1, 1, 1, 1))
    before = cells.copy(deep=True)
    moved(cells, apart=["red"])
    pd.testing.assert_frame_equal(cells, before)
