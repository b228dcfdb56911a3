"""What the tables hold of a person: by these traces everything else of theirs is found."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from taskmix.batch.person import Person
from taskmix.identity import Tombstones, name_key
from taskmix.settings import Settings
from taskmix.store import read_table
from taskmix.store.purging import ever_held

#: A shorter title is found in any text.
_SHORTEST_TITLE = 8


@dataclass(frozen=True)
class Traces:
    """What is known of a person's tasks.

    Attributes
    ----------
    task_ids : frozenset of str
        Of their tasks, in any version of the log whose files are still there.
    titles : frozenset of str
        Titles that nobody else's task has; short ones are left out.
    files : frozenset of str
        The files that their records came from, as the tables name them.
    refusals : frozenset of str
        Their records in quarantine, and those that were corrected since.
    mentions : int
        Titles and projects of other people's tasks that hold one of their names. These are
        other people's words, and stay.
    """

    task_ids: frozenset[str]
    titles: frozenset[str]
    files: frozenset[str]
    refusals: frozenset[str]
    mentions: int


@dataclass(frozen=True)
class Purpose:
    """Whom a workspace is to forget, and by what they are known in it.

    Attributes
    ----------
    settings : Settings
    person : Person
    traces : Traces
    forgotten : Tombstones
        The person among them, for what masks names.
    mark : callable
        Returns what stands in a pseudonym's place where people are counted.
    """

    settings: Settings
    person: Person
    traces: Traces
    forgotten: Tombstones
    mark: Callable[[str], str]


def find_traces(settings: Settings, person: Person) -> Traces:
    """Read what any version of the log holds of a person.

    Raises
    ------
    StoreError
        If a table is damaged.
    """
    own = ever_held(settings.processed, ["task_id", "title", "file"], people=person.pseudonyms)
    columns = ["task_id", "title", "project", "logged_as", "person"]
    log = read_table(settings.processed, "tasks", columns=columns)
    others = log[~is_of(log, person)]
    theirs = {name_key(title) for title in others["title"].dropna().unique()}
    titles = {
        title
        for title in own["title"].dropna().unique()
        if len(title) >= _SHORTEST_TITLE and name_key(title) not in theirs
    }
    refused = read_table(settings.processed, "quarantine", columns=["file", "logged_as", "refusal"])
    refused = refused[refused["logged_as"].isin(person.pseudonyms)]
    return Traces(
        task_ids=frozenset(own["task_id"]),
        titles=frozenset(titles),
        files=frozenset({*own["file"].dropna(), *refused["file"].dropna()}),
        refusals=frozenset({*refused["refusal"], *_corrected(settings, set(own["task_id"]))}),
        mentions=_mentions(others, person),
    )


def is_of(rows: pd.DataFrame, person: Person) -> pd.Series:
    """Tell which rows of the log are a person's, by whichever of their names."""
    own = list(person.pseudonyms)
    return rows["person"].isin(own) | rows["logged_as"].isin(own)


def _corrected(settings: Settings, task_ids: set[str]) -> set[str]:
    """Find the refused records that became tasks of theirs."""
    notes = read_table(settings.processed, "runs", columns=["notes"])["notes"]
    said = [json.loads(text).get("corrects", {}) for text in notes]
    return {
        refusal
        for corrects in said
        for refusal, ids in corrects.items()
        if not task_ids.isdisjoint(ids)
    }


def _mentions(others: pd.DataFrame, person: Person) -> int:
    words = [f" {' '.join(name_key(name).split())} " for name in person.names]
    found = 0
    for column in ("title", "project"):
        counts = others[column].dropna().value_counts()
        plain = {text: f" {name_key(text)} " for text in counts.index}
        found += sum(
            int(count)
            for text, count in counts.items()
            if any(word in plain[text] for word in words)
        )
    return found
