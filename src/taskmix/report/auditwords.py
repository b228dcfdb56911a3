"""Sentences on how an audit stands: how many blind labels there are, or what it takes."""

from typing import Literal

import pandas as pd

from taskmix.language import number, tr, trn
from taskmix.measures import Scope
from taskmix.measures.estimation import MIN_AUDITED, USUAL_AUDIT, half_width
from taskmix.report.intervalwords import half_widths
from taskmix.report.numberwords import counted, percent
from taskmix.report.sharewords import COMPOSITE, is_audited

#: Below this rate of answers the page's line on the audit is amber.
_ENOUGH_ANSWERS = 0.5


def first_audit() -> str:
    """Say what it takes to get intervals, and how wide they are on average."""
    return tr(
        "About {tasks} tasks labelled blind would earn intervals of ±{points} points.",
        tasks=number(USUAL_AUDIT),
        points=number(100 * half_width(USUAL_AUDIT), 0),
    )


def audit_sentence(shares: pd.DataFrame | None, *, scope: Scope) -> str:
    """Say how many blind labels there are and what they earn, or what it takes.

    Parameters
    ----------
    shares : pandas.DataFrame, optional
        As `taskmix.measures.estimation.audited_shares` makes it.
    """
    if shares is None or "audited" not in shares:
        return first_audit()
    now = shares[shares["period"] == scope.period]
    row = now.iloc[0]
    if not row["audited"]:
        return what_it_takes(row)
    if row["estimator"] == COMPOSITE:
        return trn(
            "Of this team {n} task was labelled blind, fewer than the {needed} that an interval of "
            "its own takes; the intervals lean on all teams’ audit: {widths}.",
            "Of this team {n} tasks were labelled blind, fewer than the {needed} that an interval "
            "of its own takes; the intervals lean on all teams’ audit: {widths}.",
            row["n_answered"],
            needed=MIN_AUDITED,
            widths=half_widths(now),
        )
    return tr(
        "Of {n_drawn} tasks drawn at random {n_answered} ({response}) were labelled "
        "blind; they correct the sorter and earn 95% intervals of {widths}.",
        n_drawn=number(row["n_drawn"]),
        n_answered=number(row["n_answered"]),
        response=percent(row["response"]),
        widths=half_widths(now),
    )


def what_it_takes(row: pd.Series) -> str:
    """Say why there is no interval and how many blind labels would earn one.

    Parameters
    ----------
    row : pandas.Series
        A row of `taskmix.measures.estimation.audited_shares` without an interval.
    """
    needed = int(row["labels_needed"])
    if not row["n_drawn"]:
        return first_audit()
    if needed < MIN_AUDITED:
        return trn(
            "The audit earns no interval yet: {why_not} ({n} more blind label).",
            "The audit earns no interval yet: {why_not} ({n} more blind labels).",
            needed,
            why_not=row["why_not"],
        )
    return tr(
        "The audit earns no interval: {why_not}. Draw another: `taskmix queue draw`.",
        why_not=row["why_not"],
    )


def audit_item(shares: pd.DataFrame | None, *, scope: Scope) -> tuple[str, Literal["ok", "amber"]]:
    """Say in few words whether the period is audited, with the state of the page's line on it."""
    if shares is None or not is_audited(shares, scope=scope):
        return tr("Not audited: shares without intervals"), "amber"
    row = shares[shares["period"] == scope.period].iloc[0]
    return (
        tr(
            "{n_answered} audited, {response} of those drawn",
            n_answered=counted(row["n_answered"], "task", "tasks"),
            response=percent(row["response"]),
        ),
        "ok" if row["response"] >= _ENOUGH_ANSWERS else "amber",
    )


def audited_fact(now: pd.DataFrame | None) -> str:
    """Say whether the shares are the sorter's own or corrected, and by how many labels.

    Parameters
    ----------
    now : pandas.DataFrame, optional
        The period's own rows of `taskmix.measures.estimation.audited_shares`.
    """
    if now is None or "audited" not in now or not now["audited"].any():
        return tr("no: the shares are the model’s own")
    row = now.iloc[0]
    labels = counted(row["n_answered"], "blind label", "blind labels")
    return tr(
        "yes: {labels} of {n_people}",
        labels=labels,
        n_people=counted(row["n_people"], "person", "people"),
    )
