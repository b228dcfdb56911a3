import numpy as np
import pytest

from taskmix.synth.bench._teams import DESTINATIONS, draw_teams, team_sizes


@pytest.fixture(scope="module")
def forty():
    return draw_teams(
        np.random.default_rng(3), people=2000, teams=40, months=36, never=8, size_spread=1.0
    )


def test_forty_teams_are_of_lognormal_size_and_some_have_three_to_nine_people(forty):
    sizes = np.sort(forty.size)
    assert sizes.sum() == 2000
    assert ((sizes >= 3) & (sizes <= 9)).sum() >= 3
    # the logarithm of a lognormal has its quantiles on a straight line
    logs = np.log(sizes - 3 + 1e-9)[1:]
    line = np.polyfit(np.arange(len(logs)), logs, 1)
    assert np.corrcoef(logs[4:-4], np.polyval(line, np.arange(len(logs)))[4:-4])[0, 1] > 0.99
    assert sizes[-1] > 200


@pytest.mark.parametrize("spread", [0.0, 0.5, 1.0, 1.5])
def test_sizes_add_up_however_much_they_differ(spread):
    sizes = team_sizes(200, 12, spread=spread)
    assert sizes.sum() == 200
    assert sizes.min() >= 3
    assert sizes[0] <= 9


def test_eight_of_forty_teams_never_take_to_ai(forty):
    assert forty.never.sum() == 8
    assert np.isnan(forty.rollout).sum() == 8
    assert (forty.ceiling[forty.never] == 0).all()
    assert (forty.ceiling[~forty.never] >= 0.75).all()


def test_released_hours_go_somewhere_in_whole_and_connection_falls_in_a_fifth(forty):
    assert forty.destinations.sum(axis=1) == pytest.approx(1)
    falls = forty.connection_falls
    assert falls.sum() == round(0.2 * 32)
    assert not (falls & forty.never).any()
    others = np.delete(forty.destinations, DESTINATIONS.index("connective"), axis=1)
    assert (others > 0).all()


def test_the_mixes_are_shares_with_execution_before_all_else(forty):
    assert forty.mix.sum(axis=1) == pytest.approx(1)
    assert (forty.mix > 0.02).all()
    assert (forty.mix.argmax(axis=1) == 0).all()


def test_what_markers_rank_by_is_not_the_same_ranking_over_again(forty):
    names = ["tasks_a_day", "stickiness", "new_projects", "outside", "start_sd", "company"]
    table = np.corrcoef(np.stack([getattr(forty, name) for name in names]))
    assert np.abs(table - np.eye(len(names))).max() < 0.6
