"""Check a frame against its schema and name every fault at once."""

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from taskmix.errors import SchemaError

_SHOWN = 5


def check_frame(frame: pd.DataFrame, model: type[pa.DataFrameModel], *, where: str) -> pd.DataFrame:
    """Return `frame` if it satisfies `model`.

    Parameters
    ----------
    frame : pandas.DataFrame
        Is not changed.
    model : type of pandera.pandas.DataFrameModel
        One of the schemas of this room.
    where : str
        The file or function the frame came from; begins the error's text.

    Returns
    -------
    pandas.DataFrame
        The same rows and columns.

    Raises
    ------
    SchemaError
        If any column or value does not fit; up to five kinds of fault are named, each
        with a count and one example.
    """
    try:
        return model.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise SchemaError(f"{where}: {_describe(error.failure_cases)}") from error


def _describe(cases: pd.DataFrame) -> str:
    by_fault = cases.assign(column=cases["column"].fillna("")).groupby(
        ["column", "check"], sort=False
    )
    sentences = [
        f"column {column or '(row)'}: {len(rows)} × {check}, "
        f"such as {rows['failure_case'].iloc[0]!r}"
        for (column, check), rows in by_fault
    ]
    more = f"; and {len(sentences) - _SHOWN} more" if len(sentences) > _SHOWN else ""
    return "; ".join(sentences[:_SHOWN]) + more
