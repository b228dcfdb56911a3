"""What markers are to be over some months: by hand, and by the log itself."""

import numpy as np
import pytest

from taskmix.synth.bench import expected_markers
from taskmix.synth.bench._expected import _of_projects, _own_entropy, _own_unlike


def test_a_project_renewed_every_other_month_is_two_in_two_months():
    entropy, unlike, is_new = _of_projects(1, 0.5, 2)
    # half of the time there are two of them, with half of the tasks each
    assert entropy == pytest.approx(np.log(2) / 2)
    # two tasks are of two projects: other months, and renewed between them
    assert unlike == pytest.approx(1 / 4)
    # of the first month's work 1/2 is new, of the second's 3/4
    assert is_new == pytest.approx(5 / 8)


def test_projects_that_stay_are_as_many_in_a_year_as_in_a_month():
    # two projects, with weights of 1 and 0.8
    alike = (5 / 9) ** 2 + (4 / 9) ** 2
    for months in (1, 12):
        assert _of_projects(2, 0.0, months)[1:] == (pytest.approx(1 - alike), 0.0)


def test_people_scatter_about_their_team_s_mix():
    shares = np.array([[0.6, 0.2, 0.1, 0.1]])
    own = np.random.default_rng(0).dirichlet(12 * shares[0], 200_000)
    drawn = -(own * np.log(np.maximum(own, 1e-300))).sum(axis=1).mean()
    assert _own_entropy(shares)[0] == pytest.approx(drawn, abs=0.002)
    assert _own_unlike(shares)[0] == pytest.approx(1 - (own**2).sum(axis=1).mean(), abs=0.002)


def test_a_longer_period_has_more_kinds_and_more_that_is_new(bench):
    quarter, year = (
        expected_markers(bench.parameters, months)
        for months in (["2026-07", "2026-08", "2026-09"], [f"2026-{m:02d}" for m in range(1, 10)])
    )
    assert (year["exploration"] > quarter["exploration"]).all()
    # where AI moves the mix, that counts as well
    never = bench.parameters.teams.set_index("team")["never"]
    for marker in ("breadth", "integration"):
        assert (year[marker] > quarter[marker])[never].all()


def test_teams_without_ai_guide_none(bench):
    expected = expected_markers(bench.parameters, ["2026-08", "2026-09"])
    never = bench.parameters.teams.set_index("team")["never"]
    assert (expected["guiding_ai"].isna() == never).all()
    assert (
        expected.drop(columns=["guiding_ai", "rework", "creativity_with_ai"]).notna().all(axis=None)
    )


def test_days_are_as_long_as_they_are_drawn(bench, own):
    begun = own[own["part"] == 0]
    ends = begun["minute"] + 60 * begun["true_hours"]
    days = begun.assign(ends=ends).groupby(["team", "person", "local_date"])
    span = (days["ends"].max() - days["minute"].min()) / 60
    drawn = span.groupby(["team", "person"]).median().groupby("team").mean()
    expected = bench.parameters.markers.set_index("team")["day_span"]
    assert drawn.corr(expected.reindex(drawn.index), method="spearman") > 0.8
