"""One reader per tool behind one protocol; every record ends in a count."""

from taskmix.ingest.detect import READER_GROUP, choose_reader, load_readers
from taskmix.ingest.files import find_files
from taskmix.ingest.ledger import Counts
from taskmix.ingest.people import ME, UNASSIGNED, Who
from taskmix.ingest.protocol import Draft, Fault, Reader, Sample
from taskmix.ingest.quarantine import export_refusals, list_refusals, reader_of
from taskmix.ingest.readers.mapped import MappedReader
from taskmix.ingest.readers.toggl import TogglDetailedReader
from taskmix.ingest.results import FileResult, IngestResult
from taskmix.ingest.run import ingest
from taskmix.ingest.settle import settle
from taskmix.ingest.undoing import Undone, list_runs, undo

__all__ = [
    "ME",
    "READER_GROUP",
    "UNASSIGNED",
    "Counts",
    "Draft",
    "Fault",
    "FileResult",
    "IngestResult",
    "MappedReader",
    "Reader",
    "Sample",
    "TogglDetailedReader",
    "Undone",
    "Who",
    "choose_reader",
    "export_refusals",
    "find_files",
    "ingest",
    "list_refusals",
    "list_runs",
    "load_readers",
    "reader_of",
    "settle",
    "undo",
]
