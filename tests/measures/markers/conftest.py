"""Small logs for the markers, on both engines."""

from dataclasses import replace
from typing import Any

import duckdb
import pandas as pd
import pytest

from taskmix.identity import read_roster
from taskmix.measures.markers import make_places, markers
from taskmix.synth.bench import Bench

NOBODY = pd.DataFrame(
    {
        "person": pd.Series(dtype="str"), "first_day": pd.Series(dtype="datetime64[us]"),
        "last_day": pd.Series(dtype="datetime64[us]"), "time_zone": pd.Series(dtype="str"),
        "day_starts": pd.Series(dtype="float64"), "day_ends": pd.Series(dtype="float64"),
        "work_days": pd.Series(dtype="str"),
    }
)  # fmt: skip


@pytest.fixture(scope="session")
def roster():
    """Make roster entries; what is not said is open or missing."""

    def make(*rows: dict[str, Any]) -> pd.DataFrame:
        frame = pd.DataFrame(rows, columns=list(NOBODY)) if rows else NOBODY
        days = {name: pd.to_datetime(frame[name]).astype("datetime64[us]")
                for name in ("first_day", "last_day")}  # fmt: skip
        return frame.assign(**days).astype(
            {name: NOBODY[name].dtype for name in NOBODY if name not in days}
        )

    return make


@pytest.fixture(scope="session")
def where():
    """Make places for the days of a log."""

    def make(log: pd.DataFrame, entries: pd.DataFrame = NOBODY, *, home: str = "UTC"):
        first, last = log["local_date"].min(), log["local_date"].max()
        return make_places(entries, home=home, first=first, last=last)

    return make


@pytest.fixture
def measured(request, where, make_sorted):
    """Measure the markers of a log that the module is about; small groups are let through."""
    only = getattr(request.module, "MARKERS", ())

    def measure(log, *, entries=NOBODY, home="UTC", labels=None, engine="pandas", **options):
        places, labels = where(log, entries, home=home), make_sorted(labels or {})
        if engine == "duckdb":
            connection = duckdb.connect()
            frames = {n: connection.from_df(getattr(places, n))
                      for n in ("people", "zones", "shifts")}  # fmt: skip
            places = replace(places, **frames)
            log, labels = connection.from_df(log), connection.from_df(labels)
        defaults = {"frequency": "quarter", "min_people": 1, "min_days": 1, "only": only}
        return markers(log, labels, places=places, **(defaults | options))

    return measure


@pytest.fixture(scope="module")
def measured_bench(tmp_path_factory):
    """Measure the markers of a bench's teams in the engine, as a report does."""

    def measure(bench: Bench, **options: Any) -> pd.DataFrame:
        path = tmp_path_factory.mktemp("bench") / "people.csv"
        bench.roster.to_csv(path, index=False)
        days = bench.tasks["local_date"]
        places = make_places(read_roster(path).entries, first=days.min(), last=days.max())
        connection = duckdb.connect()

        def held(name, frame):
            connection.register(f"{name}_rows", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_rows")
            return connection.table(name)

        frames = {n: held(n, getattr(places, n)) for n in ("people", "zones", "shifts")}
        labels = held("labels", bench.sorted_by_truth(noise=0.1))
        return markers(held("tasks", bench.tasks), labels, by="team",
                       places=replace(places, **frames), **options)  # fmt: skip

    return measure


@pytest.fixture(scope="session")
def value_of():
    """Give one marker's value in the only cell of a table, or of a period or team."""

    def find(table, marker, **cell):
        rows = table[table["marker"] == marker]
        for column, wanted in cell.items():
            rows = rows[rows[column] == wanted]
        assert len(rows) == 1
        return rows["value"].iloc[0]

    return find


@pytest.fixture(scope="session")
def why_not():
    """Say why a marker has no value."""

    def find(table, marker, **cell):
        rows = table[table["marker"] == marker]
        for column, wanted in cell.items():
            rows = rows[rows[column] == wanted]
        assert len(rows) == 1
        assert rows[["value", "low", "high", "before", "change"]].isna().all(axis=None)
        return rows["why_not"].iloc[0]

    return find


@pytest.fixture(scope="session")
def entry():
    """One clocked entry, from a day and two times of day (UTC)."""

    def make(day: str, start: str, end: str, project: str | None = "a", **more: Any):
        begun, ended = (pd.Timestamp(f"{day} {time}") for time in (start, end))
        if ended < begun:
            ended += pd.Timedelta(days=1)
        return {
            "local_date": day, "started_at": begun, "ended_at": ended, "project": project,
            "hours": (ended - begun).total_seconds() / 3600, **more,
        }  # fmt: skip

    return make
