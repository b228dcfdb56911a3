"""Each group gets one answer: too few months, steady, or a shift with what is known of it."""

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import PeriodError
from taskmix.measures.shifts import MIN_MONTHS, find_shifts, shift_lines
from taskmix.measures.shifts.critical import shift_p_value
from taskmix.measures.shifts.find import LEVEL
from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import draw_noise
from taskmix.measures.shifts.series import day_of, month_of
from taskmix.measures.shifts.shapes import sup_f
from taskmix.periods import history, parse_period

MONTHS = np.arange(24.0)
#: The month whose number in `MONTHS` is 0.
BEGIN = parse_period("2024-10").ordinal


def monthly(values, *, last="2026-09", **columns):
    values = np.asarray(values, dtype=float)
    periods = history(parse_period(last), count=len(values))
    return pd.DataFrame({"period": periods, "share": values, **columns})


def noise(seed=0, sd=0.02):
    return sd * draw_noise(0.0, MONTHS, n=1, rng=np.random.default_rng(seed))[0]


def one(values, **options):
    return find_shifts(monthly(values), value="share", **options).iloc[0]


@pytest.mark.parametrize(("n", "text"), [(1, "has 1 month"), (7, "has 7 months")])
def test_too_few_months_say_how_many_are_needed(n, text):
    row = one(np.linspace(0, 1, n))
    assert row["kind"] == "too few"
    assert row["why_not"] == f"not enough data: {text}, needs 8"
    assert row[["p", "step", "width"]].isna().all()


def test_a_series_of_the_least_length_is_looked_at():
    assert one(np.linspace(0, 1, MIN_MONTHS))["kind"] == "steady"


def test_missing_values_are_not_counted_as_months():
    values = np.where(MONTHS < 17, np.nan, 0.3)
    assert one(values)["why_not"] == "not enough data: has 7 months, needs 8"
    assert one(values)["first_month"] == "2026-03"


def test_a_steady_trend_has_no_step_and_says_what_would_have_been_found():
    row = one(0.2 + 0.01 * MONTHS + noise())
    assert (row["kind"], row["why_not"]) == ("steady", "no shift was found")
    assert row["p"] > 0.05
    assert 0.05 < row["smallest_step"] < 0.2
    assert row[["step", "midpoint", "width"]].isna().all()
    assert row["step_month"] == ""


def test_the_smallest_step_is_found_about_eight_times_of_ten():
    series = draw_noise(0.3, MONTHS, n=100, rng=np.random.default_rng(1))
    rows = [monthly(values, team=f"{n:03d}") for n, values in enumerate(series)]
    sizes = find_shifts(pd.concat(rows), value="share", by=("team",))["smallest_step"].to_numpy()
    f, rhos = sup_f(series + sizes[:, None] * (MONTHS >= 12), MONTHS)
    p = [shift_p_value(one, r, MONTHS) for one, r in zip(f, rhos, strict=True)]
    assert np.mean(np.array(p) <= LEVEL) == pytest.approx(0.84, abs=0.1)


def test_a_step_is_named_with_its_month_and_height():
    row = one(0.2 + 0.3 * (MONTHS >= 10) + noise())
    assert (row["kind"], row["step_month"]) == ("sudden", "2025-08")
    assert row["step"] == pytest.approx(0.3, abs=3 * row["step_se"])
    assert row["step_se"] < 0.03


def test_a_curve_is_named_with_its_middle_and_width():
    row = one(0.1 + 0.6 * logistic(MONTHS, 11.0, 8.0) + noise(2))
    assert row["kind"] == "gradual"
    assert row["midpoint_low"] <= day_of(BEGIN + 11.0) <= row["midpoint_high"]
    assert abs((row["midpoint"] - day_of(BEGIN + 11.0)).days) < 15
    assert row["width_low"] < 8 < row["width_high"]
    assert (row["before"], row["after"]) == pytest.approx((0.1, 0.7), abs=0.03)
    assert row["midpoint_error"] < 1
    assert row["why_not"] == ""


def test_a_curve_that_goes_on_has_no_midpoint_and_says_why():
    row = one(0.6 * logistic(MONTHS, 22.0, 8.0) + noise())
    assert row["kind"] != "steady"
    assert row["why_not"] in {
        "its middle may lie outside the months seen",
        "the months seen may not hold all of it",
    }
    assert pd.isna(row["midpoint"])


def test_nothing_ever_happens_in_a_constant_series():
    row = one(np.zeros(24))
    assert (row["kind"], row["p"], row["smallest_step"]) == ("steady", 1.0, 0.0)


def test_each_group_has_a_row_and_gaps_are_no_zeros():
    flat = monthly(0.3 + noise(2), team="b").drop(index=[4, 5, 13])
    step = monthly(0.3 + 0.4 * (MONTHS >= 10) + noise(1), team="a")
    found = find_shifts(pd.concat([flat, step]), value="share", by=("team",))
    assert found["team"].tolist() == ["a", "b"]
    assert found["kind"].tolist() == ["sudden", "steady"]
    assert found["n_months"].tolist() == [24, 21]


def test_the_fitted_line_is_that_of_the_answer():
    curve = 0.1 + 0.6 * logistic(MONTHS, 11.0, 8.0)
    step = 0.2 + 0.3 * (MONTHS >= 10)
    line = 0.2 + 0.01 * MONTHS
    figures = pd.concat(
        [
            monthly(shape + noise(seed, 0.005), team=team)
            for seed, (team, shape) in enumerate({"a": curve, "b": step, "c": line}.items())
        ]
        + [monthly([0.1, 0.2], team="d")]
    )
    found = find_shifts(figures, value="share", by=("team",))
    assert found["kind"].tolist() == ["gradual", "sudden", "steady", "too few"]
    lines = shift_lines(figures, found, value="share", by=("team",)).set_index("team")
    for team, shape in {"a": curve, "b": step, "c": line}.items():
        assert lines.loc[team, "fitted"].to_numpy() == pytest.approx(shape, abs=0.02)
    assert lines.loc["d", "fitted"].isna().all()
    assert lines.loc["d", "period"].tolist() == ["2026-08", "2026-09"]


def test_a_quarter_is_no_month():
    figures = pd.DataFrame({"period": ["2026-Q1"], "share": [0.1]})
    with pytest.raises(PeriodError, match=r"period 2026-Q1 is no month; .* frequency=\"month\""):
        find_shifts(figures, value="share")


def test_two_groups_in_one_series_are_an_error():
    figures = monthly([0.1, 0.2], team=["a", "b"]).assign(period="2026-09")
    with pytest.raises(PeriodError, match=r"2026-09 stands twice in a series; .* by="):
        find_shifts(figures, value="share")


def test_no_figures_have_no_shifts():
    empty = monthly([0.1], team="a").iloc[:0]
    found = find_shifts(empty, value="share", by=("team",))
    assert found.empty
    assert shift_lines(empty, found, value="share", by=("team",)).empty


def test_the_callers_frame_is_untouched():
    figures = monthly(0.3 + noise())
    before = figures.copy(deep=True)
    find_shifts(figures, value="share")
    pd.testing.assert_frame_equal(figures, before)


def test_numbers_and_days_of_months_agree():
    assert month_of(BEGIN) == "2024-10"
    assert day_of(BEGIN - 0.5) == pd.Timestamp("2024-10-01")
    assert day_of(BEGIN + 0.49) == pd.Timestamp("2024-10-31")
