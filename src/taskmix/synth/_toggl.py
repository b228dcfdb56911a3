"""Toggl Track: the detailed report as CSV."""

import numpy as np
import pandas as pd

from taskmix.synth._layout import Layout, clients_of, join_labels, no_ids, write_clock
from taskmix.synth._organisation import Organisation
from taskmix.synth._people import name_people

KINDS: dict[str, str] = {
    "execution": "Kind: Execution",
    "judgment": "Kind: Judgment",
    "creative": "Kind: Creative",
    "connective": "Kind: Connective",
}
PERFORMERS: dict[str, str] = {
    "human": "Done by: Human",
    "ai": "Done by: AI",
    "both": "Done by: Human + AI",
}
OTHERS: tuple[str, ...] = ("Rush", "Remote", "Print", "Q-goal")


def _clock_cells(tasks: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Start date": tasks["start"].dt.strftime("%Y-%m-%d"),
            "Start time": tasks["start"].dt.strftime("%H:%M:%S"),
            "End date": tasks["end"].dt.strftime("%Y-%m-%d"),
            "End time": tasks["end"].dt.strftime("%H:%M:%S"),
            "Duration": write_clock(tasks["minutes"]),
        }
    )


def _lay_out(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    names = name_people(organisation.n_people)
    return pd.DataFrame(
        {
            "User": names["nick"][tasks["person"]],
            "Email": names["email"][tasks["person"]],
            "Client": clients_of(tasks, organisation),
            "Project": tasks["project"],
            "Task": "",
            "Description": tasks["title"],
            "Billable": "No",
            **_clock_cells(tasks),
            "Tags": join_labels(rng, tasks, kinds=KINDS, performers=PERFORMERS, others=OTHERS),
        }
    )


TOGGL = Layout(
    source="toggl",
    file_name="demo_toggl_{}.csv",
    period="Y",
    encoding="utf-8-sig",
    quotes_all=False,
    lay_out=_lay_out,
    clock_cells=_clock_cells,
    has_ends=True,
    id_column=None,
    write_id=no_ids,
    dirt={
        "zero_hours": {},
        "ends_before_start": {},
        "unreadable_date": {"Start date": "30 Feb"},
        "unreadable_hours": {"Duration": "half an hour"},
        "missing_person": {"User": "", "Email": ""},
        "still_running": {"End date": "", "End time": "", "Duration": ""},
        "identical_row": {},
        "overlapping": {},
        "over_midnight": {},
    },
)
