"""Sentences of the page about what arrived, computed from the measures' frames."""

from typing import Any, Literal

import pandas as pd

from taskmix.language import full_date, number, tr, trn
from taskmix.measures import Weeks
from taskmix.report.blocks import Tile
from taskmix.report.coveragewords import share_covered
from taskmix.report.mixfigures import json_number
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
        return tr("The log holds entries, but no ingest of them is on record.")
    if quarantine.empty:
        return tr(
            "Nothing waits to be corrected: {read} of {files} could be read.",
            read=_records(read),
            files=_files(files),
        )
    return trn(
        "{n} record could not be read and waits to be corrected, of {read}.",
        "{n} records could not be read and wait to be corrected, of {read}.",
        len(quarantine),
        read=number(read),
    )


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
        items.append((tr("The log reaches {day}", day=full_date(weeks.newest)), "ok"))
    else:
        ago = max(0, (ingested - weeks.newest).days)
        text = tr(
            "The log reaches {day}, {ago} before the last ingest",
            day=full_date(weeks.newest),
            ago=_days(ago),
        )
        items.append((text, _lateness(ago)))
    late = sources[sources["days_behind"].fillna(0) >= _LATE]
    items += [
        (
            tr(
                "{source} is {days} behind",
                source=row.source,
                days=_days(row.days_behind),
            ),
            _lateness(row.days_behind),
        )
        for row in late.itertuples()
    ]
    later = int(sources["n_later"].sum())
    if later:
        said = trn(
            "{n} entry is dated after the last ingest",
            "{n} entries are dated after the last ingest",
            later,
        )
        items.append((said, "amber"))
    return items


def tiles(
    counts: pd.DataFrame, quarantine: pd.DataFrame, coverage: pd.DataFrame, overlaps: pd.DataFrame
) -> list[Tile]:
    """Make the page's figures: records, refusals, coverage and hours counted twice."""
    row = _all(counts)
    share = share_covered(coverage)
    hours = float(overlaps["hours"].sum())
    known = tr("of the hours that the roster lets expect")
    return [
        Tile(tr("Records read"), None, number(row["read"]),
             tr("in {files}", files=_files(row["n_files"]))),
        Tile(tr("Refused"), None, number(len(quarantine)), tr("in quarantine now")),
        Tile(tr("Coverage"), None, percent(share),
             tr("the roster does not say what to expect") if pd.isna(share) else known),
        Tile(tr("Counted twice"), None, f"{number(hours, 1)} h",
             tr("by overlaps in the weeks shown")),
    ]  # fmt: skip


def arrival_sentence(counts: pd.DataFrame) -> str:
    """Say what became of every record of the last ingest that read anything."""
    row = counts.set_index("what").loc["the last ingest"]
    if row["n_files"] == 0:
        return tr("No ingest is on record.")
    ends = [
        (row["accepted"], tr("new")), (row["updated"], tr("changed since")),
        (row["unchanged"], tr("already in the log")), (row["quarantined"], tr("refused")),
        (row["skipped"], tr("no tasks by the format’s own meaning")),
    ]  # fmt: skip
    parts = [f"{number(count)} {words}" for count, words in ends if count]
    apart = [
        tr("{n} tasks are no longer in the exports and were removed", n=number(row["removed"]))
        if row["removed"] else "",
        tr("{n} tasks are repetitions of one record", n=number(row["expanded"]))
        if row["expanded"] else "",
    ]  # fmt: skip
    also = "".join(f" {sentence}." for sentence in apart if sentence)
    said = ", ".join(parts) or tr("none")
    return tr(
        "The last ingest that read anything took {files} with {read}: {said}.{also}",
        files=_files(row["n_files"]),
        read=_records(row["read"]),
        said=said,
        also=also,
    )


def months_title(months: pd.DataFrame) -> str:
    """Title the chart of entries by tool and month by what it shows."""
    total = months.groupby("source")["n_entries"].sum().sort_values(ascending=False)
    if len(total) == 1:
        return tr(
            "All {total} entries come from {source}",
            total=number(total.iloc[0]),
            source=total.index[0],
        )
    return tr(
        "{tools} tools brought {all} entries, {source} the most ({most})",
        tools=len(total),
        all=number(total.sum()),
        source=total.index[0],
        most=number(total.iloc[0]),
    )


def refusals_title(reasons: pd.DataFrame) -> str:
    """Title the chart of refusals by what it shows."""
    if reasons.empty:
        return tr("Nothing is refused")
    first, total = reasons.iloc[0], int(reasons["n_records"].sum())
    if len(reasons) == 1:
        return tr(
            "All {total} refused records have one fault: {reason}",
            total=number(total),
            reason=_words(first["reason"]),
        )
    return tr(
        "{total} refused for {reasons} reasons; most frequent, with {most}: {reason}",
        total=_records(total),
        reasons=len(reasons),
        most=number(first["n_records"]),
        reason=_words(first["reason"]),
    )


def what_to_do(reasons: pd.DataFrame) -> str:
    """Say how refused records are corrected, or that none is."""
    if reasons.empty:
        return tr("Nothing is refused: every record that is a task is in the log.")
    return tr(
        "To correct them: `taskmix quarantine --export to-correct` writes them as their "
        "tool wrote them; correct the rows there and run `taskmix ingest to-correct`. Or "
        "correct them in the tool and export again. A spelling that taskmix does not "
        "know is added to [tags] in taskmix.toml."
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
        name: json_number(
            (said[name] * said["n_tasks"]).sum() / n_tasks if n_tasks else float("nan")
        )
        for name in ("unknown_performer", "untagged", "without_hours")
    }
    behind = sources.dropna(subset=["days_behind"]).set_index("source")["days_behind"]
    return {
        "weeks": [f"{weeks.first:%Y-%m-%d}", f"{weeks.last:%Y-%m-%d}"],
        "data_through": f"{weeks.newest:%Y-%m-%d}",
        "files": {name: int(row[name]) for name in counts.columns if name != "what"},
        "quarantined_now": int(reasons["n_records"].sum()),
        "reasons": {str(r.reason): int(r.n_records) for r in reasons.itertuples()},
        "coverage": json_number(share_covered(coverage)),
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
    return tr(reason.replace("_", " "))


def _records(count: int) -> str:
    return trn("{n} record", "{n} records", count)


def _files(count: int) -> str:
    return trn("{n} file", "{n} files", count)


def _days(count: int) -> str:
    return trn("{n} day", "{n} days", count)


def _lateness(days: int) -> State:
    return "red" if days >= _VERY_LATE else "amber" if days >= _LATE else "ok"
