"""What the ingests brought, from the ledger and the quarantine: every record in one count."""

import json

import pandas as pd

#: A record that was read ended in exactly one of these.
ENDS = ("accepted", "updated", "unchanged", "quarantined", "skipped")
#: Counted apart: tasks that an export no longer holds, and tasks beyond one a record.
APART = ("removed", "expanded")
#: What the ledger notes of people whom the roster does not know; the readers write it.
NOT_ON_ROSTER = "people who are not in people.csv"


def files_read(ledger: pd.DataFrame) -> pd.DataFrame:
    """Tell of each file what its latest reading came to.

    Parameters
    ----------
    ledger : pandas.DataFrame
        The table ``runs``.

    Returns
    -------
    pandas.DataFrame
        One row a file, the newest reading first: ``file``, ``reader``, ``at`` (UTC), ``read`` and
        the five counts that it is the sum of, ``removed`` and ``expanded``, ``is_last_run``
        (whether the last ingest read it) and ``notes`` (JSON).
    """
    latest = ledger.sort_values("at", kind="stable").drop_duplicates("file", keep="last")
    last_run = latest["run_id"].iloc[-1] if len(latest) else ""
    table = latest.assign(is_last_run=latest["run_id"] == last_run)
    columns = ["file", "reader", "at", "read", *ENDS, *APART, "is_last_run", "notes"]
    return table.sort_values(["at", "file"], ascending=[False, True], ignore_index=True)[columns]


def counts_in_all(files: pd.DataFrame) -> pd.DataFrame:
    """Add the counts of files up: one for the last ingest, one for all files.

    Parameters
    ----------
    files : pandas.DataFrame
        As `files_read` makes it.

    Returns
    -------
    pandas.DataFrame
        Two rows, ``what`` (``the last ingest``, ``all files``), ``n_files`` and the counts.
    """
    counts = ["read", *ENDS, *APART]
    parts = {"the last ingest": files[files["is_last_run"]], "all files": files}
    rows = [
        {"what": what, "n_files": len(part), **part[counts].sum().to_dict()}
        for what, part in parts.items()
    ]
    types = dict.fromkeys(["n_files", *counts], "int64")
    return pd.DataFrame(rows).astype({"what": "str", **types})


def refusals_by_reason(quarantine: pd.DataFrame) -> pd.DataFrame:
    """Count the refused records that wait in quarantine, by reason.

    Parameters
    ----------
    quarantine : pandas.DataFrame
        See `taskmix.schema.Quarantine`.

    Returns
    -------
    pandas.DataFrame
        One row a reason, the most frequent first: ``reason``, ``n_records``, ``n_files`` and
        ``example`` (what is said of the first of them).
    """
    ordered = quarantine.sort_values(["file", "row"])
    table = ordered.groupby("reason", as_index=False).agg(
        n_records=("row", "size"), n_files=("file", "nunique"), example=("detail", "first")
    )
    return table.sort_values(
        ["n_records", "reason"], ascending=[False, True], ignore_index=True
    ).astype({"reason": "str", "example": "str", "n_records": "int64", "n_files": "int64"})


def first_refusals(quarantine: pd.DataFrame, *, n: int = 3) -> pd.DataFrame:
    """Show the first refused records of each file and reason.

    Returns
    -------
    pandas.DataFrame
        At most `n` rows a file and reason: ``file``, ``row`` (record number, the header not
        counted), ``detail`` and ``reason``.
    """
    ordered = quarantine.sort_values(["file", "row"])
    first = ordered.groupby(["file", "reason"]).head(n)
    return first[["file", "row", "detail", "reason"]].reset_index(drop=True)


def left_out(files: pd.DataFrame, quarantine: pd.DataFrame) -> pd.DataFrame:
    """Count what each file's latest reading left out of the log, by reason.

    Parameters
    ----------
    files : pandas.DataFrame
        As `files_read` makes it.
    quarantine : pandas.DataFrame
        Tells refusals from what is no task by the format's own meaning.

    Returns
    -------
    pandas.DataFrame
        One row a file and reason: ``file``, ``reason``, ``n_records``, ``became`` (``refused``,
        ``skipped``, or ``refused or skipped`` where the ledger alone does not tell) and
        ``n_in_quarantine`` (still there: not corrected since).
    """
    rows = _said(files, "reasons", names=["reason", "n_records"])
    waiting = quarantine.groupby(["file", "reason"], as_index=False).agg(
        n_in_quarantine=("row", "size")
    )
    table = rows.merge(waiting, how="left", on=["file", "reason"])
    counts = files.set_index("file")[["quarantined", "skipped"]]
    of_file = counts.reindex(table["file"]).set_axis(table.index)
    is_refused = table["reason"].isin(quarantine["reason"]) | (of_file["skipped"] == 0)
    rest = table["n_records"].where(~is_refused, 0).groupby(table["file"]).transform("sum")
    other = (rest == of_file["skipped"]).map({True: "skipped", False: "refused or skipped"})
    table["became"] = other.mask(is_refused, "refused").astype("str")
    table["n_in_quarantine"] = table["n_in_quarantine"].fillna(0).astype("int64")
    return table.sort_values(
        ["file", "n_records", "reason"], ascending=[True, False, True], ignore_index=True
    )[["file", "reason", "n_records", "became", "n_in_quarantine"]]


def noticed(files: pd.DataFrame) -> pd.DataFrame:
    """List what the readers noticed without refusing a row.

    Returns
    -------
    pandas.DataFrame
        One row a file and remark: ``file``, ``remark`` and ``count`` (of what the remark names).
    """
    return _said(files, "notes", names=["remark", "count"])


def _said(files: pd.DataFrame, part: str, *, names: list[str]) -> pd.DataFrame:
    rows = [
        (file, text, count)
        for file, notes in zip(files["file"], files["notes"], strict=True)
        for text, count in json.loads(notes)[part].items()
    ]
    table = pd.DataFrame(rows, columns=["file", *names])
    return table.astype({"file": "str", names[0]: "str", names[1]: "int64"})
