"""Tell people that a batch has ended: one HTTP POST, one mail, no personal data."""

from taskmix.batch.notifying.notify import notify

__all__ = ["notify"]
