"""On the organisation of the demo, ingested and sorted, AI's share is what it truly is."""

import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.ingest import ingest
from taskmix.measures import execution_by_performer, rollup
from taskmix.store import open_log
from taskmix.synth import DEMO_MAPPING, truth_ai_share, write_logs

_POINTS = 0.03


# One worker makes what these tests and those of calibration look at.
pytestmark = pytest.mark.xdist_group("synth demo")


@pytest.fixture(scope="module")
def shares(tmp_path_factory, demo_truth):
    """AI's share of execution by team and quarter, measured and true, side by side."""
    folder = tmp_path_factory.mktemp("organisation")
    settings = init_workspace(folder / "work", sample=True, tables="\n" + DEMO_MAPPING)
    write_logs(settings.raw, roster_path=settings.roster)
    ingest(settings)
    sort_log(settings)
    log = open_log(settings.processed)
    cells = rollup(log.tasks, log.sorted, frequency="quarter")
    measured = execution_by_performer(cells, by=("team", "period"))
    true = truth_ai_share(demo_truth).rename(columns={"quarter": "period"})
    return measured.merge(true, on=["team", "period"], suffixes=("", "_true"), validate="1:1")


def test_ais_share_of_execution_is_within_three_points_of_the_truth(shares):
    assert len(shares) == 12 * 8
    assert shares["ai_true"].max() > 0.1
    off = (shares["ai"] - shares["ai_true"]).abs()
    assert off.max() <= _POINTS, shares.loc[off.idxmax()].to_dict()


def test_the_truth_of_a_year_before_would_be_noticed(shares):
    before = shares.sort_values("period").groupby("team")["ai_true"].shift(4)
    assert (shares["ai"] - before).abs().max() > _POINTS


def test_performers_are_known_as_often_as_people_log_them(shares):
    assert (shares["known"] - shares["known_true"]).abs().max() < 0.04
