"""Sentences say when a figure shifted only where the months tell, and how sure that is."""

import numpy as np
import pandas as pd
import pytest

from taskmix.measures.shifts import find_shifts
from taskmix.measures.shifts.logistic import logistic
from taskmix.periods import history, parse_period
from taskmix.report import whenwords

MONTHS = np.arange(24.0)
NOISE = 0.01 * np.random.default_rng(0).standard_normal(24)


def found(values, team="red"):
    periods = history(parse_period("2026-09"), count=len(values))
    figures = pd.DataFrame({"period": periods, "team": team, "part": values})
    return find_shifts(figures, value="part", by=("team",))


@pytest.fixture(scope="module")
def slow():
    return found(0.1 + 0.6 * logistic(MONTHS, 11.0, 8.0) + NOISE)


def test_a_slow_shift_names_its_day_its_interval_and_its_speed(slow):
    row = slow.iloc[0]
    assert whenwords.shift_title(slow) == (
        f"AI’s part of execution moved gradually; it was half-way about {row['midpoint']:%-d %B %Y}"
    )
    text = whenwords.shift_sentence(slow)
    assert text.startswith("AI’s part of execution went from 10% to 70% and was half-way about")
    assert f"(95%: {row['midpoint_low']:%-d %b %Y} to {row['midpoint_high']:%-d %b %Y})" in text
    assert "took 8 months (8 to 9)" in text
    assert text.endswith("A steady series would look as shifted in less than 1% of cases.")


def test_a_wide_interval_is_told_as_a_month(slow):
    title = whenwords.shift_title(slow.assign(midpoint_error=2.0))
    assert title.endswith("half-way about September 2025")


def test_a_fall_at_once_names_its_month_and_size():
    fall = found(0.6 - 0.4 * (MONTHS >= 10) + NOISE)
    assert whenwords.shift_title(fall, figure="Execution’s share") == (
        "Execution’s share fell by 40 points in August 2025"
    )
    assert "Execution’s share fell by 40 points (standard error " in whenwords.shift_sentence(
        fall, figure="Execution’s share"
    )


def test_a_steady_series_says_what_it_could_not_show():
    steady = found(0.2 + 0.01 * MONTHS + NOISE)
    assert whenwords.shift_title(steady).endswith("shows no shift beyond a steady trend")
    assert f"A step of {100 * steady['smallest_step'].item():.0f} points would have been found 8 " \
        "times of 10" in whenwords.shift_sentence(steady)  # fmt: skip


def test_too_few_months_use_the_projects_words():
    few = found(np.array([0.1, 0.2, 0.3]))
    assert whenwords.shift_title(few) == (
        "When AI’s part of execution shifted cannot be told: not enough data: has 3 months, needs 8"
    )
    assert whenwords.shift_title(few, figure="Execution’s share").startswith("When execution’s sh")


def test_a_shift_without_a_midpoint_says_why(slow):
    unknown = slow.assign(midpoint=pd.NaT, kind="unclear", why_not="the months are few")
    assert whenwords.shift_title(unknown) == (
        "AI’s part of execution shifted; when it was half-way is not known"
    )
    assert "shifted, but the months are few" in whenwords.shift_sentence(unknown)


def test_an_unclear_shift_is_not_called_gradual(slow):
    unclear = slow.assign(kind="unclear", before=-0.004)
    assert "gradually" not in whenwords.shift_title(unclear)
    text = whenwords.shift_sentence(unclear)
    assert "Whether it went at once or slowly cannot be told." in text
    assert "went from 0% to" in text


def test_teams_are_counted_not_ranked(slow):
    later = slow.assign(team="blue", midpoint=slow["midpoint"] + pd.Timedelta(days=90))
    steady = found(0.2 + NOISE, team="grey")
    few = found(np.array([0.1]), team="new")
    teams = pd.concat([slow, later, steady, few])
    assert whenwords.shifts_title(teams) == (
        "2 teams were half-way between September 2025 and December 2025"
    )
    assert (
        whenwords.shifts_title(slow) == "One team is known to have been half-way in September 2025"
    )
    assert whenwords.shifts_title(few) == "When AI came is not known of any team that is shown"
    assert whenwords.shifts_note(teams) == (
        "1 team with no shift; 1 team with too few months; "
        "of 3 steady teams fewer than 1 would look shifted by chance"
    )
    for text in (whenwords.shifts_title(teams), whenwords.shifts_note(teams)):
        assert "blue" not in text


def test_figures_are_plain_values(slow):
    figures = whenwords.shift_figures(slow)
    assert figures["kind"] == "gradual"
    assert figures["midpoint"] == f"{slow['midpoint'].item():%Y-%m-%d}"
    assert figures["p"] == pytest.approx(slow["p"].item())
    few = whenwords.shift_figures(found(np.array([0.1])))
    assert (few["midpoint"], few["p"], few["step_month"], few["n_months"]) == (None, None, None, 1)
