"""Where nothing changes hardly an interval says that something did; where it does, many do.

Few of the intervals that benchmarks/markers.py counts over many seeds.
"""

from dataclasses import replace

import numpy as np
import pytest

from taskmix.synth.bench import make_bench

MOST = 0.07


@pytest.fixture(scope="module")
def placebo():
    """People join, leave and move, and nothing else changes; every hour is tagged, and rightly."""
    bench = make_bench(people=256, teams=16, months=12, size_spread=0.1, diary_weeks=1, seed=2,
                       placebo=True)  # fmt: skip
    tags = bench.truth["category"].astype(bench.tasks["tag"].dtype)
    return replace(bench, tasks=bench.tasks.assign(tag=tags))


def alarms(table):
    known = table.dropna(subset=["change_low"])
    is_alarm = (known["change_low"] > 0) | (known["change_high"] < 0)
    return is_alarm.groupby(known["marker"]).agg(["sum", "size"])


def test_a_placebo_raises_few_false_alarms(placebo, measured_bench):
    found = alarms(measured_bench(placebo, frequency="quarter"))
    # all markers that have an interval, three changes of each team that has ten people
    assert len(found) == 14
    assert found["size"].sum() > 500
    assert found["sum"].sum() <= MOST * found["size"].sum()
    ties = found.loc["ties_across"]
    assert ties["sum"] <= MOST * ties["size"]


def test_more_ties_across_teams_are_seen(placebo, measured_bench):
    tasks = placebo.tasks
    rng = np.random.default_rng(0)
    chosen = (tasks["local_date"] >= "2026-07-01") & (rng.random(len(tasks)) < 0.25)
    anyone = rng.choice(tasks["person"].unique(), len(tasks))
    names = tasks["collaborators"].mask(chosen & tasks["collaborators"].notna(), anyone)
    changed = replace(placebo, tasks=tasks.assign(collaborators=names))
    table = measured_bench(changed, frequency="quarter", only=["ties_across"])
    last = table[table["period"] == "2026-Q3"].dropna(subset=["change_low"])
    assert (last["change_low"] > 0).mean() > 0.5
    assert not (last["change_high"] < 0).any()
