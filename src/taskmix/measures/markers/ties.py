"""Collaborators a month, and ties across teams: whom the log names beside a person."""

from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.measures.markers.cells import GROUP, Level, contributions
from taskmix.measures.markers.collecting import (
    Family,
    collected,
    group_keys,
    in_period,
    reasons_where,
)
from taskmix.measures.markers.focus import LEAST_COVERED
from taskmix.periods import Frequency

_JOIN = "; "


def ties(
    entries: nw.LazyFrame[Any],
    days: pd.DataFrame,
    teams: pd.DataFrame,
    *,
    frequency: Frequency,
    by: Level,
) -> Family:
    """Compute the collaborators of a month and the share of ties across teams, person by person.

    Parameters
    ----------
    entries : narwhals.LazyFrame
        As `taskmix.measures.markers.sessions.human_entries` returns them.
    days : pandas.DataFrame
        ``period``, the group, ``person``, ``n_months`` (with a logged day).
    teams : pandas.DataFrame
        ``period``, ``person`` and ``team``: where each person was most.
    """
    keys = ["period", *GROUP[by], "person"]
    named = _named(entries, frequency=frequency, by=by)
    monthly = named.groupby(keys).size().rename("n_met").reset_index()
    people = days[[*keys, "n_months"]].merge(monthly, how="left", on=keys)
    people["is_named"] = people["n_met"].notna()
    people["n_met"] = people["n_met"].fillna(0.0)
    pairs = _with_teams(named.drop(columns="month").drop_duplicates(), teams)
    across = pairs.groupby(keys, as_index=False).agg(n_ties=("is_across", "size"),
                                                      n_across=("is_across", "sum"))  # fmt: skip
    parts = [
        contributions(people, "collaborators", x="n_met", y="n_months"),
        contributions(across, "ties_across", x="n_across", y="n_ties"),
    ]
    return Family(parts, _reasons(people, by=by))


def _named(entries: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> pd.DataFrame:
    """List whom each person met in each month, once a month."""
    rows = in_period(entries.filter(~nw.col("collaborators").is_null()), frequency=frequency)
    rows = rows.with_columns(month=nw.col("local_date").dt.truncate("1mo"))
    distinct = rows.group_by(*group_keys(by), "month", "collaborators").agg(n=nw.len())
    table = collected(distinct.drop("n"), frequency=frequency, keep=("month", "collaborators"))
    met = table.assign(met=table["collaborators"].str.split(_JOIN)).explode("met")
    met = met.astype({"met": "str"}).drop(columns="collaborators").drop_duplicates()
    return met[(met["met"] != "") & (met["met"] != met["person"])]


def _with_teams(pairs: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Tell which ties go to another team; ties to people whose team is not known are left out."""
    own = teams.rename(columns={"team": "own_team"})
    other = teams.rename(columns={"team": "their_team", "person": "met"})
    joined = pairs.merge(own, on=["period", "person"]).merge(other, on=["period", "met"])
    return joined.assign(is_across=joined["own_team"] != joined["their_team"])


def _reasons(people: pd.DataFrame, *, by: Level) -> list[pd.DataFrame]:
    cells = people.groupby(["period", *GROUP[by]], as_index=False)["is_named"].mean()
    part = cells["is_named"].astype("float64")
    return [
        reasons_where(cells, part < LEAST_COVERED, ["collaborators", "ties_across"],
                      "not enough data: has collaborators beside {} of the people, needs 50%",
                      part)
    ]  # fmt: skip
