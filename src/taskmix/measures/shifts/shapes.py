"""Level, trend and one shift: where a series fits best if it shifted once, and what that gains."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import RHOS, Array, expected_memory, memory, whitener

#: No shift is looked for within this part of the months, or three, of either end.
TRIM = 0.15
_LEAST_SIDE = 3
#: How fast a shift may be, in months from 10% to 90%; 0 is a step. A step alone misses slow shifts:
#: it found one of 12 months in 24 half as often.
WIDTHS: tuple[float, ...] = (0.0, 3.0, 6.0, 12.0, 24.0)
STEP: tuple[float, ...] = (0.0,)
#: How much the memory counts that is there without a shift, when it is taken out of a series and
#: when the series is compared with simulated ones; tried in steps of 0.1, see docs/ai-shift.md.
_TAKEN_OUT = 0.5
_COMPARED = 0.7


@dataclass(frozen=True)
class Shapes:
    """All shifts that are looked for in one set of months, ready for many series.

    Attributes
    ----------
    months : numpy.ndarray
        Ascending month numbers; gaps are allowed.
    first : numpy.ndarray of int
        Of each shape, the place in `months` of the first month of its second half.
    flat : numpy.ndarray of shape (n_months, 2)
        Orthonormal columns of level and trend.
    shifted : numpy.ndarray of shape (n_months, n_shapes)
        Each shape without the part of it that level and trend explain.
    """

    months: Array
    first: Array
    flat: Array
    shifted: Array

    @classmethod
    def of(
        cls, months: Array, *, widths: tuple[float, ...] = WIDTHS, whiten: Array | None = None
    ) -> "Shapes":
        """Prepare the shapes; with `whiten`, for figures that were whitened by it."""
        side = max(_LEAST_SIDE, int(np.ceil(TRIM * len(months))))
        first = np.arange(side, len(months) - side + 1)
        middles = (months[first] + months[first - 1]) / 2
        shapes = np.hstack([_of_width(months, middles, width) for width in widths])
        line = np.column_stack([np.ones(len(months)), months - months.mean()])
        if whiten is not None:
            line, shapes = whiten @ line, whiten @ shapes
        flat = np.linalg.qr(line)[0]
        return cls(months, np.tile(first, len(widths)), flat, shapes - flat @ (flat.T @ shapes))


@dataclass(frozen=True)
class BestShapes:
    """Of each series, the best shift and what it gains.

    Attributes
    ----------
    f : numpy.ndarray
        The F statistic of the best shape: sup-F.
    which : numpy.ndarray of int
        Its place among the shapes.
    height, se : numpy.ndarray
        How far it goes and its standard error as if its shape were known, in units of the series.
    rest_without, rest_with : numpy.ndarray of shape (n_series, n_months)
        What level and trend leave, without and with the shift.
    """

    f: Array
    which: Array
    height: Array
    se: Array
    rest_without: Array
    rest_with: Array


def best_shapes(series: Array, shapes: Shapes) -> BestShapes:
    """Fit level and trend, then each shape beside them, and keep the best of each series.

    Parameters
    ----------
    series : numpy.ndarray of shape (n_series, n_months)
    """
    without = series - (series @ shapes.flat) @ shapes.flat.T
    size = np.sum(shapes.shifted**2, axis=0)
    height = (without @ shapes.shifted) / size
    gain = height**2 * size
    which = gain.argmax(axis=1)
    row = np.arange(len(series))
    best = height[row, which]
    rest = without - best[:, None] * shapes.shifted[:, which].T
    # A series without any noise has no F; its shift, if it has one, is beyond doubt.
    tiny = 1e-12 * np.maximum(np.sum(series**2, axis=1), 1e-12)
    variance = np.maximum(np.sum(rest**2, axis=1), tiny) / (series.shape[1] - 3)
    return BestShapes(
        f=np.where(gain[row, which] > tiny, gain[row, which] / variance, 0.0),
        which=which,
        height=best,
        se=np.sqrt(variance / size[which]),
        rest_without=without,
        rest_with=rest,
    )


def sup_f(series: Array, months: Array) -> tuple[Array, Array]:
    """Take each series' memory out and find what the best shift gains then.

    Without a shift in the model a real one looks like memory, which hides it; with the best of
    many shifts some memory is fitted away, which finds shifts that are none. So ρ is taken
    between the two.

    Returns
    -------
    f : numpy.ndarray
        Sup-F of each series.
    rho : numpy.ndarray
        The memory at which to look up how often chance brings as much.
    """
    without, with_shift = _memories(series, Shapes.of(months))
    # A grid, because each ρ needs a matrix of its own.
    grid = np.round((_TAKEN_OUT * without + (1 - _TAKEN_OUT) * with_shift) * 20) / 20
    f = np.empty(len(series))
    for rho in np.unique(grid):
        own = grid == rho
        whiten = whitener(float(rho), months)
        f[own] = best_shapes(series[own] @ whiten.T, Shapes.of(months, whiten=whiten)).f
    return f, np.asarray(_COMPARED * without + (1 - _COMPARED) * with_shift)


def _memories(series: Array, shapes: Shapes) -> tuple[Array, Array]:
    """Estimate each series' ρ, without a shift and with its best one."""
    best = best_shapes(series, shapes)
    expected = expected_memory(shapes.flat, shapes.months)
    without = np.interp(memory(best.rest_without, shapes.months), expected, RHOS)
    found = memory(best.rest_with, shapes.months)
    table = _expected_with(tuple(shapes.months.tolist()))
    with_shift = np.empty(len(series))
    for which in np.unique(best.which):
        own = best.which == which
        with_shift[own] = np.interp(found[own], table[which], RHOS)
    return np.asarray(without), with_shift


@lru_cache(maxsize=64)
def _expected_with(months: tuple[float, ...]) -> list[Array]:
    shapes = Shapes.of(np.array(months))
    return [
        expected_memory(np.column_stack([shapes.flat, shape]), shapes.months)
        for shape in shapes.shifted.T
    ]


def _of_width(months: Array, middles: Array, width: float) -> Array:
    if width == 0:
        return (months[:, None] > middles[None, :]).astype(float)
    return logistic(months[:, None], middles[None, :], width)
