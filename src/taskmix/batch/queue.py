"""Draw what people should tag next, and write it as a sheet."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from taskmix.batch.answers import Loaded, given_tags, load_sheet, save_tags, with_training_tags
from taskmix.batch.population import TaggedLog, look_again, read_tagged_log, tasks_of_period
from taskmix.batch.private import OWNER_FILE, make_private
from taskmix.batch.standing import Standing, queue_standing
from taskmix.errors import SortingError
from taskmix.settings import Settings
from taskmix.sorting.queue import (
    AUDIT_KINDS,
    SheetError,
    draw_queue,
    make_sheet,
    newest_audit,
    sheet_bytes,
    title_digests,
)
from taskmix.store import TABLES, read_table, replace_table, writing
from taskmix.store.versions import TASKS_VERSION

__all__ = [
    "Drawn",
    "Loaded",
    "Standing",
    "draw_sheet",
    "given_tags",
    "load_sheet",
    "queue_standing",
    "save_tags",
    "with_training_tags",
]

_SHEETS = ("csv", "xlsx")


@dataclass(frozen=True)
class Drawn:
    """A draw and its sheet.

    Attributes
    ----------
    draw_id, period : str
    sheet : pathlib.Path
        For its owner alone.
    counts : dict of str to int
        Rows by kind: ``audit``, ``relabel``, ``margin``, ``suspicious``.
    n_certain : int
        Rows of the audit that were taken with certainty.
    is_new : bool
        False where the period's audit had been drawn before, and its sheet is the one named.
    is_sorted : bool
        False where nothing had been sorted, so that there is nothing to learn from beside it.
    """

    draw_id: str
    period: str
    sheet: Path
    counts: dict[str, int]
    n_certain: int
    is_new: bool
    is_sorted: bool


def draw_sheet(
    settings: Settings,
    *,
    period: str,
    n: int = 400,
    seed: int = 0,
    excel: bool = False,
    again: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Drawn:
    """Draw the audit of a period and tasks to learn from, and write their sheet.

    What was drawn is kept in the table ``draws``. A period has one audit: the same call again
    finds it, and writes its sheet where that is gone; a sheet that is there is left alone, for
    somebody may be filling it in.

    Parameters
    ----------
    period : str
        As `taskmix.periods.choose_period` reads it.
    n : int
        Size of the audit; up to half as many are added to learn from.
    seed : int
        Another seed, another draw.
    excel : bool
        Write .xlsx instead of CSV.
    again : bool
        Draw a new audit, which takes the earlier one's place in estimates.

    Raises
    ------
    SortingError
        If the log or the period is empty; or the period has an audit of another size or seed.
    SheetError
        If the sheet cannot be written.
    """
    say = progress or (lambda _: None)
    with writing(settings.processed):
        say("reading the log")
        log = read_tagged_log(settings)
        name, tasks = tasks_of_period(log, period=period, settings=settings)
        draws = read_table(settings.processed, "draws")
        known = None if again else newest_audit(draws, period=name)
        if known is None:
            say("drawing")
            draw = _draw(log, tasks, period=name, n=n, seed=seed)
            known = str(draw["draw_id"].iloc[0])
            is_new = known not in set(draws["draw_id"])
            if is_new:
                rows = pd.concat([draws, draw], ignore_index=True)
                replace_table(
                    settings.processed, "draws", rows, run_id=known,
                    noted={TASKS_VERSION: str(log.version)},
                )  # fmt: skip
        else:
            is_new, draw = False, draws[draws["draw_id"] == known]
            _check_same(draw, period=name, n=n, seed=seed)
        say("writing the sheet")
        sheet = _write_sheet(settings, known, make_sheet(draw, log.tasks), excel=excel)
    audit = draw[draw["kind"].isin(AUDIT_KINDS)]
    return Drawn(
        draw_id=known,
        period=name,
        sheet=sheet,
        counts={str(kind): int(count) for kind, count in draw["kind"].value_counts().items()},
        n_certain=int((audit["pi"] == 1).sum()),
        is_new=is_new,
        is_sorted=log.is_sorted,
    )


def _draw(log: TaggedLog, tasks: pd.DataFrame, *, period: str, n: int, seed: int) -> pd.DataFrame:
    strange = look_again(log)
    rows = draw_queue(
        # Two periods with one seed must not be drawn by the same random numbers.
        tasks, n=n, seed=[seed, *period.encode()],
        suspicious=strange.loc[strange["n_taggers"] < 2, "task_id"].tolist(),
    )  # fmt: skip
    titles = rows["task_id"].map(tasks.set_index("task_id")["title"])
    content = "\x1f".join([*rows["task_id"], *rows["kind"], str(log.version), str(n), str(seed)])
    digest = hashlib.sha256(content.encode()).hexdigest()[:8]
    draw = rows.assign(
        draw_id=f"{period}-{digest}", period=period, seed=seed, n=n,
        at=pd.Timestamp.now(tz="UTC").as_unit("us"), tasks_version=log.version,
        title_digest=title_digests(titles),
    )  # fmt: skip
    return draw[list(TABLES["draws"].fields.names)]


def _check_same(draw: pd.DataFrame, *, period: str, n: int, seed: int) -> None:
    held = draw.iloc[0]
    if (held["n"], held["seed"]) != (n, seed):
        raise SortingError(
            f"the audit of {period} was drawn with n {held['n']} and seed {held['seed']} "
            f"({held['draw_id']}), and now n is {n} and the seed {seed}; give the same, or draw "
            "--again, which takes its place in estimates"
        )


def _write_sheet(settings: Settings, draw_id: str, sheet: pd.DataFrame, *, excel: bool) -> Path:
    folder = settings.analyst / "queue"
    path = folder / f"{draw_id}.{_SHEETS[excel]}"
    if path.exists():
        return path
    content = sheet_bytes(sheet, excel=excel)
    half = path.with_name(f".{path.name}.part")
    try:
        make_private(settings.analyst, under=settings.analyst)
        make_private(folder, under=settings.analyst)
        half.touch(mode=OWNER_FILE)
        half.chmod(OWNER_FILE)
        half.write_bytes(content)
        half.replace(path)
    except OSError as error:
        raise SheetError(
            f"{error.filename or path}: cannot be written ({error.strerror or error}); what was "
            "drawn is kept, and the same command writes its sheet"
        ) from error
    return path
