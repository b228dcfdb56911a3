"""The bench's tasks as a frame of the store, and the truth beside it."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from taskmix.store.tables import TABLES, to_pandas
from taskmix.synth.bench._ai import MODES, OVERSEEN, PERFORMERS
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._clock import to_utc
from taskmix.synth.bench._teams import Teams
from taskmix.taxonomy import CATEGORIES

_MIDNIGHT = 24 * 60
#: Columns of the truth, in order.
_TRUTH = ("task_id", "person", "team", "month", "category", "performer", "oversight", "ai_mode",
          "hours", "busy", "part", "parent_id")  # fmt: skip


def split_at_midnight(tasks: pd.DataFrame, days: pd.DatetimeIndex) -> pd.DataFrame:
    """Split what ran over local midnight into one row a day, as ingest does.

    What lies after the last day of the span is not logged yet; what has no hours stays whole.

    Returns
    -------
    pandas.DataFrame
        With ``part``: 0, and 1 for what lies after midnight; later parts stand at the end.
        ``entry`` is the number of the row of `tasks`.
    """
    tasks = tasks.assign(entry=np.arange(len(tasks)))
    over = (tasks["start"] + tasks["minutes"] > _MIDNIGHT) & ~tasks["no_hours"]
    month = (days.year * 12 + days.month).to_numpy()
    goes_on = tasks[over & (tasks["day"] + 1 < len(days))]
    rest = goes_on.assign(
        day=goes_on["day"] + 1,
        month=(month - month[0])[goes_on["day"] + 1],
        minutes=goes_on["start"] + goes_on["minutes"] - _MIDNIGHT,
        start=0,
        part=1,
    )
    first = tasks.assign(minutes=np.where(over, _MIDNIGHT - tasks["start"], tasks["minutes"]))
    return pd.concat([first.assign(part=0), rest], ignore_index=True)


def start_in_utc(tasks: pd.DataFrame, people: People, days: pd.DatetimeIndex) -> np.ndarray:
    """Give each task's start in UTC."""
    day = days[0].to_numpy().astype("datetime64[s]") + 86_400 * tasks["day"].to_numpy()
    local = day + 60 * tasks["start"].to_numpy()
    return to_utc(local, people.zone[tasks["person"]])


def make_tables(
    tasks: pd.DataFrame,
    *,
    ids: pa.Array,
    titles: pa.Array,
    starts: np.ndarray,
    people: People,
    teams: Teams,
    days: pd.DatetimeIndex,
    projects: np.ndarray,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Turn codes into the frame of the table ``tasks``, and the truth in the same order."""
    parent = pa.array(tasks["parent"], mask=(tasks["parent"] < 0).to_numpy())
    shared = {
        "task_id": ids,
        "person": _named(tasks["person"], people.id),
        "team": _named(tasks["team"], teams.name),
        "month": _named(tasks["month"], days[days.day == 1].strftime("%Y-%m").to_numpy()),
        "parent_id": ids.take(parent),
        "oversight": _named(tasks["oversight"], np.array(OVERSEEN)),
        "part": tasks["part"].to_numpy(),
    }
    columns = {
        **shared,
        "department": _named(tasks["team"], teams.department),
        "project": _named(tasks["project"], projects),
        "title": titles,
        **_times(tasks, starts, days),
        **_what_is_logged(tasks, people),
        **dict.fromkeys(["source", "file", "run_id"], _constant("bench", len(tasks))),
        "digest": ids,
        "logged_as": shared["person"],
    }
    truth = {
        **shared,
        "category": _named(tasks["category"], np.array(CATEGORIES)),
        "performer": _named(tasks["performer"], np.array(PERFORMERS)),
        "ai_mode": _named(tasks["mode"], np.array(MODES)),
        "hours": tasks["minutes"].to_numpy() / 60,
        "busy": tasks["busy"].to_numpy(),
    }
    fields = TABLES["tasks"].fields
    arrays = [_cast(columns[field.name], field.type) for field in fields]
    return (
        to_pandas(pa.table(arrays, schema=fields)),
        to_pandas(pa.table({name: truth[name] for name in _TRUTH})),
    )


def _times(
    tasks: pd.DataFrame, starts: np.ndarray, days: pd.DatetimeIndex
) -> dict[str, pa.Array | np.ndarray]:
    """Write the clock and the days; who leaves out the hours leaves out the end."""
    minutes, untold = tasks["minutes"].to_numpy(), tasks["no_hours"].to_numpy()
    day = (days[0] - pd.Timestamp("1970-01-01")).days + tasks["day"].to_numpy().astype(np.int32)
    return {
        "started_at": starts.astype("datetime64[us]"),
        "ended_at": pa.array((starts + 60 * minutes).astype("datetime64[us]"), mask=untold),
        "hours": pa.array(minutes / 60, mask=untold),
        "local_date": pa.array(day),
        "local_end_date": pa.nulls(len(tasks), pa.date32()),
        "first_day": day,
        "last_day": day,
    }


def _what_is_logged(tasks: pd.DataFrame, people: People) -> dict[str, pa.Array]:
    return {
        "performer": _named(tasks["performer_logged"], np.array(PERFORMERS)),
        "ai_mode": _named(tasks["mode_logged"], np.array(MODES)),
        "tag": _named(tasks["tag"], np.array(CATEGORIES)),
        "tagger": _named(tasks["person"].where(tasks["tag"] >= 0, -1), people.id),
        "collaborators": _joined(tasks, people),
        "wish": _named(tasks["wish"], np.array(["no", "yes"])),
    }


def _named(codes: pd.Series, names: np.ndarray) -> pa.Array:
    """Write codes out; -1 is missing."""
    numbers = codes.to_numpy().astype(np.int32)
    indices = pa.array(numbers, mask=numbers < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names))).dictionary_decode()


def _constant(text: str, n: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(n, dtype=np.int32)), pa.array([text])
    ).dictionary_decode()


def _joined(tasks: pd.DataFrame, people: People) -> pa.Array:
    """Join the collaborators of each task by ``; ``; missing where there are none."""
    # Not with null_handling="skip": pyarrow 26 drops a row whose every part is missing.
    names = np.append(np.char.add("; ", people.id), "")
    places = [tasks[f"with_{place}"] for place in range(3)]
    parts = [_named(place.where(place >= 0, len(people)), names) for place in places]
    joined = pc.utf8_slice_codeunits(pc.binary_join_element_wise(*parts, ""), 2)
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _cast(column: object, kind: pa.DataType) -> pa.Array:
    array = column if isinstance(column, pa.Array) else pa.array(column)
    return array if array.type == kind else array.cast(kind)
