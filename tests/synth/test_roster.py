import pandas as pd
import pytest

from taskmix.errors import TaskmixError
from taskmix.synth import roster_frame, truth_frame, write_logs

COLUMNS = [
    "person", "aliases", "team", "department", "from", "to", "weekly_hours", "time_zone",
    "day_starts", "day_ends", "work_days",
]  # fmt: skip


@pytest.fixture(scope="module")
def owners(written):
    pairs = (
        (alias, person)
        for person, aliases in zip(written.roster["person"], written.roster["aliases"], strict=True)
        for alias in aliases.split("; ")
    )
    return dict(pairs)


def _covering(roster: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Join each row of the truth with the roster's entry for its day."""
    joined = rows.reset_index().merge(roster, on="person", suffixes=("", "_then"))
    day = joined["started_at"].dt.strftime("%Y-%m-%d")
    inside = (joined["from"] <= day) & ((day <= joined["to"]) | (joined["to"] == ""))
    return joined[inside]


def test_the_file_holds_the_frame(written):
    assert list(written.roster.columns) == COLUMNS
    frame = roster_frame(people=60, months=9, seed=3)
    pd.testing.assert_frame_equal(frame, written.roster, check_dtype=False)


def test_some_of_the_hours_lie_outside_the_declared_ones(written):
    declared = written.roster.drop_duplicates("person").set_index("person")
    rows = written.truth[written.truth["fate"].eq("accepted") & written.truth["hours"].notna()]
    opens, closes = (pd.to_timedelta(rows["person"].map(declared[name]) + ":00")
                     for name in ("day_starts", "day_ends"))  # fmt: skip
    begins = rows["started_at"] - rows["started_at"].dt.normalize()
    hours = pd.to_timedelta(rows["hours"], unit="h")
    ends = begins + hours
    early = (opens - begins).clip(lower=pd.Timedelta(0))
    late = (ends - closes).clip(lower=pd.Timedelta(0))
    assert 0.02 < (early + late).sum() / hours.sum() < 0.15
    assert (declared["work_days"] == "Mon-Fri").all()


def test_every_name_in_the_tools_is_the_alias_of_the_person_who_worked(written, owners):
    truth = written.truth[written.truth["fate"] == "accepted"]
    for tool, columns in (
        ("toggl", ["User", "Email"]),
        ("clockify", ["User", "Email"]),
        ("jira", ["Author"]),
    ):
        table = getattr(written, tool)
        people = truth.loc[truth["source"] == tool, "person"].tolist()
        for column in columns:
            names = table[column][table[column] != ""]
            assert [owners[name] for name in names] == people
    tracker = truth.loc[truth["source"] == "tracker", "person"]
    assert written.tracker["Employee"].tolist() == tracker.tolist()


def test_an_alias_belongs_to_one_person_and_is_never_an_id(written, owners):
    per_person = written.roster.drop_duplicates("person")["aliases"].str.split("; ").explode()
    assert per_person.is_unique
    assert set(owners).isdisjoint(written.roster["person"])
    assert per_person[per_person.str.contains("@")].str.endswith("@example.org").all()


def test_the_roster_gives_every_task_the_team_and_department_of_the_time(written):
    rows = written.truth[written.truth["fate"] == "accepted"]
    joined = _covering(written.roster, rows)
    assert len(joined) == len(rows)
    assert (joined["team"] == joined["team_then"]).all()
    assert (joined["department"] == joined["department_then"]).all()


def test_a_person_who_moves_has_two_rows_that_touch(written):
    per_person = written.roster.groupby("person")
    several = written.roster[per_person["person"].transform("size") > 1]
    assert several["person"].nunique() == 2
    for _, (before, after) in (
        (name, rows.to_dict("records")) for name, rows in several.groupby("person")
    ):
        assert before["team"] != after["team"]
        assert before["aliases"] == after["aliases"]
        assert pd.Timestamp(after["from"]) - pd.Timestamp(before["to"]) == pd.Timedelta(days=1)
        assert after["to"] == ""


def test_some_join_and_some_leave_during_the_logs(written):
    first, last = (written.roster.groupby("person")[c] for c in ("from", "to"))
    assert (first.min() > "2026-01-01").sum() == 4
    assert (last.last() != "").sum() == 2


def test_some_people_log_in_two_tools_at_once_under_different_names(written):
    rows = written.truth[written.truth["fate"] == "accepted"]
    tools = rows.groupby(["person", "month"])["source"].agg(lambda s: " + ".join(sorted(set(s))))
    both = tools[tools.str.contains(" + ", regex=False)]
    assert {"jira + toggl", "clockify + jira"} <= set(both)
    assert both.index.get_level_values("person").nunique() >= 10


def test_part_timers_log_in_proportion_to_their_contract(written):
    hours = roster_frame(people=200, months=2).set_index("person")["weekly_hours"].astype(int)
    truth = truth_frame(people=200, months=2, dirt=0)
    own = truth[truth["performer"] != "ai"].groupby("person")["hours"].sum()
    per_contract = own.groupby(hours).mean()
    assert per_contract[24] / per_contract[40] == pytest.approx(0.6, abs=0.08)


def test_a_small_or_short_organisation_has_nobody_who_moves():
    assert roster_frame(people=20, months=1)["person"].is_unique
    assert set(roster_frame(people=10, months=24)["to"]) == {""}


def test_a_roster_among_the_logs_is_refused(tmp_path):
    with pytest.raises(TaskmixError, match="the roster must not lie among the logs"):
        write_logs(tmp_path, people=4, months=1, roster_path=tmp_path / "people.csv")
    assert list(tmp_path.iterdir()) == []
