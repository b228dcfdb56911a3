"""Tag tasks in JupyterLab, one at a time, with the codebook beside them."""

from taskmix.tagging.session import (
    Session,
    answer,
    go_back,
    next_task,
    open_session,
    refresh,
    skip,
    take_back,
)
from taskmix.tagging.widget import TaggingWidget, open_tagging, tagging_figures

__all__ = [
    "Session",
    "TaggingWidget",
    "answer",
    "go_back",
    "next_task",
    "open_session",
    "open_tagging",
    "refresh",
    "skip",
    "tagging_figures",
    "take_back",
]
