"""Teams: their own audit where it is large enough, else what it and all teams' audit say."""

from dataclasses import dataclass

import numpy as np

from taskmix.language import tr
from taskmix.measures.estimation.auditsize import MIN_AUDITED
from taskmix.measures.estimation.cells import CellEstimate

#: The fewest teams with answers among which a team's audit can be weighed.
MIN_TEAMS = 5
#: The fewest answers with which a team is one of them.
MIN_IN_COMPOSITE = 2


@dataclass(frozen=True)
class Composite:
    """The composite estimate of one team; arrays are in the order of ``CATEGORIES``.

    Attributes
    ----------
    share, mse : ndarray of shape (4,)
    gamma : float
        The weight of the team's own audit; 0–1, one for all categories so that shares sum to 1.
    df : float
        Teams less one.
    """

    share: np.ndarray
    mse: np.ndarray
    gamma: float
    df: float


def composite_estimates(
    teams: dict[str, CellEstimate], pooled: CellEstimate
) -> dict[str, Composite]:
    """Weigh each team's own estimate against the model's, corrected by all teams' audit.

    ::

        synthetic = F_team + B_pooled · (the team's untagged part of hours)
        composite = γ · direct + (1 − γ) · synthetic,  γ = A / (A + V)
        A = max(0, mean over teams and categories of (direct − synthetic)² − V)
        MSE = γ² V + (1 − γ)² (A + V_B) + 4 V² / ((A + V) T),  t with T − 1

    With the γ of its own A and V the first part of the MSE is γ V, as in the source; γ here is
    one for all categories, and A and V in it are their means. The variance of one task is
    pooled over the teams, V = that / n: of few tasks it cannot be told, and three that happen to
    agree would be taken for certain. Without the last term, which is for A's being estimated,
    coverage falls to 83–91%.

    Parameters
    ----------
    teams : dict of str to CellEstimate
        Made with ``min_audited`` = `MIN_IN_COMPOSITE`.
    pooled : CellEstimate
        Of all teams together.

    Returns
    -------
    dict of str to Composite
        Of the teams that have an estimate; empty with fewer than `MIN_TEAMS` of them, or
        without a rectifier.

    References
    ----------
    Rao, J. N. K. & Molina, I. (2015). Small Area Estimation, 2nd ed., ch. 6,
    doi:10.1002/9781118735855.
    """
    known = {name: cell for name, cell in teams.items() if not cell.why_not}
    if len(known) < MIN_TEAMS or np.isnan(pooled.rectifier).any():
        return {}
    cells, t = list(known.values()), len(known)
    part = np.array([cell.untagged for cell in cells])[:, None]
    direct = np.array([cell.share for cell in cells])
    synthetic = np.array([cell.model for cell in cells]) + part * pooled.rectifier
    v = _pooled_variance(cells, part)
    apart = (direct - synthetic) ** 2 - v
    between, v_mean = max(0.0, float(apart.mean())), v.mean(axis=1, keepdims=True)
    gamma = _over(between, between + v_mean, otherwise=1.0)
    a, v_b = np.maximum(0.0, apart.mean(axis=0)), part**2 * pooled.rectifier_variance
    mse = gamma**2 * v + (1 - gamma) ** 2 * (a + v_b) + _over(4 * v**2, (a + v) * t, otherwise=0.0)
    share = gamma * direct + (1 - gamma) * synthetic
    return {
        name: Composite(share[i], mse[i], float(gamma[i, 0]), t - 1.0)
        for i, name in enumerate(known)
    }


def _pooled_variance(cells: list[CellEstimate], part: np.ndarray) -> np.ndarray:
    """Return each team's V from the variance of one task, pooled over all teams."""
    n = np.array([cell.n_audited for cell in cells], dtype=float)[:, None]
    own = np.array([cell.variance for cell in cells])
    unit = _over((n**2 * own).sum(axis=0), (n * part**2).sum(axis=0), otherwise=0.0)
    return part**2 * unit / n


def _over(above: np.ndarray | float, below: np.ndarray, *, otherwise: float) -> np.ndarray:
    """Divide; `otherwise` where there is nothing to divide by."""
    whole = np.asarray(below, dtype=float)
    return np.where(whole > 0, above / np.where(whole > 0, whole, 1.0), otherwise)


def own_why_not(cell: CellEstimate) -> str:
    """Say why a team has no interval of its own audit; empty where it has one."""
    if cell.why_not or cell.n_audited >= MIN_AUDITED:
        return cell.why_not
    return tr(
        "not enough data: has {n} audited tasks, needs {least}",
        n=cell.n_audited,
        least=MIN_AUDITED,
    )
