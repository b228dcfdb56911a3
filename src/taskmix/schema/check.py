"""Check a frame against its schema and name every fault at once."""

from functools import cache
from typing import Any

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
    if _fits(frame, model):
        return frame
    try:
        return model.validate(frame, lazy=True)
    except SchemaErrors as error:
        raise SchemaError(f"{where}: {_describe(error.failure_cases)}") from error


def _fits(frame: pd.DataFrame, model: Any) -> bool:
    """Tell whether a frame is faultless, without the report that pandera prepares of each column.

    That report costs 50 ms for a task log of any length. Where this is false, pandera decides.
    """
    schema, dtypes = model.to_schema(), tuple(map(str, frame.dtypes))
    # Of objects only their values tell whether they are text.
    if "object" in dtypes or not frame.columns.is_unique:
        return False
    if not _is_shaped(model, tuple(map(str, frame.columns)), dtypes):
        return False
    return all(_column_fits(frame[name], told) for name, told in schema.columns.items()) and all(
        check(frame).check_passed for check in schema.checks
    )


@cache
def _is_shaped(model: Any, columns: tuple[str, ...], dtypes: tuple[str, ...]) -> bool:
    """Ask pandera of names, order and dtypes, once for all frames that have the same."""
    empty = {at: pd.Series(dtype=dtype) for at, dtype in enumerate(dtypes)}
    try:
        model.validate(pd.DataFrame(empty).set_axis(list(columns), axis="columns"), lazy=True)
    except SchemaErrors:
        return False
    return True


def _column_fits(column: pd.Series, told: pa.Column) -> bool:
    if (not told.nullable and column.hasnans) or (told.unique and not column.is_unique):
        return False
    # Checks leave missing values out; a column may hold nothing else.
    return (
        not told.checks
        or not column.count()
        or all(check(column).check_passed for check in told.checks)
    )


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
