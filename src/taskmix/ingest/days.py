"""The local days of an entry: whose midnight counts, what runs over it, what overlaps."""

import pandas as pd

from taskmix.ingest.keys import part_ids
from taskmix.ingest.protocol import Reader
from taskmix.schema import CLOCK_SLACK_HOURS
from taskmix.settings import Settings

_DAY = pd.Timedelta(days=1)
_INSTANT = pd.Timedelta(microseconds=1)
#: An entry with breaks in it, or one that ran longer than a month, is a long task and no entry
#: of a clock: ``[counting] long_tasks`` says where it counts.
_LONGEST_WITH_BREAKS_HOURS = 24.0
_LONGEST_RUN_HOURS = 31 * 24.0


def home_zone(reader: Reader, settings: Settings) -> str:
    """Return the time zone whose days are a file's local days, where the roster gives none."""
    mapping = getattr(reader, "mapping", None)
    own = mapping.time_zone if mapping else settings.options_of(reader.name).time_zone
    return str(own or settings.workspace.time_zone)


def with_local_days(rows: pd.DataFrame, *, home: str) -> pd.DataFrame:
    """Set the local days of rows with a clock, in the person's ``zone`` where the roster gives one.

    An entry that ends at midnight ends on the day before.
    """
    rows = rows.assign(zone=rows["zone"].fillna(home))
    first, last = rows["local_date"].copy(), rows["local_end_date"].copy()
    runs = rows["ended_at"] > rows["started_at"]
    if not runs.any() and (rows["zone"] == home).all():
        return rows.assign(local_end_date=last.mask(last == first))
    last_instant = (rows["ended_at"] - _INSTANT).where(runs)
    for zone, mine in rows.groupby("zone").groups.items():
        if zone != home:
            elsewhere = _local(rows.loc[mine, "started_at"], str(zone))
            first.loc[mine] = elsewhere.fillna(first.loc[mine])
        # Some formats give days alone, and those are local already.
        last.loc[mine] = _local(last_instant.loc[mine], str(zone)).fillna(last.loc[mine])
    return rows.assign(local_date=first, local_end_date=last.mask(last == first))


def split_at_midnight(rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Split entries that ran over local midnight into one row a day; the total stays the same.

    Parameters
    ----------
    rows : pandas.DataFrame
        With ``task_id``, the times, ``hours`` and ``zone``; its index is unique.

    Returns
    -------
    pandas.DataFrame
        With ``part``; parts follow each other, under the index of the row they are of.
    int
        How many entries were split.
    """
    whole, runs_on = rows.assign(part=0), rows["local_end_date"] > rows["local_date"]
    if not runs_on.any():
        return whole, 0
    clock = (rows["ended_at"] - rows["started_at"]).dt.total_seconds() / 3600
    ran_through = (rows["hours"] - clock).abs() <= CLOCK_SLACK_HOURS
    is_split = (
        runs_on
        & (ran_through | (clock <= _LONGEST_WITH_BREAKS_HOURS))
        & (clock <= _LONGEST_RUN_HOURS)
        & rows["hours"].notna()
    )
    if not is_split.any():
        return whole, 0
    split = pd.concat([whole[~is_split], _parts_of(rows[is_split])])
    return split.sort_index(kind="stable"), int(is_split.sum())


def _parts_of(rows: pd.DataFrame) -> pd.DataFrame:
    n_days = (rows["local_end_date"] - rows["local_date"]).dt.days + 1
    whole = rows.loc[rows.index.repeat(n_days)]
    part = whole.groupby(level=0).cumcount()
    day = whole["local_date"] + pd.to_timedelta(part, unit="D")
    is_last = part.to_numpy() == n_days.repeat(n_days).to_numpy() - 1
    starts = whole["started_at"].where(part == 0, _midnight(day, whole["zone"]))
    ends = whole["ended_at"].where(is_last, _midnight(day + _DAY, whole["zone"]))
    share = (ends - starts) / (whole["ended_at"] - whole["started_at"])
    return whole.assign(
        part=part.astype("int64"),
        task_id=part_ids(whole["task_id"], part),
        started_at=starts,
        ended_at=ends,
        local_date=day,
        local_end_date=pd.Series(pd.NaT, index=whole.index, dtype="datetime64[us]"),
        hours=whole["hours"] * share,
    )


def _midnight(day: pd.Series, zone: pd.Series) -> pd.Series:
    instants = pd.Series(pd.NaT, index=range(len(day)), dtype="datetime64[us, UTC]")
    for name in zone.unique():
        mine = (zone == name).to_numpy()
        # Where clocks go forward at midnight, the day begins at the next time that exists.
        local = pd.DatetimeIndex(day[mine]).tz_localize(
            name, ambiguous=[True] * int(mine.sum()), nonexistent="shift_forward"
        )
        instants[mine] = local.tz_convert("UTC").as_unit("us")
    return instants.set_axis(day.index)


def _local(instants: pd.Series, zone: str) -> pd.Series:
    return instants.dt.tz_convert(zone).dt.tz_localize(None).dt.normalize().astype("datetime64[us]")


def count_overlaps(rows: pd.DataFrame) -> int:
    """Count entries that begin before an earlier one of the same person in the file has ended.

    Entries of an AI run beside a person's and are left out, and so are long tasks: what is
    longer than a day was not clocked.
    """
    if rows["ended_at"].count() < 2:
        return 0
    clock = rows["ended_at"] - rows["started_at"]
    is_clocked = (clock <= _DAY) & (rows["performer"] != "ai")
    if is_clocked.sum() < 2:
        return 0
    clocked = rows[is_clocked].sort_values(["logged_as", "started_at"], kind="stable")
    latest_end = clocked.groupby("logged_as")["ended_at"].cummax()
    before = latest_end.groupby(clocked["logged_as"].to_numpy()).shift()
    return int((clocked["started_at"] < before).sum())
