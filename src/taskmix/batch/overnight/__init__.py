"""A hundred reports by one command: what is due, made side by side, published at once."""

from taskmix.batch.overnight.options import Options, Watching
from taskmix.batch.overnight.run import run_batch

__all__ = ["Options", "Watching", "run_batch"]
