"""What an event says of itself beside its times: whether it is work, who takes part, its labels."""

import datetime as dt
from typing import Any

_NO_PEOPLE = ("RESOURCE", "ROOM")
#: What Google's addresses of rooms and of calendars end with.
OF_NOBODY = "calendar.google.com"


def no_work(component: Any, owners: set[str]) -> str | None:
    """Tell by the format's own meaning why an event is no work of its owner's."""
    if str(component.get("STATUS", "")).upper() == "CANCELLED":
        return "cancelled"
    outlooks = str(component.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE"
    if outlooks or not isinstance(component["DTSTART"].dt, dt.datetime):
        return "all_day"
    if str(component.get("TRANSP", "")).upper() == "TRANSPARENT":
        return "transparent"
    answers = {_answer(each) for each in _listed(component, "ATTENDEE") if _names(each) & owners}
    return "declined" if answers == {"DECLINED"} else None


def is_unsure(component: Any, owners: set[str]) -> bool:
    """Tell an event that its owner has not, or not firmly, accepted."""
    mine = [each for each in _listed(component, "ATTENDEE") if _names(each) & owners]
    answers = {_answer(each) for each in mine}
    status = str(component.get("STATUS", "")).upper()
    return status == "TENTATIVE" or bool(answers & {"TENTATIVE", "NEEDS-ACTION"})


def collaborators(component: Any, owners: set[str]) -> str:
    """Join the others who take part: not the owner, no rooms, nobody who declined."""
    people = [
        each
        for each in (*_listed(component, "ATTENDEE"), *_listed(component, "ORGANIZER"))
        if not _names(each) & owners
        and _param(each, "CUTYPE").upper() not in _NO_PEOPLE
        and _answer(each) != "DECLINED"
        and not _address(each).endswith(OF_NOBODY)
    ]
    named = (_address(each) or _param(each, "CN").replace(";", ",") for each in people)
    return "; ".join(dict.fromkeys(name for name in named if name))


def categories(component: Any, separator: str) -> str:
    """Join the categories of an event."""
    found = [str(cat) for each in _listed(component, "CATEGORIES") for cat in each.cats]
    other = "," if separator == ";" else ";"
    return f"{separator} ".join(cat.replace(separator, other) for cat in found)


def _listed(component: Any, name: str) -> list[Any]:
    found = component.get(name)
    return found if isinstance(found, list) else [] if found is None else [found]


def _param(person: Any, name: str) -> str:
    return str(getattr(person, "params", {}).get(name, "")).strip()


def _answer(person: Any) -> str:
    return _param(person, "PARTSTAT").upper()


def _address(person: Any) -> str:
    address = str(person).strip().casefold().removeprefix("mailto:").strip()
    return address if "@" in address else ""


def _names(person: Any) -> set[str]:
    return {_address(person), _param(person, "CN").casefold(),
            _param(person, "EMAIL").casefold()} - {""}  # fmt: skip
