"""Sentences of the page about what arrived, computed from the measures' frames."""

from typing import Any, Literal

import pandas as pd

from taskmix.measures import Weeks
from taskmix.report.analyst import number
from taskmix.report.blocks import Tile
from taskmix.report.coveragewords import share_covered
from taskmix.report.words import percent
from taskmix.settings import Settings

State = Literal["ok", "amber", "red"]
#: Days: tools are exported weekly or monthly; beyond these an export is overdue.
_LATE, _VERY_LATE = 8, 35


def day_of_ingest(files: pd.DataFrame) -> pd.Timestamp | None:
    """Return the (UTC) day of the last ingest; None where none is on record."""
    return None if files.empty else files["at"].max().tz_localize(None).normalize()


def calendar(settings: Settings, files: pd.DataFrame) -> dict[str, Any]:
    """Return what `taskmix.measures.choose_weeks` must know of days: the last ingest, the zone."""
    return {"ingested": day_of_ingest(files), "time_zone": settings.workspace.time_zone}


def headline(counts: pd.DataFrame, quarantine: pd.DataFrame) -> str:
    """Say in one sentence whether what arrived could be read.

    Parameters
    ----------
    counts : pandas.DataFrame
        As `taskmix.measures.counts_in_all` makes it.
    """
    files, read = _all(counts)["n_files"], _all(counts)["read"]
    if files == 0:
        return "The log holds entries, but no ingest of them is on record."
    if quarantine.empty:
        return f"Nothing waits to be corrected: {_records(read)} of {_files(files)} could be read."
    waiting = len(quarantine)
    verb = "waits" if waiting == 1 else "wait"
    return f"{_records(waiting)} could not be read and {verb} to be corrected, of {read:,}."


def freshness_items(
    weeks: Weeks, files: pd.DataFrame, sources: pd.DataFrame
) -> list[tuple[str, State]]:
    """Say how fresh the log is, each with its state.

    Parameters
    ----------
    sources : pandas.DataFrame
        As `taskmix.measures.how_fresh` makes it, by source.
    """
    ingested = day_of_ingest(files)
    items: list[tuple[str, State]] = []
    if ingested is None:
        items.append((f"The log reaches {_day(weeks.newest)}", "ok"))
    else:
        ago = max(0, (ingested - weeks.newest).days)
        text = f"The log reaches {_day(weeks.newest)}, {_days(ago)} before the last ingest"
        items.append((text, _lateness(ago)))
    late = sources[sources["days_behind"].fillna(0) >= _LATE]
    items += [
        (f"{row.source} is {_days(row.days_behind)} behind", _lateness(row.days_behind))
        for row in late.itertuples()
    ]
    later = int(sources["n_later"].sum())
    if later:
        what = "entry is" if later == 1 else "entries are"
        items.append((f"{later:,} {what} dated after the last ingest", "amber"))
    return items


def tiles(
    counts: pd.DataFrame, quarantine: pd.DataFrame, coverage: pd.DataFrame, overlaps: pd.DataFrame
) -> list[Tile]:
    """Make the page's figures: records, refusals, coverage and hours counted twice."""
    row = _all(counts)
    share = share_covered(coverage)
    hours = float(overlaps["hours"].sum())
    known = "of the hours that the roster lets expect"
    return [
        Tile("Records read", None, f"{row['read']:,}", f"in {_files(row['n_files'])}"),
        Tile("Refused", None, f"{len(quarantine):,}", "in quarantine now"),
        Tile("Coverage", None, percent(share),
             "the roster does not say what to expect" if pd.isna(share) else known),
        Tile("Counted twice", None, f"{hours:,.1f} h", "by overlaps in the weeks shown"),
    ]  # fmt: skip


def arrival_sentence(counts: pd.DataFrame) -> str:
    """Say what became of every record of the last ingest that read anything."""
    row = counts.set_index("what").loc["the last ingest"]
    if row["n_files"] == 0:
        return "No ingest is on record."
    ends = [
        (row["accepted"], "new"), (row["updated"], "changed since"),
        (row["unchanged"], "already in the log"), (row["quarantined"], "refused"),
        (row["skipped"], "no tasks by the format’s own meaning"),
    ]  # fmt: skip
    parts = [f"{count:,} {words}" for count, words in ends if count]
    apart = [
        f"{row['removed']:,} tasks are no longer in the exports and were removed"
        if row["removed"] else "",
        f"{row['expanded']:,} tasks are repetitions of one record" if row["expanded"] else "",
    ]  # fmt: skip
    also = "".join(f" {sentence}." for sentence in apart if sentence)
    said = ", ".join(parts) or "none"
    return (
        f"The last ingest that read anything took {_files(row['n_files'])} with "
        f"{_records(row['read'])}: {said}.{also}"
    )


def months_title(months: pd.DataFrame) -> str:
    """Title the chart of entries by tool and month by what it shows."""
    total = months.groupby("source")["n_entries"].sum().sort_values(ascending=False)
    if len(total) == 1:
        return f"All {total.iloc[0]:,} entries come from {total.index[0]}"
    return (
        f"{len(total)} tools brought {total.sum():,} entries, {total.index[0]} the most "
        f"({total.iloc[0]:,})"
    )


def refusals_title(reasons: pd.DataFrame) -> str:
    """Title the chart of refusals by what it shows."""
    if reasons.empty:
        return "Nothing is refused"
    first, total = reasons.iloc[0], int(reasons["n_records"].sum())
    if len(reasons) == 1:
        return f"All {total:,} refused records have one fault: {_words(first['reason'])}"
    return (
        f"{_records(total)} refused for {len(reasons)} reasons; most frequent, with "
        f"{first['n_records']:,}: {_words(first['reason'])}"
    )


def what_to_do(reasons: pd.DataFrame) -> str:
    """Say how refused records are corrected, or that none is."""
    if reasons.empty:
        return "Nothing is refused: every record that is a task is in the log."
    return (
        "To correct them: `taskmix quarantine --export to-correct` writes them as their tool wrote "
        "them; correct the rows there and run `taskmix ingest to-correct`. Or correct them in the "
        "tool and export again. A spelling that taskmix does not know is added to [tags] in "
        "taskmix.toml."
    )


def intake_figures(
    counts: pd.DataFrame,
    reasons: pd.DataFrame,
    coverage: pd.DataFrame,
    gaps: pd.DataFrame,
    sources: pd.DataFrame,
    overlaps: pd.DataFrame,
    said: pd.DataFrame,
    *,
    weeks: Weeks,
) -> dict[str, Any]:
    """Collect the page's main figures as plain JSON values.

    Parameters
    ----------
    counts, reasons, coverage, gaps, sources, overlaps, said : pandas.DataFrame
        As `counts_in_all`, `refusals_by_reason`, `coverage`, `gaps`, `how_fresh` (by source),
        `overlaps_by_team` and `completeness` of `taskmix.measures` make them.
    """
    row = _all(counts)
    n_tasks = int(said["n_tasks"].sum())
    parts = {
        name: number((said[name] * said["n_tasks"]).sum() / n_tasks if n_tasks else float("nan"))
        for name in ("unknown_performer", "untagged", "without_hours")
    }
    behind = sources.dropna(subset=["days_behind"]).set_index("source")["days_behind"]
    return {
        "weeks": [f"{weeks.first:%Y-%m-%d}", f"{weeks.last:%Y-%m-%d}"],
        "data_through": f"{weeks.newest:%Y-%m-%d}",
        "files": {name: int(row[name]) for name in counts.columns if name != "what"},
        "quarantined_now": int(reasons["n_records"].sum()),
        "reasons": {str(r.reason): int(r.n_records) for r in reasons.itertuples()},
        "coverage": number(share_covered(coverage)),
        "gap_weeks": int(gaps["n_weeks"].sum()),
        "days_behind": {str(name): int(days) for name, days in behind.items()},
        "dated_later": int(sources["n_later"].sum()),
        "overlapping_entries": int(overlaps["n_entries_in_all"].sum()),
        "hours_counted_twice": float(overlaps["hours_in_all"].sum()),
        **parts,
    }


def _all(counts: pd.DataFrame) -> pd.Series:
    return counts.set_index("what").loc["all files"]


def _words(reason: str) -> str:
    return reason.replace("_", " ")


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _lateness(days: int) -> State:
    return "red" if days >= _VERY_LATE else "amber" if days >= _LATE else "ok"
