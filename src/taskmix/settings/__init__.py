"""What a workspace is set to: ``taskmix.toml``, and ``TASKMIX_…`` variables that override it."""

from taskmix.settings.load import SETTINGS_FILE, find_project, load_settings
from taskmix.settings.mapping import MAPPABLE, Mapping
from taskmix.settings.models import (
    UNTAGGED,
    Counting,
    PerformerRules,
    Privacy,
    ReaderOptions,
    Settings,
    Sorting,
    Workspace,
)
from taskmix.settings.notify import Notify
from taskmix.settings.retention import Retention
from taskmix.settings.targets import TargetMix, Targets

__all__ = [
    "MAPPABLE",
    "SETTINGS_FILE",
    "UNTAGGED",
    "Counting",
    "Mapping",
    "Notify",
    "PerformerRules",
    "Privacy",
    "ReaderOptions",
    "Retention",
    "Settings",
    "Sorting",
    "TargetMix",
    "Targets",
    "Workspace",
    "find_project",
    "load_settings",
]
