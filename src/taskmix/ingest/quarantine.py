"""Show refused records and hand them out to be corrected."""

import json
from pathlib import Path

import pandas as pd

from taskmix.errors import StoreError
from taskmix.ingest.settle import CORRECTS
from taskmix.settings import Settings
from taskmix.store import read_table

_SHOWN = ("taskmix_reason", "taskmix_detail")
#: Their files are no tables: a corrected record comes back with the next export alone.
_NO_TABLES = ("ics", "timewarrior")


def list_refusals(settings: Settings, *, reason: str | None = None) -> pd.DataFrame:
    """List refused records, by reason, file and row.

    Returns
    -------
    pandas.DataFrame
        See `taskmix.schema.Quarantine`.

    Raises
    ------
    StoreError
        If nothing was refused for this reason.
    """
    refused = read_table(settings.processed, "quarantine")
    known = sorted(refused["reason"].unique())
    if reason is not None and reason not in known:
        raise StoreError(f"nothing is refused as {reason[:40]!r}; reasons: {', '.join(known)}")
    kept = refused if reason is None else refused[refused["reason"] == reason]
    return kept.sort_values(["reason", "file", "row"], ignore_index=True)


def export_refusals(settings: Settings, folder: Path, *, reason: str | None = None) -> list[Path]:
    """Write refused records as their tool wrote them, one CSV a file, to be corrected.

    A column `CORRECTS` says which record each row is; ingesting the corrected file takes it
    out of the quarantine. The columns after it say why it was refused. Records of calendars and
    Timewarrior are no tables: they are corrected in the tool and come with its next export.

    Raises
    ------
    StoreError
        If a file of that name exists (it may hold corrections), or the folder cannot be written.
    """
    refused = list_refusals(settings, reason=reason)
    ledger = read_table(settings.processed, "runs")
    readers = ledger.drop_duplicates("file", keep="last").set_index("file")["reader"]
    refused = refused[~refused["file"].map(readers).isin(_NO_TABLES)]
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        targets = {name: folder / f"{Path(str(name)).stem}_refused.csv"
                   for name in refused["file"].unique()}  # fmt: skip
        for path in targets.values():
            if path.exists():
                raise StoreError(
                    f"{path}: is there already and may hold corrections; ingest it, or move it away"
                )
        for name, rows in refused.groupby("file"):
            mapping = settings.mapping.get(str(readers.get(name)))
            path = targets[name]
            path.touch(mode=0o600)
            _records(rows.sort_values("row")).to_csv(
                path,
                index=False,
                sep=mapping.delimiter if mapping else ",",
                encoding=mapping.encoding if mapping else "utf-8",
                errors="replace",
            )
            written.append(path)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written ({error.strerror})") from error
    return written


def reader_of(settings: Settings, file: str) -> str | None:
    """Name the reader that a file was read by; None where its records are no table."""
    ledger = read_table(settings.processed, "runs")
    named = ledger.loc[ledger["file"] == file, "reader"]
    return None if named.empty or named.iloc[-1] in _NO_TABLES else str(named.iloc[-1])


def _records(rows: pd.DataFrame) -> pd.DataFrame:
    records = pd.DataFrame([json.loads(text) for text in rows["record"]], index=rows.index)
    records = records.drop(columns=[*_SHOWN, CORRECTS], errors="ignore")
    told = {_SHOWN[0]: rows["reason"], _SHOWN[1]: rows["detail"]}
    return records.assign(**{CORRECTS: rows["refusal"], **told})
