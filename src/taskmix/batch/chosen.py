"""Which notebooks a report runs, and with which parameters."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from taskmix.batch.notebooks import check_parameters, notebook_parameters
from taskmix.batch.publishing.staged import REPORT_NOTEBOOKS
from taskmix.errors import ReportError
from taskmix.identity import name_key, read_roster
from taskmix.measures import Scope
from taskmix.settings import Settings
from taskmix.store import Log


def choose_notebooks(
    settings: Settings, asked: Sequence[str] | None
) -> tuple[list[Path], list[str]]:
    """Return the notebooks to run, and the names of those that the workspace lacks.

    Raises
    ------
    ReportError
        If one that is asked for is no notebook whose page may be published.
    """
    unknown = [name for name in asked or () if name not in REPORT_NOTEBOOKS]
    if unknown:
        raise ReportError(
            f"{unknown[0][:60]!r} is no notebook whose page may be published; choose among "
            f"{', '.join(REPORT_NOTEBOOKS)}"
        )
    folder = settings.project / "notebooks"
    paths = [folder / f"{name}.ipynb" for name in REPORT_NOTEBOOKS if name in (asked or (name,))]
    # Not everybody wants every page, and an older workspace does not know the newer ones.
    there = [path for path in paths if path.is_file()]
    if asked or not there:
        return paths, []
    return there, [path.stem for path in paths if path not in there]


def check_nobody_named(settings: Settings, parameters: Mapping[str, str]) -> None:
    """Refuse parameters that name a person: they are published, with the page and the manifest.

    Raises
    ------
    ReportError
        If a value is a name or an alias of the roster.
    """
    if settings.workspace.personal:
        return
    names = read_roster(settings.roster).names
    for name, value in parameters.items():
        if name_key(value) in names:
            raise ReportError(
                f"parameter {name} is a person's name in {settings.roster.name}; parameters are "
                "published with the page, so no notebook gets one"
            )


def notebook_values(
    notebooks: Sequence[Path],
    scope: Scope,
    log: Log,
    parameters: Mapping[str, str],
    *,
    asked: bool,
) -> dict[str, dict[str, Any]]:
    """Return each notebook's parameters; they name what was found, not `latest`.

    So the notebook reports what was checked here, whatever is ingested meanwhile, and the
    executed copy can be run again.

    Parameters
    ----------
    notebooks : sequence of pathlib.Path
    scope : Scope
    log : Log
    parameters : mapping of str to str
        Further ones; each notebook gets those that it declares.
    asked : bool
        Whether somebody asked for this version of the table.

    Returns
    -------
    dict
        Notebook's name → its parameters.

    Raises
    ------
    ReportError
        If no notebook declares a parameter, one has the wrong type, or it is an option's.
    """
    owned = {"period": scope.period, "team": scope.team or "", "table_version": log.version}
    for name in owned.keys() & parameters.keys():
        option = name.replace("_", "-")
        raise ReportError(f"parameter {name} is given as --{option}, not among the parameters")
    declared = {notebook: notebook_parameters(notebook) for notebook in notebooks}
    known = {name for names in declared.values() for name in names}
    if not parameters.keys() <= known:
        check_parameters(notebooks[0], dict(parameters))
    values = {}
    for notebook, names in declared.items():
        own = {name: value for name, value in parameters.items() if name in names}
        # A workspace may keep an older copy of the notebook, which knows the newest table only.
        version = asked or "table_version" in names
        given = owned if version else {k: v for k, v in owned.items() if k != "table_version"}
        values[notebook.stem] = check_parameters(notebook, {**own, **given})
    return values
