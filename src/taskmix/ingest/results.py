"""What an ingest tells: each file's counts, reasons and errors."""

from dataclasses import dataclass, field

from taskmix.ingest.ledger import Counts


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
    """What an ingest did, or would do: the counts of all files, and each file's own.

    ``changed`` tells whether any file was read anew, so that there is something to undo;
    ``outdated`` names files of earlier runs that were read by other settings or another roster.
    """

    run_id: str
    counts: Counts
    files: list[FileResult]
    table_version: int | None
    dry_run: bool = False
    changed: bool = False
    outdated: list[str] = field(default_factory=list)
