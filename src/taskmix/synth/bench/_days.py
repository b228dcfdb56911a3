"""How long the days of each team are and when they begin, from the parameters alone."""

import numpy as np
import pandas as pd

from taskmix.synth.bench._attendance import Days
from taskmix.synth.bench._careers import People
from taskmix.synth.bench._clock import schedule
from taskmix.synth.bench._effort import Effort
from taskmix.synth.bench._teams import Teams
from taskmix.synth.bench._work import draw_work

#: As many people in each team, at work on as many days, without leave, holiday or weekend.
_PEOPLE, _N_DAYS = 50, 55


def describe_days(teams: Teams, effort: Effort) -> dict[str, np.ndarray]:
    """Simulate plain days of the last month, to see how long they are and when they begin.

    The generator's own clock sets them, for people who are all alike: a day that is moved to the
    evening, and starts that are rounded, do more to the spread of starts than its parameter.

    Returns
    -------
    dict of str to numpy.ndarray
        By team: ``day_span`` (hours, the mean of people's medians) and ``start_spread`` (minutes,
        the mean of people's standard deviations).
    """
    rng = np.random.default_rng(0)
    staff = _plain_people(rng, teams)
    person, day = (index.ravel() for index in np.indices((len(staff), _N_DAYS)))
    days = Days(
        person=person,
        day=day,
        team=staff.home[person],
        month=np.full(len(person), effort.adoption.shape[1] - 1),
        weekend=np.zeros(len(person), dtype=bool),
        busy=np.ones(len(person)),
    )
    work = draw_work(rng, staff, days, teams, effort)
    start = schedule(rng, staff, days, teams, work)
    rows = pd.DataFrame({"day": work.at, "start": start, "end": start + work.minutes})
    lived = rows.groupby("day").agg(start=("start", "min"), end=("end", "max"))
    by_person = lived.assign(span=lived["end"] - lived["start"]).groupby(person[lived.index])
    spans, spreads = by_person["span"].median(), by_person["start"].std()
    means = pd.DataFrame({"day_span": spans / 60, "start_spread": spreads}).groupby(staff.home)
    return {name: column.to_numpy() for name, column in means.mean().items()}


def _plain_people(rng: np.random.Generator, teams: Teams) -> People:
    home = np.repeat(np.arange(len(teams)), _PEOPLE)
    n = len(home)
    return People(
        team_at=np.repeat(home[:, None], _N_DAYS, axis=1),
        home=home,
        weekly_hours=np.full(n, 40),
        works=np.ones((n, 7), dtype=bool),
        work_days=np.full(n, "Mon-Fri"),
        day_starts=np.full(n, 8 * 60),
        zone=np.zeros(n, dtype=int),
        rounds=rng.random(n) < teams.rounding[home],
        id=np.full(n, ""),
        moved=np.empty(0, dtype=int),
    )
