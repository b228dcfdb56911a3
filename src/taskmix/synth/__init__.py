"""Logs of an invented organisation, as its tools would export them, with the truth apart."""

from taskmix.synth._dirt import DIRT
from taskmix.synth._tracker import TAG_SPELLINGS
from taskmix.synth.counts import ExpectedCounts, expected_counts
from taskmix.synth.logs import SynthSummary, roster_frame, write_logs
from taskmix.synth.mapping import DEMO_MAPPING
from taskmix.synth.truth import truth_ai_share, truth_frame, truth_shares

__all__ = [
    "DEMO_MAPPING",
    "DIRT",
    "TAG_SPELLINGS",
    "ExpectedCounts",
    "SynthSummary",
    "expected_counts",
    "roster_frame",
    "truth_ai_share",
    "truth_frame",
    "truth_shares",
    "write_logs",
]
