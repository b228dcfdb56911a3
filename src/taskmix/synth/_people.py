"""What the invented people are called in each tool, and the roster that joins their names."""

from functools import cache

import numpy as np
import pandas as pd

from taskmix.synth._organisation import Organisation

ROSTER_COLUMNS: tuple[str, ...] = (
    "person", "aliases", "team", "department", "from", "to", "weekly_hours", "time_zone",
    "day_starts", "day_ends", "work_days",
)  # fmt: skip
#: Declared hours, dealt out in turn. Work is from eight to about four, so that some lies outside.
_DAYS = (("08:00", "16:00"), ("08:30", "16:30"), ("09:00", "17:00"))
_CALL_SIGNS = (
    "Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett",
    "Kilo", "Lima", "Mike",
)  # fmt: skip


@cache
def name_people(n_people: int) -> dict[str, np.ndarray]:
    """Name everybody, obviously invented, as the tools do.

    Returns
    -------
    dict of str to numpy.ndarray of str
        One name a person: ``person`` (``emp-0042``, in the roster and the tracker), ``display``
        (in Jira), ``nick`` and ``email`` (in Toggl and Clockify).
    """
    numbers = range(1, n_people + 1)
    return {
        "person": np.array([f"emp-{n:04d}" for n in numbers]),
        "display": np.array(
            [f"Worker {n:04d} {_CALL_SIGNS[n % len(_CALL_SIGNS)]}" for n in numbers]
        ),
        "nick": np.array([f"worker{n}" for n in numbers]),
        "email": np.array([f"worker.{n:04d}@example.org" for n in numbers]),
    }


def write_roster(organisation: Organisation) -> pd.DataFrame:
    """Write the roster: one row a person and team, as text.

    Whoever was there from the first month on came at some time before it; nobody else logs.
    """
    names = name_people(organisation.n_people)
    months = organisation.months
    rows = []
    for person, teams in enumerate(organisation.team_at):
        begins = np.flatnonzero(np.diff(teams, prepend=-1) != 0)
        for at, until in zip(begins, [*begins[1:], len(months)], strict=True):
            if teams[at] < 0:
                continue
            team = organisation.teams[teams[at]]
            came = months[at] if at else months[0] - (1 + person % 60)
            rows.append(
                {
                    "person": names["person"][person],
                    "aliases": "; ".join(names[of][person] for of in ("display", "nick", "email")),
                    "team": team.name,
                    "department": team.department,
                    "from": came.start_time.date().isoformat(),
                    "to": ""
                    if until == len(months)
                    else months[until - 1].end_time.date().isoformat(),
                    "weekly_hours": str(organisation.weekly_hours[person]),
                    "time_zone": "UTC",
                    "day_starts": _DAYS[person % len(_DAYS)][0],
                    "day_ends": _DAYS[person % len(_DAYS)][1],
                    "work_days": "Mon-Fri",
                }
            )
    return pd.DataFrame(rows, columns=list(ROSTER_COLUMNS), dtype="str")
