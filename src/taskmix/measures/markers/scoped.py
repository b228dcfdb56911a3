"""The markers of a report's own group, over the periods that it shows."""

import pandas as pd

from taskmix.measures.markers.measure import markers
from taskmix.measures.markers.places import places_of
from taskmix.measures.scope import Scope
from taskmix.settings import Settings
from taskmix.store import Log


def markers_in_scope(log: Log, scope: Scope, settings: Settings) -> pd.DataFrame:
    """Measure the markers of a report's group: its team, or all teams together.

    Parameters
    ----------
    log : Log
    scope : Scope
        Whose group, and which periods.
    settings : Settings
        The smallest group, how hours count, time zone and roster.

    Returns
    -------
    pandas.DataFrame
        As `markers` makes it, of the scope's group and periods; a period in which nothing began
        is absent. Still to be passed through `taskmix.disclosure.suppress`.
    """
    table = markers(
        log.tasks,
        log.sorted,
        frequency=scope.frequency,
        places=places_of(log, settings),
        by="organisation" if scope.team is None else "team",
        min_people=settings.min_people,
        **settings.counting.model_dump(),
    )
    table = table[table["period"].isin(scope.history)]
    if scope.team is not None:
        table = table[table["team"] == scope.team]
    return table.reset_index(drop=True)
