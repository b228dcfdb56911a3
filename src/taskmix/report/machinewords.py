"""Sentences about AI's part by hours, about how people work with it, and about counting it."""

import pandas as pd

from taskmix.measures import Scope
from taskmix.report.numberwords import counted, percent
from taskmix.report.words import when

_LEANS = 0.5
#: From this part on, tasks without hours are not worth a sentence.
_NEARLY_ALL = 0.95


def hours_title(hours: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of execution by hours.

    Parameters
    ----------
    hours : pandas.DataFrame
        As `taskmix.measures.execution_hours` makes it.
    """
    row = _now(hours, scope)
    if row is None:
        return "There is no execution to tell of"
    if row["why_not"]:
        return f"AI’s part of execution by hours cannot be told: {row['why_not']}"
    if pd.isna(row["ai"]):
        return "Who carries out execution is not recorded"
    return f"By hours, AI alone carries {percent(row['ai'])} of execution, as modelled"


def hours_sentence(hours: pd.DataFrame, *, scope: Scope) -> str:
    """Say AI's part by hours, that it is modelled, and of how much it is known."""
    row = _now(hours, scope)
    if row is None or row["why_not"] or pd.isna(row["ai"]):
        return f"{hours_title(hours, scope=scope)}."
    own = (
        "" if pd.isna(row["own_team"]) or row["own_team"] == 1
        else f" {percent(row['own_team'])} of them count at their own team’s median, the others at "
        "that of all teams."
    )  # fmt: skip
    timed = (
        "" if pd.isna(row["with_hours"]) or row["with_hours"] > _NEARLY_ALL
        else f" Only {percent(row['with_hours'])} of people’s execution tasks have hours, so "
        "people’s part is too small here."
    )  # fmt: skip
    return (
        f"If AI’s {counted(row['n_ai'], 'execution task', 'execution tasks')} had taken as long as "
        f"such tasks took people before, it would carry {percent(row['ai'])} of the hours alone "
        f"and take part in {percent(row['both'])}, in {when(scope)}.{own} It is modelled: "
        "nobody spent or saved these hours. The performer is known of "
        f"{percent(row['known'])} of the hours.{timed}"
    )


def modes_title(modes: pd.DataFrame, *, scope: Scope) -> str:
    """Title the chart of how people work with AI by which way is more frequent.

    Parameters
    ----------
    modes : pandas.DataFrame
        As `taskmix.measures.ai_modes` makes it, by period.
    """
    row = _now(modes, scope)
    if row is None:
        return "The log has no task that AI took part in"
    if row["why_not"]:
        return f"How people work with AI cannot be told: {row['why_not']}"
    automation = row["automation"]
    if percent(automation) == percent(_LEANS):
        return "People hand tasks over to AI as often as they work on them with it"
    verb = "hand over to AI" if automation > _LEANS else "work on together with AI"
    part = max(automation, 1 - automation)
    return f"{percent(part)} of the tasks with a known mode people {verb}"


def modes_sentence(modes: pd.DataFrame, *, scope: Scope) -> str:
    """Say both parts with their denominators."""
    row = _now(modes, scope)
    if row is None or row["why_not"]:
        return f"{modes_title(modes, scope=scope)}."
    return (
        f"Of {row['n_known']:,} tasks whose mode is known, {percent(row['automation'])} were "
        f"handed over (automation) and {percent(row['augmentation'])} worked on with AI "
        "(augmentation); "
        f"that is {percent(row['known'])} of the {row['n_with_ai']:,} tasks that AI took part in."
    )


def sensitivity_title(by_share: pd.DataFrame, *, scope: Scope) -> str:
    """Title the comparison of human shares by the largest difference it makes.

    Parameters
    ----------
    by_share : pandas.DataFrame
        As `taskmix.measures.sensitivity` makes it of `taskmix.measures.shares`.
    """
    wide = _by_share(by_share, scope)
    if wide.shape[1] < 2 or wide.isna().all().all():
        return "What counting joint work in part would change is not known"
    apart = (wide.iloc[:, 0] - wide.iloc[:, -1]).abs()
    if apart.max() < 0.005:
        return "Counting work done with AI whole or in part changes no share by half a point"
    return (
        f"Counting work done with AI in part moves {apart.idxmax()} by "
        f"{100 * apart.max():.1f} points at most"
    )


def sensitivity_sentence(by_share: pd.DataFrame, *, scope: Scope) -> str:
    """Say the mix for each human share of joint work."""
    wide = _by_share(by_share, scope)
    if wide.empty or wide.isna().all().all():
        return f"{sensitivity_title(by_share, scope=scope)}."
    parts = [
        f"with {human_share:.0%} of joint work’s hours counted as human: "
        + ", ".join(f"{category} {percent(share)}" for category, share in wide[human_share].items())
        for human_share in wide
    ]
    return f"In {when(scope)}, {'; '.join(parts)}."


def machine_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        ("Modelled hours", "AI’s execution tasks times the median hours that people alone took for "
         "an execution task of the same team before AI came to it (of all teams where the team "
         "has fewer than 20). No time that anybody spent."),
        ("Automation, augmentation", "Tasks handed over to AI (directive, feedback loop), and "
         "tasks worked on with it (task iteration, learning, validation); of the tasks whose mode "
         "the log tells."),
    ]  # fmt: skip


def _now(frame: pd.DataFrame, scope: Scope) -> pd.Series | None:
    rows = frame[frame["period"] == scope.period]
    return None if rows.empty else rows.iloc[0]


def _by_share(by_share: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    now = by_share[by_share["period"] == scope.period]
    wide = now.pivot(index="category", columns="both_human_share", values="share")
    order = list(dict.fromkeys(now["category"]))
    return wide.reindex(index=order)[sorted(wide.columns, reverse=True)]
