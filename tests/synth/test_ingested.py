"""What ingest makes of the invented organisation, against its truth, to the last row."""

from dataclasses import dataclass

import pandas as pd
import pytest

from taskmix.ingest import IngestResult, ingest
from taskmix.measures import execution_by_performer, rollup
from taskmix.settings import SETTINGS_FILE, Settings, load_settings
from taskmix.store import read_table
from taskmix.synth import (
    DEMO_MAPPING,
    expected_counts,
    truth_ai_share,
    truth_frame,
    write_logs,
)

OPTIONS = {"people": 24, "months": 3, "dirt": 0.03, "seed": 2}
OVERLAPS = "entries that overlap another of the same person"
OVER_MIDNIGHT = "entries over midnight, split by day"
#: Hours are cut or rounded to hundredths in some tools.
HUNDREDTH = 0.0051


@dataclass(frozen=True)
class Ingested:
    settings: Settings
    result: IngestResult
    tasks: pd.DataFrame
    truth: pd.DataFrame


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    folder = tmp_path_factory.mktemp("organisation")
    (folder / SETTINGS_FILE).write_text(DEMO_MAPPING, encoding="utf-8")
    settings = load_settings(folder)
    write_logs(settings.raw, **OPTIONS, roster_path=settings.roster)
    result = ingest(settings)
    return Ingested(
        settings, result, read_table(settings.processed, "tasks"), truth_frame(**OPTIONS)
    )


@pytest.fixture(scope="module")
def accepted(ingested):
    return ingested.truth[ingested.truth["fate"] == "accepted"]


@pytest.fixture(scope="module")
def entries(ingested):
    """The log's entries, each once though it ran over midnight."""
    return ingested.tasks[ingested.tasks["part"] == 0]


def test_every_file_is_read_by_its_tools_reader(ingested):
    assert {file.path: file.error for file in ingested.result.files if file.error} == {}
    sources = ingested.truth.groupby("file")["source"].first().to_dict()
    assert {file.path: file.reader for file in ingested.result.files} == sources


def test_every_row_is_where_it_must_be(ingested):
    counted = {
        file.path: (
            file.counts.read, file.counts.accepted, file.counts.unchanged,
            file.counts.quarantined, file.counts.skipped, file.reasons,
        )
        for file in ingested.result.files
    }  # fmt: skip
    assert counted == {
        file: (one.read, one.accepted, one.unchanged, one.quarantined, one.skipped, one.reasons)
        for file, one in expected_counts(ingested.truth).items()
    }


def test_overlaps_and_entries_over_midnight_are_counted(ingested):
    counted = {
        file.path: (file.notes.get(OVERLAPS, 0), file.notes.get(OVER_MIDNIGHT, 0))
        for file in ingested.result.files
    }
    assert counted == {
        file: (one.overlapping, one.over_midnight)
        for file, one in expected_counts(ingested.truth).items()
    }


def test_jiras_total_row_agrees_with_its_rows(ingested):
    notes = [note for file in ingested.result.files for note in file.notes]
    assert not [note for note in notes if "total row" in note]


def test_hours_are_those_of_the_truth_by_tool_and_team(ingested, accepted):
    got = ingested.tasks.groupby(["source", "team"])["hours"].agg(["sum", "count"])
    n_entries = accepted.groupby(["source", "team"])["hours"].agg(["sum", "count"])
    pd.testing.assert_index_equal(got.index, n_entries.index, exact="equiv")
    off = (got["sum"] - n_entries["sum"]).abs()
    assert (off <= HUNDREDTH * n_entries["count"]).all()


def test_every_person_is_one_person_whatever_the_tools_call_them(entries, accepted):
    def profiles(log):
        """Rows by tool of each person, without the person's name, which is a pseudonym."""
        counts = log.groupby(["person", "source"]).size().unstack(fill_value=0)
        return sorted(map(tuple, counts.to_numpy().tolist()))

    in_several = accepted.groupby("person")["source"].nunique()
    assert (in_several > 1).sum() >= 4
    assert entries["person"].nunique() == accepted["person"].nunique() == 24
    assert profiles(entries) == profiles(accepted)


def test_everybody_is_on_the_roster_on_every_day(ingested):
    notes = [note for file in ingested.result.files for note in file.notes]
    assert not [note for note in notes if "people.csv" in note]


def test_performers_are_those_that_the_log_names(entries, accepted):
    got = entries.groupby(["source", "performer"]).size()
    told = accepted.groupby(["source", "performer_logged"]).size()
    assert got.to_dict() == told.to_dict()


def test_tags_are_the_true_categories_of_the_tagged_rows(entries, accepted):
    tagged = accepted[accepted["tagged"]]
    got = entries.dropna(subset=["tag"]).groupby(["source", "tag"]).size()
    assert got.to_dict() == tagged.groupby(["source", "category"]).size().to_dict()


def test_titles_are_the_truths(entries, accepted):
    for source, rows in accepted.groupby("source"):
        got = entries.loc[entries["source"] == source, "title"]
        assert sorted(got) == sorted(rows["title"]), source


def test_reading_the_same_files_again_changes_nothing(ingested):
    again = ingest(ingested.settings)
    assert (again.counts.accepted, again.counts.updated, again.counts.removed) == (0, 0, 0)
    after = read_table(ingested.settings.processed, "tasks")
    assert sorted(after["task_id"]) == sorted(ingested.tasks["task_id"])


def test_the_ai_share_of_execution_is_the_truths_where_every_category_is_known(
    entries, accepted, make_sorted
):
    """Two countings of the same tasks: the measures' and the truth's agree to the last task."""
    key = ["source", "started_at", "title", "performer"]
    log = entries.assign(started_at=entries["started_at"].dt.tz_localize(None))
    told = accepted.assign(performer=accepted["performer_logged"])
    both = [frame.sort_values(key, ignore_index=True) for frame in (log, told)]
    assert both[0][key].to_numpy().tolist() == both[1][key].to_numpy().tolist()
    labelled = both[0].assign(tag=both[1]["category"])
    cells = rollup(labelled, make_sorted({}), frequency="quarter")
    measured = execution_by_performer(cells, by=("team", "period"))
    true = truth_ai_share(accepted).rename(columns={"quarter": "period"})
    columns = ["team", "period", "n_ai", "n_both", "n_human", "n_unknown", "ai", "known"]
    pd.testing.assert_frame_equal(measured[columns], true[columns], check_dtype=False)
    assert measured["n_ai"].sum() > 20
