"""The company's own tracker: a table that only a ``[mapping]`` explains."""

import numpy as np
import pandas as pd

from taskmix.synth._layout import Layout
from taskmix.synth._organisation import Organisation
from taskmix.synth._people import name_people

#: The spellings that the tracker's people tag with.
TAG_SPELLINGS: dict[str, tuple[str, ...]] = {
    "execution": ("Execution", "execution"),
    "judgment": ("Judgment", "Judgement", "judgment"),
    "creative": ("Creative", "creative"),
    "connective": ("Connective", "connective"),
}
_DONE_BY = {"human": "Human", "ai": "AI", "both": "Both", "unknown": ""}


def write_tickets(numbers: np.ndarray) -> list[str]:
    """Write ticket numbers."""
    return [f"TSK-{n:06d}" for n in numbers.tolist()]


def logged_hours(minutes: pd.Series) -> pd.Series:
    """Cut hours to hundredths, as the tracker does, so that they are never longer than the clock.

    Examples
    --------
    >>> logged_hours(pd.Series([100])).tolist()
    [1.66]
    """
    return minutes * 100 // 60 / 100


def _clock_cells(tasks: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Started": tasks["start"].dt.strftime("%Y-%m-%d %H:%M"),
            "Ended": tasks["end"].dt.strftime("%Y-%m-%d %H:%M"),
            "Hours": logged_hours(tasks["minutes"]).map("{:.2f}".format),
        }
    )


def _lay_out(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    ticket = pd.Series(write_tickets(np.arange(1, len(tasks) + 1)), index=tasks.index)
    teams = organisation.teams
    clock = _clock_cells(tasks)
    clock.loc[tasks["hours_missing"], ["Ended", "Hours"]] = ""
    return pd.DataFrame(
        {
            "Ticket": ticket,
            "Employee": name_people(organisation.n_people)["person"][tasks["person"]],
            "Team": np.array([t.name for t in teams])[tasks["team"]],
            "Department": np.array([t.department for t in teams])[tasks["team"]],
            "Project": tasks["project"],
            "Task": tasks["title"],
            **clock,
            "Done by": tasks["performer_logged"].map(_DONE_BY),
            "AI mode": tasks["ai_mode"],
            "AI oversight": tasks["oversight"],
            "Parent": tasks["parent"].map(ticket).fillna(""),
            "Kind of work": _spell_tags(rng, tasks),
            "With": _name_company(rng, tasks, organisation),
            "Automate?": tasks["wish"],
        }
    )


def _spell_tags(rng: np.random.Generator, tasks: pd.DataFrame) -> list[str]:
    """One spelling a person and category; people keep to theirs."""
    habit = rng.random(tasks["person"].max() + 1)[tasks["person"]]
    spelt = [
        TAG_SPELLINGS[category][int(h * len(TAG_SPELLINGS[category]))]
        for category, h in zip(tasks["category"], habit, strict=True)
    ]
    return [s if tagged else "" for s, tagged in zip(spelt, tasks["tagged"], strict=True)]


def _name_company(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> list[str]:
    """Collaborators, mostly from the own team, a third from anywhere in the tracker."""
    home = organisation.home
    everyone = np.flatnonzero(organisation.tools()[home] == "tracker")
    own = [np.flatnonzero(home == number) for number in range(len(organisation.teams))]
    names = name_people(organisation.n_people)["person"]
    chances = rng.random((len(tasks), 5)).tolist()
    company = []
    people = zip(tasks["person"], tasks["team"], tasks["company"], chances, strict=True)
    for person, team, n, u in people:
        circle = everyone if u[4] < 0.33 else own[team]
        chosen = {int(circle[int(u[i] * len(circle))]) for i in range(n)} - {person}
        company.append("; ".join(names[sorted(chosen)].tolist()) if chosen else "")
    return company


TRACKER = Layout(
    source="tracker",
    file_name="demo_tasks_{}.csv",
    period="Q",
    encoding="utf-8",
    quotes_all=False,
    lay_out=_lay_out,
    clock_cells=_clock_cells,
    has_ends=True,
    id_column="Ticket",
    write_id=write_tickets,
    dirt={
        "zero_hours": {},
        "ends_before_start": {},
        "unreadable_date": {"Started": "yesterday 9:30"},
        "missing_date": {"Started": "", "Ended": ""},
        "unreadable_hours": {"Hours": "ca. 2"},
        "missing_person": {"Employee": ""},
        "unknown_tag": {"Kind of work": "Executoin"},
        "surplus_field": {},
        "repeated_record": {},
        "overlapping": {},
        "over_midnight": {},
    },
)
