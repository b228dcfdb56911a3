"""A workspace that holds one person in every place that there is, and a search of every byte."""

import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pyarrow.parquet as pq
import pytest

from taskmix.batch import init_workspace, sort_log
from taskmix.batch.queue import draw_sheet, load_sheet
from taskmix.identity import load_key
from taskmix.ingest import export_refusals, ingest
from taskmix.settings import Settings, load_settings
from taskmix.store import TABLES, append_rows

TOML = """
[tags]
"Creative" = "creative"
"Judgment" = "judgment"
[mapping.plain]
files = ["plain*.csv"]
[mapping.plain.columns]
person = "Who"
title = "What"
started_at = "Start"
hours = "Hours"
collaborators = "With"
tagger = "Tagger"
tag = "Tag"
"""
ROSTER = (
    "person,aliases,team,from,to\r\n"
    + 'emp-0042,"anabel@example.org; Anabel Quintero",Red,,2026-06-30\r\n'
    + "emp-0043,bo@example.org;Bo Larsen,Red,,\r\n"
    + "emp-0042,,Blue,2026-07-01,\r\n"
)
TOGGL = (
    "User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,"
    "Duration,Tags"
)
PLAIN = "Who,What,Start,Hours,With,Tagger,Tag"
#: All that may not be found anywhere: names, and titles and labels that nobody else has.
NAMES = ("emp-0042", "anabel@example.org", "Anabel Quintero")
TITLES = ("Negotiate the zeppelin lease", "Sketch the quokka mascot", "Appraise the ormolu clock")
LABEL = "Zeppelin affairs"


def toggl_line(person: str, mail: str, title: str, day: str, tags: str = "") -> str:
    return f'{person},{mail},,Site,,"{title}",No,{day},09:00:00,{day},10:00:00,01:00:00,"{tags}"'


def write_raw(settings: Settings, *, second: bool) -> None:
    """Two tools' exports; the second time a title of hers was another."""
    ana = ("Anabel Quintero", "anabel@example.org")
    bo = ("Bo Larsen", "bo@example.org")
    days = [f"2026-07-{day:02}" for day in range(6, 25)]
    own = [TITLES[0] if second else TITLES[2], "Weekly planning", TITLES[1]]
    lines = [
        *(toggl_line(*ana, own[n % 3], day, ("Judgment", LABEL, "")[n % 3])
          for n, day in enumerate(days)),
        *(toggl_line(*bo, f"Post invoice {n % 4}" if n % 3 else "Weekly planning", day,
                     ("Creative", "", "Judgment")[n % 3]) for n, day in enumerate(days)),
        toggl_line(*ana, TITLES[0], "2026-07-27").replace("01:00:00", "an hour"),
    ]  # fmt: skip
    plain = [
        f"EMP-0042,{TITLES[0]},2026-08-03 09:00,2,Bo Larsen,,",
        "Bo Larsen,Pair on the release,2026-08-03 09:00,2,Anabel Quintero; Cy,,",
        "Bo Larsen,Review the draft,2026-08-04 09:00,2,,anabel@example.org,creative",
        "Cy,Call,2026-08-04 11:00,1,anabel@example.org,,",
        "Cy,Broken,2026-08-05 11:00,-1,Anabel Quintero,,",
    ]
    for n, (name, text) in enumerate(
        {"toggl_anabel_quintero_2026.csv": [TOGGL, *lines], "plain.csv": [PLAIN, *plain]}.items()
    ):
        path = settings.raw / name
        path.write_text("\n".join(text) + "\n", encoding="utf-8")
        os.utime(path, (1_790_000_000 + 60 * n + second, 1_790_000_000 + 60 * n + second))


@pytest.fixture(scope="session")
def full(tmp_path_factory) -> SimpleNamespace:
    """The workspace with her in it, and the models that saw her and did not; left as it is."""
    settings = init_workspace(
        tmp_path_factory.mktemp("forgetting") / "atlas {ö}", name="Atlas", tables=TOML
    )
    (settings.raw / "plain_first.csv").write_text(
        f"{PLAIN}\nBo Larsen,Order paper,2026-05-04 09:00,2,,,\n", encoding="utf-8"
    )
    ingest(settings)
    before = sort_log(settings).model_id
    settings.roster.write_bytes(ROSTER.encode())
    for second in (False, True):
        write_raw(settings, second=second)
        ingest(settings)
    sort_log(settings)
    sheets = {excel: draw_sheet(settings, period="2026-Q3", n=12, excel=excel).sheet
              for excel in (False, True)}  # fmt: skip
    fill_in(sheets[False])
    load_sheet(settings, sheets[False], tagger="Anabel Quintero")
    load_sheet(settings, sheets[False], tagger="Bo Larsen")
    saw = sort_log(settings).model_id
    export_refusals(settings, settings.project / "to-correct")
    key = load_key(settings, create=False)
    write_papers(settings, own=key.pseudonym("emp-0042"))
    release(settings, [key.pseudonym("emp-0042"), key.pseudonym("emp-0043")])
    return SimpleNamespace(
        settings=settings, names=NAMES, titles=TITLES, label=LABEL, saw=saw, never_saw=before,
        sheets=sheets,
        pseudonyms=tuple(map(key.pseudonym, NAMES)),
    )  # fmt: skip


def release(settings: Settings, members: list[str]) -> None:
    """Say that a group of two was published; only who was in it is private."""
    at = pd.Timestamp("2026-10-01", tz="UTC")
    row = {"plan_id": "a", "period": "2026-Q3", "kind": "organisation", "decision": "shown",
           "n_people": 2, "members": members, "exposed": False, "table_version": 1,
           "made_at": at, "released_at": at}  # fmt: skip
    fields = TABLES["releases"].fields.names
    frame = pd.DataFrame([{name: row.get(name) for name in fields}])
    append_rows(settings.processed, "releases", frame, run_id="a")


def fill_in(sheet: Path) -> None:
    rows = pd.read_csv(sheet, dtype="str", encoding="utf-8-sig", keep_default_na=False)
    rows.assign(tag="judgment", note="so it is").to_csv(
        sheet, index=False, lineterminator="\r\n", encoding="utf-8-sig"
    )


def write_papers(settings: Settings, *, own: str) -> None:
    """Pages as the commands leave them, by hand, for a kernel takes seconds."""
    shown = {"cells": [{"source": f"{NAMES[1]}: {TITLES[1]}"}]}
    for place in (
        "2026-Q3/1_intake.ipynb", "2026-Q3/.ipynb_checkpoints/1_intake-checkpoint.ipynb",
        "failed/my.ipynb", "my/p-of-bo/2026-Q3/my.ipynb", f"my/{own}/2026-Q3/my.ipynb",
        "own-notes.ipynb",
    ):  # fmt: skip
        path = settings.analyst / place
        path.parent.mkdir(parents=True, exist_ok=True)
        held = {"cells": []} if "p-of-bo" in place else shown
        path.write_text(json.dumps(held), encoding="utf-8")
    for name in ("2_sorting.html", "3_task_mix.pdf", "3_task_mix.xlsx"):
        (settings.analyst / "2026-Q3" / name).write_text("<p>no name here</p>")
    (settings.analyst / "bystander.html").write_text("<p>of nobody in particular</p>")
    (settings.analyst / ".staging-x").mkdir()
    rows = settings.analyst / ".batch" / "2026-Q3" / "shared"
    rows.mkdir(parents=True)
    (rows / "rows-tasks.parquet").write_text(json.dumps(shown))
    (settings.analyst / ".staging-x" / "1_intake.ipynb").write_text(json.dumps(shown))
    record = settings.reports / "2026-Q3" / "organisation" / "3_task_mix.json"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps({"notebook": "3_task_mix", "table_version": 1}))


@pytest.fixture
def own(full, tmp_path) -> SimpleNamespace:
    """A copy of the workspace that a test may change."""
    project = shutil.copytree(full.settings.project, tmp_path / "copy")
    return SimpleNamespace(**{**vars(full), "settings": load_settings(project)})


@pytest.fixture(scope="session")
def search() -> Callable[..., dict[str, set[str]]]:
    """Look every byte of a workspace through for texts: by text, the files that hold it."""

    def run(settings: Settings, texts: Iterable[str]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {text: set() for text in texts}
        for path in settings.project.rglob("*"):
            if path.is_file() and not path.is_relative_to(settings.raw):
                name = path.relative_to(settings.project).as_posix()
                content = b"\n".join([name.encode(), *contents(path)]).lower()
                for text, holding in found.items():
                    if any(form.lower() in content for form in forms(text)):
                        holding.add(name)
        return found

    return run


def contents(path: Path) -> Iterable[bytes]:
    raw = path.read_bytes()
    yield raw
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            yield from map(archive.read, archive.namelist())
    if raw[:4] == b"PAR1":
        # Every column of it, unpacked: names lie compressed in the file.
        yield repr(pq.read_table(path).to_pylist()).encode()


def forms(text: str) -> set[bytes]:
    return {
        text.encode(), text.encode("utf-16-le"), json.dumps(text)[1:-1].encode(),
        text.replace(" ", "_").encode(),
    }  # fmt: skip


@pytest.fixture(scope="session")
def toggl() -> Callable[..., str]:
    """Write Toggl's detailed report from (person, mail, title, day)."""
    return lambda *entries: "\n".join([TOGGL, *(toggl_line(*entry) for entry in entries)])
