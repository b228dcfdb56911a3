"""Who the names of a file are: roster, pseudonyms, team by date, and the one of a personal log."""

from dataclasses import dataclass, field

import pandas as pd

from taskmix.errors import ReaderError
from taskmix.identity import NOBODY, Key, Roster, Tombstones, name_key, split_names
from taskmix.ingest.protocol import Reader
from taskmix.ingest.texts import looked_up
from taskmix.settings import Settings

UNASSIGNED = "unassigned"
#: The only person of a personal log.
ME = "me"
_JOIN = "; "


@dataclass(frozen=True)
class Who:
    """What turns names into people: the workspace's key and roster, and whom it forgot."""

    key: Key
    roster: Roster
    forgotten: Tombstones = field(default=NOBODY)


def with_people(
    rows: pd.DataFrame, *, who: Who, reader: Reader, settings: Settings, where: str
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Turn names into pseudonyms, and give each row its team, department and time zone by date.

    ``logged_as`` is the pseudonym of the very name in the file, which keys and ranges go by;
    ``person`` that of the person whom the roster knows by it. ``name`` and ``canonical``, the
    names behind them, go no further than settling.

    Raises
    ------
    ReaderError
        If the file names nobody, or two people in a personal workspace.
    """
    rows = rows.assign(person=rows["person"].fillna(settings.options_of(reader.name).person))
    personal = settings.workspace.personal
    if len(rows) and rows["person"].isna().all() and not personal:
        raise ReaderError(
            f"{where}: the file names no person. Say whose log it is: [readers.{reader.name}] "
            'person = "…" in taskmix.toml, for a [mapping] constants = {person = "…"} or a column; '
            "or make the workspace a personal one ([workspace] personal = true)"
        )
    known = who.roster.identify(rows["person"], rows["person_also"])
    canonical = known.fillna(rows["person"])
    if personal:
        check_one_person(set(map(name_key, canonical.dropna().unique())), where=where)
    logged_as = _pseudonyms(rows["person"], who.key)
    places = who.roster.places(known, rows["local_date"])
    named = {
        "logged_as": logged_as.fillna(ME) if personal else logged_as,
        "person": pd.Series(ME, index=rows.index, dtype="str") if personal
        else _pseudonyms(canonical, who.key),
        "name": rows["person"],
        "canonical": canonical,
        "team": places["team"].fillna(rows["team"]).fillna(UNASSIGNED),
        "department": places["department"].fillna(rows["department"]).fillna(UNASSIGNED),
        "zone": places["time_zone"],
        "tagger": _several_pseudonyms(rows["tagger"], who),
        "collaborators": _several_pseudonyms(rows["collaborators"], who),
    }  # fmt: skip
    notes = _roster_notes(canonical, known, places["on_roster"]) if who.roster.names else {}
    return rows.assign(**named), notes


def own_names(rows: pd.DataFrame, who: Who) -> set[str]:
    """Return the pseudonyms of every name of the people of `rows`, as tools may log them."""
    canonical = {name_key(name) for name in rows["canonical"].dropna().unique()}
    aliases = {n for n, person in who.roster.names.items() if name_key(person) in canonical}
    return {ME, *(who.key.pseudonym(name) for name in canonical | aliases), *rows["logged_as"]}


def check_one_person(people: set[str], *, where: str) -> None:
    """Raise `ReaderError` if a personal workspace would get a second person's rows."""
    if len(people) > 1:
        names = ", ".join(sorted(people)[:3])
        raise ReaderError(
            f"{where}: names {len(people)} people ({names}), but this is a personal workspace; "
            "nothing of the file was taken. If they are names of one person, list them as aliases "
            "in people.csv; else export your own rows only, or make a shared workspace"
        )


def check_same_person(names: set[str], logged: set[str], *, where: str) -> None:
    """Raise `ReaderError` if a personal log holds rows under a name that is not this person's.

    Parameters
    ----------
    names : set of str
        Every pseudonym that the file's person may be logged as; `ME` among them.
    logged : set of str
        The pseudonyms that the log holds rows of.
    """
    # A file without names says nothing against any name.
    if names != {ME} and logged - names:
        raise ReaderError(
            f"{where}: is the log of another person than the one this personal workspace holds; "
            "nothing of the file was taken. If it is another name of the same person, list both "
            "as aliases of one person in people.csv and run `taskmix ingest` again"
        )


def _pseudonyms(names: pd.Series, key: Key) -> pd.Series:
    return looked_up(names, {name: key.pseudonym(name) for name in names.dropna().unique()})


def _several_pseudonyms(names: pd.Series, who: Who) -> pd.Series:
    def replace(text: str) -> str | None:
        people = (who.roster.names.get(name_key(name), name) for name in split_names(text))
        kept = (name for name in people if not who.forgotten.covers(name))
        return _JOIN.join(dict.fromkeys(map(who.key.pseudonym, kept))) or None

    return looked_up(names, {text: replace(text) for text in names.dropna().unique()})


def _roster_notes(canonical: pd.Series, known: pd.Series, covered: pd.Series) -> dict[str, int]:
    counts = {
        "people who are not in people.csv": canonical[known.isna()].nunique(),
        "rows on days for which people.csv has no entry of the person": int(
            (known.notna() & ~covered).sum()
        ),
    }
    return {note: count for note, count in counts.items() if count}
