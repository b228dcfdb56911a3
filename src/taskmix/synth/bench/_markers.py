"""What the teams' markers must rank by, from parameters alone."""

import numpy as np
import pandas as pd

from taskmix.synth.bench._effort import Effort
from taskmix.synth.bench._projects import project_weights
from taskmix.synth.bench._teams import FULL_WEEK, Teams
from taskmix.synth.bench._work import SCATTER

_DAY = FULL_WEEK / 5
#: Part of the longer gaps (15 to 45 minutes) that are 30 minutes or less.
_LONG_WITHIN_SESSION = 4 / 7
_DEEP, _SIMULATED_DAYS = 1.5, 4000


def marker_frame(teams: Teams, effort: Effort) -> pd.DataFrame:
    """List what the markers of each team must rank by."""
    weights = [project_weights(n) for n in teams.n_projects]
    goes_on = teams.stickiness + (1 - teams.stickiness) * [float(w @ w) for w in weights]
    within = teams.short_gaps + (1 - teams.short_gaps) * _LONG_WITHIN_SESSION
    of_projects = np.array([-float(w @ np.log(w)) for w in weights]) + _renewed(teams)
    of_mix = -np.sum(teams.mix * np.log(teams.mix), axis=1)
    last = effort.hours[:, -1]
    touched = (last * effort.with_ai()[:, -1]).sum(axis=1) + last[:, 4]
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
            "breadth": np.exp(of_projects + of_mix),
            "connective_share": teams.mix[:, 3],
            "judgment_share": teams.mix[:, 1],
            "creative_share": teams.mix[:, 2],
            "oversight_share": last[:, 4] / last.sum(axis=1),
            "guiding": np.divide(last[:, 4], touched, where=touched > 0, out=touched * np.nan),
            "company": teams.company,
            "across": teams.across,
            "outside_share": teams.weekend + (1 - teams.weekend) * teams.outside,
            "weekend_share": teams.weekend,
            "start_sd": teams.start_sd,
            "rounding": teams.rounding,
        }
    ).astype({"team": "str"})


def _renewed(teams: Teams) -> np.ndarray:
    """Give the entropy that taking up new projects adds within a quarter's three months.

    A place for a project holds one, two (a third and two thirds of the time) or three of them.
    """
    chance = teams.new_projects / teams.n_projects
    two = np.log(3) - 2 / 3 * np.log(2)
    return 2 * chance * (1 - chance) * two + chance**2 * np.log(3)


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
