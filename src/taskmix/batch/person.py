"""Who is meant by a name: all names and pseudonyms of one person, as the workspace knows them."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from taskmix.errors import TaskmixError
from taskmix.identity import (
    Key,
    Roster,
    Tombstone,
    load_key,
    name_key,
    read_roster,
    read_tombstones,
    split_names,
)
from taskmix.ingest import ME, choose_reader, find_files, load_readers
from taskmix.settings import Settings
from taskmix.store import read_table
from taskmix.store.purging import ever_held

_SUGGESTED = 3


class UnknownPersonError(TaskmixError):
    """Nobody in the workspace is known by a name."""


@dataclass(frozen=True)
class Person:
    """One person of a workspace.

    Attributes
    ----------
    names : tuple of str
        Every name that is known: of the roster as names are compared, and the one asked for.
    pseudonyms : tuple of str
        Of these names, and of further ones under which the log has the person; the one that the
        log calls the person by comes first.
    in_roster : bool
    stone : Tombstone or None
        Where the person was forgotten, wholly or in part.
    """

    names: tuple[str, ...]
    pseudonyms: tuple[str, ...]
    in_roster: bool
    stone: Tombstone | None = None

    @property
    def is_me(self) -> bool:
        """Whether a personal workspace is of this person."""
        return ME in self.pseudonyms


def find_person(
    settings: Settings, name: str, *, progress: Callable[[str], None] | None = None
) -> Person:
    """Find the person whom a name means: in the roster, in the tables, in the raw files.

    Parameters
    ----------
    name : str
        As the roster has it, an alias, or a name as it stands in a file; in a personal workspace
        also ``me``.
    progress : callable, optional
        Is called with what is being done.

    Raises
    ------
    UnknownPersonError
        If nobody is known by it.
    TaskmixError
        If the roster, the key or a table cannot be read.
    """
    if not name.strip():
        raise UnknownPersonError("the name is blank; write one as people.csv or a file has it")
    key, roster = load_key(settings, create=False), read_roster(settings.roster)
    pairs = ever_held(settings.processed, ["person", "logged_as"])
    found = _of_names(settings, [name], key=key, roster=roster, pairs=pairs)
    if _is_known(settings, found, pairs):
        return found
    if progress:
        progress("looking for the name in data/raw")
    if others := _named_so_in_files(settings, name):
        return _of_names(settings, [name, *others], key=key, roster=roster, pairs=pairs)
    near = get_close_matches(name_key(name), roster.names, n=_SUGGESTED)
    meant = f" (did you mean {', '.join(near)}?)" if near else ""
    raise UnknownPersonError(
        f"nobody is known as {name.strip()[:60]!r}{meant}: looked in {settings.roster} "
        f"({len(roster.names):,} names), in the tables under {settings.processed}, and in the "
        f"files of {settings.raw}. Write the name as one of these has it; nothing was changed"
    )


def pseudonyms_in(texts: pd.Series) -> set[str]:
    """Return the pseudonyms in a column that joins several by ``;``."""
    return {one for text in texts.dropna().unique() for one in split_names(text)}


def _of_names(
    settings: Settings, asked: list[str], *, key: Key, roster: Roster, pairs: pd.DataFrame
) -> Person:
    """Gather the names of one person: by the roster, and by who was logged under which name."""
    people = [person for name in asked if (person := roster.names.get(name_key(name)))]
    of_roster = [name for name, person in roster.names.items() if person in people]
    names = tuple(dict.fromkeys([*people[:1], *map(str.strip, asked), *of_roster]))
    own = [key.pseudonym(name) for name in names]
    if settings.workspace.personal and any(name_key(name) == ME for name in asked):
        own.append(ME)
    others = {
        key.pseudonym(name) for name, person in roster.names.items() if person not in people
    }  # fmt: skip
    further = _logged_together(set(own), pairs, without=others)
    first = [one for one in pairs["person"].dropna().unique() if one in {*own, *further}]
    ordered = [*(one for one in own if one in first), *first, *own, *sorted(further)]
    stones = read_tombstones(settings, key)
    return Person(
        names=names,
        pseudonyms=tuple(dict.fromkeys(ordered)),
        in_roster=bool(people),
        stone=next(filter(None, map(stones.find, names)), None),
    )


def _logged_together(own: set[str], pairs: pd.DataFrame, *, without: set[str]) -> set[str]:
    """Follow rows from one pseudonym of a person to the next, never to whom the roster knows."""
    found = set(own)
    while True:
        rows = pairs[pairs["person"].isin(found) | pairs["logged_as"].isin(found)]
        more = {*rows["person"].dropna(), *rows["logged_as"].dropna()} - without - found
        if not more:
            return found - own
        found |= more


def _is_known(settings: Settings, person: Person, pairs: pd.DataFrame) -> bool:
    if person.in_roster or person.stone is not None:
        return True
    own = set(person.pseudonyms)
    if own & {*pairs["person"], *pairs["logged_as"]}:
        return True
    tasks = read_table(settings.processed, "tasks", columns=["tagger", "collaborators"])
    named = pseudonyms_in(tasks["tagger"]) | pseudonyms_in(tasks["collaborators"])
    tags = read_table(settings.processed, "tags", columns=["tagger"])
    refused = read_table(settings.processed, "quarantine", columns=["logged_as"])
    return bool(own & (named | {*tags["tagger"]} | {*refused["logged_as"]}))


def _named_so_in_files(settings: Settings, name: str) -> list[str]:
    """Find by which name the files log whoever they call so, such as the e-mail beside a name.

    Raises
    ------
    UnknownPersonError
        If two people are called so.
    """
    wanted = name_key(name)
    found: dict[str, str] = {}
    for rows in _raw_rows(settings):
        if {"person", "person_also"} <= set(rows.columns):
            also = rows["person_also"].astype("str")
            same = {text for text in also.dropna().unique() if name_key(text) == wanted}
            logged = rows.loc[also.isin(same), "person"].astype("str").dropna().unique()
            found |= {name_key(text): text for text in logged}
    if len(found) > 1:
        raise UnknownPersonError(
            f"{len(found)} people are called {name.strip()[:60]!r} in the files of "
            f"{settings.raw}: {', '.join(sorted(found.values()))}; name one of these. Nothing was "
            "changed"
        )
    return list(found.values())


def _raw_rows(settings: Settings) -> Iterator[pd.DataFrame]:
    readers = load_readers(settings)
    try:
        files = find_files(settings, None)
    except TaskmixError:
        # An empty folder names nobody.
        return
    for path in files:
        # What cannot be read was never ingested either.
        with contextlib.suppress(TaskmixError):
            yield choose_reader(path, readers, name=None).read(path, settings).rows
