"""That what markers rank by can be found in the log, by sums that no measure made."""

import numpy as np
import pandas as pd
import pytest

from taskmix.synth.bench import expected_markers


@pytest.fixture(scope="module")
def markers(bench):
    return bench.parameters.markers.set_index("team")


@pytest.fixture(scope="module")
def clocked(own):
    rows = own[own["ended_at"].notna()]
    before = rows.groupby("person")[["project", "ended_at"]].shift()
    gap = (rows["started_at"] - before["ended_at"]).dt.total_seconds() / 60
    return rows.assign(gap=gap, same=rows["project"] == before["project"])


def _rank(drawn: pd.Series, wanted: pd.Series) -> float:
    return float(drawn.corr(wanted.reindex(drawn.index), method="spearman"))


def test_depth_and_changes_of_project_rank_as_their_parameters(clocked, markers):
    block = (~(clocked["same"] & (clocked["gap"] <= 10))).cumsum()
    length = clocked.groupby(block)["true_hours"].transform("sum")
    deep = clocked["true_hours"].where(length >= 1.5, 0.0).groupby(clocked["team"]).sum()
    hours = clocked.groupby("team")["true_hours"].sum()
    calm = markers["rounding"] < 0.5
    assert _rank((deep / hours)[calm], markers["depth"]) > 0.9
    assert (deep / hours)[calm].to_numpy() == pytest.approx(
        markers["depth"].reindex(hours.index)[calm], abs=0.08
    )
    changes = ((clocked["gap"] <= 30) & ~clocked["same"]).groupby(clocked["team"]).sum()
    assert _rank((changes / hours)[calm], markers["changes_per_hour"]) > 0.9
    # the two are not one and the same
    assert _rank(markers["depth"], markers["changes_per_hour"]) > -0.95


def test_new_projects_rank_as_their_parameter(own, markers):
    late = own[own["month"] >= "2025-10"]
    keys = ["team", "person", "project"]
    first = own.groupby(["person", "project"])["local_date"].min().rename("first").reset_index()
    new = late.merge(first, on=["person", "project"])
    new = new[new["local_date"] == new["first"]].drop_duplicates(keys).groupby("team").size()
    months = late.drop_duplicates(["team", "person", "month"]).groupby("team").size()
    rate = (new / months).reindex(markers.index).fillna(0.0)
    assert _rank(rate, markers["new_projects"]) > 0.9


@pytest.mark.parametrize("first", ["2024-10", "2026-04"])
def test_breadth_ranks_as_its_parameter(own, bench, first):
    months = [str(pd.Period(first, "M") + later) for later in range(3)]
    quarter = own[own["month"].isin(months)]
    kinds = quarter.groupby(["team", "person", "project", "category"]).size()
    total = kinds.groupby(["team", "person"]).transform("sum")
    p = kinds / total
    hill = np.exp(-(p * np.log(p)).groupby(["team", "person"]).sum())[
        total.groupby(["team", "person"]).first() >= 40
    ]
    wanted = expected_markers(bench.parameters, months)["breadth"]
    assert _rank(hill.groupby("team").mean(), wanted) > 0.85


def test_a_team_s_projects_are_its_own(own):
    assert (own.groupby("project")["team"].nunique() == 1).all()
    assert own["project"].nunique() > 200
