"""Every task of the invented organisation with its truth, drawn from the parameters."""

import numpy as np
import pandas as pd

from taskmix.synth._organisation import FULL_TIME, Organisation
from taskmix.synth._titles import write_titles
from taskmix.taxonomy import CATEGORIES, AiMode

#: Chances by category, in the order of ``CATEGORIES``.
DONE_WITH_AI = np.array([0.40, 0.32, 0.42, 0.10])
AGENT_TASKS = np.array([0.60, 0.30, 0.22, 0.05])
AGENT_CATEGORIES = np.array([0.78, 0.10, 0.09, 0.03])
OVERSEES_AI = np.array([0.30, 0.45, 0.0, 0.0])
HAS_COMPANY = np.array([0.06, 0.20, 0.25, 0.62])
WISHES_ASKED = 0.28
WISHES_YES = np.array([0.68, 0.30, 0.15, 0.18])
#: How readily people tag: judgment and creative more than routine, so tags alone mislead.
TAG_READINESS = np.array([0.80, 1.15, 1.45, 1.05])
TAGGED = 0.10
UNKNOWN_PERFORMER = 0.093
MISSING_HOURS = 0.011
#: Part of their tasks that people with two tools log in Jira.
LOGGED_IN_JIRA = 0.35
#: Part of an agent's tasks that are steps within a person's task.
AGENT_STEPS = 0.75
LENGTH = np.array([1.0, 0.95, 1.25, 0.85])

_MODES = np.array([mode.value for mode in AiMode])
_MODES_BOTH = np.array([0.22, 0.16, 0.32, 0.12, 0.18])
_MODES_AGENT = np.array([0.74, 0.26, 0.0, 0.0, 0.0])
_OVERSIGHT = np.array(["prompting", "checking", "rework", "waiting"])
_OVERSIGHT_OF = {0: np.array([0.40, 0.0, 0.38, 0.22]), 1: np.array([0.22, 0.78, 0.0, 0.0])}


def draw_tasks(rng: np.random.Generator, organisation: Organisation) -> pd.DataFrame:
    """Draw all tasks in the order of their start.

    Returns
    -------
    pandas.DataFrame
        One row a task: person and team (numbers), month (number), tool, start, end, minutes,
        category, performer (the truth), performer_logged, ai_mode, oversight, project, parent
        (row number or -1), tagged, company (number of collaborators), wish, hours_missing,
        title. A person's own tasks follow one another without overlap, from 8:00 on and done
        by 19:00; tasks of an AI run beside them and never over midnight.
    """
    own = _own_tasks(rng, organisation)
    own = _add_ai(rng, own, organisation.adoption())
    agents = _agent_tasks(rng, own, organisation)
    tasks = pd.concat([own, agents], ignore_index=True)
    order = np.lexsort((np.arange(len(tasks)), tasks["person"], tasks["start"]))
    rank = np.empty(len(tasks), dtype=int)
    rank[order] = np.arange(len(tasks))
    parent = tasks["parent"].to_numpy()
    tasks["parent"] = np.where(parent >= 0, rank[parent], -1)
    tasks = tasks.iloc[order].reset_index(drop=True)
    tasks = _add_what_people_log(rng, tasks, organisation)
    tasks["title"] = write_titles(rng, tasks, organisation)
    return tasks


def _own_tasks(rng: np.random.Generator, organisation: Organisation) -> pd.DataFrame:
    """Tasks by people, alone or with AI: one to three on each day at work."""
    days = _days_at_work(rng, organisation)
    n_tasks = 1 + rng.binomial(2, 0.33, len(days))
    tasks = days.loc[days.index.repeat(n_tasks)]
    day = tasks.index.to_numpy()
    person, month = tasks["person"].to_numpy(), tasks["month"].to_numpy()
    team = organisation.team_at[person, month]
    taste = rng.normal(0, 0.25, (organisation.n_people, len(CATEGORIES)))
    mix = organisation.mixes()[team, month] * np.exp(taste[person])
    code = _choose(rng, mix / LENGTH)
    minutes = _share_out_day(rng, day, LENGTH[code])
    before = pd.Series(minutes).groupby(day).cumsum().to_numpy() - minutes
    breaks = pd.Series(5 * rng.integers(0, 6, len(day))).groupby(day).cumsum().to_numpy()
    first = 5 * rng.integers(0, 13, len(days))[day]
    start = tasks["date"] + pd.to_timedelta(8 * 60 + first + before + breaks, unit="min")
    return pd.DataFrame(
        {
            "person": person,
            "team": team,
            "month": month,
            "tool": _choose_tool(rng, organisation, person, team),
            "start": start.to_numpy(),
            "minutes": minutes,
            "code": code,
            "parent": -1,
        }
    )


def _choose_tool(
    rng: np.random.Generator, organisation: Organisation, person: np.ndarray, team: np.ndarray
) -> np.ndarray:
    own = organisation.tools()[team]
    also = organisation.in_jira_too[person] & (own != "tracker")
    return np.where(also & (rng.random(len(person)) < LOGGED_IN_JIRA), "jira", own)


def _days_at_work(rng: np.random.Generator, organisation: Organisation) -> pd.DataFrame:
    """One row a person and working day that the person logged, less in the holidays."""
    months = organisation.months
    dates = pd.bdate_range(months[0].start_time, months[-1].end_time.normalize())
    month = dates.to_period("M").astype("int64") - months[0].ordinal
    presence = np.where(dates.month.isin([8, 12]), 0.78, 0.92)
    part_time = organisation.weekly_hours[:, None] / FULL_TIME
    there = rng.random((organisation.n_people, len(dates))) < presence * part_time
    there &= organisation.team_at[:, month.to_numpy()] >= 0
    person, day = np.nonzero(there)
    return pd.DataFrame(
        {"person": person, "month": month.to_numpy()[day], "date": dates.to_numpy()[day]}
    )


def _share_out_day(rng: np.random.Generator, day: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Minutes of each task, in fives: a day's logged hours spread over its tasks."""
    weight = length * rng.lognormal(0, 0.55, len(day))
    whole = pd.Series(weight).groupby(day).transform("sum").to_numpy()
    n_on_day = pd.Series(day).groupby(day).transform("size").to_numpy()
    logged = np.clip(rng.normal(6.0, 0.8, day.max() + 1), 3.5, 8.0)[day]
    logged = logged * np.where(n_on_day == 1, 0.7 * length, 1.0)
    return np.maximum(5, 5 * np.rint(12 * logged * weight / whole)).astype(int)


def _add_ai(rng: np.random.Generator, own: pd.DataFrame, adoption: np.ndarray) -> pd.DataFrame:
    """Add who performed the people's tasks, how AI took part and what oversees AI."""
    code = own["code"].to_numpy()
    adopted = adoption[own["team"], own["month"]]
    with_ai = rng.random(len(own)) < adopted * DONE_WITH_AI[code]
    oversees = (adopted > 0.05) & (rng.random(len(own)) < adopted * OVERSEES_AI[code])
    part = np.full(len(own), "", dtype=object)
    for of_code, chances in _OVERSIGHT_OF.items():
        mask = oversees & (code == of_code)
        part[mask] = rng.choice(_OVERSIGHT, mask.sum(), p=chances)
    mode = np.where(with_ai, rng.choice(_MODES, len(own), p=_MODES_BOTH), "")
    return own.assign(performer=np.where(with_ai, "both", "human"), oversight=part, ai_mode=mode)


def _agent_tasks(
    rng: np.random.Generator, own: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    """Tasks by AI alone, most of them steps of a person's, which only the tracker keeps.

    The other tools know no parents: there an agent's step within a task is logged by nobody,
    and what an agent did as one task of its own has a timer of its own.
    """
    adopted = organisation.adoption()[own["team"], own["month"]]
    origin = np.repeat(np.arange(len(own)), rng.poisson(adopted * AGENT_TASKS[own["code"]]))
    is_step = rng.random(len(origin)) < AGENT_STEPS
    kept = ~is_step | (own["tool"].to_numpy()[origin] == "tracker")
    origin, is_step = origin[kept], is_step[kept]
    n = len(origin)
    agents = own.iloc[origin].reset_index(drop=True)
    minutes = np.clip(5 * np.rint(rng.lognormal(np.log(9), 0.7, n)), 5, 240).astype(int)
    delay = pd.to_timedelta(5 * rng.integers(0, 6, n), unit="min")
    return agents.assign(
        start=agents["start"] + delay,
        minutes=minutes,
        code=_choose(rng, np.tile(AGENT_CATEGORIES, (n, 1))),
        parent=np.where(is_step, origin, -1),
        performer="ai",
        oversight="",
        ai_mode=rng.choice(_MODES, n, p=_MODES_AGENT),
    )


def _add_what_people_log(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    """Add project and the columns that people fill in or leave empty."""
    n, code = len(tasks), tasks["code"].to_numpy()
    by_person = tasks["performer"].to_numpy() != "ai"
    in_tracker = tasks["tool"].to_numpy() == "tracker"
    unknown = by_person & (rng.random(n) < UNKNOWN_PERFORMER)
    projects = np.array([team.projects for team in organisation.teams])
    liked = np.minimum(rng.geometric(0.4, n) - 1, projects.shape[1] - 1)
    readiness = rng.gamma(8, 1 / 8, organisation.n_people)[tasks["person"]] * TAG_READINESS[code]
    asked = by_person & (rng.random(n) < WISHES_ASKED)
    wish = np.where(rng.random(n) < WISHES_YES[code], "yes", "no")
    company = by_person & (rng.random(n) < HAS_COMPANY[code])
    return tasks.assign(
        category=np.array(CATEGORIES)[code],
        performer_logged=np.where(unknown, "unknown", tasks["performer"]),
        ai_mode=np.where(unknown | (rng.random(n) < 0.35), "", tasks["ai_mode"]),
        project=projects[tasks["team"], liked],
        tagged=rng.random(n) < TAGGED * readiness / readiness.mean(),
        company=np.where(company, np.minimum(rng.geometric(0.5, n), 4), 0),
        wish=np.where(asked, wish, ""),
        end=tasks["start"] + pd.to_timedelta(tasks["minutes"], unit="min"),
        # the other tools measure their durations themselves: only the tracker's can be missing
        hours_missing=in_tracker & (rng.random(n) < MISSING_HOURS),
    )


def _choose(rng: np.random.Generator, weights: np.ndarray) -> np.ndarray:
    """One column number a row, with chances in proportion to the row's weights."""
    edges = np.cumsum(weights, axis=1)
    drawn = rng.random((len(weights), 1)) * edges[:, -1:]
    return np.minimum((drawn >= edges).sum(axis=1), weights.shape[1] - 1)
