"""Bring the audits of a log to the measure: what was drawn, what was said, what was tagged then."""

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
import pyarrow as pa

from taskmix.disclosure import ReleasePlan
from taskmix.measures import Scope
from taskmix.measures.estimation import CHANCES, audited_shares, audited_teams, person_sums
from taskmix.periods import frequency_of, parse_period
from taskmix.settings import Settings
from taskmix.sorting import PROBABILITIES
from taskmix.sorting.queue import AUDIT_KINDS, audit_answers, newest_audit, tags_before_draw
from taskmix.store import Log, open_table, read_arrow, read_table
from taskmix.store.tags import effective_tags
from taskmix.taxonomy import CATEGORIES

_EPOCH = pd.Timestamp("1970-01-01")


@dataclass(frozen=True)
class Audits:
    """The two frames of `taskmix.measures.estimation.audited_shares`, of one report.

    Attributes
    ----------
    people : pandas.DataFrame
        Person sums of the periods that the plan shows; never shown themselves.
    alike : pandas.DataFrame
        The same sums by the newest sorter, so that unaudited periods can be compared.
    drawn : pandas.DataFrame
        The drawn tasks of each period's newest audit.
    scope : Scope
    plan : ReleasePlan
    """

    # Left out of the text of it, which a notebook may show.
    people: pd.DataFrame = field(repr=False)
    alike: pd.DataFrame = field(repr=False)
    drawn: pd.DataFrame = field(repr=False)
    scope: Scope
    plan: ReleasePlan = field(repr=False)

    def shares(self) -> pd.DataFrame:
        """Return the shares of the scope's team, or of all, with the intervals they earned.

        Returns
        -------
        pandas.DataFrame
            See `taskmix.measures.estimation.audited_shares`.
        """
        if self.scope.team is None:
            return audited_shares(self.people, self.drawn, alike=self.alike)
        table = audited_teams(self.people, self.drawn, alike=self.alike)
        return table[table["team"] == self.scope.team].drop(columns="team").reset_index(drop=True)

    def teams(self) -> pd.DataFrame:
        """Return the shares of the scope's teams in its period: of all, or of the one.

        Returns
        -------
        pandas.DataFrame
            See `taskmix.measures.estimation.audited_teams`; to be suppressed before it is shown.
            Teams that the plan shows together have a row as one, beside their own.
        """
        now, alike = (
            sums[sums["period"] == self.scope.period] for sums in (self.people, self.alike)
        )
        table = audited_teams(now, self.drawn, alike=alike)
        if self.scope.team is not None:
            return table[table["team"] == self.scope.team].reset_index(drop=True)
        names = {name for (at, _), name in self.plan.merged.items() if at == self.scope.period}
        if not names:
            return table
        # Estimated apart: as one team among the others it would change what these lend each other.
        frames = (self.plan.regrouped(frame) for frame in (now, self.drawn, alike))
        people, drawn, by_sorter = frames
        merged = audited_teams(people, drawn, alike=by_sorter)
        return pd.concat([table, merged[merged["team"].isin(names)]], ignore_index=True)


def read_audits(log: Log, *, scope: Scope, plan: ReleasePlan, settings: Settings) -> Audits:
    """Read what an audited share is computed from.

    For an audited period a task is tagged or not as it was when the audit was drawn: its
    probabilities are those of that moment, and what was said since, the audit's answers among
    it, must not move a task from one part to the other. Periods that the plan does not show take
    no part, so that no change tells of them.

    Parameters
    ----------
    log : Log
    scope : Scope
    plan : ReleasePlan
    settings : Settings
    """
    draws, tags = log.read("draws"), log.read("tags")
    audits = _newest_audits(draws, scope)
    shown = {name for name in scope.history if _is_shown(plan, name, scope.team)}
    sums = partial(
        person_sums,
        frequency=scope.frequency,
        long_tasks=settings.counting.long_tasks,
        both_human_share=settings.counting.both_human_share,
    )
    unaudited = sums(log.tasks, log.sorted)
    unaudited = unaudited[unaudited["period"].isin(shown - set(audits))]
    people, alike, drawn = [unaudited], [unaudited], [_nothing_drawn()]
    logged = _as_logged(log) if audits else unaudited
    for period, draw_id in audits.items():
        before = tags_before_draw(tags, draws, draw_id=draw_id)
        since = tags.loc[~tags["tag_id"].isin(before["tag_id"]), "task_id"]
        then = effective_tags(logged[logged["task_id"].isin(since)], before)
        tasks = _as_tagged(log, then, period=period)
        answers = audit_answers(draws, tags, draw_id=draw_id)
        by_sorter = _sorted_then(log, draws, period=period)
        drawn.append(_drawn(log, tasks, by_sorter, answers).assign(period=period))
        if period in shown:
            own = sums(tasks, by_sorter)
            people.append(own[own["period"] == period])
            newest = own if by_sorter is log.sorted else sums(tasks, log.sorted)
            alike.append(newest[newest["period"] == period])
    frames = [pd.concat(parts, ignore_index=True) for parts in (people, alike, drawn)]
    return Audits(people=frames[0], alike=frames[1], drawn=frames[2], scope=scope, plan=plan)


def _newest_audits(draws: pd.DataFrame, scope: Scope) -> dict[str, str]:
    """Find the audit that counts of each period up to the scope's own, and of its length."""
    last = parse_period(scope.period)
    names = draws.loc[draws["kind"].isin(AUDIT_KINDS), "period"].unique()
    periods = {str(name): parse_period(name) for name in names}
    found = {
        name: newest_audit(draws, period=name)
        for name, period in sorted(periods.items())
        if frequency_of(period) == scope.frequency and period.start_time <= last.start_time
    }
    return {name: draw_id for name, draw_id in found.items() if draw_id is not None}


def _is_shown(plan: ReleasePlan, period: str, team: str | None) -> bool:
    return period in plan.totals if team is None else (period, team) in plan.teams


def _as_logged(log: Log) -> pd.DataFrame:
    """Read what the log itself says is a task's tag; the open log has everybody's votes in it."""
    columns = ["task_id", "tag", "tagger"]
    return read_table(log.processed, "tasks", columns=columns, version=log.version)


def _as_tagged(log: Log, then: pd.DataFrame, *, period: str) -> nw.LazyFrame[Any]:
    """Return the tasks that may count in a period, tagged as they were then.

    Parameters
    ----------
    then : pandas.DataFrame
        ``task_id`` and ``tag`` (missing: untagged then) of the tasks that were judged since.
    """
    whole = parse_period(period)
    first, last = ((day - _EPOCH).days for day in (whole.start_time, whole.end_time))
    table = pa.table(
        {
            "task_id": pa.array(then["task_id"], pa.string()),
            "tag_then": pa.array(then["tag"], pa.string(), from_pandas=True),
            "was_judged": pa.array([True] * len(then), pa.bool_()),
        }
    )
    judged = nw.from_native(log.connection.from_arrow(table)).lazy()
    tasks = nw.from_native(log.tasks).lazy()
    tasks = tasks.filter((nw.col("last_day") >= first) & (nw.col("first_day") <= last))
    tag = nw.when(nw.col("was_judged")).then(nw.col("tag_then")).otherwise(nw.col("tag"))
    return (
        tasks.join(judged, on="task_id", how="left")
        .with_columns(tag=tag)
        .drop("tag_then", "was_judged")
    )


def _sorted_then(log: Log, draws: pd.DataFrame, *, period: str) -> Any:
    """Return what the sorter said before it learned from the audit of a period.

    An audit trains from the next one on (`taskmix.sorting.queue.training_tags`). What was sorted
    since knows the audited titles in the tasks that were not audited, but not in the audited
    ones, which are predicted without their own title: on the test bench that moved shares by up
    to 0.4 points. So the newest table ``sorted`` from before that is read, where there is one.
    """
    end = parse_period(period).end_time
    audits = draws[draws["kind"].isin(AUDIT_KINDS)]
    is_later = [parse_period(name).start_time > end for name in audits["period"]]
    newest = log.beside.get("sorted")
    whole = open_table(log.processed, "sorted", version=newest)
    if not any(is_later) or whole is None:
        return log.sorted
    until = audits.loc[is_later, "at"].min().timestamp() * 1000
    before = [int(entry["version"]) for entry in whole.history() if entry["timestamp"] < until]
    if not before or max(before) == newest:
        return log.sorted
    table = open_table(log.processed, "sorted", version=max(before))
    assert table is not None
    columns = ["task_id", "out_of_sample", *PROBABILITIES]
    return log.connection.from_arrow(read_arrow(log.processed / "sorted", table, columns))


def _drawn(
    log: Log, tasks: nw.LazyFrame[Any], sorted_tasks: Any, answers: pd.DataFrame
) -> pd.DataFrame:
    """Join an audit's tasks with whose they are and what the sorter says of them.

    Tasks that are no longer in the log stand for nothing that is, and are left out.
    """
    ids = pa.table({"task_id": pa.array(answers["task_id"], pa.string())})
    asked = nw.from_native(log.connection.from_arrow(ids)).lazy()
    by_sorter = nw.from_native(sorted_tasks).lazy()
    rows = (
        tasks.select("task_id", "team", "person", "tag")
        .join(asked, on="task_id", how="inner")
        .join(
            by_sorter.select("task_id", "out_of_sample", *PROBABILITIES), on="task_id", how="left"
        )
    )
    found = rows.collect("pyarrow").to_native().to_pandas()
    texts = dict.fromkeys(["task_id", "team", "person", "tag"], "str")
    joined = answers.rename(columns={"tag": "answer"}).merge(found.astype(texts), on="task_id")
    is_tagged = joined["tag"].notna().to_numpy()
    # A task that was never sorted may be anything; its tag, where it has one, is its prediction.
    chances = joined[list(PROBABILITIES)].to_numpy(dtype=float)
    chances = np.where(np.isnan(chances), 1 / len(CATEGORIES), chances)
    code = pd.Index(CATEGORIES).get_indexer(joined["tag"])
    chances[is_tagged] = np.eye(len(CATEGORIES))[code[is_tagged]]
    unseen = joined["out_of_sample"].astype("boolean").fillna(True).astype(bool)
    return joined[["team", "person", "pi", "hours", "answer"]].assign(
        is_tagged=is_tagged,
        out_of_sample=unseen | is_tagged,
        **dict(zip(CHANCES, chances.T, strict=True)),
    )


def _nothing_drawn() -> pd.DataFrame:
    types = {
        **dict.fromkeys(["period", "team", "person", "answer"], "str"),
        **dict.fromkeys(["pi", "hours", *CHANCES], "float64"),
        **dict.fromkeys(["is_tagged", "out_of_sample"], "bool"),
    }
    return pd.DataFrame(columns=list(types)).astype(types)
