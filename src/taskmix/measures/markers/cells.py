"""From people's sums to a group's figure: the only way out, and where small groups end.

Every marker but one is a ratio of sums over people, Σx / Σy: hours by hours, changes by hours, or
the mean of what people have each (then y is 1). What a person adds is seen here and leaves only in
a sum over ten or more.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy.stats import t as student

from taskmix.language import noted, tr, trn
from taskmix.measures.estimation.intervals import share_interval
from taskmix.measures.markers.catalogue import CATALOGUE
from taskmix.measures.markers.dyads import WAYS, pair_squares
from taskmix.periods import period_before

Level = Literal["organisation", "department", "team"]

#: The columns that name a group, beside its period.
GROUP: dict[Level, list[str]] = {
    "organisation": [], "department": ["department"], "team": ["team"],
}  # fmt: skip
#: Above this part of a cell's hours, the cell would tell of one person.
MOST_OF_ONE = 0.5
ONE_PERSON = noted("not shown: one person holds more than half of it")
ALL_OR_NONE = noted("not shown: it is all or none, and so true of everybody in the group")
#: People one by one, and pairs of them: what a variance is added up by.
_WAYS = ("", *WAYS)
#: All of the hours, but for what rounding leaves.
_ALL_TAGGED = 0.999
#: What a cell says, besides whom it is of.
FIGURES = ["value", "low", "high", "before", "change", "change_low", "change_high"]
_SHARES = [marker.name for marker in CATALOGUE if marker.unit == "share"]
_OF_LABELS = [marker.name for marker in CATALOGUE if marker.of_labels]


def contributions(people: pd.DataFrame, marker: str, *, x: str, y: str | None) -> pd.DataFrame:
    """Take what each person adds to a marker out of a frame of people's sums.

    Parameters
    ----------
    people : pandas.DataFrame
        One row a period, group and person.
    x, y : str or None
        Columns of numerator and denominator; no `y`: each person counts once, with the mean.

    Returns
    -------
    pandas.DataFrame
        ``period``, the group, ``person``, ``marker``, ``x`` and ``y``; who has no denominator, or
        whose numerator is missing, is absent.
    """
    keys = [name for name in ("period", "department", "team", "person") if name in people]
    below = 1.0 if y is None else people[y]
    table = people[keys].assign(marker=marker, x=people[x].astype("float64"), y=below)
    return table[(table["y"] > 0) & table["x"].notna()].astype({"marker": "str", "y": "float64"})


def estimate(
    parts: Sequence[pd.DataFrame],
    days: pd.DataFrame,
    names: Sequence[str],
    *,
    by: Level,
    min_people: int,
    min_days: int,
    tagged: pd.DataFrame,
    pairs: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """Compute each marker of each cell, with an interval over people where one is earned.

    The variance of R = Σx/Σy over M people is M/(M−1) Σ u², with u = (x − R y)/Σy
    (linearised, Särndal et al. 1992, §5.5); t with M − 1 degrees of freedom, shares on the
    logit scale. Between two periods u of the same person is subtracted first. Of ties between
    people, which move both of their ends, it is the largest of that and those of
    `pair_squares`. Where a marker stands on the sorter's labels, the interval would leave the
    sorter's mistakes out, so there is none unless people tagged all of the cell's hours.

    Parameters
    ----------
    parts : sequence of pandas.DataFrame
        As `contributions` makes them.
    days : pandas.DataFrame
        ``period``, the group, ``person``, ``n_days``.
    names : sequence of str
        The markers to estimate; what `parts` holds of others is left.
    tagged : pandas.DataFrame
        ``period``, the group and ``tagged`` (0–1 of the cell's hours).
    pairs : sequence of pandas.DataFrame
        The same sums by pairs of people, of markers that are of ties: see `pair_squares`.

    Returns
    -------
    pandas.DataFrame
        One row a period, group and marker: see `taskmix.measures.markers.markers`.
    """
    keys = ["period", *GROUP[by]]
    enough = days[days["n_days"] >= min_days]
    eligible = pd.concat(parts, ignore_index=True)
    eligible = eligible[eligible["marker"].isin(names)].merge(
        enough[[*keys, "person", "n_days"]], on=[*keys, "person"]
    )
    cell = [*keys, "marker"]
    sums = eligible.groupby(cell).agg(
        x=("x", "sum"), y=("y", "sum"), most=("y", "max"), n_people=("person", "size"),
        n_days=("n_days", "sum"),
    )  # fmt: skip
    known = eligible.merge(sums.drop(columns="n_days"), on=cell, suffixes=("", "_all"))
    known["u"] = (known["x"] - known["x_all"] / known["y_all"] * known["y"]) / known["y_all"]
    grid = days[keys].drop_duplicates().merge(pd.DataFrame({"marker": list(names)}), how="cross")
    table = grid.astype({"marker": "str"}).merge(
        sums.reset_index().merge(_variances(known, keys), on=cell), how="left", on=cell
    )
    table[["n_people", "n_days"]] = table[["n_people", "n_days"]].fillna(0).astype("int64")
    table["value"] = table["x"] / table["y"]
    table = table.merge(pair_squares(pairs, known[[*cell, "person", "x_all", "y_all"]]),
                        how="left", on=cell)  # fmt: skip
    table = _with_interval(table).merge(tagged, how="left", on=keys)
    table = _with_changes(table, keys)
    table = _earned_only(table)
    table["why_not"] = _why_not(table, min_people=min_people, min_days=min_days)
    return table[[*cell, *FIGURES, "n_people", "n_days", "why_not"]]


def previous(periods: pd.Series) -> pd.Series:
    """Name the period before each."""
    names = {name: period_before(name) for name in periods.unique()}
    return periods.map(names).astype("str")


def people_said(n: int, *, min_people: int = 1) -> str:
    """Write a number of people; one below the minimum only as that, since it is of a few.

    Examples
    --------
    >>> people_said(1), people_said(0), people_said(7, min_people=10)
    ('1 person', '0 people', 'fewer than 10 people')
    """
    if 0 < n < min_people:
        return tr("fewer than {n} people", n=min_people)
    return trn("{n} person", "{n} people", n)


def _variances(known: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Add up u² of each cell, and of what people changed since the period before."""
    cell = [*keys, "marker"]
    now = known[[*cell, "person", "u"]]
    before = now.assign(at=now["period"]).rename(columns={"u": "u_before"}).drop(columns="period")
    joined = now.assign(at=previous(now["period"])).merge(
        before, how="left", on=[*keys[1:], "marker", "person", "at"]
    )
    joined["both"] = joined["u"] * joined["u_before"]
    joined["square"] = joined["u"] ** 2
    return joined.groupby(cell, as_index=False).agg(
        squares=("square", "sum"), products=("both", "sum"), n_both=("both", "count")
    )


def _with_interval(table: pd.DataFrame) -> pd.DataFrame:
    n = table["n_people"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        squares = table[[f"{way}squares" for way in _WAYS]].max(axis=1).to_numpy(float)
        se = np.sqrt(n / (n - 1) * squares)
        df = np.maximum(n - 1, 1.0)
        low, high, _ = share_interval(table["value"].to_numpy(float), se, df=df)
        half = student.ppf(0.975, df) * se
    is_share = table["marker"].isin(_SHARES).to_numpy()
    value, floor = table["value"].to_numpy(float), table["marker"].map(_FLOORS).to_numpy(float)
    return table.assign(
        low=np.where(is_share, low, np.maximum(value - half, floor)),
        high=np.where(is_share, high, value + half),
    )


def _with_changes(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    carried = {"value": "before", "squares": "squares_before", "n_people": "n_before",
               "tagged": "tagged_before"}  # fmt: skip
    carried |= {f"{way}squares": f"{way}squares_before" for way in WAYS}
    before = table[[*keys, "marker", *carried]].rename(columns={**carried, "period": "at"})
    merged = table.assign(at=previous(table["period"])).merge(
        before, how="left", on=["at", *keys[1:], "marker"]
    )
    n = merged["n_people"] + merged["n_before"] - merged["n_both"]
    square = pd.concat(
        [merged[f"{way}squares"] + merged[f"{way}squares_before"] - 2 * merged[f"{way}products"]
         for way in _WAYS], axis=1
    ).max(axis=1)  # fmt: skip
    se = np.sqrt((n / (n - 1)).where(n > 1) * square.clip(lower=0))
    df = merged[["n_people", "n_before"]].min(axis=1).sub(1).clip(lower=1)
    half = student.ppf(0.975, df.fillna(1)) * se
    change = merged["value"] - merged["before"]
    return merged.assign(change=change, change_low=change - half, change_high=change + half)


def _earned_only(table: pd.DataFrame) -> pd.DataFrame:
    """Take out the intervals that people's differences alone do not earn."""
    free = ~table["marker"].isin(_OF_LABELS)
    now = (free | (table["tagged"] >= _ALL_TAGGED)) & (table["n_people"] > 1)
    both = now & (free | (table["tagged_before"] >= _ALL_TAGGED)) & (table["n_before"] > 1)
    ends = {"low": now, "high": now, "change_low": both, "change_high": both}
    return table.assign(**{name: table[name].where(earned) for name, earned in ends.items()})


def _why_not(table: pd.DataFrame, *, min_people: int, min_days: int) -> pd.Series:
    counted = {marker.name: tr(marker.counted, min_days=min_days) for marker in CATALOGUE}
    n = table["n_people"]
    few = [
        tr(
            "not enough data: has {people} {counted}, needs {least}",
            people=people_said(people, min_people=min_people),
            counted=counted[marker],
            least=min_people,
        )
        for people, marker in zip(n, table["marker"], strict=True)
    ]
    reason = pd.Series(pd.NA, index=table.index, dtype="str")
    reason = reason.mask(n < min_people, pd.Series(few, index=table.index, dtype="str"))
    if min_people > 1:
        dominated = reason.isna() & (table["most"] > MOST_OF_ONE * table["y"])
        reason = reason.mask(dominated, tr(ONE_PERSON))
        flat = table["marker"].isin(_SHARES) & table["value"].isin([0.0, 1.0])
        reason = reason.mask(reason.isna() & flat, tr(ALL_OR_NONE))
    return reason


_FLOORS = {marker.name: marker.floor for marker in CATALOGUE}
