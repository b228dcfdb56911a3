"""Parameters of the teams' conditions that are the same in every month."""

import numpy as np
import pandas as pd

from taskmix.synth.bench._days import describe_days
from taskmix.synth.bench._effort import Effort
from taskmix.synth.bench._projects import project_weights
from taskmix.synth.bench._teams import FULL_WEEK, Teams
from taskmix.synth.bench._work import SCATTER

_DAY = FULL_WEEK / 5
#: Part of the longer gaps (15 to 45 minutes) that are 30 minutes or less.
_LONG_WITHIN_SESSION = 4 / 7
_DEEP, _SIMULATED_DAYS = 1.5, 4000


def marker_frame(teams: Teams, effort: Effort) -> pd.DataFrame:
    """List what the conditions of each team are drawn from, and what follows from that."""
    weights = [project_weights(n) for n in teams.n_projects]
    goes_on = teams.stickiness + (1 - teams.stickiness) * [float(w @ w) for w in weights]
    within = teams.short_gaps + (1 - teams.short_gaps) * _LONG_WITHIN_SESSION
    of_days = describe_days(teams, effort)
    return pd.DataFrame(
        {
            "team": teams.name,
            "tasks_a_day": teams.tasks_a_day,
            "stickiness": teams.stickiness,
            "short_gaps": teams.short_gaps,
            "depth": _expected_depth(teams, goes_on),
            "changes_per_hour": (teams.tasks_a_day - 1) * (1 - goes_on) * within / _DAY,
            "new_projects": teams.new_projects,
            "n_projects": teams.n_projects,
            "company": teams.company,
            "across": teams.across,
            "outside_share": teams.weekend + (1 - teams.weekend) * teams.outside,
            "weekend_share": teams.weekend,
            "start_sd": teams.start_sd,
            **of_days,
            "rounding": teams.rounding,
        }
    ).astype({"team": "str"})


def _expected_depth(teams: Teams, goes_on: np.ndarray) -> np.ndarray:
    """Simulate the part of hours in blocks of one project of 90 minutes or more.

    Days as the parameters make them: equal in length, their tasks of lognormal lengths. Always
    the same days, so that teams differ by their parameters alone.
    """
    depth = np.zeros(len(teams))
    for team in range(len(teams)):
        rng = np.random.default_rng(0)
        n_tasks = np.floor(teams.tasks_a_day[team] + rng.random(_SIMULATED_DAYS)).astype(int)
        day = np.repeat(np.arange(_SIMULATED_DAYS), n_tasks)
        weight = rng.lognormal(0, SCATTER, len(day))
        hours = _DAY * weight / np.bincount(day, weights=weight)[day]
        same = rng.random(len(day)) < goes_on[team]
        near = rng.random(len(day)) < teams.short_gaps[team]
        first = np.append(True, day[1:] != day[:-1])
        block = np.cumsum(first | ~(same & near)) - 1
        length = np.bincount(block, weights=hours)[block]
        depth[team] = hours[length >= _DEEP].sum() / hours.sum()
    return depth
