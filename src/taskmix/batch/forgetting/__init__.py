"""Forget a person: everything that the workspace holds of them goes, and cannot come back."""

from taskmix.batch.forgetting.forget import ForgettingError, Forgotten, forget, look_for
from taskmix.batch.forgetting.found import Found

__all__ = ["ForgettingError", "Forgotten", "Found", "forget", "look_for"]
