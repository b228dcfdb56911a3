"""Jira: work logs as an app exports them to CSV."""

import numpy as np
import pandas as pd

from taskmix.synth._layout import Layout, join_labels
from taskmix.synth._organisation import Organisation
from taskmix.synth._people import name_people

KINDS: dict[str, str] = {
    "execution": "kind-execution",
    "judgment": "kind-judgement",
    "creative": "kind-creative",
    "connective": "kind-connective",
}
PERFORMERS: dict[str, str] = {"human": "by-hand", "ai": "ai-agent", "both": "ai-assisted"}
OTHERS: tuple[str, ...] = ("region-north", "customer", "warranty", "q-goal")
#: Jira writes instants in its server's time zone, with the offset.
SERVER_ZONE = "Europe/Berlin"
_FIRST_ID = 30_000
_PRIORITIES = ("Medium", "Medium", "High", "Low")
_TYPES = ("Task", "Task", "Story", "Bug", "Sub-task")


def write_worklog_ids(numbers: np.ndarray) -> list[str]:
    """Write the ids of work logs."""
    return [str(_FIRST_ID + n) for n in numbers.tolist()]


def write_time_spent(minutes: int) -> str:
    """Write a duration as Jira does.

    Examples
    --------
    >>> write_time_spent(65), write_time_spent(120), write_time_spent(0)
    ('1h 5m', '2h', '0m')
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}h"] * bool(hours) + [f"{rest}m"] * bool(rest)
    return " ".join(parts) or "0m"


def _add_total(cells: pd.DataFrame, minutes: int) -> pd.DataFrame:
    """End an export as the app does, with a row that has nothing but the sum."""
    total = dict.fromkeys(cells.columns, "") | {"Time spent": write_time_spent(minutes)}
    return pd.concat([cells, pd.DataFrame([total])])


def _clock_cells(tasks: pd.DataFrame) -> pd.DataFrame:
    started = tasks["start"].dt.tz_localize("UTC").dt.tz_convert(SERVER_ZONE)
    return pd.DataFrame(
        {
            "Started": started.dt.strftime("%Y-%m-%dT%H:%M:%S.000%z"),
            "Time spent": tasks["minutes"].map(write_time_spent),
        }
    )


def _lay_out(
    rng: np.random.Generator, tasks: pd.DataFrame, organisation: Organisation
) -> pd.DataFrame:
    author = name_people(organisation.n_people)["display"][tasks["person"]]
    key = tasks["project"].str[:3].str.upper()
    n = len(tasks)
    issue, epic = rng.integers(100, 5000, n), rng.integers(10, 100, n)
    kind = np.array(_TYPES)[rng.integers(0, len(_TYPES), n)]
    clock = _clock_cells(tasks)
    keys = key + [f"-{number}" for number in issue]
    parent = pd.Series([f"-{number - 1}" for number in issue], index=tasks.index)
    return pd.DataFrame(
        {
            "Worklog id": write_worklog_ids(np.arange(1, n + 1)),
            "Author": author,
            "Summary": tasks["title"],
            # What the app fills in for those who write nothing.
            "Work description": ("Working on issue " + keys).where(rng.random(n) < 0.4, ""),
            "Issue": keys,
            "Parent": (key + parent).where(kind == "Sub-task", ""),
            "Epic": key + [f"-{number}" for number in epic],
            "Project": tasks["project"],
            "Started": clock["Started"],
            "Assignee": author,
            "Labels": join_labels(rng, tasks, kinds=KINDS, performers=PERFORMERS, others=OTHERS),
            "Priority": np.array(_PRIORITIES)[rng.integers(0, len(_PRIORITIES), n)],
            "Issue type": kind,
            "Sprint": tasks["project"]
            + [f" {week:02d}" for week in tasks["start"].dt.isocalendar().week],
            "Time spent": clock["Time spent"],
        }
    )


JIRA = Layout(
    source="jira",
    file_name="demo_jira_{}.csv",
    period="Y",
    encoding="utf-8-sig",
    quotes_all=True,
    lay_out=_lay_out,
    clock_cells=_clock_cells,
    has_ends=False,
    id_column="Worklog id",
    write_id=write_worklog_ids,
    dirt={
        "zero_hours": {},
        "unreadable_date": {"Started": "n/a"},
        "unreadable_hours": {"Time spent": "a while"},
        "missing_person": {"Author": ""},
        "repeated_record": {},
    },
    add_total=_add_total,
)
