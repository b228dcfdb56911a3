"""The command line: it casts words into one call and prints what came of it."""

from taskmix.cli.app import main

__all__ = ["main"]
