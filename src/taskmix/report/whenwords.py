"""Sentences about when a figure shifted: only what the months can tell, and what they cannot."""

from typing import Any

import pandas as pd

from taskmix.report.numberwords import amount, counted, in_points, percent, percents_apart

_FIGURE = "AI’s part of execution"
#: Half-way is told as a day where its interval is at most this long in months, else as a month.
_DAYS_TOLD = 1.0


def shift_title(shift: pd.DataFrame, *, figure: str = _FIGURE) -> str:
    """Title the chart of one series by what was found.

    Parameters
    ----------
    shift : pandas.DataFrame
        One row of `taskmix.measures.find_shifts`, of a share (0–1).
    figure : str
        What the share is, as a sentence begins with it.
    """
    row = shift.iloc[0]
    match row["kind"]:
        case "too few":
            return f"When {_lower(figure)} shifted cannot be told: {row['why_not']}"
        case "steady":
            return f"{figure} shows no shift beyond a steady trend"
        case "sudden":
            return f"{figure} {_moved(row['step'])} in {_month(row['step_month'])}"
    if pd.isna(row["midpoint"]):
        return f"{figure} shifted; when it was half-way is not known"
    fast = " gradually" if row["kind"] == "gradual" else ""
    return f"{figure} moved{fast}; it was half-way {_about(row)}"


def shift_sentence(shift: pd.DataFrame, *, figure: str = _FIGURE) -> str:
    """Say what was found with its intervals, or how large a step would have been noticed."""
    row = shift.iloc[0]
    if row["kind"] == "too few":
        return f"When {_lower(figure)} shifted cannot be told: {row['why_not']}."
    if row["kind"] == "steady":
        return (
            f"In {row['n_months']} months {_lower(figure)} shows no shift beyond a steady trend. "
            f"A step of {_points(row['smallest_step'])} would have been found 8 times of "
            "10; a smaller one may be there."
        )
    found = [_step(row, figure) if row["kind"] == "sudden" else "", _curve(row, figure)]
    chance = f"A steady series would look as shifted {_chance(row['p'])}."
    return " ".join([*(text for text in found if text), chance])


def shifts_title(shifts: pd.DataFrame) -> str:
    """Title the chart of teams by the span of their midpoints; it ranks nobody.

    Parameters
    ----------
    shifts : pandas.DataFrame
        As `taskmix.measures.find_shifts` makes it by team.
    """
    known = shifts.dropna(subset=["midpoint"])
    if known.empty:
        return "When AI came is not known of any team that is shown"
    first, last = known["midpoint"].min(), known["midpoint"].max()
    if len(known) == 1:
        return f"One team is known to have been half-way in {first:%B %Y}"
    return (
        f"{len(known)} teams were half-way between {first:%B %Y} and {last:%B %Y}"
        if f"{first:%B %Y}" != f"{last:%B %Y}"
        else f"{len(known)} teams were half-way in {first:%B %Y}"
    )


def shifts_note(shifts: pd.DataFrame) -> str:
    """Count the teams without a midpoint by reason, and warn of chance among many."""
    missing = shifts[shifts["midpoint"].isna()]
    steady, few = (int((missing["kind"] == kind).sum()) for kind in ("steady", "too few"))
    other = len(missing) - steady - few
    parts = [
        f"{_teams(steady)} with no shift" if steady else "",
        f"{_teams(few)} with too few months" if few else "",
        f"{_teams(other)} whose midpoint is not known" if other else "",
    ]
    said = "; ".join(part for part in parts if part)
    looked = int((shifts["kind"] != "too few").sum())
    if looked < 2:
        return said
    chance = f"of {looked} steady teams {_by_chance(looked)} would look shifted"
    return f"{said}; {chance} by chance" if said else f"{chance[0].upper()}{chance[1:]} by chance"


def shift_figures(shift: pd.DataFrame) -> dict[str, Any]:
    """Return what was found as JSON values, for the notebook's result."""
    row = shift.iloc[0]
    days = ["midpoint", "midpoint_low", "midpoint_high"]
    numbers = ["p", "step", "step_se", "smallest_step", "before", "after", "width", "width_low",
               "width_high"]  # fmt: skip
    return {
        "kind": row["kind"],
        "n_months": int(row["n_months"]),
        **{name: None if pd.isna(row[name]) else float(row[name]) for name in numbers},
        **{name: None if pd.isna(row[name]) else f"{row[name]:%Y-%m-%d}" for name in days},
        "step_month": row["step_month"] or None,
        "why_not": row["why_not"],
    }


def shift_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        ("Half-way", "The day on which a figure had gone half of its way from where it was before "
         "to where it went."),
        ("Shift", "More than a steady trend explains: in a month, or over some of them."),
    ]  # fmt: skip


def shift_method() -> list[str]:
    """Say how a shift was looked for."""
    return [
        "**When it shifted**: a level with a steady trend is set against the same with one shift "
        "in any month, at once or over up to two years. What the best gains is compared with "
        "what it gains in simulated series that have none, whose noise remembers the month before "
        "as this one’s does. The middle and width are of an S-curve, with 95% intervals; they hold "
        "the scatter of the months and not the sorter’s own mistakes."
    ]


def _step(row: pd.Series, figure: str) -> str:
    error = amount(100 * row["step_se"], decimals=1)
    size = f"{_points(row['step'])} (standard error {error})"
    return f"{figure} {'rose' if row['step'] > 0 else 'fell'} by {size} at once in " \
           f"{_month(row['step_month'])}."  # fmt: skip


def _curve(row: pd.Series, figure: str) -> str:
    if pd.isna(row["midpoint"]):
        return f"{figure} shifted, but {row['why_not']}: the day it was half-way is not told."
    low, high = f"{row['midpoint_low']:%-d %b %Y}", f"{row['midpoint_high']:%-d %b %Y}"
    speed = (
        f"The way from a tenth to nine tenths took {counted(row['width'], 'month', 'months')} "
        f"({row['width_low']:.0f} to {row['width_high']:.0f})."
    )
    unclear = " Whether it went at once or slowly cannot be told."
    # A curve may end a little below 0 or above 1, which no share does.
    ends = percents_apart(*(min(max(float(row[end]), 0.0), 1.0) for end in ("before", "after")))
    return (
        f"{figure} went from {ends[0]} to {ends[1]} and was half-way "
        f"{_about(row)} (95%: {low} to {high}). {speed}"
        + (unclear if row["kind"] == "unclear" else "")
    )


def _points(step: float) -> str:
    return in_points(amount(100 * step, decimals=0))


def _by_chance(n_teams: int) -> str:
    expected = 0.05 * n_teams
    return f"about {expected:.0f}" if expected >= 0.5 else "fewer than 1"


def _about(row: pd.Series) -> str:
    is_exact = 2 * row["midpoint_error"] <= _DAYS_TOLD
    return f"about {row['midpoint']:%-d %B %Y}" if is_exact else f"about {row['midpoint']:%B %Y}"


def _moved(step: float) -> str:
    return f"{'jumped' if step > 0 else 'fell'} by {_points(step)}"


def _month(name: str) -> str:
    return f"{pd.Timestamp(f'{name}-01'):%B %Y}"


def _chance(p: float) -> str:
    return f"in {percent(p)} of cases" if p >= 0.01 else "in less than 1% of cases"


def _teams(n: int) -> str:
    return counted(n, "team", "teams")


def _lower(figure: str) -> str:
    return figure if figure.startswith("AI") else f"{figure[:1].lower()}{figure[1:]}"
