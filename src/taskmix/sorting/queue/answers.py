"""What comes of the answers: an audit's sample for the estimator, and tags that may train."""

import pandas as pd

from taskmix.periods import parse_period
from taskmix.sorting.queue.draw import AUDIT_KINDS
from taskmix.store.tags import latest_tags, settle_votes

#: Where a tag came from: a task that was drawn for the audit, or one to learn from.
AUDIT_ORIGIN, QUEUE_ORIGIN = "audit", "queue"


def origins_of(kinds: "pd.Series[str]") -> "pd.Series[str]":
    """Say for each kind of drawn row what the origin of its tags is."""
    origin = pd.Series(QUEUE_ORIGIN, index=kinds.index, dtype="str")
    return origin.mask(kinds.isin(AUDIT_KINDS), AUDIT_ORIGIN)


def newest_audit(draws: pd.DataFrame, *, period: str | None = None) -> str | None:
    """Find the audit that counts for a period: the one drawn last.

    Parameters
    ----------
    draws : pandas.DataFrame
        The table ``draws``.
    period : str, optional
        Such as ``2026-Q3``; the newest of all by default.

    Returns
    -------
    str or None
        Its ``draw_id``; None where none was drawn.
    """
    audits = draws[draws["kind"].isin(AUDIT_KINDS)]
    if period is not None:
        audits = audits[audits["period"] == period]
    if audits.empty:
        return None
    return str(audits.sort_values(["at", "draw_id"], kind="stable")["draw_id"].iloc[-1])


def tags_before_draw(tags: pd.DataFrame, draws: pd.DataFrame, *, draw_id: str) -> pd.DataFrame:
    """Keep the tags that were there when an audit was drawn.

    What was tagged since, the audit among it, must not change which tasks count as untagged:
    the probabilities of the design are those of the tasks that were untagged then.

    Parameters
    ----------
    tags, draws : pandas.DataFrame
        The tables.
    draw_id : str

    Returns
    -------
    pandas.DataFrame
        Rows of `tags`.
    """
    return tags[tags["at"] < draws.loc[draws["draw_id"] == draw_id, "at"].min()]


def audit_answers(draws: pd.DataFrame, tags: pd.DataFrame, *, draw_id: str) -> pd.DataFrame:
    """Join an audit's sample with what its taggers said.

    Parameters
    ----------
    draws, tags : pandas.DataFrame
        The tables.
    draw_id : str
        As `newest_audit` finds it.

    Returns
    -------
    pandas.DataFrame
        One row a task of the audit: ``task_id``, ``kind`` (``audit``: was untagged;
        ``relabel``: was tagged), ``pi`` (0–1 as executed; 1: certain), ``hours`` (at the draw),
        ``frame_tasks``, ``frame_hours``, ``tag`` (what most blind taggers said; missing: not
        answered, or as many said one thing as another) and ``n_taggers``.
    """
    rows = draws[(draws["draw_id"] == draw_id) & draws["kind"].isin(AUDIT_KINDS)]
    rows = rows.sort_values("task_id", ignore_index=True)
    blind = tags[(tags["sheet"] == draw_id) & (tags["origin"] == AUDIT_ORIGIN)]
    settled = settle_votes(latest_tags(blind)).set_index("task_id")
    n_taggers = rows["task_id"].map(settled["n_taggers"]).fillna(0)
    columns = ["task_id", "kind", "pi", "hours", "frame_tasks", "frame_hours"]
    return rows[columns].assign(
        tag=rows["task_id"].map(settled["tag"]).astype("str"), n_taggers=n_taggers.astype("int64")
    )


def response_rates(answers: pd.DataFrame) -> pd.DataFrame:
    """Tell how many of the drawn tasks were answered, by kind.

    Parameters
    ----------
    answers : pandas.DataFrame
        As `audit_answers` returns them.

    Returns
    -------
    pandas.DataFrame
        One row a kind: ``kind``, ``n_drawn``, ``n_answered`` and ``rate`` (0–1).
    """
    is_answered = answers["n_taggers"] > 0
    by_kind = is_answered.groupby(answers["kind"]).agg(["size", "sum"])
    rates = by_kind.set_axis(["n_drawn", "n_answered"], axis=1).astype("int64").reset_index()
    return rates.assign(rate=rates["n_answered"] / rates["n_drawn"])


def training_tags(
    tags: pd.DataFrame, draws: pd.DataFrame, *, period: str | None = None
) -> pd.DataFrame:
    """Keep the tags that may train the sorter of a period: audits train from the next one on.

    A sorter that had learned from the audit would look better on it than on the tasks that it
    stands for.

    Parameters
    ----------
    tags, draws : pandas.DataFrame
        The tables.
    period : str, optional
        The period that is to be estimated, such as ``2026-Q3``. By default the newest that has
        an audit: its estimate is the one that is still being made.

    Returns
    -------
    pandas.DataFrame
        Rows of `tags`: all but those of audits whose period ended no earlier than `period`
        begins. The tags of a draw that is not in `draws` are held back too.
    """
    audits = draws[draws["kind"].isin(AUDIT_KINDS)]
    known = [parse_period(name) for name in (audits["period"].unique() if period is None
                                             else [period])]  # fmt: skip
    # Without any audit there is none to hold back but those whose draw was lost.
    begin = max(known, key=lambda p: (p.end_time, p.start_time)).start_time if known else pd.NaT
    periods = draws.drop_duplicates("draw_id").set_index("draw_id")["period"]
    over = [draw for draw, name in periods.items() if parse_period(name).end_time < begin]
    return tags[(tags["origin"] != AUDIT_ORIGIN) | tags["sheet"].isin(over)]
