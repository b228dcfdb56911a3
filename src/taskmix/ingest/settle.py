"""From a reader's draft to the task log: spellings, checks, keys. The same for every tool."""

import json
from dataclasses import dataclass

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.keys import native_task_ids, natural_task_ids
from taskmix.ingest.protocol import TEXT_COLUMNS, Draft, Fault, Reader
from taskmix.ingest.texttable import plain_text
from taskmix.schema import CLOCK_SLACK_HOURS, TASK_COLUMNS, TaskLog, check_frame
from taskmix.settings import Settings
from taskmix.taxonomy import PERFORMERS, AiMode, Oversight, TermKind, Wish, parse_terms

UNASSIGNED = "unassigned"
#: The only person of a personal log whose tool does not name them.
ME = "me"
_EARLIEST, _LATEST = pd.Timestamp("1970-01-01"), pd.Timestamp("2100-01-01")
_TERMS: dict[str, TermKind] = {
    "performer": "performer", "ai_mode": "ai_mode", "oversight": "oversight", "wish": "wish",
    "tag": "category",
}  # fmt: skip
_INSTANT, _DAY = "datetime64[us, UTC]", "datetime64[us]"
_READ_TYPES = {
    "started_at": _INSTANT, "ended_at": _INSTANT, "local_date": _DAY, "local_end_date": _DAY,
    "hours": "float64",
}  # fmt: skip
_TAG_CURE = 'add it to [tags] in taskmix.toml, such as "…" = "creative" or "untagged"'
_KNOWN: dict[str, tuple[str, ...]] = {
    "performer": PERFORMERS, "ai_mode": tuple(AiMode), "oversight": tuple(Oversight),
    "wish": tuple(Wish),
}  # fmt: skip


@dataclass(frozen=True)
class Settled:
    """A file's records, each in exactly one of three places.

    Attributes
    ----------
    log : pandas.DataFrame
        `TaskLog` rows; index: record number.
    refused : pandas.DataFrame
        Index: record number; columns ``reason``, ``detail``, ``record`` (JSON).
    skipped : dict of int to str
        Record number → reason.
    notes : dict of str to int
        What was noticed without refusing a row.
    """

    log: pd.DataFrame
    refused: pd.DataFrame
    skipped: dict[int, str]
    notes: dict[str, int]


def settle(draft: Draft, *, reader: Reader, settings: Settings, where: str) -> Settled:
    """Parse spellings, check every row and give it its key.

    Raises
    ------
    ReaderError
        If the file names no person at all and the workspace is not personal, or the reader
        handed over other records than it numbered.
    """
    rows = _all_columns(draft, reader, where)
    notes = dict(draft.notes)
    _refuse_nameless(rows, settings, where)
    if settings.workspace.personal:
        rows["person"] = rows["person"].fillna(ME)
    rows, term_faults = _with_terms(rows, settings)
    rows, tag_notes = _with_labels(rows, reader, settings)
    rows, time_notes = _with_times(rows)
    faults = [*draft.faults, *term_faults, *_row_faults(rows)]
    rows["task_id"] = (
        native_task_ids(reader.source, rows["id"])
        if reader.lasting_ids
        else natural_task_ids(reader.source, rows)
    )
    faults += _id_faults(rows, reader)
    refused = _first_faults(faults, draft.records.loc[rows.index])
    log = rows.drop(index=refused.index)
    # The same record twice under one lasting id is one task; `ingest` counts it as unchanged.
    log = _as_task_log(log, reader.source)
    check_frame(log.drop_duplicates("task_id"), TaskLog, where=where)
    return Settled(log, refused, dict(draft.skipped), {**notes, **tag_notes, **time_notes})


def _all_columns(draft: Draft, reader: Reader, where: str) -> pd.DataFrame:
    """Give the draft every column in one dtype, without what the reader skipped."""
    index = draft.records.index
    if not (draft.rows.index.equals(index) and index.is_unique) or set(draft.skipped) - set(index):
        raise ReaderError(
            f"{where}: reader {reader.name!r} lost count of its records; rows, records and "
            "skipped must have the same record numbers. Report this to the reader's author"
        )
    rows = draft.rows.drop(index=list(draft.skipped)).copy()
    for column in TEXT_COLUMNS:
        rows[column] = _clean(rows[column]) if column in rows else _nothing(rows.index)
    for column, dtype in _READ_TYPES.items():
        rows[column] = (
            rows[column].astype(dtype)
            if column in rows
            else pd.Series(None, index=rows.index, dtype=dtype)
        )
    return rows


def _refuse_nameless(rows: pd.DataFrame, settings: Settings, where: str) -> None:
    if len(rows) and rows["person"].isna().all() and not settings.workspace.personal:
        raise ReaderError(
            f"{where}: the file names no person. Map a column to person, set "
            'constants = {person = "…"} in its [mapping], or make the workspace a personal one '
            "([workspace] personal = true)"
        )


def _with_terms(rows: pd.DataFrame, settings: Settings) -> tuple[pd.DataFrame, list[Fault]]:
    faults = []
    for column, kind in _TERMS.items():
        found = rows[column]
        extra = settings.tags if column == "tag" else None
        rows[column], unknown = parse_terms(found, kind, extra=extra)
        if unknown.any():
            ends = f"is no known {column}; {_cure(column)}"
            detail = "'" + found.str.slice(0, 60) + "' " + ends
            faults.append(Fault(unknown, f"unknown_{column}", detail))
    rows["performer"] = rows["performer"].fillna("unknown")
    return rows, faults


def _cure(column: str) -> str:
    if column == "tag":
        return _TAG_CURE
    return f"write {', '.join(_KNOWN[column])} in the file, or map another column"


def _with_labels(
    rows: pd.DataFrame, reader: Reader, settings: Settings
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Take the category from labels that ``[tags]`` names; disagreeing labels give none."""
    if rows["labels"].isna().all():
        return rows, {}
    separator = getattr(getattr(reader, "mapping", None), "label_separator", ",")
    meanings = {spelling.strip().casefold(): meaning for spelling, meaning in settings.tags.items()}

    def category(labels: str) -> str | None:
        named = {meanings.get(label.strip().casefold()) for label in labels.split(separator)}
        named -= {None, "untagged"}
        return "|".join(sorted(map(str, named))) or None

    by_text = {text: category(text) for text in rows["labels"].dropna().unique()}
    found = rows["labels"].map(by_text).astype("str")
    several = found.str.contains("|", regex=False, na=False)
    rows["tag"] = rows["tag"].fillna(found.mask(several))
    notes = _unnamed_labels(rows["labels"], separator, set(meanings))
    if several.any():
        notes["several categories among the labels: left untagged"] = int(several.sum())
    return rows, notes


def _unnamed_labels(labels: pd.Series, separator: str, known: set[str]) -> dict[str, int]:
    """Count the most frequent labels that ``[tags]`` does not name: some may mean a category."""
    each = labels.dropna().str.split(separator, regex=False).explode().str.strip()
    counts = each[~each.str.casefold().isin(known) & (each != "")].value_counts()
    return {f"label {name!r} is not in [tags]": int(n) for name, n in counts.head(5).items()}


def _with_times(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    clock = (rows["ended_at"] - rows["started_at"]).dt.total_seconds() / 3600
    rows["hours"] = rows["hours"].fillna(clock)
    # Where two clock times tell the order, an entry that ends before it starts is refused.
    backwards = ~(clock < 0) & (rows["local_end_date"] < rows["local_date"])
    rows["local_end_date"] = rows["local_end_date"].mask(backwards)
    note = "completed before it started: the end is left out"
    return rows, {note: int(backwards.sum())} if backwards.any() else {}


def _row_faults(rows: pd.DataFrame) -> list[Fault]:
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


def _id_faults(rows: pd.DataFrame, reader: Reader) -> list[Fault]:
    if not reader.lasting_ids:
        return []
    ids = rows["task_id"]
    again = rows[ids.duplicated(keep=False) & ids.notna()]
    texts = again.drop(columns=["task_id"]).astype("str").to_numpy().tolist()
    content = pd.Series(["\x1f".join(map(str, cells)) for cells in texts], again.index, dtype="str")
    differs = content != content.groupby(again["task_id"]).transform("first")
    return [
        Fault(ids.isna(), "no_id", "the record has no id although the mapping names one"),
        Fault(differs.reindex(rows.index, fill_value=False), "duplicate_id",
              "another record of the file has the same id and other content; is the id one a "
              "task, or one a task and person?"),
    ]  # fmt: skip


def _first_faults(faults: list[Fault], records: pd.DataFrame) -> pd.DataFrame:
    reason = _nothing(records.index)
    detail = _nothing(records.index)
    for fault in faults:
        new = fault.rows.reindex(records.index, fill_value=False).astype("bool") & reason.isna()
        reason = reason.mask(new, fault.reason)
        if isinstance(fault.detail, str):
            detail = detail.mask(new, fault.detail)
        else:
            detail = detail.mask(new, fault.detail.reindex(records.index))
    bad = reason.notna()
    texts = [
        json.dumps({k: v for k, v in record.items() if isinstance(v, str)}, ensure_ascii=False)
        for record in records[bad].to_dict("records")
    ]
    return pd.DataFrame(
        {"reason": reason[bad], "detail": detail[bad], "record": texts}, index=records.index[bad]
    ).astype("str")


def _as_task_log(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    log = rows.copy()
    log["source"] = pd.Series(source, index=log.index, dtype="str")
    for column in ("team", "department"):
        log[column] = log[column].fillna(UNASSIGNED)
    log["parent_id"] = native_task_ids(source, log["parent_id"])
    return log[list(TASK_COLUMNS)]


def _clean(text: pd.Series) -> pd.Series:
    """Turn control characters into blanks; everything else a person wrote is kept."""
    try:
        clean = text.astype("str")
    except UnicodeEncodeError:
        clean = text.map(lambda cell: plain_text(str(cell)), na_action="ignore").astype("str")
    clean = clean.str.replace(r"[\x00-\x1f\x7f]+", " ", regex=True).str.strip()
    return clean.mask(clean == "")


def _nothing(index: pd.Index) -> pd.Series:
    return pd.Series(pd.NA, index=index, dtype="str")
