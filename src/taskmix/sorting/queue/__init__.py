"""What people should tag next: drawn by a design, written as a sheet, and read back."""

from taskmix.sorting.queue.answers import (
    audit_answers,
    newest_audit,
    response_rates,
    tags_before_draw,
    training_tags,
)
from taskmix.sorting.queue.design import design_audit
from taskmix.sorting.queue.draw import AUDIT_KINDS, draw_queue, draw_sample
from taskmix.sorting.queue.sheet import (
    Answers,
    SheetError,
    check_answers,
    make_sheet,
    read_sheet,
    sheet_bytes,
    title_digests,
)

__all__ = [
    "AUDIT_KINDS",
    "Answers",
    "SheetError",
    "audit_answers",
    "check_answers",
    "design_audit",
    "draw_queue",
    "draw_sample",
    "make_sheet",
    "newest_audit",
    "read_sheet",
    "response_rates",
    "sheet_bytes",
    "tags_before_draw",
    "title_digests",
    "training_tags",
]
