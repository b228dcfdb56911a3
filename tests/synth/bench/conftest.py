"""What several tests of the bench look at: people's own rows, small benches with a trap each."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest

from taskmix.synth.bench import Bench, make_bench

SMALL = {"people": 96, "teams": 6, "months": 12, "seed": 5, "size_spread": 0.5, "diary_weeks": 2}


@pytest.fixture(scope="session")
def make_small() -> Callable[..., Bench]:
    """Make a bench of 96 people and a year; the same options give the very same one."""

    @cache
    def make(**options: Any) -> Bench:
        return make_bench(**{**SMALL, **options})

    return make


@pytest.fixture(scope="session")
def own(bench: Bench) -> pd.DataFrame:
    """The log's rows by people, with their truth and local times, by person and start."""
    return own_rows(bench)


def own_rows(bench: Bench) -> pd.DataFrame:
    log = bench.tasks[["task_id", "person", "team", "project", "title", "started_at", "ended_at",
                       "local_date", "hours", "tag"]]  # fmt: skip
    true = bench.truth[["month", "category", "performer", "oversight", "busy", "part", "parent_id"]]
    rows = log.assign(true_hours=bench.truth["hours"], **true)
    rows = rows[rows["performer"] != "ai"].sort_values(["person", "started_at"], ignore_index=True)
    zones = bench.roster.drop_duplicates("person").set_index("person")["time_zone"]
    zone = rows["person"].map(zones)
    local = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    for name in zone.unique():
        mine = zone == name
        local[mine] = rows.loc[mine, "started_at"].dt.tz_convert(name).dt.tz_localize(None)
    return rows.assign(local=local, minute=local.dt.hour * 60 + local.dt.minute)


@pytest.fixture(scope="session")
def scatter() -> Callable[..., pd.Series]:
    return z_scores


def z_scores(rows: pd.DataFrame, mix: pd.DataFrame, expected: str) -> pd.Series:
    """Set drawn hours beside expected ones: team × month × category, in standard errors.

    Tasks are drawn one by one, so the hours of a category have the variance p (1 − p) Σ h².
    """
    keys = ["team", "month"]
    drawn = rows.groupby([*keys, "category"])["true_hours"].sum()
    squares = (rows["true_hours"] ** 2).groupby([rows[key] for key in keys]).sum()
    table = mix.set_index([*keys, "category"])[[expected]].rename(columns={expected: "share"})
    table["share"] /= table["share"].groupby(keys).transform("sum")
    cell = table.index.droplevel("category")
    drawn = drawn.reindex(table.index).fillna(0.0)
    total = drawn.groupby(keys).transform("sum")
    variance = table["share"] * (1 - table["share"]) * squares.reindex(cell).to_numpy()
    seen = (total > 0) & (table["share"] > 0)
    return ((drawn - table["share"] * total) / np.sqrt(variance))[seen]
