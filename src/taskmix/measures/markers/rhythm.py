"""Life structure: hours outside the declared ones, weekends, span and start of the day."""

from collections.abc import Set as AbstractSet
from typing import Any

import narwhals as nw
import pandas as pd

from taskmix.language import noted, tr
from taskmix.measures.markers.cells import GROUP, Level, contributions
from taskmix.measures.markers.collecting import (
    Family,
    collected,
    group_keys,
    in_period,
    per_person,
    reasons_where,
)
from taskmix.measures.markers.focus import no_clock
from taskmix.measures.markers.places import Places
from taskmix.measures.markers.sessions import clocked, in_local_time
from taskmix.periods import Frequency

_SATURDAY = 5
_WEEKDAY_OF_EPOCH = 3


def rhythm(
    entries: nw.LazyFrame[Any],
    places: Places,
    days: pd.DataFrame,
    *,
    wanted: AbstractSet[str],
    frequency: Frequency,
    by: Level,
    min_days: int,
) -> Family:
    """Compute the markers of life structure, person by person.

    Parameters
    ----------
    entries : narwhals.LazyFrame
        As `taskmix.measures.markers.sessions.human_entries` returns them.
    places : Places
    days : pandas.DataFrame
        ``period``, the group, ``person``, ``hours``.
    wanted : set of str
        Names of markers.
    """
    rows = in_local_time(clocked(entries), places).with_columns(hours=nw.col("clock_hours"))
    options: dict[str, Any] = {"frequency": frequency, "by": by}
    family = Family([])
    if "weekend" in wanted:
        weekend = _weekend(entries, **options)
        family.parts.append(contributions(weekend, "weekend", x="on_weekend", y="hours"))
    if wanted & {"outside_hours", "day_span", "start_spread"}:
        lived = _days_lived(rows, **options)
        outside = _outside(rows, lived, places, **options)
        enough = lived[lived["n_days"] >= min_days]
        family.parts.extend(
            [
                contributions(outside, "outside_hours", x="outside", y="declared_hours"),
                contributions(enough, "day_span", x="span_hours", y=None),
                contributions(enough, "start_spread", x="start_minutes", y=None),
            ]
        )
        family.reasons.extend(_reasons(outside, days, places, by=by))
    return family


def _outside(
    rows: nw.LazyFrame[Any],
    lived: pd.DataFrame,
    places: Places,
    *,
    frequency: Frequency,
    by: Level,
) -> pd.DataFrame:
    """Add up hours within declared shifts, and all hours of days on which somebody declares any."""
    shifts = nw.from_native(places.shifts).lazy()
    on_day = (nw.col("first_day") >= nw.col("from_day")) & (nw.col("first_day") <= nw.col("to_day"))
    within = rows.join(shifts, on=["person", "weekday"], how="inner").filter(on_day)
    end = nw.col("local_s") + nw.col("end_s") - nw.col("start_s")
    within = within.with_columns(until_s=end).with_columns(
        seconds=nw.min_horizontal("until_s", "shift_to_s")
        - nw.max_horizontal("local_s", "shift_from_s")
    )
    part = nw.col("seconds") / (nw.col("end_s") - nw.col("start_s"))
    inside = within.filter(nw.col("seconds") > 0).with_columns(inside=nw.col("hours") * part)
    spans = shifts.select("person", "from_day", "to_day").unique()
    declared = rows.join(spans, on="person", how="inner").filter(on_day)
    declared = declared.with_columns(declared_hours=nw.col("hours"))
    keys = ["period", *GROUP[by], "person"]
    options: dict[str, Any] = {"frequency": frequency, "by": by}
    table = (
        lived[[*keys, "hours"]]
        .merge(per_person(declared, ["declared_hours"], **options), how="left", on=keys)
        .merge(per_person(inside, ["inside"], **options), how="left", on=keys)
    )
    table[["declared_hours", "inside"]] = table[["declared_hours", "inside"]].fillna(0.0)
    return table.assign(outside=(table["declared_hours"] - table["inside"]).clip(lower=0))


def _weekend(entries: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> pd.DataFrame:
    weekday = (nw.col("first_day") + _WEEKDAY_OF_EPOCH) % 7
    # A task of several days has no day on which its hours were worked.
    rows = entries.filter(nw.col("first_day") == nw.col("last_day"))
    is_weekend = nw.when(weekday >= _SATURDAY)
    rows = rows.with_columns(
        hours=nw.col("human_hours"),
        on_weekend=is_weekend.then(nw.col("human_hours")).otherwise(nw.lit(0.0)),
    )
    return per_person(rows, ["hours", "on_weekend"], frequency=frequency, by=by)


def _days_lived(rows: nw.LazyFrame[Any], *, frequency: Frequency, by: Level) -> pd.DataFrame:
    """Measure each person's days in the engine, and take median, spread and sum over them.

    What ran over midnight belongs to the day on which it began: ``part`` counts the days since.
    """
    rows = in_period(rows, frequency=frequency).with_columns(
        day=nw.col("first_day") - nw.col("part"),
        day_start_s=nw.when(nw.col("part") == 0).then(nw.col("start_s")),
        day_local_s=nw.when(nw.col("part") == 0).then(nw.col("local_s")),
    )
    keys = group_keys(by)
    by_day = rows.group_by(*keys, "day").agg(
        nw.col("day_start_s").min(),
        nw.col("day_local_s").min(),
        nw.col("end_s").max(),
        nw.col("hours").sum(),
    )
    by_day = by_day.with_columns(
        span_hours=(nw.col("end_s") - nw.col("day_start_s")) / 3600,
        start_minutes=nw.col("day_local_s") / 60,
    )
    by_person = by_day.group_by(*keys).agg(
        nw.col("span_hours").median(),
        nw.col("start_minutes").std(),
        nw.col("hours").sum(),
        n_days=nw.col("day_start_s").count(),
    )
    return collected(by_person, frequency=frequency)


def _reasons(
    outside: pd.DataFrame, days: pd.DataFrame, places: Places, *, by: Level
) -> list[pd.DataFrame]:
    keys = ["period", *GROUP[by]]
    cells = days.groupby(keys)["hours"].sum().to_frame("all_hours")
    sums = outside.groupby(keys)[["hours", "declared_hours"]].sum()
    cells = cells.join(sums).fillna(0.0).reset_index()
    none = cells["declared_hours"] == 0
    why = places.why_none or noted("people.csv declares hours for nobody in it")
    return [
        no_clock(cells, ["outside_hours", "day_span", "start_spread"]),
        reasons_where(cells, none, ["outside_hours"], noted("not enough data: {why}"), why=tr(why)),
    ]
