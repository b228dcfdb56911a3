"""Sentences about what moved the mix, and what moved execution's hours."""

from collections.abc import Sequence

import pandas as pd

from taskmix.disclosure import ReleasePlan
from taskmix.language import capital, listed, noted, number, tr
from taskmix.measures import COMPONENTS, Scope
from taskmix.report.compared import points
from taskmix.report.completeness import Stale, shortfall

#: Below this change of a share, in points of a hundredth, there is nothing to explain.
_NOTHING = 0.005
#: Hours a person-week below this are said to be none.
_NO_HOURS = 0.05
#: From this part of all that moved on one thing is called the reason.
_MOSTLY = 2 / 3
_REASONS = {
    "within": noted("teams’ own work changed"),
    "between": noted("hours went from some teams to others"),
    "came": noted("teams came"),
    "went": noted("teams went"),
}
_FACTORS = {
    "tasks": (noted("there are fewer tasks"), noted("there are more tasks")),
    "human_share": (
        noted("people take part in fewer of them"),
        noted("people take part in more of them"),
    ),
    "timed": (
        noted("fewer of the tasks have known hours"),
        noted("more of the tasks have known hours"),
    ),
    "hours_per_task": (
        noted("a task takes people less time"),
        noted("a task takes people more time"),
    ),
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
        return tr("What moved the mix cannot be told: {why_not}", why_not=_without_hours(moves))
    row = known.loc[known["change"].abs().idxmax()]
    if abs(row["change"]) < _NOTHING:
        return tr(
            "The estimated mix is about what it was in {against}{aside}",
            against=row["against"],
            aside=aside,
        )
    reason = _mostly(row[list(COMPONENTS)])
    why = (
        tr(", mostly because {reason}", reason=tr(_REASONS[reason]))
        if reason
        else tr(", for more than one reason")
    )
    return tr(
        "The estimate for {category} is {change} on {against}{why}{aside}",
        category=tr(row["category"]),
        change=points(row["change"]),
        against=row["against"],
        why=why,
        aside=aside,
    )


def moves_sentence(moves: pd.DataFrame, *, scope: Scope) -> str:
    """Say of execution, or of what moved most, how much is within teams and how much between.

    No interval stands behind it, so it says that too.
    """
    known = moves.dropna(subset=["change"])
    if known.empty:
        return tr(
            "{period} cannot be compared: {why_not}.",
            period=scope.period,
            why_not=_without_hours(moves),
        )
    row = known.loc[known["change"].abs().idxmax()]
    if abs(row["change"]) < _NOTHING:
        return tr(
            "No category’s estimated share moved by half a point against {against}.",
            against=row["against"],
        )
    parts = [
        tr("{points} within teams", points=points(row["within"])),
        tr("{points} between them", points=points(row["between"])),
    ]
    new_or_gone = row["came"] + row["went"]
    if row["n_came"] or row["n_went"]:
        parts.append(tr("{points} from teams that came or went", points=points(new_or_gone)))
    return tr(
        "Against {against} {category} is {change}: {parts}. It is not sure that this is "
        "a change: the shares are not audited.",
        against=row["against"],
        category=tr(row["category"]),
        change=points(row["change"]),
        parts=listed(parts),
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
        return tr(
            "What moved execution’s hours cannot be told: {why_not}",
            why_not=moves["why_not"].iloc[0],
        )
    change, against = float(moves["hours"].sum()), moves["against"].iloc[0]
    if abs(change) < _NO_HOURS:
        return tr(
            "Execution takes about as many hours a person-week as in {against}{aside}",
            against=against,
            aside=aside,
        )
    reason = _mostly(moves.set_index("factor")["hours"])
    why = tr(", for more than one reason")
    if reason:
        hours = moves.set_index("factor").loc[reason, "hours"]
        why = tr(", mostly because {reason}", reason=tr(_FACTORS[reason][int(hours > 0)]))
    values = {"hours": number(abs(change), 1, grouped=False), "against": against, "why": why}
    if change > 0:
        return tr(
            "The estimate for execution is {hours} hours a person-week above {against}{why}{aside}",
            aside=aside,
            **values,
        )
    return tr(
        "The estimate for execution is {hours} hours a person-week below {against}{why}{aside}",
        aside=aside,
        **values,
    )


def execution_takeaway(moves: pd.DataFrame) -> str:
    """Say each factor's effect in one sentence, for who cannot see the chart."""
    if moves["hours"].isna().all():
        return tr("Not told: {why_not}.", why_not=moves["why_not"].iloc[0])
    said = "; ".join(
        tr(
            "{factor} ({hours} hours)",
            factor=tr(_FACTORS[row.factor][int(row.hours > 0)]),
            hours=_signed(row.hours),
        )
        for row in moves.itertuples()
        if abs(row.hours) >= _NO_HOURS
    )
    return f"{capital(said)}." if said else tr("No factor moved execution’s hours.")


def moves_glossary() -> list[tuple[str, str]]:
    """Explain the words of the two charts, with units."""
    return [
        (tr("Within teams"), tr(
            "What the mix would have moved by if every team had kept its part of all hours. "
            "In points."
        )),
        (tr("Between teams"), tr(
            "What it would have moved by if no team had changed its own mix and hours had "
            "only gone from some teams to others. Teams that came or went are apart."
        )),
        (tr("People’s part in tasks"), tr(
            "Execution tasks that people took part in, of all; the rest is AI alone."
        )),
    ]  # fmt: skip


def moves_method() -> list[str]:
    """Say how the two charts were made."""
    return [
        tr(
            "**What moved the mix** is a Bennet decomposition with the mean of both periods, "
            "exact: the parts add up to the change. Teams too small to be shown count as one."
        ),
        tr(
            "**What moved execution’s hours**: tasks × the part of them that people took "
            "part in × hours a task, taken apart by logarithmic means (LMDI), exact as well. "
            "Overseeing AI is not in it."
        ),
    ]


def _signed(hours: float) -> str:
    sign = "−" if f"{hours:+.1f}".startswith("-") else "+"
    return f"{sign}{number(abs(hours), 1, grouped=False)}"


def _mostly(parts: pd.Series) -> str:
    """Name the one part that most of the change is; empty where it is no single one."""
    sizes = parts.astype("float64").abs()
    largest = str(sizes.idxmax())
    same_way = parts[largest] * parts.sum() > 0
    return largest if same_way and sizes[largest] >= _MOSTLY * sizes.sum() else ""


def _without_hours(moves: pd.DataFrame) -> str:
    return tr(
        "there are no sorted hours in {against} or {period}",
        against=moves["against"].iloc[0],
        period=moves["period"].iloc[0],
    )
