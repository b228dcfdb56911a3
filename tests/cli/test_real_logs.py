"""The main job on real logs; nothing of them stays in the project."""

import csv
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from taskmix.taxonomy import CATEGORIES

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("real")]

MIX = ("--notebook", "3_task_mix")
MAPPING = """
[mapping.sip]
files = ["sip_log.csv"]
encoding = "cp1252"
date_format = "%d-%b-%y"
without_start = ["CompletedOn", "EstimateOn"]

[mapping.sip.columns]
id = ["TaskNumber", "DeveloperID"]
person = "DeveloperID"
project = "ProjectCode"
title = "Summary"
started_at = "StartedOn"
ended_at = "CompletedOn"
hours = "DeveloperHoursActual"
tag = ["Category", "SubCategory"]
"""


@pytest.fixture(scope="module")
def sip(taskmix, shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sip") / "w"
    assert taskmix("init", folder).code == 0
    with (shared_data / "sip" / "sip_mapping.csv").open() as table:
        tags = {
            f"{row['Category']} / {row['SubCategory']}": row["mapped_category"]
            if row["map_confidence"] in {"high", "medium"}
            else "untagged"
            for row in csv.DictReader(table)
        }
    lines = "\n".join(f'"{spelling}" = "{meaning}"' for spelling, meaning in tags.items())
    with (folder / "taskmix.toml").open("a") as settings:
        settings.write(f"\n[tags]\n{lines}\n{MAPPING}")
    shutil.copyfile(shared_data / "sip" / "sip_log.csv", folder / "data" / "raw" / "sip_log.csv")
    counted = taskmix("ingest", "--project", folder, "--json").json
    sorted_ = taskmix("sort", "--project", folder, "--json").json
    return folder, counted, sorted_


@pytest.fixture(scope="module")
def sip_rows(shared_data):
    with (shared_data / "sip" / "sip_log.csv").open(encoding="cp1252", newline="") as table:
        return list(csv.DictReader(table))


def day_of(row):
    """The named rule: the start, else the completion, else the estimate."""
    text = row["StartedOn"] or row["CompletedOn"] or row["EstimateOn"]
    return datetime.strptime(text, "%d-%b-%y")


def test_every_sip_row_is_accounted_for(sip, sip_rows):
    _, counted, sorted_ = sip
    assert counted["read"] == counted["accepted"] == len(sip_rows) == 8712
    (file,) = counted["files"]
    without = sum(not row["StartedOn"] for row in sip_rows)
    assert file["notes"]["dated by CompletedOn"] + file["notes"]["dated by EstimateOn"] == without
    assert sorted_["tagged"] == 2961 + 1521
    assert sorted_["tagged"] + sorted_["sorted"] + sorted_["unsure"] == 8712


@pytest.mark.parametrize(("period", "months"), [("2008-Q3", (7, 8, 9)), ("2008", range(1, 13))])
def test_a_sip_reports_hours_are_the_files(sip, sip_rows, taskmix, period, months):
    made = taskmix("report", "--period", period, *MIX, "--project", sip[0], "--json")
    assert made.code == 0, made.err
    rows = [r for r in sip_rows if day_of(r).year == 2008 and day_of(r).month in months]
    hours = sum(float(row["DeveloperHoursActual"]) for row in rows)
    assert made.json["total_hours"] == pytest.approx(hours, abs=0.01)
    assert sum(made.json["hours"].values()) == pytest.approx(hours, abs=0.01)
    assert sum(made.json["shares"][name] for name in CATEGORIES) == pytest.approx(1)
    assert made.json["n_people"] == len({row["DeveloperID"] for row in rows})
    assert made.json["ai_share_of_execution"] is None
    assert made.json["performer_known"] == 0
    assert made.json["publishable"] is False
    assert Path(made.json["pages"][0]["html"]).parent == (
        sip[0] / "data" / "analyst" / period / "organisation"
    )
    assert not list((sip[0] / "reports").glob("*/*/*"))


def test_a_students_toggl_terms_to_the_second(taskmix, shared_data, tmp_path):
    folder = tmp_path / "mine"
    taskmix("init", folder, "--personal")
    with (folder / "taskmix.toml").open("a") as settings:
        settings.write('\n[tags]\n"Type: Writing" = "creative"\n"Type: Coding" = "execution"\n'
                       '"Type: Practice" = "execution"\n"Type: Research" = "judgment"\n'
                       '"Type: Meeting" = "connective"\n')  # fmt: skip
    seconds = 0
    for path in (shared_data / "exports" / "toggl_class").glob("*.csv"):
        shutil.copyfile(path, folder / "data" / "raw" / path.name)
        with path.open(encoding="utf-8-sig", newline="") as table:
            for row in csv.DictReader(table):
                hour, minute, second = map(int, row["Duration"].split(":"))
                seconds += hour * 3600 + minute * 60 + second
    counted = taskmix("ingest", "--project", folder, "--json").json
    assert (counted["read"], counted["accepted"], counted["quarantined"]) == (758, 757, 1)
    taskmix("sort", "--project", folder)
    made = taskmix("report", "--period", "2023", *MIX, "--project", folder, "--json").json
    assert made["total_hours"] * 3600 == pytest.approx(seconds, abs=0.5)
    assert made["n_people"] == 1
    assert made["suppressed"] == []
    assert made["publishable"] is True
