"""Sudden or gradual: whether one step or one slow curve describes a shift better."""

from typing import Literal

import numpy as np

from taskmix.measures.shifts.curvefit import squares_of_slow_curve
from taskmix.measures.shifts.noise import Array, whitener
from taskmix.measures.shifts.shapes import STEP, Shapes, best_shapes

Form = Literal["sudden", "gradual", "unclear"]

#: A shift that takes less than a quarter from 10% to 90% is called sudden.
SUDDEN_MONTHS = 3.0
#: Twice the log-likelihood that one form must have over the other; both have four parameters.
_CLEAR = 4.0


def form_of_shift(months: Array, values: Array, *, rho: float) -> Form:
    """Tell which of two forms fits clearly better; ``unclear`` where neither does.

    Level, trend and a step in one month stand against level, ceiling, middle and width of an
    S-curve that takes at least `SUDDEN_MONTHS`. Both have four parameters, so the likelihoods
    compare as they are; a difference of 4 in twice their logarithm is the usual bound of
    "considerably less support" (Burnham & Anderson 2002, *Model Selection and Multimodel
    Inference*, section 2.6, doi:10.1007/b97636).

    Parameters
    ----------
    rho : float
        The memory of the noise, taken out before both fits.
    """
    whiten = whitener(rho, months)
    curve = squares_of_slow_curve(months, values, narrowest=SUDDEN_MONTHS, whiten=whiten)
    fitted = best_shapes(
        (whiten @ values)[np.newaxis, :], Shapes.of(months, widths=STEP, whiten=whiten)
    )
    step = float(np.sum(fitted.rest_with**2))
    # A series without any noise fits one of them to the last digit.
    tiny = 1e-12 * max(float(np.sum(values**2)), 1.0)
    better = len(months) * float(np.log(max(curve, tiny) / max(step, tiny)))
    if better > _CLEAR:
        return "sudden"
    return "gradual" if better < -_CLEAR else "unclear"
