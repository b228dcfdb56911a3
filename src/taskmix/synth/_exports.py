"""The layouts in which the tracker and the Toggl workspace export the tasks."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from taskmix.synth._organisation import Organisation

#: The spellings that the tracker's people tag with.
TAG_SPELLINGS: dict[str, tuple[str, ...]] = {
    "execution": ("Execution", "execution"),
    "judgment": ("Judgment", "Judgement", "judgment"),
    "creative": ("Creative", "creative"),
    "connective": ("Connective", "connective"),
}
_DONE_BY = {"human": "Human", "ai": "AI", "both": "Both", "unknown": ""}


def name_people(organisation: Organisation) -> np.ndarray:
    """Ids such as ``emp-0042``, one a person."""
    return np.array([f"emp-{number:04d}" for number in range(1, len(organisation.team) + 1)])


def lay_out(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> Iterator[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Yield each file's name, its table as text, and the tasks in it in the same order."""
    in_toggl = np.array([team.in_toggl for team in organisation.teams])[tasks["team"]]
    tracker = _lay_out_tracker(rng, tasks, organisation, ~in_toggl)
    quarter = tasks["start"].dt.to_period("Q").astype(str).str.replace("Q", "-Q")
    for name, rows in tasks[~in_toggl].groupby(quarter[~in_toggl]):
        yield f"demo_tasks_{name}.csv", tracker.loc[rows.index], rows
    toggl = _lay_out_toggl(tasks[in_toggl], organisation)
    for year, rows in tasks[in_toggl].groupby(tasks["start"].dt.year[in_toggl]):
        yield f"demo_toggl_{year}.csv", toggl.loc[rows.index], rows


def _lay_out_tracker(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation, mine: np.ndarray
) -> pd.DataFrame:
    number = np.cumsum(mine)
    ticket = np.array([f"TSK-{i:06d}" for i in number])
    parent = np.where(tasks["parent"] >= 0, ticket[tasks["parent"]], "")
    tables = _team_columns(tasks, organisation)
    end = tasks["start"] + pd.to_timedelta(tasks["minutes"], unit="min")
    known = ~tasks["hours_missing"]
    return pd.DataFrame(
        {
            "Ticket": ticket,
            "Employee": name_people(organisation)[tasks["person"]],
            "Team": tables["team"],
            "Department": tables["department"],
            "Project": tasks["project"],
            "Task": tasks["title"],
            "Started": tasks["start"].dt.strftime("%Y-%m-%d %H:%M"),
            "Ended": end.dt.strftime("%Y-%m-%d %H:%M").where(known, ""),
            "Hours": logged_hours(tasks, organisation).map("{:.2f}".format).where(known, ""),
            "Done by": tasks["performer_logged"].map(_DONE_BY),
            "AI mode": tasks["ai_mode"],
            "AI oversight": tasks["oversight"],
            "Parent": parent,
            "Kind of work": _spell_tags(rng, tasks),
            "With": _name_company(rng, tasks, organisation),
            "Automate?": tasks["wish"],
        }
    )[mine]


def logged_hours(tasks: pd.DataFrame, organisation: Organisation) -> pd.Series:
    """Hours as the tools log them; missing where a person left them out.

    The tracker cuts them to hundredths, so that they are never longer than the clock.
    """
    in_toggl = np.array([team.in_toggl for team in organisation.teams])[tasks["team"]]
    cut = (tasks["minutes"] * 100 // 60 / 100).where(~tasks["hours_missing"])
    return cut.mask(in_toggl, (tasks["minutes"] / 60).round(4))


def _team_columns(tasks: pd.DataFrame, organisation: Organisation) -> dict[str, np.ndarray]:
    teams = organisation.teams
    return {
        "team": np.array([t.name for t in teams])[tasks["team"]],
        "department": np.array([t.department for t in teams])[tasks["team"]],
    }


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
    in_tracker = np.array([not team.in_toggl for team in organisation.teams])
    everyone = np.flatnonzero(in_tracker[organisation.team])
    own = [np.flatnonzero(organisation.team == i) for i in range(len(organisation.teams))]
    names = name_people(organisation)
    chances = rng.random((len(tasks), 5)).tolist()
    company = []
    people = zip(tasks["person"], tasks["team"], tasks["company"], chances, strict=True)
    for person, team, n, u in people:
        circle = everyone if u[4] < 0.33 else own[team]
        chosen = {int(circle[int(u[i] * len(circle))]) for i in range(n)} - {person}
        company.append("; ".join(names[sorted(chosen)].tolist()) if chosen else "")
    return company


def _lay_out_toggl(tasks: pd.DataFrame, organisation: Organisation) -> pd.DataFrame:
    people = name_people(organisation)[tasks["person"]]
    end = tasks["start"] + pd.to_timedelta(tasks["minutes"], unit="min")
    hours, minutes = tasks["minutes"] // 60, tasks["minutes"] % 60
    tag = "Kind: " + tasks["category"].str.capitalize()
    return pd.DataFrame(
        {
            "User": people,
            "Email": [f"{name}@example.org" for name in people],
            "Client": _team_columns(tasks, organisation)["team"],
            "Project": tasks["project"],
            "Task": "",
            "Description": tasks["title"],
            "Billable": "No",
            "Start date": tasks["start"].dt.strftime("%Y-%m-%d"),
            "Start time": tasks["start"].dt.strftime("%H:%M:%S"),
            "End date": end.dt.strftime("%Y-%m-%d"),
            "End time": end.dt.strftime("%H:%M:%S"),
            "Duration": [f"{h:02d}:{m:02d}:00" for h, m in zip(hours, minutes, strict=True)],
            "Tags": tag.where(tasks["tagged"], ""),
        },
        index=tasks.index,
    )
