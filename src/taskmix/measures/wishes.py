"""What people would like automated, beside what AI does: by category, with every denominator."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.language import tr
from taskmix.measures.rows import LongTasks, in_periods, labelled, with_hours
from taskmix.periods import Frequency
from taskmix.taxonomy import LABELS

#: Shares of fewer answers are not told.
MIN_ANSWERS = 30
_CELL = ["label", "wish", "performer"]
_SHARES = ["asked", "wanted", "wanted_hours", "automated", "with_ai", "known", "wanted_and_done",
           "unwanted_and_done"]  # fmt: skip
COUNTS = ["n_tasks", "n_answers", "n_people", "n_known", "n_wanted_known", "n_unwanted_known"]


def wishes(
    tasks: Any,
    sorted_tasks: Any,
    *,
    frequency: Frequency,
    by: tuple[str, ...] = ("period",),
    min_people: int,
    team: str | None = None,
    long_tasks: LongTasks = "start",
    both_human_share: float = 1.0,
) -> pd.DataFrame:
    """Set what people want automated beside what is, for each category.

    The log's ``wish`` says whether the person who did a task would like it to be automated. Those
    who answered are no random sample of people or of tasks.

    Parameters
    ----------
    tasks, sorted_tasks : frames that narwhals knows
        The tables ``tasks`` and ``sorted``.
    frequency : {"month", "quarter", "year"}
    by : tuple of str
        ``period``, and ``team`` where wanted.
    min_people : int
        With fewer people who answered, a category's row says nothing at all.
    team : str, optional
        Only this team's tasks.
    long_tasks, both_human_share
        As in `taskmix.measures.rollup`.

    Returns
    -------
    pandas.DataFrame
        One row a group and label (the categories, then unsure) in which anybody was asked:

        - ``n_tasks`` (an agent's sub-tasks in one), ``n_answers`` (tasks with a wish), ``n_people``
          (who answered) and ``asked`` (0–1 of the tasks);
        - ``wanted`` (0–1 of ``n_answers``) and ``wanted_hours`` (0–1 of the answered tasks' human
          hours, missing without any);
        - ``n_known`` (tasks whose performer is known), ``known`` (0–1 of the tasks), ``automated``
          (AI alone) and ``with_ai`` (AI alone or with people; both 0–1 of ``n_known``);
        - ``wanted_and_done``: of the ``n_wanted_known`` tasks that people want automated, the
          part that AI takes part in; ``unwanted_and_done``: the same of the ``n_unwanted_known``
          that they do not;
        - ``why_not``: why the shares of the answers are missing; empty where they are not. Where
          too few people answered, every figure of the row is missing.
    """
    log, by_sorter = nw.from_native(tasks).lazy(), nw.from_native(sorted_tasks).lazy()
    if team is not None:
        log = log.filter(nw.col("team") == team)
    rows = labelled(log, by_sorter).with_columns(wish=nw.col("wish").fill_null(""))
    cell = [*(name for name in by if name != "period"), *_CELL]
    cells = in_periods(
        with_hours(rows, both_human_share=both_human_share), cell, hours=["hours"],
        counts=["n_units"], frequency=frequency, long_tasks=long_tasks,
    )  # fmt: skip
    answered = labelled(log.filter(~nw.col("wish").is_null()), by_sorter)
    people = _who_answered(answered, by, frequency=frequency, long_tasks=long_tasks)
    keys = [*by, "label"]
    table = _counted(cells, keys).merge(people, on=keys)
    table = _why_not(_with_shares(table), min_people=min_people)
    rank = table["label"].map({name: place for place, name in enumerate(LABELS)})
    ordered = table.assign(_rank=rank).sort_values([*by, "_rank"], ignore_index=True)
    return ordered[[*keys, *COUNTS, *_SHARES, "why_not"]]


def _who_answered(
    answered: Any, by: tuple[str, ...], *, frequency: Frequency, long_tasks: LongTasks
) -> pd.DataFrame:
    """Count the people who answered; a person counts once, so no sum of cells will do."""
    cell = [*(name for name in by if name != "period"), "label", "person"]
    # An AI that stands in the log's column of people is nobody.
    by_people = answered.filter(nw.col("performer") != "ai").with_columns(answers=nw.lit(1.0))
    by_person = in_periods(
        by_people, cell, hours=["answers"], counts=[], frequency=frequency, long_tasks=long_tasks
    )
    found = by_person.groupby([*by, "label"])["person"].nunique()
    return found.rename("n_people").reset_index()


def _counted(cells: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up the units and hours that the shares are made of, one row a group and label."""
    answered, yes = cells["wish"] != "", cells["wish"] == "yes"
    known = cells["performer"] != "unknown"
    touched = cells["performer"].isin(["ai", "both"])
    alone = cells["performer"] == "ai"
    units, hours = cells["n_units"], cells["hours"]
    parts = {
        "n_tasks": units,
        "n_answers": units.where(answered, 0),
        "_wanted": units.where(yes, 0),
        "_hours": hours.where(answered, 0.0),
        "_wanted_hours": hours.where(yes, 0.0),
        "n_known": units.where(known, 0),
        "_alone": units.where(alone, 0),
        "_touched": units.where(touched, 0),
        "n_wanted_known": units.where(yes & known, 0),
        "_wanted_done": units.where(yes & touched, 0),
        "n_unwanted_known": units.where(answered & ~yes & known, 0),
        "_unwanted_done": units.where(answered & ~yes & touched, 0),
    }
    return cells[keys].assign(**parts).groupby(keys, as_index=False).sum()


def _with_shares(table: pd.DataFrame) -> pd.DataFrame:
    def part(of: str, total: str) -> pd.Series:
        return (table[of] / table[total]).where(table[total] > 0)

    return table.assign(
        asked=part("n_answers", "n_tasks"),
        wanted=part("_wanted", "n_answers"),
        wanted_hours=part("_wanted_hours", "_hours"),
        known=part("n_known", "n_tasks"),
        automated=part("_alone", "n_known"),
        with_ai=part("_touched", "n_known"),
        wanted_and_done=part("_wanted_done", "n_wanted_known"),
        unwanted_and_done=part("_unwanted_done", "n_unwanted_known"),
    )


def _why_not(table: pd.DataFrame, *, min_people: int) -> pd.DataFrame:
    few_people = table["n_people"] < min_people
    few_answers = table["n_answers"] < MIN_ANSWERS
    table["why_not"] = [
        tr("fewer than {n} people answered", n=min_people) if hidden
        else tr("not enough data: has {n} answers, needs {least}", n=n, least=MIN_ANSWERS) if few
        else ""
        for hidden, few, n in zip(few_people, few_answers, table["n_answers"], strict=True)
    ]  # fmt: skip
    of_answers = ["wanted", "wanted_hours", "wanted_and_done", "unwanted_and_done"]
    table[of_answers] = table[of_answers].mask(few_answers)
    # A small group's row keeps nothing, not even how few they were.
    table[COUNTS] = table[COUNTS].astype("float64").mask(few_people)
    table[_SHARES] = table[_SHARES].mask(few_people)
    return table.astype({**dict.fromkeys(COUNTS, "Int64"), "why_not": "str"})
