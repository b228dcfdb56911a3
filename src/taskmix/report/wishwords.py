"""Sentences about what people want automated, and what is; always with how many answered."""

import pandas as pd

from taskmix.measures import Scope
from taskmix.report.numberwords import counted, percent
from taskmix.report.words import when


def wishes_title(table: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of wishes by the category that people would hand over most.

    Parameters
    ----------
    table : pandas.DataFrame
        As `taskmix.measures.wishes` makes it, of one group.
    """
    now = _now(table, scope)
    known = now.dropna(subset=["wanted"])
    if known.empty:
        return f"What people want automated cannot be told: {_reason(now)}"
    row = known.loc[known["wanted"].idxmax()]
    return (
        f"Of {_kind(row['label'])} people want {percent(row['wanted'])} of the answered tasks "
        "automated"
    )


def wishes_sentence(table: pd.DataFrame, *, scope: Scope) -> str:
    """Say for each category what is wanted and what is done, with every denominator."""
    now = _now(table, scope)
    known = now.dropna(subset=["wanted"])
    if known.empty:
        return f"{wishes_title(table, scope=scope)}."
    said = [_of(row) for row in known.itertuples()]
    rest = now[now["wanted"].isna()]
    left = f" Of {_listed(rest)} nothing is said: too few answered." if len(rest) else ""
    return (
        f"In {when(scope)}: {'; '.join(said)}.{left} Who answered is no random sample of people or "
        "tasks."
    )


def wishes_finding(table: pd.DataFrame, *, scope: Scope) -> str:
    """Say it of the category that people would hand over most, with both denominators."""
    known = _now(table, scope).dropna(subset=["wanted"])
    if known.empty:
        return f"{wishes_title(table, scope=scope)}."
    row = next(known.loc[[known["wanted"].idxmax()]].itertuples())
    return f"In {when(scope)}, of {_of(row)}. Who answered is no random sample."


def wishes_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        ("Wanted automated", "The person who did a task would like it to be automated, as the log "
         "says; a part (0–100%) of the tasks whose people answered."),
    ]  # fmt: skip


def _of(row: object) -> str:
    values = row._asdict()  # type: ignore[attr-defined]
    done = (
        "who does them is not known"
        if pd.isna(values["with_ai"])
        else f"AI takes part in {percent(values['with_ai'])} of the {values['n_known']:,.0f} whose "
        "performer is known"
    )
    answered = counted(values["n_answers"], "answered task", "answered tasks")
    people = counted(values["n_people"], "person", "people")
    return (
        f"{_kind(values['label'])} {percent(values['wanted'])} of {answered} ({people}) "
        f"are wanted automated, {done}"
    )


def _reason(now: pd.DataFrame) -> str:
    if now.empty:
        return "the log says it of no task"
    reasons = now["why_not"].unique()
    return str(reasons[0]) if len(reasons) == 1 else "too few people answered in each category"


def _kind(label: str) -> str:
    return "what could not be sorted" if label == "unsure" else label


def _listed(rest: pd.DataFrame) -> str:
    names = [_kind(label) for label in rest["label"]]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _now(table: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return table[table["period"] == scope.period]
