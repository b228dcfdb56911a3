"""Frames in, frames that may be published out."""

from taskmix.disclosure.plan import (
    ReleasePlan,
    check_team_may_be_shown,
    plan_for,
    release_plan,
    suppress,
)

__all__ = ["ReleasePlan", "check_team_may_be_shown", "plan_for", "release_plan", "suppress"]
