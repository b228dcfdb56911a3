"""Write the invented organisation's log files, as its tools would export them."""

import csv
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.synth._dirt import DIRT
from taskmix.synth._files import LogFile, found, simulate
from taskmix.synth._people import write_roster


@dataclass(frozen=True)
class SynthSummary:
    """What `write_logs` wrote.

    Attributes
    ----------
    files : tuple of pathlib.Path
        The log files: the tracker's by quarter, Toggl's by year, Clockify's by quarter, Jira's
        by year.
    rows : int
        Rows of all files, dirt and Jira's total rows among them.
    n_people, n_tagged : int
        People, and tasks that the log tags, among the rows that are to be accepted.
    teams : tuple of str
        The teams, whatever they log in.
    total_hours : float
        All hours that are to be accepted, those of AI's tasks among them.
    dirt : dict of str to int
        Rows by kind of what was put in on purpose, and Jira's ``total_row``; `expected_counts`
        tells what must become of them in each file.
    truth_path, roster_path : pathlib.Path or None
        Where the truth and the roster were written, if they were.
    """

    files: tuple[Path, ...]
    rows: int
    n_people: int
    teams: tuple[str, ...]
    n_tagged: int
    total_hours: float
    dirt: dict[str, int]
    truth_path: Path | None
    roster_path: Path | None


def write_logs(
    directory: str | os.PathLike[str],
    *,
    people: int = 200,
    months: int = 24,
    teams: int | None = None,
    last_month: str = "2026-09",
    seed: int = 0,
    dirt: float = DIRT,
    truth_path: str | os.PathLike[str] | None = None,
    roster_path: str | os.PathLike[str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> SynthSummary:
    """Write the logs of an invented organisation in which AI takes over execution.

    Most teams log in the company's tracker, one team each in Toggl, Clockify and Jira, and half
    of the Toggl and Clockify teams in Jira as well. The same options give the same bytes. Each
    file appears whole or not at all.

    Parameters
    ----------
    directory
        Where the log files go, such as ``data/raw``; made if it is not there.
    people, months
        Size of the organisation and length of its logs.
    teams
        Number of teams, 1 to 16; about one for 16 people if not given. From two teams on the
        second logs in Toggl and the last has six people at most; the third logs in Jira; from
        four on the fourth logs in Clockify, and the third hardly meets AI.
    last_month
        The last month that is logged, such as ``2026-09``.
    seed
        Number that everything is drawn from.
    dirt
        Rows put in on purpose that ingest must refuse, skip or notice, as a part (0 to 0.1) of
        each file's clean rows, rounded up; the clean rows are the same with and without.
    truth_path
        Where to write the truth (the columns of `truth_frame`); it must lie outside
        `directory`. Not written if not given.
    roster_path
        Where to write the roster (`roster_frame`), such as ``people.csv``; outside
        `directory` too. Not written if not given.
    progress
        Is called with one sentence when a file is written.

    Raises
    ------
    TaskmixError
        If the sizes cannot be, if `truth_path` or `roster_path` lies in `directory`, or if
        `directory` holds demo logs of another span, whose tasks would be counted twice.
    """
    folder = Path(directory)
    truth_file = _outside(folder, truth_path, "truth")
    roster_file = _outside(folder, roster_path, "roster")
    tell = progress or (lambda _: None)
    tell(f"inventing {people} people and {months} months")
    organisation = found(
        people=people, months=months, teams=teams, last_month=last_month, seed=seed
    )
    files = list(simulate(organisation, seed=seed, dirt=dirt))
    _refuse_leftovers(folder, {file.name for file in files})
    folder.mkdir(parents=True, exist_ok=True)
    for file in files:
        _write_log(folder / file.name, file)
        tell(f"wrote {file.name}: {len(file.cells):,} rows")
    truth = pd.concat([file.truth for file in files], ignore_index=True)
    for path, table, what in (
        (truth_file, truth, "truth"),
        (roster_file, write_roster(organisation), "roster"),
    ):
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, table)
            tell(f"wrote the {what}: {len(table):,} rows")
    accepted = truth[truth["fate"] == "accepted"]
    return SynthSummary(
        files=tuple(folder / file.name for file in files),
        rows=len(truth),
        n_people=accepted["person"].nunique(),
        teams=tuple(sorted(accepted["team"].unique())),
        n_tagged=int(accepted["tagged"].sum()),
        total_hours=round(float(accepted["hours"].sum()), 2),
        dirt=truth.loc[truth["dirt"] != "", "dirt"].value_counts().sort_index().to_dict(),
        truth_path=truth_file,
        roster_path=roster_file,
    )


def roster_frame(
    *,
    people: int = 200,
    months: int = 24,
    teams: int | None = None,
    last_month: str = "2026-09",
    seed: int = 0,
) -> pd.DataFrame:
    """Give the roster of the organisation that `write_logs` invents with the same options.

    Returns
    -------
    pandas.DataFrame
        One row a person and team, as text: ``person`` (``emp-0042``), ``aliases`` (names in
        the tools, joined by ``; ``), ``team``, ``department``, ``from`` and ``to`` (ISO dates,
        inclusive; ``to`` is empty for who is still there), ``weekly_hours``, ``time_zone``.

    Examples
    --------
    >>> roster_frame(people=2, teams=1, months=1)["aliases"][0]
    'Worker 0001 Bravo; worker1; worker.0001@example.org'
    """
    return write_roster(
        found(people=people, months=months, teams=teams, last_month=last_month, seed=seed)
    )


def _outside(folder: Path, path: str | os.PathLike[str] | None, what: str) -> Path | None:
    if path is None:
        return None
    if Path(path).resolve().is_relative_to(folder.resolve()):
        raise TaskmixError(f"{path}: the {what} must not lie among the logs in {folder}")
    return Path(path)


def _refuse_leftovers(folder: Path, names: set[str]) -> None:
    leftovers = sorted({path.name for path in folder.glob("demo_*.csv")} - names)
    if leftovers:
        raise TaskmixError(
            f"{folder} holds demo logs of another span, {', '.join(leftovers)}; "
            "remove them or choose another folder"
        )


def _write_log(path: Path, file: LogFile) -> None:
    surplus = (file.truth["dirt"] == "surplus_field").to_numpy().nonzero()[0] + 1
    quoting = csv.QUOTE_ALL if file.layout.quotes_all else csv.QUOTE_MINIMAL
    _write_whole(
        path, file.cells, encoding=file.layout.encoding, quoting=quoting, surplus=surplus.tolist()
    )


def _write_whole(
    path: Path,
    table: pd.DataFrame,
    *,
    encoding: str = "utf-8",
    quoting: int = csv.QUOTE_MINIMAL,
    surplus: list[int] | None = None,
) -> None:
    """Write a table; the lines of `surplus` (the header is 0) get a field too many."""
    part = path.with_name(f".{path.name}.part")
    try:
        table.to_csv(part, index=False, encoding=encoding, lineterminator="\n", quoting=quoting)
        if surplus:
            lines = part.read_text(encoding="utf-8").split("\n")
            for number in surplus:
                lines[number] += ",see above"
            part.write_text("\n".join(lines), encoding="utf-8", newline="\n")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
