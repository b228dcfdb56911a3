"""Sentences about freed hours: an account of the log, and AI's effect where that can be told."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from taskmix.language import capital, listed, noted, number, tr
from taskmix.measures import DESTINATIONS, LEFT_WORK, RELEASED, TAGGED_FROM, Scope
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.numberwords import amount, counted, fixed, percent

#: Hours a person-week below this are said to be none.
_NOTHING = 0.05
_WORK = {
    "judgment": noted("judgment"),
    "creative": noted("creative work"),
    "connective": noted("connective work"),
    "oversight": noted("overseeing AI"),
    "unsure": noted("what could not be sorted"),
}


def freed_title(freed: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Title the waterfall by how many hours execution released, as logged.

    Parameters
    ----------
    freed : pandas.DataFrame
        As `taskmix.measures.freed_hours` makes it.
    """
    if why_not := _why_not(freed):
        return tr("Freed hours cannot be told: {why_not}", why_not=why_not)
    short = shortfall(scope, stale)
    aside = f"; {short}" if short else ""
    row = _row(freed, RELEASED)
    if abs(row["hours"]) < _NOTHING:
        return tr(
            "Execution takes as many hours a person-week as in {against}{aside}",
            against=row["against"],
            aside=aside,
        )
    hours = number(abs(row["hours"]), 1, grouped=False)
    values = {"hours": hours, "against": row["against"], "aside": aside}
    if row["hours"] > 0:
        return tr(
            "As logged, execution takes {hours} hours a person-week less than in {against}{aside}",
            **values,
        )
    return tr(
        "As logged, execution takes {hours} hours a person-week more than in {against}{aside}",
        **values,
    )


def freed_sentence(freed: pd.DataFrame) -> str:
    """Say where the released hours are now, as an account and no effect."""
    if why_not := _why_not(freed):
        return tr("Freed hours cannot be told: {why_not}.", why_not=why_not)
    released = _row(freed, RELEASED)
    rows = freed.set_index("part")["hours"].loc[list(DESTINATIONS)]
    gains = [(name, hours) for name, hours in rows.sort_values(ascending=False).items()
             if hours >= _NOTHING]  # fmt: skip
    losses = [(name, hours) for name, hours in rows.sort_values().items() if hours <= -_NOTHING]
    more = listed([_gone(str(name), hours) for name, hours in gains])
    less = listed([_come(str(name), hours) for name, hours in losses])
    sentences = [
        _lead(released),
        f"{capital(more)}." if more else "",
        f"{capital(less)}." if less else "",
        _sureness(released),
        tr("This is an account of what was logged, not AI’s effect."),
    ]
    return " ".join(text for text in sentences if text)


def effect_title(effect: pd.DataFrame) -> str:
    """Title the chart of AI's effect by what its interval excludes, or say why there is none.

    Parameters
    ----------
    effect : pandas.DataFrame
        As `taskmix.measures.freed_effect` makes it; of the whole organisation.
    """
    if why_not := _why_not(effect):
        return tr("Whether AI itself freed hours cannot be told: {why_not}", why_not=why_not)
    row = _row(effect, RELEASED)
    hours, low, high = (float(row[name]) for name in ("hours", "low", "high"))
    work = tr("execution") if row["tagged"] >= TAGGED_FROM else tr("what is labelled execution")
    if high < 0:
        return tr(
            "Where teams have AI, {work} takes {hours} hours a person-week more ({high} "
            "to {low}) than without",
            work=work,
            hours=fixed(-hours),
            high=fixed(-high),
            low=fixed(-low),
        )
    interval = tr(
        "{hours} hours a person-week ({low} to {high})",
        hours=fixed(hours),
        low=fixed(low),
        high=fixed(high),
    )
    if low > 0:
        return tr(
            "Where teams have AI, it freed {interval} of {work}", interval=interval, work=work
        )
    return tr(
        "It is not shown that AI freed hours of {work}: {interval}", work=work, interval=interval
    )


def effect_sentence(effect: pd.DataFrame) -> str:
    """Say AI's effect, on how many teams it stands, and which destinations are shown."""
    if why_not := _why_not(effect):
        return f"{effect_title(effect)}. {_needs(why_not)}".strip()
    rows = effect.set_index("part").loc[list(DESTINATIONS)]
    up = [name for name, row in rows.iterrows() if row["low"] > 0]
    down = [name for name, row in rows.iterrows() if row["high"] < 0]
    shown = [*(_gone(str(name), rows.loc[name, "hours"]) for name in up),
             *(_come(str(name), rows.loc[name, "hours"]) for name in down)]  # fmt: skip
    facts = effect.iloc[0]
    sentences = [
        f"{effect_title(effect)}.",
        tr("Shown beyond chance: {shown}.", shown=listed(shown))
        if shown
        else tr("No single destination is shown beyond chance."),
        tr(
            "{n_with} with AI stand against {n_without} without, each with at least "
            "{n_before} before it came.",
            n_with=counted(facts["n_with"], "team", "teams"),
            n_without=number(facts["n_without"]),
            n_before=counted(facts["n_before"], "month", "months"),
        ),
        _labelled(float(facts["tagged"])),
    ]
    return " ".join(text for text in sentences if text)


def freed_figures(freed: pd.DataFrame, effect: pd.DataFrame) -> dict[str, Any]:
    """Return the account and the effect as JSON values, for the notebook's result."""
    return {
        "freed_against": str(freed["against"].iloc[0]),
        "freed_hours": _values(freed),
        "freed_why_not": _why_not(freed),
        "ai_effect": _values(effect),
        "ai_effect_why_not": _why_not(effect),
    }


def freed_glossary() -> list[tuple[str, str]]:
    """Explain the words of the account, with units."""
    return [
        (tr("Person-week"), tr(
            "A week in which a person logged anything; weeks away are not counted. Hours a "
            "person-week do not grow with the number of people."
        )),
        (tr("Released"), tr(
            "Hours of execution a person-week that are fewer than in the period compared "
            "with."
        )),
        (tr("Overseeing AI"), tr(
            "Tasks flagged as prompting, checking, reworking or waiting for AI, whatever "
            "their category."
        )),
        (tr("Left work"), tr(
            "Hours a person-week that are no longer logged at all: time off work."
        )),
    ]  # fmt: skip


def freed_method() -> list[str]:
    """Say how the account and the effect were made."""
    return [
        tr(
            "**Freed hours** are an account, in hours a person-week: what execution has less "
            "of is what judgment, creative, connective work, overseeing AI and unsure have "
            "more of, and what left work. It adds up exactly and says nothing of causes. It "
            "is void where the log holds over 5% more or less of the declared working time "
            "than before. Intervals are over people, and only where people tagged nearly all "
            "hours."
        ),
        tr(
            "**AI’s effect** compares teams with AI with what their own months before and "
            "the teams still without it let expect (Borusyak, Jaravel & Spiess 2024), with "
            "errors by team. It needs 8 teams without AI, 5 with it and 4 months before, a "
            "log that stayed as complete, and no such effect in the two months before AI "
            "came."
        ),
    ]


def _row(frame: pd.DataFrame, part: str) -> pd.Series:
    return frame.set_index("part").loc[part]


def _why_not(frame: pd.DataFrame) -> str:
    return str(frame["why_not"].iloc[0])


def _lead(released: pd.Series) -> str:
    size = abs(released["hours"])
    if size < _NOTHING:
        return tr(
            "Execution takes as many hours a person-week as in {against}.",
            against=released["against"],
        )
    values = {"hours": number(size, 1, grouped=False), "against": released["against"]}
    if released["hours"] > 0:
        return tr("Execution takes {hours} hours a person-week fewer than in {against}.", **values)
    return tr("Execution takes {hours} hours a person-week more than in {against}.", **values)


def _gone(part: str, hours: float) -> str:
    return tr("{hours} left work", hours=fixed(hours)) if part == LEFT_WORK else (
        tr("{hours} more for {work}", hours=fixed(hours), work=tr(_WORK[part]))
    )  # fmt: skip


def _come(part: str, hours: float) -> str:
    if part == LEFT_WORK:
        return tr("{hours} more are logged in all", hours=fixed(-hours))
    return tr("{hours} fewer for {work}", hours=fixed(-hours), work=tr(_WORK[part]))


def _sureness(released: pd.Series) -> str:
    if released["no_interval"]:
        return tr("It is not sure that this is a change: there is no interval.")
    if abs(released["hours"]) < _NOTHING:
        # "As many hours" and an interval without 0 would gainsay each other.
        end = amount(max(abs(released["low"]), abs(released["high"])), decimals=1)
        return tr("By its interval the difference is at most {end} either way.", end=end)
    if released["low"] <= 0 <= released["high"]:
        return tr("The interval of what was released holds 0, so it may be chance.")
    return tr(
        "What was released lies between {low} and {high}.",
        low=fixed(released["low"]),
        high=fixed(released["high"]),
    )


def _labelled(tagged: float) -> str:
    if tagged >= TAGGED_FROM:
        return ""
    return tr(
        "People tagged {tagged} of these hours: the rest is by the sorter’s sure labels, "
        "whose mistakes are in no interval, so what was really freed can be more or less.",
        tagged=percent(tagged),
    )


def _needs(why_not: str) -> str:
    is_short = why_not.startswith(tr("not enough data"))
    return tr("An account of what was logged needs none of this.") if is_short else ""


def _values(frame: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    columns = ["hours", "low", "high"]
    return {
        str(row["part"]): {name: None if pd.isna(row[name]) else float(row[name])
                           for name in columns}
        for _, row in frame.iterrows()
    }  # fmt: skip
