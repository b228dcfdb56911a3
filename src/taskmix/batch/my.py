"""The page of one person, for them alone: what the log holds of them, and what it says."""

from collections.abc import Callable

from taskmix.batch.analyst import AnalystPage, make_analyst_page
from taskmix.batch.person import UnknownPersonError, find_person
from taskmix.ingest import ME
from taskmix.settings import Settings

MY_NOTEBOOK = "my"
#: Under ``data/analyst``: one folder a person, named by the pseudonym.
MY_FOLDER = "my"


def make_my_page(
    settings: Settings,
    *,
    person: str | None,
    period: str = "latest",
    progress: Callable[[str], None] | None = None,
) -> AnalystPage:
    """Make one person's own page, of their rows alone.

    It names nobody: the notebook is given pseudonyms, and so are its folder and its record.

    Parameters
    ----------
    person : str or None
        As for `taskmix.batch.person.find_person`; not needed in a personal workspace.
    period : str
        Such as ``2026-Q3``; ``latest`` is the last complete quarter of the person's own log.

    Returns
    -------
    AnalystPage
        ``data/analyst/my/<pseudonym>/<period>/my.html`` and the executed notebook, both for their
        owner alone and linked from no page.

    Raises
    ------
    UnknownPersonError
        If nobody is known by the name, none is given, or the person was forgotten.
    TaskmixError
        As for `make_analyst_page`.
    """
    if person is None and not settings.workspace.personal:
        raise UnknownPersonError(
            "whose page? Name the person with --person, as people.csv or a file has the name"
        )
    found = find_person(settings, person or ME, progress=progress)
    if found.stone is not None:
        raise UnknownPersonError(
            f"this person was forgotten on {found.stone.at} (`taskmix forget`); the workspace "
            "holds nothing of them to be shown"
        )
    return make_analyst_page(
        settings,
        notebook=MY_NOTEBOOK,
        period=period,
        parameters={"person": ";".join(found.pseudonyms)},
        place=f"{MY_FOLDER}/{found.pseudonyms[0]}",
        progress=progress,
    )
