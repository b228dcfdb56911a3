"""On the test bench the markers rank teams as the parameters do that the log was drawn from."""

from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest

from taskmix.identity import read_roster
from taskmix.measures.markers import make_places, markers
from taskmix.synth.bench import make_bench

LEAST = 0.8
#: What others take part in a task, by its category, and how many they are on average: the bench's.
WITH_OTHERS, HOW_MANY = np.array([0.05, 0.20, 0.22, 0.60]), 1.75
CATEGORIES = ["execution", "judgment", "creative", "connective"]


@pytest.fixture(scope="module")
def bench():
    return make_bench(people=256, teams=16, months=9, size_spread=0.1, diary_weeks=1)


@pytest.fixture(scope="module")
def found(bench, tmp_path_factory):
    """The markers of the last quarter, one row a team."""
    path = tmp_path_factory.mktemp("bench") / "people.csv"
    bench.roster.to_csv(path, index=False)
    days = {"first": bench.tasks["local_date"].min(), "last": bench.tasks["local_date"].max()}
    places = make_places(read_roster(path).entries, **days)
    connection = duckdb.connect()

    def held(name, frame):
        connection.register(f"{name}_rows", frame)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_rows")
        return connection.table(name)

    frames = {name: held(name, getattr(places, name)) for name in ("people", "zones", "shifts")}
    table = markers(
        held("tasks", bench.tasks), held("labels", bench.sorted_by_truth(noise=0.1)),
        frequency="quarter", by="team", places=replace(places, **frames),
    )  # fmt: skip
    last = table[table["period"] == table["period"].max()]
    return last.pivot_table(index="team", columns="marker", values="value")


@pytest.fixture(scope="module")
def wanted(bench):
    """What the parameters say of each team, one column a marker."""
    own = bench.parameters.markers.set_index("team")
    mix = bench.parameters.mix
    months = sorted(mix["month"].unique())[-3:]
    hours = mix[mix["month"].isin(months)].groupby(["team", "category"])["given_hours"].sum()
    shares = hours.unstack()[CATEGORIES].pipe(lambda h: h.div(h.sum(axis=1), axis=0)).loc[own.index]
    return pd.DataFrame(
        {
            "depth": own["depth"],
            "fragmentation": own["changes_per_hour"],
            # of the hours that each project takes, so many are on one that is new
            "exploration": own["new_projects"] / own["n_projects"],
            "breadth": own["breadth"],
            "connection": shares["connective"],
            "decision": shares["judgment"],
            "creativity": shares["creative"],
            "collaborators": _met_in_five_days(own, shares, bench),
            "ties_across": own["across"],
            "guiding_ai": own["guiding"],
            "outside_hours": own["outside_share"],
            "weekend": own["weekend_share"],
            # A day of one task may begin in the evening, of which the parameter knows nothing.
            "start_spread": own["start_sd"].where(own["tasks_a_day"] >= 3),
        }
    )


def _met_in_five_days(own, shares, bench):
    """Expect how many different people somebody meets: of a small team often the same."""
    size = bench.parameters.teams.set_index("team")["n_people"].loc[own.index]
    chance = np.minimum(own["company"].to_numpy()[:, None] * WITH_OTHERS, 0.95)
    times = own["tasks_a_day"] * 5 * (shares.to_numpy() * chance).sum(axis=1) * HOW_MANY
    near = (size - 1) * (1 - np.exp(-times * (1 - own["across"]) / (size - 1)))
    return near + times * own["across"]


MARKERS = ("depth", "fragmentation", "exploration", "breadth", "connection", "decision",
           "creativity", "collaborators", "ties_across", "guiding_ai", "outside_hours",
           "weekend", "start_spread")  # fmt: skip


def ranks_alike(found, wanted, marker):
    both = pd.concat([found[marker], wanted[marker]], axis=1, keys=["found", "wanted"]).dropna()
    assert len(both) >= 10
    return both.rank()


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_ranks_teams_as_its_parameter_does(found, wanted, marker):
    ranks = ranks_alike(found, wanted, marker)
    assert ranks["found"].corr(ranks["wanted"]) > LEAST
    # the same parameters dealt out to other teams are not recovered
    rng = np.random.default_rng(0)
    dealt = [np.corrcoef(ranks["found"], rng.permutation(ranks["wanted"]))[0, 1]
             for _ in range(200)]  # fmt: skip
    assert np.mean(np.array(dealt) > LEAST) <= 0.02
    assert abs(np.mean(dealt)) < 0.1
