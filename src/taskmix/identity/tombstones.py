"""The people whom the workspace forgot: keyed digests of their names, and never a name.

``data/forgotten.json`` keeps raw files that still name somebody from bringing them back. It lies
beside the tables and not among them, because a log that is ingested anew must not bring them back
either.
"""

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from taskmix.errors import StoreError
from taskmix.identity.key import Key, load_named_key
from taskmix.identity.namedigests import mask_words, name_digest, words_digests
from taskmix.settings import Settings

TOMBSTONES_FILE = "forgotten.json"
_ABOUT = (
    "People whom this workspace forgot, as keyed digests of their names. Raw files cannot bring "
    "them back; without an entry they can."
)


@dataclass(frozen=True)
class Tombstone:
    """One person who was forgotten.

    Attributes
    ----------
    at : str
        The day.
    key : str
        Fingerprint of the key that the digests were made with.
    names : tuple of str
        Digests of the person's names; see `name_digest`.
    words : tuple of str
        Digests of the words of each name, by which a text that holds it is known.
    roster_rows : int
        How many rows of ``people.csv`` were taken out.
    done : bool
        False while the forgetting was cut off.
    """

    at: str
    key: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    roster_rows: int = 0
    done: bool = False


@dataclass(frozen=True)
class Tombstones:
    """All people who were forgotten; false where there are none.

    Attributes
    ----------
    stones : tuple of Tombstone
    keys : dict of str to Key
        Fingerprint → key; a log that was begun anew has another key than older tombstones.
    """

    stones: tuple[Tombstone, ...] = ()
    keys: dict[str, Key] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.stones)

    def find(self, name: str) -> Tombstone | None:
        """Find whoever was known by a name; None where nobody was."""
        for fingerprint, key in self.keys.items():
            digest = name_digest(key, key.pseudonym(name))
            for stone in self.stones:
                if stone.key == fingerprint and digest in stone.names:
                    return stone
        return None

    def covers(self, name: str) -> bool:
        """Tell whether somebody of this name was forgotten."""
        return any(
            name_digest(key, key.pseudonym(name)) in self._names.get(fingerprint, ())
            for fingerprint, key in self.keys.items()
        )

    def mask(self, text: str) -> str:
        """Write a mark in the place of every name of somebody who was forgotten."""
        for fingerprint, key in self.keys.items():
            if known := self._words.get(fingerprint):
                text = mask_words(text, key, known)
        return text

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        return self._by_key("names")

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return self._by_key("words")

    def _by_key(self, kind: str) -> dict[str, frozenset[str]]:
        return {
            fingerprint: frozenset(
                digest
                for stone in self.stones
                if stone.key == fingerprint
                for digest in getattr(stone, kind)
            )
            for fingerprint in self.keys
        }


#: Nobody was forgotten.
NOBODY = Tombstones()


def tombstones_path(settings: Settings) -> Path:
    """Return where the tombstones lie; the file need not be there."""
    return settings.raw.parent / TOMBSTONES_FILE


def read_tombstones(settings: Settings, key: Key) -> Tombstones:
    """Read who was forgotten.

    Parameters
    ----------
    settings : Settings
    key : Key
        The workspace's. Tombstones of an earlier key are read with that one.

    Raises
    ------
    StoreError
        If the file is damaged.
    KeyFileError
        If a key that is needed to know somebody by is lost: they might come back unnoticed.
    """
    path = tombstones_path(settings)
    if not path.exists():
        return NOBODY
    try:
        entries = json.loads(path.read_text(encoding="ascii"))["forgotten"]
        stones = tuple(_stone(entry) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"{path}: cannot be read ({type(error).__name__}: {error}); restore it from a backup. "
            "Without it, files that still name people who were forgotten would bring them back"
        ) from error
    fingerprints = dict.fromkeys(stone.key for stone in stones)
    keys = {f: key if f == key.fingerprint else load_named_key(settings, f) for f in fingerprints}
    return Tombstones(stones, keys)


def bury(
    settings: Settings, key: Key, *, names: Collection[str], pseudonyms: Collection[str], at: str
) -> Tombstone:
    """Write the tombstone of a person, before anything of theirs is taken away.

    Parameters
    ----------
    names : collection of str
        All that are known.
    pseudonyms : collection of str
        Of these names, and of names that only the log knows.
    at : str
        The day.

    Returns
    -------
    Tombstone
        Not done; the one of a forgetting that was cut off is taken up again.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    before = read_tombstones(settings, key)
    new = buried(before, key, names=names, pseudonyms=pseudonyms, at=at)
    _write(settings, [*(one for one in before.stones if not _share_a_name(one, new)), new])
    return new


def buried(
    before: Tombstones,
    key: Key,
    *,
    names: Collection[str],
    pseudonyms: Collection[str],
    at: str,
) -> Tombstone:
    """Return the tombstone that `bury` would write; nothing is written."""
    digests = {name_digest(key, pseudonym) for pseudonym in pseudonyms}
    same = [stone for stone in before.stones if digests & set(stone.names)]
    return Tombstone(
        at=at,
        key=key.fingerprint,
        names=tuple(sorted(digests.union(*(stone.names for stone in same)))),
        words=tuple(sorted({*words_digests(key, names)}.union(*(s.words for s in same)))),
        roster_rows=sum(stone.roster_rows for stone in same),
    )


def close_tombstone(
    settings: Settings, key: Key, stone: Tombstone, *, roster_rows: int
) -> Tombstone:
    """Note that nothing of the person is left, and how many rows the roster lost."""
    done = replace(stone, roster_rows=stone.roster_rows + roster_rows, done=True)
    before = read_tombstones(settings, key).stones
    _write(settings, [*(one for one in before if not _share_a_name(one, done)), done])
    return done


def _share_a_name(one: Tombstone, other: Tombstone) -> bool:
    return not set(one.names).isdisjoint(other.names)


def _stone(entry: dict[str, Any]) -> Tombstone:
    lists = {name: tuple(map(str, entry[name])) for name in ("names", "words")}
    return Tombstone(**{**entry, **lists})


def _write(settings: Settings, stones: list[Tombstone]) -> None:
    path = tombstones_path(settings)
    text = json.dumps({"about": _ABOUT, "forgotten": [asdict(s) for s in stones]}, indent=1)
    half = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror or error}); nothing was taken away"
        ) from error
