"""Clockify: the detailed report as CSV."""

import numpy as np
import pandas as pd

from taskmix.synth._layout import Layout, clients_of, join_labels, no_ids, write_clock
from taskmix.synth._organisation import Organisation
from taskmix.synth._people import name_people

KINDS: dict[str, str] = {
    "execution": "Routine",
    "judgment": "Decision",
    "creative": "Ideas",
    "connective": "People",
}
PERFORMERS: dict[str, str] = {"human": "solo", "ai": "AI agent", "both": "with AI"}
OTHERS: tuple[str, ...] = ("on call", "pairing", "overtime", "hotfix")


def _clock_cells(tasks: pd.DataFrame) -> pd.DataFrame:
    # Whoever exports the second and fourth quarters has a 12-hour clock in the profile.
    twelve = tasks["start"].dt.quarter % 2 == 0
    return pd.DataFrame(
        {
            "Start Date": tasks["start"].dt.strftime("%d/%m/%Y"),
            "Start Time": _write_time(tasks["start"], twelve),
            "End Date": tasks["end"].dt.strftime("%d/%m/%Y"),
            "End Time": _write_time(tasks["end"], twelve),
            "Duration (h)": write_clock(tasks["minutes"]),
            "Duration (decimal)": (tasks["minutes"] / 60).map("{:.2f}".format),
        }
    )


def _write_time(at: pd.Series, twelve: pd.Series) -> pd.Series:
    return at.dt.strftime("%H:%M").mask(twelve, at.dt.strftime("%I:%M:%S %p"))


def _lay_out(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    names = name_people(organisation.n_people)
    return pd.DataFrame(
        {
            "Project": tasks["project"],
            "Client": clients_of(tasks, organisation),
            "Description": tasks["title"],
            "Task": "",
            "User": names["nick"][tasks["person"]],
            "Group": np.array([team.name for team in organisation.teams])[tasks["team"]],
            "Email": names["email"][tasks["person"]],
            "Tags": join_labels(rng, tasks, kinds=KINDS, performers=PERFORMERS, others=OTHERS),
            "Billable": "No",
            **_clock_cells(tasks),
            "Billable Rate (USD)": "0.00",
            "Billable Amount (USD)": "0.00",
        }
    )


CLOCKIFY = Layout(
    source="clockify",
    file_name="demo_clockify_{}.csv",
    period="Q",
    encoding="utf-8",
    quotes_all=True,
    lay_out=_lay_out,
    clock_cells=_clock_cells,
    has_ends=True,
    id_column=None,
    write_id=no_ids,
    dirt={
        "zero_hours": {},
        "ends_before_start": {},
        "unreadable_date": {"Start Date": "n/a"},
        "unreadable_hours": {"Duration (h)": "n/a", "Duration (decimal)": "n/a"},
        "missing_person": {"User": "", "Email": ""},
        "still_running": {
            "End Date": "", "End Time": "", "Duration (h)": "", "Duration (decimal)": "",
        },
        "identical_row": {},
        "overlapping": {},
        "over_midnight": {},
    },
)  # fmt: skip
