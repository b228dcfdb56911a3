"""Distinct tasks: what a log repeats is computed and learned from once."""

import hashlib
from collections.abc import Iterable

import numpy as np
import pandas as pd


def join_repeats(
    rows: pd.DataFrame, codes: np.ndarray, weight: np.ndarray
) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """Join rows that agree in every column and in the label, and add up their weights.

    Rows come out sorted, so that nothing depends on the order in which a log was written.

    Parameters
    ----------
    rows : DataFrame
    codes : ndarray of int
    weight : ndarray of float
        Rows of weight 0 are left out.

    Returns
    -------
    rows : DataFrame
    codes : ndarray of int
    weight : ndarray of float
    """
    columns = list(rows.columns)
    joined = (
        rows.assign(_code=codes, _weight=weight)[weight > 0]
        .groupby([*columns, "_code"], sort=True, dropna=False)["_weight"]
        .sum()
        .reset_index()
    )
    return joined[columns], joined["_code"].to_numpy(), joined["_weight"].to_numpy()


def number_repeats(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give rows that agree in every column the same number.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    numbers : ndarray of int
        Of each row, from 0, in sorted order of the rows.
    first : ndarray of int
        The position of one row of each number.
    """
    numbers = rows.groupby(list(rows.columns), sort=True, dropna=False).ngroup().to_numpy()
    return numbers, np.unique(numbers, return_index=True)[1]


def digest_parts(parts: Iterable[object]) -> str:
    """Return 12 hexadecimal digits that differ where any part's text does."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:12]
