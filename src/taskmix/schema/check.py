"""Check a frame against its schema and name every fault at once."""

import numpy as np
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
    of_frame = cases["schema_context"] == "DataFrameSchema"
    # A check over several columns fails in itself where one is missing; that one is named.
    failed_itself = of_frame & cases["failure_case"].astype("str").str.match(r"(Key|Type)Error\(")
    told = cases[~failed_itself] if not failed_itself.all() else cases
    sentences = [
        _of_rows(str(check), rows) if on_frame and rows["index"].notna().all()
        else f"{'frame' if on_frame else f'column {column}'}: {len(rows)} × {check}, "
        f"such as {_plain(rows['failure_case'].iloc[0])!r}"
        for (on_frame, column, check), rows in told.assign(
            on_frame=of_frame, column=cases["column"].where(~of_frame, "")
        ).groupby(["on_frame", "column", "check"], sort=False)
    ]  # fmt: skip
    more = f"; and {len(sentences) - _SHOWN} more" if len(sentences) > _SHOWN else ""
    return "; ".join(sentences[:_SHOWN]) + more


def _of_rows(check: str, cells: pd.DataFrame) -> str:
    """Say a check over several columns once, though pandera lists every cell of its rows."""
    rows = cells["index"].unique()
    return f"rows: {len(rows)} × {check}, such as row {rows[0]}"


def _plain(value: object) -> object:
    return value.item() if isinstance(value, np.generic) else value
