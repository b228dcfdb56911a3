"""Logs of an invented organisation, as its tools would export them, with the truth apart."""

from taskmix.synth._exports import TAG_SPELLINGS
from taskmix.synth.logs import SynthSummary, write_logs
from taskmix.synth.mapping import DEMO_MAPPING
from taskmix.synth.truth import truth_frame, truth_shares

__all__ = [
    "DEMO_MAPPING",
    "TAG_SPELLINGS",
    "SynthSummary",
    "truth_frame",
    "truth_shares",
    "write_logs",
]
