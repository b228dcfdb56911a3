"""What was wanted stands beside what is; a distance is stated only where its interval says so."""

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import SettingsError
from taskmix.measures.targets import check_targets, wanted_against_actual
from taskmix.settings import Targets
from taskmix.taxonomy import CATEGORIES

TARGETS = Targets(
    execution=0.3, judgment=(0.3, 0.4), creative=0.2, teams={"red": {"creative": (0.4, 0.5)}}
)


def mix(execution, judgment, creative, connective, **columns):
    shares = [execution, judgment, creative, connective]
    return pd.DataFrame(
        {"period": "2026-Q3", "category": list(CATEGORIES), "share": shares, **columns}
    )


def test_the_gap_is_to_the_nearest_wanted_share():
    table = wanted_against_actual(mix(0.45, 0.35, 0.05, 0.15), TARGETS).set_index("category")
    assert table.index.tolist() == ["execution", "judgment", "creative"]
    assert table["gap"].tolist() == pytest.approx([0.15, 0.0, -0.15])
    assert table["stands"].tolist() == ["above", "inside", "below"]
    assert table.loc["judgment", ["wanted_low", "wanted_high"]].tolist() == [0.3, 0.4]
    assert (table["whose"] == "general").all()
    assert not table["audited"].any()


def test_a_teams_own_target_stands_in_place_of_the_general_one():
    teams = pd.concat([mix(0.4, 0.1, 0.3, 0.2, team="red"), mix(0.3, 0.3, 0.2, 0.2, team="blue")])
    table = wanted_against_actual(teams, TARGETS)
    assert table["team"].tolist() == ["red", "blue", "blue", "blue"]
    assert table["whose"].tolist() == ["own", "general", "general", "general"]
    assert table["gap"].tolist() == pytest.approx([-0.1, 0, 0, 0])


def test_the_one_team_of_a_frame_can_be_named():
    table = wanted_against_actual(mix(0.4, 0.1, 0.3, 0.2), TARGETS, team="red")
    assert table["category"].tolist() == ["creative"]
    assert "team" not in table


def test_an_interval_that_reaches_into_the_range_is_not_sure():
    table = wanted_against_actual(
        mix(0.45, 0.25, 0.1, 0.2, low=[0.4, 0.2, 0.05, 0.1], high=[0.5, 0.32, 0.15, 0.3]), TARGETS
    ).set_index("category")
    assert table["stands"].tolist() == ["above", "not sure", "below"]
    assert table["audited"].all()


def test_a_share_equal_as_written_is_inside():
    table = wanted_against_actual(mix(0.304, 0.3, 0.194, 0.2), TARGETS)
    assert table["stands"].tolist() == ["inside", "inside", "below"]


def test_a_missing_share_stands_nowhere():
    table = wanted_against_actual(mix(*[np.nan] * 4), TARGETS)
    assert table["stands"].isna().all()
    assert table["gap"].isna().all()


def test_without_targets_there_is_nothing_to_compare():
    table = wanted_against_actual(mix(0.4, 0.2, 0.2, 0.2), Targets())
    assert table.empty
    assert "stands" in table


def test_a_misspelt_team_is_named_with_the_near_one():
    check_targets(TARGETS, ["red", "blue"])
    with pytest.raises(SettingsError, match=r"team 'red' is not in the log; did you mean 'reds'\?"):
        check_targets(TARGETS, ["reds", "blue"])
    with pytest.raises(SettingsError, match=r"'red' is not in the log; Correct its name, or take"):
        check_targets(TARGETS, ["x"])


def test_the_callers_frame_is_untouched():
    shares = mix(0.4, 0.2, 0.2, 0.2)
    before = shares.copy(deep=True)
    wanted_against_actual(shares, TARGETS)
    pd.testing.assert_frame_equal(shares, before)
