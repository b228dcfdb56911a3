"""Columns of text: empty ones, clean ones, and ones that are looked up.

Each call of pandas costs its tenth of a millisecond however short a column is, and a folder may
hold hundreds of short files. So these make few of them.
"""

from collections.abc import Mapping

import pandas as pd

from taskmix.ingest.tables.texttable import plain_text


def nothing(index: pd.Index) -> pd.Series:
    """Make a column of missing texts."""
    return pd.Series(pd.array([None] * len(index), dtype="str"), index=index)


def looked_up(texts: pd.Series, meanings: Mapping[str, str | None]) -> pd.Series:
    """Replace each text by its meaning; missing where the text is, or has none."""
    found = [meanings.get(text) for text in texts.to_numpy(dtype=object, na_value=None)]
    return pd.Series(found, index=texts.index, dtype="str", name=texts.name)


def cells_of(column: pd.Series) -> list[str]:
    """List the texts of a column, a missing one as the empty text."""
    return column.to_numpy(dtype=object, na_value="").tolist()


def without_control_characters(columns: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """Turn control characters into blanks; everything else a person wrote is kept.

    Parameters
    ----------
    columns : mapping of str to pandas.Series
        Of equal length and index.

    Returns
    -------
    dict of str to pandas.Series
        Stripped, empty ones missing.
    """
    if not columns:
        return {}
    length = len(next(iter(columns.values())))
    # All in one go, end to end.
    clean = pd.concat([_as_text(column) for column in columns.values()], ignore_index=True)
    clean = clean.str.replace(r"[\x00-\x1f\x7f]+", " ", regex=True).str.strip()
    clean = clean.mask(clean == "").array
    return {
        name: pd.Series(clean[at * length : (at + 1) * length], index=column.index)
        for at, (name, column) in enumerate(columns.items())
    }


def _as_text(column: pd.Series) -> pd.Series:
    if column.dtype == "str":
        return column
    try:
        return column.astype("str")
    except UnicodeEncodeError:
        return column.map(lambda cell: plain_text(str(cell)), na_action="ignore").astype("str")
