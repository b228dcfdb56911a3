"""What the four categories mean, and the exact spellings they go by."""

from taskmix.taxonomy.codebook import (
    Border,
    Codebook,
    CodebookEntry,
    codebook_markdown,
    load_codebook,
)
from taskmix.taxonomy.spelling import UNTAGGED, TermKind, parse_term, parse_terms
from taskmix.taxonomy.terms import (
    CATEGORIES,
    COLOURS,
    LABELS,
    NO_OVERSIGHT,
    PERFORMERS,
    TEXT_COLOURS,
    UNSURE,
    AiMode,
    Category,
    Oversight,
    Performer,
    Wish,
)

__all__ = [
    "CATEGORIES",
    "COLOURS",
    "LABELS",
    "NO_OVERSIGHT",
    "PERFORMERS",
    "TEXT_COLOURS",
    "UNSURE",
    "UNTAGGED",
    "AiMode",
    "Border",
    "Category",
    "Codebook",
    "CodebookEntry",
    "Oversight",
    "Performer",
    "TermKind",
    "Wish",
    "codebook_markdown",
    "load_codebook",
    "parse_term",
    "parse_terms",
]
