"""Where and when people say they work: their time zones, and the hours they declare.

Made from the roster in pandas and laid beside the log in its engine, which cannot convert time
zones by itself: a zone is a small table of days and their distance from UTC.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from taskmix.errors import KeyFileError
from taskmix.identity import load_key, read_roster
from taskmix.language import noted
from taskmix.settings import Settings
from taskmix.store import Log, name_frame, name_relation

#: The only person of a personal log, as ingest calls it.
_ME = "me"
_FRAMES = ("people", "zones", "shifts")
_NOBODY = noted("people.csv declares hours for nobody")
_SEVERAL = noted("people.csv names several people beside a personal log")
_NO_KEY = noted("the workspace’s key is not here, so people.csv cannot be matched with the log")
_EPOCH = pd.Timestamp("1970-01-01")
_BEFORE_ALL, _AFTER_ALL = -(10**6), 10**6
_DAY_S = 86_400
#: Clocks change on a full quarter of an hour everywhere.
_STEP_S = 900


@dataclass(frozen=True)
class Places:
    """Time zones and declared hours, as frames of the log's engine.

    Attributes
    ----------
    people : frame that narwhals knows
        One row is one person from one day to another, without gaps for whoever is in it:
        ``person``, ``from_day``, ``to_day`` (epoch days, inclusive), ``zone``.
    zones : frame that narwhals knows
        One row is one zone's day: ``zone``, ``zone_day`` (epoch day), ``offset_s`` (seconds east
        of UTC as the day begins), ``change_s`` (epoch second at which the clocks change, beyond
        all days where they do not) and ``offset_after_s``.
    shifts : frame that narwhals knows
        One row is one stretch of declared hours: ``person``, ``from_day``, ``to_day``,
        ``weekday`` (Monday is 0), ``shift_from_s`` and ``shift_to_s`` (seconds after midnight).
    home : str
        The zone of whoever is not in `people`.
    why_none : str
        Why `shifts` is empty, to be said where it is.
    """

    people: Any
    zones: Any
    shifts: Any
    home: str
    why_none: str = ""


def places_of(log: Log, settings: Settings) -> Places:
    """Read the roster's time zones and declared hours into the log's engine.

    The roster has names and the log has pseudonyms, so this needs the workspace's key. Without it
    everybody has the workspace's zone and no declared hours, and `Places.why_none` says so.

    Raises
    ------
    RosterError
        If ``people.csv`` cannot be read.
    """
    roster = read_roster(settings.roster)
    entries, why = roster.entries, _NOBODY
    if settings.workspace.personal and entries["person"].nunique() > 1:
        # Which of them the log is of, nothing tells.
        entries, why = entries.iloc[:0], _SEVERAL
    try:
        known_as = _pseudonyms(settings)
    except KeyFileError:
        entries, known_as = entries.iloc[:0], str
        why = _NO_KEY
    span = {"first": log.first_date, "last": max(log.last_date, log.last_end_date)}
    made = make_places(entries, known_as=known_as, home=settings.workspace.time_zone, **span)
    frames = {name: _in_engine(log, name, getattr(made, name)) for name in _FRAMES}
    return replace(made, **frames, why_none=why if made.shifts.empty else "")


def _in_engine(log: Log, name: str, frame: pd.DataFrame) -> Any:
    # A table, not a view of the frame: each step of a lazy expression would look through its texts.
    log.connection.register("place_rows", frame)
    log.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE places_{name} AS SELECT * FROM place_rows"
    )
    log.connection.unregister("place_rows")
    table = log.connection.table(f"places_{name}")
    if content := name_frame(frame):
        name_relation(table, f"places {name} {content}")
    return table


def make_places(
    entries: pd.DataFrame,
    *,
    known_as: Callable[[str], str] = str,
    home: str = "UTC",
    first: pd.Timestamp,
    last: pd.Timestamp,
) -> Places:
    """Make pandas frames of a roster's time zones and declared hours.

    Parameters
    ----------
    entries : pandas.DataFrame
        `taskmix.identity.Roster.entries`.
    known_as : callable
        Turns a name into what the log calls the person.
    home : str
        The zone of whoever has none.
    first, last : pandas.Timestamp
        The days for which zones are wanted.
    """
    spans = pd.DataFrame(
        {
            "person": entries["person"].map(known_as).astype("str"),
            "from_day": _epoch_days(entries["first_day"]).fillna(_BEFORE_ALL).astype("int64"),
            "to_day": _epoch_days(entries["last_day"]).fillna(_AFTER_ALL).astype("int64"),
            "zone": entries["time_zone"].fillna(home).astype("str"),
        }
    )
    shifts = _shifts(spans.assign(**entries[["day_starts", "day_ends", "work_days"]]))
    people = _without_gaps(spans, home)
    zones = sorted({home, *people["zone"].unique()})
    frames = [_zone_days(zone, first, last) for zone in zones]
    why = "" if len(shifts) else _NOBODY
    return Places(people, pd.concat(frames, ignore_index=True), shifts, home, why)


def _pseudonyms(settings: Settings) -> Callable[[str], str]:
    if settings.workspace.personal:
        return lambda _: _ME
    return load_key(settings, create=False).pseudonym


def _without_gaps(spans: pd.DataFrame, home: str) -> pd.DataFrame:
    """Let whoever is in the roster at all be somewhere on every day, so that no row is lost."""
    ordered = spans.sort_values(["person", "from_day"], ignore_index=True)
    by_person = ordered.groupby("person")
    begins = by_person["to_day"].shift().add(1).fillna(_BEFORE_ALL).astype("int64")
    before = ordered.assign(from_day=begins, to_day=ordered["from_day"] - 1, zone=home)
    ends = by_person["to_day"].max().reset_index()
    after = ends.assign(from_day=ends["to_day"] + 1, to_day=_AFTER_ALL, zone=home)
    every = pd.concat([ordered, before, after[list(ordered)]], ignore_index=True)
    return every[every["from_day"] <= every["to_day"]].reset_index(drop=True)


def _shifts(spans: pd.DataFrame) -> pd.DataFrame:
    declared = spans.dropna(subset=["day_starts", "day_ends", "work_days"])
    rows = declared.assign(weekday=declared["work_days"].map(list)).explode("weekday")
    rows = rows.astype({"weekday": "int64"}).assign(
        shift_from_s=(rows["day_starts"] * 60).astype("int64"),
        shift_to_s=(rows["day_ends"] * 60).astype("int64"),
    )
    over = rows["shift_to_s"] < rows["shift_from_s"]
    # A shift over midnight is one stretch before it and one on the day after.
    next_day = rows[over].assign(weekday=(rows.loc[over, "weekday"] + 1) % 7, shift_from_s=0)
    rows = rows.assign(shift_to_s=rows["shift_to_s"].mask(over, _DAY_S))
    columns = ["person", "from_day", "to_day", "weekday", "shift_from_s", "shift_to_s"]
    return pd.concat([rows, next_day], ignore_index=True)[columns]


def _zone_days(zone: str, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    days = np.arange((first.normalize() - _EPOCH).days - 1, (last.normalize() - _EPOCH).days + 2)
    midnights = days * _DAY_S
    at_start = _offsets(zone, midnights)
    at_end = np.append(at_start[1:], _offsets(zone, midnights[-1:] + _DAY_S))
    table = pd.DataFrame(
        {"zone": zone, "zone_day": days, "offset_s": at_start, "change_s": _AFTER_ALL * _DAY_S,
         "offset_after_s": at_end}
    )  # fmt: skip
    for row in np.flatnonzero(at_start != at_end):
        steps = np.arange(midnights[row], midnights[row] + _DAY_S, _STEP_S)
        changed = steps[_offsets(zone, steps) != at_start[row]]
        local = changed[0] if len(changed) else midnights[row] + _DAY_S
        table.loc[row, "change_s"] = local - at_start[row]
    return table.astype({"zone": "str"})


def _offsets(zone: str, local_s: np.ndarray) -> np.ndarray:
    """Tell how many seconds east of UTC a zone is at a local time, given as seconds."""
    local = pd.to_datetime(local_s, unit="s")
    known = local.tz_localize(
        ZoneInfo(zone), ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward"
    )
    return np.array([int(instant.utcoffset().total_seconds()) for instant in known])


def _epoch_days(days: pd.Series) -> pd.Series:
    return (days - _EPOCH).dt.days
