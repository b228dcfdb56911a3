"""Keep those out whom the workspace forgot, whatever files still name them."""

import json

import pandas as pd

from taskmix.identity import Tombstones
from taskmix.ingest.people import Who
from taskmix.ingest.protocol import Reader
from taskmix.settings import Settings

#: Why such a record is skipped.
FORGOTTEN = "forgotten"


def forgotten_records(
    rows: pd.DataFrame, *, who: Who, reader: Reader, settings: Settings
) -> dict[int, str]:
    """Find the records of people who were forgotten, by any of their names.

    Parameters
    ----------
    rows : pandas.DataFrame
        A draft's rows with ``record``, ``person`` and ``person_also``, as the file names them.

    Returns
    -------
    dict of int to str
        Record number → `FORGOTTEN`.
    """
    if not who.forgotten:
        return {}
    named, also = (
        rows["person"].fillna(settings.options_of(reader.name).person),
        rows["person_also"],
    )
    known = who.roster.identify(named, also)
    # Whom the roster knows by the first name is not another one who shared the second.
    hidden = _covered(known, who) | (known.isna() & (_covered(named, who) | _covered(also, who)))
    return dict.fromkeys(rows.loc[hidden, "record"], FORGOTTEN)


def mask_refused(refused: pd.DataFrame, forgotten: Tombstones) -> pd.DataFrame:
    """Write a mark for the names of forgotten people into records that are kept as text.

    Parameters
    ----------
    refused : pandas.DataFrame
        With ``detail`` and ``record`` (JSON). Is not changed.

    Returns
    -------
    pandas.DataFrame
        The columns' names in ``record`` stay as they are.
    """
    if not forgotten or refused.empty:
        return refused
    detail = refused["detail"].map(forgotten.mask, na_action="ignore")
    record = [_masked_cells(text, forgotten) for text in refused["record"]]
    return refused.assign(detail=detail, record=record).astype({"detail": "str", "record": "str"})


def _covered(names: pd.Series, who: Who) -> pd.Series:
    hidden = {name for name in names.dropna().unique() if who.forgotten.covers(name)}
    return names.isin(hidden)


def _masked_cells(record: str, forgotten: Tombstones) -> str:
    cells = {column: forgotten.mask(cell) for column, cell in json.loads(record).items()}
    return json.dumps(cells, ensure_ascii=False)
