"""A role's path: distances by ratios, only of shares that are surely there."""

import math

import numpy as np
import pandas as pd
import pytest

from taskmix.measures import Scope
from taskmix.measures.paths import aitchison_distance, composition_path, years_of
from taskmix.taxonomy import CATEGORIES

FIRST, SECOND, THIRD = (0.4, 0.2, 0.2, 0.2), (0.2, 0.4, 0.2, 0.2), (0.25, 0.25, 0.25, 0.25)


def mixes(**periods):
    rows = [
        (period.replace("y", ""), category, share)
        for period, mix in periods.items()
        for category, share in zip(CATEGORIES, mix, strict=True)
    ]
    return pd.DataFrame(rows, columns=["period", "category", "share"])


def test_distances_are_those_of_log_ratios():
    path = composition_path(mixes(y2024=FIRST, y2025=SECOND, y2026=THIRD)).set_index("period")
    # Two logs differ by ln 2 and −ln 2, two not at all; their mean is 0.
    assert path["moved"].tolist() == pytest.approx(
        [0, math.sqrt(2) * math.log(2), 0.6003], abs=1e-4
    )
    assert math.isnan(path.loc["2024", "step"])
    assert path.loc["2025", "step"] == pytest.approx(math.sqrt(2) * math.log(2))
    assert path["points"].tolist() == pytest.approx([0, 0.2, 0.15])
    assert path.loc["2025", list(CATEGORIES)].tolist() == pytest.approx(list(SECOND))
    assert path["why_not"].tolist() == ["", "", ""]
    assert not path["audited"].any()


def test_a_distance_counts_ratios_not_points():
    small = aitchison_distance(np.array([0.02, 0.98]), np.array([0.04, 0.96]))
    large = aitchison_distance(np.array([0.48, 0.52]), np.array([0.50, 0.50]))
    assert small > 8 * large


def test_a_share_below_one_percent_has_no_logarithm():
    path = composition_path(mixes(y2024=FIRST, y2025=(0.8, 0.195, 0.005, 0.0), y2026=SECOND))
    assert path["why_not"].tolist() == ["", "creative is below 1% in 2025", ""]
    assert path["moved"].isna().tolist() == [False, True, False]
    assert path["step"].isna().tolist() == [True, True, True]
    assert path["points"].notna().all()


def test_the_lower_bound_decides_where_there_is_one():
    audited = mixes(y2024=(0.94, 0.02, 0.02, 0.02), y2025=FIRST)
    audited["low"] = audited["share"] - 0.015
    path = composition_path(audited)
    assert path["audited"].all()
    assert path["why_not"].tolist() == ["judgment may be below 1% in 2024"] * 2
    assert path["moved"].isna().all()
    assert composition_path(audited.drop(columns="low"))["moved"].notna().all()


@pytest.mark.parametrize(("period", "unit"), [("2026", "year"), ("2026-Q3", "quarter")])
def test_one_period_is_no_path(period, unit):
    one = mixes(y2026=FIRST).assign(period=period)
    assert composition_path(one)["why_not"].tolist() == [f"not enough data: has 1 {unit}, needs 2"]


def test_each_group_goes_its_own_way_from_its_own_first_period():
    red = mixes(y2024=FIRST, y2025=SECOND).assign(team="red")
    blue = mixes(y2025=SECOND, y2026=SECOND).assign(team="blue")
    path = composition_path(pd.concat([red, blue]), by=("team",))
    assert path["team"].tolist() == ["blue", "blue", "red", "red"]
    assert path["moved"].tolist() == pytest.approx([0, 0, 0, math.sqrt(2) * math.log(2)])


def test_a_period_that_lacks_a_share_has_no_place_on_the_path():
    table = mixes(y2024=FIRST, y2025=SECOND, y2026=THIRD)
    table.loc[5, "share"] = np.nan
    path = composition_path(table)
    assert path["period"].tolist() == ["2024", "2026"]
    assert composition_path(table.iloc[:0]).empty
    assert composition_path(table.iloc[:0].assign(team="x"), by=("team",)).empty


def test_the_callers_frame_is_untouched():
    table = mixes(y2024=FIRST, y2025=SECOND)
    before = table.copy(deep=True)
    composition_path(table)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("period", "frequency", "first", "history"),
    [
        ("2026-Q3", "quarter", "2024-07-08", ("2024-Q3", "2025-Q3", "2026-Q3")),
        ("2026-Q3", "quarter", "2024-08-20", ("2025-Q3", "2026-Q3")),
        ("2026-02", "month", "2024-01-01", ("2024-02", "2025-02", "2026-02")),
        ("2026", "year", "2026-05-01", ("2026",)),
    ],
)
def test_years_are_compared_at_the_same_time_of_the_year(period, frequency, first, history):
    scope = Scope(period, "", "red", frequency, (period,))
    chosen = years_of(scope, first=pd.Timestamp(first))
    assert chosen.history == history
    assert (chosen.period, chosen.team, chosen.frequency) == (period, "red", frequency)
    assert years_of(scope, first=pd.Timestamp("2001-01-01"), n_years=2).history[1] == period
