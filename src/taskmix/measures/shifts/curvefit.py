"""One S-curve through a series: its middle, its width, and how well both are known."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares
from scipy.stats import f as f_distribution

from taskmix.measures.shifts.logistic import logistic, slope
from taskmix.measures.shifts.noise import Array, cautious, estimate_rho, whitener

_MIDDLE_STEP = 0.5
#: Around the best middle the grid is this fine: in a jump's one month everything happens.
_FINE_STEP = 0.1
_FINE_SPAN = 1.5
_N_WIDTHS = 24
#: A curve narrower than this many months is a jump as far as monthly figures tell.
NARROWEST = 0.5


@dataclass(frozen=True)
class Curve:
    """The S-curve that fits a series best; months are numbers.

    Attributes
    ----------
    level, ceiling : float
        Where it comes from and where it goes to; the ceiling is the lower one of a fall.
    middle, width : float
        The month in which it is half-way, and the months from 10% to 90% of the way.
    middle_se, width_se : float
        Standard errors from the curve's derivatives; missing where they do not tell, as in a jump.
    middle_range, width_range : (float, float)
        95% intervals from the profile of the fit: all middles (widths) whose best curve is not
        significantly worse. The width's begins at 0 where the narrowest fits.
    edges : (float, float)
        The middles that were looked at; an interval that reaches them is open.
    """

    level: float
    ceiling: float
    middle: float
    width: float
    middle_se: float
    width_se: float
    middle_range: tuple[float, float]
    width_range: tuple[float, float]
    edges: tuple[float, float]


def squares_of_slow_curve(
    months: Array, values: Array, *, narrowest: float, whiten: Array
) -> float:
    """Give the squares that the best curve of at least this width leaves, after whitening."""
    grid = _Grid.over(months)
    return float(grid.squares(values, whiten)[:, grid.widths >= narrowest].min())


def fit_curve(months: Array, values: Array, *, n_counted: Array | None = None) -> Curve:
    """Fit level, ceiling, middle and width by least squares, with the noise's memory taken out.

    Middles and widths are first tried on a grid, where level and ceiling follow by linear
    algebra; from the best of them scipy goes on. Intervals are profiles of that grid (Bates &
    Watts 1988, *Nonlinear Regression Analysis and Its Applications*, chapter 6,
    doi:10.1002/9780470316757): near a jump the derivatives say nothing of the middle.

    Parameters
    ----------
    n_counted : numpy.ndarray, optional
        How many tasks each value is a share of: shares of few tasks, and those near one half, are
        less sure.
    """
    grid = _Grid.over(months)
    weigh = np.eye(len(months))
    best = grid.best(values, weigh)
    if n_counted is not None:
        for _ in range(2):
            weigh = _weights(values, grid.fitted(values, *best), n_counted)
            best = grid.best(values, weigh)
    left = weigh @ (values - grid.fitted(values, *best))
    rho = estimate_rho(left, weigh @ _derivatives(months, *best, height=1.0), months)
    whiten = whitener(float(cautious(rho, len(months))), months) @ weigh
    return _refined(_Grid.over(months, near=grid.best(values, whiten)[0]), values, whiten)


@dataclass(frozen=True)
class _Grid:
    months: Array
    middles: Array
    widths: Array
    shapes: Array

    @classmethod
    def over(cls, months: Array, *, near: float | None = None) -> "_Grid":
        span = months[-1] - months[0] + 1
        middles = np.arange(months[0] - span / 4, months[-1] + span / 4 + 0.01, _MIDDLE_STEP)
        if near is not None:
            fine = near + np.arange(-_FINE_SPAN, _FINE_SPAN + _FINE_STEP / 2, _FINE_STEP)
            middles = np.unique(np.concatenate([middles, fine]).round(6))
        widths = np.geomspace(NARROWEST, 3 * span, _N_WIDTHS)
        shapes = logistic(months, middles[:, None, None], widths[None, :, None])
        return cls(months, middles, widths, shapes)

    def squares(self, values: Array, whiten: Array) -> Array:
        """Give the squares that the best level and ceiling leave, by middle and width."""
        one = whiten @ np.ones(len(values))
        one = one / np.linalg.norm(one)
        rest = whiten @ values
        rest = rest - one * (one @ rest)
        shapes = self.shapes @ whiten.T
        shapes = shapes - (shapes @ one)[..., None] * one
        size = np.sum(shapes**2, axis=-1)
        # Far from its middle a curve is flat, and explains nothing.
        gain = np.where(size > 1e-9, (shapes @ rest) ** 2 / np.maximum(size, 1e-9), 0.0)
        return np.asarray(rest @ rest - gain)

    def best(self, values: Array, whiten: Array) -> tuple[float, float]:
        squares = self.squares(values, whiten)
        row, column = np.unravel_index(squares.argmin(), squares.shape)
        return float(self.middles[row]), float(self.widths[column])

    def fitted(self, values: Array, middle: float, width: float) -> Array:
        level, height = _line(values, logistic(self.months, middle, width), np.eye(len(values)))
        return level + height * logistic(self.months, middle, width)


def _refined(grid: _Grid, values: Array, whiten: Array) -> Curve:
    squares = grid.squares(values, whiten)
    row, column = np.unravel_index(squares.argmin(), squares.shape)
    middle, width = float(grid.middles[row]), float(grid.widths[column])
    level, height = _line(values, logistic(grid.months, middle, width), whiten)

    def left(parameters: Array) -> Array:
        level, height, middle, log_width = parameters
        shape = logistic(grid.months, middle, float(np.exp(log_width)))
        return np.asarray(whiten @ (values - level - height * shape))

    def changes(parameters: Array) -> Array:
        _, height, middle, log_width = parameters
        width = float(np.exp(log_width))
        by_width = _derivatives(grid.months, middle, width, height=height)
        return np.asarray(-whiten @ by_width * [1.0, 1.0, 1.0, width])

    bounds = (
        [-np.inf, -np.inf, grid.middles[0], np.log(NARROWEST / 2)],
        [np.inf, np.inf, grid.middles[-1], np.log(2 * grid.widths[-1])],
    )
    start = [level, height, middle, np.log(width)]
    # A jump's best width lies at the edge, which is come near to in ever smaller steps.
    found = least_squares(left, start, jac=changes, bounds=bounds, max_nfev=50).x
    level, height, middle = found[:3]
    width = float(np.exp(found[3]))
    freedom = len(values) - len(found)
    limit = squares.min() * (1 + f_distribution.ppf(0.95, 1, freedom) / freedom)
    at_middles = _below(grid.middles, squares.min(axis=1), limit)
    at_widths = _below(grid.widths, squares.min(axis=0), limit)
    ses = _standard_errors(whiten @ _derivatives(grid.months, middle, width, height=height),
                           float(np.sum(left(found) ** 2)) / freedom)  # fmt: skip
    return Curve(
        level=float(level),
        ceiling=float(level + height),
        middle=float(middle),
        width=width,
        middle_se=ses[2],
        width_se=ses[3],
        middle_range=(min(at_middles[0], middle), max(at_middles[1], middle)),
        width_range=(
            0.0 if at_widths[0] <= grid.widths[0] else min(at_widths[0], width),
            max(at_widths[1], width),
        ),
        edges=(float(grid.middles[0]), float(grid.middles[-1])),
    )


def _below(points: Array, heights: Array, limit: float) -> tuple[float, float]:
    """Give the first and the last point at which a profile is below a limit."""
    inside = np.flatnonzero(heights <= limit)
    first, last = int(inside[0]), int(inside[-1])
    low, high = float(points[first]), float(points[last])
    if first > 0:
        low = float(np.interp(limit, heights[[first, first - 1]], points[[first, first - 1]]))
    if last < len(points) - 1:
        high = float(np.interp(limit, heights[[last, last + 1]], points[[last, last + 1]]))
    return low, high


def _derivatives(months: Array, middle: float, width: float, *, height: float) -> Array:
    """Give the derivatives of a curve by level, height, middle and width."""
    shape, steep = logistic(months, middle, width), height * slope(months, middle, width)
    return np.column_stack(
        [np.ones(len(months)), shape, -steep, -steep * (months - middle) / width]
    )


def _standard_errors(derivatives: Array, variance: float) -> list[float]:
    # Numbers of very different size stand in these columns, so each is brought to length 1.
    size = np.linalg.norm(derivatives, axis=0)
    if not np.all(size > 0):
        return [float("nan")] * derivatives.shape[1]
    scaled = derivatives / size
    if np.linalg.cond(scaled) > 1e6:
        return [float("nan")] * derivatives.shape[1]
    spread = np.diag(np.linalg.inv(scaled.T @ scaled)) / size**2
    return [float(se) for se in np.sqrt(variance * spread)]


def _line(values: Array, shape: Array, whiten: Array) -> tuple[float, float]:
    design = whiten @ np.column_stack([np.ones(len(values)), shape])
    level, height = np.linalg.lstsq(design, whiten @ values, rcond=None)[0]
    return float(level), float(height)


def _weights(values: Array, fitted: Array, n_counted: Array) -> Array:
    """Weigh shares by their noise: what drawing n tasks brings, and as much again as is there."""
    sure = np.clip(fitted, 0.02, 0.98)
    drawn = sure * (1 - sure) / np.maximum(n_counted, 1.0)
    beyond = max(0.0, float(np.mean((values - fitted) ** 2) - np.mean(drawn)))
    noise = beyond + drawn
    return np.diag(np.sqrt(np.mean(noise) / noise))
