"""Sentences about what people want automated, and what is; always with how many answered."""

import pandas as pd

from taskmix.language import listed, number, tr
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
        return tr("What people want automated cannot be told: {why_not}", why_not=_reason(now))
    row = known.loc[known["wanted"].idxmax()]
    return tr(
        "Of {work} people want {wanted} of the answered tasks automated",
        work=_kind(row["label"]),
        wanted=percent(row["wanted"]),
    )


def wishes_sentence(table: pd.DataFrame, *, scope: Scope) -> str:
    """Say for each category what is wanted and what is done, with every denominator."""
    now = _now(table, scope)
    known = now.dropna(subset=["wanted"])
    if known.empty:
        return f"{wishes_title(table, scope=scope)}."
    said = [_of(row) for row in known.itertuples()]
    rest = now[now["wanted"].isna()]
    left = (
        tr(" Of {work} nothing is said: too few answered.", work=_listed(rest)) if len(rest) else ""
    )
    return tr(
        "In {period}: {said}.{left} Who answered is no random sample of people or tasks.",
        period=when(scope),
        said="; ".join(said),
        left=left,
    )


def wishes_finding(table: pd.DataFrame, *, scope: Scope) -> str:
    """Say it of the category that people would hand over most, with both denominators."""
    known = _now(table, scope).dropna(subset=["wanted"])
    if known.empty:
        return f"{wishes_title(table, scope=scope)}."
    row = next(known.loc[[known["wanted"].idxmax()]].itertuples())
    return tr(
        "In {period}, of {answers}. Who answered is no random sample.",
        period=when(scope),
        answers=_of(row),
    )


def wishes_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        (tr("Wanted automated"), tr(
            "The person who did a task would like it to be automated, as the log says; a "
            "part (0–100%) of the tasks whose people answered."
        )),
    ]  # fmt: skip


def _of(row: object) -> str:
    values = row._asdict()  # type: ignore[attr-defined]
    done = (
        tr("who does them is not known")
        if pd.isna(values["with_ai"])
        else tr(
            "AI takes part in {with_ai} of the {n_known} whose performer is known",
            with_ai=percent(values["with_ai"]),
            n_known=number(values["n_known"], 0),
        )
    )
    answered = counted(values["n_answers"], "answered task", "answered tasks")
    people = counted(values["n_people"], "person", "people")
    return tr(
        "{work} {wanted} of {answered} ({people}) are wanted automated, {done}",
        work=_kind(values["label"]),
        wanted=percent(values["wanted"]),
        answered=answered,
        people=people,
        done=done,
    )


def _reason(now: pd.DataFrame) -> str:
    if now.empty:
        return tr("the log says it of no task")
    reasons = now["why_not"].unique()
    return str(reasons[0]) if len(reasons) == 1 else tr("too few people answered in each category")


def _kind(label: str) -> str:
    return tr("what could not be sorted") if label == "unsure" else tr(label)


def _listed(rest: pd.DataFrame) -> str:
    return listed([_kind(label) for label in rest["label"]])


def _now(table: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    return table[table["period"] == scope.period]
