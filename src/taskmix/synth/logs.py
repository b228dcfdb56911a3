"""Write the invented organisation's log files, as its tools would export them."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.synth.truth import simulate


@dataclass(frozen=True)
class SynthSummary:
    """What `write_logs` wrote.

    Attributes
    ----------
    files : tuple of pathlib.Path
        The log files, the tracker's by quarter, then Toggl's by year.
    rows, n_people, n_tagged : int
        Logged tasks, people and tasks that the log tags.
    teams : tuple of str
        The teams, the one that logs in Toggl among them.
    total_hours : float
        All logged hours, those of AI's tasks among them.
    truth_path : pathlib.Path or None
        Where the truth was written, if it was.
    """

    files: tuple[Path, ...]
    rows: int
    n_people: int
    teams: tuple[str, ...]
    n_tagged: int
    total_hours: float
    truth_path: Path | None


def write_logs(
    directory: str | os.PathLike[str],
    *,
    people: int = 200,
    months: int = 24,
    teams: int | None = None,
    last_month: str = "2026-09",
    seed: int = 0,
    truth_path: str | os.PathLike[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> SynthSummary:
    """Write the logs of an invented organisation in which AI takes over execution.

    A company's tracker exports ``demo_tasks_2026-Q3.csv``, one file a quarter; one team logs
    in Toggl instead, ``demo_toggl_2026.csv``, one file a year. The same options give the same
    bytes. Each file appears whole or not at all.

    Parameters
    ----------
    directory
        Where the log files go, such as ``data/raw``; made if it is not there.
    people, months
        Size of the organisation and length of its logs.
    teams
        Number of teams, 1 to 16; about one for 16 people if not given. From two teams on the
        second logs in Toggl and the last has six people at most, from four on the third hardly
        meets AI.
    last_month
        The last month that is logged, such as ``2026-09``.
    seed
        Number that everything is drawn from.
    truth_path
        Where to write the truth (the columns of `truth_frame`); it must lie outside
        `directory`. Not written if not given.
    progress
        Is called with one sentence when a file is written.

    Raises
    ------
    TaskmixError
        If the sizes cannot be, if `truth_path` lies in `directory`, or if `directory` holds
        demo logs of another span, whose tasks would be counted twice.
    """
    folder = Path(directory)
    truth_file = None if truth_path is None else Path(truth_path)
    if truth_file is not None and truth_file.resolve().is_relative_to(folder.resolve()):
        raise TaskmixError(f"{truth_file}: the truth must not lie among the logs in {folder}")
    tell = progress or (lambda _: None)
    tell(f"inventing {people} people and {months} months")
    parts = list(
        simulate(people=people, months=months, teams=teams, last_month=last_month, seed=seed)
    )
    _refuse_leftovers(folder, {name for name, _, _ in parts})
    folder.mkdir(parents=True, exist_ok=True)
    for name, table, _ in parts:
        # Toggl's own exports begin with a byte order mark
        _write_whole(folder / name, table, "utf-8-sig" if "User" in table else "utf-8")
        tell(f"wrote {name}: {len(table):,} rows")
    truth = pd.concat([part for _, _, part in parts], ignore_index=True)
    if truth_file is not None:
        truth_file.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(truth_file, truth, "utf-8")
        tell(f"wrote the truth about {len(truth):,} rows")
    return _summarise(tuple(folder / name for name, _, _ in parts), truth, truth_file)


def _refuse_leftovers(folder: Path, names: set[str]) -> None:
    found = {p.name for pattern in ("tasks", "toggl") for p in folder.glob(f"demo_{pattern}_*.csv")}
    leftovers = sorted(found - names)
    if leftovers:
        raise TaskmixError(
            f"{folder} holds demo logs of another span, {', '.join(leftovers)}; "
            "remove them or choose another folder"
        )


def _write_whole(path: Path, table: pd.DataFrame, encoding: str) -> None:
    part = path.with_name(f".{path.name}.part")
    try:
        table.to_csv(part, index=False, encoding=encoding, lineterminator="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _summarise(
    files: tuple[Path, ...], truth: pd.DataFrame, truth_file: Path | None
) -> SynthSummary:
    return SynthSummary(
        files=files,
        rows=len(truth),
        n_people=truth["person"].nunique(),
        teams=tuple(sorted(truth["team"].unique())),
        n_tagged=int(truth["tagged"].sum()),
        total_hours=round(float(truth["hours"].sum()), 2),
        truth_path=truth_file,
    )
