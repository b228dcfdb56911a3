"""What is wrong with a record: the checks that are the same for every tool."""

import json

import pandas as pd

from taskmix.ingest.protocol import Fault
from taskmix.ingest.texts import nothing
from taskmix.schema import CLOCK_SLACK_HOURS
from taskmix.settings import Settings
from taskmix.taxonomy import PERFORMERS, AiMode, Oversight, TermKind, Wish, parse_terms

_EARLIEST, _LATEST = pd.Timestamp("1970-01-01"), pd.Timestamp("2100-01-01")
_TERMS: dict[str, TermKind] = {
    "performer": "performer", "ai_mode": "ai_mode", "oversight": "oversight", "wish": "wish",
    "tag": "category",
}  # fmt: skip
_TOLD = ("reason", "detail", "record")
_TAG_CURE = 'add it to [tags] in taskmix.toml, such as "…" = "creative" or "untagged"'
_KNOWN: dict[str, tuple[str, ...]] = {
    "performer": PERFORMERS, "ai_mode": tuple(AiMode), "oversight": tuple(Oversight),
    "wish": tuple(Wish),
}  # fmt: skip


def with_terms(rows: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, list[Fault]]:
    """Parse the spellings of categories, performers and the like; unknown ones are faults."""
    faults = []
    parsed = {}
    for column, kind in _TERMS.items():
        found = rows[column]
        extra = settings.tags if column == "tag" else None
        parsed[column], unknown = parse_terms(found, kind, extra=extra)
        if unknown.any():
            ends = f"is no known {column}; {_cure(column)}"
            detail = "'" + found.str.slice(0, 60) + "' " + ends
            faults.append(Fault(unknown, f"unknown_{column}", detail))
    return rows.assign(**parsed), faults


def _cure(column: str) -> str:
    if column == "tag":
        return _TAG_CURE
    return f"write {', '.join(_KNOWN[column])} in the file, or map another column"


def row_faults(rows: pd.DataFrame) -> list[Fault]:
    """Find impossible times, durations and days."""
    clock = (rows["ended_at"] - rows["started_at"]).dt.total_seconds() / 3600
    day, last = rows["local_date"], rows["local_end_date"].fillna(rows["local_date"])
    hours = rows["hours"]
    too_long = hours > clock + CLOCK_SLACK_HOURS
    return [
        Fault(day.isna(), "no_date", "the record has no date; name one, or columns to fall back on "
              "(without_start)"),
        Fault((day < _EARLIEST) | (last >= _LATEST), "date_out_of_range",
              "the date lies outside 1970–2099; check date_format"),
        Fault(clock < 0, "ends_before_start", "the entry ends before it starts"),
        Fault(hours <= 0, "hours_not_positive", "the duration is zero or negative"),
        Fault(hours == float("inf"), "hours_unreadable", "the duration is not finite"),
        Fault(too_long, "hours_exceed_clock",
              "the duration is longer than the time from start to end"),
        Fault(rows["person"].isna(), "no_person", "the record names no person"),
    ]  # fmt: skip


def id_faults(rows: pd.DataFrame) -> list[Fault]:
    """Find records without their lasting id, and two records that share one."""
    ids = rows["task_id"]
    again = rows[ids.duplicated(keep=False) & ids.notna()]
    texts = again.drop(columns=["task_id", "record"]).astype("str").to_numpy().tolist()
    content = pd.Series(["\x1f".join(map(str, cells)) for cells in texts], again.index, dtype="str")
    differs = content != content.groupby(again["task_id"]).transform("first")
    return [
        Fault(ids.isna(), "no_id", "the record has no id although the mapping names one"),
        Fault(differs.reindex(rows.index, fill_value=False), "duplicate_id",
              "another record of the file has the same id and other content; is the id one a "
              "task, or one a task and person?"),
    ]  # fmt: skip


def by_record(faults: list[Fault], record: pd.Series) -> list[Fault]:
    """Bring faults of rows to the records they are of; a record's first faulty row tells why."""
    faults = [fault for fault in faults if fault.rows.any()]
    if record.is_unique:
        return [
            Fault(_at_records(f.rows, record), f.reason, f.detail if isinstance(f.detail, str)
                  else _at_records(f.detail, record)) for f in faults
        ]  # fmt: skip
    raised = []
    for fault in faults:
        bad = fault.rows[fault.rows].index
        firsts = record.loc[bad].drop_duplicates()
        flags = pd.Series(True, index=pd.Index(firsts.to_numpy()), dtype="bool")
        detail = fault.detail
        if not isinstance(detail, str):
            detail = detail.reindex(firsts.index).set_axis(flags.index)
        raised.append(Fault(flags, fault.reason, detail))
    return raised


def _at_records(column: pd.Series, record: pd.Series) -> pd.Series:
    return column.set_axis(record.reindex(column.index).to_numpy())


def first_faults(faults: list[Fault], records: pd.DataFrame) -> pd.DataFrame:
    """Say of each faulty record the first fault: ``reason``, ``detail``, ``record`` as JSON."""
    faults = [fault for fault in faults if fault.rows.any()]
    if not faults:
        return pd.DataFrame(dict.fromkeys(_TOLD, nothing(records.index[:0])))
    reason = nothing(records.index)
    detail = reason.copy()
    for fault in faults:
        new = fault.rows.reindex(records.index, fill_value=False).astype("bool") & reason.isna()
        reason = reason.mask(new, fault.reason)
        if isinstance(fault.detail, str):
            detail = detail.mask(new, fault.detail)
        else:
            detail = detail.mask(new, fault.detail.reindex(records.index))
    bad = reason.notna()
    texts = [
        # Empty cells too: the record is exported under its whole header to be corrected.
        json.dumps(
            {k: v if isinstance(v, str) else "" for k, v in record.items()}, ensure_ascii=False
        )
        for record in records[bad].to_dict("records")
    ]
    told = dict(zip(_TOLD, (reason[bad], detail[bad], texts), strict=True))
    return pd.DataFrame(told, index=records.index[bad]).astype("str")
