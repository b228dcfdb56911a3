"""One ingest: files in, one commit out, and a count for every record."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.ingest.detect import check_known, choose_reader, load_readers
from taskmix.ingest.files import content_digest, find_files, shown_path
from taskmix.ingest.ledger import Counts, add_to_ledger, seen_before
from taskmix.ingest.merge import Staged, stage
from taskmix.ingest.protocol import Reader
from taskmix.ingest.settle import settle
from taskmix.ingest.texttable import plain_text
from taskmix.settings import Settings
from taskmix.store import merge_rows, read_table, replace_table, table_version, writing

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class FileResult:
    """What became of one file.

    Attributes
    ----------
    path : str
        Relative to ``data/raw`` where it lies there.
    reader : str or None
        None where no reader could be chosen.
    counts : Counts
        In source records.
    reasons : dict of str to int
        Why records were quarantined or skipped.
    notes : dict of str to int
        What was noticed without refusing a row.
    examples : list of str
        The first refused records, in words; empty where the file had been read before.
    error : str or None
        Why nothing of the file was taken.
    """

    path: str
    reader: str | None
    counts: Counts = field(default_factory=Counts)
    reasons: dict[str, int] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)
    error: str | None = None


@dataclass(frozen=True)
class IngestResult:
    """What an ingest did: the counts of all files, and each file's own."""

    run_id: str
    counts: Counts
    files: list[FileResult]
    table_version: int | None


@dataclass
class _Run:
    settings: Settings
    run_id: str
    rules: str
    staged: Staged
    ledger: pd.DataFrame
    refused: list[pd.DataFrame] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    fresh_files: list[str] = field(default_factory=list)


def ingest(
    settings: Settings,
    paths: Sequence[Path] | None = None,
    *,
    reader: str | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Merge exports into the task log.

    Parameters
    ----------
    settings : Settings
        The workspace.
    paths : sequence of pathlib.Path, optional
        Files, or folders that are searched; by default all of ``data/raw``.
    reader : str, optional
        Read all of them with this reader.
    progress : callable, optional
        Called with file name, position and number of files.

    Returns
    -------
    IngestResult
        A file that could not be read at all has its error in the result; the others are
        taken. All changes are one commit.

    Raises
    ------
    TaskmixError
        If the workspace cannot be read or written, there are no files, or no such reader.
    """
    files = find_files(settings, paths)
    readers = load_readers(settings)
    check_known(readers, reader)
    with writing(settings.processed):
        run = _begin(settings)
        results = []
        for number, path in enumerate(files):
            name = shown_path(settings, path)
            if progress:
                progress(name, number, len(files))
            results.append(_try(run, path, name, readers, reader))
        if progress:
            progress("writing the tables", len(files), len(files))
        version_after = _commit(run)
    total = sum((result.counts for result in results), Counts())
    return IngestResult(run.run_id, total, results, version_after)


def _begin(settings: Settings) -> _Run:
    staged = stage(settings.processed)
    ledger = read_table(settings.processed, "runs")
    return _Run(
        settings=settings,
        run_id=_new_run_id(),
        rules=_rules_digest(settings),
        staged=staged,
        # A lost table takes its ledger along: else its files would count as read for ever.
        ledger=ledger if staged.has_table else ledger.iloc[:0],
    )


def _try(
    run: _Run, path: Path, name: str, readers: dict[str, Reader], wanted: str | None
) -> FileResult:
    chosen = None
    try:
        chosen = choose_reader(path, readers, name=wanted)
        return _take(run, path, name, chosen)
    except TaskmixError as error:
        return FileResult(name, chosen.name if chosen else None, error=plain_text(str(error)))


def _take(run: _Run, path: Path, name: str, reader: Reader) -> FileResult:
    content = content_digest(path)
    known = seen_before(
        run.ledger, run.entries, content=content, rules=run.rules, reader=reader.name
    )
    if known is not None:
        return FileResult(name, reader.name, known.counts, known.reasons, known.notes)
    settled = settle(
        reader.read(path, run.settings), reader=reader, settings=run.settings, where=name
    )
    merged = run.staged.add(
        settled.log, file=name, run_id=run.run_id, replaces=not reader.lasting_ids
    )
    counts = Counts(
        read=len(settled.log) + len(settled.refused) + len(settled.skipped),
        accepted=merged.accepted,
        updated=merged.updated,
        unchanged=merged.unchanged,
        quarantined=len(settled.refused),
        skipped=len(settled.skipped),
        removed=merged.removed,
    )
    reasons = pd.Series([*settled.refused["reason"], *settled.skipped.values()], dtype="str")
    examples = [f"row {row}: {detail}" for row, detail in settled.refused["detail"].head(3).items()]
    result = FileResult(
        name, reader.name, counts, reasons.value_counts().to_dict(), settled.notes, examples
    )
    run.fresh_files.append(name)
    run.refused.append(
        settled.refused.rename_axis("row").reset_index().assign(
            file=name, source=reader.source, run_id=run.run_id
        )
    )  # fmt: skip
    run.entries.append(
        {
            "run_id": run.run_id, "at": pd.Timestamp.now(tz="UTC").as_unit("us"), "file": name,
            "reader": reader.name, "content": content, "rules": run.rules,
            **counts.as_dict(),
            "notes": json.dumps({"reasons": result.reasons, "notes": result.notes}),
        }
    )  # fmt: skip
    return result


def _commit(run: _Run) -> int | None:
    processed = run.settings.processed
    changed, removed = run.staged.changes()
    version_after = merge_rows(
        processed, "tasks", changed=changed, removed=removed, run_id=run.run_id
    )
    if run.fresh_files:
        # A file's refused records are replaced as a whole: what was corrected in it leaves.
        kept = read_table(processed, "quarantine")
        kept = kept[~kept["file"].isin(run.fresh_files)]
        refused = [frame for frame in (kept, *run.refused) if len(frame)]
        quarantine = pd.concat(refused, ignore_index=True) if refused else kept
        replace_table(processed, "quarantine", quarantine, run_id=run.run_id)
        # The ledger last: a run that was cut off before this line is simply done again.
        add_to_ledger(processed, run.ledger, run.entries, run_id=run.run_id)
    return version_after if version_after is not None else table_version(processed, "tasks")


def _rules_digest(settings: Settings) -> str:
    """Digest whatever decides how a file is read, so that changed rules read it again."""
    rules = {
        "taskmix": version("taskmix"),
        "tags": settings.tags,
        "mapping": {name: m.model_dump(mode="json") for name, m in settings.mapping.items()},
        "time_zone": settings.workspace.time_zone,
        "personal": settings.workspace.personal,
    }
    return hashlib.sha256(json.dumps(rules, sort_keys=True).encode()).hexdigest()


def _new_run_id() -> str:
    return f"{dt.datetime.now(tz=dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
