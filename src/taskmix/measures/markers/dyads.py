"""How far a marker of ties varies: a tie has two ends, and what happens to one moves the other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from taskmix.periods import period_before

#: Beside "", for people taken one by one: columns of variances begin with these.
WAYS = ("ends_", "sides_")
_NO_ONE = -1


def pair_squares(pairs: Sequence[pd.DataFrame], known: pd.DataFrame) -> pd.DataFrame:
    """Add up what pairs of people add to a ratio, products of all pairs that share somebody.

    One who joins, leaves or changes teams moves the figure of everybody who works with them, so
    that people are not independent of each other. With u of a pair as in
    `taskmix.measures.markers.cells.estimate`, there are two sums of products::

        ends   pairs share anybody                 Σ_i c_i² − Σ w²
        sides  share who logged, or who was named  Σ_i r_i² + Σ_j s_j² − Σ u²

    with w a pair's u in both directions, c_i the sum of w over the pairs of person i, r_i of u
    over whom i named, s_j over who named j; a pair shares both of its people with itself. The
    first sees all that one person's move does, and is too small by 1/4 for ten people; the second
    is so by 1/6, and does not see that the same person is on both sides.

    Parameters
    ----------
    pairs : sequence of pandas.DataFrame
        ``period``, the group, ``marker``, ``person``, ``met``, ``x``, ``y``: a person's sums, by
        the other person.
    known : pandas.DataFrame
        ``period``, the group, ``marker``, ``person``, and of their cell ``x_all`` and ``y_all``:
        the people that a figure is of.

    Returns
    -------
    pandas.DataFrame
        One row a cell of a marker of ties: ``period``, the group, ``marker``, ``ends_squares``,
        ``sides_squares``, and ``ends_products``, ``sides_products`` with the period before.

    References
    ----------
    Aronow, P. M., Samii, C., Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic
    data. Political Analysis 23, 564–577, doi:10.1093/pan/mpv018.
    Cameron, A. C., Gelbach, J. B., Miller, D. L. (2011). Robust inference with multiway
    clustering. Journal of Business & Economic Statistics 29, 238–249,
    doi:10.1198/jbes.2010.07136.
    """
    cell = [name for name in known if name in ("period", "department", "team", "marker")]
    if not pairs:
        empty = known[cell].iloc[:0]
        return empty.assign(**{f"{way}{of}": 0.0 for way in WAYS for of in ("squares", "products")})
    told = pd.concat(pairs, ignore_index=True).merge(known, on=[*cell, "person"])
    told["u"] = (told["x"] - told["x_all"] / told["y_all"] * told["y"]) / told["y_all"]
    codes, _ = pd.factorize(pd.concat([told["person"], told["met"]]))
    logged, named = codes.reshape(2, -1)
    told = told[[*cell, "u"]]
    ends = [(logged, _NO_ONE, 1), (named, _NO_ONE, 1),
            (np.minimum(logged, named), np.maximum(logged, named), -1)]  # fmt: skip
    sides = [(logged, _NO_ONE, 1), (_NO_ONE, named, 1), (logged, named, -1)]
    sums = [
        _products(told, cell, units, way) for units, way in zip((ends, sides), WAYS, strict=True)
    ]
    return pd.concat(sums, axis=1).reset_index()


def _products(
    told: pd.DataFrame, cell: list[str], units: list[tuple[Any, Any, int]], way: str
) -> pd.DataFrame:
    """Add u up by units, and the products of a unit with itself, now and in the period before.

    Parameters
    ----------
    units : list of (array or int, array or int, int)
        Numbers that name a unit together, and whether its products are added or taken off.
    """
    rows = [told.assign(one=one, other=other, sign=sign) for one, other, sign in units]
    unit = ["one", "other", "sign"]
    now = pd.concat(rows, ignore_index=True).groupby([*cell, *unit], as_index=False)["u"].sum()
    before = now.rename(columns={"period": "at", "u": "u_before"})
    names = {name: period_before(name) for name in now["period"].unique()}
    now["at"] = now["period"].map(names).astype("str")
    now = now.merge(before, how="left", on=["at", *cell[1:], *unit])
    now[f"{way}squares"] = now["sign"] * now["u"] ** 2
    now[f"{way}products"] = now["sign"] * now["u"] * now["u_before"]
    return now.groupby(cell)[[f"{way}squares", f"{way}products"]].sum()
