"""Who a name is: the roster joins one person's names, the key turns each into a pseudonym."""

from taskmix.identity.entries import COLUMNS as ROSTER_COLUMNS
from taskmix.identity.key import Key, describe_key, load_key
from taskmix.identity.names import name_key, split_names
from taskmix.identity.roster import Roster, read_roster

__all__ = [
    "ROSTER_COLUMNS",
    "Key",
    "Roster",
    "describe_key",
    "load_key",
    "name_key",
    "read_roster",
    "split_names",
]
