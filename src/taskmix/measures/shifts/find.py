"""When a monthly figure shifted: whether at all, how far, in which month and how fast."""

from typing import Any

import numpy as np
import pandas as pd

from taskmix.language import tr
from taskmix.measures.shifts.critical import findable_step, shift_p_value
from taskmix.measures.shifts.curvefit import Curve, fit_curve
from taskmix.measures.shifts.form import form_of_shift
from taskmix.measures.shifts.logistic import logistic
from taskmix.measures.shifts.noise import cautious, whitener
from taskmix.measures.shifts.series import Series, day_of, each_series, month_of
from taskmix.measures.shifts.shapes import STEP, Shapes, best_shapes, sup_f

#: A shift is called one where chance brings as much in at most this part of steady series.
LEVEL = 0.05
#: A middle is named where its 95% interval is at most this long, in months.
LONGEST_INTERVAL = 6.0
#: … and its curve takes surely less than this part of the months that were seen.
_SEEN_WHOLE = 0.75

_NUMBERS = ["p", "step", "step_se", "smallest_step", "before", "after", "midpoint_error", "width",
            "width_low", "width_high"]  # fmt: skip
_DAYS = ["midpoint", "midpoint_low", "midpoint_high"]
_TEXTS = ["first_month", "last_month", "kind", "step_month", "why_not"]


def find_shifts(
    figures: pd.DataFrame, *, value: str, by: tuple[str, ...] = (), n_counted: str | None = None
) -> pd.DataFrame:
    """Ask of each monthly series whether it shifted, when, how far and how fast.

    A level and a steady trend stand against the same with one shift in any month, a step or an
    S-curve of up to 24 months. What the best of these gains (sup-F; Andrews 1993, doi:10.2307/
    2951764) is held against what it gains in simulated series that have none, with noise that
    remembers the month before as the series' own does. Where chance does not explain it,
    `form_of_shift` tells a step from a slow curve and `fit_curve` gives the middle and width.

    Parameters
    ----------
    figures : pandas.DataFrame
        One row a group and month: ``period`` (``2026-09``), the columns of `by`, `value` and,
        where given, `n_counted`. Missing months and values are gaps, not zeros.
    value : str
        The figure, such as a share (0–1).
    by : tuple of str
        The columns whose values make a series of their own.
    n_counted : str, optional
        The column that tells how many tasks a share is of: it weighs the months.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order:

        - the columns of `by`, ``n_months``, ``first_month``, ``last_month``;
        - ``kind``: ``too few`` (months), ``steady`` (no shift found), ``sudden``, ``gradual``
          (from 10% to 90% in 3 months or more) or ``unclear`` (shifted; one cannot tell how fast);
        - ``p`` (0–1): how often a steady series looks as shifted as this one;
        - ``smallest_step``: a step in the middle of the months that would be found 8 times of 10;
        - where it shifted, ``step``, its standard error ``step_se`` (both in units of `value`) and
          ``step_month`` (the first month after it) of the best single step;
        - where the data tell, the S-curve: ``before`` and ``after`` (units of `value`),
          ``midpoint`` with its 95% interval ``midpoint_low``, ``midpoint_high`` (days; half its
          length in months is ``midpoint_error``), ``width`` (months from 10% to 90%) with
          ``width_low``, ``width_high``;
        - ``why_not``: why there is no midpoint, or nothing at all; empty where there is.

    Raises
    ------
    PeriodError
        If a period is no month, or stands twice in a group.

    Notes
    -----
    The level of 5% holds for one series. Of 40 steady teams two may look shifted by chance.

    Examples
    --------
    >>> months = [f"2026-{month:02d}" for month in range(1, 4)]
    >>> few = pd.DataFrame({"period": months, "share": [0.1, 0.2, 0.3]})
    >>> find_shifts(few, value="share")["why_not"].item()
    'not enough data: has 3 months, needs 8'
    """
    rows = [_row(series) for series in
            each_series(figures, value=value, by=by, n_counted=n_counted)]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*by, "n_months", *_TEXTS[:3], "p", "smallest_step", "step",
                                        "step_se", "step_month", "before", "after", *_DAYS,
                                        *_NUMBERS[6:], "why_not"])  # fmt: skip
    types: dict[str, str] = dict.fromkeys(_NUMBERS, "float64") | dict.fromkeys(_TEXTS, "str")
    types |= dict.fromkeys(_DAYS, "datetime64[us]") | {"n_months": "int64"}
    return table.astype(types)


def shift_lines(
    figures: pd.DataFrame,
    shifts: pd.DataFrame,
    *,
    value: str,
    by: tuple[str, ...] = (),
    n_counted: str | None = None,
) -> pd.DataFrame:
    """Give each month's figure and what the shift that was found says of it.

    Parameters
    ----------
    figures, value, by, n_counted
        As `find_shifts` had them.
    shifts : pandas.DataFrame
        What it made of them.

    Returns
    -------
    pandas.DataFrame
        One row a group and month with a figure: the columns of `by`, ``period``, ``value`` and
        ``fitted``: level, trend and step of a sudden shift; the S-curve of another, though its
        midpoint may not be known well enough to be named; level and trend where there is none;
        missing with too few months.
    """
    parts = []
    every = each_series(figures, value=value, by=by, n_counted=n_counted)
    for series, row in zip(every, shifts.to_dict("records"), strict=True):
        part = pd.DataFrame(
            {
                "period": pd.Series([month_of(month) for month in series.months], dtype="str"),
                "value": series.values,
                "fitted": _fitted(series, row),
            }
        )
        parts.append(part.assign(**series.group)[[*by, *part.columns]])
    if not parts:
        return pd.DataFrame(columns=[*by, "period", "value", "fitted"])
    return pd.concat(parts, ignore_index=True)


def _row(series: Series) -> dict[str, Any]:
    n = len(series.months)
    row: dict[str, Any] = {**series.group, "n_months": n, "kind": "too few",
                           "why_not": series.why_not}  # fmt: skip
    row |= {"first_month": month_of(series.months[0]) if n else "",
            "last_month": month_of(series.months[-1]) if n else "", "step_month": ""}  # fmt: skip
    if series.why_not:
        return row
    found, memory = sup_f(series.values[np.newaxis, :], series.months)
    rho = float(memory[0])
    row["p"] = shift_p_value(float(found[0]), rho, series.months)
    row["smallest_step"] = _smallest_step(series, rho)
    if row["p"] > LEVEL:
        return row | {"kind": "steady", "why_not": tr("no shift was found")}
    row["kind"] = form_of_shift(series.months, series.values, rho=rho)
    return row | _step(series, rho) | _curve(series)


def _step(series: Series, rho: float) -> dict[str, Any]:
    whiten = whitener(rho, series.months)
    shapes = Shapes.of(series.months, widths=STEP, whiten=whiten)
    best = best_shapes((whiten @ series.values)[np.newaxis, :], shapes)
    first = shapes.first[best.which[0]]
    return {"step": best.height[0], "step_se": best.se[0],
            "step_month": month_of(series.months[first])}  # fmt: skip


def _smallest_step(series: Series, rho: float) -> float:
    """Tell how large a step must be, in units of the series, to be found in 8 of 10 of such."""
    careful = float(cautious(rho, len(series.months)))
    whiten = whitener(careful, series.months)
    shapes = Shapes.of(series.months, widths=STEP, whiten=whiten)
    steady = best_shapes((whiten @ series.values)[np.newaxis, :], shapes).rest_without
    noise = (float(np.sum(steady**2)) / (len(series.months) - 2)) ** 0.5
    return noise * findable_step(careful, series.months, level=LEVEL)


def _curve(series: Series) -> dict[str, Any]:
    curve = fit_curve(series.months, series.values, n_counted=series.n_counted)
    why_not = _why_no_midpoint(curve, series)
    if why_not:
        return {"why_not": why_not}
    low, high = curve.middle_range
    return {
        "before": curve.level, "after": curve.ceiling, "midpoint": day_of(curve.middle),
        "midpoint_low": day_of(low), "midpoint_high": day_of(high),
        "midpoint_error": (high - low) / 2, "width": curve.width,
        "width_low": curve.width_range[0], "width_high": curve.width_range[1], "why_not": "",
    }  # fmt: skip


def _why_no_midpoint(curve: Curve, series: Series) -> str:
    first, last = series.months[0], series.months[-1]
    low, high = curve.middle_range
    if low < first or high > last:
        return tr("its middle may lie outside the months seen")
    if high - low > LONGEST_INTERVAL:
        return tr("its middle may lie anywhere within {n} months", n=f"{high - low:.0f}")
    if curve.width_range[1] > _SEEN_WHOLE * (last - first + 1):
        return tr("the months seen may not hold all of it")
    return ""


def _fitted(series: Series, row: dict[str, Any]) -> Any:
    if row["kind"] == "too few":
        return np.full(len(series.months), np.nan)
    if row["kind"] in ("gradual", "unclear"):
        curve = fit_curve(series.months, series.values, n_counted=series.n_counted)
        way = logistic(series.months, curve.middle, curve.width)
        return curve.level + (curve.ceiling - curve.level) * way
    columns = [np.ones(len(series.months)), series.months - series.months.mean()]
    if row["kind"] == "sudden":
        columns.append([float(month_of(month) >= row["step_month"]) for month in series.months])
    design = np.column_stack(columns)
    return design @ np.linalg.lstsq(design, series.values, rcond=None)[0]
