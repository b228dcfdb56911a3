"""Sentences about when a figure shifted: only what the months can tell, and what they cannot."""

from typing import Any

import pandas as pd

from taskmix.language import capital, full_date, long_date, month_and_year, noted, number, tr
from taskmix.report.numberwords import amount, counted, in_points, percent, percents_apart

_FIGURE = noted("AI’s part of execution")
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
    row, figure = shift.iloc[0], tr(figure)
    match row["kind"]:
        case "too few":
            return tr(
                "When {figure} shifted cannot be told: {why_not}",
                figure=_lower(figure),
                why_not=row["why_not"],
            )
        case "steady":
            return tr("{figure} shows no shift beyond a steady trend", figure=figure)
        case "sudden":
            return tr(
                noted("{figure} jumped by {points} in {month}")
                if row["step"] > 0
                else noted("{figure} fell by {points} in {month}"),
                figure=figure,
                points=_points(row["step"]),
                month=_month(row["step_month"]),
            )
    if pd.isna(row["midpoint"]):
        return tr("{figure} shifted; when it was half-way is not known", figure=figure)
    if row["kind"] == "gradual":
        return tr(
            "{figure} moved gradually; it was half-way {about}", figure=figure, about=_about(row)
        )
    return tr("{figure} moved; it was half-way {about}", figure=figure, about=_about(row))


def shift_sentence(shift: pd.DataFrame, *, figure: str = _FIGURE) -> str:
    """Say what was found with its intervals, or how large a step would have been noticed."""
    row, figure = shift.iloc[0], tr(figure)
    if row["kind"] == "too few":
        return tr(
            "When {figure} shifted cannot be told: {why_not}.",
            figure=_lower(figure),
            why_not=row["why_not"],
        )
    if row["kind"] == "steady":
        return tr(
            "In {n_months} months {figure} shows no shift beyond a steady trend. A step "
            "of {smallest_step} would have been found 8 times of 10; a smaller one may "
            "be there.",
            n_months=row["n_months"],
            figure=_lower(figure),
            smallest_step=_points(row["smallest_step"]),
        )
    found = [_step(row, figure) if row["kind"] == "sudden" else "", _curve(row, figure)]
    chance = tr("A steady series would look as shifted {p}.", p=_chance(row["p"]))
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
        return tr("When AI came is not known of any team that is shown")
    first, last = known["midpoint"].min(), known["midpoint"].max()
    if len(known) == 1:
        return tr("One team is known to have been half-way in {first}", first=month_and_year(first))
    return (
        tr(
            "{known} teams were half-way between {first} and {last}",
            known=len(known),
            first=month_and_year(first),
            last=month_and_year(last),
        )
        if month_and_year(first) != month_and_year(last)
        else tr(
            "{known} teams were half-way in {first}", known=len(known), first=month_and_year(first)
        )
    )


def shifts_note(shifts: pd.DataFrame) -> str:
    """Count the teams without a midpoint by reason, and warn of chance among many."""
    missing = shifts[shifts["midpoint"].isna()]
    steady, few = (int((missing["kind"] == kind).sum()) for kind in ("steady", "too few"))
    other = len(missing) - steady - few
    parts = [
        tr("{steady} with no shift", steady=_teams(steady)) if steady else "",
        tr("{few} with too few months", few=_teams(few)) if few else "",
        tr("{other} whose midpoint is not known", other=_teams(other)) if other else "",
    ]
    said = "; ".join(part for part in parts if part)
    looked = int((shifts["kind"] != "too few").sum())
    if looked < 2:
        return said
    chance = tr(
        "of {n} steady teams {expected} would look shifted by chance",
        n=number(looked),
        expected=_by_chance(looked),
    )
    return f"{said}; {chance}" if said else capital(chance)


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
        (tr("Half-way"), tr(
            "The day on which a figure had gone half of its way from where it was before to "
            "where it went."
        )),
        (tr("Shift"), tr("More than a steady trend explains: in a month, or over some of them.")),
    ]  # fmt: skip


def shift_method() -> list[str]:
    """Say how a shift was looked for."""
    return [
        tr(
            "**When it shifted**: a level with a steady trend is set against the same with "
            "one shift in any month, at once or over up to two years. What the best gains is "
            "compared with what it gains in simulated series that have none, whose noise "
            "remembers the month before as this one’s does. The middle and width are of an "
            "S-curve, with 95% intervals; they hold the scatter of the months and not the "
            "sorter’s own mistakes."
        )
    ]


def _step(row: pd.Series, figure: str) -> str:
    error = amount(100 * row["step_se"], decimals=1)
    size = tr("{step} (standard error {error})", step=_points(row["step"]), error=error)
    values = {"figure": figure, "size": size, "month": _month(row["step_month"])}
    if row["step"] > 0:
        return tr("{figure} rose by {size} at once in {month}.", **values)
    return tr("{figure} fell by {size} at once in {month}.", **values)


def _curve(row: pd.Series, figure: str) -> str:
    if pd.isna(row["midpoint"]):
        return tr(
            "{figure} shifted, but {why_not}: the day it was half-way is not told.",
            figure=figure,
            why_not=row["why_not"],
        )
    low, high = full_date(row["midpoint_low"]), full_date(row["midpoint_high"])
    speed = tr(
        "The way from a tenth to nine tenths took {width} ({width_low} to {width_high}).",
        width=counted(row["width"], "month", "months"),
        width_low=number(row["width_low"], 0, grouped=False),
        width_high=number(row["width_high"], 0, grouped=False),
    )
    unclear = tr(" Whether it went at once or slowly cannot be told.")
    # A curve may end a little below 0 or above 1, which no share does.
    ends = percents_apart(*(min(max(float(row[end]), 0.0), 1.0) for end in ("before", "after")))
    return tr(
        "{figure} went from {before} to {after} and was half-way {about} (95%: {low} to "
        "{high}). {speed}",
        figure=figure,
        before=ends[0],
        after=ends[1],
        about=_about(row),
        low=low,
        high=high,
        speed=speed,
    ) + (unclear if row["kind"] == "unclear" else "")


def _points(step: float) -> str:
    return in_points(amount(100 * step, decimals=0))


def _by_chance(n_teams: int) -> str:
    expected = 0.05 * n_teams
    return (
        tr("about {expected}", expected=number(expected, 0, grouped=False))
        if expected >= 0.5
        else tr("fewer than 1")
    )


def _about(row: pd.Series) -> str:
    is_exact = 2 * row["midpoint_error"] <= _DAYS_TOLD
    return (
        tr("about {midpoint}", midpoint=long_date(row["midpoint"]))
        if is_exact
        else tr("about {midpoint}", midpoint=month_and_year(row["midpoint"]))
    )


def _month(name: str) -> str:
    return month_and_year(pd.Timestamp(f"{name}-01"))


def _chance(p: float) -> str:
    return tr("in {p} of cases", p=percent(p)) if p >= 0.01 else tr("in less than 1% of cases")


def _teams(n: int) -> str:
    return counted(n, "team", "teams")


def _lower(figure: str) -> str:
    # An abbreviation keeps its capitals.
    return figure if figure[1:2].isupper() else f"{figure[:1].lower()}{figure[1:]}"
