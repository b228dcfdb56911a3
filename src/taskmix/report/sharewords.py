"""Sentences on what an audit says of shares, and on what it takes where there is none."""

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from taskmix.measures import Scope
from taskmix.measures.estimation import MIN_AUDITED, USUAL_AUDIT, half_width
from taskmix.report.compared import apart, change_sentence, points, sure_points, tile_note
from taskmix.report.completeness import Stale, shortfall
from taskmix.report.intervalwords import change_span, half_widths, is_sure, span
from taskmix.report.numberwords import counted, listed, percent

#: How a team's share is called that leans on all teams' audit.
_COMPOSITE = "composite"
#: Below this rate of answers the page's line on the audit is amber.
_ENOUGH_ANSWERS = 0.5
#: What it takes to get intervals, and how wide they are on average.
_FIRST_AUDIT = (
    f"About {USUAL_AUDIT} tasks labelled blind would earn intervals of "
    f"±{100 * half_width(USUAL_AUDIT):.0f} points."
)


def is_audited(shares: pd.DataFrame, *, scope: Scope) -> bool:
    """Tell whether the scope's own period has intervals."""
    now = shares[shares["period"] == scope.period]
    return "audited" in now and bool(now["audited"].any())


def what_changed(now: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Say what changed: with intervals where both periods are audited, else how unsure it is.

    Parameters
    ----------
    now : pandas.DataFrame
        The period's own rows: ``category``, ``change``, and what an audit adds.
    """
    if "change_low" in now and now["change_low"].notna().any():
        return audited_change_sentence(now, scope=scope, stale=stale)
    if "audited" in now and now["audited"].any():
        # The period itself is audited, so "the shares are not" would be wrong.
        alike = f"{scope.before} was not audited alike"
        return change_sentence(now, scope, stale, unsure=alike)
    return change_sentence(now, scope, stale)


def share_note(row: Any, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Write the line below a category's figure.

    Parameters
    ----------
    row : pandas.Series or namedtuple
        Its row: ``change``, and what an audit adds.
    """
    if getattr(row, "audited", False):
        return audited_note(row, scope=scope, stale=stale)
    return tile_note(row.change, scope, stale)


def audited_change_sentence(now: pd.DataFrame, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Say which categories surely changed, and that the others may not have.

    Parameters
    ----------
    now : pandas.DataFrame
        The period's own rows of `taskmix.measures.estimation.audited_shares`, with intervals of
        the change.
    """
    ordered = now.reindex(now["change"].abs().sort_values(ascending=False).index)
    rows = list(ordered.itertuples(index=False))
    short = shortfall(scope, stale)
    if short:
        first = rows[0]
        return (
            f"{short[:1].upper()}{short[1:]}, so this is no rise and no fall yet. As audited, "
            f"{first.category} stands {apart(first.change)} {scope.before} "
            f"({change_span(first.change_low, first.change_high)})."
        )
    sure = [row for row in rows if is_sure(row)]
    if not sure:
        first = rows[0]
        return (
            f"Against {scope.before} no change is sure: the largest, {first.category} "
            f"{points(first.change)}, has an interval of "
            f"{change_span(first.change_low, first.change_high)}."
        )
    parts = [
        f"{row.category} is {sure_points(row.change)} "
        f"({change_span(row.change_low, row.change_high)})"
        for row in sure
    ]
    others = [row.category for row in rows if not is_sure(row)]
    they = "it" if len(others) == 1 else "they"
    rest = f" Of {listed(others)} it is not sure that {they} changed." if others else ""
    return f"Against {scope.before}, {listed(parts)}, in 95% intervals.{rest}"


def audited_note(row: Any, *, scope: Scope, stale: Sequence[Stale] = ()) -> str:
    """Write the line below an audited figure: its interval, and its change where that is sure.

    Parameters
    ----------
    row : namedtuple
        A category's row of `taskmix.measures.estimation.audited_shares`.
    """
    interval = "no interval" if pd.isna(row.low) else f"{span(row.low, row.high)}"
    if pd.isna(row.change):
        return f"{interval}; nothing to compare with"
    if pd.isna(row.change_low):
        return f"{interval}; {scope.before} was not audited alike"
    if not scope.complete or stale:
        lacking = "not complete" if not scope.complete else "some data are missing"
        return f"{interval}; {apart(row.change)} {scope.before}, {lacking}"
    if not is_sure(row):
        return f"{interval}; → no sure change on {scope.before}"
    arrow = "↑" if row.change > 0 else "↓"
    return f"{interval}; {arrow} {sure_points(row.change)} on {scope.before}"


def audit_sentence(shares: pd.DataFrame | None, *, scope: Scope) -> str:
    """Say how many blind labels there are and what they earn, or what it takes.

    Parameters
    ----------
    shares : pandas.DataFrame, optional
        As `taskmix.measures.estimation.audited_shares` makes it.
    """
    if shares is None or "audited" not in shares:
        return _FIRST_AUDIT
    now = shares[shares["period"] == scope.period]
    row = now.iloc[0]
    if not row["audited"]:
        return what_it_takes(row)
    if row["estimator"] == _COMPOSITE:
        tasks = "task was" if row["n_answered"] == 1 else "tasks were"
        return (
            f"Of this team {row['n_answered']:,} {tasks} labelled blind, fewer than the "
            f"{MIN_AUDITED} that an interval of its own takes; the intervals lean on all teams’ "
            f"audit: {half_widths(now)}."
        )
    return (
        f"Of {row['n_drawn']:,} tasks drawn at random {row['n_answered']:,} "
        f"({percent(row['response'])}) were labelled blind; they correct the sorter and earn 95% "
        f"intervals of {half_widths(now)}."
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
        return _FIRST_AUDIT
    if needed < MIN_AUDITED:
        labels = "label" if needed == 1 else "labels"
        return f"The audit earns no interval yet: {row['why_not']} ({needed} more blind {labels})."
    return f"The audit earns no interval: {row['why_not']}. Draw another: `taskmix queue draw`."


def audit_item(shares: pd.DataFrame | None, *, scope: Scope) -> tuple[str, Literal["ok", "amber"]]:
    """Say in few words whether the period is audited, with the state of the page's line on it."""
    if shares is None or not is_audited(shares, scope=scope):
        return "Not audited: shares without intervals", "amber"
    row = shares[shares["period"] == scope.period].iloc[0]
    return (
        f"{counted(row['n_answered'], 'task', 'tasks')} audited, {percent(row['response'])} of "
        "those drawn",
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
        return "no: the shares are the model’s own"
    row = now.iloc[0]
    labels = counted(row["n_answered"], "blind label", "blind labels")
    return f"yes: {labels} of {counted(row['n_people'], 'person', 'people')}"


def intervals_of(shares: pd.DataFrame, *, scope: Scope) -> dict[str, list[float | None]] | None:
    """Return the ends of each category's 95% interval as JSON values; None without an audit."""
    if not is_audited(shares, scope=scope):
        return None
    now = shares[shares["period"] == scope.period]
    return {
        str(row.category): [None if pd.isna(end) else float(end) for end in (row.low, row.high)]
        for row in now.itertuples()
    }


def audited_title(now: pd.DataFrame) -> str:
    """Title the chart of audited shares by what it shows."""
    known = now.dropna(subset=["low"])
    if known.empty:
        return "No share has an interval"
    first = known.sort_values("share", ascending=False).iloc[0]
    interval = span(first["low"], first["high"])
    return f"{first['category'].capitalize()} takes {interval} of hours, corrected by an audit"


def audited_takeaway(now: pd.DataFrame) -> str:
    """Say each category's interval, for who cannot see the chart."""
    parts = [
        f"{row.category} {span(row.low, row.high)} (the sorter alone says {percent(row.model)})"
        for row in now.dropna(subset=["low"]).itertuples()
    ]
    if not parts:
        return "No share has an interval."
    return f"With 95% intervals: {listed(parts)} of human hours."


def teams_note(teams: pd.DataFrame, *, hidden: str) -> str:
    """Say how the shown teams' figures were made, where any is audited, and what is not shown.

    Parameters
    ----------
    teams : pandas.DataFrame
        One row a shown team: ``estimator``.
    hidden : str
        How many teams are not shown; empty where all are.
    """
    counts = teams["estimator"].value_counts()
    own, lent, none = (int(counts.get(name, 0)) for name in ("audit", _COMPOSITE, "model"))
    told = [
        f"{own} by {'its' if own == 1 else 'their'} own audit" if own else "",
        f"{lent} by {'its own' if lent == 1 else 'theirs'} and all teams’ together" if lent else "",
        f"{none} by the sorter alone" if none else "",
    ]
    made = f"Lines: 95% intervals; {listed([part for part in told if part])}"
    return "; ".join(part for part in (made if own + lent else "", hidden) if part)
