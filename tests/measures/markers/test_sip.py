"""A real company's mix by year against what its people called their own tasks."""

import csv
import datetime as dt
from collections import defaultdict
from types import SimpleNamespace

import pandas as pd
import pytest

from taskmix.ingest import ingest
from taskmix.measures import rollup, shares
from taskmix.settings import load_settings
from taskmix.store import open_log
from taskmix.taxonomy import CATEGORIES

pytestmark = pytest.mark.real

TOML = """
[mapping.sip]
date_format = "%d-%b-%y"
without_start = ["EstimateOn", "CompletedOn"]
[mapping.sip.columns]
person = "DeveloperID"
project = "ProjectCode"
title = "Summary"
tag = "true_category"
started_at = "StartedOn"
ended_at = "CompletedOn"
hours = "DeveloperHoursActual"
"""
DATES = ("StartedOn", "EstimateOn", "CompletedOn")


@pytest.fixture(scope="module")
def sip(shared_data, tmp_path_factory):
    """The tasks whose own category maps surely, tagged with it, and their hours by hand."""
    folder = shared_data / "sip"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not on this machine")
    with (folder / "sip_mapping.csv").open(encoding="utf-8", newline="") as file:
        sure = [row for row in csv.DictReader(file) if row["map_confidence"] in ("high", "medium")]
    kinds = {(row["Category"], row["SubCategory"]): row["mapped_category"] for row in sure}
    with (folder / "sip_log.csv").open(encoding="cp1252", newline="") as file:
        every = [row | {"true_category": kinds.get((row["Category"], row["SubCategory"]))}
                 for row in csv.DictReader(file)]  # fmt: skip
    rows = [row for row in every if row["true_category"]]
    truth = defaultdict(float)
    for row in rows:
        day = next((row[name] for name in DATES if row[name]), None)
        hours = float(row["DeveloperHoursActual"] or "nan")
        if day is not None and hours > 0:
            year = dt.datetime.strptime(day, "%d-%b-%y").year
            truth[str(year), row["true_category"]] += hours
    project = tmp_path_factory.mktemp("sip")
    (project / "taskmix.toml").write_text(
        f'{TOML}\n[privacy]\nkey_folder = "{project.parent}"\n', encoding="utf-8"
    )
    with (project / "sip.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    settings = load_settings(project)
    outcome = ingest(settings, [project / "sip.csv"])
    assert not [file.error for file in outcome.files if file.error]
    (project / "sip.csv").unlink()
    return SimpleNamespace(settings=settings, truth=mix_of(truth))


def mix_of(hours):
    table = (
        pd.Series(hours).unstack(fill_value=0.0).reindex(columns=list(CATEGORIES), fill_value=0.0)
    )
    return table.div(table.sum(axis=1), axis=0).sort_index()


def test_the_mix_by_year_of_tagged_tasks_is_that_of_the_file(sip):
    log = open_log(sip.settings.processed)
    table = shares(rollup(log.tasks, log.sorted, frequency="year"))
    found = table.pivot_table(index="period", columns="category", values="share")
    found = found[list(CATEGORIES)]
    assert len(found) >= 5
    assert found["connective"].max() - found["connective"].min() > 0.05
    pd.testing.assert_frame_equal(found, sip.truth, check_names=False, check_exact=False, rtol=1e-9)
