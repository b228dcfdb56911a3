"""One ingest: files in, one commit out, and a count for every record."""

import contextlib
import datetime as dt
import json
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.identity import load_key, read_roster, read_tombstones
from taskmix.ingest.detect import check_known, choose_reader, load_readers
from taskmix.ingest.files import content_digest, find_files, shown_path
from taskmix.ingest.ledger import (
    Counts,
    add_to_ledger,
    corrected_before,
    read_before_as,
    read_by_other_rules,
    seen_before,
)
from taskmix.ingest.merge import Staged, stage
from taskmix.ingest.people import Who, check_same_person
from taskmix.ingest.protocol import Reader
from taskmix.ingest.ranges import Range, covered_ranges
from taskmix.ingest.refusals import settle_quarantine
from taskmix.ingest.results import FileResult, IngestResult
from taskmix.ingest.rules import rules_digest
from taskmix.ingest.settle import Settled, settle
from taskmix.ingest.tables.texttable import plain_text
from taskmix.settings import Settings
from taskmix.store import merge_rows, read_table, replace_table, table_version, writing

Progress = Callable[[str, int, int], None]


@dataclass
class _Run:
    settings: Settings
    who: Who
    run_id: str
    rules: str
    staged: Staged
    ledger: pd.DataFrame
    refused: list[pd.DataFrame] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    fresh_files: list[str] = field(default_factory=list)
    covered: list[Range] = field(default_factory=list)
    accepted_ids: set[str] = field(default_factory=set)
    corrected: dict[str, list[str]] = field(default_factory=dict)


def ingest(
    settings: Settings,
    paths: Sequence[Path] | None = None,
    *,
    reader: str | None = None,
    dry_run: bool = False,
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
    dry_run : bool
        Say what would be done, and write nothing.
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
        If the workspace, its key or roster cannot be read, there are no files, or no such
        reader. Nothing is written then.
    """
    files = find_files(settings, paths)
    readers = load_readers(settings)
    check_known(readers, reader)
    with contextlib.nullcontext() if dry_run else writing(settings.processed):
        run = _begin(settings, keep_key=not dry_run)
        results = []
        for number, path in enumerate(files):
            name = run.who.forgotten.mask(shown_path(settings, path))
            if progress:
                progress(name, number, len(files))
            results.append(_try(run, path, name, readers, reader))
        if progress:
            progress("writing the tables", len(files), len(files))
        if not dry_run:
            _commit(run)
        version_after = table_version(settings.processed, "tasks")
    total = sum((result.counts for result in results), Counts())
    outdated = read_by_other_rules(run.ledger, rules=run.rules, met=[r.path for r in results])
    return IngestResult(
        run.run_id, total, results, version_after, dry_run, bool(run.entries), outdated
    )


def _begin(settings: Settings, *, keep_key: bool) -> _Run:
    key = load_key(settings, create=keep_key)
    who = Who(key, read_roster(settings.roster), read_tombstones(settings, key))
    staged = stage(settings.processed)
    ledger = read_table(settings.processed, "runs")
    # A lost table takes its ledger along: else its files would count as read for ever.
    if not staged.has_table:
        ledger = ledger.iloc[:0]
    return _Run(
        settings=settings,
        who=who,
        run_id=_new_run_id(),
        rules=rules_digest(settings),
        staged=staged,
        ledger=ledger,
        corrected=corrected_before(ledger),
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
    if getattr(reader, "reads_file_name", False):
        content = f"{content} {path.name}"
    known = seen_before(
        run.ledger, run.entries, content=content, rules=run.rules, reader=reader.name
    )
    if known is not None:
        return FileResult(name, reader.name, known.counts, known.reasons, known.notes)
    settled = settle(
        reader.read(path, run.settings), reader=reader, settings=run.settings, who=run.who,
        where=name,
    )  # fmt: skip
    if run.settings.workspace.personal:
        check_same_person(settled.names, set(run.staged.known["logged_as"]), where=name)
    counts = _stage(run, settled, name=name, content=content, reader=reader)
    reasons = Counter([*settled.refused["reason"], *settled.skipped.values()])
    examples = [f"row {row}: {detail}" for row, detail in settled.refused["detail"].head(3).items()]
    result = FileResult(
        name, reader.name, counts, dict(reasons.most_common()), settled.notes, examples
    )
    said = {
        "reasons": result.reasons, "notes": result.notes, "corrects": settled.corrects
    }  # fmt: skip
    run.entries.append(
        {
            "run_id": run.run_id, "at": pd.Timestamp.now(tz="UTC").as_unit("us"), "file": name,
            "reader": reader.name, "content": content, "rules": run.rules,
            **counts.as_dict(), "notes": json.dumps(said),
        }
    )  # fmt: skip
    return result


def _stage(run: _Run, settled: Settled, *, name: str, content: str, reader: Reader) -> Counts:
    """Stage a file's rows and refusals against the tables, and count them."""
    log, refused = settled.log, settled.refused
    covers = covered_ranges(log, settled.replaces)
    before = read_before_as(run.ledger, content=content, reader=reader.name)
    if settled.replaces == "instants":
        # Such a tool keeps a month in the same file for ever: what left it is gone.
        before = [*before, name]
    still_refused = {task for name in refused["refusal"] for task in run.corrected.get(name, ())}
    merged = run.staged.add(
        log,
        file=name,
        run_id=run.run_id,
        covers=covers,
        gone=run.staged.rows_of_files(before),
        protected=still_refused,
    )
    run.fresh_files += [name, *before]
    run.corrected |= settled.corrects
    run.covered += covers
    run.accepted_ids |= set(log["task_id"])
    if len(refused):
        run.refused.append(
            refused.rename_axis("row").reset_index().assign(
                file=name, source=reader.source, run_id=run.run_id
            )
        )  # fmt: skip
    n_good = log.index.nunique()
    return Counts(
        read=n_good + len(refused) + len(settled.skipped),
        accepted=merged.accepted,
        updated=merged.updated,
        unchanged=merged.unchanged,
        quarantined=len(refused),
        skipped=len(settled.skipped),
        removed=merged.removed,
        expanded=settled.n_tasks - n_good,
    )


def _commit(run: _Run) -> None:
    processed = run.settings.processed
    changed, removed = run.staged.changes()
    merge_rows(processed, "tasks", changed=changed, removed=removed, run_id=run.run_id)
    if run.fresh_files:
        quarantine = settle_quarantine(
            read_table(processed, "quarantine"),
            run.refused,
            fresh_files=run.fresh_files,
            covered=run.covered,
            accepted_ids=run.accepted_ids,
            corrected=set(run.corrected),
        )
        replace_table(processed, "quarantine", quarantine, run_id=run.run_id)
        # The ledger last: a run that was cut off before this line is simply done again.
        add_to_ledger(processed, run.ledger, run.entries, run_id=run.run_id)


def _new_run_id() -> str:
    return f"{dt.datetime.now(tz=dt.UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
