"""Sessions and focus blocks: window expressions over epoch seconds, for every engine alike."""

from typing import Any

import narwhals as nw

from taskmix.measures.instants import MICRO, with_epoch_micros
from taskmix.measures.markers.places import Places
from taskmix.schema import CLOCK_SLACK_HOURS

#: Entries of one project that follow within so many seconds are one block.
BLOCK_GAP_S = 10 * 60
#: Tasks that follow within so many seconds are of one session.
SESSION_GAP_S = 30 * 60
#: From so many seconds on a block is deep.
DEEP_S = 90 * 60
_DAY_S = 86_400
#: 1 January 1970 was a Thursday.
_WEEKDAY_OF_EPOCH = 3
_HALF_HOUR_S, _MINUTE_S = 1800, 60
_SLACK_S = round(CLOCK_SLACK_HOURS * 3600)
#: Later than any entry.
_NEVER_S = 10**11
#: What was logged for the very same time goes by project, so that it changes least; where that is
#: the same too, either order gives the same blocks.
_ORDER = ["start_s", "end_s", "project"]


def human_entries(tasks: Any, *, both_human_share: float = 1.0) -> nw.LazyFrame[Any]:
    """Keep the entries that somebody worked on, with their human hours.

    Parameters
    ----------
    tasks : frame that narwhals knows
        The table ``tasks``.
    both_human_share : float
        The part of a task's hours that is human where a person and an AI did it together.

    Returns
    -------
    narwhals.LazyFrame
        The entries of known people that no AI did alone: ``weight`` (the human part) and
        ``human_hours`` (0 where the hours are missing) are added.
    """
    rows = nw.from_native(tasks).lazy()
    rows = rows.filter(nw.col("performer") != "ai", ~nw.col("person").is_null())
    weight = (
        nw.when(nw.col("performer") == "both")
        .then(nw.lit(float(both_human_share)))
        .otherwise(nw.lit(1.0))
    )
    return rows.with_columns(weight=weight).with_columns(
        human_hours=nw.col("hours").fill_null(0.0) * nw.col("weight")
    )


def clocked(entries: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Keep the entries with a clock, and turn it into epoch seconds.

    What ran for a day or longer was not clocked, but forgotten.

    Returns
    -------
    narwhals.LazyFrame
        With ``start_s``, ``end_s`` (epoch seconds), ``worked_s`` (the clock's seconds less the
        breaks within; what a clock rounds is no break) and ``clock_hours`` (human hours; by the
        clock where the log gives none).
    """
    rows = entries.filter(~nw.col("started_at").is_null(), ~nw.col("ended_at").is_null())
    rows = with_epoch_micros(rows, start_s="started_at", end_s="ended_at")
    rows = rows.with_columns(start_s=nw.col("start_s") // MICRO, end_s=nw.col("end_s") // MICRO)
    clock = nw.col("end_s") - nw.col("start_s")
    rows = rows.filter(clock > 0, clock < _DAY_S)
    own_s = (nw.coalesce(nw.col("hours"), clock / 3600) * 3600).round().cast(nw.Int64)
    rows = rows.with_columns(own_s=own_s)
    has_breaks = nw.col("own_s") < clock - _SLACK_S
    return rows.with_columns(
        worked_s=nw.when(has_breaks).then(nw.col("own_s")).otherwise(clock),
        clock_hours=nw.coalesce(nw.col("hours"), clock / 3600) * nw.col("weight"),
    )


def in_local_time(rows: nw.LazyFrame[Any], places: Places) -> nw.LazyFrame[Any]:
    """Tell at what local time each clocked entry began.

    Parameters
    ----------
    rows : narwhals.LazyFrame
        As `clocked` returns them.
    places : Places
        Frames of the same engine.

    Returns
    -------
    narwhals.LazyFrame
        With ``local_s``: seconds after midnight of ``first_day`` on the wall's clock, and
        ``weekday`` (Monday is 0).
    """
    people = nw.from_native(places.people).lazy()
    zones = nw.from_native(places.zones).lazy()
    rows = rows.join(people, on="person", how="left").filter(
        nw.col("zone").is_null()
        | ((nw.col("first_day") >= nw.col("from_day")) & (nw.col("first_day") <= nw.col("to_day")))
    )
    rows = rows.drop("from_day", "to_day").with_columns(
        zone=nw.col("zone").fill_null(places.home), zone_day=nw.col("first_day").cast(nw.Int64)
    )
    rows = rows.join(zones, on=["zone", "zone_day"], how="left")
    offset = (
        nw.when(nw.col("start_s") >= nw.col("change_s"))
        .then(nw.col("offset_after_s"))
        .otherwise(nw.col("offset_s"))
    )
    return rows.with_columns(
        local_s=nw.col("start_s") + offset.fill_null(0) - nw.col("zone_day") * _DAY_S,
        weekday=(nw.col("zone_day") + _WEEKDAY_OF_EPOCH) % 7,
    ).drop("offset_s", "offset_after_s", "change_s", "zone", "zone_day")


def starts_rounded() -> nw.Expr:
    """Say whether an entry in local time began at a full or half hour."""
    # Days are added because engines differ in the remainder of a negative number.
    return ((nw.col("local_s") + 2 * _DAY_S) % _HALF_HOUR_S) < _MINUTE_S


def in_sequence(rows: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Put each person's clocked entries in order, and tell what was before.

    ::

        9:00 |---- a ----| 10:00
                9:30 |- b -| 9:45
                              10:05 |-- c --|      busy until 10:00: a gap of 5 minutes

    Parameters
    ----------
    rows : narwhals.LazyFrame
        As `clocked` returns them.

    Returns
    -------
    narwhals.LazyFrame
        With ``busy_until_s`` (the latest end of the person's earlier entries) and
        ``project_before`` (of the entry that began before), both missing for the first one;
        ``next_start_s`` (beyond all days for the last one); ``starts_block`` (1 where the entry
        does not go on with the project of the one before within 10 minutes, else 0); ``changes``
        (1 where it is of another project than the one before, within 30 minutes).
    """
    # Windows over one order share one pass where they stand together.
    rows = rows.with_columns(
        latest_end_s=nw.col("end_s").cum_max().over("person", order_by=_ORDER),
        project_before=nw.col("project").shift(1).over("person", order_by=_ORDER),
        next_start_s=nw.col("start_s").shift(-1).over("person", order_by=_ORDER),
    )
    rows = rows.with_columns(
        busy_until_s=nw.col("latest_end_s").shift(1).over("person", order_by=_ORDER)
    )
    gap = nw.col("start_s") - nw.col("busy_until_s")
    # Engines differ in what a missing project is unequal to.
    named = ~nw.col("project").is_null() & ~nw.col("project_before").is_null()
    same = nw.col("project") == nw.col("project_before")
    goes_on = (named & same & (gap <= BLOCK_GAP_S)).fill_null(False)
    changes = (named & ~same & (gap <= SESSION_GAP_S)).fill_null(False)
    return rows.with_columns(
        next_start_s=nw.col("next_start_s").fill_null(_NEVER_S),
        starts_block=nw.when(goes_on).then(nw.lit(0)).otherwise(nw.lit(1)),
        changes=nw.when(changes).then(nw.lit(1)).otherwise(nw.lit(0)),
    )


def blocks(sequence: nw.LazyFrame[Any], by: list[str], *, sums: list[str]) -> nw.LazyFrame[Any]:
    """Join entries that follow each other in one project to blocks, and measure them.

    A block is undisturbed from its start, or from the end of whatever still ran then, to its end,
    or to the start of another project's entry. Gaps up to 10 minutes belong to it, breaks within
    an entry do not::

        9:00 |---- a ----| 9:50   10:00 |---- a ----| 10:30     one block, 90 min: deep
        9:00 |------------ a ------------| 12:00
                    10:00 |- b -| 10:15                         60 min undisturbed: not deep

    Parameters
    ----------
    sequence : narwhals.LazyFrame
        As `in_sequence` returns it.
    by : list of str
        Columns of a cell, ``person`` among them; a block ends with its cell.
    sums : list of str
        Further columns to add up.

    Returns
    -------
    narwhals.LazyFrame
        One row a block: `by`, `sums`, ``block_s`` (undisturbed seconds) and ``deep_hours`` (its
        hours where those are 90 minutes or more, the undisturbed part where it was disturbed;
        else 0).
    """
    rows = sequence.with_columns(
        block=nw.col("starts_block").cum_sum().over("person", order_by=_ORDER).cast(nw.Int32),
        before_s=nw.coalesce("busy_until_s", "start_s"),
    )
    gap = nw.when((nw.col("starts_block") == 0) & (nw.col("start_s") > nw.col("before_s")))
    rows = rows.with_columns(
        taken_s=nw.col("worked_s")
        + gap.then(nw.col("start_s") - nw.col("before_s")).otherwise(nw.lit(0)),
        is_named=nw.when(nw.col("project").is_null()).then(nw.lit(0)).otherwise(nw.lit(1)),
    )
    of_block = rows.group_by(*by, "block").agg(
        nw.col("start_s").min(),
        nw.col("before_s").min(),
        nw.col("end_s").max(),
        nw.col("next_start_s").max(),
        nw.col("taken_s").sum(),
        nw.col("is_named").min(),
        nw.col("clock_hours").sum(),
        *(nw.col(name).sum() for name in sums),
    )
    undisturbed = nw.min_horizontal("end_s", "next_start_s") - nw.max_horizontal(
        "start_s", "before_s"
    )
    of_block = of_block.with_columns(undisturbed=undisturbed).with_columns(
        block_s=nw.min_horizontal("undisturbed", "taken_s")
    )
    is_deep = (nw.col("block_s") >= DEEP_S) & (nw.col("is_named") == 1)
    part = nw.col("block_s") / nw.col("taken_s")
    return of_block.with_columns(
        deep_hours=nw.when(is_deep).then(nw.col("clock_hours") * part).otherwise(nw.lit(0.0))
    )
