"""The whole main job on an invented organisation."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from taskmix.batch.publishing.staged import REPORT_NOTEBOOKS
from taskmix.batch.releases import store_plan
from taskmix.batch.report import Report, make_report
from taskmix.batch.sort import SortSummary, sort_log
from taskmix.batch.workspace import copy_notebooks, init_workspace
from taskmix.errors import SettingsError
from taskmix.ingest import IngestResult, ingest
from taskmix.measures import choose_scope
from taskmix.periods import format_period, latest_period
from taskmix.settings import SETTINGS_FILE, Settings, load_settings
from taskmix.store import open_log, writing
from taskmix.synth import DEMO_MAPPING, write_logs

NAME = "Atlas Labs (invented)"
_TEAM_REPORTS = 4
# A page takes seconds. The organisation's report shows all kinds; `taskmix batch` makes the rest.
_OF_A_TEAM = REPORT_NOTEBOOKS[:1]


@dataclass(frozen=True)
class Demo:
    """What the demo made."""

    settings: Settings
    ingested: IngestResult
    sorted: SortSummary
    reports: list[Report]


def run_demo(
    folder: Path,
    *,
    people: int = 200,
    months: int = 24,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Demo:
    """Invent an organisation's logs, ingest and sort them, and publish reports on them.

    Parameters
    ----------
    folder : pathlib.Path
        New, empty, or a sample workspace, whose invented log is then made anew.

    Raises
    ------
    SettingsError
        If the folder is a workspace with a log of its own.
    """
    say = progress or (lambda _: None)
    if (folder / SETTINGS_FILE).exists():
        settings = load_settings(folder)
        if not settings.workspace.sample or settings.project != folder.resolve():
            raise SettingsError(
                f"{folder}: is a workspace with a log of its own; name a new folder for the demo"
            )
        copy_notebooks(settings.project / "notebooks")
        _forget_sample(settings)
    else:
        settings = init_workspace(folder, name=NAME, sample=True, tables="\n" + DEMO_MAPPING)
    say(f"inventing {people} people and {months} months")
    write_logs(settings.raw, people=people, months=months, seed=seed, roster_path=settings.roster)
    ingested = ingest(settings, progress=lambda name, _n, _of: say(f"ingesting {name}"))
    sort = sort_log(settings, progress=say)
    log = open_log(settings.processed)
    period = format_period(latest_period(log.last_date))
    plan = store_plan(log, choose_scope(log, period=period), settings)
    shown = sorted((-n, team) for (at, team), n in plan.n_people.items() if at == period and team)
    reports = [make_report(settings, period=period, progress=say)]
    reports += [
        make_report(settings, period=period, team=team, notebooks=_OF_A_TEAM, progress=say)
        for _, team in shown[:_TEAM_REPORTS]
    ]
    return Demo(settings, ingested, sort, reports)


def _forget_sample(settings: Settings) -> None:
    """Remove the invented log of an earlier demo: another seed would only be added to it."""
    with writing(settings.processed):
        for old in settings.raw.glob("demo_*.csv"):
            old.unlink()
        for table in settings.processed.iterdir():
            if table.is_dir():
                shutil.rmtree(table)
