"""What is due in a period: each notebook for all teams together and for every team shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from taskmix.batch.chosen import check_nobody_named, choose_notebooks, notebook_values
from taskmix.batch.making import Form
from taskmix.batch.overnight.fingerprint import basis, digest_of, digest_of_bytes, fingerprint
from taskmix.batch.publishing.edition import page_stem
from taskmix.batch.publishing.manifest import ENDINGS, Key, read_manifest
from taskmix.disclosure import ReleasePlan, check_team_may_be_shown
from taskmix.errors import ReportError
from taskmix.measures import Scope, check_team
from taskmix.settings import Settings
from taskmix.store import Log


@dataclass(frozen=True)
class Due:
    """A page that is due.

    Attributes
    ----------
    notebook : pathlib.Path
    team : str or None
        None for all teams together.
    values : dict
        Its parameters.
    fingerprint : str
    up_to_date : bool
        Whether the site holds the page that this would make.
    """

    notebook: Path
    team: str | None
    values: dict[str, Any]
    fingerprint: str
    up_to_date: bool


@dataclass(frozen=True)
class Planned:
    """What is due in a period, the notebooks that the workspace lacks, and the common basis."""

    due: tuple[Due, ...]
    absent: tuple[str, ...]
    basis: str


def plan_due(
    settings: Settings,
    log: Log,
    scope: Scope,
    plan: ReleasePlan,
    *,
    form: Form,
    teams: Sequence[str] | None = None,
    notebooks: Sequence[str] | None = None,
    parameters: Mapping[str, str] | None = None,
    force: bool = False,
) -> Planned:
    """List what is due, and what of it is up to date.

    Parameters
    ----------
    teams : sequence of str, optional
        Some teams, and not all teams together; by default these and every team that the plan
        shows.
    notebooks : sequence of str, optional
        Some of `taskmix.batch.REPORT_NOTEBOOKS`.
    parameters : mapping of str to str, optional
        Further ones; each notebook gets those that it declares.
    force : bool
        Take nothing for up to date.

    Raises
    ------
    TaskmixError
        If a team is not in the log or may not be shown, or a notebook or parameter is unknown.
    """
    chosen, absent = choose_notebooks(settings, notebooks)
    check_nobody_named(settings, parameters or {})
    missing = [path.name for path in chosen if not path.is_file()]
    if missing:
        raise ReportError(
            f"{settings.project / 'notebooks'}: {', '.join(missing)} is not there; copy it from a "
            "new workspace (`taskmix init DIR`)"
        )
    common, published = basis(log, scope, plan, settings), read_manifest(settings, scope.period)
    found = []
    # Checked once: only the team is another each time.
    values = notebook_values(chosen, scope, log, parameters or {}, asked=False)
    for team in _groups(log, scope, plan, teams):
        own = replace(scope, team=team)
        for notebook in chosen:
            given = {**values[notebook.stem], "team": team or ""}
            print_ = fingerprint(notebook, given, common, asdict(form))
            fresh = not force and _is_published(settings, own, notebook.stem, print_, published)
            found.append(Due(notebook, team, given, print_, fresh))
    return Planned(tuple(found), tuple(absent), digest_of(common))


def _groups(
    log: Log, scope: Scope, plan: ReleasePlan, asked: Sequence[str] | None
) -> list[str | None]:
    if asked is None:
        return [None, *sorted(team for period, team in plan.teams if period == scope.period)]
    for team in asked:
        check_team(log, team)
        check_team_may_be_shown(plan, period=scope.period, team=team)
    return list(dict.fromkeys(asked))


def _is_published(
    settings: Settings, scope: Scope, notebook: str, print_: str, published: Mapping[Key, Any]
) -> bool:
    """Tell whether the very files of this page lie on the site, as they were put there."""
    entry = published.get((scope.team, notebook))
    if not entry or entry.get("fingerprint") != print_ or entry.get("status") != "ok":
        return False
    stem = page_stem(settings, scope.period, scope.team, notebook)
    hashes = entry.get("sha256", {})
    files = [stem.with_suffix(ending) for ending in ENDINGS if ending in hashes]
    return bool(files) and all(
        path.is_file() and digest_of_bytes(path.read_bytes()) == hashes[path.suffix]
        for path in files
    )
