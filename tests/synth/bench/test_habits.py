import numpy as np
import pytest

from taskmix.synth.bench._habits import CONCENTRATION, personal_shares

TEAM = np.array([0.55, 0.2, 0.1, 0.15])
N = 20_000


def _luck(n: int = N) -> np.ndarray:
    return np.random.default_rng(7).uniform(1e-9, 1 - 1e-9, (n, 4))


def test_people_scatter_about_their_teams_shares_as_a_dirichlet_does():
    own = personal_shares(np.tile(TEAM, (N, 1)), _luck())
    assert own.sum(axis=1) == pytest.approx(1)
    variance = TEAM * (1 - TEAM) / (CONCENTRATION + 1)
    assert own.mean(axis=0) == pytest.approx(TEAM, abs=4 * np.sqrt(variance.max() / N))
    assert own.var(axis=0) == pytest.approx(variance, rel=0.06)


def test_a_bent_lasts_when_the_teams_shares_change():
    later = np.array([0.35, 0.3, 0.15, 0.2])
    luck = _luck(2000)
    before, after = (personal_shares(np.tile(mix, (2000, 1)), luck) for mix in (TEAM, later))
    anew = personal_shares(np.tile(later, (2000, 1)), luck[::-1])
    for part in range(4):
        assert np.corrcoef(before[:, part], after[:, part])[0, 1] > 0.9
        assert abs(np.corrcoef(before[:, part], anew[:, part])[0, 1]) < 0.1
    assert after.mean(axis=0) == pytest.approx(later, abs=0.02)


def test_a_share_of_nothing_stays_nothing():
    own = personal_shares(np.array([[0.7, 0.0, 0.1, 0.2]]), np.array([[0.5, 0.99, 0.5, 0.5]]))
    assert own[0, 1] == 0
    assert own.sum() == pytest.approx(1)
