import hashlib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.synth import truth_frame, write_logs

TINY = {"people": 24, "months": 2}


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_eight_to_twelve_percent_of_the_rows_are_tagged(written):
    tagged = written.truth["tagged"]
    assert tagged.sum() == written.summary.n_tagged
    assert 0.08 < tagged.mean() < 0.12


def test_files_are_the_quarters_or_years_of_their_tools(written):
    quarters = ["2026-Q1", "2026-Q2", "2026-Q3"]
    names = [
        *(f"demo_tasks_{quarter}.csv" for quarter in quarters), "demo_toggl_2026.csv",
        *(f"demo_clockify_{quarter}.csv" for quarter in quarters), "demo_jira_2026.csv",
    ]  # fmt: skip
    assert [file.name for file in written.summary.files] == names
    assert sorted(p.name for p in written.folder.iterdir()) == sorted(names)
    for quarter, file in zip(quarters, written.summary.files, strict=False):
        started = pd.to_datetime(pd.read_csv(file)["Started"])
        assert set(started.dt.to_period("Q").astype(str)) == {quarter.replace("-", "")}


def test_the_summary_adds_up_to_the_files(written):
    summary = written.summary
    tables = (written.tracker, written.toggl, written.clockify, written.jira)
    assert summary.rows == sum(len(table) for table in tables)
    assert summary.teams == ("Billing", "Field Service", "Platform", "Studio")
    assert summary.n_people == 60
    clocks = (written.toggl["Duration"], written.clockify["Duration (h)"])
    timed = sum(pd.to_timedelta(c).dt.total_seconds().sum() for c in clocks) / 3600
    jira = written.jira["Time spent"].iloc[-1].replace("h ", ":").rstrip("mh").split(":")
    whole, rest = (*map(int, jira), 0)[:2]
    tracker = pd.to_numeric(written.tracker["Hours"]).sum()
    assert summary.total_hours == pytest.approx(tracker + timed + whole + rest / 60, abs=0.5)


def test_the_truth_file_holds_the_truth_about_every_row(written):
    told = pd.read_csv(
        written.summary.truth_path, keep_default_na=False, na_values={"hours": [""]},
        dtype={"ticket": str}, parse_dates=["started_at", "ended_at"],
    )  # fmt: skip
    pd.testing.assert_frame_equal(told, written.truth, check_dtype=False)
    for tool, column in (("toggl", "Description"), ("jira", "Summary"), ("tracker", "Task")):
        titles = told.loc[told["source"] == tool, "title"]
        assert titles.tolist() == getattr(written, tool)[column].tolist()


@pytest.mark.parametrize(
    ("options", "tools"),
    [
        ({"people": 4, "teams": 1}, {"tracker"}),
        ({"people": 8, "teams": 2}, {"tracker", "toggl"}),
        ({"people": 12, "teams": 3}, {"tracker", "toggl", "jira"}),
        ({"people": 20}, {"tracker", "toggl", "clockify", "jira"}),
    ],
)
def test_the_first_teams_bring_their_tools(options, tools):
    truth = truth_frame(**options, months=1)
    assert set(truth["source"]) == tools


def test_most_teams_of_a_larger_organisation_log_in_the_tracker():
    truth = truth_frame(people=200, months=1, dirt=0)
    accepted = truth[truth["fate"] == "accepted"]
    tools = accepted.groupby("team")["source"].agg(lambda sources: sources.mode()[0])
    assert tools.value_counts().to_dict() == {"tracker": 9, "toggl": 1, "clockify": 1, "jira": 1}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(tmp_path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        write_logs(tmp_path / name, **TINY, seed=seed)
    assert _digests(tmp_path / "one") == _digests(tmp_path / "again")
    other = _digests(tmp_path / "other")
    assert all(other[name] != digest for name, digest in _digests(tmp_path / "one").items())


def test_a_failed_write_leaves_the_former_file_and_no_part(tmp_path, monkeypatch):
    write_logs(tmp_path, **TINY)
    before = _digests(tmp_path)

    def fail(self, path, **_):
        Path(path).write_text("half a fi")
        raise OSError("disk full")

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError, match="disk full"):
        write_logs(tmp_path, **TINY, seed=1)
    assert _digests(tmp_path) == before


def test_progress_names_every_file_as_it_is_written(tmp_path):
    sentences: list[str] = []
    summary = write_logs(tmp_path, **TINY, progress=sentences.append)
    for file in summary.files:
        assert any(file.name in sentence for sentence in sentences)


def test_logs_of_another_span_are_refused_and_kept(tmp_path):
    write_logs(tmp_path, **TINY)
    with pytest.raises(
        TaskmixError, match=r"demo_jira_2026\.csv, demo_tasks_2026-Q3\.csv.*remove them"
    ):
        write_logs(tmp_path, **TINY, last_month="2025-06")
    assert (tmp_path / "demo_tasks_2026-Q3.csv").exists()


def test_a_truth_among_the_logs_is_refused(tmp_path):
    with pytest.raises(TaskmixError, match="must not lie among the logs"):
        write_logs(tmp_path, **TINY, truth_path=tmp_path / "deep" / "truth.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"last_month": "2026-13"}, "'2026-13' is no month"),
        ({"months": 0}, "months is 0"),
        ({"teams": 17}, "teams is 17"),
        ({"people": 5, "teams": 4}, "people is 5, too few for 4 teams"),
    ],
)
def test_impossible_sizes_are_named_and_nothing_is_written(tmp_path, options, message):
    with pytest.raises(TaskmixError, match=message):
        write_logs(tmp_path / "raw", **{**TINY, **options})
    assert not (tmp_path / "raw").exists()


def test_an_organisation_of_five_people_has_two_teams(tmp_path):
    assert write_logs(tmp_path, people=5, months=1).teams == ("Billing", "Studio")


def test_the_default_organisation_has_groups_above_ten_and_one_of_six(tmp_path):
    truth_path = tmp_path / "truth.csv"
    write_logs(tmp_path / "raw", people=200, months=1, truth_path=truth_path)
    truth = pd.read_csv(truth_path)
    sizes = np.sort(truth.groupby("team")["person"].nunique().to_numpy())
    assert len(sizes) == 12
    assert sizes[0] == 6
    assert sizes[1] >= 10
    assert sizes[-1] <= 25
    assert sizes.sum() == 200
