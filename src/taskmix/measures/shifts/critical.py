"""What the best of many shifts gains where there is none: simulated, because no table fits."""

from functools import lru_cache

import numpy as np

from taskmix.measures.shifts.noise import RHOS, Array, cautious, draw_noise
from taskmix.measures.shifts.shapes import sup_f

#: Simulated series a value of ρ.
N_SIMULATED = 2000
_SEED = 20_170
#: For the step that is found this often: simulated series a size, and sizes.
_POWER = 0.8
_N_POWER = 200
_SIZES: Array = np.array([0.0, 2.0, 3.0, 4.0, 5.0, 6.5, 8.0, 11.0, 15.0])


def shift_p_value(f: float, rho: float, months: Array) -> float:
    """Tell how often the best shift gains this much where level and trend are all there is.

    Each simulated series goes the way of the real one, from estimating its memory to the best of
    all shifts. Between two simulated values of ρ the answer is interpolated.

    Parameters
    ----------
    f : float
        As `taskmix.measures.shifts.shapes.sup_f` gives both.
    rho : float
        Of the series.
    months : numpy.ndarray
        Its months; only their distances matter.

    Examples
    --------
    >>> shift_p_value(0.0, 0.3, np.arange(24.0))
    1.0
    """
    table = _simulated(tuple((months - months[0]).tolist()))
    exceed = np.array(
        [(1 + len(found) - np.searchsorted(found, f)) / (1 + len(found)) for found in table]
    )
    return float(np.interp(cautious(rho, len(months)), RHOS, exceed))


def critical_value(rho: float, months: Array, *, level: float) -> float:
    """Give the F that the best shift exceeds by chance in `level` of all series."""
    table = _simulated(tuple((months - months[0]).tolist()))
    exceeded = [np.quantile(found, 1 - level) for found in table]
    return float(np.interp(cautious(rho, len(months)), RHOS, exceeded))


def findable_step(rho: float, months: Array, *, level: float) -> float:
    """Tell how large a step in the middle must be to be found in 8 of 10 series.

    Returns
    -------
    float
        In standard deviations of the noise; simulated, each ρ rounded to the nearest of `RHOS`.
        The largest step that is tried where even that is found less often.
    """
    nearest = float(RHOS[np.abs(RHOS - rho).argmin()])
    return _findable(nearest, tuple((months - months[0]).tolist()), level)


@lru_cache(maxsize=256)
def _findable(rho: float, months: tuple[float, ...], level: float) -> float:
    at = np.array(months)
    noise = draw_noise(rho, at, n=_N_POWER, rng=np.random.default_rng(_SEED))
    step = (np.arange(len(at)) >= len(at) // 2).astype(float)
    found = []
    for size in _SIZES:
        f, rhos = sup_f(noise + size * step, at)
        p = [shift_p_value(one, r, at) for one, r in zip(f, rhos, strict=True)]
        found.append(np.mean(np.array(p) <= level))
    return float(np.interp(_POWER, np.maximum.accumulate(found), _SIZES))


@lru_cache(maxsize=64)
def _simulated(months: tuple[float, ...]) -> list[Array]:
    at = np.array(months)
    rng = np.random.default_rng(_SEED)
    # Level and trend are left out: whatever they are, the fit takes them away.
    return [
        np.sort(sup_f(draw_noise(float(rho), at, n=N_SIMULATED, rng=rng), at)[0]) for rho in RHOS
    ]
