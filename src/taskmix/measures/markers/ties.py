"""Collaborators, and ties across teams: whom the log names beside a person."""

from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd

from taskmix.language import noted
from taskmix.measures.markers.catalogue import TIE_DAYS
from taskmix.measures.markers.cells import GROUP, Level, contributions
from taskmix.measures.markers.collecting import (
    Family,
    collected,
    group_keys,
    in_period,
    reasons_where,
)
from taskmix.measures.markers.focus import LEAST_COVERED
from taskmix.measures.markers.hill import log_choose
from taskmix.periods import Frequency

_JOIN = "; "


def ties(entries: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> Family:
    """Compute the collaborators of five days and the share of ties across teams, by person.

    Parameters
    ----------
    entries : narwhals.LazyFrame
        As `taskmix.measures.markers.sessions.human_entries` returns them.
    """
    rows = in_period(entries, frequency=frequency)
    rows = rows.with_columns(month=nw.col("local_date").dt.truncate("1mo"))
    months = _months(rows, frequency=frequency, by=by)
    together = _together(rows, frequency=frequency, by=by)
    people = _collaborators(months, together, by=by)
    told = _with_teams(together, _usual_teams(rows, frequency=frequency))
    keys, sums = ["period", *GROUP[by], "person"], ["n_across", "n_days"]
    across = told.groupby(keys, as_index=False)[sums].sum()
    pairs = told.groupby([*keys, "met"], as_index=False)[sums].sum()
    pairs = pairs.rename(columns={"n_across": "x", "n_days": "y"}).assign(marker="ties_across")
    parts = [
        contributions(people, "collaborators", x="n_met", y="n_months"),
        contributions(across, "ties_across", x="n_across", y="n_days"),
    ]
    return Family(parts, _reasons(people, by=by), [pairs.astype({"marker": "str"})])


def expected_met(n_together: pd.Series, n_days: pd.Series) -> pd.Series:
    """Give the chance to meet somebody in five of one's days of a month, drawn at random.

    Who logs more days meets more people, so that a holiday would look like a loss of them. All
    are asked for five days: 1 − C(n − k, 5) / C(n, 5) with k of n days together.

    References
    ----------
    Hurlbert, S. H. (1971). The nonconcept of species diversity. Ecology 52, 577–586,
    doi:10.2307/1934145.

    Examples
    --------
    >>> expected_met(pd.Series([1.0, 1.0]), pd.Series([5.0, 10.0])).tolist()
    [1.0, 0.5]
    """
    n, k = n_days.to_numpy(float), n_together.to_numpy(float)
    apart = n - k
    with np.errstate(invalid="ignore"):
        none = np.exp(log_choose(apart, TIE_DAYS) - log_choose(n, TIE_DAYS))
    return pd.Series(np.where(apart >= TIE_DAYS, 1 - none, 1.0), index=n_days.index).round(12)


def _months(rows: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> pd.DataFrame:
    """Count each person's logged days by month."""
    by_month = rows.group_by(*group_keys(by), "month").agg(n_days=nw.col("local_date").n_unique())
    return collected(by_month, frequency=frequency, keep=("month",))


def _together(rows: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> pd.DataFrame:
    """Count the days that each person logged with each other one, by month."""
    keys = [*group_keys(by), "month"]
    rows = rows.filter(~nw.col("collaborators").is_null())
    distinct = rows.group_by(*keys, "first_day", "collaborators").agg(n=nw.len())
    keep = ("month", "collaborators")
    table = collected(distinct.drop("n"), frequency=frequency, keep=keep)
    met = table.assign(met=table["collaborators"].str.split(_JOIN)).explode("met")
    met = met.astype({"met": "str"}).drop(columns="collaborators").drop_duplicates()
    met = met[(met["met"] != "") & (met["met"] != met["person"])]
    of = [name for name in met.columns if name != "first_day"]
    return met.groupby(of, as_index=False).agg(n_together=("first_day", "size"))


def _collaborators(months: pd.DataFrame, together: pd.DataFrame, *, by: Level) -> pd.DataFrame:
    keys = ["period", *GROUP[by], "person"]
    enough = months[months["n_days"] >= TIE_DAYS]
    named = enough.merge(together, on=[*keys, "month"])
    named = named.assign(n_met=expected_met(named["n_together"], named["n_days"]))
    people = enough.groupby(keys, as_index=False).agg(n_months=("month", "size"))
    people = people.merge(named.groupby(keys, as_index=False)["n_met"].sum(), how="left", on=keys)
    return people.assign(is_named=people["n_met"].notna(), n_met=people["n_met"].fillna(0.0))


def _usual_teams(rows: nw.LazyFrame[Any], *, frequency: Frequency) -> pd.DataFrame:
    """Find the team in which each person logged most days of a month.

    Of a month, not of the period: by the period, all ties before a move would be told by the team
    after it, and those of all whom the mover works with too.
    """
    by_month = rows.group_by("period_start", "month", "team", "person").agg(
        n_days=nw.col("local_date").n_unique()
    )
    days = collected(by_month, frequency=frequency, keep=("month",))
    order = days.sort_values(["month", "person", "n_days", "team"],
                             ascending=[True, True, False, True])  # fmt: skip
    return order.drop_duplicates(["month", "person"])[["month", "person", "team"]]


def _with_teams(together: pd.DataFrame, teams: pd.DataFrame) -> pd.DataFrame:
    """Tell which ties go to another team; ties to people whose team is not known are left out."""
    own = teams.rename(columns={"team": "own_team"})
    other = teams.rename(columns={"team": "their_team", "person": "met"})
    joined = together.merge(own, on=["month", "person"]).merge(other, on=["month", "met"])
    is_across = joined["own_team"] != joined["their_team"]
    return joined.assign(
        n_days=joined["n_together"], n_across=joined["n_together"].where(is_across, 0)
    )


def _reasons(people: pd.DataFrame, *, by: Level) -> list[pd.DataFrame]:
    cells = people.groupby(["period", *GROUP[by]], as_index=False)["is_named"].mean()
    part = cells["is_named"].astype("float64")
    return [
        reasons_where(cells, part < LEAST_COVERED, ["collaborators", "ties_across"],
                      noted("not enough data: has collaborators beside {share} of the people, "
                            "needs 50%"),
                      part)
    ]  # fmt: skip
