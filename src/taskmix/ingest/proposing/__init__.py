"""Propose a ``[mapping]`` for a table that nobody described yet."""
