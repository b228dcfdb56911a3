"""Sentences about AI's part by hours, about how people work with it, and about counting it."""

import pandas as pd

from taskmix.language import number, percentage, tr
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
        return tr("There is no execution to tell of")
    if row["why_not"]:
        return tr(
            "AI’s part of execution by hours cannot be told: {why_not}", why_not=row["why_not"]
        )
    if pd.isna(row["ai"]):
        return tr("Who carries out execution is not recorded")
    return tr("By hours, AI alone carries {ai} of execution, as modelled", ai=percent(row["ai"]))


def hours_sentence(hours: pd.DataFrame, *, scope: Scope) -> str:
    """Say AI's part by hours, that it is modelled, and of how much it is known."""
    row = _now(hours, scope)
    if row is None or row["why_not"] or pd.isna(row["ai"]):
        return f"{hours_title(hours, scope=scope)}."
    own = (
        "" if pd.isna(row["own_team"]) or row["own_team"] == 1
        else tr(
            " {own_team} of them count at their own team’s median, the others at that of all "
            "teams.",
            own_team=percent(row["own_team"]),
        )
    )  # fmt: skip
    timed = (
        "" if pd.isna(row["with_hours"]) or row["with_hours"] > _NEARLY_ALL
        else tr(
            " Only {with_hours} of people’s execution tasks have hours, so people’s part is "
            "too small here.",
            with_hours=percent(row["with_hours"]),
        )
    )  # fmt: skip
    return tr(
        "If AI’s {n_ai} had taken as long as such tasks took people before, it would "
        "carry {ai} of the hours alone and take part in {both}, in {period}.{own} It is "
        "modelled: nobody spent or saved these hours. The performer is known of {known} "
        "of the hours.{timed}",
        n_ai=counted(row["n_ai"], "execution task", "execution tasks"),
        ai=percent(row["ai"]),
        both=percent(row["both"]),
        period=when(scope),
        own=own,
        known=percent(row["known"]),
        timed=timed,
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
        return tr("The log has no task that AI took part in")
    if row["why_not"]:
        return tr("How people work with AI cannot be told: {why_not}", why_not=row["why_not"])
    automation = row["automation"]
    if percent(automation) == percent(_LEANS):
        return tr("People hand tasks over to AI as often as they work on them with it")
    part = percent(max(automation, 1 - automation))
    if automation > _LEANS:
        return tr("{part} of the tasks with a known mode people hand over to AI", part=part)
    return tr("{part} of the tasks with a known mode people work on together with AI", part=part)


def modes_sentence(modes: pd.DataFrame, *, scope: Scope) -> str:
    """Say both parts with their denominators."""
    row = _now(modes, scope)
    if row is None or row["why_not"]:
        return f"{modes_title(modes, scope=scope)}."
    return tr(
        "Of {n_known} tasks whose mode is known, {automation} were handed over "
        "(automation) and {augmentation} worked on with AI (augmentation); that is "
        "{known} of the {n_with_ai} tasks that AI took part in.",
        n_known=number(row["n_known"]),
        automation=percent(row["automation"]),
        augmentation=percent(row["augmentation"]),
        known=percent(row["known"]),
        n_with_ai=number(row["n_with_ai"]),
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
        return tr("What counting joint work in part would change is not known")
    apart = (wide.iloc[:, 0] - wide.iloc[:, -1]).abs()
    if apart.max() < 0.005:
        return tr("Counting work done with AI whole or in part changes no share by half a point")
    return tr(
        "Counting work done with AI in part moves {category} by {points} points at most",
        category=tr(apart.idxmax()),
        points=number(100 * apart.max(), 1, grouped=False),
    )


def sensitivity_sentence(by_share: pd.DataFrame, *, scope: Scope) -> str:
    """Say the mix for each human share of joint work."""
    wide = _by_share(by_share, scope)
    if wide.empty or wide.isna().all().all():
        return f"{sensitivity_title(by_share, scope=scope)}."
    parts = [
        tr(
            "with {human_share} of joint work’s hours counted as human: ",
            human_share=percentage(human_share),
        )
        + ", ".join(
            f"{tr(category)} {percent(share)}" for category, share in wide[human_share].items()
        )
        for human_share in wide
    ]
    return tr("In {period}, {parts}.", period=when(scope), parts="; ".join(parts))


def machine_glossary() -> list[tuple[str, str]]:
    """Explain the words, with units."""
    return [
        (tr("Modelled hours"), tr(
            "AI’s execution tasks times the median hours that people alone took for an "
            "execution task of the same team before AI came to it (of all teams where the "
            "team has fewer than 20). No time that anybody spent."
        )),
        (tr("Automation, augmentation"), tr(
            "Tasks handed over to AI (directive, feedback loop), and tasks worked on with it "
            "(task iteration, learning, validation); of the tasks whose mode the log tells."
        )),
    ]  # fmt: skip


def _now(frame: pd.DataFrame, scope: Scope) -> pd.Series | None:
    rows = frame[frame["period"] == scope.period]
    return None if rows.empty else rows.iloc[0]


def _by_share(by_share: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    now = by_share[by_share["period"] == scope.period]
    found: dict[float, dict[str, float]] = {}
    for row in now.itertuples():
        found.setdefault(row.both_human_share, {})[row.category] = row.share
    return pd.DataFrame({human_share: found[human_share] for human_share in sorted(found)[::-1]})
