"""On the test bench the markers rank teams as the parameters do that the log was drawn from."""

import numpy as np
import pandas as pd
import pytest

from taskmix.synth.bench import expected_markers, make_bench

pytestmark = pytest.mark.xdist_group("recovery")

LEAST = 0.8


@pytest.fixture(scope="module")
def bench():
    return make_bench(people=256, teams=16, months=9, size_spread=0.1, diary_weeks=1)


@pytest.fixture(scope="module")
def found(bench, measured_bench):
    """The markers of the last quarter, one row a team."""
    table = measured_bench(bench, frequency="quarter")
    last = table[table["period"] == table["period"].max()]
    return last.pivot_table(index="team", columns="marker", values="value")


@pytest.fixture(scope="module")
def wanted(bench):
    """What the parameters say of each team and that quarter, one column a marker."""
    return expected_markers(bench.parameters, ["2026-07", "2026-08", "2026-09"])


#: All but rework and creativity with AI, which differ by less between teams than 16 people tell in
#: a quarter: benchmarks/markers.py sets them beside an ideal estimator on the full bench.
MARKERS = ("depth", "fragmentation", "exploration", "breadth", "integration", "connection",
           "decision", "creativity", "collaborators", "ties_across", "guiding_ai",
           "outside_hours", "weekend", "day_span", "start_spread")  # fmt: skip


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
