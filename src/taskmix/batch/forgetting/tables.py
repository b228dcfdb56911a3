"""Take a person out of every table: their rows, and their pseudonym in other people's."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa

from taskmix.batch.forgetting.traces import Purpose, is_of
from taskmix.identity import name_key, split_names
from taskmix.ingest.forgotten import mask_refused
from taskmix.ingest.keys import row_digests
from taskmix.store import TABLES, merge_rows, open_table, read_table
from taskmix.store.purging import purge_history, rewrite_table, rows_by_key

_JOIN = "; "
_NAMING = ("tagger", "collaborators")
#: The tasks come last: by them everything else is found again if the run is cut off.
_ORDER = ("quarantine", "runs", "tags", "draws", "sorted", "releases", "tasks")


@dataclass(frozen=True)
class TableChange:
    """What is to be changed in one table.

    Attributes
    ----------
    name : str
    removed : int
        Rows that go.
    edited : int
        Other people's rows that lose a pseudonym or a name.
    keys : list of str
        The keys of the rows that go, where the table has a key.
    rows : pandas.DataFrame
        The edited rows, or where the table has no key all that stay.
    """

    name: str
    removed: int
    edited: int
    keys: list[str] = field(default_factory=list)
    rows: pd.DataFrame = field(default_factory=pd.DataFrame)


def plan_tables(purpose: Purpose) -> list[TableChange]:
    """Find what is to be changed in each table that exists, in the order in which it is done.

    Raises
    ------
    StoreError
        If a table is damaged.
    """
    processed = purpose.settings.processed
    names = [name for name in _ORDER if name in TABLES and open_table(processed, name) is not None]
    return [_PLANS[name](purpose) for name in names]


def change_table(
    purpose: Purpose, change: TableChange, *, run_id: str, noted: dict[str, str]
) -> int | None:
    """Write one table without the person, and purge what it was before.

    Returns
    -------
    int or None
        The version that is left.
    """
    processed = purpose.settings.processed
    if TABLES[change.name].key is not None:
        merge_rows(
            processed, change.name, changed=change.rows, removed=change.keys, run_id=run_id,
            noted=noted,
        )  # fmt: skip
    else:
        rewrite_table(processed, change.name, change.rows, run_id=run_id, noted=noted)
    return purge_history(processed, change.name)


def _plan_tasks(purpose: Purpose) -> TableChange:
    processed = purpose.settings.processed
    columns = ["task_id", "person", "logged_as", "file", *_NAMING]
    log = read_table(processed, "tasks", columns=columns)
    own = is_of(log, purpose.person)
    others = log[~own]
    names = {file: purpose.forgotten.mask(file) for file in others["file"].dropna().unique()}
    differs = others["file"].map(names).fillna("") != others["file"].fillna("")
    for column in _NAMING:
        differs |= _without(others[column], purpose).fillna("") != others[column].fillna("")
    rows = rows_by_key(processed, "tasks", others.loc[differs, "task_id"].tolist())
    rows = rows.assign(
        file=rows["file"].map(names).astype("str"),
        **{column: _without(rows[column], purpose) for column in _NAMING},
    )
    # As the next ingest will make them, so that it finds these rows unchanged.
    rows["digest"] = row_digests(rows)
    return TableChange(
        "tasks", int(own.sum()), len(rows), keys=log.loc[own, "task_id"].tolist(), rows=rows
    )


def _plan_by_task(name: str) -> Callable[[Purpose], TableChange]:
    table = TABLES[name]
    key, tagged = table.key, "tagger" in table.fields.names
    asked = None if key is None else list(dict.fromkeys([key, "task_id", *["tagger"] * tagged]))

    def plan(purpose: Purpose) -> TableChange:
        rows = read_table(purpose.settings.processed, name, columns=asked)
        gone = rows["task_id"].isin(purpose.traces.task_ids)
        if tagged:
            gone |= rows["tagger"].isin(purpose.person.pseudonyms)
        if key is None:
            return TableChange(name, int(gone.sum()), 0, rows=rows[~gone])
        none = pd.DataFrame(columns=table.fields.names)
        return TableChange(name, int(gone.sum()), 0, keys=rows.loc[gone, key].tolist(), rows=none)

    return plan


def _plan_quarantine(purpose: Purpose) -> TableChange:
    rows = read_table(purpose.settings.processed, "quarantine")
    names = {name_key(name) for name in purpose.person.names}
    unnamed = rows["logged_as"].isna()
    gone = (
        rows["logged_as"].isin(purpose.person.pseudonyms)
        | rows["task_id"].isin(purpose.traces.task_ids)
        | rows["refusal"].isin(purpose.traces.refusals)
        | (unnamed & rows["record"].map(lambda text: _names_one_of(text, names)).astype("bool"))
    )
    kept = rows[~gone]
    masked = mask_refused(kept, purpose.forgotten)
    masked = masked.assign(file=_masked(masked["file"], purpose))
    return TableChange("quarantine", int(gone.sum()), _n_changed(kept, masked), rows=masked)


def _plan_runs(purpose: Purpose) -> TableChange:
    rows = read_table(purpose.settings.processed, "runs")
    notes = [
        _without_notes(text, purpose, is_theirs=file in purpose.traces.files)
        for text, file in zip(rows["notes"], rows["file"], strict=True)
    ]
    masked = rows.assign(
        file=_masked(rows["file"], purpose), notes=pd.Series(notes, index=rows.index, dtype="str")
    )
    return TableChange("runs", 0, _n_changed(rows, masked), rows=masked)


def _plan_releases(purpose: Purpose) -> TableChange:
    """Put a mark in the person's place, so that who was published is still counted.

    Without it a page made anew would pass for one of the same people, and subtracting it from the
    published one would tell what the person logged.
    """
    rows = read_table(purpose.settings.processed, "releases")
    lists = [f.name for f in TABLES["releases"].fields if pa.types.is_list(f.type)]
    own = set(purpose.person.pseudonyms)
    edited = pd.Series(False, index=rows.index)
    for column in lists:
        members = [[] if held is None else list(held) for held in rows[column]]
        edited |= pd.Series([not own.isdisjoint(held) for held in members], index=rows.index)
        marked = [sorted(purpose.mark(m) if m in own else m for m in held) for held in members]
        rows[column] = pd.Series(marked, index=rows.index, dtype="object")
    return TableChange("releases", 0, int(edited.sum()), rows=rows)


def _without(names: pd.Series, purpose: Purpose) -> pd.Series:
    """Leave the person out of a column that joins several pseudonyms."""
    own = set(purpose.person.pseudonyms)

    def left(text: str) -> str | None:
        people = split_names(text)
        return text if own.isdisjoint(people) else _JOIN.join(p for p in people if p not in own)

    made = {text: left(text) or None for text in names.dropna().unique()}
    return names.map(made).astype("str")


def _masked(texts: pd.Series, purpose: Purpose) -> pd.Series:
    made = {text: purpose.forgotten.mask(text) for text in texts.dropna().unique()}
    return texts.map(made).astype("str")


def _without_notes(text: str, purpose: Purpose, *, is_theirs: bool) -> str:
    """Leave out what was noticed in their files, for it quotes labels, and their tasks' ids."""
    said: dict[str, Any] = json.loads(text)
    notes = {} if is_theirs else said.get("notes", {})
    kept = {
        refusal: left
        for refusal, ids in said.get("corrects", {}).items()
        if (left := [one for one in ids if one not in purpose.traces.task_ids])
    }
    new = {
        **said,
        "notes": {purpose.forgotten.mask(note): count for note, count in notes.items()},
        "corrects": kept,
    }
    return text if new == {"notes": {}, "corrects": {}, **said} else json.dumps(new)


def _names_one_of(record: str, names: set[str]) -> bool:
    return any(name_key(str(cell)) in names for cell in json.loads(record).values())


def _n_changed(before: pd.DataFrame, after: pd.DataFrame) -> int:
    text = [column for column in before if column in ("file", "record", "detail", "notes")]
    return int((before[text].fillna("") != after[text].fillna("")).any(axis=1).sum())


_PLANS: dict[str, Callable[[Purpose], TableChange]] = {
    "quarantine": _plan_quarantine,
    "runs": _plan_runs,
    "tags": _plan_by_task("tags"),
    "draws": _plan_by_task("draws"),
    "sorted": _plan_by_task("sorted"),
    "releases": _plan_releases,
    "tasks": _plan_tasks,
}
