import hashlib
import re
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.synth import DEMO_MAPPING, TAG_SPELLINGS, write_logs
from taskmix.taxonomy import AiMode, Oversight, Wish

TINY = {"people": 24, "months": 2}


def _digests(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_hours_are_the_clock_time_to_a_hundredth_and_never_longer(written):
    rows = written.tracker[written.tracker["Hours"] != ""]
    clock = pd.to_datetime(rows["Ended"]) - pd.to_datetime(rows["Started"])
    short_by = clock.dt.total_seconds() / 3600 - rows["Hours"].astype(float)
    assert (clock > pd.Timedelta(0)).all()
    assert short_by.between(-1e-9, 0.01).all()


def test_toggl_durations_are_the_clock_time(written):
    rows = written.toggl
    start = pd.to_datetime(rows["Start date"] + " " + rows["Start time"])
    end = pd.to_datetime(rows["End date"] + " " + rows["End time"])
    assert (pd.to_timedelta(rows["Duration"]) == end - start).all()


def test_about_one_hour_figure_in_a_hundred_is_missing_and_its_start_is_there(written):
    missing = written.tracker["Hours"] == ""
    assert 0.006 < missing.mean() < 0.016
    assert (missing == (written.tracker["Ended"] == "")).all()
    assert (written.tracker["Started"] != "").all()


def test_tickets_are_unique_over_all_quarters(written):
    assert written.tracker["Ticket"].is_unique


def test_parents_are_earlier_tickets_of_people_and_only_agents_have_them(written):
    tracker = written.tracker.set_index("Ticket")
    children = tracker[tracker["Parent"] != ""]
    parents = tracker.loc[children["Parent"]]
    assert len(children) > 100
    assert (children["Done by"] == "AI").all()
    assert (parents["Done by"] != "AI").all()
    assert (parents["Started"].to_numpy() <= children["Started"].to_numpy()).all()
    assert (parents["Employee"].to_numpy() == children["Employee"].to_numpy()).all()


def test_eight_to_twelve_percent_of_the_rows_are_tagged(written):
    in_files = (written.tracker["Kind of work"] != "").sum() + (written.toggl["Tags"] != "").sum()
    assert in_files == written.summary.n_tagged
    assert 0.08 < in_files / written.summary.rows < 0.12


def test_every_tag_is_a_spelling_of_the_true_category(written):
    truth = written.truth[written.truth["ticket"] != ""].set_index("ticket")["category"]
    tagged = written.tracker[written.tracker["Kind of work"] != ""]
    true = truth.loc[tagged["Ticket"]]
    pairs = zip(tagged["Kind of work"], true, strict=True)
    assert all(spelling in TAG_SPELLINGS[category] for spelling, category in pairs)
    assert {"Judgment", "Judgement"} < set(tagged["Kind of work"])


def test_toggl_tags_are_those_that_the_mapping_names(written):
    named = tomllib.loads(DEMO_MAPPING)["tags"]
    assert set(written.toggl["Tags"]) == {*named, ""}


def test_the_mapping_names_every_column_of_the_tracker(written):
    mapping = tomllib.loads(DEMO_MAPPING)["mapping"]["tracker"]
    assert list(mapping["columns"].values()) != []
    assert set(mapping["columns"].values()) == set(written.tracker.columns)


def test_filled_in_terms_belong_to_the_taxonomy(written):
    tracker = written.tracker
    assert set(tracker["Done by"]) == {"Human", "AI", "Both", ""}
    assert set(tracker["AI mode"]) == {*AiMode, ""}
    assert set(tracker["AI oversight"]) == {*Oversight, ""}
    assert set(tracker["Automate?"]) == {*Wish, ""}
    assert (tracker.loc[tracker["AI mode"] != "", "Done by"].isin(["AI", "Both"])).all()


def test_about_eight_percent_of_the_performers_are_unknown(written):
    assert 0.065 < (written.tracker["Done by"] == "").mean() < 0.095


def test_people_have_numbers_for_names_and_one_tool_each(written):
    people = {*written.tracker["Employee"], *written.toggl["User"]}
    assert all(re.fullmatch(r"emp-\d{4}", person) for person in people)
    assert set(written.tracker["Employee"]).isdisjoint(written.toggl["User"])
    assert (written.toggl["Email"] == written.toggl["User"] + "@example.org").all()
    assert len(people) == written.summary.n_people == 60


def test_collaborators_are_other_people_of_the_tracker(written):
    rows = written.tracker[written.tracker["With"] != ""]
    everyone = set(written.tracker["Employee"])
    for person, company in zip(rows["Employee"], rows["With"].str.split("; "), strict=True):
        assert person not in company
        assert everyone.issuperset(company)


def test_files_are_the_quarters_of_the_tracker_and_the_years_of_toggl(written):
    quarters = ["2026-Q1", "2026-Q2", "2026-Q3"]
    names = [*(f"demo_tasks_{quarter}.csv" for quarter in quarters), "demo_toggl_2026.csv"]
    assert [file.name for file in written.summary.files] == names
    assert sorted(p.name for p in written.folder.iterdir()) == names
    for quarter, file in zip(quarters, written.summary.files, strict=False):
        started = pd.to_datetime(pd.read_csv(file)["Started"])
        assert set(started.dt.to_period("Q").astype(str)) == {quarter.replace("-", "")}


def test_toggl_files_begin_with_a_byte_order_mark_and_tracker_files_do_not(written):
    marked = [file.read_bytes().startswith(b"\xef\xbb\xbf") for file in written.summary.files]
    assert marked == [False, False, False, True]


def test_the_summary_adds_up_to_the_files(written):
    summary = written.summary
    toggl_hours = pd.to_timedelta(written.toggl["Duration"]).dt.total_seconds() / 3600
    tracker_hours = pd.to_numeric(written.tracker["Hours"])
    assert summary.rows == len(written.tracker) + len(written.toggl)
    assert summary.teams == ("Billing", "Field Service", "Platform", "Studio")
    assert summary.total_hours == pytest.approx(tracker_hours.sum() + toggl_hours.sum(), abs=0.1)


def test_the_truth_file_holds_the_truth_about_every_row(written):
    told = pd.read_csv(written.summary.truth_path, keep_default_na=False, na_values={"hours": [""]})
    pd.testing.assert_frame_equal(told, written.truth, check_dtype=False)
    toggl = told[told["ticket"] == ""]
    assert toggl["title"].tolist() == written.toggl["Description"].tolist()


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
    with pytest.raises(TaskmixError, match=r"demo_tasks_2026-Q3\.csv.*remove them"):
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
    sizes = np.sort(pd.read_csv(truth_path).groupby("team")["person"].nunique().to_numpy())
    assert len(sizes) == 12
    assert sizes[0] == 6
    assert sizes[1] >= 10
    assert sizes[-1] <= 25
    assert sizes.sum() == 200
