"""Rows that no clean log has, put in on purpose and counted."""

from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd

from taskmix.synth._layout import Layout

#: Rows of a log that are dirt, where nothing else is said.
DIRT = 0.005
#: With more of it, files would run out of evenings to put dirt in.
MOST_DIRT = 0.1


@dataclass(frozen=True)
class Fate:
    """What must become of a row, and the code that ingest gives for it.

    Attributes
    ----------
    fate : str
        ``accepted``; ``unchanged`` (a record that the same file has had already);
        ``quarantined``; ``skipped`` (no task by the format's own meaning).
    reason : str
        Empty for the first two.
    """

    fate: str
    reason: str = ""


#: What must become of each kind of row; the empty kind is a clean one.
FATES: dict[str, Fate] = {
    "": Fate("accepted"),
    "zero_hours": Fate("quarantined", "hours_not_positive"),
    "ends_before_start": Fate("quarantined", "ends_before_start"),
    "unreadable_date": Fate("quarantined", "started_at_unreadable"),
    "missing_date": Fate("quarantined", "no_date"),
    "unreadable_hours": Fate("quarantined", "hours_unreadable"),
    "missing_person": Fate("quarantined", "no_person"),
    "unknown_tag": Fate("quarantined", "unknown_tag"),
    "surplus_field": Fate("quarantined", "fields_do_not_fit_header"),
    "still_running": Fate("skipped", "still_running"),
    "total_row": Fate("skipped", "total_row"),
    "repeated_record": Fate("unchanged"),
    "identical_row": Fate("accepted"),
    "overlapping": Fate("accepted"),
    "over_midnight": Fate("accepted"),
}
#: Rows that copy a clean one to the last letter.
_COPIES = {"repeated_record", "identical_row"}
#: Nobody works in the evening: what is put there overlaps with nothing. Minutes after midnight.
_EVENING, _LATE = 20 * 60, 23 * 60 + 20
_UNREAD_HOURS = {"unreadable_hours", "still_running"}


class Soiler:
    """Puts dirt into the files of one tool, one after the other."""

    def __init__(
        self, rng: np.random.Generator, layout: Layout, *, rate: float, n_clean: int
    ) -> None:
        self._rng = rng
        self._layout = layout
        self._rate = rate
        self._kinds = rng.permutation(list(layout.dirt))
        self._turn = count()
        self._next_id = n_clean + 1

    def soil(self, tasks: pd.DataFrame, cells: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Add dirt to a file's tasks and cells; the clean ones stay, in their order.

        Returns
        -------
        tuple of pandas.DataFrame
            Tasks with ``dirt`` (the kind; empty for a clean one), and cells, both in the order
            of the file.
        """
        if self._rate == 0:
            return tasks.assign(dirt=""), cells
        models = self._choose_models(tasks)
        kinds = [str(self._kinds[next(self._turn) % len(self._kinds)]) for _ in range(len(models))]
        dirty = self._live(models.assign(dirt=kinds))
        dirty_cells = self._write(dirty, cells.loc[dirty.index])
        all_tasks = pd.concat([tasks.assign(dirt=""), dirty], ignore_index=True)
        all_cells = pd.concat([cells, dirty_cells], ignore_index=True)
        order = np.argsort(all_tasks["start"].to_numpy(), kind="stable")
        return all_tasks.iloc[order], all_cells.iloc[order]

    def _choose_models(self, tasks: pd.DataFrame) -> pd.DataFrame:
        """Choose clean tasks to make dirt of: one a person and day, so that dirt never meets."""
        n = int(np.ceil(self._rate * len(tasks)))
        by_people = (tasks["performer_logged"] != "ai") & ~tasks["hours_missing"]
        fit = tasks[by_people & (tasks["minutes"] >= 20)]
        fit = fit.iloc[self._rng.permutation(len(fit))]
        day = fit["start"].dt.normalize()
        return fit[~fit.assign(day=day).duplicated(["person", "day"])].head(n).sort_index()

    def _live(self, dirty: pd.DataFrame) -> pd.DataFrame:
        """Set when each dirty entry was: in an empty evening, or where its kind must be."""
        day = dirty["start"].dt.normalize()
        kind = dirty["dirt"]
        minutes = pd.Series(5 * self._rng.integers(3, 13, len(dirty)), index=dirty.index)
        start = day + pd.to_timedelta(_EVENING, unit="min")
        start = start.mask(kind == "over_midnight", day + pd.to_timedelta(_LATE, unit="min"))
        minutes = minutes.mask(kind == "over_midnight", minutes + 60).mask(kind == "zero_hours", 0)
        inside = kind == "overlapping"
        start = start.mask(inside, dirty["start"] + pd.Timedelta(minutes=5))
        minutes = minutes.mask(inside, 10)
        copies = kind.isin(_COPIES)
        start, minutes = start.mask(copies, dirty["start"]), minutes.mask(copies, dirty["minutes"])
        length = pd.to_timedelta(minutes, unit="min")
        end = (start + length).mask(kind == "ends_before_start", start - length)
        return dirty.assign(start=start, minutes=minutes, end=end)

    def _write(self, dirty: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
        """Lay the dirty entries out: the model's cells with another time, id and fault."""
        written = cells.copy()
        clock = self._layout.clock_cells(dirty)
        written[clock.columns] = clock
        if self._layout.id_column is not None:
            is_new = ~dirty["dirt"].isin(_COPIES)
            numbers = np.arange(self._next_id, self._next_id + is_new.sum())
            written.loc[is_new, self._layout.id_column] = self._layout.write_id(numbers)
            self._next_id += len(numbers)
        for kind, overwritten in self._layout.dirt.items():
            for column, text in overwritten.items():
                written.loc[dirty["dirt"] == kind, column] = text
        return written


def readable_minutes(tasks: pd.DataFrame) -> pd.Series:
    """Give the minutes that the rows of a file tell; missing where they tell none."""
    untold = tasks["hours_missing"] | tasks["dirt"].isin(_UNREAD_HOURS)
    return tasks["minutes"].mask(untold)
