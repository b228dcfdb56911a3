"""The counts of an ingest, and the ledger of files that were read before."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import pandas as pd

from taskmix.store import replace_table


@dataclass(frozen=True)
class Counts:
    """Counts in source records: read = accepted + updated + unchanged + quarantined + skipped.

    Two counts stand apart: ``removed``, tasks of the table that an export no longer holds, and
    ``expanded``, tasks that records stand for beyond one each (a recurring event).
    """

    read: int = 0
    accepted: int = 0
    updated: int = 0
    unchanged: int = 0
    quarantined: int = 0
    skipped: int = 0
    removed: int = 0
    expanded: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def as_dict(self) -> dict[str, int]:
        """Return the counts by name."""
        return asdict(self)


@dataclass(frozen=True)
class KnownFile:
    """What the ledger says of a file whose content was read before under the same rules."""

    counts: Counts
    reasons: dict[str, int]
    notes: dict[str, int]


def seen_before(
    ledger: pd.DataFrame,
    entries: Sequence[dict[str, Any]],
    *,
    content: str,
    rules: str,
    reader: str,
) -> KnownFile | None:
    """Look a file's content up, in the ledger and among the `entries` of this run.

    The same bytes under the same rules change nothing: a newer export may since have replaced
    part of what the file held, so merging it again would bring old rows back.
    """
    wanted = {"content": content, "rules": rules, "reader": reader}
    same = ledger["content"] == content
    before = ledger[same].to_dict("records") if same.any() else []
    found = [entry for entry in (*before, *entries) if wanted.items() <= entry.items()]
    if not found:
        return None
    entry = found[-1]
    said = json.loads(entry["notes"])
    counts = Counts(
        read=int(entry["read"]),
        unchanged=int(entry["accepted"] + entry["updated"] + entry["unchanged"]),
        quarantined=int(entry["quarantined"]),
        skipped=int(entry["skipped"]),
        expanded=int(entry["expanded"]),
    )
    return KnownFile(counts, said["reasons"], said["notes"])


def read_before_as(ledger: pd.DataFrame, *, content: str, reader: str) -> list[str]:
    """Name the files as which a content was read before, under whatever rules."""
    same = (ledger["content"] == content) & (ledger["reader"] == reader)
    return ledger.loc[same, "file"].drop_duplicates().tolist()


def corrected_before(ledger: pd.DataFrame) -> dict[str, list[str]]:
    """Return the refused records that earlier runs took corrections of, and their tasks."""
    corrected: dict[str, list[str]] = {}
    for said in ledger["notes"]:
        corrected |= json.loads(said).get("corrects", {})
    return corrected


def read_by_other_rules(ledger: pd.DataFrame, *, rules: str, met: Sequence[str]) -> list[str]:
    """Name the files whose last reading was by other rules, and that this run did not meet."""
    last = ledger.drop_duplicates("file", keep="last")
    stale = last[(last["rules"] != rules) & ~last["file"].isin(list(met))]
    return sorted(stale["file"])


def add_to_ledger(
    processed: Path, ledger: pd.DataFrame, entries: Sequence[dict[str, Any]], *, run_id: str
) -> None:
    """Append the files of a run."""
    new = pd.DataFrame(list(entries))
    replace_table(
        processed, "runs", pd.concat([ledger, new], ignore_index=True) if len(ledger) else new,
        run_id=run_id,
    )  # fmt: skip
