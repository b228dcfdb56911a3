"""From a reader's draft to the task log: people, spellings, checks, keys, days.

The same for every tool.
"""

from dataclasses import dataclass

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.ingest.checks import by_record, first_faults, id_faults, row_faults, with_terms
from taskmix.ingest.days import count_overlaps, home_zone, split_at_midnight, with_local_days
from taskmix.ingest.forgotten import forgotten_records, mask_refused
from taskmix.ingest.keys import native_task_ids, natural_task_ids, refusal_ids
from taskmix.ingest.labels import with_categories, with_performers
from taskmix.ingest.people import Who, own_names, with_people
from taskmix.ingest.protocol import TEXT_COLUMNS, Draft, Reader, Replaces
from taskmix.ingest.texts import nothing, without_control_characters
from taskmix.schema import TASK_COLUMNS, TaskLog, check_frame
from taskmix.settings import Settings

#: A column that `taskmix quarantine --export` adds: which refused record this one corrects.
CORRECTS = "taskmix_refusal"
_INSTANT, _DAY = "datetime64[us, UTC]", "datetime64[us]"
_READ_TYPES = {
    "started_at": _INSTANT, "ended_at": _INSTANT, "local_date": _DAY, "local_end_date": _DAY,
    "hours": "float64",
}  # fmt: skip


@dataclass(frozen=True)
class Settled:
    """A file's records, each in exactly one of three places.

    Attributes
    ----------
    log : pandas.DataFrame
        `TaskLog` rows and ``logged_as``. Index: record number; a record that stands for several
        tasks, or ran over midnight, has several rows.
    refused : pandas.DataFrame
        Index: record number; columns ``reason``, ``detail``, ``record`` (JSON), ``refusal``,
        ``task_id``, ``logged_as``, ``day``.
    skipped : dict of int to str
        Record number → reason.
    notes : dict of str to int
        What was noticed without refusing a row.
    names : set of str
        Every pseudonym that the people of the file may be logged as.
    n_tasks : int
        Tasks of the accepted records, before entries are split at midnight.
    corrects : dict of str to list of str
        Refused records that accepted ones correct → the tasks they became.
    replaces : {"days", "instants", "project", "nothing"}
        What the file speaks for; see `taskmix.ingest.Draft`.
    """

    log: pd.DataFrame
    refused: pd.DataFrame
    skipped: dict[int, str]
    notes: dict[str, int]
    names: set[str]
    n_tasks: int
    corrects: dict[str, list[str]]
    replaces: Replaces


def settle(draft: Draft, *, reader: Reader, settings: Settings, who: Who, where: str) -> Settled:
    """Parse spellings, check every row and give it its person, key and days.

    Raises
    ------
    ReaderError
        If the file names no person at all, or two in a personal workspace; or the reader
        handed over other records than it numbered.
    """
    rows = _all_columns(draft, reader, where)
    out = forgotten_records(rows, who=who, reader=reader, settings=settings)
    if out:
        rows = rows[~rows["record"].isin(list(out))].reset_index(drop=True)
    skipped = {**draft.skipped, **out}
    rows, people_notes = with_people(rows, who=who, reader=reader, settings=settings, where=where)
    raw_tag = rows["tag"]
    rows, term_faults = with_terms(rows, settings)
    rows, tag_notes = with_categories(rows, reader=reader, settings=settings)
    rows, performer_notes = with_performers(rows, raw_tag, reader=reader, settings=settings)
    rows, time_notes = _with_hours(rows)
    lasting = reader.lasting_ids if draft.lasting_ids is None else draft.lasting_ids
    source = reader.source
    ids = native_task_ids(source, rows["id"]) if lasting else natural_task_ids(source, rows)
    rows = rows.assign(task_id=ids)
    faults = [*term_faults, *row_faults(rows), *(id_faults(rows) if lasting else [])]
    record = rows["record"]
    faults = [*draft.faults, *by_record(faults, record)]
    records = draft.records.drop(index=list(skipped)) if skipped else draft.records
    refused = first_faults(faults, records)
    good = rows[~record.isin(refused.index)] if len(refused) else rows
    # The same record twice under one lasting id is one task; `ingest` counts it as unchanged.
    good = with_local_days(good, home=home_zone(reader, settings))
    log, n_split = split_at_midnight(good)
    log = _as_task_log(log, source)
    check_frame(_once(log)[list(TASK_COLUMNS)], TaskLog, where=where)
    day_notes = {
        "entries over midnight, split by day": n_split,
        "entries that overlap another of the same person": count_overlaps(_once(good)),
    }
    corrects = _corrections(draft.records, log)
    replaces: Replaces = draft.replaces or ("nothing" if lasting else "days")
    return Settled(
        log=log,
        refused=mask_refused(
            _known_of(refused, rows, draft.records, source, lasting=lasting), who.forgotten
        ),
        skipped=skipped,
        notes={
            **draft.notes, **people_notes, **tag_notes, **performer_notes, **time_notes,
            **{note: count for note, count in day_notes.items() if count},
        },
        names=own_names(good, who),
        n_tasks=len(good),
        corrects=corrects,
        # A file of corrected records is no whole export: what it lacks is not gone.
        replaces="nothing" if CORRECTS in draft.records else replaces,
    )  # fmt: skip


def _all_columns(draft: Draft, reader: Reader, where: str) -> pd.DataFrame:
    """Give the draft every column in one dtype, without what the reader skipped.

    Returns
    -------
    pandas.DataFrame
        Index 0 … n-1, which no fault or label can confuse; ``record`` is the record number.
    """
    numbers = draft.records.index
    if not (
        numbers.is_unique
        and draft.rows.index.unique().sort_values().equals(numbers.sort_values())
        and set(draft.skipped) <= set(numbers)
    ):
        raise ReaderError(
            f"{where}: reader {reader.name!r} lost count of its records; rows, records and "
            "skipped must have the same record numbers. Report this to the reader's author"
        )
    kept = draft.rows
    if draft.skipped:
        kept = kept[~kept.index.isin(list(draft.skipped))]
    texts = without_control_characters({c: kept[c] for c in TEXT_COLUMNS if c in kept})
    empty = nothing(kept.index)
    read = {
        column: kept[column].astype(dtype) if column in kept
        else pd.Series(None, index=kept.index, dtype=dtype)
        for column, dtype in _READ_TYPES.items()
    }  # fmt: skip
    columns = {
        **dict(kept.items()), **{c: texts.get(c, empty) for c in TEXT_COLUMNS}, **read
    }  # fmt: skip
    rows = pd.DataFrame({name: column.array for name, column in columns.items()})
    return rows.assign(record=kept.index.to_numpy())


def _with_hours(rows: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, int]]:
    clock = (rows["ended_at"] - rows["started_at"]).dt.total_seconds() / 3600
    # Where two clock times tell the order, an entry that ends before it starts is refused.
    backwards = ~(clock < 0) & (rows["local_end_date"] < rows["local_date"])
    settled = rows.assign(
        hours=rows["hours"].fillna(clock), local_end_date=rows["local_end_date"].mask(backwards)
    )
    note = "completed before it started: the end is left out"
    return settled, {note: int(backwards.sum())} if backwards.any() else {}


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    again = rows["task_id"].duplicated()
    return rows[~again] if again.any() else rows


def _as_task_log(rows: pd.DataFrame, source: str) -> pd.DataFrame:
    log = rows.set_index(rows["record"].rename("row"))
    log["source"] = pd.Series(source, index=log.index, dtype="str")
    log["parent_id"] = native_task_ids(source, log["parent_id"])
    return log[[*TASK_COLUMNS, "logged_as"]]


def _known_of(
    refused: pd.DataFrame, rows: pd.DataFrame, records: pd.DataFrame, source: str, *, lasting: bool
) -> pd.DataFrame:
    """Add what is known of a refused record, by which a corrected one can be told."""
    if refused.empty:
        none, no_day = nothing(refused.index), pd.Series(index=refused.index, dtype=_DAY)
        known = {"refusal": none, "task_id": none, "logged_as": none, "day": no_day}
        return pd.DataFrame({**dict(refused.items()), **known}, index=refused.index)
    firsts = rows.drop_duplicates("record").set_index("record").reindex(refused.index)
    refusal = refusal_ids(source, refused["record"])
    if CORRECTS in records:
        # A correction that is refused again takes the place of what it was to correct.
        refusal = records.loc[refused.index, CORRECTS].fillna(refusal)
    return refused.assign(
        refusal=refusal,
        task_id=firsts["task_id"] if lasting else nothing(refused.index),
        logged_as=firsts["logged_as"],
        day=firsts["local_date"],
    )


def _corrections(records: pd.DataFrame, log: pd.DataFrame) -> dict[str, list[str]]:
    if CORRECTS not in records:
        return {}
    refusal = records[CORRECTS].reindex(log.index).to_numpy()
    tasks = log["task_id"].groupby(refusal).agg(list)
    return {str(name).strip(): ids for name, ids in tasks.items()}
