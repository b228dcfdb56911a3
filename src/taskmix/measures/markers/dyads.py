"""How far a marker of ties varies: a tie has two ends, and what happens to one moves the other."""

from collections.abc import Sequence

import pandas as pd

from taskmix.periods import period_before

_NO_ONE = -1


def pair_squares(pairs: Sequence[pd.DataFrame], known: pd.DataFrame) -> pd.DataFrame:
    """Add up what pairs of people add to a ratio, products of all pairs that share somebody.

    One who joins, leaves or changes teams moves the figure of everybody who works with them, so
    that people are not independent of each other. With u of a pair as in
    `taskmix.measures.markers.cells.estimate`, w a pair's u in both directions and c_i the sum of
    w over the pairs of person i::

        Σ u u' over pairs that share a person = Σ_i c_i² − Σ w²

    since a pair shares both of its people with itself.

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
        One row a cell of a marker of ties: ``period``, the group, ``marker``, ``pair_squares``,
        and ``pair_products`` with the period before.

    References
    ----------
    Aronow, P. M., Samii, C., Assenova, V. A. (2015). Cluster-robust variance estimation for dyadic
    data. Political Analysis 23, 564–577, doi:10.1093/pan/mpv018.
    """
    cell = [name for name in known if name in ("period", "department", "team", "marker")]
    if not pairs:
        empty = known[cell].iloc[:0]
        return empty.assign(pair_squares=0.0, pair_products=0.0)
    told = pd.concat(pairs, ignore_index=True).merge(known, on=[*cell, "person"])
    told["u"] = (told["x"] - told["x_all"] / told["y_all"] * told["y"]) / told["y_all"]
    units = _units(told, cell)
    before = units.drop(columns="sign").rename(columns={"period": "at", "u": "u_before"})
    names = {name: period_before(name) for name in units["period"].unique()}
    units["at"] = units["period"].map(names).astype("str")
    on = [name for name in before if name != "u_before"]
    units = units.merge(before, how="left", on=on)
    units["pair_squares"] = units["sign"] * units["u"] ** 2
    units["pair_products"] = units["sign"] * units["u"] * units["u_before"]
    return units.groupby(cell, as_index=False)[["pair_squares", "pair_products"]].sum()


def _units(told: pd.DataFrame, cell: list[str]) -> pd.DataFrame:
    """Add u up by each person, to be added, and by each pair, to be taken off."""
    codes, _ = pd.factorize(pd.concat([told["person"], told["met"]]))
    ends = codes.reshape(2, -1)
    numbered = told[[*cell, "u"]].assign(one=ends.min(axis=0), other=ends.max(axis=0))
    both = pd.concat(
        [numbered.assign(one=end, other=_NO_ONE, sign=1) for end in ends]
        + [numbered.assign(sign=-1)],
        ignore_index=True,
    )
    return both.groupby([*cell, "one", "other", "sign"], as_index=False)["u"].sum()
