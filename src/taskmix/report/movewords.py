"""Sentences about what moved the mix, and what moved execution's hours."""

from collections.abc import Sequence

import pandas as pd

from taskmix.disclosure import ReleasePlan
from taskmix.measures import COMPONENTS, Scope
from taskmix.report.compared import points
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.numberwords import listed

#: Below this change of a share, in points of a hundredth, there is nothing to explain.
_NOTHING = 0.005
#: Hours a person-week below this are said to be none.
_NO_HOURS = 0.05
#: From this part of all that moved on one thing is called the reason.
_MOSTLY = 2 / 3
_REASONS = {
    "within": "teams’ own work changed",
    "between": "hours went from some teams to others",
    "came": "teams came",
    "went": "teams went",
}
_FACTORS = {
    "tasks": ("there are fewer tasks", "there are more tasks"),
    "human_share": ("people take part in fewer of them", "people take part in more of them"),
    "timed": ("fewer of the tasks have known hours", "more of the tasks have known hours"),
    "hours_per_task": ("a task takes people less time", "a task takes people more time"),
}


def teams_apart(plan: ReleasePlan, *, periods: Sequence[str]) -> set[str]:
    """Name the teams that may be told apart where two periods are compared.

    Shown in every one of the periods in which there is anything of them: a team hidden in one
    could be had from what it adds to the change.
    """
    shown = {team for period, team in plan.teams if period in periods}
    hidden = {entry["team"] for entry in plan.suppressed if entry["period"] in periods}
    return shown - hidden


def moves_title(moves: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Title the chart of what moved the mix by the largest move and what it is made of.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `taskmix.measures.mix_moves` makes it.
    """
    short = shortfall(scope, stale)
    aside = f"; {short}" if short else ""
    known = moves.dropna(subset=["change"])
    if known.empty:
        return f"What moved the mix cannot be told: {_without_hours(moves)}"
    row = known.loc[known["change"].abs().idxmax()]
    if abs(row["change"]) < _NOTHING:
        return f"The estimated mix is about what it was in {row['against']}{aside}"
    reason = _mostly(row[list(COMPONENTS)])
    why = f", mostly because {_REASONS[reason]}" if reason else ", for more than one reason"
    return (
        f"The estimate for {row['category']} is {points(row['change'])} on {row['against']}"
        f"{why}{aside}"
    )


def moves_sentence(moves: pd.DataFrame, *, scope: Scope) -> str:
    """Say of execution, or of what moved most, how much is within teams and how much between.

    No interval stands behind it, so it says that too.
    """
    known = moves.dropna(subset=["change"])
    if known.empty:
        return f"{scope.period} cannot be compared: {_without_hours(moves)}."
    row = known.loc[known["change"].abs().idxmax()]
    if abs(row["change"]) < _NOTHING:
        return f"No category’s estimated share moved by half a point against {row['against']}."
    parts = [f"{points(row['within'])} within teams", f"{points(row['between'])} between them"]
    new_or_gone = row["came"] + row["went"]
    if row["n_came"] or row["n_went"]:
        parts.append(f"{points(new_or_gone)} from teams that came or went")
    return (
        f"Against {row['against']} {row['category']} is {points(row['change'])}: {listed(parts)}. "
        "It is "
        "not sure that this is a change: the shares are not audited."
    )


def execution_title(moves: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Title the chart of execution's hours by how they moved and what they moved by.

    Parameters
    ----------
    moves : pandas.DataFrame
        As `taskmix.measures.execution_moves` makes it, of a person-week.
    """
    short = shortfall(scope, stale)
    aside = f"; {short}" if short else ""
    if moves["hours"].isna().all():
        return f"What moved execution’s hours cannot be told: {moves['why_not'].iloc[0]}"
    change, against = float(moves["hours"].sum()), moves["against"].iloc[0]
    if abs(change) < _NO_HOURS:
        return f"Execution takes about as many hours a person-week as in {against}{aside}"
    reason = _mostly(moves.set_index("factor")["hours"])
    why = ", for more than one reason"
    if reason:
        hours = moves.set_index("factor").loc[reason, "hours"]
        why = f", mostly because {_FACTORS[reason][int(hours > 0)]}"
    return (
        f"The estimate for execution is {abs(change):.1f} hours a person-week "
        f"{'above' if change > 0 else 'below'} {against}{why}{aside}"
    )


def execution_takeaway(moves: pd.DataFrame) -> str:
    """Say each factor's effect in one sentence, for who cannot see the chart."""
    if moves["hours"].isna().all():
        return f"Not told: {moves['why_not'].iloc[0]}."
    said = "; ".join(
        f"{_FACTORS[row.factor][int(row.hours > 0)]} ({_signed(row.hours)} hours)"
        for row in moves.itertuples()
        if abs(row.hours) >= _NO_HOURS
    )
    return f"{said[:1].upper()}{said[1:]}." if said else "No factor moved execution’s hours."


def moves_glossary() -> list[tuple[str, str]]:
    """Explain the words of the two charts, with units."""
    return [
        ("Within teams", "What the mix would have moved by if every team had kept its part of all "
         "hours. In points."),
        ("Between teams", "What it would have moved by if no team had changed its own mix and "
         "hours had only gone from some teams to others. Teams that came or went are apart."),
        ("People’s part in tasks", "Execution tasks that people took part in, of all; the rest is "
         "AI alone."),
    ]  # fmt: skip


def moves_method() -> list[str]:
    """Say how the two charts were made."""
    return [
        "**What moved the mix** is a Bennet decomposition with the mean of both periods, exact: "
        "the parts add up to the change. Teams too small to be shown count as one.",
        "**What moved execution’s hours**: tasks × the part of them that people took part in × "
        "hours a task, taken apart by logarithmic means (LMDI), exact as well. Overseeing AI is "
        "not in it.",
    ]


def _signed(hours: float) -> str:
    return f"{hours:+.1f}".replace("-", "−")


def _mostly(parts: pd.Series) -> str:
    """Name the one part that most of the change is; empty where it is no single one."""
    sizes = parts.astype("float64").abs()
    largest = str(sizes.idxmax())
    same_way = parts[largest] * parts.sum() > 0
    return largest if same_way and sizes[largest] >= _MOSTLY * sizes.sum() else ""


def _without_hours(moves: pd.DataFrame) -> str:
    return f"there are no sorted hours in {moves['against'].iloc[0]} or {moves['period'].iloc[0]}"
