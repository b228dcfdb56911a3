"""Who a name is: the roster joins one person's names, the key turns each into a pseudonym."""

from taskmix.identity.entries import COLUMNS as ROSTER_COLUMNS
from taskmix.identity.key import Key, describe_key, load_key
from taskmix.identity.names import name_key, split_names
from taskmix.identity.roster import Roster, read_roster
from taskmix.identity.tombstones import (
    NOBODY,
    Tombstone,
    Tombstones,
    buried,
    bury,
    close_tombstone,
    read_tombstones,
    tombstones_path,
)

__all__ = [
    "NOBODY",
    "ROSTER_COLUMNS",
    "Key",
    "Roster",
    "Tombstone",
    "Tombstones",
    "buried",
    "bury",
    "close_tombstone",
    "describe_key",
    "load_key",
    "name_key",
    "read_roster",
    "read_tombstones",
    "split_names",
    "tombstones_path",
]
